package jsontext

import "math/bits"

// Large answers are looked through once, which finds what is wrong with them and where their
// large objects and arrays are. Values are made of those when a script looks into them.
const (
	lazyText  = 32 << 10 // shorter texts are parsed at once
	lazyShare = 4        // objects and arrays with less than this share of it, not counting lazy ones inside, are made with the one around them
)

// A part is a large object or array of a text, from its bracket to behind the closing one.
type part struct {
	start, end int
	at         []uint32 // where its items start, or its keys
}

// A Scan looks through a text. It makes no values, which is why it is several times faster
// than parsing.
type Scan struct {
	S     string
	stop  func() bool
	Least int      // bytes of a part, without the parts inside
	n     int      // containers seen
	depth int      // of the one that is open
	at    []uint32 // where items and keys of the open ones start, the innermost last
	lazy  int      // bytes of s that belong to parts so far
	parts []part   // in the order in which they end
}

// Scan looks through the whole of s. It says false of what Parse refuses, and where it was
// stopped. What is wrong is then found by parsing.
func (x *Scan) Scan() bool {
	i := x.value(skipSpace(x.S, 0))
	return i >= 0 && skipSpace(x.S, i) == len(x.S)
}

// value returns where the value at i ends, or -1.
func (x *Scan) value(i int) int {
	if i >= len(x.S) {
		return -1
	}
	switch c := x.S[i]; c {
	case '"':
		return skipText(x.S, i+1)
	case '{':
		return x.object(i)
	case '[':
		return x.array(i)
	case 't':
		return skipWord(x.S, i, "true")
	case 'f':
		return skipWord(x.S, i, "false")
	case 'n':
		return skipWord(x.S, i, "null")
	default:
		return skipNumber(x.S, i)
	}
}

// enter counts a container and says whether to look into it. Now and then it asks whether to
// go on.
func (x *Scan) enter() bool {
	x.depth++
	x.n++
	return x.depth <= maxJSONDepth && (x.n&1023 != 0 || x.stop == nil || !x.stop())
}

// leave notes the container that began at start, where x.at had base entries and lazy bytes
// were parts. It is a part when enough of it belongs to no part inside.
func (x *Scan) leave(start, end, base, lazy int) {
	if own := end - start - (x.lazy - lazy); own >= x.Least {
		at := append([]uint32(nil), x.at[base:]...)
		x.parts = append(x.parts, part{start, end, at})
		x.lazy = lazy + end - start
	}
	x.at = x.at[:base]
	x.depth--
}

// object notes where members begin, without making them: they are made when a script reads
// them.
func (x *Scan) object(start int) int {
	if !x.enter() {
		return -1
	}
	base, lazy := len(x.at), x.lazy
	s := x.S
	i := skipSpace(s, start+1)
	if i < len(s) && s[i] == '}' {
		x.depth--
		return i + 1
	}
	for i < len(s) && s[i] == '"' {
		x.at = append(x.at, uint32(i))
		if i = skipText(s, i+1); i < 0 {
			return -1
		}
		if i >= len(s) || s[i] != ':' {
			if i = skipSpace(s, i); i >= len(s) || s[i] != ':' {
				return -1
			}
		}
		if i = x.value(skipSpace(s, i+1)); i < 0 {
			return -1
		}
		if i = skipSpace(s, i); i >= len(s) {
			return -1
		}
		if s[i] == '}' {
			x.leave(start, i+1, base, lazy)
			return i + 1
		}
		if s[i] != ',' {
			return -1
		}
		i = skipSpace(s, i+1)
	}
	return -1
}

// array notes where items begin. i stands at the first item.
func (x *Scan) array(start int) int {
	if !x.enter() {
		return -1
	}
	base, lazy := len(x.at), x.lazy
	s := x.S
	i := skipSpace(s, start+1)
	if i < len(s) && s[i] == ']' {
		x.depth--
		return i + 1
	}
	for {
		x.at = append(x.at, uint32(i))
		if i = x.value(i); i < 0 {
			return -1
		}
		if i = skipSpace(s, i); i >= len(s) {
			return -1
		}
		if s[i] == ']' {
			x.leave(start, i+1, base, lazy)
			return i + 1
		}
		if s[i] != ',' {
			return -1
		}
		i = skipSpace(s, i+1)
	}
}

// skipSpace passes over JSON's four kinds of white space; other control characters are errors
// elsewhere.
func skipSpace(s string, i int) int {
	for i < len(s) && s[i] <= ' ' {
		if c := s[i]; c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return i
		}
		i++
	}
	return i
}

// skipWord returns the end of the word at i, or -1.
func skipWord(s string, i int, word string) int {
	if len(s)-i < len(word) || s[i:i+len(word)] != word {
		return -1
	}
	return i + len(word)
}

// Eight bytes at a time: every byte 1, and the high bit of every byte.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// skipText returns the end of the text whose first character is at i, or -1. It looks for a
// quote, a backslash or a control character eight bytes at a time: most of a response is
// text.
func skipText(s string, i int) int {
	for {
		for i+8 <= len(s) {
			b := s[i : i+8]
			w := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
				uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
			quote, slash := w^('"'*ones), w^('\\'*ones)
			// The lowest of these bits is right: a borrow only goes up.
			special := ((quote-ones)&^quote | (slash-ones)&^slash | (w-' '*ones)&^w) & highs
			if special != 0 {
				i += bits.TrailingZeros64(special) / 8
				break
			}
			i += 8
		}
		for i < len(s) && s[i] != '"' && s[i] != '\\' && s[i] >= ' ' {
			i++
		}
		if i >= len(s) || s[i] < ' ' {
			return -1
		}
		if s[i] == '"' {
			return i + 1
		}
		if i = skipEscape(s, i+1); i < 0 {
			return -1
		}
	}
}

// skipEscape returns the end of the escape whose letter is at i, or -1.
func skipEscape(s string, i int) int {
	if i >= len(s) {
		return -1
	}
	switch s[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 1
	case 'u':
		if len(s) < i+5 {
			return -1
		}
		for _, c := range []byte(s[i+1 : i+5]) {
			if lower := c | 0x20; (c < '0' || c > '9') && (lower < 'a' || lower > 'f') {
				return -1
			}
		}
		return i + 5
	}
	return -1
}

// skipNumber returns the end of the number at i, or -1. The grammar is that of RFC 8259, 6.
func skipNumber(s string, i int) int {
	if i < len(s) && s[i] == '-' {
		i++
	}
	whole := i
	if i = skipDigits(s, i); i == whole || i > whole+1 && s[whole] == '0' {
		return -1
	}
	if i < len(s) && s[i] == '.' {
		fraction := i + 1
		if i = skipDigits(s, fraction); i == fraction {
			return -1
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		power := i
		if i = skipDigits(s, i); i == power {
			return -1
		}
	}
	return i
}

// skipDigits returns the end of the digits at i, which may be i.
func skipDigits(s string, i int) int {
	for i < len(s) && s[i]-'0' < 10 {
		i++
	}
	return i
}
