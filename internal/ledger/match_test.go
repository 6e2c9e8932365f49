package ledger

import (
	"net/url"
	"strings"
	"testing"
)

// What tells at a glance that an address does not match must not say so of one that does.
func TestTheGlanceLosesNoAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		pattern, address, id string
		ok                   bool
	}{
		"as it is":                     {"/epayment/v1/payments/{id}", "https://h/epayment/v1/payments/r-1", "r-1", true},
		"behind a gateway":             {"/v1/payments/{id}/{act}", "https://h/gate/v1/payments/r-1/capture?x=1#y", "r-1", true},
		"a slash at the end":           {"/v1/payments", "https://h/v1/payments/", "", true},
		"a letter that is encoded":     {"/v1/payments/{id}", "https://h/v1/%70ayments/r-1 x", "r-1 x", true},
		"an id that is encoded":        {"/v1/payments/{id}", "https://h/v1/payments/a%2Fb", "a/b", true},
		"another path":                 {"/v1/payments/{id}", "https://h/v1/agreements/r-1", "", false},
		"the words in another order":   {"/v1/payments/{id}", "https://h/payments/v1/r-1", "", false},
		"the words in the query alone": {"/v1/payments/{id}", "https://h/a/b/c?v1=payments", "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if id, ok := match(test.pattern, test.address); id != test.id || ok != test.ok {
				t.Errorf("match(%q, %q) = %q, %t, want %q, %t", test.pattern, test.address, id, ok, test.id, test.ok)
			}
		})
	}
}

// Any address in which a pattern's fixed segments do not stand has a path that does not match.
func FuzzTheGlance(f *testing.F) {
	f.Add("/v1/payments/{id}", "https://h/v1/%70ayments/r 1")
	f.Add("/a/{id}", "http://h/\"/a/b")
	f.Fuzz(func(t *testing.T, pattern, address string) {
		u, err := url.Parse(address)
		if err != nil || mayMatch(pattern, address) || strings.ContainsAny(pattern, "%\"<>\\^`{|} ") || pattern == "" {
			return
		}
		path := strings.TrimSuffix(u.EscapedPath(), "/")
		if strings.HasSuffix(path, "/"+strings.TrimPrefix(pattern, "/")) {
			t.Errorf("mayMatch(%q, %q) is false, and the path is %q", pattern, address, path)
		}
	})
}
