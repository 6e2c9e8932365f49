package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"posthaste/collection"
)

func unbase64(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestJWSMatchesTheExamplesOfRFC7515(t *testing.T) {
	const payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
	number := func(s string) *big.Int { return new(big.Int).SetBytes(unbase64(t, s)) }
	key := &rsa.PrivateKey{
		D: number("Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"),
		Primes: []*big.Int{
			number("4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc"),
			number("uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc"),
		},
	}
	key.N, key.E = new(big.Int).Mul(key.Primes[0], key.Primes[1]), 65537
	key.Precompute()
	secret := unbase64(t, "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
	tests := map[string]struct {
		algorithm, header string
		key               jwsKey
		want              string
	}{
		"A.1 HS256": {
			"HS256", "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}",
			jwsKey{secret: secret},
			"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
		},
		"A.2 RS256": {
			"RS256", `{"alg":"RS256"}`,
			jwsKey{signer: key},
			"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := signJWS(test.algorithm, test.header, payload, test.key, rand.Reader)
			if got != test.want || err != nil {
				t.Errorf("signJWS = %s, %v\nwant %s", got, err, test.want)
			}
		})
	}
}

func TestJWTMatchesTheTokenOfJWTIO(t *testing.T) {
	const token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ." +
		"SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
	const payload = `{ "sub": "1234567890", "name": "John Doe", "iat": 1516239022 }`
	const header = `{"alg": "none", "typ": "JWT"}`
	tests := map[string]struct {
		params map[string]any
		header string
		url    string
	}{
		"as text":                    {map[string]any{"payload": payload, "header": header}, "Bearer " + token, "http://h/?a=1"},
		"as objects":                 {map[string]any{"payload": collection.JSONValue(payload), "header": collection.JSONValue(header)}, "Bearer " + token, "http://h/?a=1"},
		"with a prefix":              {map[string]any{"payload": payload, "header": header, "headerPrefix": "JWT"}, "JWT " + token, "http://h/?a=1"},
		"without a prefix":           {map[string]any{"payload": payload, "header": header, "headerPrefix": ""}, token, "http://h/?a=1"},
		"in the query":               {map[string]any{"payload": payload, "header": header, "addTokenTo": "queryParam"}, "", "http://h/?a=1&token=" + token},
		"in the query under a name":  {map[string]any{"payload": payload, "header": header, "addTokenTo": "queryParam", "queryParamKey": "a"}, "", "http://h/?a=" + token},
		"with a secret in base64":    {map[string]any{"payload": payload, "header": header, "secret": "eW91ci0yNTYtYml0LXNlY3JldA==", "isSecretBase64Encoded": true}, "Bearer " + token, "http://h/?a=1"},
		"with base64 as Node has it": {map[string]any{"payload": payload, "header": header, "secret": "eW91ci0y NTYtYml0\nLXNlY3JldA", "isSecretBase64Encoded": true}, "Bearer " + token, "http://h/?a=1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "jwt", map[string]any{"algorithm": "HS256", "secret": "your-256-bit-secret"})
			c.set(test.params)
			signed, err := c.sign(request("GET http://h/?a=1", ""), 0)
			if got := headerOf(signed, "Authorization"); got != test.header || err != nil {
				t.Errorf("Authorization = %s, %v\nwant %s", got, err, test.header)
			}
			if got := signed.URL.String(); got != test.url {
				t.Errorf("URL = %s\nwant %s", got, test.url)
			}
		})
	}
}

// verifyJWT checks a token as RFC 7515 section 5.2 and RFC 7518 section 3 say, and returns its parts.
func verifyJWT(t *testing.T, token, algorithm string, public crypto.PublicKey) (header, payload map[string]any) {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("token %s has %d parts, want 3", token, len(parts))
	}
	for i, into := range []*map[string]any{&header, &payload} {
		if err := json.Unmarshal(unbase64(t, parts[i]), into); err != nil {
			t.Fatal(err)
		}
	}
	if header["alg"] != algorithm {
		t.Errorf("alg = %v, want %s", header["alg"], algorithm)
	}
	signature := unbase64(t, parts[2])
	hash := map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}[algorithm[2:]]
	h := hash.New()
	h.Write([]byte(parts[0] + "." + parts[1]))
	sum := h.Sum(nil)
	ok := false
	switch key := public.(type) {
	case *rsa.PublicKey:
		if algorithm[0] == 'R' {
			ok = rsa.VerifyPKCS1v15(key, hash, sum, signature) == nil
		} else {
			ok = rsa.VerifyPSS(key, hash, sum, signature, &rsa.PSSOptions{SaltLength: hash.Size()}) == nil
		}
	case *ecdsa.PublicKey:
		n := map[string]int{"256": 32, "384": 48, "512": 66}[algorithm[2:]]
		ok = len(signature) == 2*n && ecdsa.Verify(key, sum, new(big.Int).SetBytes(signature[:n]), new(big.Int).SetBytes(signature[n:]))
	}
	if !ok {
		t.Errorf("the signature of %s is wrong", token)
	}
	return header, payload
}

