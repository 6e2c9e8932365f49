package auth

import (
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"posthaste/collection"
)

// oauthKey is the RSA key of the OAuth wiki's test cases, section 9.3.
const oauthKey = `-----BEGIN PRIVATE KEY-----
MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALRiMLAh9iimur8V
A7qVvdqxevEuUkW4K+2KdMXmnQbG9Aa7k7eBjK1S+0LYmVjPKlJGNXHDGuy5Fw/d
7rjVJ0BLB+ubPK8iA/Tw3hLQgXMRRGRXXCn8ikfuQfjUS1uZSatdLB81mydBETlJ
hI6GH4twrbDJCR2Bwy/XWXgqgGRzAgMBAAECgYBYWVtleUzavkbrPjy0T5FMou8H
X9u2AC2ry8vD/l7cqedtwMPp9k7TubgNFo+NGvKsl2ynyprOZR1xjQ7WgrgVB+mm
uScOM/5HVceFuGRDhYTCObE+y1kxRloNYXnx3ei1zbeYLPCHdhxRYW7T0qcynNmw
rn05/KO2RLjgQNalsQJBANeA3Q4Nugqy4QBUCEC09SqylT2K9FrrItqL2QKc9v0Z
zO2uwllCbg0dwpVuYPYXYvikNHHg+aCWF+VXsb9rpPsCQQDWR9TT4ORdzoj+Nccn
qkMsDmzt0EfNaAOwHOmVJ2RVBspPcxt5iN4HI7HNeG6U5YsFBb+/GZbgfBT3kpNG
WPTpAkBI+gFhjfJvRw38n3g/+UeAkwMI2TJQS4n8+hid0uus3/zOjDySH3XHCUno
cn1xOJAyZODBo47E+67R4jV1/gzbAkEAklJaspRPXP877NssM5nAZMU0/O/NGCZ+
3jPgDUno6WbJn5cqm8MqWhW1xGkImgRk+fkDBquiq4gPiT898jusgQJAd5Zrr6Q8
AO/0isr/3aa6O6NLQxISLKcPDk2NOccAfS/xOtfOz4sJYM3+Bs4Io9+dZGSDCA54
Lw03eHTNQghS0A==
-----END PRIVATE KEY-----`

