package terminal

import (
	"fmt"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// finish writes what stands at the end, the failures before what is doubtful and the last
// line last, since terminals show the end.
func (r *cliReport) finish(s *event.Summary) {
	r.close()
	r.screen.Erase()
	if !r.cfg.Option("noSummary") {
		r.table(s)
	}
	r.showFailures(s)
	r.covered(s)
	r.limits(s)
	r.doubts()
	r.verdict(s)
}

// table writes the sums (newman: the same rows), then times and sizes.
func (r *cliReport) table(s *event.Summary) {
	rows := []struct {
		name  string
		total int
		bad   int
	}{
		{"iterations", s.Iterations.Total, s.Iterations.Failed},
		{"requests", s.Requests.Total, s.Requests.Failed},
		{"test scripts", s.TestScripts.Total, s.TestScripts.Failed},
		{"prerequest scripts", s.PrerequestScripts.Total, s.PrerequestScripts.Failed},
		{"assertions", s.Assertions.Total, s.Assertions.Failed},
	}
	rule := func(left, middle, right string) {
		r.screen.Line(left + strings.Repeat("─", 22) + middle + strings.Repeat("─", 12) + middle + strings.Repeat("─", 12) + right)
	}
	r.screen.Line("")
	rule("┌", "┬", "┐")
	r.screen.Line(fmt.Sprintf("│ %20s │ %10s │ %10s │", "", "executed", "failed"))
	rule("├", "┼", "┤")
	for _, row := range rows {
		c, bad := screen.Green, fmt.Sprintf("%10d", row.bad)
		if row.bad > 0 {
			c, bad = screen.Red, r.screen.Paint(screen.Red, bad)
		}
		r.screen.Line(fmt.Sprintf("│ %s │ %10d │ %s │", r.screen.Paint(c, fmt.Sprintf("%20s", row.name)), row.total, bad))
	}
	rule("└", "┴", "┘")
	if s.Skipped > 0 {
		r.screen.Line(fmt.Sprintf("  %s skipped", report.Count(s.Skipped, "assertion")))
	}
	r.screen.Line("  total run duration: " + report.TimeText(s.Elapsed))
	r.screen.Line("  total data received: " + report.SizeText(s.BodyBytes) + " (approx)")
	r.spread("average response time", s.Responses)
	if s.Responses.Mean > 0 {
		r.screen.Wrapped("  ", "", "response times: "+report.PercentileText(s))
	}
	if r.cfg.Terminal.Verbose {
		r.spread("average DNS lookup time", s.DNS)
		r.spread("average first byte time", s.FirstByte)
	}
}

// spread writes a mean with its bounds, nothing where no value was taken.
func (r *cliReport) spread(name string, s event.Spread) {
	if s.N == 0 || s.Mean == 0 {
		return
	}
	ms := func(v float64) string { return report.TimeText(report.FromMS(v)) }
	r.screen.Wrapped("  ", "", fmt.Sprintf("%s: %s [min: %s, max: %s, s.d.: %s]", name, ms(s.Mean), ms(s.Min), ms(s.Max), ms(s.SD())))
}

// covered says how much of the OpenAPI files the run covered. Without such files it says
// nothing.
func (r *cliReport) covered(s *event.Summary) {
	if len(s.Coverage) > 0 && !r.cfg.Option("noSummary") {
		r.screen.Line("")
		r.screen.Wrapped("", "", report.CoverageText(s.Coverage))
	}
}

// limits says which thresholds were kept. Broken ones are said even where the summary is
// switched off.
func (r *cliReport) limits(s *event.Summary) {
	if len(s.Thresholds) == 0 || r.cfg.Option("noSummary") && s.Broken() == 0 {
		return
	}
	r.screen.Line("\n" + r.screen.Paint(screen.Bold, "Thresholds"))
	for _, t := range s.Thresholds {
		sign, c := "  ✓ ", screen.Green
		if t.Broken {
			sign, c = "  ✖ ", screen.Red
		}
		r.screen.Wrapped(sign, c, report.OneLine(t.Text)+": it was "+t.Value)
	}
}

// doubts says what would make a green run doubtful, one paragraph a kind, its hint once. In a
// strict run these are failures, with the places in the files.
func (r *cliReport) doubts() {
	if len(r.notices) == 0 {
		return
	}
	head, c, lead := "Worth a look", screen.Yellow, "  ⚠ "
	if r.journal.Run.Strict {
		head, c, lead = "Failed under --strict", screen.Red, "  ✖ "
	}
	r.screen.Line("\n" + r.screen.Paint(screen.Bold, head))
	heads := []struct{ code, head string }{
		{event.CodeUnresolved, "sent without a value"},
		{event.CodePlaceholder, "still to be filled in"},
		{event.CodeUnasserted, "error responses that no test checked"},
		{event.CodeUndefined, "set to undefined"},
		{event.CodeSilent, "assertions that never ran"},
		{event.CodeMissing, "files that are not there"},
		{event.CodeUncovered, "nothing was held against the OpenAPI files"},
		{event.CodeSetup, "setup"},
	}
	for _, h := range heads {
		var list []event.Notice
		for _, n := range r.notices {
			if n.Code == h.code {
				list = append(list, n)
			}
		}
		if len(list) == 0 {
			continue
		}
		r.screen.Line("")
		r.screen.Wrapped("  ", c, h.head)
		for i, n := range list {
			if i+1 < len(list) && list[i+1].Hint == n.Hint {
				n.Hint = "" // the last of those that share it says it
			}
			if r.journal.Run.Strict && n.File != "" && n.Line > 0 {
				n.Text = fmt.Sprintf("%s:%d: %s", n.File, n.Line, n.Text)
			}
			r.tellIn(lead, c, n)
		}
	}
}

// verdict is the last line: how the run ended, in a sentence that can be read alone. The
// cases are in the order of their weight.
func (r *cliReport) verdict(s *event.Summary) {
	r.screen.Line("")
	ran := report.Count(s.Requests.Total, "request") + ", " + report.Count(s.Assertions.Total, "assertion") + " in " + report.TimeText(s.Elapsed)
	var bad []string
	add := func(n int, noun, rest string) {
		if n > 0 {
			bad = append(bad, report.Count(n, noun)+rest)
		}
	}
	if s.Recovered > 0 {
		ran += ", " + report.Count(s.Recovered, "request") + " flaky: passed only when tried again"
	}
	if n := s.Warnings(); n > 0 {
		ran += ", " + report.Count(n, "warning")
	}
	add(s.Assertions.Failed, "assertion", "")
	add(s.Requests.Failed, "request", " without a response")
	add(s.Scripts.Failed+s.Exceptions, "script error", "")
	add(s.Broken(), "threshold", "")
	add(s.Doubts(), "notice", " under --strict")
	reached := r.reached(s)
	stopped := map[string]string{
		"bail": "stopped at the first failure" + reached, "timeout": "stopped" + reached + ": the time for the run was up",
		"interrupt": "interrupted" + reached, "error": "stopped" + reached + ": " + s.Error,
	}[s.Reason]
	switch {
	case s.Reason != "" && s.Reason != "bail":
		if len(bad) > 0 {
			stopped += "; failed: " + strings.Join(bad, ", ")
		}
		r.screen.Wrapped("✖ ", screen.Red, stopped+" ("+ran+")")
	case s.Verdict() == event.Unknown:
		r.screen.Wrapped("✖ ", screen.Red, "inconclusive: no request got a response ("+ran+")")
	case len(bad) > 0:
		if stopped != "" {
			stopped = ", " + stopped
		}
		if text := report.CausedText(s); text != "" {
			stopped = ": " + text + stopped
		}
		r.screen.Wrapped("✖ ", screen.Red, "failed: "+strings.Join(bad, ", ")+stopped+" ("+ran+")")
	case s.Requests.Total == 0:
		r.screen.Wrapped("⚠ ", screen.Yellow, "no request was sent ("+ran+")")
	case report.AssertsNothing(s):
		_, rest, _ := strings.Cut(ran, " in ")
		r.screen.Wrapped("✓ ", screen.Yellow, report.Count(s.Requests.Total, "request")+", no assertion ran (in "+rest+")")
	default:
		r.screen.Wrapped("✓ ", screen.Green, "passed: "+ran)
	}
}

// reached says how far a run came that did not come to its end: " after 4 of 12 requests".
func (r *cliReport) reached(s *event.Summary) string {
	n := r.journal.Run.Items * r.journal.Run.Iterations
	if n > s.Items.Total {
		return fmt.Sprintf(" after %d of %s", s.Items.Total, report.Count(n, "request"))
	}
	return " after " + report.Count(s.Items.Total, "request")
}
