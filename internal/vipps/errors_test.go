package vipps

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A fixture is a documented or observed error body, as fault/errors.json has it.
type fixture struct {
	ID          string            `json:"id"`
	Status      int               `json:"status"`
	ContentType string            `json:"contentType"`
	Headers     map[string]string `json:"headers"`
	Body        any               `json:"body"`
}

func fixtures(t *testing.T) map[string]fixture {
	t.Helper()
	b, err := os.ReadFile("fault/errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []fixture
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	byID := map[string]fixture{}
	for _, f := range list {
		byID[f.ID] = f
	}
	return byID
}

// notServed are errors of APIs and conditions that the simulator does not play.
func notServed() []string {
	return []string{
		"token-ok", "subscription-not-found", "client-secret-expired",
	}
}

// TestErrorsMatchTheDocumentedBodies provokes every error and compares the whole
// body, apart from ids and times.
func TestErrorsMatchTheDocumentedBodies(t *testing.T) {
	tests := map[string]func(*client) answerOf{
		"subkey-missing": func(c *client) answerOf { return c.fetchToken("Ocp-Apim-Subscription-Key: ") },
		"subkey-invalid": func(c *client) answerOf {
			return c.fetchToken("Ocp-Apim-Subscription-Key: 0f14ebcab0ec4b29ae0cb90d91b4a84a")
		},
		"client-id-unknown": func(c *client) answerOf {
			return c.fetchToken("client_id: fb492b5e-7907-4d83-ba20-c7fb60ca35de")
		},
		"client-secret-wrong": func(c *client) answerOf { return c.fetchToken("client_secret: nope") },
		"client-id-missing":   func(c *client) answerOf { return c.fetchToken("client_id: ") },
		"origin-header":       func(c *client) answerOf { return c.fetchToken("Origin: https://shop.example") },
		"token-not-accepted": func(c *client) answerOf {
			return c.send("GET", "/ecomm/v2/payments/x/details", "", "Authorization: Bearer mangled")
		},
		"path-not-found": func(c *client) answerOf { return c.send("POST", "/recurring/accesstoken/get", "") },
		"msn-mismatch": func(c *client) answerOf {
			return c.send("GET", "/ecomm/v2/payments/x/details", "", "Merchant-Serial-Number: 123")
		},
		"msn-subkey-403": func(c *client) answerOf {
			return c.send("GET", "/epayment/v1/payments/x", "", "Merchant-Serial-Number: 123")
		},
		"ecom-order-not-found": func(c *client) answerOf { return c.send("GET", "/ecomm/v2/payments/x/details", "") },
		"ecom-payment-error": func(c *client) answerOf {
			c.initiate("expired-card", "186")
			return c.approveOrder("expired-card")
		},
		"epayment-6080": func(c *client) answerOf {
			c.create("577531734343670112", "49900")
			return c.modify("577531734343670112", "capture", "49900", "key")
		},
		"recurring-v3-validation": func(c *client) answerOf {
			return c.write("POST", "/recurring/v3/agreements", strings.Replace(agreementBodyText, "Socks", "", 1))
		},
		"rate-limited": func(c *client) answerOf {
			c.initiate("again", "49900")
			c.initiate("again", "49900")
			return c.initiate("again", "49900")
		},
		"recurring-v2": func(c *client) answerOf {
			made := c.send("POST", "/recurring/v2/agreements", strings.Replace(agreement2Text, "month", "MONTH", 1))
			return c.send("POST", "/recurring/v2/agreements/"+made.body.Get("agreementId").Str+"/charges",
				`{"amount":1000,"currency":"NOK","description":"Socks","due":"2026-03-05","retryDays":0}`, "Idempotency-Key: key")
		},
		"webhooks-400": func(c *client) answerOf { return c.send("POST", "/webhooks/v1/webhooks", `{"events":[]}`) },
		"report-401": func(c *client) answerOf {
			return c.send("GET", "/settlement/v1/ledgers", "", "Authorization: Bearer mangled")
		},
		"login-pending": func(c *client) answerOf {
			started := c.send("POST", "/vipps-login-ciba/api"+"/backchannel/authentication", "scope=openid&login_hint=urn:msisdn:4791234567")
			return c.send("POST", loginPath+"/oauth2/token", "grant_type=urn:openid:params:grant-type:ciba"+"&auth_req_id="+started.body.Get("auth_req_id").Str)
		},
		"login-invalid-client": func(c *client) answerOf {
			return c.send("POST", "/miami/v1/token", "grant_type=client_credentials", "Authorization: Basic bm86bm8=")
		},
	}
	all := fixtures(t)
	for _, id := range notServed() {
		delete(all, id)
	}
	for id, want := range all {
		t.Run(id, func(t *testing.T) {
			provoke, ok := tests[id]
			if !ok {
				t.Fatal("no request provokes this fixture")
			}
			c := loggedIn(t, Options{RateLimits: true})
			got := provoke(c)
			if got.status != want.Status {
				t.Errorf("status = %d, want %d: %s", got.status, want.Status, got.raw)
			}
			if diff := cmp.Diff(normal(t, got.raw, c.s.Keys().ClientID), normal(t, body(t, want.Body), c.s.Keys().ClientID)); diff != "" {
				t.Errorf("body (-got +want):\n%s", diff)
			}
			if kind := got.header.Get("Content-Type"); want.ContentType != "" && kind != want.ContentType {
				t.Errorf("Content-Type = %q, want %q", kind, want.ContentType)
			}
			for name, value := range want.Headers {
				if h := got.header.Get(name); h != value {
					t.Errorf("%s = %q, want %q", name, h, value)
				}
			}
		})
	}
}

func body(t *testing.T, v any) string {
	t.Helper()
	if v == nil {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// normal parses a body with its ids and times made equal. Vipps documents one
// eCom error without the contextId that all others have, so it is left out.
func normal(t *testing.T, raw, clientID string) any {
	t.Helper()
	if raw == "" {
		return nil
	}
	raw = strings.ReplaceAll(raw, clientID, "fb492b5e-7907-4d83-ba20-c7fb60ca35de")
	for re, with := range map[string]string{
		`,"contextId":"[^"]*"|"contextId":"[^"]*",`:                    "",
		`00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]`:                           "trace",
		`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`: "guid",
		`\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ`:                              "time",
	} {
		raw = regexp.MustCompile(re).ReplaceAllString(raw, with)
	}
	var v any
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return v
}
