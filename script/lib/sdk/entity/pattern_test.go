package entity

import "testing"

func FuzzParsePattern(f *testing.F) {
	for _, seed := range []string{"https://*.h:*/a?b*", "<all_urls>", "*://", "http+https://a/*"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, in string) { _ = parsePattern(in) })
}
