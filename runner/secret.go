package runner

import (
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/secret/find"
	"posthaste/internal/secret/memo"
	"posthaste/internal/secret/naming"
	"posthaste/internal/variable"
)

// secretKeeper finds the secrets that a run comes across and makes them known: what the user
// declared for the whole run, what is met on the way for as long as it is in use. It is safe
// for concurrent use. With nil secrets it does nothing.
type secretKeeper struct {
	secrets Secrets
	names   map[string]bool // named by the user, in lower case

	finder  find.Finder
	texts   memo.Memo[[]pair] // what they gave when they were looked at before
	headers memo.Memo[[]pair]

	collectors      sync.Pool  // of *collector
	meets, declares find.Found // learn what is found: what is met on the way, and what is declared

	mu        sync.Mutex
	templates map[string]string // values of secret variables that hold placeholders, by name
}

// A pair is a secret that was found, and its name.
type pair struct{ name, value string }

// look learns what a text gives away. What runs send and show comes again and again, so it is
// remembered. A text that comes again is learnt again, which keeps its secrets from being
// forgotten.
func (k *secretKeeper) look(text string) {
	if find.Nothing(text) {
		return
	}
	pairs, known := k.texts.Get("", text)
	if !known {
		c := k.collector()
		k.finder.Text(text, c.add)
		pairs = k.collected(c)
		k.texts.Put("", text, pairs)
	}
	k.learnAll(pairs)
}

// header learns what a header line gives away. The name matters: a Cookie is searched in
// another way than an Authorization.
func (k *secretKeeper) header(name, value string) {
	pairs, known := k.headers.Get(name, value)
	if !known {
		c := k.collector()
		k.finder.Header(name, value, c.add)
		pairs = k.collected(c)
		k.headers.Put(name, value, pairs)
	}
	k.learnAll(pairs)
}

// A collector lists what is found. It copies: what is found may be a piece of a large text,
// which would stay in memory with it.
type collector struct {
	pairs []pair
	add   find.Found
}

func (k *secretKeeper) collector() *collector {
	if c, ok := k.collectors.Get().(*collector); ok {
		return c
	}
	c := &collector{}
	c.add = func(name, value string) { c.pairs = append(c.pairs, pair{strings.Clone(name), strings.Clone(value)}) }
	return c
}

// collected returns what a collector has, which is not used any more.
func (k *secretKeeper) collected(c *collector) (pairs []pair) {
	pairs, c.pairs = c.pairs, nil
	k.collectors.Put(c)
	return pairs
}

// learnAll learns what was met, not declared.
func (k *secretKeeper) learnAll(pairs []pair) {
	for _, p := range pairs {
		k.credential(p.name, p.value, false)
	}
}

// newSecretKeeper takes the names that the user declared secret, in any case. It is used by
// all parts of a run.
func newSecretKeeper(secrets Secrets, names []string) *secretKeeper {
	k := &secretKeeper{secrets: secrets, names: map[string]bool{}, templates: map[string]string{}}
	for _, name := range names {
		k.names[strings.ToLower(name)] = true
	}
	k.meets = func(name, value string) { k.credential(name, value, false) }
	k.declares = func(name, value string) { k.credential(name, value, true) }
	return k
}

// Declare makes known to secrets what a collection declares itself: variables, credentials,
// and what stands under names of secrets in its requests and examples. It is for commands
// that show a collection without running it.
func Declare(c *collection.Collection, secrets Secrets) {
	k := newSecretKeeper(secrets, nil)
	for _, v := range c.Variables {
		k.declared(v)
	}
	k.collection(c)
}

// declared is called for every variable that a file, a flag or a vault gives, enabled or not:
// a disabled token is a token.
func (k *secretKeeper) declared(v collection.Variable) { k.variable(v, true) }

// met is called for every variable that a script sets and that a row of data brings. Such
// values may be many, so old ones are forgotten in time.
func (k *secretKeeper) met(v collection.Variable) { k.variable(v, false) }

