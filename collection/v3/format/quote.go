package format

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Quote returns a text in YAML's double quotes. What YAML takes for a line end, or a reader might not show, is
// escaped; bytes that are no UTF-8 become U+FFFD.
func Quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x20 || r >= 0x7F && r < 0xA0:
			fmt.Fprintf(&b, `\x%02X`, r)
		case NeedsEscape(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// NeedsEscape tells of characters that YAML reads as a line end, or not at all.
func NeedsEscape(r rune) bool {
	return r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF || r < 0x20 && r != '\t' || r >= 0x7F && r < 0xA0 || !utf8.ValidRune(r)
}
