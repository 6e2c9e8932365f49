package newer

import (
	"sort"
	"strings"
	"unicode/utf16"
)

// A sourceMap leads from a text that was made of another back to that one.
type sourceMap struct {
	lines  [][]segment // of the made text
	source []string    // lines of the other
}

// A segment is a stretch of a line and where it begins in the other text. All are 0-based, columns in UTF-16 units.
type segment struct{ col, line, sourceCol int }

// newSourceMap reads mappings as ECMA-426 (source map revision 3) has them, of a single source. What does not follow
// the format is left out.
func newSourceMap(mappings, source string) *sourceMap {
	m := &sourceMap{source: strings.Split(source, "\n")}
	line, sourceCol := 0, 0
	for row := range strings.SplitSeq(mappings, ";") {
		var segments []segment
		col := 0
		for field := range strings.SplitSeq(row, ",") {
			n := variableLength(field)
			if len(n) == 0 {
				continue
			}
			col += n[0]
			if len(n) < 4 {
				continue // made of nothing
			}
			line, sourceCol = line+n[2], sourceCol+n[3]
			segments = append(segments, segment{col, line, sourceCol})
		}
		m.lines = append(m.lines, segments)
	}
	return m
}

// original returns where a place comes from: 1-based, columns in bytes. The made text is taken to be ASCII.
func (m *sourceMap) original(line, col int) (sourceLine, sourceCol int, ok bool) {
	if line < 1 || line > len(m.lines) {
		return 0, 0, false
	}
	segments := m.lines[line-1]
	i := sort.Search(len(segments), func(i int) bool { return segments[i].col > col-1 }) - 1
	if i < 0 || segments[i].line >= len(m.source) {
		return 0, 0, false
	}
	s := segments[i]
	return s.line + 1, 1 + bytesOf(m.source[s.line], s.sourceCol), true
}

// bytesOf is how many bytes the first units of text take.
func bytesOf(text string, units int) int {
	n := 0
	for i, r := range text {
		if n >= units {
			return i
		}
		n += max(1, utf16.RuneLen(r))
	}
	return len(text)
}

// variableLength reads the numbers of a field: base 64, six bits a digit, and the highest bit says that more follow;
// the lowest bit of a number is its sign.
func variableLength(field string) (numbers []int) {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	value, shift := 0, 0
	for i := range len(field) {
		digit := strings.IndexByte(digits, field[i])
		if digit < 0 || shift > 30 {
			return nil
		}
		value |= (digit & 31) << shift
		shift += 5
		if digit&32 != 0 {
			continue
		}
		number := value >> 1
		if value&1 != 0 {
			number = -number
		}
		numbers = append(numbers, number)
		value, shift = 0, 0
	}
	return numbers
}
