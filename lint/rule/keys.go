package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/lint/subject"
)

// gjsonOf is the root of a file. For a file that could not be read it is an empty result,
// which answers every question with nothing, so that callers need no check of their own.
func gjsonOf(d *subject.Document) gjson.Result {
	if d == nil {
		return gjson.Result{}
	}
	return d.Root
}

// gjsonAt is the JSON of an item, or of the collection for nil, below keys. It does not exist for files of format 3,
// which are YAML.
func gjsonAt(k *subject.Checker, it *collection.Item, keys ...string) gjson.Result {
	r, _, _ := k.Json(it)
	for _, key := range keys {
		r = subject.Get(r, key)
	}
	return r
}

// environmentValues finds the list of variables of an environment's file. Exports differ: an environment may stand
// inside of a key, and globals of the web API are a list alone.
func environmentValues(d *subject.Document) gjson.Result {
	root := gjsonOf(d)
	for _, key := range [...]string{"environment", "globals"} {
		if inner := subject.Get(root, key); inner.Exists() && !subject.Get(root, "values").Exists() {
			root = inner
		}
	}
	if root.IsArray() {
		return root
	}
	return subject.Get(root, "values")
}

// A shape is what an object of the collection format may hold: its keys, and the shapes of
// the objects below some of them.
type shape struct {
	keys  []string
	below map[string]string // the shape of what stands under a key, or of a list's elements
}

// shapes are the objects of format 2 by name. Objects whose keys are the user's own are not
// in it. It follows Postman's schema 2.1 and what the app writes beyond it.
func shapes() map[string]shape {
	return map[string]shape{
		"collection": {
			keys:  []string{"info", "item", "event", "variable", "auth", "protocolProfileBehavior", "name", "description", "id"},
			below: map[string]string{"info": "info", "item": "item", "event": "event", "variable": "variable"},
		},
		"info": {keys: []string{"name", "description", "version", "schema", "_postman_id", "_exporter_id", "_collection_link", "id"}},
		"item": {
			keys:  []string{"name", "description", "item", "request", "response", "event", "variable", "auth", "protocolProfileBehavior", "id"},
			below: map[string]string{"item": "item", "request": "request", "event": "event", "variable": "variable"},
		},
		"request": {
			keys:  []string{"method", "url", "header", "body", "auth", "description", "name", "proxy", "certificate", "id"},
			below: map[string]string{"url": "url", "header": "param", "body": "body"},
		},
		"url": {
			keys:  []string{"raw", "protocol", "host", "port", "path", "query", "hash", "variable", "auth"},
			below: map[string]string{"query": "param", "variable": "variable"},
		},
		"body": {
			keys:  []string{"mode", "raw", "urlencoded", "formdata", "file", "graphql", "options", "disabled"},
			below: map[string]string{"urlencoded": "param", "formdata": "param", "graphql": "graphql"},
		},
		"graphql": {keys: []string{"query", "operationName", "variables"}},
		"event":   {keys: []string{"listen", "script", "disabled", "id"}, below: map[string]string{"script": "script"}},
		"script":  {keys: []string{"exec", "type", "src", "name", "id", "packages"}},
		"param": {keys: []string{
			"key", "value", "type", "disabled", "description", "src", "fileName", "contentType", "name", "id", "enabled", "system", "equals",
		}},
		"variable": {keys: []string{"key", "value", "type", "disabled", "description", "name", "id", "enabled", "system"}},
	}
}

// unknownKeys finds misspelled keys: the format does not know them, so what they hold is
// dropped. Those of format 3 come from its reader.
func unknownKeys(k *subject.Checker) {
	for _, n := range k.Opt.Notes {
		if n.Code == "unknown-key" {
			note(k, n)
		}
	}
	root, d, ok := k.Json(nil)
	if !ok || subject.Get(root, "requests").Exists() {
		return // format 1 has other keys
	}
	w := keyWalker{k, d, shapes(), nil}
	if subject.Get(root, "request").Exists() && !subject.Get(root, "info").Exists() && !subject.Get(root, "item").Exists() {
		w.object(root, "item")
		return
	}
	w.object(root, "collection")
}

// A keyWalker goes through the JSON of a collection with the shapes of the format beside it.
// path is that of the item at hand, for findings.
type keyWalker struct {
	k      *subject.Checker
	d      *subject.Document
	shapes map[string]shape
	path   []string
}

// object looks at the keys of one object, and at the objects below the keys that the shape knows. What stands under
// an unknown key is not looked at: its shape is not known either.
func (w *keyWalker) object(r gjson.Result, name string) {
	if r.IsArray() {
		for _, e := range subject.Elements(r) {
			w.object(e, name)
		}
		return
	}
	if !r.IsObject() {
		return
	}
	if title := subject.Get(r, "name"); name == "item" && title.Type == gjson.String {
		w.path = append(w.path, title.Str)
		defer func() { w.path = w.path[:len(w.path)-1] }()
	}
	s := w.shapes[name]
	// Known keys that the object has are no candidates for the misspelled one, so they are listed first.
	var has []string
	r.ForEach(func(key, _ gjson.Result) bool {
		has = append(has, key.Str)
		return true
	})
	r.ForEach(func(key, value gjson.Result) bool {
		if below, ok := s.below[key.Str]; ok {
			w.object(value, below)
		}
		// Keys with "_" in front are Postman's own bookkeeping, such as _postman_id, which changes between versions.
		if !slices.Contains(s.keys, key.Str) && !strings.HasPrefix(key.Str, "_") && !isNothing(value) {
			w.key(key, name, has, s.keys)
		}
		return true
	})
}

