package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

const secret = `Y8K"teew6/GE2+Zmey<c>==`

func TestEveryFormIsMasked(t *testing.T) {
	quoted, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"as it is":                  "a " + secret + " b",
		"twice":                     secret + secret,
		"in JSON":                   `{"client_secret":` + string(quoted) + `}`,
		"in JSON of PHP":            `"Y8K\"teew6\/GE2+Zmey<c>=="`,
		"in JSON of Gson":           `"Y8K\"teew6/GE2+Zmey\u003cc\u003e\u003d\u003d"`,
		"in XML":                    `<v a="Y8K&quot;teew6/GE2+Zmey&lt;c&gt;=="/>`,
		"in HTML with numbers":      `Y8K&#34;teew6/GE2+Zmey&lt;c&gt;==`,
		"in a query":                "?s=" + url.QueryEscape(secret),
		"in a path":                 "/" + url.PathEscape(secret),
		"with lower-case escapes":   lowerHex(url.QueryEscape(secret)),
		"in base64":                 base64.StdEncoding.EncodeToString([]byte(secret)),
		"in basic authentication":   base64.StdEncoding.EncodeToString([]byte("user:" + secret)),
		"in base64 after one byte":  base64.StdEncoding.EncodeToString([]byte("u" + secret + "tail")),
		"in base64 after two bytes": base64.URLEncoding.EncodeToString([]byte("us" + secret + "tail")),
		"as the list of its bytes":  "[9," + listed(secret) + ",9]",
		"at the very end of a text": "ends with " + secret,
		"after a false start":       "Y8K" + secret,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			var s Set
			s.Add("client_secret", secret)
			got := s.Text(text)
			if !strings.Contains(got, Mask) && !strings.Contains(got, "42,42,42,42,42,42") {
				t.Errorf("Text(%q) = %q: not masked", text, got)
			}
			if name, ok := s.Found([]byte(got)); ok {
				t.Errorf("%s still stands in %q", name, got)
			}
			if name, ok := s.Found([]byte(text)); !ok || name != "client_secret" {
				t.Errorf("Found = %q, %v, want client_secret", name, ok)
			}
		})
	}
}

func TestWhatIsNoSecretStays(t *testing.T) {
	tests := map[string]string{
		"an unfilled placeholder": "<Go To Vipps Portal->copy the key here>",
		"an unresolved variable":  "{{access_token}}",
		"a word of the protocol":  "Bearer",
		"nothing":                 "",
	}
	for name, value := range tests {
		t.Run(name, func(t *testing.T) {
			var s Set
			if s.Add("token", value) {
				t.Errorf("Add(%q) made it a secret", value)
			}
		})
	}
}

func TestShortSecretsAreMaskedAsWholeValuesOnly(t *testing.T) {
	var s Set
	s.Add("pin", "1234")
	if got := s.Text("order 12345"); got != "order 12345" {
		t.Errorf("Text = %q: a short secret was masked inside another text", got)
	}
	if got := s.Value("1234"); got != Mask {
		t.Errorf("Value = %q, want %q", got, Mask)
	}
	if got := s.ShortNames(); len(got) != 1 || got[0] != "pin" {
		t.Errorf("ShortNames = %v", got)
	}
}

func TestALongerSecretWinsOverItsBeginning(t *testing.T) {
	var s Set
	s.Add("a", "secret-1")
	s.Add("b", "secret-1-and-more")
	if got := s.Text("x secret-1-and-more y"); got != "x "+Mask+" y" {
		t.Errorf("Text = %q", got)
	}
}

func TestWriterMasksAcrossWrites(t *testing.T) {
	for size := 1; size < 9; size++ {
		var s Set
		s.Add("client_secret", secret)
		var out bytes.Buffer
		w := NewWriter(&out, &s)
		text := "before " + secret + " between " + secret[:10] + " after " + secret
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if _, err := w.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if want := "before " + Mask + " between " + secret[:10] + " after " + Mask; out.String() != want {
			t.Errorf("in pieces of %d: %q, want %q", size, out.String(), want)
		}
	}
}

func TestTheEmptySetChangesNothing(t *testing.T) {
	var s *Set
	if got := s.Text("text"); got != "text" {
		t.Errorf("Text = %q", got)
	}
	var out bytes.Buffer
	w := NewWriter(&out, &Set{})
	if _, err := w.Write([]byte("text")); err != nil || out.String() != "text" {
		t.Errorf("wrote %q, %v", out.String(), err)
	}
}

