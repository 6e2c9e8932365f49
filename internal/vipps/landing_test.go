package vipps

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"posthaste/internal/vipps/core"
)

// path is a link without the host of the test's requests.
func pathOf(link string) string { return strings.TrimPrefix(link, "http://sim.test") }

func TestLandingPageDecides(t *testing.T) {
	tests := map[string]struct {
		link func(*client) string
		done func(*client) string // the state afterwards
	}{
		"an eCom payment": {
			func(c *client) string { return c.initiate("order-1", "49900").body.Get("url").Str },
			func(c *client) string {
				return c.orderStep("details", 0).body.Get("transactionLogHistory.0.operation").Str
			},
		},
		"an ePayment payment": {
			func(c *client) string { return c.create("reference-1", "49900").body.Get("redirectUrl").Str },
			func(c *client) string {
				return c.send("GET", "/epayment/v1/payments/reference-1", "").body.Get("state").Str
			},
		},
		"an agreement": {
			func(c *client) string {
				return c.send("GET", c.draft(), "").body.Get("vippsConfirmationUrl").Str
			},
			func(c *client) string {
				status := "EXPIRED" // what is rejected is listed so
				if c.send("GET", "/recurring/v3/agreements", "").body.Get("#").Int() == 1 {
					status = "ACTIVE"
				}
				return status
			},
		},
	}
	wants := map[string]map[string]string{
		"approve": {"an eCom payment": "RESERVE", "an ePayment payment": "AUTHORIZED", "an agreement": "ACTIVE"},
		"reject":  {"an eCom payment": "CANCEL", "an ePayment payment": "ABORTED", "an agreement": "EXPIRED"},
	}
	for name, test := range tests {
		for decision, want := range wants {
			t.Run(name+", "+decision, func(t *testing.T) {
				c := loggedIn(t, Options{})
				path := pathOf(test.link(c))
				page := c.send("GET", path, "")
				page.wantBrief(t, "200")
				for _, piece := range []string{"<h1>", `id="approve"`, `id="reject"`, `lang="en"`, `<main>`} {
					if !strings.Contains(page.raw, piece) {
						t.Errorf("the page lacks %s:\n%s", piece, page.raw)
					}
				}
				a := c.send("POST", path, "decision="+decision)
				if back := a.header.Get("Location"); a.status != http.StatusSeeOther || !strings.HasPrefix(back, "https://example.com/") {
					t.Errorf("%d to %q, want 303 back to the shop", a.status, back)
				}
				if got := test.done(c); got != want[name] {
					t.Errorf("state = %s, want %s", got, want[name])
				}
				c.send("POST", path, "decision="+decision).wantBrief(t, "409")
				if again := c.send("GET", path, ""); strings.Contains(again.raw, "<form") {
					t.Error("the page asks again")
				}
			})
		}
	}
}

func TestLandingPageSaysWhatIsWrong(t *testing.T) {
	c := loggedIn(t, Options{})
	c.send("GET", core.LandingPath+"?v=2&token=nonsense", "").wantBrief(t, "404")
	c.send("POST", core.LandingPath+"?v=2&token=nonsense", "decision=approve").wantBrief(t, "404")
	path := pathOf(c.initiate("order-1", "186").body.Get("url").Str)
	c.send("POST", path, "decision=maybe").wantBrief(t, "409")
	a := c.send("POST", path, "decision=approve")
	if a.status != 409 || !strings.Contains(a.raw, `role="alert"`) || !strings.Contains(a.raw, "expired card") {
		t.Errorf("%d, want an alert about the card:\n%s", a.status, a.raw)
	}
}

func TestLandingPageEscapes(t *testing.T) {
	c := loggedIn(t, Options{})
	body := strings.NewReplacer("ORDER", "order-1", "Socks", `<script>alert(1)</script>`).Replace(ecomBody)
	page := c.send("GET", pathOf(c.send("POST", "/ecomm/v2/payments", body).body.Get("url").Str), "")
	if strings.Contains(page.raw, "<script") {
		t.Errorf("the merchant's text is markup:\n%s", page.raw)
	}
}

