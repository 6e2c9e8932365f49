package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/internal/placeholder"
	"posthaste/internal/secret/naming"
	"posthaste/lint/subject"
)

// secret finds credentials in clear text. Each value is reported once, at its first place.
func secret(k *subject.Checker) {
	seen := map[string]bool{}
	for _, c := range SecretsIn(k) {
		if isExample(c.Value) || isAnonymous(c.Value) || seen[c.Value] || c.File >= 0 && !stands(k, c) || unwelcome(k, c) {
			continue
		}
		seen[c.Value] = true
		const day = 24 * 60 * 60
		life := lived(c.Value)
		f := k.Finding(c.Item, c.Name, fmt.Sprintf("%s stands here in clear text", c.Name))
		f.Hint = "put it into an environment that is not committed and write " + inItsPlace(c.Name) + " here; if it was ever published, have it replaced"
		if life > 0 && life <= day {
			f.Mild = true // it opens nothing any more
		}
		if c.File >= 0 {
			f.File, f.Path, f.Pos, f.Source = k.Files[c.File].Env.File, nil, collection.Pos{}, ""
			f.Mild = true // a filled file of one's own is how things are run
			f.Hint = "commit the file without it, and give the value when it runs: --env-var, or a file that CI writes"
		}
		f.Put(c.At)
		k.Report(f)
	}
}

// stands reports whether a variable's value is that of its file, and was not given by a flag.
func stands(k *subject.Checker, c subject.Credential) bool {
	file := k.Files[c.File].Env.File
	return file != "" && (k.Document(file) == nil || c.At.Find(c.Value).Known())
}

// inItsPlace is the variable to write instead of a credential.
func inItsPlace(name string) string {
	if strings.Contains(name, " ") {
		return "a variable"
	}
	return "{{" + name + "}}"
}

// SecretsIn lists the credentials of the collection and of the files of variables, once. The
// list is kept in k, since masking needs it too.
func SecretsIn(k *subject.Checker) []subject.Credential {
	if k.Known != nil {
		return *k.Known
	}
	var list []subject.Credential
	add := func(c subject.Credential) {
		c.Value = strings.TrimSpace(c.Value)
		// The scheme before a credential is not a part of it.
		if scheme, rest, ok := strings.Cut(c.Value, " "); ok && !strings.ContainsAny(rest, " =") && subject.IsScheme(scheme) {
			c.Value = rest
		}
		if looksSecret(c.Name, c.Value) {
			list = append(list, c)
		}
	}
	variableSecrets(k, add)
	for _, it := range k.Items() {
		itemSecrets(k, it, add)
	}
	list = append(list, shapedSecrets(k)...)
	k.Known = &list
	return list
}

// variableSecrets finds secrets by the names and types of variables, in the collection and in
// every environment.
func variableSecrets(k *subject.Checker, add func(subject.Credential)) {
	from := func(list []collection.Variable, file int) {
		for _, v := range list {
			if v.Type == "secret" || naming.Names(v.Key) {
				f := inFile(k, subject.Written{Variable: v, File: file}, "")
				d := k.Document(f.File)
				at := subject.Span{}
				if d != nil && d.Offset(f.Pos) >= 0 && f.Pos.Line > 0 {
					at = subject.Span{Doc: d, Start: d.Offset(f.Pos), End: d.Offset(f.Pos) + f.Length}
				}
				add(subject.Credential{Name: v.Key, Value: v.Value.String(), Item: nil, At: at, File: file})
			}
		}
	}
	from(k.C.Variables, -1)
	for i, f := range k.Files {
		from(f.Env.Values, i)
	}
}

// itemSecrets finds secrets in what a request or folder has of its own: auth, headers, query,
// body. it is nil for the collection.
func itemSecrets(k *subject.Checker, it *collection.Item, add func(subject.Credential)) {
	auth, keys := k.C.Auth, []string{"auth"}
	if it != nil {
		auth = it.Auth
		if it.Request != nil {
			auth, keys = it.Request.Auth, []string{"request", "auth"}
		}
	}
	put := func(name, value string, keys ...string) {
		if value == "" || strings.HasPrefix(value, "{{") && strings.HasSuffix(value, "}}") {
			return // most are
		}
		add(subject.Credential{Name: name, Value: value, Item: it, At: k.At(it, []string{value}, keys...), File: -1})
	}
	if auth != nil {
		for _, p := range auth.Params {
			if naming.Names(p.Key) || isAuthSecret(p.Key) || p.Key == "value" && auth.Type == "apikey" {
				put(p.Key, p.Value.String(), keys...)
			}
		}
	}
	if it == nil || it.Request == nil {
		return
	}
	q := it.Request
	for _, h := range q.Header {
		if naming.Names(h.Key) {
			put(h.Key, h.Value, "request", "header")
		}
		if strings.EqualFold(h.Key, "cookie") {
			sessions(h.Value, func(name, value string) { put(name, value, "request", "header") })
		}
	}
	for _, p := range q.URL.Query {
		if naming.Names(p.Key) {
			put(p.Key, p.Value, "request", "url")
		}
	}
	if q.URL.User != nil && q.URL.User.Password != "" {
		put("password", q.URL.User.Password, "request", "url")
	}
	if q.Body != nil {
		bodySecrets(q.Body, func(name, value string) { put(name, value, "request", "body") })
	}
}

// isAuthSecret knows parameters of auth that naming.Names does not take for secrets
// elsewhere.
func isAuthSecret(key string) bool {
	return slices.Contains([]string{"secret", "authKey", "secretKey", "consumerSecret", "privateKey"}, key)
}

