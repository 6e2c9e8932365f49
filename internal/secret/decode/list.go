package decode

import (
	"unicode/utf8"
)

// lists looks for hex and for lists of numbers from from to to. A quick count of digits and
// of what stands between them rules most stretches out.
func (r *regions) lists(from, to int) {
	run, longest, between := 0, 0, 0
	for i := from; i < to; i++ {
		if digit[r.text[i]] >= 0 || class[r.text[i]]&ends != 0 {
			run++
			longest = max(longest, run)
			continue
		}
		run = 0
		between++
	}
	if longest >= 2*Shortest {
		r.hexRuns(from, to)
	}
	if between >= Shortest-1 {
		r.hexPairs(from, to)
		r.numbers(from, to)
	}
}

// A gathering is a region on its way: bytes, and where in the text each begins and ends. Most
// are not worth anything, so the first bytes take no memory of the heap.
type gathering struct {
	n     int // of first
	first struct {
		data         [48]byte
		starts, ends [48]int32
	}
	data         []byte // all, when they are more than fit into first
	starts, ends []int32
}

// add puts the first bytes into an array of fixed size: most lists are short, and nothing is
// allocated for them.
func (g *gathering) add(b byte, start, end int) {
	f := &g.first
	if g.n < len(f.data) {
		f.data[g.n], f.starts[g.n], f.ends[g.n] = b, int32(start), int32(end)
		g.n++
		return
	}
	// The array is full, and moves into the slices once.
	if len(g.data) == 0 {
		g.data = append(g.data, f.data[:]...)
		g.starts, g.ends = append(g.starts, f.starts[:]...), append(g.ends, f.ends[:]...)
	}
	g.data = append(g.data, b)
	g.starts, g.ends = append(g.starts, int32(start)), append(g.ends, int32(end))
}

// flush hands on what was gathered, if that is worth it, and begins again. Slices that were
// handed on belong to the View, and are not used again.
func (r *regions) flush(g *gathering) {
	f := &g.first
	switch {
	case len(g.data) == 0 && r.worth(f.data[:g.n]):
		r.emit(0, f.data[:g.n], append([]int32(nil), f.starts[:g.n]...), append([]int32(nil), f.ends[:g.n]...))
	case len(g.data) > 0 && r.worth(g.data):
		r.emit(0, g.data, g.starts, g.ends)
		g.data, g.starts, g.ends = nil, nil, nil
	}
	g.n, g.data, g.starts, g.ends = 0, g.data[:0], g.starts[:0], g.ends[:0]
}

// hexRuns reads digits without anything between them but line ends, at either alignment: a
// value may stand within a longer run.
func (r *regions) hexRuns(from, to int) {
	for i := from; i < to; {
		if digit[r.text[i]] < 0 {
			i++
			continue
		}
		if !r.binary && !r.readableHex(i, to) {
			for ; i < to && (digit[r.text[i]] >= 0 || class[r.text[i]]&ends != 0); i++ {
			}
			continue
		}
		var at []int32
		for ; i < to && (digit[r.text[i]] >= 0 || class[r.text[i]]&ends != 0); i++ {
			if digit[r.text[i]] >= 0 {
				at = append(at, int32(i))
			}
		}
		for skip := range 2 {
			if len(at)-skip < 2*Shortest {
				continue
			}
			var g gathering
			for k := skip; k+1 < len(at); k += 2 {
				high, low := r.text[at[k]], r.text[at[k+1]]
				g.add(byte(digit[high]<<4|digit[low]), int(at[k]), int(at[k+1])+1)
			}
			r.flush(&g)
		}
	}
}

// readableHex reports whether the digits from i on have Shortest readable bytes in a row, at
// one of both alignments. Both are followed in one pass.
func (r *regions) readableHex(i, to int) bool {
	var n [2]int
	high, count := int8(0), 0
	for ; i < to; i++ {
		low := digit[r.text[i]]
		if low < 0 {
			if class[r.text[i]]&ends == 0 {
				return false
			}
			continue
		}
		if one := &n[count&1]; count > 0 && readable(byte(high<<4|low)) {
			if *one++; *one == Shortest {
				return true
			}
		} else {
			*one = 0
		}
		high = low
		count++
	}
	return false
}

// hexPairs reads pairs of digits with something between them: 68 65 6c, 68:65:6c, 0x68, 0x65.
func (r *regions) hexPairs(from, to int) {
	var g gathering
	last := -1 // where the last pair ended
	for i := from; i+1 < to; {
		high, low := digit[r.text[i]], digit[r.text[i+1]]
		alone := (i == from || digit[r.text[i-1]] < 0) && (i+2 >= len(r.text) || digit[r.text[i+2]] < 0)
		if high < 0 || low < 0 || !alone || i+2 < len(r.text) && r.text[i+2] == 'x' {
			i++
			continue
		}
		const widest = 8 // of what stands between
		if last >= 0 && i-last > widest {
			r.flush(&g)
		}
		g.add(byte(high<<4|low), i, i+2)
		i += 2
		last = i
	}
	r.flush(&g)
}

// numbers reads decimal numbers: 104, 101 and "0":104,"1":101, as Buffer and Uint8Array are
// written. Numbers below zero are bytes with a sign (Java), those above 255 are characters.
func (r *regions) numbers(from, to int) {
	var g gathering
	for i := from; i < to; {
		c := r.text[i]
		if c < '0' || c > '9' {
			if digit[c] >= 0 || c == 'x' { // a letter
				r.flush(&g)
			}
			i++
			continue
		}
		start, n := i, 0
		for i < to && r.text[i] >= '0' && r.text[i] <= '9' {
			// Beyond any character, all numbers are the same.
			n = min(n*10+int(r.text[i]-'0'), utf8.MaxRune+1)
			i++
		}
		if key := r.isKey(i, to); key {
			continue
		}
		if start > from && r.text[start-1] == '-' {
			start--
			n = 256 - n
		}
		switch {
		case n < 0 || n > utf8.MaxRune:
			r.flush(&g)
		case n <= 0xff:
			g.add(byte(n), start, i)
		default:
			for _, b := range utf8.AppendRune(nil, rune(n)) {
				g.add(b, start, i)
			}
		}
	}
	r.flush(&g)
}

// isKey reports whether the number that ended at i is the name of a member: a colon follows.
func (r *regions) isKey(i, to int) bool {
	for i < to && (r.text[i] == '"' || r.text[i] == '\'' || r.text[i] == ' ') {
		i++
	}
	return i < to && r.text[i] == ':'
}
