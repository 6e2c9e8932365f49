package rule

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/lint/subject"
)

// urlParts finds URLs whose text says something else than their parts, which are what is
// sent. It needs the file's JSON, since the model keeps the parts only.
func urlParts(k *subject.Checker) {
	for _, s := range k.Steps {
		r, d, ok := k.Json(s.Item)
		url := subject.Get(subject.Get(r, "request"), "url")
		raw := subject.Get(url, "raw")
		if !ok || !url.IsObject() || raw.Type != gjson.String {
			continue
		}
		u := s.Item.Request.URL
		if u.String() == "" && strings.TrimSpace(raw.Str) != "" {
			f := k.Finding(s.Item, "raw", "the URL has only its text: the parts are what is sent, and it has no parts")
			f.Put(d.Node(raw))
			f.Hint = "write the URL as a text instead of an object, or save the request in Postman again"
			if onlyKey(url, "raw") {
				f.Fix = d.Replace(url, raw.Raw, "write the URL as a text")
			}
			k.Report(f)
			continue
		}
		if sameURL(raw.Str, u) {
			continue
		}
		f := k.Finding(s.Item, "raw", fmt.Sprintf("url.raw is %s, and what is sent is %s", strconv.Quote(raw.Str), strconv.Quote(u.String())))
		f.Put(d.Node(raw))
		f.Hint = "raw is only what people see: host, path and query are sent"
		f.Fix = d.Replace(raw, collection.Quote(u.String()), "write raw as the parts say")
		k.Report(f)
	}
}

// sameURL compares a URL's text with its parts, leaving out how Postman writes the same thing differently:
// parameters that are switched off, empty ones, a slash at the end.
func sameURL(raw string, u collection.URL) bool {
	if raw == u.String() {
		return true
	}
	all := u
	all.Query = slices.Clone(u.Query)
	for i := range all.Query {
		all.Query[i].Disabled = false
	}
	for _, text := range []string{u.String(), all.String()} {
		if plainURL(raw) == plainURL(text) {
			return true
		}
	}
	return false
}

// plainURL is a URL without what does not matter when it is compared: escapes that say the
// same as the letter, a last slash, an empty query.
func plainURL(text string) string {
	text = collection.ParseURL(strings.TrimSpace(text)).String()
	text = strings.TrimSuffix(strings.TrimSuffix(text, "?"), "/")
	return plainEscape().ReplaceAllStringFunc(text, func(escape string) string {
		code, err := strconv.ParseUint(escape[1:], 16, 8)
		if err != nil {
			return escape
		}
		return string([]byte{byte(code)})
	})
}

// plainEscape finds the escapes that say nothing else than the letter: letters beyond ASCII,
// and what Postman writes either way. The slash, the question mark and the percent sign mean
// something else when they are escaped.
var plainEscape = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`%(?:[89A-Fa-f][0-9A-Fa-f]|2[02367Cc]|3[Dd]|3[CcEe]|2[89]|5[BbDd]|7[BbDd]|2[Aa])`)
})

// onlyKey says whether an object has this key and no other: then replacing the object by a text loses nothing.
func onlyKey(r gjson.Result, key string) bool {
	only := true
	r.ForEach(func(k, _ gjson.Result) bool {
		only = only && k.Str == key
		return true
	})
	return only
}

// headerLines finds headers that are given twice. With one value the second is superfluous;
// with two it matters only for headers that can be there once.
func headerLines(k *subject.Checker) {
	for _, s := range k.Steps {
		first := map[string]collection.Header{}
		for i, h := range s.Item.Request.Header {
			if h.Disabled || h.Key == "" {
				continue
			}
			name := strings.ToLower(strings.TrimSpace(h.Key))
			other, twice := first[name]
			if !twice {
				first[name] = h
				continue
			}
			same := other.Value == h.Value
			if !same && !single(name) {
				continue
			}
			f := k.Finding(s.Item, h.Key, fmt.Sprintf("header %s stands here twice, with the same value", h.Key))
			if !same {
				f.Text = fmt.Sprintf("header %s stands here twice, with different values", h.Key)
				f.Hint = "remove the wrong one: servers differ in which they take"
			}
			list := subject.Get(gjsonAt(k, s.Item, "request"), "header")
			if nodes := subject.Elements(list); i < len(nodes) && nodes[i].IsObject() {
				d := k.Document(k.FileOf(s.Item))
				f.Put(d.Node(nodes[i]).Find(h.Key))
				if same {
					f.Hint = "one of the two is enough"
					f.Fix = d.Remove(nodes, i, "remove the second line")
				}
			} else {
				f.Put(k.At(s.Item, []string{h.Key}, "request", "header"))
			}
			k.Report(f)
		}
	}
}

// single knows headers that a request can have only once (RFC 9110), in lower case. The last
// three are those of Vipps' APIs.
func single(name string) bool {
	switch name {
	case "authorization", "content-type", "content-length", "host", "user-agent", "accept", "idempotency-key", "ocp-apim-subscription-key",
		"merchant-serial-number":
		return true
	}
	return false
}