// bodySecrets finds secrets in a body by the names of fields. A raw body is searched when it
// is JSON.
func bodySecrets(b *collection.Body, put func(name, value string)) {
	for _, p := range b.URLEncoded {
		if naming.Names(p.Key) {
			put(p.Key, p.Value.String())
		}
	}
	for _, p := range b.FormData {
		if naming.Names(p.Key) && p.Type != "file" {
			put(p.Key, p.Value.String())
		}
	}
	if b.Mode != "raw" {
		return
	}
	var walk func(r gjson.Result)
	walk = func(r gjson.Result) {
		r.ForEach(func(key, value gjson.Result) bool {
			switch {
			case value.IsObject(), value.IsArray():
				walk(value)
			case value.Type == gjson.String && naming.Names(key.Str):
				put(key.Str, value.Str)
			}
			return true
		})
	}
	if body := strings.TrimSpace(b.Raw); gjson.Valid(body) && body != "" {
		walk(gjson.Parse(body))
	}
}

// shapedSecrets finds in the collection's files what is a credential whatever it is called.
// The whole text is searched, examples and scripts included.
func shapedSecrets(k *subject.Checker) []subject.Credential {
	var list []subject.Credential
	files := []string{k.C.File}
	for _, it := range k.Items() {
		if name := k.FileOf(it); !slices.Contains(files, name) {
			files = append(files, name)
		}
		for _, e := range k.Events(it) {
			if e.Script.File != "" && !slices.Contains(files, e.Script.File) {
				files = append(files, e.Script.File)
			}
		}
	}
	for _, file := range files {
		d := k.Document(file)
		if d == nil {
			continue
		}
		for _, s := range shaped() {
			for _, m := range s.pattern.FindAllStringIndex(d.Text, -1) {
				at := subject.Span{Doc: d, Start: m[0], End: m[1]}
				if isTutorialToken(at.Text()) {
					continue
				}
				list = append(list, subject.Credential{Name: s.name, Value: at.Text(), Item: itemAt(k, d, m[0]), At: at, File: -1})
			}
		}
	}
	return list
}

// itemAt finds the request or folder that an offset stands in, nil for the collection. The
// spans of all items are worked out once.
func itemAt(k *subject.Checker, d *subject.Document, offset int) *collection.Item {
	if k.Spans == nil {
		for _, it := range k.Items()[1:] {
			k.Spans = append(k.Spans, subject.ItemSpan{Item: it, Span: k.Part(it)})
		}
	}
	var found *collection.Item
	for _, s := range k.Spans {
		if s.Doc == d && s.Start <= offset && offset < s.End {
			found = s.Item // what comes later lies deeper
		}
	}
	return found
}

// A shapedSecret is what a credential is called in messages, and how it looks.
type shapedSecret struct {
	name    string
	pattern *regexp.Regexp
}

// shaped lists what gives itself away: tokens with a prefix of their maker, JWTs, private
// keys.
func shaped() []shapedSecret {
	return []shapedSecret{
		{"a JSON Web Token", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}`)},
		{"a private key", regexp.MustCompile(`-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----`)},
		{"an AWS access key", regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`)},
		{"a GitHub token", regexp.MustCompile(`\b(?:ghp|gho|ghs|ghu|github_pat)_[A-Za-z0-9_]{30,}`)},
		{"a GitLab token", regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{20,}`)},
		{"a Slack token", regexp.MustCompile(`\bxox[abprs]-[A-Za-z0-9-]{10,}`)},
		{"a Stripe key", regexp.MustCompile(`\b[sr]k_live_[A-Za-z0-9]{16,}`)},
		{"a Postman API key", regexp.MustCompile(`\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}`)},
		{"a Google API key", regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}`)},
	}
}

// looksSecret reports whether the value of something with a secret's name is one, and not a
// word that says so. It would rather miss a weak password than report "example".
func looksSecret(name, value string) bool {
	const shortest = 6
	if len(value) < shortest || isSample(name, value) || strings.ContainsAny(value, "{}<>") || strings.Contains(value, "...") || placeholder.Is(value) {
		return false
	}
	lower := strings.ToLower(value)
	for _, word := range []string{
		"example", "changeme", "change-me", "change_me", "placeholder", "your", "dummy", "sample", "todo", "xxxx", "****", "12345", "undefined", "null",
	} {
		if strings.Contains(lower, word) {
			return false
		}
	}
	if strings.Contains(value, " ") || near.Fold(value) == near.Fold(name) || strings.Contains(near.Fold(name), "public") {
		return false
	}
	if strings.HasPrefix(value, "eyJ") && !strings.Contains(value, ".") {
		return false // the head of a JSON Web Token without its body opens nothing
	}
	digit := strings.ContainsAny(value, "0123456789")
	if isDemoKey(value) {
		return false
	}
	if strings.Contains(strings.ToLower(name), "passw") || strings.Contains(strings.ToLower(name), "secret") {
		return digit || strings.ContainsAny(value, "!@#$%^&*=+/")
	}
	return digit && len(value) >= shortest+2 // a key without a digit is most often a word
}

// isExample knows keys that open nothing: those of Vipps' documentation, and those of our own simulator
// (docs/vipps.md), which are the same on every machine.
func isExample(value string) bool {
	switch value {
	case "fb492b5e-7907-4d83-ba20-c7fb60ca35de", "Y8Kteew6GE2ZmeycEt6egg==", "0f14ebcab0ec4b29ae0cb90d91b4a84a", "da7d5b0e18a84aeda961c0c31b75c2a9",
		"5d1c3a8e-7b42-4f96-a0d7-3e9b6c215f84", "cG9zdGhhc3RlLXRlc3QtMQ==", "b7e4d90c1f3a4865927ad08c6e51f2b3", "2c86f1e05ad94b37b0e47f19d3a5c268":
		return true
	}
	return false
}
