package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"posthaste/collection"
)

// leeway is how long before its expiry a token is no longer used, so that it does not expire
// while a request is sent.
const leeway = 30 * time.Second

// A grant is a request for a token (RFC 6749), made of parameters as Postman stores them:
// grant_type, accessTokenUrl, clientId, clientSecret, client_authentication, scope, username,
// password, refreshToken, audience, resource, and tokenRequestParams.
type grant struct {
	url    string
	form   url.Values              // the body
	header []collection.Header     // the client's credentials, and the user's own
	query  []collection.QueryParam // the user's own
	client url.Values              // the client's part of form
}

// A TokenError says why a server gave no token. It contains nothing that was sent.
type TokenError struct {
	URL         string
	Code        int    // status of the answer
	Name        string // "invalid_client" …; "" where the answer has none
	Description string // the server's words, or ""
}

// Error has status, name and description.
func (e *TokenError) Error() string {
	text := fmt.Sprintf("fetching a token from %s: status %d", e.URL, e.Code)
	if e.Name != "" {
		text += ", " + e.Name
	}
	if e.Description != "" {
		text += ": " + e.Description
	}
	return text
}

// grantOf returns how a token is fetched, nil when the parameters do not say, which leaves
// requests unsigned as newman does. Grants that need a browser are an error.
func grantOf(p Params) (*grant, error) {
	endpoint, typ := p.Text("accessTokenUrl"), p.Text("grant_type")
	if typ == "" && p.Text("refreshToken") != "" {
		typ = "refresh_token"
	}
	g := &grant{url: endpoint, form: url.Values{}, client: url.Values{}}
	switch typ {
	case "client_credentials":
	case "password", "password_credentials":
		typ = "password"
		g.form.Set("username", p.Text("username"))
		g.form.Set("password", p.Text("password"))
	case "refresh_token":
		g.form.Set("refresh_token", p.Text("refreshToken"))
		endpoint = p.Or("refreshTokenUrl", endpoint)
		g.url = endpoint
	case "":
		return nil, nil
	default:
		return nil, fmt.Errorf("the grant %q needs a browser: give an accessToken, or use client_credentials, "+
			"password_credentials or refresh_token", typ)
	}
	if endpoint == "" {
		return nil, nil
	}
	g.form.Set("grant_type", typ)
	for _, key := range []string{"scope", "audience", "resource"} {
		if v := p.Text(key); v != "" {
			g.form.Set(key, v)
		}
	}
	g.authenticate(p)
	list := "tokenRequestParams"
	if typ == "refresh_token" {
		list = "refreshRequestParams"
	}
	return g, g.extra(p, list)
}

// authenticate sets the client's credentials where client_authentication says. A client
// without secret has nothing to prove, and names itself in the body (RFC 6749, 3.2.1).
func (g *grant) authenticate(p Params) {
	id, secret := p.Text("clientId"), p.Text("clientSecret")
	switch {
	case id == "" && secret == "":
	case p.Or("client_authentication", "header") == "body" || secret == "":
		g.client.Set("client_id", id)
		if secret != "" {
			g.client.Set("client_secret", secret)
		}
	default:
		pair := url.QueryEscape(id) + ":" + url.QueryEscape(secret) // RFC 6749, 2.3.1
		g.header = append(g.header, collection.Header{
			Key: "Authorization", Value: "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)), System: true,
		})
	}
	// They are in both: a refresh needs them again.
	for k, v := range g.client {
		g.form[k] = v
	}
}

