package decode

import (
	"unicode/utf16"
	"unicode/utf8"
)

// utf16 reads the whole text as units of two bytes: of either order, from its first or its
// second byte on. Half a pair of surrogates becomes U+FFFD.
func (r *regions) utf16() {
	for variant := range 4 {
		var g gathering
		big, skip := variant&1, variant>>1
		unit := func(i int) rune {
			return rune(r.text[i+1-big])<<8 | rune(r.text[i+big])
		}
		for i := skip; i+1 < len(r.text); {
			char, size := unit(i), 2
			if utf16.IsSurrogate(char) && i+3 < len(r.text) {
				if both := utf16.DecodeRune(char, unit(i+2)); both != utf8.RuneError {
					char, size = both, 4
				}
			}
			var made [utf8.UTFMax]byte
			for _, b := range utf8.AppendRune(made[:0], char) {
				g.add(b, i, i+size)
			}
			i += size
		}
		r.flush(&g)
	}
}
