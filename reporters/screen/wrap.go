package screen

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"posthaste/reporters/report"
)

// Wrap breaks a text into lines of at most n columns, at spaces. A line keeps the spaces it begins with, on
// the lines that it is broken into too.
func Wrap(text string, n int) []string {
	if fits(text, n) {
		return []string{strings.TrimRight(text, " ")}
	}
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\t", "    "), "\n") {
		line = strings.TrimRight(line, " ")
		rest := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(rest)]
		at, used := indent, len(indent)
		empty := true
		for word := range strings.SplitSeq(rest, " ") {
			w := Columns(word)
			if !empty && used+1+w > n {
				lines = append(lines, strings.TrimRight(at, " "))
				at, used, empty = indent, len(indent), true
			}
			if !empty {
				at += " "
				used++
			}
			at += word
			used += w
			empty = false
		}
		lines = append(lines, at)
	}
	return lines
}

// fits reports whether a text is one line of at most n columns. It may be false for one with characters beyond ASCII.
func fits(text string, n int) bool {
	return len(text) <= n && report.IsPrintable(text) && !strings.Contains(text, "\n")
}

// Columns is how wide a text is on a terminal: East Asian characters and emoji take two, marks none.
func Columns(text string) int {
	if report.IsPrintable(text) {
		return len(text)
	}
	const combining = 0x300 // the first character that is not one column wide
	n := 0
	for _, r := range text {
		if r < combining {
			n++
			continue
		}
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.Is(unicode.Mn, r), r == 0x200d, r == 0xfe0f:
		case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
