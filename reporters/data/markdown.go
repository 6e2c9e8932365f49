package data

import (
	"fmt"
	"io"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// Markdown describes the markdown reporter. Of bodies, 4 KB are kept for the texts of
// failures.
func Markdown() report.Spec {
	return report.Spec{Name: "markdown", About: "text for comments and wikis", Extension: ".md", Bodies: 4 << 10, New: func(cfg report.Config) (report.Reporter, error) {
		return NewMarkdown(cfg, cfg.Out, 0)
	}}
}

// A MarkdownReport writes a page of GitHub's Markdown: sums, failures, what makes the run
// doubtful, a table of the requests. Failures and table wait in spools, as the sums that
// stand before them are known last; with a limit, what does not fit is counted and left out,
// failures last.
type MarkdownReport struct {
	out      io.Writer
	journal  report.Journal
	failures *section
	requests *section
	notices  []event.Notice
}

// A section is a part of the page that must not outgrow its room: GitHub refuses comments and
// job summaries beyond a size.
type section struct {
	*report.Spool
	room    int // bytes left; negative for no limit
	limited bool
	n, left int // entries, and those left out
}

// NewMarkdown makes a page of at most limit bytes, more or less; 0 sets no limit. Half of the
// room is for failures, a third for the table.
func NewMarkdown(cfg report.Config, out io.Writer, limit int) (*MarkdownReport, error) {
	r := &MarkdownReport{out: out}
	for i, s := range []**section{&r.failures, &r.requests} {
		spool, err := cfg.NewSpool()
		if err != nil {
			return nil, err
		}
		*s = &section{Spool: spool, room: limit * (3 - i) / 6, limited: limit > 0} // a half and a third
	}
	return r, nil
}

// add takes an entry if there is room. One that is left out is counted; a shorter one may
// still fit behind it.
func (s *section) add(text string) {
	s.n++
	if s.limited && len(text) > s.room {
		s.left++
		return
	}
	s.room -= len(text)
	_, _ = io.WriteString(s.Spool, text) // the spool keeps its error
}

// Report takes the next event. The page is written to out at the run's end.
func (r *MarkdownReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	if n, ok := e.(event.Notice); ok && len(r.notices) < mostWarnings && (!r.journal.Run.Strict || !n.Doubtful()) {
		r.notices = append(r.notices, n)
	}
	for _, step := range r.journal.Add(e) {
		r.step(step, s)
	}
	if st, o, ok := r.journal.OfWhole(e); ok && o.Error != nil {
		r.failure(st, o)
	}
	if _, ok := e.(event.RunFinished); ok {
		if err := r.page(s); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}

// step writes a row of the table. Failures are kept apart, since they come before the table.
// Consequences and repetitions are not told again.
func (r *MarkdownReport) step(s *report.Step, sums *event.Summary) {
	name := s.Path() + s.Label(r.journal.Run)
	var ok, bad, left int
	for _, o := range s.Judged(sums) {
		switch o.Status {
		case report.Passed:
			ok++
		case report.Skipped:
			left++
		case report.Failed, report.Errored:
			bad++
			if o.Follow != nil || s.Repeats(sums) != nil {
				continue // it stands with its cause
			}
			r.failure(s, o)
		}
	}
	if text := s.Flaky(); text != "" {
		name += " (" + text + ")"
	}
	sign, status, time := "✅", "no answer", ""
	switch {
	case bad > 0:
		sign = "❌"
	case ok == 0:
		sign = "⏭️"
	}
	if x := s.Main(); x != nil && x.Response != nil {
		status, time = fmt.Sprintf("%d %s", x.Response.Code, x.Response.Reason), report.TimeText(x.Response.Timing.Total)
	}
	r.requests.add(fmt.Sprintf("| %s %s | %s | %s | %d | %d | %d |\n", sign, cell(name), cell(status), time, ok, bad, left))
}

// failure writes a failure, folded up, with 8 KB of its explanation.
func (r *MarkdownReport) failure(s *report.Step, o report.Outcome) {
	name := inlineHTML(s.Path() + s.Label(r.journal.Run))
	r.failures.add(fmt.Sprintf("\n<details><summary>❌ %s: %s</summary>\n\n%s\n</details>\n", name, inlineHTML(o.Title()), fenced(report.Clip(o.Explain(), 8<<10))))
}

// page writes the verdict first, since a long page is read from its top.
func (r *MarkdownReport) page(s *event.Summary) error {
	head := "✅ passed"
	switch {
	case s.Verdict() != event.Passed:
		head = "❌ failed"
	case report.AssertsNothing(s):
		head = "⚠️ " + report.Count(s.Requests.Total, "request") + ", no assertion ran"
	}
	if n := s.Warnings(); n > 0 {
		head += ", " + report.Count(n, "warning")
	}
	if s.Reason != "" {
		head += ": " + report.Stopped(s.Reason, "")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "## %s: %s\n\n", cell(r.journal.Run.Collection.Name), head)
	if s.Error != "" {
		b.WriteString(fenced(s.Error) + "\n")
	}
	b.WriteString("| | executed | failed |\n| --- | ---: | ---: |\n")
	fmt.Fprintf(&b, "| iterations | %d | %d |\n| requests | %d | %d |\n| scripts | %d | %d |\n| assertions | %d | %d |\n",
		s.Iterations.Total, s.Iterations.Failed, s.Requests.Total, s.Requests.Failed,
		s.Scripts.Total, s.Scripts.Failed+s.Exceptions, s.Assertions.Total, s.Assertions.Failed)
	fmt.Fprintf(&b, "\n%s, %s received, average response %s", report.TimeText(s.Elapsed), report.SizeText(s.BodyBytes), report.TimeText(report.FromMS(s.Responses.Mean)))
	if s.Responses.N > 0 {
		b.WriteString(" (" + report.PercentileText(s) + ")")
	}
	b.WriteString("\n")
	if len(s.Thresholds) > 0 {
		b.WriteString("\n| threshold | it was | |\n| --- | ---: | --- |\n")
	}
	for _, t := range s.Thresholds {
		kept := "✅ kept"
		if t.Broken {
			kept = "❌ broken"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", cell(t.Text), cell(t.Value), kept)
	}
	covered(&b, s.Coverage)
	if s.Recovered > 0 {
		fmt.Fprintf(&b, "\n%s flaky: passed only when tried again\n", report.Count(s.Recovered, "request"))
	}
	if r.failures.n > 0 {
		b.WriteString("\n### Failures\n")
	}
	if err := r.failures.copyAfter(r.out, b.String(), "failure"); err != nil {
		return err
	}
	b.Reset()
	r.repeated(&b, s)
	r.consequences(&b, s)
	if len(r.notices) > 0 {
		b.WriteString("\n### Worth a look\n\n")
		for _, n := range r.notices {
			fmt.Fprintf(&b, "- %s\n", inlineHTML(report.Clip(n.Text, 500)))
		}
	}
	b.WriteString("\n### Requests\n\n| request | status | time | passed | failed | skipped |\n| --- | --- | ---: | ---: | ---: | ---: |\n")
	return r.requests.copyAfter(r.out, b.String(), "request")
}

// repeated says of each failure that came again in which iterations it did, 50 of them at
// most.
func (r *MarkdownReport) repeated(b *strings.Builder, s *event.Summary) {
	const most = 50
	n := 0
	for _, c := range s.Causes() {
		if c.Times < 2 || c.Silent {
			continue
		}
		if n++; n == 1 {
			b.WriteString("\n### Failures that came again\n\n")
		}
		if n <= most {
			text := report.CausePath(c.Item) + fmt.Sprintf(", %d times", c.Times) + report.PlacesText(c.Iterations, 1, report.IsMany(r.journal.Run)) + ": " + c.Why
			fmt.Fprintf(b, "- %s\n", inlineHTML(report.Clip(text, 1000)))
		}
	}
	if more := n - most; more > 0 {
		fmt.Fprintf(b, "- … and %d more\n", more)
	}
}

// consequences writes what followed from each cause, 20 causes of 50 lines at most.
func (r *MarkdownReport) consequences(b *strings.Builder, s *event.Summary) {
	text := report.CausedText(s)
	if text == "" {
		return
	}
	const mostCauses, mostLines = 20, 50
	fmt.Fprintf(b, "\n### Consequences\n\n%s\n", text)
	told := 0
	for _, c := range s.Causes() {
		if c.Followed == 0 {
			continue
		}
		if told++; told > mostCauses {
			continue
		}
		fmt.Fprintf(b, "\n<details><summary>%s of %s</summary>\n\n%s\n\n", report.Count(c.Followed, "consequence"), inlineHTML(report.CausePath(c.Item)), inlineHTML(c.Why))
		if c.Todo != "" {
			fmt.Fprintf(b, "To do: %s\n\n", inlineHTML(c.Todo))
		}
		for _, line := range report.ConsequenceLines(c, mostLines, report.IsMany(r.journal.Run)) {
			fmt.Fprintf(b, "- %s\n", inlineHTML(report.Clip(line, 500)))
		}
		b.WriteString("\n</details>\n")
	}
	if more := told - mostCauses; more > 0 {
		fmt.Fprintf(b, "\n… and of %s\n", report.Count(more, "more cause"))
	}
}

// copyAfter writes head, the section, and how much is not in it. noun is what entries are
// called.
func (s *section) copyAfter(w io.Writer, head, noun string) error {
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	if err := s.CopyTo(w); err != nil {
		return err
	}
	if s.left == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n… and %s\n", report.Count(s.left, "more "+noun))
	return err
}

// cell is a text within a table, where a bar would begin the next cell.
func cell(text string) string { return strings.ReplaceAll(inlineHTML(text), "|", `\|`) }

// inlineHTML is a text as it is, where Markdown and HTML have marks of their own. Line ends
// become blanks.
func inlineHTML(text string) string {
	text = report.OneLine(text)
	if !strings.ContainsAny(text, "&<>\\`*_[]") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; c {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '\\', '`', '*', '_', '[', ']':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// fenced is a text as a block of code, in a fence longer than any within it (CommonMark 4.5).
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + strings.TrimRight(report.Plain(text), "\n") + "\n" + fence + "\n"
}
