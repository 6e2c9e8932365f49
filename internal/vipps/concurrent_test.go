package vipps

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"posthaste/internal/vipps/core"
)

// TestConcurrentCapturesAddUp lets many clients capture parts of one payment, and
// more of them than there is money for.
func TestConcurrentCapturesAddUp(t *testing.T) {
	logged := 0
	c := newClient(t, Options{Rand: rand.Reader, Log: func(Request) { logged++ }})
	c.login()
	c.initiate("order-1", "1000")
	c.approveOrder("order-1")
	srv := httptest.NewServer(c.s)
	defer srv.Close()

	const parts = 15
	statuses := make(chan int, parts)
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() {
			status, err := captureOver(t, srv, c.token, i)
			if err != nil {
				t.Error(err)
			}
			statuses <- status
		})
	}
	wg.Wait()
	close(statuses)
	count := map[int]int{}
	for s := range statuses {
		count[s]++
	}
	if count[200] != 10 || count[402] != 5 {
		t.Errorf("statuses = %v, want 10 of 200 and 5 of 402", count)
	}
	if want := 3 + parts; logged != want { // token, initiate, approve
		t.Errorf("logged %d requests, want %d", logged, want)
	}
}

func captureOver(t *testing.T, srv *httptest.Server, token string, i int) (int, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/ecomm/v2/payments/order-1/capture",
		strings.NewReader(`{"merchantInfo":{"merchantSerialNumber":"740117"},"transaction":{"amount":100,"transactionText":"x"}}`))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Ocp-Apim-Subscription-Key", core.TestKeys().SubscriptionKey)
	req.Header.Set("X-Request-Id", fmt.Sprint("part-", i))
	res, err := srv.Client().Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

// TestLandingPagePointsAtTheHostThatWasAsked holds what --map depends on.
func TestLandingPagePointsAtTheHostThatWasAsked(t *testing.T) {
	c := loggedIn(t, Options{})
	want := "http://sim.test/dwo-api-application/v1/deeplink/vippsgateway?v=2&token="
	url := c.initiate("order-1", "49900").body.Get("url").Str
	if !strings.HasPrefix(url, want) || strings.Count(url, "=") != 2 {
		t.Errorf("url = %q, want %s and two = in all", url, want)
	}
	if got := strings.SplitN(url, "=", 4)[2]; strings.Count(got, ".") != 2 {
		t.Errorf("the script of the official collections finds %q, want a JWT", got)
	}
}

// TestLinksAreThoseOfTheClient sends what a proxy, or --map, adds: links are those that the client asked for.
func TestLinksAreThoseOfTheClient(t *testing.T) {
	const discovery = loginPath + "/.well-known/openid-configuration"
	tests := map[string]struct {
		headers []string
		want    string
	}{
		"no proxy":                 {nil, "http://sim.test"},
		"another scheme":           {[]string{"X-Forwarded-Proto: https"}, "https://sim.test"},
		"scheme and host":          {[]string{"X-Forwarded-Proto: https", "X-Forwarded-Host: apitest.vipps.no"}, "https://apitest.vipps.no"},
		"a port":                   {[]string{"X-Forwarded-Host: apitest.vipps.no:8443"}, "http://apitest.vipps.no:8443"},
		"a scheme that is invalid": {[]string{"X-Forwarded-Proto: javascript"}, "http://sim.test"},
		"a host that has a path":   {[]string{"X-Forwarded-Host: a.test/b"}, "http://sim.test"},
		"a host that has a user":   {[]string{"X-Forwarded-Host: a@b.test"}, "http://sim.test"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, Options{})
			if got := c.send("GET", discovery, "", test.headers...).body.Get("issuer").Str; got != test.want+loginPath+"/" {
				t.Errorf("issuer = %s, want it at %s", got, test.want)
			}
		})
	}
}

