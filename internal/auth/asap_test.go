package auth

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"posthaste/collection"
)

func TestASAPVerifiesByItsSpecification(t *testing.T) {
	keys := testKeys(t)
	for algorithm, key := range keys {
		forms := keyTexts(t, key)
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		forms["a data URI"] = "data:application/pkcs8;kid=" + url.QueryEscape("me/key-1") + ";base64," + base64.StdEncoding.EncodeToString(der)
		if r, ok := key.(*rsa.PrivateKey); ok { // newman reads it; Atlassian's tools write it
			old := "data:application/pkcs8;kid=" + url.QueryEscape("me/key-1") + ";base64," + base64.StdEncoding.EncodeToString(x509.MarshalPKCS1PrivateKey(r))
			forms["a data URI with PKCS#1 in lines"] = old[:70] + "\r\n" + old[70:200] + "\n" + old[200:]
		}
		forms["a quoted data URI"] = `"` + forms["a data URI"] + `"`
		for form, text := range forms {
			t.Run(algorithm+" "+form, func(t *testing.T) {
				c := newCaller(t, "asap", map[string]any{
					"alg": algorithm, "kid": "me/key-1", "iss": "me", "aud": "service", "privateKey": text,
				})
				signed, err := c.sign(request("GET http://h/", "", "authorization: old"), 0)
				if err != nil {
					t.Fatal(err)
				}
				token := strings.TrimPrefix(headerOf(signed, "Authorization"), "Bearer ")
				header, p := verifyJWT(t, token, algorithm, key.Public())
				if header["kid"] != "me/key-1" || p["iss"] != "me" || p["sub"] != "me" || p["aud"] != "service" {
					t.Errorf("header %v, claims %v, want the parameters and sub from iss", header, p)
				}
				now := float64(c.now.Unix())
				if id, _ := p["jti"].(string); len(id) != 36 || p["iat"] != now || p["exp"] != now+3600 {
					t.Errorf("claims %v, want a UUID, iat %v and exp an hour later", p, now)
				}
			})
		}
	}
}

func TestASAPClaimsGoBeforeParameters(t *testing.T) {
	key := testKeys(t)["RS256"]
	c := newCaller(t, "asap", map[string]any{
		"kid": "k", "iss": "me", "aud": "service", "sub": "s", "exp": "60", "privateKey": keyTexts(t, key)["PKCS#8"],
		"claims": `{"extra":[1],"iss":"other","aud":["a","b"],"jti":"id","iat":5}`,
	})
	sign := func() map[string]any {
		signed, err := c.sign(request("GET http://h/", ""), 0)
		if err != nil {
			t.Fatal(err)
		}
		_, p := verifyJWT(t, strings.TrimPrefix(headerOf(signed, "Authorization"), "Bearer "), "RS256", key.Public())
		return p
	}
	p := sign()
	if list, _ := p["aud"].([]any); p["iss"] != "other" || p["sub"] != "s" || p["jti"] != "id" || p["iat"] != 5.0 || len(list) != 2 {
		t.Errorf("claims = %v, want those of the parameter claims", p)
	}
	if want := float64(c.now.Unix() + 60); p["exp"] != want {
		t.Errorf("exp = %v, want %v", p["exp"], want)
	}
	c.set(map[string]any{"claims": collection.JSONValue(`{"exp":"77"}`)})
	if p = sign(); p["exp"] != 77.0 {
		t.Errorf("exp = %v, want 77", p["exp"])
	}
}

func TestASAPRefuses(t *testing.T) {
	full := map[string]any{"kid": "k", "iss": "me", "aud": "service", "privateKey": oauthKey}
	tests := map[string]struct {
		params map[string]any
		want   string
	}{
		"no issuer":               {map[string]any{"iss": ""}, "One or more of required claims missing"},
		"no audience":             {map[string]any{"aud": ""}, "One or more of required claims missing"},
		"no key id":               {map[string]any{"kid": ""}, "One or more of required claims missing"},
		"no key":                  {map[string]any{"privateKey": ""}, "One or more of required claims missing"},
		"a secret's algorithm":    {map[string]any{"alg": "HS256"}, "invalid algorithm"},
		"a key that is no text":   {map[string]any{"privateKey": 5}, "privateKey must be a string"},
		"claims that are no JSON": {map[string]any{"claims": "{"}, "Failed to parse claims"},
		"another key's data URI":  {map[string]any{"privateKey": "data:application/pkcs8;kid=x;base64,AAAA"}, "Failed to parse private key."},
		"text that is no key":     {map[string]any{"privateKey": "x"}, "Failed to sign request with key."},
		"a key of another kind":   {map[string]any{"alg": "ES256"}, "Failed to sign request with key."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "asap", full)
			c.set(test.params)
			_, err := c.sign(request("GET http://h/", ""), 0)
			if err == nil || err.Error() != test.want {
				t.Errorf("Sign = %v, want %s", err, test.want)
			}
		})
	}
}
