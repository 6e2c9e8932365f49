package auth

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
)

func lines(text ...string) []collection.Header {
	var list []collection.Header
	for _, l := range text {
		key, value, _ := strings.Cut(l, ": ")
		list = append(list, collection.Header{Key: key, Value: value})
	}
	return list
}

func challengeTable() map[string]struct {
	give string
	want []challenge
} {
	type row = struct {
		give string
		want []challenge
	}
	params := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	return map[string]row{
		"nothing":                  {"", nil},
		"a scheme alone":           {"NTLM", []challenge{{scheme: "NTLM"}}},
		"two schemes":              {"Negotiate, NTLM", []challenge{{scheme: "Negotiate"}, {scheme: "NTLM"}}},
		"token68 with its padding": {"NTLM TlRM+/==", []challenge{{scheme: "NTLM", token68: "TlRM+/=="}}},
		"quoted and bare values":   {`Digest realm="a, b", stale=true`, []challenge{{scheme: "Digest", params: params("realm", "a, b", "stale", "true")}}},
		"escapes":                  {`Basic realm="a\"b\\c"`, []challenge{{scheme: "Basic", params: params("realm", `a"b\c`)}}},
		"names in any case":        {`Digest Realm="r"`, []challenge{{scheme: "Digest", params: params("realm", "r")}}},
		"spaces around the equals": {`Digest realm = "r"`, []challenge{{scheme: "Digest", params: params("realm", "r")}}},
		"empty elements":           {`, ,Basic realm="r",,`, []challenge{{scheme: "Basic", params: params("realm", "r")}}},
		"a missing comma":          {`Basic Digest realm="r"`, []challenge{{scheme: "Basic"}, {scheme: "Digest", params: params("realm", "r")}}},
		"a missing quote":          {`Digest realm="r`, []challenge{{scheme: "Digest", params: params("realm", "r")}}},
		"a parameter of no scheme": {`realm="r", Basic`, []challenge{{scheme: "Basic"}}},
		"the first of equal names": {`Digest nonce="1", nonce="2"`, []challenge{{scheme: "Digest", params: params("nonce", "1")}}},
		"RFC 9110's own example": {
			`Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\""`,
			[]challenge{
				{scheme: "Basic", params: params("realm", "simple")},
				{scheme: "Newauth", params: params("realm", "apps", "type", "1", "title", `Login to "apps"`)},
			},
		},
	}
}

func TestParseChallenges(t *testing.T) {
	for name, test := range challengeTable() {
		t.Run(name, func(t *testing.T) {
			got := parseChallenges(test.give)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(challenge{})); diff != "" {
				t.Errorf("parseChallenges(%q) differs (-want +got):\n%s", test.give, diff)
			}
		})
	}
}

// FuzzParseChallenges holds that any line ends, and that what was read can be written and read again.
func FuzzParseChallenges(f *testing.F) {
	for _, test := range challengeTable() {
		f.Add(test.give)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, c := range parseChallenges(line) {
			if c.scheme == "" {
				t.Errorf("a challenge without a scheme in %q", line)
			}
			text := c.scheme + " " + c.token68
			for k, v := range c.params {
				if k != strings.ToLower(k) || k == "" {
					t.Errorf("parameter %q in %q", k, line)
				}
				text += "," + k + "=" + quoted(v)
			}
			if len(c.params) == 0 || c.token68 != "" {
				continue
			}
			again := parseChallenges(text)
			if diff := cmp.Diff([]challenge{c}, again, cmp.AllowUnexported(challenge{})); diff != "" {
				t.Errorf("%q reads as something else when it is written as %q:\n%s", line, text, diff)
			}
		}
	})
}
