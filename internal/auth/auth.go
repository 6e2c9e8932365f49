// Package auth signs requests: one scheme a file.
//
// A scheme changes the request before it is sent: its headers, its query or its form. Schemes that answer a
// challenge look at the answer too and may ask for another try. What a scheme learns (a nonce, a token) it
// keeps, so one Scheme value serves every request that shares an authentication in the collection, as in
// Postman, where folders and collections are inherited from.
package auth

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"posthaste/collection"
)

// Env is what schemes need from outside.
type Env struct {
	Now  func() time.Time
	Rand io.Reader
	// Send carries out a request of the scheme's own, such as one for a token. Nil where there is no network.
	Send func(ctx context.Context, r *collection.Request) (*Answer, error)
}

// A Request is a resolved request on its way out. Sign changes Request in place.
type Request struct {
	*collection.Request
	// URLText is the URL as it will be sent, encoded, after the changes made so far.
	URLText func() (*url.URL, error)
	// Payload is the body as it will be sent, after the changes made so far. It is not for multipart bodies.
	Payload func() ([]byte, error)
}

// An Answer is what came back for a signed request.
type Answer struct {
	Code   int
	Header []collection.Header
	Body   []byte
}

// Params are the parameters of a scheme, resolved.
type Params struct {
	list []collection.AuthParam
}

// NewParams returns the parameters of an authentication. Of duplicate keys the last counts.
func NewParams(list []collection.AuthParam) Params { return Params{list} }

// Text returns a parameter as text, "" when it is absent or null.
func (p Params) Text(key string) string {
	v, _ := p.Lookup(key)
	if v.Kind() == collection.Null {
		return ""
	}
	return v.String()
}

// Or returns a parameter as text, and what else says when it is absent or empty.
func (p Params) Or(key, otherwise string) string {
	if s := p.Text(key); s != "" {
		return s
	}
	return otherwise
}

// Bool tells whether a parameter is set to true, or to text that JavaScript takes for true.
func (p Params) Bool(key string) bool {
	v, _ := p.Lookup(key)
	return v.Truthy() && v.String() != "false"
}

// Lookup returns a parameter as the file holds it.
func (p Params) Lookup(key string) (collection.Value, bool) {
	for i := len(p.list) - 1; i >= 0; i-- {
		if p.list[i].Key == key {
			return p.list[i].Value, true
		}
	}
	return collection.Value{}, false
}

// A Scheme signs requests. It is used by one run at a time.
type Scheme interface {
	Sign(ctx context.Context, p Params, r *Request) error
}

// A Challenger is a Scheme that looks at answers.
type Challenger interface {
	Scheme
	// Challenged tells whether the request should be signed and sent once more.
	Challenged(ctx context.Context, p Params, a *Answer) (again bool, err error)
}

// An UnknownError names a scheme that this package does not know. Requests then go out unsigned.
type UnknownError struct{ Type string }

// Error names the scheme.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("there is no authentication of type %q", e.Type)
}

// New returns the scheme of that type, or an *UnknownError.
func New(typ string, env Env) (Scheme, error) {
	switch typ {
	case "noauth":
		return noAuth{}, nil
	case "basic":
		return basic{}, nil
	case "bearer":
		return bearer{}, nil
	case "apikey":
		return apiKey{}, nil
	}
	return nil, &UnknownError{typ}
}

type noAuth struct{}

// Sign leaves the request as it is.
func (noAuth) Sign(context.Context, Params, *Request) error { return nil }

// setHeader takes out every header of that name, in any case, and adds one at the end
// (newman: each authorizer's sign step).
func (r *Request) setHeader(key, value string) {
	r.removeHeader(func(k string) bool { return strings.EqualFold(k, key) })
	r.Header = append(r.Header, collection.Header{Key: key, Value: value, System: true})
}

func (r *Request) removeHeader(match func(key string) bool) {
	kept := make([]collection.Header, 0, len(r.Header)+1)
	for _, h := range r.Header {
		if !match(h.Key) {
			kept = append(kept, h)
		}
	}
	r.Header = kept
}

// setQuery takes out every parameter of that name and adds one at the end.
func (r *Request) setQuery(key, value string) {
	kept := make([]collection.QueryParam, 0, len(r.URL.Query)+1)
	for _, q := range r.URL.Query {
		if q.Key != key {
			kept = append(kept, q)
		}
	}
	r.URL.Query = append(kept, collection.QueryParam{Key: key, Value: value})
	r.URL.HasQuery = true
}
