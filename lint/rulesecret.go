package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/placeholder"
	"posthaste/internal/secret/naming"
)

// secret finds credentials in clear text.
func secret(k *checker) {
	seen := map[string]bool{}
	for _, c := range secretsIn(k) {
		if isExample(c.value) || seen[c.value] || c.file >= 0 && !stands(k, c) {
			continue
		}
		seen[c.value] = true
		f := k.finding(c.item, c.name, fmt.Sprintf("%s stands here in clear text", c.name))
		f.Hint = "put it into an environment that is not committed and write " + inItsPlace(c.name) + " here; if it was ever published, have it replaced"
		if c.file >= 0 {
			f.File, f.Path, f.Pos, f.Source = k.files[c.file].env.File, nil, collection.Pos{}, ""
			f.mild = true // a filled file of one's own is how things are run
			f.Hint = "commit the file without it, and give the value when it runs: --env-var, or a file that CI writes"
		}
		f.put(c.at)
		k.report(f)
	}
}

// stands tells whether a variable's value is that of its file, and was not given by a flag.
func stands(k *checker, c credential) bool {
	file := k.files[c.file].env.File
	return file != "" && (k.document(file) == nil || c.at.find(c.value).known())
}

// inItsPlace is the variable to write instead of a credential.
func inItsPlace(name string) string {
	if strings.Contains(name, " ") {
		return "a variable"
	}
	return "{{" + name + "}}"
}

// secrets lists the credentials of the collection and of the files of variables, once.
func secretsIn(k *checker) []credential {
	if k.known != nil {
		return *k.known
	}
	var list []credential
	add := func(c credential) {
		c.value = strings.TrimSpace(c.value)
		if scheme, rest, ok := strings.Cut(c.value, " "); ok && !strings.ContainsAny(rest, " =") && isScheme(scheme) {
			c.value = rest
		}
		if looksSecret(c.name, c.value) {
			list = append(list, c)
		}
	}
	variableSecrets(k, add)
	for _, it := range k.items() {
		itemSecrets(k, it, add)
	}
	list = append(list, shapedSecrets(k)...)
	k.known = &list
	return list
}

func isScheme(word string) bool {
	return slices.Contains([]string{"bearer", "basic", "token", "apikey"}, strings.ToLower(word))
}

func variableSecrets(k *checker, add func(credential)) {
	from := func(list []collection.Variable, file int) {
		for _, v := range list {
			if v.Type == "secret" || naming.Names(v.Key) {
				f := inFile(k, written{v, file}, "")
				d := k.document(f.File)
				at := span{}
				if d != nil && d.offset(f.Pos) >= 0 && f.Pos.Line > 0 {
					at = span{d, d.offset(f.Pos), d.offset(f.Pos) + f.Length}
				}
				add(credential{v.Key, v.Value.String(), nil, at, file})
			}
		}
	}
	from(k.c.Variables, -1)
	for i, f := range k.files {
		from(f.env.Values, i)
	}
}

func itemSecrets(k *checker, it *collection.Item, add func(credential)) {
	auth, keys := k.c.Auth, []string{"auth"}
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
		add(credential{name, value, it, k.at(it, []string{value}, keys...), -1})
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

func isAuthSecret(key string) bool {
	return slices.Contains([]string{"secret", "authKey", "secretKey", "consumerSecret", "privateKey"}, key)
}

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
func shapedSecrets(k *checker) []credential {
	var list []credential
	files := []string{k.c.File}
	for _, it := range k.items() {
		if name := k.fileOf(it); !slices.Contains(files, name) {
			files = append(files, name)
		}
		for _, e := range k.events(it) {
			if e.Script.File != "" && !slices.Contains(files, e.Script.File) {
				files = append(files, e.Script.File)
			}
		}
	}
	for _, file := range files {
		d := k.document(file)
		if d == nil {
			continue
		}
		for _, s := range shaped() {
			for _, m := range s.pattern.FindAllStringIndex(d.text, -1) {
				at := span{d, m[0], m[1]}
				list = append(list, credential{s.name, at.text(), itemAt(k, d, m[0]), at, -1})
			}
		}
	}
	return list
}

// itemAt finds the request or folder that an offset stands in, nil for the collection.
func itemAt(k *checker, d *document, offset int) *collection.Item {
	if k.spans == nil {
		for _, it := range k.items()[1:] {
			k.spans = append(k.spans, itemSpan{it, k.part(it)})
		}
	}
	var found *collection.Item
	for _, s := range k.spans {
		if s.doc == d && s.start <= offset && offset < s.end {
			found = s.item // what comes later lies deeper
		}
	}
	return found
}

type shapedSecret struct {
	name    string
	pattern *regexp.Regexp
}

// shaped lists what gives itself away: tokens with a prefix of their maker, JWTs, private keys.
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

// looksSecret tells whether the value of something with a secret's name is one, and not a word that says so.
func looksSecret(name, value string) bool {
	const shortest = 6
	if len(value) < shortest || strings.ContainsAny(value, "{}<>") || strings.Contains(value, "...") || placeholder.Is(value) {
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
	if strings.Contains(value, " ") || letters(value) == letters(name) || strings.Contains(letters(name), "public") {
		return false
	}
	if strings.HasPrefix(value, "eyJ") && !strings.Contains(value, ".") {
		return false // the head of a JSON Web Token without its body opens nothing
	}
	digit := strings.ContainsAny(value, "0123456789")
	if strings.Contains(strings.ToLower(name), "passw") || strings.Contains(strings.ToLower(name), "secret") {
		return digit || strings.ContainsAny(value, "!@#$%^&*=+/")
	}
	return digit && len(value) >= shortest+2
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
