package newman

import (
	"fmt"
	"strconv"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// A failure is a row of the list at the end.
type failure struct {
	name, iteration string
	detail          []string // lines
}

// finish writes the sums and the list of failures, as far as options leave them in.
func (r *cliReport) finish(s *event.Summary) {
	r.close()
	if !r.cfg.Option("noSummary") {
		r.table(s)
	}
	if len(r.failures) > 0 && !r.cfg.Option("noFailures") {
		r.showFailures()
	}
}

// showFailures writes the list of failures: columns as wide as what stands in them, a line
// between the rows. Numbers have leading zeros, so that they are as wide as the last.
func (r *cliReport) showFailures() {
	digits := len(strconv.Itoa(len(r.failures)))
	name, detail := len("failure"), len("detail")
	for _, f := range r.failures {
		name = max(name, screen.Columns(f.name), len(f.iteration))
		for _, d := range f.detail {
			detail = max(detail, screen.Columns(d))
		}
	}
	pad := func(text string, width int) string { return text + strings.Repeat(" ", width-screen.Columns(text)) }
	row := func(n, left, right string) {
		r.line(fmt.Sprintf("%*s  %s  %s ", digits+2, n, pad(left, name), pad(right, detail)))
	}
	r.line("")
	row("#", "failure", "detail")
	for i, f := range r.failures {
		row("", "", "")
		for k := range max(len(f.detail), 2) {
			n, left, right := "", "", ""
			switch k {
			case 0:
				n, left = fmt.Sprintf("%0*d.", digits, i+1), f.name
			case 1:
				left = f.iteration
			}
			if k < len(f.detail) {
				right = f.detail[k]
			}
			row(n, left, right)
		}
	}
}

// A tableFrame is what a table is drawn with: the left end of a rule, where it crosses the first and the second
// column's end, and its right end.
type tableFrame struct {
	line, side                string
	top, middle, last, bottom [4]string
	plain                     [4]string // between rows without columns
}

// frame is newman's table in Unicode or ASCII. Each list is left end, crossing, crossing, right end.
func (r *cliReport) frame() tableFrame {
	if r.cfg.Terminal.Unicode {
		return tableFrame{
			"─", "│",
			[4]string{"┌", "┬", "┬", "┐"},
			[4]string{"├", "┼", "┼", "┤"},
			[4]string{"├", "┴", "┴", "┤"},
			[4]string{"└", "─", "─", "┘"},
			[4]string{"├", "─", "─", "┤"},
		}
	}
	none := [4]string{"-", "-", "-", "-"}
	return tableFrame{"-", "|", none, [4]string{"-", "+", "+", "-"}, none, none, none}
}

// sums are the rows of the table that span its columns. newman leaves an average out that is
// 0.
func (r *cliReport) sums(s *event.Summary) []string {
	ms := func(v float64) string {
		if v == 0 {
			return "0µs"
		}
		return report.TimeText(report.FromMS(v))
	}
	lines := []string{
		"total run duration: " + report.TimeText(report.WholeMS(s.Elapsed)),
		"total data received: " + report.SizeText(s.BodyBytes) + " (approx)",
	}
	spread := func(name string, t timeSpread) {
		if t.mean > 0 {
			lines = append(lines, fmt.Sprintf("average %s time: %s [min: %s, max: %s, s.d.: %s]", name, ms(t.mean), ms(t.min), ms(t.max), ms(t.sd())))
		}
	}
	spread("response", r.timings.response)
	if r.cfg.Terminal.Verbose {
		spread("DNS lookup", r.timings.dns)
		spread("first byte", r.timings.firstByte)
	}
	return lines
}

// table is newman's: as wide as its longest line, at least 45 columns inside.
func (r *cliReport) table(s *event.Summary) {
	f, sums := r.frame(), r.sums(s)
	inner := 45
	for _, l := range sums {
		inner = max(inner, screen.Columns(l)+2)
	}
	rest := inner - 27 // the two figures' columns
	a := max((rest+1)/2, 10)
	b := rest - a
	rule := func(ends [4]string) {
		r.line(ends[0] + strings.Repeat(f.line, 25) + ends[1] + strings.Repeat(f.line, a) + ends[2] + strings.Repeat(f.line, b) + ends[3])
	}
	row := func(c screen.Colour, name, total, failed string) {
		r.line(strings.Join([]string{"", r.paint(c, fmt.Sprintf(" %23s ", name)), fmt.Sprintf(" %*s ", a-2, total), fmt.Sprintf(" %*s ", b-2, failed), ""}, f.side))
	}
	r.line("")
	rule(f.top)
	row("", "", "executed", "failed")
	for _, c := range []struct {
		name string
		event.Count
	}{
		{"iterations", s.Iterations},
		{"requests", s.Requests},
		{"test-scripts", s.TestScripts},
		{"prerequest-scripts", s.PrerequestScripts},
		{"assertions", s.Assertions},
	} {
		rule(f.middle)
		verdict := screen.Green
		if c.Failed > 0 {
			verdict = screen.Red
		}
		row(verdict, c.name, strconv.Itoa(c.Total), strconv.Itoa(c.Failed))
	}
	rule(f.last)
	for i, l := range sums {
		if i > 0 {
			rule(f.plain)
		}
		r.line(f.side + " " + l + strings.Repeat(" ", inner-2-screen.Columns(l)) + " " + f.side)
	}
	rule(f.bottom)
}
