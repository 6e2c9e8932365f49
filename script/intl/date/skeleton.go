// Package date writes dates as Intl.DateTimeFormat does, after CLDR's data.
//
// Which pattern serves a set of fields is found as Unicode's date time pattern generator
// finds it (UTS 35, part 4): the nearest of the locale's patterns, with its fields adjusted.
// Two skeletons are compared field by field; the numbers that stand for widths, and the order
// in which patterns are tried, are ICU's, because they decide what V8 prints.
package date

import "strings"

// Fields of a pattern, in the order of their importance.
const (
	era = iota
	year
	quarter
	month
	weekOfYear
	weekOfMonth
	weekday
	dayOfYear
	dayOfWeekInMonth
	day
	dayPeriod
	hour
	minute
	second
	fraction
	zone
	fieldCount
)

// Sets of fields as bits: bit n is the field n.
const (
	dateMask     = 1<<dayPeriod - 1
	timeMask     = 1<<fieldCount - 1 - dateMask
	fractionMask = 1 << fraction
	secondMask   = 1 << second
)

// Types of a field: numbers are positive, names negative. The smaller the difference of two
// types, the better one stands for the other. The values are ICU's.
const (
	numeric = 0x100
	narrow  = -0x101
	shorter = -0x102
	short   = -0x103
	long    = -0x104
	delta   = 0x10 // between the letters of one field, such as M and L
)

// A row says what a letter in a run of some lengths means: MM is a numeric month, MMMM a long
// name.
type row struct {
	letter         byte
	field, kind    int
	least, highest int // lengths of the run, both included
}

// rows is ICU's table of fields (dtptngen.cpp, dtTypes): letter, field, kind, and the lengths
// it is for. Where a letter has no row of a length, its last row counts.
func rows() []row {
	// Names come in three widths, keyed by the length of the run.
	text := func(letter byte, field, off int) []row {
		return []row{{letter, field, short - off, 1, 3}, {letter, field, long - off, 4, 4}, {letter, field, narrow - off, 5, 5}}
	}
	var all []row
	add := func(r ...row) { all = append(all, r...) }
	add(text('G', era, 0)...)
	add(row{'y', year, numeric, 1, 20}, row{'Y', year, numeric + delta, 1, 20}, row{'u', year, numeric + 2*delta, 1, 20}, row{'r', year, numeric + 3*delta, 1, 20})
	for i, letter := range []byte{'Q', 'q'} {
		add(row{letter, quarter, numeric + i*delta, 1, 2}, row{letter, quarter, short - i*delta, 3, 3}, row{letter, quarter, long - i*delta, 4, 4}, row{letter, quarter, narrow - i*delta, 5, 5})
	}
	for i, letter := range []byte{'M', 'L'} {
		add(row{letter, month, numeric + i*delta, 1, 2}, row{letter, month, short - i*delta, 3, 3}, row{letter, month, long - i*delta, 4, 4}, row{letter, month, narrow - i*delta, 5, 5})
	}
	add(row{'w', weekOfYear, numeric, 1, 2}, row{'W', weekOfMonth, numeric, 1, 1})
	add(row{'E', weekday, short, 1, 3}, row{'E', weekday, long, 4, 4}, row{'E', weekday, narrow, 5, 5}, row{'E', weekday, shorter, 6, 6})
	for i, letter := range []byte{'c', 'e'} {
		off := (2 - i) * delta
		add(row{letter, weekday, numeric + off, 1, 2}, row{letter, weekday, short - off, 3, 3}, row{letter, weekday, long - off, 4, 4}, row{letter, weekday, narrow - off, 5, 5}, row{letter, weekday, shorter - off, 6, 6})
	}
	add(row{'d', day, numeric, 1, 2}, row{'g', day, numeric + delta, 1, 20}, row{'D', dayOfYear, numeric, 1, 3}, row{'F', dayOfWeekInMonth, numeric, 1, 1})
	add(text('a', dayPeriod, 0)...)
	add(text('b', dayPeriod, delta)...)
	add(text('B', dayPeriod, 3*delta)...)
	add(row{'H', hour, numeric + 10*delta, 1, 2}, row{'k', hour, numeric + 11*delta, 1, 2}, row{'h', hour, numeric, 1, 2}, row{'K', hour, numeric + delta, 1, 2})
	add(row{'m', minute, numeric, 1, 2}, row{'s', second, numeric, 1, 2}, row{'A', second, numeric + delta, 1, 1000}, row{'S', fraction, numeric, 1, 1000})
	add(row{'v', zone, short - 2*delta, 1, 1}, row{'v', zone, long - 2*delta, 4, 4}, row{'z', zone, short, 1, 3}, row{'z', zone, long, 4, 4})
	add(row{'O', zone, short - delta, 1, 1}, row{'O', zone, long - delta, 4, 4}, row{'Z', zone, narrow - delta, 1, 3}, row{'Z', zone, long - delta, 4, 4}, row{'Z', zone, short - delta, 5, 5})
	add(row{'V', zone, short - delta, 1, 1}, row{'V', zone, long - delta, 2, 2}, row{'V', zone, long - 1 - delta, 3, 3}, row{'V', zone, long - 2 - delta, 4, 4})
	add(row{'X', zone, narrow - delta, 1, 1}, row{'x', zone, narrow - delta, 1, 1})
	return all
}

