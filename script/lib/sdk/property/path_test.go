package property

import (
	"strings"
	"testing"
)

func FuzzPathSteps(f *testing.F) {
	for _, seed := range []string{"a.b[0]", "a['b.c'].d", "[", "a[b", "..", "a.", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if in != "" && !strings.ContainsAny(in, ".[]") && len(pathSteps(in)) != 1 {
			t.Errorf("%q has steps %q", in, pathSteps(in))
		}
	})
}
