package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"posthaste/collection"
)

func TestOAuth2SendsAGivenToken(t *testing.T) {
	tests := map[string]struct {
		params map[string]any
		header string
		url    string
	}{
		"in the header":              {map[string]any{"accessToken": "tok"}, "Bearer tok", "http://h/?x=1&access_token=old"},
		"with a prefix":              {map[string]any{"accessToken": "tok", "headerPrefix": " Token "}, "Token tok", "http://h/?x=1"},
		"without a prefix":           {map[string]any{"accessToken": "tok", "headerPrefix": ""}, "tok", "http://h/?x=1"},
		"with a prefix of null":      {map[string]any{"accessToken": "tok", "headerPrefix": collection.NullValue()}, "Bearer tok", "http://h/?x=1"},
		"in the query":               {map[string]any{"accessToken": "to k", "addTokenTo": "queryParams"}, "", "http://h/?x=1&access_token=to k"},
		"of another type":            {map[string]any{"accessToken": "tok", "tokenType": "custom"}, "Bearer tok", "http://h/?x=1"},
		"of type mac is not sent":    {map[string]any{"accessToken": "tok", "tokenType": "MAC"}, "Old", "http://h/?x=1"},
		"that is empty":              {map[string]any{"accessToken": ""}, "Old", "http://h/?x=1"},
		"anywhere else is not added": {map[string]any{"accessToken": "tok", "addTokenTo": "body"}, "", "http://h/?x=1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "oauth2", test.params)
			signed, err := c.sign(request("GET http://h/?x=1", "", "authorization: Old"), 0)
			if got := headerOf(signed, "Authorization"); got != test.header || err != nil {
				t.Errorf("Authorization = %q, %v, want %q", got, err, test.header)
			}
			if got, want := signed.URL.String(), strings.TrimSuffix(test.url, "&access_token=old"); got != want {
				t.Errorf("URL = %s, want %s", got, want)
			}
		})
	}
}

// A tokenServer follows RFC 6749: it issues tokens at /token for the client "id £" with secret "s+/ :" and lets their
// bearers in everywhere else.
type tokenServer struct {
	lifetime int    // expires_in; 0 says nothing
	refresh  string // the refresh token that is given and accepted, "" for none
	form     bool   // the answer is a form
	issued   int
	valid    map[string]bool
	asked    []url.Values
	header   []http.Header
	query    []string
}

const (
	tokenClient = "id £"
	tokenSecret = "s+/ :"
)

func (s *tokenServer) start(t *testing.T) string {
	t.Helper()
	s.valid = map[string]bool{}
	return serve(t, func(w http.ResponseWriter, r *http.Request, body []byte) string {
		if r.URL.Path == "/token" {
			s.token(t, w, r, string(body))
			return ""
		}
		if !s.valid[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")] {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			return "invalid token"
		}
		return ""
	})
}