// An item is a run of one letter in a pattern, or literal text.
type item struct {
	letter byte // 0 for text
	n      int  // length of the run
	text   string
}

// parse cuts a pattern into its items. Letters are fields, text between apostrophes is
// literal, and two apostrophes are one. An apostrophe that is not closed ends with the
// pattern. Bytes of characters beyond ASCII are literal, so they can be added one by one.
func parse(pattern string) []item {
	var out []item
	literal := func(s string) {
		if n := len(out); n > 0 && out[n-1].letter == 0 {
			out[n-1].text += s
			return
		}
		out = append(out, item{text: s})
	}
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			if strings.HasPrefix(pattern[i:], "''") {
				literal("'")
				i += 2
				continue
			}
			i++
			for i < len(pattern) {
				if pattern[i] == '\'' {
					if strings.HasPrefix(pattern[i:], "''") {
						literal("'")
						i += 2
						continue
					}
					break
				}
				literal(pattern[i : i+1])
				i++
			}
			i++
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			n := 1
			for i+n < len(pattern) && pattern[i+n] == c {
				n++
			}
			out = append(out, item{letter: c, n: n})
			i += n
		default:
			literal(pattern[i : i+1])
			i++
		}
	}
	return out
}

// text is the pattern of items again, with quotes where a literal contains letters.
func text(items []item) string {
	var b strings.Builder
	for _, it := range items {
		switch {
		case it.letter != 0:
			b.WriteString(strings.Repeat(string(it.letter), it.n))
		case strings.ContainsFunc(it.text, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '\'' }):
			b.WriteString("'" + strings.ReplaceAll(it.text, "'", "''") + "'")
		default:
			b.WriteString(it.text)
		}
	}
	return b.String()
}

// A skeleton is the fields that are asked for, or that a pattern has. Arrays are indexed by
// the constants of fields.
type skeleton struct {
	kinds   [fieldCount]int // 0 where the field is not there
	letters [fieldCount]byte
	lengths [fieldCount]int
	added   bool // a day period that nobody asked for
}

// row finds the row of a letter and length; a length beyond all counts as the last. It is nil
// for an unknown letter.
func (g *Generator) row(letter byte, n int) *row {
	var last *row
	for i := range g.rows {
		r := &g.rows[i]
		if r.letter != letter {
			continue
		}
		last = r
		if n >= r.least && n <= r.highest {
			return r
		}
	}
	return last
}

// skeleton reads the fields of a pattern or of a skeleton. Of a field that comes twice the
// last counts.
func (g *Generator) skeleton(items []item) skeleton {
	var s skeleton
	for _, it := range items {
		if it.letter == 0 {
			continue
		}
		r := g.row(it.letter, it.n)
		if r == nil {
			continue
		}
		kind := r.kind
		if kind > 0 {
			kind += it.n
		}
		s.kinds[r.field], s.letters[r.field], s.lengths[r.field] = kind, it.letter, it.n
	}
	// A fraction needs its second, as in ICU.
	if s.kinds[minute] != 0 && s.kinds[fraction] != 0 && s.kinds[second] == 0 {
		s.kinds[second], s.letters[second], s.lengths[second] = numeric+1, 's', 1
	}
	// The twelve-hour clock implies a day period, the other excludes it.
	switch s.letters[hour] {
	case 'h', 'K':
		if s.kinds[dayPeriod] == 0 {
			s.kinds[dayPeriod], s.letters[dayPeriod], s.lengths[dayPeriod], s.added = short, 'a', 1, true
		}
	case 'H', 'k':
		s.kinds[dayPeriod], s.letters[dayPeriod], s.lengths[dayPeriod] = 0, 0, 0
	}
	return s
}

// mask is the set of the fields that are there.
func (s *skeleton) mask() int {
	m := 0
	for i, kind := range s.kinds {
		if kind != 0 {
			m |= 1 << i
		}
	}
	return m
}

// distance is how far other is from the fields of s in mask, and the sets of fields that it
// lacks and has too many. A field too many weighs more than a missing one, because missing
// fields can be appended.
func (s *skeleton) distance(other *skeleton, mask int) (distance, missing, extra int) {
	for i := range fieldCount {
		mine, theirs := s.kinds[i], other.kinds[i]
		if mask&(1<<i) == 0 {
			mine = 0
		}
		switch {
		case mine == theirs:
		case mine == 0:
			distance += 0x10000
			extra |= 1 << i
		case theirs == 0:
			distance += 0x1000
			missing |= 1 << i
		default:
			distance += max(mine-theirs, theirs-mine)
		}
	}
	return distance, missing, extra
}