// keyTexts writes a key in each form that PEM has for it, and once on one line.
func keyTexts(t *testing.T, key crypto.Signer) map[string]string {
	t.Helper()
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	text := func(label string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
	}
	forms := map[string]string{"PKCS#8": text("PRIVATE KEY", pkcs8)}
	forms["PKCS#8 on one line"] = strings.ReplaceAll(forms["PKCS#8"], "\n", `\n`)
	switch key := key.(type) {
	case *rsa.PrivateKey:
		pkcs1 := x509.MarshalPKCS1PrivateKey(key)
		forms["PKCS#1"] = text("RSA PRIVATE KEY", pkcs1)
		forms["PKCS#1 under the label of PKCS#8"] = text("PRIVATE KEY", pkcs1)
		forms["PKCS#8 under the label of PKCS#1"] = text("RSA PRIVATE KEY", pkcs8)
		forms["PKCS#8 for PSS only"] = text("PRIVATE KEY", pssKey(t, pkcs1))
	case *ecdsa.PrivateKey:
		der, err := x509.MarshalECPrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		forms["SEC 1 under the label of PKCS#8"] = text("PRIVATE KEY", der)
		forms["PKCS#8 under the label of SEC 1"] = text("EC PRIVATE KEY", pkcs8)
		forms["SEC 1 behind its parameters"] = text("EC PARAMETERS", []byte{1}) + text("EC PRIVATE KEY", der)
	}
	return forms
}

// pssKey wraps PKCS#1 as openssl genpkey -algorithm rsa-pss does.
func pssKey(t *testing.T, pkcs1 []byte) []byte {
	t.Helper()
	der, err := asn1.Marshal(struct {
		Version   int
		Algorithm pkix.AlgorithmIdentifier
		Key       []byte
	}{Algorithm: pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}}, Key: pkcs1})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func testKeys(t *testing.T) map[string]crypto.Signer {
	t.Helper()
	keys := map[string]crypto.Signer{}
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for _, algorithm := range []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"} {
		keys[algorithm] = r
	}
	for algorithm, curve := range map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()} {
		if keys[algorithm], err = ecdsa.GenerateKey(curve, rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func TestJWTVerifiesByRFC7518WithEveryAlgorithmAndKeyForm(t *testing.T) {
	for algorithm, key := range testKeys(t) {
		for form, text := range keyTexts(t, key) {
			t.Run(algorithm+" "+form, func(t *testing.T) {
				c := newCaller(t, "jwt", map[string]any{"algorithm": algorithm, "privateKey": text, "payload": `{"a":1}`, "header": `{"kid":"k"}`})
				signed, err := c.sign(request("GET http://h/", ""), 0)
				if err != nil {
					t.Fatal(err)
				}
				token := strings.TrimPrefix(headerOf(signed, "Authorization"), "Bearer ")
				header, payload := verifyJWT(t, token, algorithm, key.Public())
				if header["kid"] != "k" || payload["a"] != 1.0 || len(payload) != 1 {
					t.Errorf("header %v, payload %v, want kid k and a 1, nothing added", header, payload)
				}
			})
		}
	}
}

func TestJWTPayloadIsWrittenAsJavaScriptDoes(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"numbers":               {`{"a":1.0,"b":1e3,"c":12345678901234567890,"d":0.0000001,"e":1e400}`, `{"a":1,"b":1000,"c":12345678901234567000,"d":1e-7,"e":null}`},
		"keys that are indexes": {`{"b":1,"10":2,"9":3,"a":4,"01":5}`, `{"9":3,"10":2,"b":1,"a":4,"01":5}`},
		"equal keys":            {`{"a":1,"b":2,"a":[{"x":null},true,[]]}`, `{"a":[{"x":null},true,[]],"b":2}`},
		"text":                  {`{"a":"\u00e6\n<\/>"}`, `{"a":"æ\n</>"}`},
		"empty":                 {" ", `{}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "jwt", map[string]any{"algorithm": "HS256", "secret": "s", "payload": test.give})
			signed, err := c.sign(request("GET http://h/", ""), 0)
			if err != nil {
				t.Fatal(err)
			}
			got := string(unbase64(t, strings.Split(headerOf(signed, "Authorization"), ".")[1]))
			if got != test.want {
				t.Errorf("payload = %s, want %s", got, test.want)
			}
		})
	}
}

func TestJWTRefuses(t *testing.T) {
	tests := map[string]struct {
		params map[string]any
		want   string
	}{
		"an unknown algorithm":  {map[string]any{"algorithm": "none"}, "invalid algorithm"},
		"no algorithm":          {nil, "invalid algorithm"},
		"no secret":             {map[string]any{"algorithm": "HS256"}, "Invalid secret key. Enter a valid key."},
		"a secret of numbers":   {map[string]any{"algorithm": "HS256", "secret": 5}, "Invalid secret key. Enter a valid key."},
		"no private key":        {map[string]any{"algorithm": "ES256", "secret": "s"}, "Invalid private key. Enter a valid key."},
		"text that is no key":   {map[string]any{"algorithm": "RS256", "privateKey": "x", "payload": "{}"}, "BEGIN PRIVATE KEY"},
		"a key of another kind": {map[string]any{"algorithm": "ES256", "privateKey": oauthKey, "payload": "{}"}, "ES256 does not go with"},
		"broken JSON":           {map[string]any{"algorithm": "HS256", "secret": "s", "payload": `{"a":`}, "reading the JWT's payload: the JSON ends too early"},
		"a list":                {map[string]any{"algorithm": "HS256", "secret": "s", "payload": `[1]`}, "not a JSON object"},
		"no payload":            {map[string]any{"algorithm": "HS256", "secret": "s"}, "not a JSON object"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			signed, err := newCaller(t, "jwt", test.params).sign(request("GET http://h/", ""), 0)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Sign = %v, want %s", err, test.want)
			}
			if got := headerOf(signed, "Authorization"); got != "" {
				t.Errorf("Authorization = %s, want none", got)
			}
		})
	}
}
