package runner

import (
	"bytes"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/secret/naming"
)

// secretKeeper finds the secrets that a run comes across and makes them known.
type secretKeeper struct {
	secrets Secrets
	names   map[string]bool // named by the user, in lower case
}

func newSecretKeeper(secrets Secrets, names []string) *secretKeeper {
	k := &secretKeeper{secrets: secrets, names: map[string]bool{}}
	for _, name := range names {
		k.names[strings.ToLower(name)] = true
	}
	return k
}

// variable is called for every variable that a scope holds or is given.
func (k *secretKeeper) variable(v collection.Variable) {
	if k.secrets == nil || v.Disabled {
		return
	}
	if v.Type == "secret" || k.names[strings.ToLower(v.Key)] || naming.Names(v.Key) {
		k.credential(v.Key, v.Value.String())
	}
}

// credential adds a value, and what follows the scheme's name when it reads like "Bearer abc".
func (k *secretKeeper) credential(name, value string) {
	if k.secrets == nil || strings.Contains(value, "{{") {
		return
	}
	k.secrets.Add(name, value)
	if scheme, rest, ok := strings.Cut(value, " "); ok && isScheme(scheme) && !strings.Contains(rest, "=") {
		k.secrets.Add(name, rest)
	}
}

func isScheme(word string) bool {
	switch strings.ToLower(word) {
	case "bearer", "basic", "token", "apikey", "negotiate", "ntlm", "digest":
		return true
	}
	return false
}

// collection adds the secrets that stand in the collection itself, before an event shows any of it: credentials, and
// what headers, queries, forms and bodies hold under names that speak of secrets, in saved examples too.
func (k *secretKeeper) collection(c *collection.Collection) {
	if k.secrets == nil {
		return
	}
	k.scheme(c.Auth)
	_ = c.Walk(func(item *collection.Item) error { // it returns what the function does
		k.scheme(item.Auth)
		if item.Request != nil {
			k.request(item.Request)
			k.scheme(item.Request.Auth)
		}
		for _, example := range gjson.ParseBytes(item.Responses).Array() {
			k.example(example)
		}
		return nil
	})
}

func (k *secretKeeper) scheme(a *collection.Auth) {
	if a != nil {
		k.auth(a.Params)
	}
}

// example adds what a saved answer, and the request that it answered, give away.
func (k *secretKeeper) example(saved gjson.Result) {
	for _, path := range []string{"header", "originalRequest.header", "originalRequest.url.query", "originalRequest.body.urlencoded"} {
		for _, pair := range saved.Get(path).Array() {
			if key := pair.Get("key").String(); naming.Names(key) || strings.EqualFold(key, "cookie") {
				k.header(collection.Header{Key: key, Value: pair.Get("value").String()})
			}
		}
	}
	k.json([]byte(saved.Get("body").String()))
	k.json([]byte(saved.Get("originalRequest.body.raw").String()))
}

// request adds what a resolved request carries in headers, query and forms whose names speak of secrets.
func (k *secretKeeper) request(r *collection.Request) {
	if k.secrets == nil {
		return
	}
	for _, h := range r.Header {
		if naming.Names(h.Key) || strings.EqualFold(h.Key, "cookie") {
			k.header(h)
		}
	}
	for _, q := range r.URL.Query {
		if naming.Names(q.Key) {
			k.credential(q.Key, q.Value)
		}
	}
	if r.URL.User != nil {
		k.credential("password in the URL", r.URL.User.Password)
	}
	if r.Body != nil {
		k.body(r.Body)
	}
}

func (k *secretKeeper) header(h collection.Header) {
	if strings.EqualFold(h.Key, "cookie") || strings.EqualFold(h.Key, "set-cookie") {
		k.cookies(h.Value)
		return
	}
	k.credential(h.Key, h.Value)
}

// cookies adds the values of a Cookie header, or the value of a Set-Cookie header.
func (k *secretKeeper) cookies(value string) {
	for part := range strings.SplitSeq(value, ";") {
		name, v, ok := strings.Cut(strings.TrimSpace(part), "=")
		if ok && naming.Names(name) || strings.Contains(strings.ToLower(name), "sess") {
			k.credential("cookie "+name, v)
		}
	}
}

func (k *secretKeeper) body(b *collection.Body) {
	for _, p := range b.URLEncoded {
		if naming.Names(p.Key) {
			k.credential(p.Key, p.Value.String())
		}
	}
	for _, p := range b.FormData {
		if naming.Names(p.Key) {
			k.credential(p.Key, p.Value.String())
		}
	}
	if b.Mode == "raw" {
		k.json([]byte(b.Raw))
	}
}

// auth adds the parameters of a scheme that are secrets.
func (k *secretKeeper) auth(params []collection.AuthParam) {
	if k.secrets == nil {
		return
	}
	for _, p := range params {
		switch p.Key {
		case "value", "secret", "authKey", "consumerSecret", "tokenSecret", "secretKey", "privateKey":
			k.credential(p.Key, p.Value.String())
		default:
			if naming.Names(p.Key) {
				k.credential(p.Key, p.Value.String())
			}
		}
	}
}

// response adds the cookies that an answer sets and the members of a JSON answer whose names speak of secrets.
func (k *secretKeeper) response(header []collection.Header, body []byte) {
	if k.secrets == nil {
		return
	}
	for _, h := range header {
		if strings.EqualFold(h.Key, "set-cookie") {
			k.cookies(h.Value)
		}
	}
	k.json(body)
}

// largestSearched is the size in bytes up to which bodies are searched for tokens. Answers that hold a token
// are small.
const largestSearched = 256 << 10

func (k *secretKeeper) json(body []byte) {
	body = bytes.TrimSpace(body)
	if len(body) > largestSearched || len(body) == 0 || body[0] != '{' && body[0] != '[' {
		return
	}
	text := string(body)
	if !strings.Contains(text, `\u`) && !naming.Hints(text) || !gjson.Valid(text) { // \u: a name may be written so
		return
	}
	k.walk(gjson.Parse(text), 0)
}

func (k *secretKeeper) walk(r gjson.Result, depth int) {
	const deepest = 64
	if depth > deepest {
		return
	}
	r.ForEach(func(key, value gjson.Result) bool {
		switch {
		case value.IsObject() || value.IsArray():
			k.walk(value, depth+1)
		case value.Type == gjson.String && key.Type == gjson.String && naming.Names(key.Str):
			k.credential(key.Str, value.Str)
		}
		return true
	})
}
