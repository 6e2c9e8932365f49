package header

import "testing"

// FuzzParseHeaders feeds the parser that takes what scripts write.
func FuzzParseHeaders(f *testing.F) {
	for _, seed := range []string{"A: b\r\n c\r\nD:e", ":", "a", "\n\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, h := range parseHeaders(in) {
			if h.Key == "" {
				t.Errorf("%q has a header without a name", in)
			}
		}
	})
}
