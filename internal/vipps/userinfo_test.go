package vipps

import (
	"strings"
	"testing"
	"time"
)

// TestSubOpensUserinfo follows the profile flow of each API to the user's data.
func TestSubOpensUserinfo(t *testing.T) {
	tests := map[string]func(*client) string{
		"eCom": func(c *client) string {
			body := strings.NewReplacer("ORDER", "order-1", `"scope":""`, `"scope":"name phoneNumber"`).Replace(ecomBody)
			c.send("POST", "/ecomm/v2/payments", body)
			c.approveOrder("order-1")
			return c.orderStep("details", 0).body.Get("sub").Str
		},
		"ePayment": func(c *client) string {
			c.write("POST", "/epayment/v1/payments", strings.NewReplacer("REFERENCE", "reference-1",
				`"userFlow"`, `"profile":{"scope":"name phoneNumber"},"userFlow"`).Replace(paymentBody))
			c.paymentStep("approve", 0)
			return c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("profile.sub").Str
		},
		"Recurring": func(c *client) string {
			path := c.draft(`"productName"`, `"scope":"name phoneNumber","productName"`)
			c.accept(path)
			return c.send("GET", path, "").body.Get("sub").Str
		},
	}
	for name, sub := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			path := "/vipps-userinfo-api/userinfo/" + sub(c)
			a := c.send("GET", path, "")
			a.wantBrief(t, "200")
			if got := a.body.Get("phone_number").Str; got != c.s.Keys().InternationalMobileNumber {
				t.Errorf("phone_number = %q, want the test user's", got)
			}
			if a.body.Get("email").Exists() {
				t.Errorf("an email that nobody asked for: %s", a.raw)
			}
			c.now = c.now.Add(168 * time.Hour)
			c.login()
			c.send("GET", path, "").wantBrief(t, "404")
		})
	}
}

func TestUserinfoRefuses(t *testing.T) {
	tests := map[string]struct{ path, want string }{
		"an unknown sub":                   {"/vipps-userinfo-api/userinfo/null", "404"},
		"an unresolved variable":           {"/vipps-userinfo-api/userinfo/%7B%7Bsub%7D%7D", "404"},
		"a merchant's token without a sub": {"/vipps-userinfo-api/userinfo", "401"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			loggedIn(t, Options{}).send("GET", test.path, "").wantBrief(t, test.want)
		})
	}
}

func TestQRCode(t *testing.T) {
	tests := map[string]struct{ accept, body, want string }{
		"a picture":        {"image/svg+xml", `{"url":"LANDING"}`, "200 .svg"},
		"another format":   {"image/png", `{"url":"LANDING"}`, "200 .png"},
		"what it says":     {"text/targetUrl", `{"url":"LANDING"}`, "200 LANDING"},
		"another page":     {"image/png", `{"url":"https://example.com"}`, "400"},
		"not JSON":         {"image/png", `x`, "400"},
		"nothing resolved": {"image/png", `{"url":"{{vippsLandingPageURL}}"}`, "400"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := loggedIn(t, Options{})
			landing := c.initiate("order-1", "49900").body.Get("url").Str
			fill := strings.NewReplacer("LANDING", landing)
			a := c.send("POST", "/qr/v1", fill.Replace(test.body), "Accept: "+test.accept)
			status, end, _ := strings.Cut(fill.Replace(test.want), " ")
			if got := a.brief(); got != status || !strings.HasSuffix(a.body.Get("url").Str, end) {
				t.Errorf("got %s, want %s: %s", got, test.want, a.raw)
			}
		})
	}
}

func TestLandingPageTellsWhatItOpens(t *testing.T) {
	c := loggedIn(t, Options{})
	path, _ := strings.CutPrefix(c.initiate("order-1", "49900").body.Get("url").Str, "http://sim.test")
	if a := c.send("GET", path, ""); a.status != 200 || !strings.Contains(a.raw, "order-1") {
		t.Errorf("landing page = %d %s, want the order", a.status, a.raw)
	}
	c.send("GET", path+"x", "").wantBrief(t, "404")
}
