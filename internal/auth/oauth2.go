package auth

import (
	"context"
	"strings"
	"time"

	"posthaste/collection"
)

// oauth2 is RFC 6749 and 6750. A token that is given is sent (newman: oauth2.js). Beyond newman, a token that is
// not given is fetched where the grant needs no person: see grant. It is kept until it expires, and renewed once
// for a request that is answered with 401.
// Calls come one after another, as the requests of a run do, so nothing here is locked.
type oauth2 struct {
	env    Env
	tokens map[tokenKey]*token
	used   tokenKey // of the last request that was signed with a fetched token
	renew  bool     // whether the next 401 may renew it
}

// A tokenKey is all that a token depends on, so that changed variables fetch another one: the
// token endpoint, the encoded form that is sent there and the credentials in the header.
type tokenKey struct{ url, form, header string }

// A token is what a server gave. A zero expiry is not known: such a token is used until a
// 401.
type token struct {
	access  string
	refresh string
	expiry  time.Time
}

// newOAuth2 returns a signer with an empty cache, which lives as long as the run.
func newOAuth2(env Env) *oauth2 { return &oauth2{env: env, tokens: map[tokenKey]*token{}} }

// Sign adds the token to Authorization or to the query. Without a token, and for tokens of
// type mac, the request stays as it is (newman: oauth2.js). Errors are those of fetching a
// token: no connection, or a refusal by the server.
func (o *oauth2) Sign(ctx context.Context, p Params, r *Request) error {
	o.renew = false
	if strings.EqualFold(p.Text("tokenType"), "mac") {
		return nil
	}
	access := p.Text("accessToken")
	if access == "" {
		// A nil grant is one that needs a person (authorization code, implicit) or that the
		// collection does not name.
		g, err := grantOf(p)
		if g == nil || err != nil {
			return err
		}
		t, err := o.token(ctx, g, r)
		if err != nil {
			return err
		}
		// Only the first try may renew, or a server that always answers 401 would be asked
		// for tokens without end.
		access, o.used, o.renew = t.access, g.key(), r.Try == 0
	}
	o.add(p, r, access)
	return nil
}

// add removes an older token first: a request that is tried again must not carry two. A
// header prefix that is set but empty sends the bare token; one that is not set is Bearer.
func (o *oauth2) add(p Params, r *Request, access string) {
	r.dropHeaders("Authorization")
	r.dropQuery("access_token")
	switch p.Or("addTokenTo", "header") {
	case "queryParams":
		r.setQuery("access_token", access)
	case "header":
		prefix := "Bearer"
		if v, _ := p.Lookup("headerPrefix"); v.Kind() != collection.Undefined && v.Kind() != collection.Null {
			prefix = strings.TrimSpace(v.String())
		}
		if prefix != "" {
			prefix += " "
		}
		r.setHeader("Authorization", prefix+access)
	}
}

// token returns a token that is still good, from the cache or from the server. An expired one
// is refreshed where the server gave a refresh token, else the grant is made again.
func (o *oauth2) token(ctx context.Context, g *grant, r *Request) (*token, error) {
	key := g.key()
	known := o.tokens[key]
	if known != nil && known.access != "" && (known.expiry.IsZero() || o.env.Now().Before(known.expiry)) {
		return known, nil
	}
	if known != nil && known.refresh != "" {
		if t, err := g.refreshed(known.refresh).fetch(ctx, o.env, r.Send); err == nil {
			// RFC 6749, 6: a server that sends no new refresh token means that the old one
			// stays valid.
			if t.refresh == "" {
				t.refresh = known.refresh
			}
			o.tokens[key] = t
			return t, nil
		}
		delete(o.tokens, key) // the grant itself may still work
	}
	t, err := g.fetch(ctx, o.env, r.Send)
	if err != nil {
		return nil, err
	}
	o.tokens[key] = t
	return t, nil
}

// Challenged forgets a fetched token that the server refused, and asks for one more try with
// a new one. The refresh token is kept, so that the next try can use it. A token from the
// collection is never replaced.
func (o *oauth2) Challenged(_ context.Context, _ Params, a *Answer) (again bool, err error) {
	if a.Code != 401 || !o.renew {
		return false, nil
	}
	o.renew = false
	if t := o.tokens[o.used]; t != nil {
		t.access = ""
	}
	return true, nil
}
