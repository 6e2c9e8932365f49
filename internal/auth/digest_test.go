package auth

import (
	"strings"
	"testing"
)

// answered is the Digest header for a GET of the URL after one challenge.
func answered(t *testing.T, url, challenge string, params map[string]any) string {
	t.Helper()
	c := newCaller(t, "digest", params)
	r := request("GET "+url, "")
	if _, err := c.sign(r, 0); err != nil {
		t.Fatal(err)
	}
	answer := &Answer{Code: 401, Header: lines("WWW-Authenticate: " + challenge)}
	again, err := c.scheme.(Challenger).Challenged(t.Context(), c.list(), answer)
	if err != nil || !again {
		t.Fatalf("Challenged = %v, %v, want another try", again, err)
	}
	signed, err := c.sign(r, 1)
	if err != nil {
		t.Fatal(err)
	}
	return headerOf(signed, "Authorization")
}

func TestDigestMatchesPublishedExamples(t *testing.T) {
	mufasa := map[string]any{"username": "Mufasa", "password": "Circle of Life"}
	rfc7616 := `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=%s, ` +
		`nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`
	const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
	jason := `Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, ` +
		`nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8`
	tests := map[string]struct {
		url, challenge string
		params         map[string]any
		want           []string
	}{
		"RFC 7616 section 3.9.1 with MD5": {
			"http://www.example.org/dir/index.html", strings.Replace(rfc7616, "%s", "MD5", 1),
			map[string]any{"username": "Mufasa", "password": "Circle of Life", "clientNonce": cnonce},
			[]string{`response="8ca523f5e9506fed4657c9700eebdbec"`, `qop=auth, nc=00000001`, `opaque="FQhe/`},
		},
		"RFC 7616 section 3.9.1 with SHA-256": {
			"http://www.example.org/dir/index.html", strings.Replace(rfc7616, "%s", "SHA-256", 1),
			map[string]any{"username": "Mufasa", "password": "Circle of Life", "clientNonce": cnonce},
			[]string{`response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"`, `algorithm="SHA-256"`},
		},
		"RFC 7616 section 3.9.2 as erratum 4897 corrects it, with a hashed user": {
			"http://api.example.org/doe.json", jason + ", userhash=true",
			map[string]any{
				"username": "Jäsøn Doe", "password": "Secret, or not?",
				"clientNonce": "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
			},
			[]string{
				`username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"`, `userhash=true`,
				`response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"`,
			},
		},
		"RFC 7616 section 3.9.2 as erratum 4897 corrects it, with the user spelled out": {
			"http://api.example.org/doe.json", jason,
			map[string]any{
				"username": "Jäsøn Doe", "password": "Secret, or not?",
				"clientNonce": "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
			},
			[]string{
				`username*=UTF-8''J%C3%A4s%C3%B8n%20Doe`,
				`response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"`,
			},
		},
		"RFC 2617 section 3.5": {
			"http://www.nowhere.org/dir/index.html",
			`Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ` +
				`opaque="5ccc069c403ebaf9f0171e9517f40e41"`,
			map[string]any{"username": "Mufasa", "password": "Circle Of Life", "clientNonce": "0a4f113b"},
			[]string{`response="6629fae49393a05397450978507c4ef1"`},
		},
		"RFC 2069 section 2.4 as erratum 749 corrects it, without qop": {
			"http://www.nowhere.org/dir/index.html",
			`Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"`,
			map[string]any{"username": "Mufasa", "password": "CircleOfLife"},
			[]string{`response="1949323746fe6a43ef61f9606e7febea"`},
		},
		"newman's order of fields": {
			"http://h/p?q=1", `Digest nonce="n", realm="r", opaque="o", qop="auth"`, mufasa,
			[]string{`Digest username="Mufasa", realm="r", nonce="n", uri="/p?q=1", algorithm="MD5", qop=auth, nc=00000001, cnonce="`},
		},
		"quotes and backslashes are escaped": {
			"http://h/", `Digest nonce="n", realm="a \"b\" \\c"`,
			map[string]any{"username": `DOM\me`},
			[]string{`username="DOM\\me", realm="a \"b\" \\c"`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := answered(t, test.url, test.challenge, test.params)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("Authorization = %s\nwant it to have %s", got, want)
				}
			}
		})
	}
}

func TestDigestSignsAtOnceWithGivenRealmAndNonce(t *testing.T) {
	c := newCaller(t, "digest", map[string]any{
		"username": "Mufasa", "password": "Circle Of Life", "realm": "testrealm@host.com", "qop": "auth",
		"nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093", "nonceCount": "00000001", "clientNonce": "0a4f113b",
		"opaque": "5ccc069c403ebaf9f0171e9517f40e41", "algorithm": "MD5",
	})
	signed, err := c.sign(request("GET http://www.nowhere.org/dir/index.html", ""), 0)
	want := `Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ` +
		`uri="/dir/index.html", algorithm="MD5", qop=auth, nc=00000001, cnonce="0a4f113b", ` +
		`response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"`
	if got := headerOf(signed, "Authorization"); got != want || err != nil {
		t.Errorf("Authorization = %s, %v\nwant %s (RFC 2617 section 3.5)", got, err, want)
	}
}

func TestDigestPicksAChallenge(t *testing.T) {
	const both = `Digest realm="r", nonce="new", algorithm=SHA-256, Digest realm="r", nonce="old", algorithm=MD5`
	tests := map[string]struct{ chosen, offer, want string }{
		"the chosen algorithm's":                  {"MD5", both, `nonce="old"`},
		"the first without a choice":              {"", both, `nonce="new"`},
		"the first where the choice is not there": {"SHA-512-256", both, `nonce="new"`},
		"the first that is known": {
			"", `Digest realm="r", nonce="x", algorithm=SHA3, Digest realm="r", nonce="y"`, `nonce="y"`,
		},
		"one that names no algorithm is MD5": {
			"MD5", `Basic realm="b", Digest realm="r", nonce="x", algorithm=SHA-256, Digest realm="r", nonce="y"`, `nonce="y"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := answered(t, "http://h/", test.offer, map[string]any{"username": "u", "algorithm": test.chosen})
			if !strings.Contains(got, test.want) {
				t.Errorf("answered %s, want %s", got, test.want)
			}
		})
	}
}

func TestDigestSaysWhichAlgorithmItDoesNotKnow(t *testing.T) {
	c := newCaller(t, "digest", map[string]any{"username": "u", "algorithm": "MD6", "realm": "r", "nonce": "n"})
	_, err := c.sign(request("GET http://h/", ""), 0)
	if err == nil || !strings.Contains(err.Error(), "MD6") {
		t.Errorf("Sign = %v, want an error that names MD6", err)
	}
}