// variable looks at one variable: a declared secret is learnt whole, others are searched for
// what looks like one. named is what the user said, by type or by option; naming.Names goes
// by the name's words, such as "password".
func (k *secretKeeper) variable(v collection.Variable, declared bool) {
	if k.secrets == nil {
		return
	}
	value := v.Value.String()
	named := v.Type == "secret" || k.names[strings.ToLower(v.Key)]
	switch {
	case !named && naming.Names(v.Key):
		// A name such as tokenUrl is not a secret's, so naming and the value's shape decide
		// together.
		k.credential(v.Key, value, declared)
		k.template(v.Key, value)
	case !named && value != "":
		k.within(value, declared) // a URL with a password, a token by its shape
	case named:
		k.learn(v.Key, value, declared)
		k.credential(v.Key, value, declared)
		k.finder.Parts(value, k.found(declared)) // a pair such as user:password is a secret in its parts too
		k.template(v.Key, value)
	}
}

// within learns the secrets that a text holds. Declared texts are few and searched once,
// others are remembered.
func (k *secretKeeper) within(text string, declared bool) {
	if declared {
		k.finder.Text(text, k.found(true))
		return
	}
	k.look(text)
}

// found learns what the finders find. Their names are shown in place of the secret.
func (k *secretKeeper) found(declared bool) find.Found {
	if declared {
		return k.declares
	}
	return k.meets
}

// credential learns a value that is a secret for its name or its shape. Of one with
// placeholders only what stands between them is known yet; the rest is met when they are
// replaced.
func (k *secretKeeper) credential(name, value string, declared bool) {
	if !strings.Contains(value, "{{") {
		k.learn(name, value, declared)
		return
	}
	// Shorter pieces, and those without a digit, are words such as "Bearer" that must not be
	// masked everywhere.
	const shortest = 8
	for _, piece := range strings.FieldsFunc(value, func(r rune) bool { return r == '{' || r == '}' || r == ' ' }) {
		if len(piece) >= shortest && !strings.Contains(value, "{{"+piece+"}}") && strings.ContainsAny(piece, "0123456789") {
			k.learn(name, piece, declared)
		}
	}
}

// learn adds a secret. One that was declared is pinned: it is never forgotten, however many
// others come. Values that are too short to be masked safely are refused by secrets.
func (k *secretKeeper) learn(name, value string, declared bool) {
	if declared {
		k.secrets.Pin(name, value)
	} else {
		k.secrets.Add(name, value)
	}
}

// template notes the value of a secret variable that holds placeholders. Dynamic variables
// ({{$guid}}) give another value each time and cannot be foreseen.
func (k *secretKeeper) template(name, value string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if strings.Contains(value, "{{") && !strings.Contains(value, "{{$") {
		k.templates[name] = value
	} else if len(k.templates) > 0 {
		delete(k.templates, name)
	}
}

