package vipps

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/vipps/core"
)

func TestGateOrder(t *testing.T) {
	const path = "/epayment/v1/payments/some-reference"
	tests := map[string]struct {
		method, path string
		headers      []string
		want         string
	}{
		"an unknown path comes before every key": {"GET", "/epayment/v2/payments/x", []string{"Ocp-Apim-Subscription-Key: no"}, "404"},
		"an unknown method is an unknown path":   {"PATCH", path, nil, "404"},
		"the subscription key before the token": {
			"GET", path, []string{"Ocp-Apim-Subscription-Key: no", "Authorization: "}, "401 invalid subscription key",
		},
		"the token before the MSN": {
			"GET", path, []string{"Authorization: ", "Merchant-Serial-Number: 123"}, "401 Something went wrong",
		},
		"no Bearer":                {"GET", path, []string{"Authorization: token"}, "401 Something went wrong"},
		"the MSN before the state": {"GET", path, []string{"Merchant-Serial-Number: 123"}, "403"},
		"the state at last":        {"GET", path, nil, "404 5090"},
		"paths have no case":       {"GET", "/EPAYMENT/V1/Payments/some-reference", nil, "404 5090"},
		"a slash at the end":       {"GET", path + "/", nil, "404 5090"},
		"an escaped segment":       {"GET", "/epayment/v1/payments/%7B%7Breference%7D%7D", nil, "404 5090"},
		"a bad escape is safe":     {"GET", "/epayment/v1/payments/a%2Fb", nil, "404 5090"},
		"the root":                 {"GET", "/", nil, "404"},
		"userinfo refuses keys":    {"GET", "/vipps-userinfo-api/userinfo/x", []string{"Ocp-Apim-Subscription-Key: " + core.TestKeys().SubscriptionKey}, "401 subscription key"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			headers := test.headers
			for i, h := range headers {
				headers[i] = strings.Replace(h, "Authorization: token", "Authorization: "+c.token, 1)
			}
			a := c.send(test.method, test.path, "", headers...)
			status, words, _ := strings.Cut(test.want, " ")
			if !strings.HasPrefix(a.brief(), status) || !strings.Contains(a.raw, words) {
				t.Errorf("got %d %s, want %s", a.status, a.raw, test.want)
			}
		})
	}
}

func TestBearerHasNoCase(t *testing.T) {
	c := loggedIn(t, Options{})
	c.send("GET", "/recurring/v3/agreements", "", "Authorization: bearer "+c.token).wantBrief(t, "200")
}

func TestRateLimits(t *testing.T) {
	details := func(c *client) answerOf { return c.send("GET", "/recurring/v3/agreements", "") }
	c := loggedIn(t, Options{RateLimits: true})
	for range 5 {
		details(c).wantBrief(t, "200")
	}
	a := details(c)
	a.wantBrief(t, "429")
	if got := a.header.Get("Retry-After"); got != "60" {
		t.Errorf("Retry-After = %q, want 60", got)
	}
	c.now = c.now.Add(61e9)
	details(c).wantBrief(t, "200")

	free := loggedIn(t, Options{})
	for range 20 {
		details(free).wantBrief(t, "200")
	}
}

func TestLogTellsWhatWasServed(t *testing.T) {
	var log []Request
	c := loggedIn(t, Options{Log: func(r Request) { log = append(log, r) }})
	c.send("GET", "/ecomm/v2/payments/{{orderId}}/details?x=1", "", "Authorization: Bearer "+c.token)
	c.send("GET", "/nowhere", "body")
	type line struct {
		Method, Path, Query, Operation, Body string
		Status                               int
	}
	var got []line
	for _, r := range log {
		got = append(got, line{r.Method, r.Path, r.Query, r.Operation, string(r.Body), r.Status})
	}
	want := []line{
		{"POST", "/accessToken/get", "", "token.get", "", 200},
		{"GET", "/ecomm/v2/payments/%7B%7BorderId%7D%7D/details", "x=1", "ecom.details", "", 404},
		{"GET", "/nowhere", "", "", "body", 404},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("log (-got +want):\n%s", diff)
	}
	if got := log[1].Header.Get("Authorization"); got != "Bearer "+c.token {
		t.Errorf("logged Authorization = %q, want the one sent", got)
	}
}

func TestBodyTooLarge(t *testing.T) {
	c := loggedIn(t, Options{})
	c.send("POST", "/ecomm/v2/payments", strings.Repeat("x", core.MaxBody+1)).wantBrief(t, "413")
}
