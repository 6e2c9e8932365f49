package inspect

import (
	"math"
	"strings"

	"github.com/dop251/goja"
)

// join puts the printed entries of an object between its braces: on one line when they fit
// and nest little, otherwise one on each line, long arrays in columns (Node:
// reduceToSingleString).
func (p *printer) join(output []string, base, open, closing string, list bool, depth int, o *goja.Object) string {
	prefix := ""
	if base != "" {
		prefix = base + " "
	}
	if p.opt.Compact == oneLine {
		return p.joinOneLine(output, base, open, closing)
	}
	if p.opt.Compact >= 1 {
		entries := len(output)
		// Node groups arrays with more than six entries.
		if list && entries > 6 {
			output = p.columns(output, o)
		}
		// Only when the entries were not combined into columns, and the innermost levels.
		if p.current-depth < p.opt.Compact && entries == len(output) {
			// Node's estimate of what the braces take; 10 is its constant.
			start := len(output) + p.indent + length(open) + length(base) + 10
			if p.fits(output, start, base) {
				if joined := strings.Join(output, ", "); !strings.Contains(joined, "\n") {
					return prefix + open + " " + joined + " " + closing
				}
			}
		}
	}
	line := "\n" + strings.Repeat(" ", p.indent)
	return prefix + open + line + "  " + strings.Join(output, ","+line+"  ") + line + closing
}

// joinOneLine is the layout of the compact mode true.
func (p *printer) joinOneLine(output []string, base, open, closing string) string {
	if base != "" {
		base = " " + base
	}
	if p.fits(output, 0, base) {
		return open + base + " " + strings.Join(output, ", ") + " " + closing
	}
	indent := strings.Repeat(" ", p.indent)
	first := base + "\n" + indent + "  "
	if base == "" && len(open) == 1 {
		first = " "
	}
	return open + first + strings.Join(output, ",\n"+indent+"  ") + " " + closing
}

// fits says whether entries fit on one line; start is what else is on it (Node:
// isBelowBreakLength).
func (p *printer) fits(output []string, start int, base string) bool {
	total := len(output) + start
	if total+len(output) > p.opt.BreakLength {
		return false
	}
	for _, s := range output {
		if total += length(s); total > p.opt.BreakLength {
			return false
		}
	}
	return base == "" || !strings.Contains(base, "\n")
}

// columns puts the items of a long array into columns that look square (Node:
// groupArrayElements, whose numbers these are). The result has one text for each row, or is
// output where columns would not help.
func (p *printer) columns(output []string, o *goja.Object) []string {
	const space = 2 // the comma and the blank
	count := len(output)
	if p.opt.MaxArrayLength < count {
		count-- // "... more items" stays on a line of its own
	}
	widths := make([]int, count)
	total, longest := 0, 0
	for i := range widths {
		widths[i] = width(output[i])
		total += widths[i] + space
		longest = max(longest, widths[i])
	}
	actual := longest + space
	// Three columns must fit, and the items must not differ too much in length.
	if actual*3+p.indent >= p.opt.BreakLength || !(float64(total)/float64(actual) > 5 || longest <= 6) {
		return output
	}
	bias := math.Sqrt(float64(actual) - float64(total)/float64(len(output)))
	biased := math.Max(float64(actual)-3-bias, 1)
	n := min(int(math.Floor(math.Sqrt(2.5*biased*float64(count))/biased+0.5)), (p.opt.BreakLength-p.indent)/actual, p.opt.Compact*4, 15)
	if n <= 1 {
		return output
	}
	sizes := make([]int, n)
	for i := range sizes {
		for j := i; j < count; j += n {
			sizes[i] = max(sizes[i], widths[j])
		}
		sizes[i] += space
	}
	// Numbers are aligned to the right.
	right := p.numeric(o, len(output))
	var rows []string
	for i := 0; i < count; i += n {
		rows = append(rows, row(output[i:min(i+n, count)], widths[i:], sizes, right))
	}
	return append(rows, output[count:]...)
}

// row is one row of columns.
func row(items []string, widths, sizes []int, right bool) string {
	var b strings.Builder
	last := len(items) - 1
	for j, item := range items {
		switch pad := sizes[j] - widths[j] - 2; {
		case right && j < last:
			b.WriteString(strings.Repeat(" ", pad) + item + ", ")
		case right:
			b.WriteString(strings.Repeat(" ", pad) + item)
		case j < last:
			b.WriteString(item + ", " + strings.Repeat(" ", pad))
		default:
			b.WriteString(item)
		}
	}
	return b.String()
}

// numeric says whether the first n items of an array are all numbers, which are then aligned
// to the right.
func (p *printer) numeric(o *goja.Object, n int) bool {
	for i := range n {
		v := o.Get(itoa(i))
		if v == nil || !goja.IsNumber(v) && !goja.IsBigInt(v) {
			return false
		}
	}
	return true
}