func TestOAuth1MatchesPublishedExamples(t *testing.T) {
	tests := map[string]struct {
		request *collection.Request
		params  map[string]any
		want    string
	}{
		"RFC 5849 section 1.2, temporary credentials": {
			request("POST https://photos.example.net/initiate", ""),
			map[string]any{
				"realm": "Photos", "consumerKey": "dpf43f3p2l4k3l03", "consumerSecret": "kd94hf93k423kf44",
				"signatureMethod": "HMAC-SHA1", "timestamp": "137131200", "nonce": "wIjqoS",
				"callback": "http://printer.example.com/ready",
			},
			`OAuth realm="Photos",oauth_consumer_key="dpf43f3p2l4k3l03",oauth_signature_method="HMAC-SHA1",` +
				`oauth_timestamp="137131200",oauth_nonce="wIjqoS",oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready",` +
				`oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"`,
		},
		"RFC 5849 section 1.2, token credentials": {
			request("POST https://photos.example.net/token", ""),
			map[string]any{
				"consumerKey": "dpf43f3p2l4k3l03", "consumerSecret": "kd94hf93k423kf44", "token": "hh5s93j4hdidpola",
				"tokenSecret": "hdhd0244k9j7ao03", "signatureMethod": "HMAC-SHA1", "timestamp": "137131201",
				"nonce": "walatlh", "verifier": "hfdp7dh39dks9884",
			},
			`oauth_verifier="hfdp7dh39dks9884",oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D"`,
		},
		"RFC 5849 section 1.2, the photo": {
			request("GET http://photos.example.net/photos?file=vacation.jpg&size=original", ""),
			map[string]any{
				"consumerKey": "dpf43f3p2l4k3l03", "consumerSecret": "kd94hf93k423kf44", "token": "nnch734d00sl2jdk",
				"tokenSecret": "pfkkdhi9sl3r4s00", "timestamp": "137131202", "nonce": "chapoH",
			},
			`oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"`,
		},
		"RFC 5849 section 3.4.1.1 with the signature of erratum 2550": {
			form("POST http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2", "", "a3", "2 q"),
			map[string]any{
				"realm": "Example", "consumerKey": "9djdj82h48djs9d2", "consumerSecret": "j49sk3j29djd",
				"token": "kkk9d7dh3k39sjv7", "tokenSecret": "dh893hdasih9", "signatureMethod": "HMAC-SHA1",
				"timestamp": "137131201", "nonce": "7d8f3e4a",
			},
			`oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D"`,
		},
		"OAuth wiki section 9.3, RSA-SHA1": {
			request("GET http://photos.example.net/photos?file=vacaction.jpg&size=original", ""),
			map[string]any{
				"consumerKey": "dpf43f3p2l4k3l03", "privateKey": oauthKey, "signatureMethod": "RSA-SHA1",
				"timestamp": "1196666512", "nonce": "13917289812797014437", "version": "1.0",
			},
			percent("jvTp/wX1TYtByB1m+Pbyo0lnCOLIsyGCH7wke8AUs3BpnwZJtAuEJkvQL2/9n4s5wUmUl4aCI4BwpraNx4RtEXMe5qg5T1LVTGliMRpKasKsW//e+RinhejgCuzoH26dyF8iY2ZZ/5D1ilgeijhV/vBka5twt399mXwaYdCwFYE="),
		},
		"OAuth Core 1.0 section 9.4.1, PLAINTEXT": {
			request("GET https://h/", ""),
			map[string]any{"consumerKey": "abcd", "consumerSecret": "djr9rjt0jd78jf88", "tokenSecret": "jjd999tj88uiths3", "signatureMethod": "PLAINTEXT"},
			`oauth_signature="djr9rjt0jd78jf88%26jjd999tj88uiths3"`,
		},
		"OAuth Request Body Hash 1.0, its example body": {
			request("PUT http://www.example.com/resource", "Hello World!"),
			map[string]any{
				"consumerKey": "consumer", "consumerSecret": "s", "token": "token", "includeBodyHash": true,
				"timestamp": "1236874236", "nonce": "10369470270925",
			},
			`oauth_body_hash="Lve95gjOVATpfV8EL5X4nxwjKHE%3D"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "oauth1", test.params)
			c.set(map[string]any{"addParamsToHeader": true})
			signed, err := c.sign(test.request, 0)
			if got := headerOf(signed, "Authorization"); !strings.Contains(got, test.want) || err != nil {
				t.Errorf("Authorization = %s, %v\nwant it to have %s", got, err, test.want)
			}
		})
	}
}

// oauth1Server checks as RFC 5849 section 3.2 says, from header, query and form, with the secrets cs& and ts& and the
// wiki's key, and sees nonces once.
func oauth1Server(t *testing.T) func(http.ResponseWriter, *http.Request, []byte) string {
	t.Helper()
	block, _ := pem.Decode([]byte(oauthKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	public := key.(*rsa.PrivateKey).Public().(*rsa.PublicKey)
	escape := func(s string) string {
		return strings.NewReplacer("+", "%20", "%7E", "~", "*", "%2A").Replace(url.QueryEscape(s))
	}
	seen := map[string]bool{}
	return func(_ http.ResponseWriter, r *http.Request, body []byte) string {
		all := url.Values{}
		if rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "OAuth "); ok {
			for _, f := range strings.Split(rest, ",") {
				k, v, _ := strings.Cut(f, "=")
				if v, err := url.PathUnescape(strings.Trim(v, `"`)); err == nil && k != "realm" {
					all.Add(k, v)
				}
			}
		}
		add := func(text string) {
			values, err := url.ParseQuery(text)
			if err != nil {
				t.Errorf("parsing %q: %v", text, err)
			}
			for k, list := range values {
				all[k] = append(all[k], list...)
			}
		}
		add(r.URL.RawQuery)
		if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
			add(string(body))
		}
		signature, method := all.Get("oauth_signature"), all.Get("oauth_signature_method")
		all.Del("oauth_signature")
		if once := all.Get("oauth_nonce"); seen[once] || once == "" || all.Get("oauth_timestamp") != "1767323045" {
			return "nonce or timestamp"
		}
		seen[all.Get("oauth_nonce")] = true
		if sum := all.Get("oauth_body_hash"); sum != "" && method == "HMAC-SHA1" {
			if got := sha1.Sum(body); base64.StdEncoding.EncodeToString(got[:]) != sum {
				return "body hash"
			}
		}
		var pairs []string
		for k, list := range all {
			for _, v := range list {
				pairs = append(pairs, escape(k)+" "+escape(v))
			}
		}
		slices.Sort(pairs)
		base := r.Method + "&" + escape("http://"+r.Host+r.URL.EscapedPath()) + "&" +
			escape(strings.ReplaceAll(strings.Join(pairs, "&"), " ", "="))
		if method == "PLAINTEXT" {
			if signature != "cs&ts" {
				return "secret"
			}
			return ""
		}
		kind, name, _ := strings.Cut(method, "-")
		h := map[string]crypto.Hash{"SHA1": crypto.SHA1, "SHA256": crypto.SHA256, "SHA512": crypto.SHA512}[name]
		given, err := base64.StdEncoding.DecodeString(signature)
		if err != nil || h == 0 {
			return "signature " + signature
		}
		if kind == "RSA" {
			d := h.New()
			d.Write([]byte(base))
			if err := rsa.VerifyPKCS1v15(public, h, d.Sum(nil), given); err != nil {
				return err.Error() + " " + base
			}
			return ""
		}
		m := hmac.New(h.New, []byte("cs&ts"))
		m.Write([]byte(base))
		if !hmac.Equal(m.Sum(nil), given) {
			return "signature differs for " + base
		}
		return ""
	}
}