// expand learns what the templates, and the parameters of a path whose names say so, are with
// the variables of now. It has a stack of its own: to look a secret up is no use of a
// variable. It is called before each request is shown.
func (k *secretKeeper) expand(scopes []variable.Reader, path []collection.PathVariable) {
	if k.secrets == nil {
		return
	}
	k.mu.Lock()
	none := len(path) == 0 && len(k.templates) == 0
	k.mu.Unlock()
	if none {
		return
	}
	stack := variable.Stack{Scopes: scopes}
	for _, v := range path {
		if text, err := stack.Expand(v.Value.String()); err == nil && !strings.Contains(text, "{{") {
			k.finder.Parameter(v.Key, text, k.found(false))
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for name, value := range k.templates {
		if text, err := stack.Expand(value); err == nil && text != value {
			k.learn(name, text, false)
		}
	}
}

// collection learns the secrets that stand in the collection itself, before an event shows
// any of it: credentials, and what headers, queries, forms and bodies hold under names that
// speak of secrets, in saved examples too.
func (k *secretKeeper) collection(c *collection.Collection) {
	if k.secrets == nil {
		return
	}
	k.scheme(c.Auth)
	_ = c.Walk(func(item *collection.Item) error { // it returns what the function does
		k.scheme(item.Auth)
		if item.Request != nil {
			k.request(item.Request, true)
			k.scheme(item.Request.Auth)
			for _, v := range item.Request.URL.Variables {
				k.finder.Parameter(v.Key, v.Value.String(), k.found(true))
			}
		}
		for _, example := range gjson.ParseBytes(item.Responses).Array() {
			k.example(example)
		}
		return nil
	})
}

// scheme learns what an authentication of the collection holds; nil holds nothing.
func (k *secretKeeper) scheme(a *collection.Auth) {
	if a != nil {
		k.auth(a.Type, a.Params, true)
	}
}

// auth learns the secret fields of a scheme. Which they are depends on the scheme: "key" is
// one of apikey, and not of others.
func (k *secretKeeper) auth(scheme string, params []collection.AuthParam, declared bool) {
	if k.secrets == nil {
		return
	}
	for _, p := range params {
		value := p.Value.String()
		switch {
		case p.Value.Kind() == collection.JSON:
			k.finder.Text(value, k.found(declared))
		case naming.AuthField(scheme, p.Key):
			k.credential(p.Key, value, declared)
			k.finder.Parts(value, k.found(declared))
		}
	}
}

// example learns what a saved response, and the request that it answered, give away. Real
// tokens are often saved with an example.
func (k *secretKeeper) example(saved gjson.Result) {
	found := k.found(true)
	for _, path := range []string{"header", "originalRequest.header"} {
		for _, pair := range saved.Get(path).Array() {
			k.finder.Header(pair.Get("key").String(), pair.Get("value").String(), found)
		}
	}
	for _, path := range []string{"originalRequest.url.query", "originalRequest.url.variable", "originalRequest.body.urlencoded", "originalRequest.body.formdata"} {
		for _, pair := range saved.Get(path).Array() {
			k.finder.Parameter(pair.Get("key").String(), pair.Get("value").String(), found)
		}
	}
	for _, cookie := range saved.Get("cookie").Array() {
		k.finder.Cookie(cookie.Get("name").String(), cookie.Get("value").String(), found)
	}
	k.finder.Text(saved.Get("body").String(), found)
	k.finder.Text(saved.Get("originalRequest.body.raw").String(), found)
}

// request learns what a request carries in its URL, its headers and its body. declared says
// that it is the collection's own, with its placeholders.
func (k *secretKeeper) request(r *collection.Request, declared bool) {
	if k.secrets == nil {
		return
	}
	found := k.found(declared)
	if declared {
		for _, h := range r.Header {
			k.finder.Header(h.Key, h.Value, found)
		}
	} else {
		k.headerLines(r.Header)
	}
	for _, q := range r.URL.Query {
		k.finder.Pair(q.Key, q.Value, found)
	}
	if r.URL.HasHash {
		k.finder.URL("#"+r.URL.Hash, found)
	}
	switch user := r.URL.User; {
	case user == nil:
	case user.HasPassword:
		k.credential("password in the URL", user.Password, declared)
	default: // a user without a password is a token, as many APIs use it
		k.credential("user in the URL", user.User, declared)
	}
	if r.Body != nil {
		k.body(r.Body, declared)
	}
	if r.Proxy != nil {
		k.credential("password of the proxy", r.Proxy.Password, declared)
	}
}

// body searches a body as it was written, before its placeholders are replaced. Of a form
// every field is looked at, of the other modes only what is sent.
func (k *secretKeeper) body(b *collection.Body, declared bool) {
	found := k.found(declared)
	for _, p := range b.URLEncoded {
		k.finder.Parameter(p.Key, p.Value.String(), found)
	}
	for _, p := range b.FormData {
		k.finder.Parameter(p.Key, p.Value.String(), found)
	}
	switch {
	case b.Mode == "raw":
		k.within(b.Raw, declared)
	case b.Mode == "file" && b.File != nil:
		k.within(b.File.Content, declared)
	case b.Mode == "graphql" && b.GraphQL != nil:
		k.within(b.GraphQL.Query, declared)
		k.within(b.GraphQL.Variables.String(), declared)
	}
}

// response learns what a response brings in headers and body. Bodies beyond find.Largest
// bytes are not searched: it would take longer than the request.
func (k *secretKeeper) response(header []collection.Header, body []byte) {
	if k.secrets == nil {
		return
	}
	k.headerLines(header)
	if len(body) <= find.Largest {
		k.within(string(body), false)
	}
}

// headerLines learns what several lines give away.
func (k *secretKeeper) headerLines(list []collection.Header) {
	for _, h := range list {
		k.header(h.Key, h.Value)
	}
}

// text learns what a text that is about to be shown gives away by its shape and behind names,
// such as what a script prints.
func (k *secretKeeper) text(text string) {
	if k.secrets != nil && len(text) <= find.Largest {
		k.within(text, false)
	}
}

// cookies learns the cookies that the jar adds to a request. They come from earlier responses
// and stand in no file.
func (k *secretKeeper) cookies(sent []collection.Header) {
	if k.secrets == nil {
		return
	}
	for _, h := range sent {
		if strings.EqualFold(h.Key, "cookie") {
			k.finder.Header(h.Key, h.Value, k.found(false))
		}
	}
}
