package reporters

import (
	"fmt"
	"io"
	"strings"

	"posthaste/runner/event"
)

func markdownSpec() Spec {
	return Spec{Name: "markdown", Extension: ".md", Bodies: 4 << 10, New: func(cfg Config) (Reporter, error) {
		return newMarkdown(cfg, cfg.Out, 0)
	}}
}

// A markdownReport writes a page of GitHub's Markdown: sums, failures, what makes the run doubtful, a table of
// the requests. Failures and table wait in spools; with a limit, what does not fit is counted and left out,
// failures last.
type markdownReport struct {
	out      io.Writer
	journal  journal
	failures *section
	requests *section
	notices  []event.Notice
}

// A section is a part of the page that must not outgrow its room.
type section struct {
	*spool
	room    int // bytes left; negative for no limit
	limited bool
	n, left int // entries, and those left out
}

// newMarkdown makes a page of at most limit bytes, more or less; 0 sets no limit.
func newMarkdown(cfg Config, out io.Writer, limit int) (*markdownReport, error) {
	r := &markdownReport{out: out}
	for i, s := range []**section{&r.failures, &r.requests} {
		spool, err := cfg.newSpool()
		if err != nil {
			return nil, err
		}
		*s = &section{spool: spool, room: limit * (3 - i) / 6, limited: limit > 0} // a half and a third
	}
	return r, nil
}

// add takes an entry if there is room.
func (s *section) add(text string) {
	s.n++
	if s.limited && len(text) > s.room {
		s.left++
		return
	}
	s.room -= len(text)
	_, _ = io.WriteString(s.spool, text) // the spool keeps its error
}

// Report takes the next event.
func (r *markdownReport) Report(e event.Event, s *event.Summary) error {
	if n, ok := e.(event.Notice); ok && len(r.notices) < 100 {
		r.notices = append(r.notices, n)
	}
	for _, step := range r.journal.add(e) {
		r.step(step)
	}
	if _, ok := e.(event.RunFinished); ok {
		if err := r.page(s); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}

func (r *markdownReport) step(s *step) {
	name := s.path() + s.label(r.journal.run)
	var ok, bad, left int
	for _, o := range s.outcomes() {
		switch o.Verdict {
		case passed:
			ok++
		case skipped:
			left++
		case failed, errored:
			bad++
			r.failures.add(fmt.Sprintf("\n<details><summary>❌ %s: %s</summary>\n\n%s\n</details>\n",
				inlineHTML(name), inlineHTML(o.title()), fenced(clip(o.explain(), 8<<10))))
		}
	}
	if text := s.flaky(); text != "" {
		name += " (" + text + ")"
	}
	sign, status, time := "✅", "no answer", ""
	switch {
	case bad > 0:
		sign = "❌"
	case ok == 0:
		sign = "⏭️"
	}
	if x := s.main(); x != nil && x.Response != nil {
		status, time = fmt.Sprintf("%d %s", x.Response.Code, x.Response.Reason), timeText(x.Response.Timing.Total)
	}
	r.requests.add(fmt.Sprintf("| %s %s | %s | %s | %d | %d | %d |\n", sign, cell(name), cell(status), time, ok, bad, left))
}

func (r *markdownReport) page(s *event.Summary) error {
	head := "✅ passed"
	if s.Failed() > 0 || s.Reason != "" {
		head = "❌ failed"
	}
	if s.Reason != "" {
		head += " (" + s.Reason + ")"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "## %s: %s\n\n", cell(r.journal.run.Collection.Name), head)
	if s.Error != "" {
		b.WriteString(fenced(s.Error) + "\n")
	}
	b.WriteString("| | executed | failed |\n| --- | ---: | ---: |\n")
	fmt.Fprintf(&b, "| iterations | %d | %d |\n| requests | %d | %d |\n| scripts | %d | %d |\n| assertions | %d | %d |\n",
		s.Iterations.Total, s.Iterations.Failed, s.Requests.Total, s.Requests.Failed,
		s.Scripts.Total, s.Scripts.Failed+s.Exceptions, s.Assertions.Total, s.Assertions.Failed)
	fmt.Fprintf(&b, "\n%s, %s received, average response %s", timeText(s.Elapsed), sizeText(s.BodyBytes), timeText(fromMS(s.Responses.Mean)))
	if s.Responses.N > 0 {
		b.WriteString(" (" + percentileText(s) + ")")
	}
	b.WriteString("\n")
	if len(s.Thresholds) > 0 {
		b.WriteString("\n| threshold | it was | |\n| --- | ---: | --- |\n")
	}
	for _, t := range s.Thresholds {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", cell(t.Text), cell(t.Value), map[bool]string{true: "❌ broken", false: "✅ kept"}[t.Broken])
	}
	if s.Recovered > 0 {
		fmt.Fprintf(&b, "\n%s flaky: passed only when tried again\n", count(s.Recovered, "request"))
	}
	if r.failures.n > 0 {
		b.WriteString("\n### Failures\n")
	}
	if err := r.failures.copyAfter(r.out, b.String(), "failure"); err != nil {
		return err
	}
	b.Reset()
	if len(r.notices) > 0 {
		b.WriteString("\n### Worth a look\n\n")
		for _, n := range r.notices {
			fmt.Fprintf(&b, "- %s\n", inlineHTML(clip(n.Text, 500)))
		}
	}
	b.WriteString("\n### Requests\n\n| request | status | time | passed | failed | skipped |\n| --- | --- | ---: | ---: | ---: | ---: |\n")
	return r.requests.copyAfter(r.out, b.String(), "request")
}

// copyAfter writes head, the section, and how much is not in it.
func (s *section) copyAfter(w io.Writer, head, noun string) error {
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	if err := s.copyTo(w); err != nil {
		return err
	}
	if s.left == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n… and %s\n", count(s.left, "more "+noun))
	return err
}

// cell is a text within a table.
func cell(text string) string { return strings.ReplaceAll(inlineHTML(text), "|", `\|`) }

// inlineHTML is a text as it is, where Markdown and HTML have marks of their own.
func inlineHTML(text string) string {
	text = oneLine(text)
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

// fenced is a text as a block of code, in a fence longer than any within it.
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + strings.TrimRight(plain(text), "\n") + "\n" + fence + "\n"
}
