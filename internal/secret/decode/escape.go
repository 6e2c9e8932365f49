package decode

import (
	"html"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Unescape undoes each escape of text once: %41, %u0041, the backslashes of JSON and
// JavaScript, &amp; and &#65;. What is no escape stays as it is. ok is false when nothing was
// decoded; the View must not be used then. A text that was escaped twice needs two calls.
func Unescape(text string) (v View, ok bool) {
	next := nextEscape(text, 0)
	if next < 0 {
		return View{}, false
	}
	var b []byte
	var char [2 * utf8.UTFMax]byte // what one escape stands for
	done := 0
	for i := next; i >= 0; i = nextEscape(text, i) {
		made, length := one(text[i:], char[:0])
		if length == 0 {
			i++
			continue
		}
		if b == nil {
			b = make([]byte, 0, len(text))
			v.marks = append(v.marks, mark{})
		}
		b = append(b, text[done:i]...)
		// Two escapes that follow each other have no copied bytes between them, and no mark
		// for these.
		if last := len(v.marks) - 1; v.marks[last].dst == len(b) && !v.marks[last].unit {
			v.marks = v.marks[:last]
		}
		if len(made) > 0 {
			v.marks = append(v.marks, mark{dst: len(b), src: i, unit: true})
			b = append(b, made...)
		}
		i += length
		done = i
		v.marks = append(v.marks, mark{dst: len(b), src: i})
	}
	if b == nil {
		return View{}, false
	}
	v.Text = string(append(b, text[done:]...))
	return v, true
}

// Escapes reports whether text has a character that an escape begins with. It is quicker than
// Unescape and may be wrong in the affirmative only.
func Escapes(text string) bool {
	return strings.IndexByte(text, '%') >= 0 || strings.IndexByte(text, '\\') >= 0 || strings.IndexByte(text, '&') >= 0
}

// nextEscape is where the next escape may begin, -1 for none.
func nextEscape(text string, from int) int {
	for i := from; i < len(text); i++ {
		if class[text[i]]&escapes != 0 {
			return i
		}
	}
	return -1
}

// Partial reports whether text, which begins with the first character of an escape, is the
// beginning of one: %4, \u00, &am. The rest may come with the next piece of a stream.
func Partial(text string) bool {
	if _, length := one(text, nil); length > 0 {
		return false
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(text[1:], "\\"), "u"), "x")
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "#"), "x")
	for i := range len(rest) {
		if digit[rest[i]] < 0 && (text[0] != '&' || class[rest[i]]&word == 0) {
			return false
		}
	}
	return true
}

// one reads the escape at the beginning of text. length is 0 if text does not begin with one.
// made is appended to to.
func one(text string, to []byte) (made []byte, length int) {
	if len(text) < 2 {
		return nil, 0
	}
	switch text[0] {
	case '%':
		return percent(text, to)
	case '\\':
		return backslash(text, to)
	}
	return entity(text, to)
}

// percent reads %41 (RFC 3986 2.1), or the %u0041 of JavaScript's escape (ECMA-262 B.2.1.1).
func percent(text string, to []byte) ([]byte, int) {
	if n, ok := hexNumber(text, 1, 2); ok {
		return append(to, byte(n)), 3
	}
	if text[1] == 'u' || text[1] == 'U' { // JavaScript's escape()
		return units(text, to, text[:2])
	}
	return nil, 0
}

// units reads one \uXXXX, or two that are a pair of surrogates. prefix is \u or %u, with
// which the second must begin, too. Half a pair becomes U+FFFD.
func units(text string, to []byte, prefix string) ([]byte, int) {
	n, ok := hexNumber(text, 2, 4)
	if !ok {
		return nil, 0
	}
	const one = 6
	if r := rune(n); utf16.IsSurrogate(r) {
		if strings.HasPrefix(text[one:], prefix) {
			if low, ok := hexNumber(text[one:], 2, 4); ok {
				if both := utf16.DecodeRune(r, rune(low)); both != utf8.RuneError {
					return utf8.AppendRune(to, both), 2 * one
				}
			}
		}
	}
	return utf8.AppendRune(to, rune(n)), one
}

