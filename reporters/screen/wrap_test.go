package screen

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrapKeepsWordsAndIndents(t *testing.T) {
	tests := map[string]struct {
		give string
		n    int
		want []string
	}{
		"short text is one line":                {"a b", 10, []string{"a b"}},
		"nothing is one empty line":             {"", 10, []string{""}},
		"a line breaks at a space":              {"aaa bbb ccc", 7, []string{"aaa bbb", "ccc"}},
		"a long word stands alone and is whole": {"a 0123456789 b", 5, []string{"a", "0123456789", "b"}},
		"an indent stays on every line":         {"  aaa bbb", 5, []string{"  aaa", "  bbb"}},
		"line breaks stay":                      {"a\n\nb", 5, []string{"a", "", "b"}},
		"wide characters take two columns":      {"支払 支払", 5, []string{"支払", "支払"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Wrap(test.give, test.n)); diff != "" {
				t.Errorf("wrap(%q, %d) differs (-want +got):\n%s", test.give, test.n, diff)
			}
		})
	}
}