func TestSecretName(t *testing.T) {
	tests := map[string]bool{
		"client_secret": true, "clientSecret": true, "Ocp-Apim-Subscription-Key": true, "Ocp-Apim-Subscription-Key-Ecom": true,
		"access_token": true, "accessToken": true, "ACCESS_TOKEN": true, "Authorization": true, "password": true, "X-API-Key": true,
		"apikey": true, "payment_token": true, "client_authorization": true, "Set-Cookie": true, "dbPassword": true, "id_token": true,
		"subscription-key": true, "auth_req_id": true, "authReqId": true, "AUTH-REQ-ID": true, "authorizedAmount": false, "access-token-key": true,
		"client_id": false, "token_endpoint": false, "token_type": false, "base_url": false, "orderId": false, "tokenType": false,
		"secretary": false, "": false, "keyboard": false, "expires_in": false, "idempotency_key": false, "merchantSerialNumber": false,
	}
	for name, want := range tests {
		if got := SecretName(name); got != want {
			t.Errorf("SecretName(%q) = %v, want %v", name, got, want)
		}
	}
}

func FuzzWriter(f *testing.F) {
	f.Add("a "+secret+" b", 3)
	f.Fuzz(func(t *testing.T, text string, size int) {
		if size < 1 {
			return
		}
		var s Set
		s.Add("client_secret", secret)
		var out bytes.Buffer
		w := NewWriter(&out, &s)
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if _, err := w.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Found(out.Bytes()); ok {
			t.Errorf("a secret got through: %q", out.String())
		}
	})
}

func BenchmarkText(b *testing.B) {
	var s Set
	for _, v := range []string{"fb492b5e-7907-4d83-ba20-c7fb60ca35de", "Y8Kteew6GE2ZmeycEt6egg==", "0f14ebcab0ec4b29ae0cb90d91b4a84a"} {
		s.Add("secret", v)
	}
	text := strings.Repeat(`{"orderId":"acme-shop-123-order123abc","amount":20000},`, 60)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Text(text)
	}
}

func TestTokensOfALongRunDoNotPileUp(t *testing.T) {
	t.Parallel()
	token := func(i int) string { return fmt.Sprintf("eyJhbGciOiJIUzI1NiJ9.%08d.%s", i, strings.Repeat("c2ln", 100)) }
	s := Set{limit: 100_000}
	for i := range 1000 {
		s.Add("token", token(i))
		s.Add("client_secret", secret) // as every request does that carries it
		if got, want := s.Text("Bearer "+token(i)), "Bearer "+Mask; got != want {
			t.Fatalf("token %d is shown as %q", i, got)
		}
	}
	if s.table.size > 3*s.limit {
		t.Errorf("the forms of secrets take %d bytes, want at most %d", s.table.size, 3*s.limit)
	}
	if got := s.Text(secret); got != Mask {
		t.Errorf("a secret that stayed in use is shown as %q", got)
	}
}

// FuzzText compares the tree with a search for one secret after the other.
func FuzzText(f *testing.F) {
	f.Add("abcdefgh", "abcdefxyz", "bcdefg", "abcabcdefghabcdefxyzz")
	f.Add("aaaaaaa", "aaaaaaaab", "aabaab", "aaaaaaaaaaaaabaab")
	f.Fuzz(func(t *testing.T, a, b, c, text string) {
		var tree table
		var list []string
		for _, n := range []string{a, b, c} {
			tree.add(needle{n, n})
			if len(n) >= Short {
				list = append(list, n)
			}
		}
		want := -1
		for i := range text {
			for _, n := range list {
				if want < 0 && strings.HasPrefix(text[i:], n) {
					want = i
				}
			}
		}
		got := tree.first(text, 0)
		if utf8.ValidString(text) && got != want {
			t.Fatalf("first = %d, want %d", got, want)
		}
		if got < 0 {
			return
		}
		longest := ""
		for _, n := range list {
			if strings.HasPrefix(text[got:], n) && len(n) > len(longest) {
				longest = n
			}
		}
		if found, origin := tree.match(text[got:]); found != longest || origin != longest {
			t.Fatalf("match = %q of %q, want %q", found, origin, longest)
		}
	})
}