// files finds bodies whose files are not there. Names with placeholders are not looked at,
// nor any name where nobody can look.
func files(k *subject.Checker) {
	for _, s := range k.Steps {
		b := s.Item.Request.Body
		if b == nil || b.Disabled {
			continue
		}
		look := func(name, where string) {
			f := k.Finding(s.Item, name, fmt.Sprintf("%s sends the file %q, which is not there", where, name))
			f.Hint = "paths are relative to the working directory, or to --working-dir"
			switch {
			case name == "":
				f.Text, f.Hint = where+" sends a file and names none", "choose a file: Postman forgets it when a collection is exported elsewhere"
			case strings.Contains(name, "{{") || k.Opt.Exists == nil || k.Opt.Exists(name):
				return
			default:
				if dir := above(k, name); dir != "" {
					f.Text = fmt.Sprintf("%s sends the file %q, which is not in the working directory but in %s", where, name, dir)
					f.Hint, f.Minor = "start there, or with --working-dir "+dir, true
				}
			}
			f.Put(k.At(s.Item, []string{name}, "request", "body"))
			k.Report(f)
		}
		switch b.Mode {
		case "file":
			if b.File == nil || b.File.Src == "" && !b.File.HasContent {
				look("", "the body")
			} else if b.File.Src != "" {
				look(b.File.Src, "the body")
			}
		case "formdata":
			for _, p := range b.FormData {
				if p.Type != "file" || p.Disabled {
					continue
				}
				where := "the form field " + p.Key
				if len(p.Src) == 0 && p.Value.String() == "" {
					look("", where)
				}
				for _, src := range p.Src {
					look(src, where)
				}
			}
		}
	}
}

// above finds the directory over the collection's that a file is in: the one that the collection is meant to be started
// in. "" where there is none.
func above(k *subject.Checker, name string) string {
	dir, err := filepath.Abs(filepath.Dir(k.C.File))
	if err != nil || filepath.IsAbs(name) || strings.HasPrefix(name, "/") {
		return ""
	}
	for {
		if k.Opt.Exists(filepath.Join(dir, filepath.FromSlash(name))) {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// authKeys finds parameters of auth that its type does not know, and types that nobody knows.
// The type inherit is format 3's.
func authKeys(k *subject.Checker) {
	for _, it := range k.Items() {
		auth, keys := k.C.Auth, []string{"auth"}
		if it != nil {
			auth = it.Auth
			if it.Request != nil {
				auth, keys = it.Request.Auth, []string{"request", "auth"}
			}
		}
		if auth == nil || auth.Type == "" {
			continue
		}
		typ, ok := collection.FindAuthType(auth.Type)
		if auth.Type == "inherit" {
			continue
		}
		if !ok || typ.Unsent {
			f := k.Finding(it, auth.Type, fmt.Sprintf("there is no auth type %q: the request is sent without", auth.Type))
			f.Hint = "the types are " + strings.Join(authTypes(), ", ")
			if best := near.Names(auth.Type, authTypes(), 1); len(best) > 0 {
				f.Hint = fmt.Sprintf("did you mean %q?", best[0])
			}
			f.Put(k.At(it, []string{auth.Type}, keys...))
			k.Report(f)
			continue
		}
		authParams(k, it, auth, typ.Params, typ.Needed, keys)
	}
}

// isHelper knows what old versions of Postman noted for themselves with the parameters of
// auth, and what is empty.
func isHelper(p collection.AuthParam) bool {
	switch p.Key {
	case "saveHelperData", "timeStamp", "autoAddParam", "autoAddParams":
		return true
	}
	return p.Value.Kind() == collection.Undefined || p.Value.String() == ""
}

// authParams looks at the parameters of one auth. A misspelled one explains a missing one, so only the first is
// reported.
func authParams(k *subject.Checker, it *collection.Item, auth *collection.Auth, known, needed, keys []string) {
	told := false
	for _, p := range auth.Params {
		if slices.Contains(known, p.Key) || isHelper(p) {
			continue
		}
		best := near.Names(p.Key, known, 1)
		if len(best) == 0 && len(needed) == 0 {
			continue // of types with many parameters not all are known
		}
		told = true
		f := k.Finding(it, p.Key, fmt.Sprintf("%s auth has no parameter %q: it is dropped in silence", auth.Type, p.Key))
		f.Hint = "its parameters are " + strings.Join(known, ", ")
		if len(best) > 0 {
			f.Hint = fmt.Sprintf("did you mean %q?", best[0])
		}
		f.Put(k.At(it, []string{strconv.Quote(p.Key), p.Key}, keys...))
		k.Report(f)
	}
	if auth.Type == "basic" && len(auth.Params) > 0 && !told {
		return // a key as the user and no password is how many APIs want it; what is missing is sent empty
	}
	for _, name := range needed {
		if auth.Param(name).Kind() == collection.Undefined && !told {
			f := k.Finding(it, name, fmt.Sprintf("%s auth lacks its parameter %q", auth.Type, name))
			f.Put(k.At(it, []string{strconv.Quote(auth.Type), auth.Type}, keys...))
			k.Report(f)
		}
	}
}

// authTypes names the types that requests are sent with, for hints.
func authTypes() []string {
	var names []string
	for _, t := range collection.AuthTypes() {
		if !t.Unsent {
			names = append(names, t.Name)
		}
	}
	return names
}
