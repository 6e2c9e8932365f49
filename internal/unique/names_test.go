package unique_test

import (
	"testing"

	"posthaste/internal/unique"
)

func TestNextNumbersWhatComesAgain(t *testing.T) {
	names := unique.Names{}
	seen := map[string]bool{}
	for i, test := range []struct{ give, want string }{
		{"a", "a"}, {"a", "a (2)"}, {"b", "b"}, {"a (3)", "a (3)"}, {"a", "a (4)"}, {"a (2)", "a (2) (2)"}, {"", ""}, {"", " (2)"},
	} {
		got := names.Next(test.give)
		if got != test.want {
			t.Errorf("call %d: Next(%q) = %q, want %q", i, test.give, got, test.want)
		}
		if seen[got] {
			t.Errorf("call %d: Next(%q) = %q, which was returned before", i, test.give, got)
		}
		seen[got] = true
	}
}
