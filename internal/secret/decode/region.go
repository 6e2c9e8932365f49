package decode

import "strings"

// Shortest is the length in bytes of the shortest value that Regions looks for. Shorter ones
// would be found in random data.
const Shortest = 8

const (
	shortestBase = (Shortest*4 + 2) / 3 // characters of base64
	shortestList = 2*Shortest - 1       // characters of a list: digits and what stands between them
)

// Regions calls visit for each stretch of text that reads like an encoded text of at least
// Shortest bytes: base64 at any alignment, with lines or without; hex, with separators or
// without; lists of numbers; UTF-16. Its Views hold readable text; with binary set also
// stretches whose bytes are not readable text. of may be the View that text is from: what it
// holds unchanged is left out, since it was found in the source. The Views belong to the
// caller.
func Regions(text string, of *View, binary bool, visit func(*View)) {
	r := regions{text: text, of: of, binary: binary, visit: visit}
	// A run of n characters covers a place in n: it is enough to look at those.
	for i := shortestBase - 1; i < len(text); {
		if class[text[i]]&(base|ends) == 0 {
			i += shortestBase
			continue
		}
		from, to := r.around(i, base)
		if to-from >= shortestBase && !r.same(from, to) {
			r.base64(from, to)
		}
		i = max(i, to) + shortestBase
	}
	for i := shortestList - 1; i < len(text); {
		if class[text[i]]&list == 0 {
			i += shortestList
			continue
		}
		from, to := r.around(i, list)
		if to-from >= shortestList && !r.same(from, to) {
			r.lists(from, to)
		}
		i = max(i, to) + shortestList
	}
	// UTF-16 of ASCII has a zero in every other byte.
	if strings.IndexByte(text, 0) >= 0 && strings.Count(text, "\x00") >= Shortest-1 {
		r.utf16()
	}
}

// regions is one search; visit gets what it finds.
type regions struct {
	text   string
	of     *View
	binary bool
	visit  func(*View)
}

// around returns the stretch of characters of a class that i is in. Lines of base64 belong
// together, as PEM and mails break them.
func (r *regions) around(i int, of uint8) (from, to int) {
	text := r.text
	for from = i; from > 0 && (class[text[from-1]]&of != 0 || of == base && r.between(from-1)); from-- {
	}
	for to = i; to < len(text) && (class[text[to]]&of != 0 || of == base && r.between(to)); to++ {
	}
	return from, to
}

// between reports whether what stands at i is the end of a line, or a blank at the beginning
// of one.
func (r *regions) between(i int) bool {
	if class[r.text[i]]&ends != 0 {
		return true
	}
	if r.text[i] != ' ' && r.text[i] != '\t' {
		return false
	}
	for i > 0 && (r.text[i] == ' ' || r.text[i] == '\t') {
		i--
	}
	return class[r.text[i]]&ends != 0
}

// same reports whether a stretch stands unchanged in the source.
func (r *regions) same(from, to int) bool { return r.of != nil && !r.of.Changed(from, to) }

// readable reports whether a decoded byte may be part of a text: a value of ASCII, or another
// encoding of one. Zeros are those of UTF-16.
func readable(b byte) bool {
	return b >= ' ' && b < 0x7f || b == '\n' || b == '\r' || b == '\t' || b == 0
}

// worth reports whether there are Shortest readable bytes in a row, or enough of any with
// binary.
func (r *regions) worth(data []byte) bool {
	if len(data) < Shortest {
		return false
	}
	if r.binary {
		return true
	}
	n := 0
	for _, b := range data {
		if !readable(b) {
			n = 0
			continue
		}
		if n++; n == Shortest {
			return true
		}
	}
	return false
}

// emit hands on a region that begins at offset. starts and ends count from there.
func (r *regions) emit(offset int, data []byte, starts, ends []int32) {
	r.visit(&View{Text: string(data), starts: starts, ends: ends, offset: offset})
}