// extra adds the user's own parameters: [{key, value, enabled, send_as}]. Those in the body
// replace ours of the same name.
func (g *grant) extra(p Params, name string) error {
	v, _ := p.Lookup(name)
	if v.Kind() != collection.JSON {
		return nil
	}
	var list []struct {
		Key     string           `json:"key"`
		Value   collection.Value `json:"value"`
		Enabled *bool            `json:"enabled"`
		SendAs  string           `json:"send_as"`
	}
	if err := json.Unmarshal([]byte(v.JSONText()), &list); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	replaced := map[string]bool{}
	for _, e := range list {
		if e.Key == "" || e.Enabled != nil && !*e.Enabled {
			continue
		}
		value := e.Value.String()
		switch e.SendAs {
		case "request_header":
			g.header = append(g.header, collection.Header{Key: e.Key, Value: value})
		case "request_url":
			g.query = append(g.query, collection.QueryParam{Key: percent(e.Key), Value: percent(value)})
		default:
			if !replaced[e.Key] { // the user's parameter goes before ours, and may come several times
				g.form.Del(e.Key)
				replaced[e.Key] = true
			}
			g.form.Add(e.Key, value)
		}
	}
	return nil
}

// refreshed returns the grant that exchanges a refresh token for a new token, at the same
// endpoint with the same client.
func (g *grant) refreshed(refresh string) *grant {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}}
	for k, v := range g.client {
		form[k] = v
	}
	return &grant{url: g.url, form: form, header: g.header, query: g.query, client: g.client}
}

// key distinguishes tokens: whatever changes what the token endpoint is asked gives another
// token.
func (g *grant) key() tokenKey {
	k := tokenKey{url: g.url, form: g.form.Encode()}
	for _, h := range g.header {
		k.header += h.Key + ":" + h.Value + "\n"
	}
	for _, q := range g.query {
		k.url += "&" + q.Key + "=" + q.Value
	}
	return k
}

// request is the grant as a request. The parameters in its body are sorted by name, so that
// equal grants look the same.
func (g *grant) request() *collection.Request {
	r := &collection.Request{Method: "POST", URL: collection.ParseURL(g.url), Header: g.header}
	r.Header = append([]collection.Header{{Key: "Accept", Value: "application/json"}}, g.header...)
	if len(g.query) > 0 {
		r.URL.Query = append(r.URL.Query, g.query...)
		r.URL.HasQuery = true
	}
	r.Header = append(r.Header, collection.Header{Key: "Content-Type", Value: "application/x-www-form-urlencoded"})
	r.Body = &collection.Body{Mode: collection.BodyRaw, Raw: g.form.Encode()}
	return r
}

// fetch sends the grant and reads the response. Errors name the endpoint and nothing that was
// sent.
func (g *grant) fetch(
	ctx context.Context, env Env, send func(context.Context, *collection.Request) (*Answer, error),
) (*token, error) {
	if send == nil {
		return nil, fmt.Errorf("fetching a token from %s: there is no network here", g.url)
	}
	a, err := send(ctx, g.request())
	if err != nil {
		return nil, fmt.Errorf("fetching a token from %s: %w", g.url, err)
	}
	return readToken(g.url, a, env.Now())
}

// readToken reads JSON, or a form as some servers send it. Any other status than 2xx, and a
// response without access_token, is a *TokenError.
func readToken(from string, a *Answer, now time.Time) (*token, error) {
	fields := map[string]string{}
	object := map[string]collection.Value{}
	if json.Unmarshal(a.Body, &object) == nil {
		for k, v := range object {
			if v.Kind() != collection.Null {
				fields[k] = v.String()
			}
		}
	} else if form, err := url.ParseQuery(string(a.Body)); err == nil {
		for k := range form {
			fields[k] = form.Get(k)
		}
	}
	if a.Code < 200 || a.Code > 299 || fields["access_token"] == "" {
		e := &TokenError{URL: from, Code: a.Code, Name: fields["error"], Description: fields["error_description"]}
		if e.Name == "" && a.Code >= 200 && a.Code <= 299 {
			e.Description = "the answer has no access_token"
		}
		return nil, e
	}
	t := &token{access: fields["access_token"], refresh: fields["refresh_token"]}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(fields["expires_in"]), 64)
	if err == nil && seconds > 0 && seconds < 1e9 { // 30 years; longer is forever
		life := time.Duration(seconds * float64(time.Second))
		t.expiry = now.Add(life - min(leeway, life/4))
	}
	return t, nil
}
