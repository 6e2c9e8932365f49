package redact_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"posthaste/internal/redact"
	"posthaste/internal/secret/secrettest"
)

const secret = `Y8K"teew6/GE2+Zmey<c>==`

func TestASecretIsFoundInEveryEncoding(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, value := range secrettest.Values() {
		var set redact.Set
		set.Pin("client_secret", value)
		for _, e := range secrettest.Encoders() {
			for range 20 {
				text := e.To(r, value)
				if got := set.Mask("see " + text + " end"); !strings.Contains(got, redact.Mask) && !strings.Contains(got, "42,42,42,42,42,42") {
					t.Errorf("%q as %s is shown: %q", value, e.Name, got)
					break
				}
			}
		}
	}
}

// An infinite class: up to four encodings around each other, with other text at every level.
func TestASecretIsFoundInEncodingsAroundEachOther(t *testing.T) {
	t.Parallel()
	const longest = 60_000
	rounds := 5000
	if testing.Short() {
		rounds /= 10
	}
	r := rand.New(rand.NewPCG(3, 4))
	list := secrettest.Encoders()
	failed := 0
	for range rounds {
		value := secrettest.Values()[r.IntN(len(secrettest.Values()))]
		var set redact.Set
		set.Pin("client_secret", value)
		text, chain := value, ""
		for range 1 + r.IntN(4) {
			e := list[r.IntN(len(list))]
			if len(text) > 2000 && e.Wide || !e.Takes(text) {
				continue
			}
			text, chain = e.To(r, text), chain+", "+e.Name
		}
		before, behind := "", ""
		if r.IntN(2) == 0 {
			before, behind = "see ", " end"
		}
		if len(text) > longest {
			continue
		}
		got := set.Mask(before + text + behind)
		if got == before+text+behind {
			if failed++; failed < 12 {
				t.Errorf("%q%s is shown: %.200q", value, chain, text)
			}
			continue
		}
		if again := set.Mask(got); again != got {
			t.Errorf("%q%s: what was masked is masked again:\n%.300q\n%.300q", value, chain, got, again)
		}
	}
	if failed > 0 {
		t.Errorf("%d of %d are shown", failed, rounds)
	}
}

func TestWhatIsAroundASecretStays(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"in a sentence":       {"the key is fb492b5e-7907-4d83-ba20-c7fb60ca35de.", "the key is ******."},
		"twice":               {"p@ss word!1234p@ss word!1234", "************"},
		"in a URL":            {"https://h/a%20b?k=p%40ss+word%211234&x=%41", "https://h/a%20b?k=******&x=%41"},
		"in JSON in JSON":     {`{"a":"{\"k\":\"it's \\\"quoted\\\"\"}","b":"\u0041"}`, `{"a":"{\"k\":\"******\"}","b":"\u0041"}`},
		"in hex":              {"<Buffer 70 40 73 73 20 77 6f 72 64 21 31 32 33 34>", "<Buffer ******>"},
		"as a list":           {"[1, 112, 64, 115, 115, 32, 119, 111, 114, 100, 33, 49, 50, 51, 52, 2]", "[1, 42,42,42,42,42,42, 2]"},
		"in base64":           {"Basic dXNlcjpwQHNzIHdvcmQhMTIzNA==, and more", "Basic dXNlcj******==, and more"},
		"overlapping another": {"100%25sure&amp;so", "******"},
		"placeholders":        {"{{token}} <Go to the portal>", "{{token}} <Go to the portal>"},
		"cut off":             {"'see fb492b5e-7907-4d…'", "'see ******…'"},
		"cut off, encoded":    {"'p%40ss%20wor…' and 'cEBzcyB3b3Jk…'", "'******…' and '******…'"},
		"cut off too early":   {"'fb492b5…", "'fb492b5…"},
		"a part of one":       {"fb492b5e-7907-4d83-ba20", "fb492b5e-7907-4d83-ba20"},
	}
	var set redact.Set
	for _, value := range secrettest.Values() {
		set.Pin("a secret", value)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := set.Mask(test.text); got != test.want {
				t.Errorf("Mask(%q)\n = %q, want\n   %q", test.text, got, test.want)
			}
		})
	}
}

func TestOverlappingSecretsAreMaskedAsOne(t *testing.T) {
	var set redact.Set
	set.Pin("a", "abcdefgh")
	set.Pin("b", "efghijkl")
	set.Pin("c", "abcdefgh-and-more")
	for text, want := range map[string]string{
		"x abcdefghijkl y": "x ****** y", "x abcdefgh-and-more y": "x ****** y", "x abcdefg": "x abcdefg", "abcdeabcdefgh": "abcde******",
	} {
		if got := set.Mask(text); got != want {
			t.Errorf("Mask(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsNoSecretStays(t *testing.T) {
	for _, value := range []string{"", " ", "null", "true", "False", "0", "1", "undefined", "Bearer", "{{access_token}}", "{}", "[]", redact.Mask} {
		var set redact.Set
		if set.Pin("token", value) || set.Add("token", value) {
			t.Errorf("%q was made a secret", value)
		}
		if got := set.Mask(value); got != value {
			t.Errorf("Mask(%q) = %q", value, got)
		}
	}
}

func TestShortSecretsAreMaskedAsWholeValuesOnly(t *testing.T) {
	var set redact.Set
	for _, value := range []string{"1234", "admin", "x", "{{a", "<b>"} {
		set.Pin("pin", value)
		if got := set.Mask(value); got != redact.Mask {
			t.Errorf("Mask(%q) = %q, want %q", value, got, redact.Mask)
		}
		for _, text := range []string{"order " + value + "5", value + value, fmt.Sprintf("%x", value+value)} {
			if got := set.Mask(text); got != text {
				t.Errorf("Mask(%q) = %q: a short secret was masked inside another text", text, got)
			}
		}
	}
	if got := set.Text("1234"); got != "1234" {
		t.Errorf("Text = %q", got)
	}
	if got := set.ShortNames(); len(got) != 5 {
		t.Errorf("ShortNames = %v", got)
	}
}

func TestAnEmptySetChangesNothing(t *testing.T) {
	var none *redact.Set
	var empty redact.Set
	for _, set := range []*redact.Set{none, &empty} {
		if got := set.Mask("text of no secret"); got != "text of no secret" {
			t.Errorf("Mask = %q", got)
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add(`{"a":"\u0041%41&#65;"}`, 3, uint64(1))
	f.Add("dXNlcjpwQHNzIHdvcmQhMTIzNA==", 0, uint64(2))
	f.Fuzz(func(t *testing.T, noise string, at int, seed uint64) {
		r := rand.New(rand.NewPCG(seed, seed))
		value := secrettest.Values()[r.IntN(len(secrettest.Values()))]
		var set redact.Set
		set.Pin("client_secret", value)
		if at < 0 || at > len(noise) {
			at = len(noise)
		}
		got := set.Mask(noise[:at] + " " + value + " " + noise[at:])
		if strings.Contains(got, value) || !strings.Contains(got, redact.Mask) {
			t.Errorf("%q is shown: %q", value, got)
		}
	})
}
