package rewrite

import "testing"

func TestClassSets(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"no class":            {`a\[b`, `a\[b`},
		"a plain class":       {`[a-z\d]`, `[a-z\d]`},
		"a negated class":     {`[^a]`, `[^a]`},
		"a set in a set":      {`[[a-c][x]y]`, `[a-cxy]`},
		"difference":          {`[\w--[a-z]]`, `(?:(?:(?![a-z])[\w]))`},
		"intersection":        {`[\w&&\d]`, `(?:(?:(?=[\d])[\w]))`},
		"negated difference":  {`[^\w--a]`, `(?:(?!(?:(?:(?![a])[\w])))[^])`},
		"strings":             {`[\q{abc|d}e]`, `(?:(?:(?:abc|d))|[e])`},
		"properties":          {`[\p{L}--\p{Lu}]`, `(?:(?:(?![\p{Lu}])[\p{L}]))`},
		"a negated inner set": {`[a[^b]]`, `(?:[^b]|[a])`},
		"no end":              {`[a--`, `[a--`},
		"an escaped bracket":  {`[\]a]`, `[\]a]`},
		"nothing":             {``, ``},
		"an empty class":      {`[]`, `[]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := ClassSets(test.give); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// No pattern makes the reader loop or panic.
func FuzzClassSets(f *testing.F) {
	for _, seed := range []string{"[a--[b]]", "[\\q{a|b}&&\\p{L}]", "[[[", "[\\", "[a-", "[^]"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, pattern string) { ClassSets(pattern) })
}
