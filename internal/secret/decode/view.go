// Package decode undoes the encodings in which a value may stand in a text, and knows for each byte that it gives
// where in the text that byte came from.
//
// There are two kinds. Escapes stand for single characters and are undone in the whole text at once: percent-encoding,
// the backslashes of JSON and JavaScript, the entities of HTML and XML. Regions are stretches that are encoded as a
// whole: base64, hex, lists of bytes, UTF-16. Callers nest them as deep as they like: a View is a text again.
package decode

import "sort"

// A View is a decoded text. The zero View is empty. It is read only once made.
type View struct {
	Text string

	marks        []mark  // of escapes, by dst
	starts, ends []int32 // of regions: for each byte of Text the range of the source that it was made of
	offset       int     // of a region: where starts and ends count from
}

// A mark says how Text goes on from dst: which place of the source that is, and whether bytes
// are copies from there on.
type mark struct {
	dst, src int
	unit     bool // up to the next mark is one escape, which stands from src to the next mark's src; else bytes are copies
}

// Span returns the range of the source that bytes from to to of Text were made of. The range
// is not empty; from must be below to.
func (v *View) Span(from, to int) (start, end int) {
	if v.starts != nil {
		return v.offset + int(v.starts[from]), v.offset + int(v.ends[to-1])
	}
	first, last := v.mark(from), v.mark(to-1)
	start = v.marks[first].src
	if !v.marks[first].unit {
		start += from - v.marks[first].dst
	}
	if v.marks[last].unit {
		return start, v.marks[last+1].src
	}
	return start, v.marks[last].src + to - v.marks[last].dst
}

// mark returns the index of the mark that says where byte i comes from: the last one at or
// before it.
func (v *View) mark(i int) int {
	return sort.Search(len(v.marks), func(k int) bool { return v.marks[k].dst > i }) - 1
}

// Changed reports whether some byte from from to to of Text is not a copy of the byte that stands in its place in the
// source, or has another neighbour there. A region that lies within an unchanged range is the same in the source.
func (v *View) Changed(from, to int) bool {
	if v.starts != nil {
		return true
	}
	m := v.mark(max(0, from-1))
	return v.marks[m].unit || m+1 < len(v.marks) && v.marks[m+1].dst <= to
}