func (s *tokenServer) token(t *testing.T, w http.ResponseWriter, r *http.Request, body string) {
	t.Helper()
	fail := func(code int, name string) {
		w.WriteHeader(code)
		_, _ = fmt.Fprintf(w, `{"error":%q,"error_description":"because of %s"}`, name, name)
	}
	f, err := url.ParseQuery(body)
	if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("token request %s %q: %v", r.Method, body, err)
	}
	s.asked, s.header, s.query = append(s.asked, f), append(s.header, r.Header), append(s.query, r.URL.RawQuery)
	id, secret := f.Get("client_id"), f.Get("client_secret")
	if user, password, ok := r.BasicAuth(); ok { // both parts are form-encoded (2.3.1)
		if id != "" {
			t.Error("the client names itself twice")
		}
		id, _ = url.QueryUnescape(user)
		secret, _ = url.QueryUnescape(password)
	}
	if id != tokenClient || secret != tokenSecret {
		fail(http.StatusUnauthorized, "invalid_client")
		return
	}
	switch f.Get("grant_type") {
	case "client_credentials":
	case "password":
		if f.Get("username") != "me" || f.Get("password") != "mine" {
			fail(http.StatusBadRequest, "invalid_grant")
			return
		}
	case "refresh_token":
		if s.refresh == "" || f.Get("refresh_token") != s.refresh {
			fail(http.StatusBadRequest, "invalid_grant")
			return
		}
	default:
		fail(http.StatusBadRequest, "unsupported_grant_type")
		return
	}
	s.issued++
	access := fmt.Sprintf("token-%d", s.issued)
	s.valid[access] = true
	if s.form {
		w.Header().Set("Content-Type", "application/x-www-form-urlencoded")
		_, _ = fmt.Fprintf(w, "access_token=%s&token_type=bearer", access)
		return
	}
	answer := map[string]any{"access_token": access, "token_type": "Bearer"}
	if s.lifetime > 0 {
		answer["expires_in"] = s.lifetime
	}
	if s.refresh != "" {
		answer["refresh_token"] = s.refresh
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func tokenParams(base, grant string) map[string]any {
	return map[string]any{
		"grant_type": grant, "accessTokenUrl": base + "/token", "clientId": tokenClient, "clientSecret": tokenSecret,
	}
}

func TestOAuth2ServerOfRFC6749GivesTokens(t *testing.T) {
	user := map[string]any{"username": "me", "password": "mine"}
	tests := map[string]struct {
		grant  string
		params map[string]any
	}{
		"client_credentials, client in the header": {"client_credentials", nil},
		"client_credentials, client in the body":   {"client_credentials", map[string]any{"client_authentication": "body"}},
		"password_credentials":                     {"password_credentials", user},
		"password":                                 {"password", user},
		"refresh_token":                            {"refresh_token", map[string]any{"refreshToken": "again"}},
		"a refresh token without a grant":          {"", map[string]any{"refreshToken": "again"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &tokenServer{refresh: "again", lifetime: 3600}
			base := s.start(t)
			c := newCaller(t, "oauth2", tokenParams(base, test.grant))
			c.set(test.params)
			for range 3 {
				c.want(request("GET "+base+"/api", ""), 200, 1)
			}
			if s.issued != 1 {
				t.Errorf("%d tokens were fetched, want 1 for three requests", s.issued)
			}
		})
	}
	t.Run("as a form", func(t *testing.T) {
		s := &tokenServer{form: true}
		base := s.start(t)
		newCaller(t, "oauth2", tokenParams(base, "client_credentials")).want(request("GET "+base+"/api", ""), 200, 1)
	})
}

func TestOAuth2TokenRequestCarriesTheUsersParameters(t *testing.T) {
	s := &tokenServer{}
	base := s.start(t)
	c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
	c.set(map[string]any{
		"scope": "read write", "audience": "https://api", "resource": "r1",
		"tokenRequestParams": collection.JSONValue(`[
			{"key":"resource","value":"r2","enabled":true,"send_as":"request_body"},
			{"key":"resource","value":"r3","send_as":"request_body"},
			{"key":"off","value":"x","enabled":false,"send_as":"request_body"},
			{"key":"X-Own","value":"h","enabled":true,"send_as":"request_header"},
			{"key":"tenant","value":"a&b","enabled":true,"send_as":"request_url"},
			{"key":"n","value":5,"enabled":true}]`),
	})
	c.want(request("GET "+base+"/api", ""), 200, 1)
	want := "audience=https%3A%2F%2Fapi&grant_type=client_credentials&n=5&resource=r2&resource=r3&scope=read+write"
	if got := s.asked[0].Encode(); got != want {
		t.Errorf("form = %s\nwant %s", got, want)
	}
	if got := s.header[0].Get("X-Own") + " " + s.header[0].Get("Accept") + " " + s.query[0]; got != "h application/json tenant=a%26b" {
		t.Errorf("header X-Own, Accept and query = %s, want h application/json tenant=a%%26b", got)
	}
}

func TestOAuth2RenewsTokens(t *testing.T) {
	t.Run("before they expire", func(t *testing.T) {
		s := &tokenServer{lifetime: 300}
		base := s.start(t)
		c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
		for _, step := range []struct {
			later  time.Duration
			issued int
		}{{0, 1}, {269 * time.Second, 1}, {2 * time.Second, 2}, {time.Second, 2}} {
			c.now = c.now.Add(step.later)
			c.want(request("GET "+base+"/api", ""), 200, 1)
			if s.issued != step.issued {
				t.Errorf("%v later %d tokens were fetched, want %d", step.later, s.issued, step.issued)
			}
		}
	})
	t.Run("once when they are refused", func(t *testing.T) {
		s := &tokenServer{}
		base := s.start(t)
		c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
		c.want(request("GET "+base+"/api", ""), 200, 1)
		clear(s.valid)
		c.want(request("GET "+base+"/api", ""), 200, 2)
	})
	t.Run("not for ever", func(t *testing.T) {
		base := (&tokenServer{}).start(t)
		never := serve(t, func(http.ResponseWriter, *http.Request, []byte) string { return "never" })
		c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
		c.want(request("GET "+never, ""), 401, 2)
	})
	t.Run("not when they are given", func(t *testing.T) {
		base := (&tokenServer{}).start(t)
		c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
		c.set(map[string]any{"accessToken": "given"})
		c.want(request("GET "+base+"/api", ""), 401, 1)
	})
	t.Run("with the refresh token that came along", func(t *testing.T) {
		s := &tokenServer{refresh: "again"}
		base := s.start(t)
		c := newCaller(t, "oauth2", tokenParams(base, "password"))
		c.set(map[string]any{"username": "me", "password": "mine"})
		c.want(request("GET "+base+"/api", ""), 200, 1)
		clear(s.valid)
		c.want(request("GET "+base+"/api", ""), 200, 2)
		if got := s.asked[1].Get("grant_type"); got != "refresh_token" {
			t.Errorf("the second grant was %s, want refresh_token", got)
		}
		s.refresh = "" // it is no longer good: the password is
		clear(s.valid)
		c.want(request("GET "+base+"/api", ""), 200, 2)
	})
	t.Run("when the parameters change", func(t *testing.T) {
		s := &tokenServer{}
		base := s.start(t)
		c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
		c.want(request("GET "+base+"/api", ""), 200, 1)
		c.set(map[string]any{"scope": "more"})
		c.want(request("GET "+base+"/api", ""), 200, 1)
		c.set(map[string]any{"scope": ""})
		c.want(request("GET "+base+"/api", ""), 200, 1)
		if s.issued != 2 {
			t.Errorf("%d tokens were fetched, want one for each scope", s.issued)
		}
	})
}

func TestOAuth2NamesErrors(t *testing.T) {
	base := (&tokenServer{}).start(t)
	odd := serve(t, func(http.ResponseWriter, *http.Request, []byte) string { return "" })
	tests := map[string]struct {
		params map[string]any
		want   string
	}{
		"a wrong secret": {map[string]any{"clientSecret": "x"}, "fetching a token from " + base + "/token: status 401, invalid_client: because of invalid_client"},
		"no secret":      {map[string]any{"clientSecret": ""}, "invalid_client"},
		"a wrong user":   {map[string]any{"grant_type": "password"}, "status 400, invalid_grant: because of invalid_grant"},
		"no token":       {map[string]any{"accessTokenUrl": odd}, "status 200: the answer has no access_token"},
		"a browser's grant": {
			map[string]any{"grant_type": "authorization_code"}, `the grant "authorization_code" needs a browser`,
		},
		"odd parameters": {map[string]any{"tokenRequestParams": collection.JSONValue(`{"a":1}`)}, "reading tokenRequestParams"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
			c.set(test.params)
			signed, err := c.sign(request("GET http://h/", ""), 0)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Sign = %v, want %s", err, test.want)
			}
			if got := headerOf(signed, "Authorization"); got != "" {
				t.Errorf("Authorization = %s, want none", got)
			}
		})
	}
	t.Run("as a value", func(t *testing.T) {
		c := newCaller(t, "oauth2", tokenParams(base, "client_credentials"))
		c.set(map[string]any{"clientSecret": "x"})
		_, err := c.sign(request("GET http://h/", ""), 0)
		if e := (*TokenError)(nil); !errors.As(err, &e) || e.Code != 401 || e.Name != "invalid_client" {
			t.Errorf("Sign = %#v, want a *TokenError", err)
		}
	})
}

func TestOAuth2WithoutEndpointSignsNothing(t *testing.T) {
	for name, params := range map[string]map[string]any{
		"no grant": {"accessTokenUrl": "http://h/token"}, "no endpoint": {"grant_type": "client_credentials"},
	} {
		t.Run(name, func(t *testing.T) {
			signed, err := newCaller(t, "oauth2", params).sign(request("GET http://h/", ""), 0)
			if got := headerOf(signed, "Authorization"); got != "" || err != nil {
				t.Errorf("Authorization = %q, %v, want none", got, err)
			}
		})
	}
}
