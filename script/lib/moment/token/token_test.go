package token_test

import (
	"strings"
	"testing"

	"posthaste/script/lib/moment/token"
)

// FuzzScan holds that a format is its tokens, in their order, but for the ends of lines.
func FuzzScan(f *testing.F) {
	for _, s := range []string{"YYYY-MM-DD[T]HH:mm:ss.SSSZ", `[[x]] \[a\] \MM`, "[", "]", `\`, "w|W|", "å\n日本", "NNNNNN", "[a]b]c[", "DDDDo"} {
		f.Add(s)
	}
	ends := strings.NewReplacer("\n", "", "\r", "", "\u2028", "", "\u2029", "")
	f.Fuzz(func(t *testing.T, s string) {
		list := token.Scan(s)
		if got, want := ends.Replace(strings.Join(list, "")), ends.Replace(s); got != want {
			t.Errorf("%q has the tokens %q", s, list)
		}
		for _, x := range list {
			if x == "" {
				t.Errorf("%q has an empty token", s)
			}
		}
	})
}

// FuzzMatch holds that what a matcher finds stands in the text.
func FuzzMatch(f *testing.F) {
	f.Add("YYYY", "in 2024", true)
	f.Add("Z", "+02:3", false)
	f.Add("X", "-12.3456", false)
	f.Add("[a.b]", "xa.b", false)
	f.Fuzz(func(t *testing.T, tok, text string, strict bool) {
		find := token.Numeric(tok, strict)
		if find == nil {
			find = token.Literal(tok)
		}
		for _, find := range []token.Matcher{find, token.Word, token.Offset(strict), token.Timestamp} {
			if got, ok := find(text); ok && !strings.Contains(text, got) {
				t.Errorf("%q was found in %q", got, text)
			}
		}
	})
}