func TestOAuth1ServerOfRFC5849AcceptsEveryMethodAndPlace(t *testing.T) {
	requests := map[string]func(base string) *collection.Request{
		"GET": func(b string) *collection.Request {
			return request("GET "+b+"/p a/ø?b=2&a=1%202&a=0&c&d=&e=x+y&f=(!*')", "")
		},
		"POST of a form":  func(b string) *collection.Request { return form("POST "+b+"/?z=1", "k", "v w", "k", "ø+&=", "", "x") },
		"PATCH of a form": func(b string) *collection.Request { return form("PATCH "+b+"/", "k", "v") },
		"POST of text":    func(b string) *collection.Request { return request("POST "+b+"/x", "text") },
		"signed before": func(b string) *collection.Request {
			return request("GET "+b+"/?oauth_nonce=old&oauth_signature=old&x=1", "", "Authorization: OAuth old")
		},
	}
	for _, method := range []string{"HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "RSA-SHA1", "RSA-SHA256", "RSA-SHA512", "PLAINTEXT", ""} {
		for _, inHeader := range []bool{true, false} {
			base := serve(t, oauth1Server(t))
			for name, makeRequest := range requests {
				for variant, extra := range map[string]map[string]any{
					"":                  {},
					" with empty ones":  {"addEmptyParamsToSign": true, "version": "1.0"},
					" with a body hash": {"includeBodyHash": true, "realm": "r", "callback": "https://cb/?a=b", "verifier": "v"},
				} {
					place := map[bool]string{true: "header", false: "query or body"}[inHeader]
					t.Run(method+" "+name+" in "+place+variant, func(t *testing.T) {
						c := newCaller(t, "oauth1", map[string]any{
							"consumerKey": "ck", "consumerSecret": "cs", "token": "tk", "tokenSecret": "ts", "privateKey": oauthKey,
							"signatureMethod": method, "addParamsToHeader": inHeader,
						})
						c.set(extra)
						r := makeRequest(base)
						before := r.URL.String()
						c.set(map[string]any{"nonce": t.Name()})
						c.want(r, 200, 1)
						if after := r.URL.String(); after != before {
							t.Errorf("the collection's own request became %s", after)
						}
					})
				}
			}
		}
	}
}

func TestOAuth1ServerOfRFC5849RefusesAWrongSecret(t *testing.T) {
	base := serve(t, oauth1Server(t))
	for _, method := range []string{"HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"} {
		c := newCaller(t, "oauth1", map[string]any{
			"consumerKey": "ck", "consumerSecret": "cs", "tokenSecret": "wrong", "signatureMethod": method, "nonce": method,
		})
		c.want(request("GET "+base+"/", ""), 401, 1)
	}
}

func TestOAuth1PlacesParameters(t *testing.T) {
	params := map[string]any{"consumerKey": "k", "consumerSecret": "s", "nonce": "n", "timestamp": "1", "signatureMethod": "PLAINTEXT"}
	const query = "oauth_consumer_key=k&oauth_signature_method=PLAINTEXT&oauth_timestamp=1&oauth_nonce=n&oauth_signature=s%26"
	t.Run("in the query, encoded again", func(t *testing.T) {
		signed, err := newCaller(t, "oauth1", params).sign(request("GET http://h/?a=(1)&b=x+y&c", ""), 0)
		if got, want := signed.URL.String(), "http://h/?a=%281%29&b=x%20y&c&"+query; got != want || err != nil {
			t.Errorf("URL = %s, %v\nwant %s", got, err, want)
		}
	})
	t.Run("in the body of a POST", func(t *testing.T) {
		c := newCaller(t, "oauth1", params)
		r := form("POST http://h/", "a", "1")
		signed, err := c.sign(r, 0)
		if len(signed.Body.URLEncoded) != 6 || signed.Body.URLEncoded[5].Value.String() != "s&" || err != nil {
			t.Errorf("body = %v, %v, want six parameters and the signature s& last", signed.Body.URLEncoded, err)
		}
		if len(r.Body.URLEncoded) != 1 {
			t.Error("the collection's own body was changed")
		}
	})
	t.Run("in the header as they are", func(t *testing.T) {
		c := newCaller(t, "oauth1", params)
		c.set(map[string]any{"addParamsToHeader": true, "disableHeaderEncoding": true, "realm": "a b"})
		signed, err := c.sign(request("GET http://h/", ""), 0)
		want := `OAuth realm="a b",oauth_consumer_key="k",oauth_signature_method="PLAINTEXT",oauth_timestamp="1",oauth_nonce="n",oauth_signature="s&"`
		if got := headerOf(signed, "Authorization"); got != want || err != nil {
			t.Errorf("Authorization = %s, %v\nwant %s", got, err, want)
		}
	})
	t.Run("nowhere without a secret", func(t *testing.T) {
		c := newCaller(t, "oauth1", map[string]any{"consumerKey": "k", "signatureMethod": "RSA-SHA1", "consumerSecret": "s"})
		signed, err := c.sign(request("GET http://h/?a=(1)", ""), 0)
		if got := signed.URL.String(); got != "http://h/?a=(1)" || err != nil {
			t.Errorf("URL = %s, %v, want it unchanged", got, err)
		}
	})
}
