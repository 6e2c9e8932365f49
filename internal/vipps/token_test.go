package vipps

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
)

// jwt checks the signature and returns header and claims.
func jwt(t *testing.T, token string) (header, claims gjson.Result) {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("token has %d parts, want 3", len(parts))
	}
	raw := make([][]byte, 3)
	for i, p := range parts {
		b, err := base64.RawURLEncoding.DecodeString(p)
		if err != nil {
			t.Fatal(err)
		}
		raw[i] = b
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err := rsa.VerifyPKCS1v15(&shortKey().PublicKey, crypto.SHA256, sum[:], raw[2]); err != nil {
		t.Errorf("signature: %v", err)
	}
	return gjson.ParseBytes(raw[0]), gjson.ParseBytes(raw[1])
}

func TestAccessTokenIsASignedJWTOfTheClient(t *testing.T) {
	c := newClient(t, Options{})
	a := c.fetchToken()
	if a.status != 200 {
		t.Fatalf("status = %d: %s", a.status, a.raw)
	}
	for _, name := range []string{"expires_in", "ext_expires_in", "expires_on", "not_before"} {
		if v := a.body.Get(name); v.Type != gjson.String {
			t.Errorf("%s is %s, want a string", name, v.Raw)
		}
	}
	header, claims := jwt(t, a.body.Get("access_token").Str)
	if got := header.Get("alg").Str; got != "RS256" {
		t.Errorf("alg = %q, want RS256", got)
	}
	if got := claims.Get("appid").Str; got != c.s.Keys().ClientID {
		t.Errorf("appid = %q, want the client_id", got)
	}
	if got := claims.Get("tid").Str; got != core.Tenant {
		t.Errorf("tid = %q, want %q", got, core.Tenant)
	}
	if got := claims.Get("exp").Int() - claims.Get("iat").Int(); got != 3900 {
		t.Errorf("exp-iat = %d, want 3900", got)
	}
}

// TestAccessTokenLayers holds the order in which mistakes show: one hides those
// that come after it.
func TestAccessTokenLayers(t *testing.T) {
	tests := map[string]struct {
		headers []string
		status  int
		want    string // within the body
	}{
		"everything wrong shows the subscription key": {
			[]string{"Ocp-Apim-Subscription-Key: no", "client_id: no", "client_secret: no"}, 401, "invalid subscription key",
		},
		"then the client id": {[]string{"client_id: no", "client_secret: no"}, 400, "AADSTS700016"},
		"then the secret":    {[]string{"client_secret: no"}, 401, "AADSTS7000215"},
		"a missing secret":   {[]string{"client_secret: "}, 401, "AADSTS7000216"},
		"a foreign MSN does not matter": {
			[]string{"Merchant-Serial-Number: 999999"}, 200, "access_token",
		},
		"the secondary key works too": {
			[]string{"Ocp-Apim-Subscription-Key: " + core.TestKeys().SubscriptionKeySecondary}, 200, "access_token",
		},
		"an Authorization header is not read": {[]string{"Authorization: <API Key>"}, 200, "access_token"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := newClient(t, Options{}).fetchToken(test.headers...)
			if a.status != test.status || !strings.Contains(a.raw, test.want) {
				t.Errorf("got %d %s, want %d with %q", a.status, a.raw, test.status, test.want)
			}
		})
	}
}

func TestAnEndedTokenIsRefused(t *testing.T) {
	c := loggedIn(t, Options{})
	path := "/ecomm/v2/payments/none/details"
	c.now = c.now.Add(core.TokenLife - time.Second)
	c.send("GET", path, "").wantBrief(t, "404 35")
	c.now = c.now.Add(time.Second)
	c.send("GET", path, "").wantBrief(t, "401")
}

func TestAnotherServersTokenIsRefused(t *testing.T) {
	a, b := loggedIn(t, Options{}), loggedIn(t, Options{})
	b.token = a.token
	b.send("GET", "/epayment/v1/payments/none", "").wantBrief(t, "401")
}

func TestMiamiToken(t *testing.T) {
	k := core.TestKeys()
	basic := "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(k.ClientID+":"+k.ClientSecret))
	tests := map[string]struct {
		body, auth, want string
	}{
		"right credentials, no subscription key": {"grant_type=client_credentials", basic, "200"},
		"no credentials":                         {"grant_type=client_credentials", "Authorization: ", "401 invalid_client"},
		"another grant":                          {"grant_type=password", basic, "400 unsupported_grant_type"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, Options{})
			a := c.send("POST", "/miami/v1/token", test.body, test.auth, "Ocp-Apim-Subscription-Key: ")
			if got := strings.TrimSpace(a.brief() + " " + a.body.Get("error").Str); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if test.want == "200" && a.body.Get("expires_in").Int() != 900 {
				t.Errorf("expires_in = %s, want 900", a.body.Get("expires_in").Raw)
			}
		})
	}
}
