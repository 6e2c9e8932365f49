package pattern_test

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"posthaste/internal/openapi/pattern"
)

// A text is made for each expression, alone and with limits, and it matches by the engine that judges.
func TestTextsMatchTheirPattern(t *testing.T) {
	tests := []struct {
		name, pattern string
		least, most   int
	}{
		{"a literal", `^abc$`, 0, -1},
		{"nothing asked", ``, 0, -1},
		{"alternatives", `^(foo|bar)?x+$`, 0, -1},
		{"a class that is long enough", `^[a-z0-9-]{8,50}$`, 20, 30},
		{"only long texts", `^[a-z]+$`, 900, 1000},
		{"exactly so long", `^\d+$`, 16, 16},
		{"a number of parts", `^\+?\d{1,3}-\d{4,}$`, 12, 12},
		{"a password", `^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!@#$%^&*]).{8,32}$`, 0, -1},
		{"a password without a blank", `^(?=.*\d)(?=.*[A-Z])(?!.*\s)[\S]{10,}$`, 0, 20},
		{"a lookahead that says all", `^(?=[A-Z]{3}$).*`, 0, -1},
		{"two lookaheads", `^(?=.{5,9}$)(?=.*-)[a-z-]+$`, 0, -1},
		{"not this word", `^(?!foo|bar)[a-z]{3}$`, 0, -1},
		{"not the first letters", `^(?![a-m])[a-z]$`, 0, -1},
		{"not only zeros", `^(?!0+$)[0-9]{4}$`, 0, -1},
		{"no hyphen twice", `^(?!.*--)[a-z][a-z0-9-]*[a-z0-9]$`, 5, 40},
		{"a lookbehind", `^[a-z-]+(?<!-)$`, 3, -1},
		{"the same quote", `^(["'])\w+\1$`, 0, -1},
		{"a group with a name", `^(?<q>["'])x\k<q>$`, 0, -1},
		{"a repeated word", `^(\w{3}) \1 \1$`, 0, -1},
		{"unicode", `^[\p{Lu}][\p{L} ]+$`, 0, -1},
		{"a script", `^\p{Script=Greek}{3}$`, 0, -1},
		{"codes", `^\x41\u0042\cA?$`, 0, -1},
		{"an opposite class", `^[^a-zA-Z0-9]$`, 0, -1},
		{"an opposite in a class", `^[\D]$`, 0, -1},
		{"a hyphen at the end", `^[\w-]+$`, 0, -1},
		{"a brace that is one", `^a{x}$`, 0, -1},
		{"lazy", `^a+?b*?$`, 0, -1},
		{"word boundaries", `\bfoo\b`, 0, -1},
		{"flags", `(?i)^abc$`, 0, -1},
		{"nested repetition", `^((ab)+c)+$`, 10, -1},
		{"an address", `^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$`, 0, -1},
		{"a day", `^(19|20)\d\d-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])$`, 0, -1},
		{"a colour", `^#([0-9a-fA-F]{3}){1,2}$`, 0, -1},
		{"a range of numbers", `^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$`, 0, -1},
		{"version", `^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)))?$`, 0, -1},
		{"not anchored", `\d{4}`, 8, 8},
		{"resource name", `^(?!\.)(?!.*\.$)(?!.*\.\.)[a-z0-9.]{3,63}$`, 3, 63},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			re, err := regexp2.Compile(tt.pattern, regexp2.ECMAScript|regexp2.Unicode)
			if err != nil {
				if re, err = regexp2.Compile(tt.pattern, regexp2.None); err != nil {
					t.Fatal(err)
				}
			}
			fits := func(text string) bool {
				ok, err := re.MatchString(text)
				return ok && err == nil
			}
			for seed := range uint64(20) {
				l := pattern.Limits{Least: tt.least, Most: tt.most, Fits: fits}
				if seed > 0 {
					l.Rand = rand.New(rand.NewPCG(seed, 0))
				}
				text, ok := pattern.Text(tt.pattern, l)
				if !ok {
					t.Fatalf("seed %d: no text was found", seed)
				}
				if n := utf8.RuneCountInString(text); !fits(text) || n < tt.least || tt.most >= 0 && n > tt.most {
					t.Errorf("seed %d: %q (%d characters)", seed, text, n)
				}
			}
		})
	}
}

// What no text matches, and what cannot be read, ends soon and says so.
func TestSomePatternsHaveNoText(t *testing.T) {
	for name, expression := range map[string]string{
		"a contradiction":      `^(?=a)b$`,
		"nothing":              `[^\s\S]`,
		"more than is written": `^.{1000000}$`,
		"nested counts":        `^((a{1000}){1000}){1000}$`,
		"an open group":        `(a`,
		"an open class":        `[a`,
		"a lone bracket":       `a)`,
		"nothing to repeat":    `*a`,
		"an unknown property":  `\p{Nonsense}`,
		"a backslash":          `a\`,
		"a range that is not":  `[z-a]`,
		"counts that are not":  `a{5,2}`,
	} {
		t.Run(name, func(t *testing.T) {
			re, err := regexp2.Compile(expression, regexp2.ECMAScript)
			fits := func(text string) bool {
				if err != nil {
					return false
				}
				ok, err := re.MatchString(text)
				return ok && err == nil
			}
			if text, ok := pattern.Text(expression, pattern.Limits{Most: 100, Fits: fits}); ok {
				t.Errorf("got %q", text)
			}
		})
	}
}

// FuzzText never panics, and what it returns is what was asked for.
func FuzzText(f *testing.F) {
	for _, seed := range []string{`^(?=.*[a-z])\w{8,}$`, `(a|b)*\1`, `[^\]-x]`, `\p{L}+\u{1F600}`, `(?<n>a)\k<n>`, `a{2,`, `((((`, `[[:alpha:]]`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		asked := 0
		text, ok := pattern.Text(expression, pattern.Limits{Least: 1, Most: 50, Fits: func(string) bool { asked++; return asked == 3 }})
		if n := utf8.RuneCountInString(text); ok && (n < 1 || n > 50) {
			t.Errorf("%q has %d characters", text, n)
		}
	})
}
