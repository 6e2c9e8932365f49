package verify

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// undecodable lists the forms of a value that no decoder leads back from: other character
// sets, whose bytes nothing tells from those of a text, other line ends, and the lower case
// that a host is written in. They are learnt as secrets of their own.
func undecodable(value string) (list []string) {
	const longestHost = 253
	if folded := strings.ToLower(value); folded != value && len(value) >= decoded && len(value) <= longestHost && strings.IndexFunc(value, unicode.IsDigit) >= 0 {
		list = append(list, folded)
	}
	if strings.Contains(value, "\n") {
		lines := strings.ReplaceAll(value, "\r\n", "\n")
		list = append(list, lines, strings.ReplaceAll(lines, "\n", "\r\n"), strings.ReplaceAll(lines, "\n", " "))
	}
	// ASCII is the same in all of these.
	if strings.IndexFunc(value, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return list
	}
	var little, big, latin, misread []byte
	for _, u := range utf16.Encode([]rune(value)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	// UTF-8 that was taken for Latin-1 and encoded again, a frequent accident.
	for i := range len(value) {
		misread = utf8.AppendRune(misread, rune(value[i]))
	}
	fits := true
	for _, r := range value {
		fits = fits && r <= 0xff
		latin = append(latin, byte(r))
	}
	if fits {
		list = append(list, string(latin))
	}
	return append(list, string(little), string(big), string(misread))
}