// isNothing knows values that hold nothing to lose: exports of old versions have them under
// old keys.
func isNothing(value gjson.Result) bool {
	switch {
	case value.Type == gjson.Null:
		return true
	case value.IsArray(), value.IsObject():
		empty := true
		value.ForEach(func(_, _ gjson.Result) bool {
			empty = false
			return false
		})
		return empty
	}
	return value.Type == gjson.String && value.Str == ""
}

// key reports one unknown key if it looks like a known one that is missing. Other unknown keys are extensions of some
// tool and are left alone: nothing tells that anybody expects an effect of them.
func (w *keyWalker) key(key gjson.Result, name string, has, known []string) {
	for _, candidate := range known {
		if slices.Contains(has, candidate) || !subject.Similar(key.Str, candidate) {
			continue
		}
		f := w.k.Finding(nil, key.Str, fmt.Sprintf("%s has no key %q: what it holds is dropped in silence", article(name), key.Str))
		f.Path = slices.Clone(w.path)
		f.Put(w.d.Node(key))
		f.Hint = fmt.Sprintf("did you mean %q?", candidate)
		w.k.Report(f)
		return
	}
}

// article is the name of a shape as messages say it. The names of the shapes are those of the format; users say
// header and parameter.
func article(name string) string {
	switch name {
	case "item":
		return "a request or folder"
	case "info", "url":
		return name
	case "event":
		return "an event"
	case "param":
		return "a header or parameter"
	}
	return "a " + name
}

// blanks finds names that begin or end with blanks, which count. They come from copying, and
// cannot be seen.
func blanks(k *subject.Checker) {
	look := func(it *collection.Item, what, name string, keys ...string) {
		// A name of blanks alone is an unused row of Postman's editor.
		if name == strings.TrimSpace(name) || strings.TrimSpace(name) == "" {
			return
		}
		f := k.Finding(it, name, fmt.Sprintf("the name of %s has blanks at its ends, which count: %s", what, strconv.Quote(name)))
		s := k.At(it, []string{collection.Quote(name)}, keys...)
		f.Put(s)
		// The fix is offered only where the place holds exactly the name; an escape in the file would be lost
		// otherwise.
		if s.Known() && s.Text() == collection.Quote(name) {
			f.Fix = s.Doc.ReplaceSpan(s, collection.Quote(strings.TrimSpace(name)), "remove the blanks")
		}
		k.Report(f)
	}
	for _, v := range k.C.Variables {
		look(nil, "the variable", v.Key, "variable")
	}
	for _, s := range k.Steps {
		q := s.Item.Request
		for _, h := range q.Header {
			look(s.Item, "the header", h.Key, "request", "header")
		}
		for _, p := range q.URL.Query {
			look(s.Item, "the parameter", p.Key, "request", "url", "query")
		}
		if q.Body != nil {
			for _, p := range q.Body.URLEncoded {
				look(s.Item, "the form field", p.Key, "request", "body")
			}
			for _, p := range q.Body.FormData {
				look(s.Item, "the form field", p.Key, "request", "body")
			}
		}
	}
	for _, file := range k.Files {
		blanksIn(k, file)
	}
}

// blanksIn does for an environment's file what blanks does for the collection. The file may have changed since it was
// read, or have values that the reader skipped, so the fix is offered only if the row at i still has that key.
func blanksIn(k *subject.Checker, file subject.VariableFile) {
	d := k.Document(file.Env.File)
	for i, v := range file.Env.Values {
		if v.Key == strings.TrimSpace(v.Key) {
			continue
		}
		f := subject.Finding{
			Name: v.Key, File: file.Env.File,
			Text: fmt.Sprintf("the name of the variable has blanks at its ends, which count: %s", strconv.Quote(v.Key)),
		}
		if nodes := subject.Elements(environmentValues(d)); i < len(nodes) {
			if key := subject.Get(nodes[i], "key"); key.Str == v.Key {
				f.Put(d.Node(key))
				f.Fix = d.Replace(key, collection.Quote(strings.TrimSpace(v.Key)), "remove the blanks")
			}
		}
		k.Report(f)
	}
}

// format passes on what the reader of the collection warned of, with the reader's own codes
// as names.
func format(k *subject.Checker) {
	for _, n := range k.Opt.Notes {
		if n.Code != "unknown-key" {
			note(k, n)
		}
	}
}

// note turns a notice of the reader, which has places of its own, into a finding. Without a
// document the place in the notice is kept.
func note(k *subject.Checker, n subject.Note) {
	f := subject.Finding{Name: n.Code, Text: n.Text, Hint: n.Hint, File: n.File, Pos: n.Pos}
	if d := k.Document(n.File); d != nil {
		if start := d.Offset(n.Pos); start >= 0 && n.Pos.Line > 0 {
			f.Put(subject.Span{Doc: d, Start: start, End: start})
		}
	}
	k.Report(f)
}