// backslash reads the escapes of JSON, JavaScript, Python and shells. It gives the bytes and
// how much of text they took; 0 where there is no escape. An escaped sign is the sign; an
// escaped letter that means nothing is no escape.
func backslash(text string, to []byte) ([]byte, int) {
	switch c := text[1]; c {
	case 'b':
		return append(to, '\b'), 2
	case 'f':
		return append(to, '\f'), 2
	case 'n':
		return append(to, '\n'), 2
	case 'r':
		return append(to, '\r'), 2
	case 't':
		return append(to, '\t'), 2
	case 'v':
		return append(to, '\v'), 2
	case '\n': // a line that goes on
		return to, 2
	case 'x':
		if n, ok := hexNumber(text, 2, 2); ok {
			return append(to, byte(n)), 4
		}
		return nil, 0
	case 'u', 'U':
		return unicodeEscape(text, to)
	default:
		switch {
		case c >= '0' && c <= '7':
			return octal(text, to)
		case c > ' ' && c < 0x7f && class[c]&word == 0:
			return append(to, c), 2
		}
	}
	return nil, 0
}

// unicodeEscape reads \u{1f600}, \U0001f600 and \ud83d\ude00.
func unicodeEscape(text string, to []byte) ([]byte, int) {
	if len(text) > 2 && text[2] == '{' {
		// The longest is \u{10ffff}, with room for leading zeros.
		end := strings.IndexByte(text[:min(len(text), 12)], '}')
		if end < 0 {
			return nil, 0
		}
		if n, ok := hexNumber(text, 3, end-3); ok {
			return utf8.AppendRune(to, rune(n)), end + 1
		}
		return nil, 0
	}
	if n, ok := hexNumber(text, 2, 8); ok && text[1] == 'U' { // Python's
		return utf8.AppendRune(to, rune(n)), 10
	}
	return units(text, to, text[:2])
}

// octal reads \0 and \101. A byte, as C and shells have it. \1 and \12 are references in
// patterns more often than characters.
func octal(text string, to []byte) ([]byte, int) {
	n, length := 0, 1
	for length < len(text) && length < 4 && text[length] >= '0' && text[length] <= '7' {
		n = n*8 + int(text[length]-'0')
		length++
	}
	if length != 2 && length != 4 || n > 0xff {
		return nil, 0
	}
	return append(to, byte(n)), length
}

// longestEntity is longer than any entity of HTML with its & and ;.
const longestEntity = 40

// entity reads an HTML entity, by name or by number. One of many names is only taken whole:
// &amp is not the beginning of &ampere;
func entity(text string, to []byte) ([]byte, int) {
	end := strings.IndexByte(text[:min(len(text), longestEntity)], ';')
	if end < 2 {
		return nil, 0
	}
	name := text[1:end]
	if name == "#0" || name == "#x0" || name == "#X0" { // HTML has no such character, and UTF-16 has it
		return append(to, 0), end + 1
	}
	for i := range len(name) {
		if class[name[i]]&word == 0 && (i > 0 || name[i] != '#') {
			return nil, 0
		}
	}
	decoded := html.UnescapeString(text[:end+1])
	partly := name[0] != '#' && name != "semi" && strings.HasSuffix(decoded, ";") // as &amp in &ampere;
	if decoded == text[:end+1] || partly {
		return nil, 0
	}
	return append(to, decoded...), end + 1
}

// hexNumber reads length hex digits of text from from on, 8 at most. ok is false where one of
// them is not a hex digit.
func hexNumber(text string, from, length int) (n uint32, ok bool) {
	const longest = 8
	if length < 1 || length > longest || from+length > len(text) {
		return 0, false
	}
	for i := from; i < from+length; i++ {
		d := digit[text[i]]
		if d < 0 {
			return 0, false
		}
		n = n<<4 | uint32(d)
	}
	return n, true
}