func TestPhoneListsWhatWaits(t *testing.T) {
	c := loggedIn(t, Options{})
	c.initiate("order-1", "49900")
	c.create("reference-1", "49900")
	c.decide("order-1", "abort")
	page := c.send("GET", "/__sim/phone", "")
	if !strings.Contains(page.raw, "reference-1") || strings.Contains(page.raw, "order-1") {
		t.Errorf("want reference-1 only:\n%s", page.raw)
	}
}

// TestLoginInTheBrowser goes through the authorization code flow with PKCE.
func TestLoginInTheBrowser(t *testing.T) {
	c := newClient(t, Options{})
	k := c.s.Keys()
	ask := url.Values{
		"client_id": {k.ClientID}, "response_type": {"code"}, "scope": {"openid name"}, "state": {"state-1234"},
		"redirect_uri": {"https://example.com/back?x=y"}, "nonce": {"n"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"},
	}
	for name, wrong := range map[string]string{"client_id": "x", "scope": "name", "response_type": "token", "redirect_uri": "/x", "state": ""} {
		bad := url.Values{}
		for n, v := range ask {
			bad[n] = v
		}
		bad.Set(name, wrong)
		if got := c.send("GET", loginPath+"/oauth2/auth?"+bad.Encode(), ""); got.status < 400 {
			t.Errorf("a wrong %s is accepted", name)
		}
	}
	a := c.send("GET", loginPath+"/oauth2/auth?"+ask.Encode(), "")
	page := pathOf(a.header.Get("Location"))
	if got := c.send("GET", page, ""); got.status != 200 || !strings.Contains(got.raw, `name="phone"`) {
		t.Fatalf("%d, want a page that asks for the phone number:\n%s", got.status, got.raw)
	}
	c.send("POST", page, "decision=approve&phone=12345678").wantBrief(t, "409")
	back, err := url.Parse(c.send("POST", page, "decision=approve&phone="+k.MobileNumber).header.Get("Location"))
	if err != nil || back.Query().Get("x") != "y" || back.Query().Get("state") != "state-1234" {
		t.Fatalf("redirected to %v, %v", back, err)
	}
	token := func(code, verifier, redirect string) answerOf {
		return c.send("POST", loginPath+"/oauth2/token", url.Values{
			"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirect}, "code_verifier": {verifier},
			"client_id": {k.ClientID}, "client_secret": {k.ClientSecret},
		}.Encode())
	}
	code, verifier := back.Query().Get("code"), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	token(code, "wrong", "https://example.com/back?x=y").wantBrief(t, "400")
	token(code, verifier, "https://example.com/back").wantBrief(t, "400")
	got := token(code, verifier, "https://example.com/back?x=y")
	got.wantBrief(t, "200")
	token(code, verifier, "https://example.com/back?x=y").wantBrief(t, "400") // once only
	info := c.send("GET", "/vipps-userinfo-api/userinfo", "", "Authorization: Bearer "+got.body.Get("access_token").Str)
	if info.status != 200 || info.body.Get("name").Str == "" || info.body.Get("email").Exists() {
		t.Errorf("userinfo: %d %s", info.status, info.raw)
	}
	if strings.Count(got.body.Get("id_token").Str, ".") != 2 {
		t.Errorf("id_token is no JWT: %s", got.raw)
	}
}

// TestLoginSaysHowTheUserConfirmed asks for a confirmation in the app and looks at the claim; an id token is valid for an hour.
func TestLoginSaysHowTheUserConfirmed(t *testing.T) {
	for asked, want := range map[string]string{
		"": "", "urn:vipps:acr:app_auth": "urn:vipps:acr:app_auth", "urn:other urn:vipps:acr:app_auth": "urn:vipps:acr:app_auth", "urn:other": "",
	} {
		c := newClient(t, Options{})
		k := c.s.Keys()
		begun := c.send("GET", loginPath+"/oauth2/auth?"+url.Values{
			"client_id": {k.ClientID}, "response_type": {"code"}, "scope": {"openid customFlow"}, "state": {"state-1234"},
			"redirect_uri": {"https://example.com/back"}, "acr_values": {asked},
		}.Encode(), "")
		begun.wantBrief(t, "302")
		decided := c.send("POST", pathOf(begun.header.Get("Location")), "decision=approve&phone="+k.MobileNumber)
		back, err := url.Parse(decided.header.Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		got := c.send("POST", loginPath+"/oauth2/token", url.Values{
			"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": {"https://example.com/back"},
			"client_id": {k.ClientID}, "client_secret": {k.ClientSecret},
		}.Encode())
		got.wantBrief(t, "200")
		_, claims := jwt(t, got.body.Get("id_token").Str)
		if claims.Get("acr").Str != want || claims.Get("exp").Int()-claims.Get("iat").Int() != 3600 {
			t.Errorf("asked for %q: claims are %s", asked, claims.Raw)
		}
	}
}

func TestCIBAWaitsForTheUser(t *testing.T) {
	for _, test := range []struct{ act, want string }{
		{"", "authorization_pending"},
		{"approve", ""},
		{"abort", "access_denied"},
		{"expire", "expired_token"},
	} {
		t.Run(test.want, func(t *testing.T) {
			c := loggedIn(t, Options{})
			started := c.send("POST", "/vipps-login-ciba/api"+"/backchannel/authentication",
				"scope=openid+name&login_hint=urn:msisdn:4791234567&binding_message=XYZ-123", "Authorization: Bearer "+c.token)
			started.wantBrief(t, "200")
			id := started.body.Get("auth_req_id").Str
			if test.act != "" {
				c.decide(id, test.act).wantBrief(t, "200")
			}
			a := c.send("POST", loginPath+"/oauth2/token", url.Values{"grant_type": {"urn:openid:params:grant-type:ciba"}, "auth_req_id": {id}}.Encode(),
				"Authorization: Bearer "+c.token)
			if got := a.body.Get("error").Str; got != test.want {
				t.Errorf("error = %q, want %q: %s", got, test.want, a.raw)
			}
		})
	}
}

func TestCIBARefuses(t *testing.T) {
	const good = "scope=openid&login_hint=urn:msisdn:4791234567&binding_message=XYZ-123"
	for name, form := range map[string]string{
		"a stranger":              strings.Replace(good, "91234567", "99999999", 1),
		"a hint without a scheme": strings.Replace(good, "urn:msisdn:", "", 1),
		"a message in lower case": strings.Replace(good, "XYZ", "xyz", 1),
		"a scope without openid":  strings.Replace(good, "openid", "name", 1),
		"a flow without redirect": good + "&requested_flow=login_to_webpage",
	} {
		c := loggedIn(t, Options{})
		if got := c.send("POST", "/vipps-login-ciba/api"+"/backchannel/authentication", form); got.status != 400 {
			t.Errorf("%s: %d, want 400", name, got.status)
		}
	}
	newClient(t, Options{}).send("POST", "/vipps-login-ciba/api"+"/backchannel/authentication", good).wantBrief(t, "401")
}

// TestDiscoveryStaysOnItsHost follows every endpoint that discovery names.
func TestDiscoveryStaysOnItsHost(t *testing.T) {
	c := newClient(t, Options{})
	srv := httptest.NewServer(c.s)
	defer srv.Close()
	a := c.send("GET", loginPath+"/.well-known/openid-configuration", "", "Host: ")
	for name, value := range a.body.Map() {
		if strings.HasSuffix(name, "_endpoint") || name == "jwks_uri" {
			if !strings.HasPrefix(value.Str, "http://sim.test/") {
				t.Errorf("%s = %s, want the simulator's host", name, value.Str)
			}
			if got := c.send("GET", pathOf(value.Str), ""); name == "jwks_uri" && got.body.Get("keys.0.kid").Str == "" {
				t.Errorf("no key at %s: %s", value.Str, got.raw)
			}
		}
	}
}
