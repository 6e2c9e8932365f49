package vipps

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"
)

// A client talks to one simulator with the right keys, unless told otherwise.
type client struct {
	t     *testing.T
	s     *Server
	token string
	now   time.Time // advance it to let time pass
}

func newClient(t *testing.T, o Options) *client {
	t.Helper()
	c := &client{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return c.now }
	o.SigningKey = shortKey()
	c.s = New(o)
	return c
}

// shortKey signs the tokens of all tests: making a key of full length takes a while.
var shortKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		panic(err)
	}
	return key
})

// loginPath is where the Login API is.
const loginPath = "/access-management-1.0/access"

// An answerOf is what came back.
type answerOf struct {
	status int
	header http.Header
	body   gjson.Result
	raw    string
}

// send makes a request with all keys. headers are "Name: value"; an empty value
// removes the header.
func (c *client) send(method, path, body string, headers ...string) answerOf {
	c.t.Helper()
	r := httptest.NewRequestWithContext(c.t.Context(), method, "http://sim.test"+path, strings.NewReader(body))
	k := c.s.Keys()
	if !strings.HasPrefix(path, "/vipps-userinfo-api") {
		r.Header.Set("Ocp-Apim-Subscription-Key", k.SubscriptionKey)
	}
	r.Header.Set("Merchant-Serial-Number", k.MerchantSerialNumber)
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for _, h := range headers {
		if name, value, _ := strings.Cut(h, ": "); value == "" {
			r.Header.Del(strings.TrimSuffix(name, ":"))
		} else {
			r.Header.Set(name, value)
		}
	}
	w := httptest.NewRecorder()
	c.s.ServeHTTP(w, r)
	raw := w.Body.String()
	return answerOf{w.Code, w.Header(), gjson.Parse(raw), raw}
}

// login fetches an access token, which later requests carry.
func (c *client) login() {
	c.t.Helper()
	a := c.fetchToken()
	if a.status != 200 {
		c.t.Fatalf("token: %d %s", a.status, a.raw)
	}
	c.token = a.body.Get("access_token").Str
}

func (c *client) fetchToken(headers ...string) answerOf {
	c.t.Helper()
	k := c.s.Keys()
	return c.send("POST", "/accessToken/get", "",
		append([]string{"client_id: " + k.ClientID, "client_secret: " + k.ClientSecret}, headers...)...)
}

func loggedIn(t *testing.T, o Options) *client {
	t.Helper()
	c := newClient(t, o)
	c.login()
	return c
}

// code is the error code of an eCom array or an ePayment problem, or the id of a
// Recurring problem; empty for success.
func (a answerOf) code() string {
	if v := a.body.Get("0.errorCode"); v.Exists() {
		return v.Str
	}
	if _, id, ok := strings.Cut(a.body.Get("type").Str, "#"); ok {
		return id
	}
	if extra := a.body.Get("extraDetails.0"); extra.Get("name").Str == "ErrorCode" {
		return extra.Get("reason").Str
	} else if extra.Exists() {
		return extra.Get("name").Str
	}
	return ""
}

// brief is "402 91" for an error and "200" for success.
func (a answerOf) brief() string {
	return strings.TrimSpace(fmt.Sprint(a.status, " ", a.code()))
}

// wantBrief compares status and code, and shows the response when they differ.
func (a answerOf) wantBrief(t *testing.T, want string) {
	t.Helper()
	if got := a.brief(); got != want {
		t.Errorf("answer is %q, want %q: %s", got, want, a.raw)
	}
}
