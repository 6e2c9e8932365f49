package find_test

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"testing"

	"posthaste/internal/secret/find"
)

// s is what every case hides, and nothing else that is a secret.
const s = "S3cr3t-Value/1"

func found(look func(find.Found)) (values []string) {
	look(func(_, value string) {
		if !slices.Contains(values, value) {
			values = append(values, value)
		}
	})
	return values
}

func TestSecretsOfBodiesAreFound(t *testing.T) {
	t.Parallel()
	q := url.QueryEscape(s)
	jwt := "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
	pem := "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq\nAAAAB3NzaC1yc2E=\n-----END RSA PRIVATE KEY-----"
	tests := map[string]struct{ text, want string }{
		"JSON":                            {`{"access_token":"` + s + `"}`, s},
		"with blanks":                     {"{ \"password\" :\n \"" + s + "\" }", s},
		"deep":                            {`{"a":[{"b":{"clientSecret":"` + s + `"}}]}`, s},
		"with a byte order mark":          {"\ufeff{\"token\":\"" + s + "\"}", s},
		"with comments":                   {"// token\n{/* the */ \"token\": /* secret */ \"" + s + "\", // yes\n}", s},
		"with a cut end":                  {`{"a":{"token":"` + s + `","b":[1,2,{"c":"d`, s},
		"with a cut beginning":            {`"x"},"token":"` + s + `"}`, s},
		"cut in the value":                {`{"a":1,"token":"` + s, s},
		"lines of JSON":                   {"{\"a\":1}\n{\"token\":\"" + s + "\"}\n{\"b\":2}", s},
		"a guard before it":               {")]}',\n{\"token\":\"" + s + "\"}", s},
		"JSON within JSON":                {`{"a":"{\"token\":\"` + s + `\"}"}`, s},
		"JSON three times":                {`{"a":"{\"b\":\"{\\\"token\\\":\\\"` + s + `\\\"}\"}"}`, s},
		"a form within JSON":              {`{"a":"x=1&token=` + q + `"}`, s},
		"a URL within JSON":               {`{"a":"https://h/cb?access_token=` + q + `&x=1"}`, s},
		"plural":                          {`{"tokens":["` + s + `"]}`, s},
		"plural, an object":               {`{"tokens":{"merchant1":"` + s + `"}}`, s},
		"an object under a secret's":      {`{"token":{"value":"` + s + `","type":"Bearer"}}`, s},
		"a pair":                          {`[{"name":"password","value":"` + s + `"}]`, s},
		"a pair, the value first":         {`[{"value":"` + s + `","key":"api_key","type":"string"}]`, s},
		"a name with an escape":           {`{"\u0070assword":"` + s + `"}`, s},
		"a value with escapes":            {`{"password":"S3cr3t\u002dValue\/1"}`, s},
		"single quotes":                   {`{ token: '` + s + `' }`, s},
		"digits":                          {`{"otp":482913}`, "482913"},
		"a console's string":              {"'password=" + s + "'", s},
		"a string alone":                  {`"` + jwt + `"`, jwt},
		"a JWT alone":                     {jwt, jwt},
		"a JWT in text":                   {"<p>" + jwt + "</p>", jwt},
		"a form":                          {"user=me&password=" + q + "&x=1", s},
		"a form with code":                {"grant_type=authorization_code&code=" + q, s},
		"a server's name and a digit":     {"client_secret: portal1.example.com", "portal1.example.com"},
		"a server's name that is sent":    {"client_secret=portal.example.com", "portal.example.com"},
		"a password like a server's name": {`{"password": "see portal.example.com"}`, "see portal.example.com"},
		"words without a server":          {`{"client_secret": "correct horse battery"}`, "correct horse battery"},
		"a key beside a server":           {`{"client_secret": "portal.example.com aQ7rT2"}`, "portal.example.com aQ7rT2"},
		"a form in brackets":              {"user%5Bpassword%5D=" + q, s},
		"parts":                           {"--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n" + s + "\r\n--b--", s},
		"XML":                             {"<?xml version=\"1.0\"?><a><Password>" + s + "</Password></a>", s},
		"XML with a namespace":            {`<w:Security><w:Password Type="x">` + s + `</w:Password>`, s},
		"XML, an attribute":               {`<login user="me" password="` + s + `"/>`, s},
		"XML, CDATA":                      {"<token><![CDATA[" + s + "]]></token>", s},
		"XML, a pair":                     {`<param name="api_key" value="` + s + `"/>`, s},
		"XML, a pair with content":        {`<property name="password">` + s + `</property>`, s},
		"a property list":                 {"<dict><key>token</key><string>" + s + "</string></dict>", s},
		"HTML, an input":                  {`<form><input type="hidden" name="csrf_token" value="` + s + `"></form>`, s},
		"HTML, the value first":           {`<input value="` + s + `" type="password">`, s},
		"HTML, a meta":                    {`<meta name="csrf-token" content="` + s + `">`, s},
		"HTML, a script":                  {`<script>window.config = {"token":"` + s + `"}</script>`, s},
		"HTML, a link":                    {`<a href="https://h/reset?token=` + q + `">x</a>`, s},
		"GraphQL in JSON":                 {`{"query":"mutation($p: String){login(password:$p)}","variables":{"password":"` + s + `"}}`, s},
		"GraphQL":                         {`mutation { login(user: "me", password: "` + s + `") { ok } }`, s},
		"GraphQL in JSON, in the query":   {`{"query":"mutation { login(password: \"` + s + `\") { ok } }"}`, s},
		"text":                            {"the password=" + s + " was taken", s},
		"text with a colon":               {"password: " + s, s},
		"a header in text":                {"GET / HTTP/1.1\nAuthorization: Bearer " + s + "\nHost: h", s},
		"YAML":                            {"a: 1\nclient_secret: " + s + "\nb: 2", s},
		"a file of the environment":       {"A=1\nexport API_KEY=" + s + "\nB=2", s},
		"an escaped text":                 {`say \"token\":\"` + s + `\" again`, s},
		"a private key":                   {"key:\n" + pem, "MIIEowIBAAKCAQEA7bq"},
		"a private key in JSON":           {`{"k":"` + strings.ReplaceAll(pem, "\n", `\n`) + `"}`, "MIIEowIBAAKCAQEA7bq"},
		"a token of GitHub":               {"it is ghp_0123456789abcdefghijABCDEFGHIJ456789!", "ghp_0123456789abcdefghijABCDEFGHIJ456789"},
		"a URL with a password in text":   {"see https://me:" + url.PathEscape(s) + "@h/x now", s},
		"an Authorization header's copy":  {`{"authorization":"Basic ` + base64.StdEncoding.EncodeToString([]byte("me:"+s)) + `"}`, s},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := found(func(f find.Found) { find.Text(test.text, f) })
			if !slices.Contains(got, test.want) {
				t.Errorf("Text(%q) finds %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestWhatIsNoSecretIsNotFound(t *testing.T) {
	t.Parallel()
	tests := []string{
		`{"token_type":"Bearer","expires_in":3599,"scope":"a b"}`, `{"errors":{"password":["is too short","must have a digit"]}}`,
		`{"error":{"password":"is required"}}`, `{"properties":{"password":{"type":"string","description":"The password of the user"}}}`,
		`{"jwt_error":"jwt malformed: unexpected token"}`, `{"usage":{"total_tokens":1523,"tokens":1523}}`, `{"code":"INVALID_REQUEST","status":400}`,
		`{"hasPassword":true,"password":null}`, `{"name":"order","value":"S3cr3t"}`, "SyntaxError: Unexpected token < in JSON at position 0",
		"AssertionError: expected token to equal 'abc'", "JsonWebTokenError: invalid token: expected three parts", "token: expected",
		"https://h/orders/123?page=2&sort=name&countryCode=NO", "code=NO&key=a", "Vipps refuses these keys: AADSTS7000215: Invalid client secret provided.", "https://login/error?code=7000215", `<status code="200">OK</status>`, `<label for="password">Password</label>`,
		"the token is missing", "Content-Type: application/json", `{"key":"orderId","value":"acme-1234"}`, `{"token":{"type":"Bearer","expires_in":"3600"}}`,
		"-----BEGIN CERTIFICATE-----\nMIIEowIBAAKCAQEA7bq\n-----END CERTIFICATE-----", `{"public_key":"MIIEowIBAAKCAQEA7bq"}`, "eyJhbGciOiJIUzI1NiJ9",
		"client_secret: see portal.example.com", "client_secret: portal.example.com", `{"client_secret": "see portal.example.com"}`,
		`{"api_key": "copy it from https://portal.example.com/keys."}`, "client_secret=see+portal.example.com",
		"password policy: at least 8 characters", `{"cookie_policy":"https://h/p4licy"}`, `<a href="https://h/login?next=/a1b2c3">x</a>`,
	}
	for _, text := range tests {
		for how, look := range map[string]func(string, find.Found){"Text": find.Text, "URL": find.URL} {
			if got := found(func(f find.Found) { look(text, f) }); len(got) > 0 {
				t.Errorf("%s(%q) finds %q", how, text, got)
			}
		}
	}
}

func TestSecretsOfHeadersAndURLsAreFound(t *testing.T) {
	t.Parallel()
	q := url.QueryEscape(s)
	headers := map[string][2]string{
		"a bearer":               {"Authorization", "Bearer " + s},
		"a scheme of its own":    {"X-Authorization", "ApiKey " + s},
		"basic":                  {"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte("me:"+s))},
		"digest":                 {"Authorization", `Digest username="me", realm="r", response="` + s + `"`},
		"a key of a vendor":      {"x-functions-key", s},
		"a pin":                  {"X-PIN", s},
		"of an answer":           {"X-Auth-Token", s},
		"a cookie":               {"Cookie", "theme=dark; sid=" + s + "; x=1"},
		"a cookie, encoded":      {"Cookie", "connect.sid=" + q},
		"a cookie of an answer":  {"Set-Cookie", "auth=" + s + "; Path=/; HttpOnly"},
		"a place":                {"Location", "https://h/cb?code=" + q + "&state=1"},
		"a place without a host": {"Location", "/cb#access_token=" + q},
		"JSON in a header":       {"X-Data", `{"token":"` + s + `"}`},
	}
	for name, h := range headers {
		if got := found(func(f find.Found) { find.Header(h[0], h[1], f) }); !slices.Contains(got, s) {
			t.Errorf("%s: Header(%q, %q) finds %q", name, h[0], h[1], got)
		}
	}
	for name, text := range map[string]string{
		"a password": "https://me:" + url.PathEscape(s) + "@h/", "a user alone": "https://" + url.PathEscape(s) + "@h/", "a signature": "https://h/?sig=" + q,
		"a code": "http://h/cb?code=" + q, "a fragment": "https://h/#/x?access_token=" + q, "a fragment of pairs": "https://h/#id_token=" + q + "&state=1",
		"a session in the path": "https://h/a;jsessionid=" + q + "?x=1", "a relative one": "/x?api_key=" + q,
	} {
		if got := found(func(f find.Found) { find.URL(text, f) }); !slices.Contains(got, s) {
			t.Errorf("%s: URL(%q) finds %q", name, text, got)
		}
	}
}

func TestPartsOfSecretsAreFound(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"a member":            `{"type":"service_account","private_key_id":"1","private_key":"` + s + `"}`,
		"a member of any":     `{"a":"` + s + `"}`,
		"a deep member":       `{"type":"x","inner":{"deep":["` + s + `"]}}`,
		"a line of PEM":       "-----BEGIN PRIVATE KEY-----\nabc\n" + s + "\n-----END PRIVATE KEY-----",
		"a password of a URL": "postgres://me:" + url.PathEscape(s) + "@db:5432/x",
		"behind a scheme":     "Bearer " + s,
		"a connection":        "Endpoint=sb://h/;SharedAccessKeyName=Root;SharedAccessKey=" + s,
	} {
		if got := found(func(f find.Found) { find.Parts(value, f) }); !slices.Contains(got, s) {
			t.Errorf("%s: Parts(%q) finds %q", name, value, got)
		}
	}
}

func FuzzBody(f *testing.F) {
	for _, text := range []string{
		`{"token":"x","a":[{"name":"password","value":"y"}]}`, `<a password="x"><token>y</token></a>`, "a=b&token=c", `password: "x`, "eyJaaaaaaaa.bbbbbbbb.c",
		"-----BEGIN PRIVATE KEY-----\nx", `{"a":"\u00`, `{token:'`, "Authorization: Basic eDp5",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, look := range []func(string, find.Found){find.Text, find.URL, find.Query, find.Parts} {
			look(text, func(_, value string) {
				if value == "" {
					t.Errorf("an empty secret is found in %q", text)
				}
			})
		}
	})
}

func BenchmarkBody(b *testing.B) {
	for name, text := range map[string]string{
		"nothing": strings.Repeat(`{"orderId":"acme-shop-123-order123abc","amount":20000},`, 60),
		"a token": `{"access_token":"` + s + `",` + strings.Repeat(`"orderId":"acme-shop-123-order123abc","amount":20000,`, 60) + `"x":1}`,
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				find.Text(text, func(string, string) {})
			}
		})
	}
}
