package url

import (
	"strings"
	"testing"
)

func FuzzSplitDomain(f *testing.F) {
	for _, seed := range []string{"a.{{b.c}}.d", "", ".", "{{", "a..b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if got := strings.Join(splitDomain(in), "."); got != in {
			t.Errorf("the labels of %q make %q", in, got)
		}
	})
}
