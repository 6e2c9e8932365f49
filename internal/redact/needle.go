package redact

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"posthaste/internal/secret/decode"
)

// needles are what is looked for in a text and in all that it decodes to.
type needles struct {
	tree   tree
	binary bool // a secret has bytes that are no ASCII
	deep   int  // how often a secret could be decoded itself: what looks like an escape in it
	size   int  // bytes of all needles, about
}

// needleSize is about what a needle takes besides its text: nodes, and its secret's place in the Set.
const needleSize = 128

// learn adds value and the few other ways in which it can stand in a text that decoding does not lead back to it.
func (n *needles) learn(value string) {
	n.add(value, value)
	if lower := strings.ToLower(value); lower != value && hostLike(value) {
		n.add(lower, value)
	}
	if !strings.ContainsAny(value, "%\\& +\"'\r\n") && ascii(value) {
		return // it is as it is
	}
	for _, one := range append([]string{value}, decoded(value)...) {
		n.add(one, value)
		for _, swap := range swaps() {
			if other := strings.ReplaceAll(one, swap[0], swap[1]); other != one {
				n.add(other, value)
			}
		}
	}
	n.deep = max(n.deep, len(decoded(value)))
	if !ascii(value) {
		n.binary = true
		for _, other := range charsets(value) {
			n.add(other, value)
		}
	}
}

// hostLike reports whether value can be a host, which is shown in lower case: by us, by what resolves it, by browsers.
// Without a digit it may be a word, whose lower case stands in many texts.
func hostLike(value string) bool {
	const shortest, longest = 8, 253 // RFC 1035
	return len(value) >= shortest && len(value) <= longest && strings.ContainsAny(value, "0123456789")
}

// Shorter texts would be found everywhere, and a report of nothing but masks helps nobody.
func (n *needles) add(text, origin string) {
	if len(text) < Short {
		return
	}
	n.tree.add(text, origin)
	n.size += len(text) + needleSize
}

// swaps are replacements that encoders make without an escape: blanks in forms, quotes in CSV, SQL and YAML, line ends.
func swaps() [][2]string {
	return [][2]string{{" ", "+"}, {"+", " "}, {`"`, `""`}, {"'", "''"}, {"'", `'\''`}, {"\r\n", "\n"}, {"\n", "\r\n"}, {"\n", " "}}
}

// decoded lists what value decodes to when it holds what looks like an escape: a text that decodes to value goes on to
// decode to that.
func decoded(value string) (list []string) {
	const deepest = 4
	for range deepest {
		v, ok := decode.Unescape(value)
		if !ok {
			break
		}
		value = v.Text
		list = append(list, value)
	}
	return list
}

// charsets are value as other character sets write and misread it: Latin-1, Latin-1 read as UTF-8, UTF-8 read as
// Latin-1, and UTF-16, which is told by its zero bytes only where characters are of ASCII.
func charsets(value string) (list []string) {
	var latin, misread, replaced []byte
	fits := utf8.ValidString(value)
	for _, r := range value {
		if r > 0xff {
			fits = false
			break
		}
		latin = append(latin, byte(r))
		if r >= utf8.RuneSelf {
			r = utf8.RuneError
		}
		replaced = utf8.AppendRune(replaced, r)
	}
	for i := range len(value) {
		misread = utf8.AppendRune(misread, rune(value[i]))
	}
	if fits {
		list = append(list, string(latin), string(replaced))
	}
	var little, big []byte
	for _, u := range utf16.Encode([]rune(value)) {
		little = binary.LittleEndian.AppendUint16(little, u)
		big = binary.BigEndian.AppendUint16(big, u)
	}
	return append(list, string(misread), string(little), string(big))
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
