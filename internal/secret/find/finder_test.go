package find_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"posthaste/internal/secret/find"
)

// pieces are what texts that hold secrets, and texts that nearly do, are made of.
func pieces() []string {
	return []string{
		"password", "token", "apiKey", "client_secret", "reference", "authorizedAmount", "order-1", "S3cr3t-Value/1", "hunter2", "49900", "two pairs of socks",
		":", "=", " ", ",", ";", "&", "?", "/", "://", "@", ".", "-", `"`, "'", "`", "{", "}", "[", "]", "<", ">", "</", "\\", `\"`, "\n", "%3D", "%3A", `\u003d`, `\x3a`, "&#61;",
		"=>", "Bearer ", "Basic ", "dXNlcjpwYXNzd29yZA==", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N", "eyJ",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq\n-----END RSA PRIVATE KEY-----", "-----", "ghp_" + strings.Repeat("a1", 20), "glpat-", "sk_live_0123456789abcdef",
		"xoxb-1234567890a", "AIza", `form-data; name="token"`, "\r\n\r\n", "https://user:pa55word@example.com/", "<input name=\"password\" value=\"", "card number", "x",
	}
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(12) {
		b.WriteString(pieces()[r.IntN(len(pieces()))])
	}
	return b.String()
}

type one struct{ name, value string }

func all(look func(find.Found)) (list []one) {
	look(func(name, value string) { list = append(list, one{name, value}) })
	return list
}

// A Finder that remembers finds what the functions find that do not, and where a glance says that there is nothing,
// there is nothing.
func TestAFinderFindsWhatTheFunctionsFind(t *testing.T) {
	t.Parallel()
	rounds := 100_000
	if testing.Short() {
		rounds /= 10
	}
	r := rand.New(rand.NewPCG(5, 6))
	var f find.Finder
	with, nothing := 0, 0
	for range rounds {
		text, name := randomText(r), pieces()[r.IntN(11)]
		for what, both := range map[string][2][]one{
			"Text":      {all(func(g find.Found) { find.Text(text, g) }), all(func(g find.Found) { f.Text(text, g) })},
			"Header":    {all(func(g find.Found) { find.Header(name, text, g) }), all(func(g find.Found) { f.Header(name, text, g) })},
			"Parameter": {all(func(g find.Found) { find.Parameter(name, text, g) }), all(func(g find.Found) { f.Parameter(name, text, g) })},
			"Parts":     {all(func(g find.Found) { find.Parts(text, g) }), all(func(g find.Found) { f.Parts(text, g) })},
		} {
			if !slices.Equal(both[0], both[1]) {
				t.Fatalf("%s of %q: the function finds %q, the Finder %q", what, text, both[0], both[1])
			}
			if what != "Text" {
				continue
			}
			if len(both[0]) > 0 {
				with++
			}
			if find.Nothing(text) {
				nothing++
				if len(both[0]) > 0 {
					t.Fatalf("a glance at %q finds nothing, Text %q", text, both[0])
				}
			}
		}
	}
	if with < rounds/10 || nothing < rounds/100 {
		t.Errorf("of %d texts %d hold something, %d hold nothing at a glance: too few to say anything", rounds, with, nothing)
	}
}

func FuzzNothing(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		f.Add(randomText(r))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if found := all(func(g find.Found) { find.Text(text, g) }); find.Nothing(text) && len(found) > 0 {
			t.Errorf("a glance at %q finds nothing, Text %q", text, found)
		}
	})
}
