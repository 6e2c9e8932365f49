// Package auth signs requests: one scheme a file.
//
// A scheme changes the request before it is sent: its headers, its query or its form. Schemes
// that answer a challenge look at the response too and may ask for another try. What a scheme
// learns (a nonce, a token) it keeps, so one Scheme value serves every request that shares an
// authentication in the collection, as in Postman, where folders and collections are
// inherited from.
//
// A scheme never sends the request that it signs. It gets the prepared URL and body (Target,
// Wire), so that what is signed is what goes on the wire.
package auth

import (
	"context"
	"fmt"
	"io"
	"time"

	"posthaste/collection"
)

// Env is what schemes need from outside.
type Env struct {
	Now  func() time.Time
	Rand io.Reader
	// Compat signs as newman does also where that is wrong: digest never renews a nonce and does not look at a
	// challenge's algorithm; hawk and awsv4 leave out what they say about bodies.
	Compat bool
}

// A Request is a resolved request before it is sent. Sign changes the embedded request in
// place.
type Request struct {
	*collection.Request
	// Try counts how often this request was sent before: 0 the first time.
	Try int
	// Verbatim says that the URL goes out as it is written (disableUrlEncoding).
	Verbatim bool
	// Target is the URL as it will be sent, encoded, with the changes made so far to its query.
	Target func() (Target, error)
	// Wire is the body as it will be sent. Once it was asked for, Sign must not change the body.
	Wire func() (*Wire, error)
	// Learned is what Sign used beyond the parameters, such as a nonce that it made up: reports show it with them.
	Learned []collection.AuthParam
	// Send carries out a request of the scheme's own, such as one for a token. Nil where there is no network.
	Send func(ctx context.Context, r *collection.Request) (*Answer, error)
}

// learn adds a parameter that was found while signing, unless it is empty. It counts as set
// by the system, so it is not written into the collection.
func (r *Request) learn(key string, value collection.Value) {
	if value.String() != "" {
		r.Learned = append(r.Learned, collection.AuthParam{Key: key, Value: value, System: true})
	}
}

// A Target is a URL in parts, encoded as the wire will have them.
type Target struct {
	Scheme, Host string // host with the port, when the URL names one
	Hostname     string
	Port         string // "" where the URL names none
	Path         string
	Query        string // without the question mark
	HasQuery     bool
}

// requestURI returns path and query as the request line has them.
func (t Target) requestURI() string {
	if !t.HasQuery {
		return t.Path
	}
	return t.Path + "?" + t.Query
}

// An Answer is the response to a signed request, or to a scheme's own. It must not be
// changed.
type Answer struct {
	Code   int
	Header []collection.Header
	Body   []byte
}

// Params are the parameters of a scheme, with placeholders resolved.
type Params struct {
	list  []collection.AuthParam
	texts bool // the text "false" says yes
}

// NewParams returns the parameters of an authentication. Of duplicate keys the last counts.
// The list is not copied.
func NewParams(list []collection.AuthParam) Params { return Params{list: list} }

// NewmanParams is NewParams in which the text "false" counts as true, as any text does in
// newman.
func NewmanParams(list []collection.AuthParam) Params { return Params{list: list, texts: true} }

// Text returns a parameter as text, "" when it is missing or null.
func (p Params) Text(key string) string {
	v, _ := p.Lookup(key)
	if v.Kind() == collection.Null {
		return ""
	}
	return v.String()
}

// Or returns a parameter as text, or otherwise when it is missing or empty.
func (p Params) Or(key, otherwise string) string {
	if s := p.Text(key); s != "" {
		return s
	}
	return otherwise
}

// Bool reports whether a parameter is true, or a text other than "" and "false".
func (p Params) Bool(key string) bool {
	v, _ := p.Lookup(key)
	return v.Truthy() && (v.String() != "false" || p.texts && v.IsString())
}

// Lookup returns a parameter as the file has it; false when it is missing.
func (p Params) Lookup(key string) (collection.Value, bool) {
	for i := len(p.list) - 1; i >= 0; i-- {
		if p.list[i].Key == key {
			return p.list[i].Value, true
		}
	}
	return collection.Value{}, false
}

// A Scheme signs requests. It is used by one run at a time, so it needs no locks.
//
// Sign changes r and returns an error when the parameters make signing impossible; when they
// are merely incomplete, most schemes leave the request as it is, as newman does.
type Scheme interface {
	Sign(ctx context.Context, p Params, r *Request) error
}

// A Challenger is a Scheme that looks at responses.
type Challenger interface {
	Scheme
	// Challenged reports whether the request should be signed and sent once more.
	Challenged(ctx context.Context, p Params, a *Answer) (again bool, err error)
}

// An UnknownError names a scheme that this package does not know. Requests are then sent
// unsigned.
type UnknownError struct{ Type string }

// Error names the scheme.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("there is no authentication of type %q", e.Type)
}

// A refusal is why a request cannot be signed, in newman's words, which reports compare.
type refusal string

// Error returns the words.
func (r refusal) Error() string { return string(r) }

// A kind is a type of authentication and the function that makes a scheme of it.
type kind struct {
	typ string
	new func(Env) Scheme
}

// kinds are the schemes, each once. To add one, write its file and its row here (CONTRIBUTING has the recipe).
func kinds() []kind {
	return []kind{
		{"noauth", func(Env) Scheme { return noAuth{} }},
		{"basic", func(Env) Scheme { return basic{} }},
		{"bearer", func(Env) Scheme { return bearer{} }},
		{"apikey", func(Env) Scheme { return apiKey{} }},
		{"oauth2", func(env Env) Scheme { return newOAuth2(env) }},
		{"digest", func(env Env) Scheme { return newDigest(env) }},
		{"ntlm", func(env Env) Scheme { return &ntlm{env: env} }},
		{"hawk", func(env Env) Scheme { return hawk{env} }},
		{"awsv4", func(env Env) Scheme { return awsV4{env} }},
		{"oauth1", func(env Env) Scheme { return oauth1{env} }},
		{"edgegrid", func(env Env) Scheme { return edgeGrid{env} }},
		{"jwt", func(env Env) Scheme { return jwt{env} }},
		{"asap", func(env Env) Scheme { return asap{env} }},
	}
}

// Types lists the types that New knows, in the order of kinds.
func Types() []string {
	var list []string
	for _, k := range kinds() {
		list = append(list, k.typ)
	}
	return list
}

// New returns a new scheme of that type, or an *UnknownError.
func New(typ string, env Env) (Scheme, error) {
	for _, k := range kinds() {
		if k.typ == typ {
			return k.new(env), nil
		}
	}
	return nil, &UnknownError{typ}
}

type noAuth struct{}

// Sign leaves the request as it is.
func (noAuth) Sign(context.Context, Params, *Request) error { return nil }
