package jsvalue

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func FuzzCut(f *testing.F) {
	for _, s := range []string{"", "abc", "é€", "😀x😀", "\xed\xa0\xbdx"} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		text := TextOf(goja.StringFromUTF16(UnitsOf(strings.ToValidUTF8(s, "?"))))
		units := UnitsOf(text)
		if Length(text) != len(units) {
			t.Fatalf("Length(%q) = %d, want %d", text, Length(text), len(units))
		}
		if n < 0 || n > len(units) {
			return
		}
		got := goja.StringFromUTF16(UnitsOf(Cut(text, n)))
		if want := goja.StringFromUTF16(units[:n]); !got.StrictEquals(want) {
			t.Errorf("Cut(%q, %d) = %q, want %q", text, n, got, want)
		}
	})
}