// TestSameRandomnessSameIDs holds that nothing but the signing key is random on its own.
func TestSameRandomnessSameIDs(t *testing.T) {
	agreement := func() string {
		c := newClient(t, Options{Rand: zeros{}})
		c.login()
		return c.write("POST", "/recurring/v3/agreements", agreementBodyText).body.Get("uuid").Str
	}
	if a, b := agreement(), agreement(); a != b || a == "" {
		t.Errorf("uuids are %q and %q, want the same", a, b)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestZeroOptions holds that a server needs no options at all; its signing key is
// the one place where the tests make a full one.
func TestZeroOptions(t *testing.T) {
	c := &client{t: t, s: New(Options{})}
	c.login()
	c.initiate("order-1", "49900").wantBrief(t, "200")
	modulus, err := base64.RawURLEncoding.DecodeString(c.send("GET", loginPath+"/.well-known/jwks.json", "").body.Get("keys.0.n").Str)
	if err != nil || len(modulus) != 256 {
		t.Errorf("signing key has %d bytes, want 256: %v", len(modulus), err)
	}
}

func TestLandingPageKeepsHTTPS(t *testing.T) {
	c := loggedIn(t, Options{})
	srv := httptest.NewTLSServer(c.s)
	defer srv.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/ecomm/v2/payments", strings.NewReader(ecomBody))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Ocp-Apim-Subscription-Key", core.TestKeys().SubscriptionKey)
	res, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(body), `"url":"`+srv.URL+`/dwo-api`) {
		t.Errorf("answer is %s, want a URL at %s", body, srv.URL)
	}
}

// FuzzServer throws any request at a server: it must answer, and what it calls
// JSON must be JSON.
func FuzzServer(f *testing.F) {
	f.Add("POST", "/ecomm/v2/payments", ecomBody)
	f.Add("POST", "/ecomm/v2/payments/order-1/capture", `{"transaction":{"amount":1e999}}`)
	f.Add("POST", "/epayment/v1/payments", paymentBody)
	f.Add("POST", "/recurring/v3/agreements", agreementBodyText)
	f.Add("POST", "/recurring/v3/agreements/x/charges", chargeBodyText)
	f.Add("POST", "/miami/v1/token", "grant_type=client_credentials&%zz")
	f.Add("POST", "/qr/v1", `{"url":"%"}`)
	f.Add("GET", "/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=%00", "")
	f.Add("GET", "//", "")
	server := New(Options{})
	for _, rt := range server.Routes() { // every operation, with bodies of several APIs
		path := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(rt.Pattern, "x")
		for _, body := range []string{agreement2Text, checkoutBody, pspBody, `{"initialCharge":{},"interval":"week"}`, "scope=openid&grant_type=" + "urn:openid:params:grant-type:ciba"} {
			f.Add(rt.Method, path, body)
		}
	}
	f.Fuzz(func(t *testing.T, method, path, body string) {
		u, err := url.ParseRequestURI(path)
		if err != nil || !strings.HasPrefix(path, "/") {
			t.Skip("not a request line")
		}
		c := newClient(t, Options{})
		token := c.s.IssueToken(c.now, c.now.Add(time.Hour), c.now)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		r.Method, r.URL = method, u
		r.Header.Set("Ocp-Apim-Subscription-Key", core.TestKeys().SubscriptionKey)
		r.Header.Set("Merchant-Serial-Number", core.TestKeys().MerchantSerialNumber)
		r.Header.Set("Authorization", "Bearer "+token)
		for name, value := range map[string]string{
			"Idempotency-Key": "k", "Idempotent-Key": "k", "PSP-ID": "1", "client_id": core.TestKeys().ClientID, "client_secret": core.TestKeys().ClientSecret,
		} {
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		c.s.ServeHTTP(w, r)
		if kind := w.Header().Get("Content-Type"); strings.Contains(kind, "json") && !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %s: %s is not JSON: %s", method, path, kind, w.Body)
		}
	})
}
