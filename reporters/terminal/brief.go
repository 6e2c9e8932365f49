package terminal

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// outputOf is how much the terminal shows: the reporter's own option, else the terminal's.
// The error names the option and its values.
func outputOf(c report.Config) (string, error) {
	name, value := "--output", c.Terminal.Output
	if own, ok := c.Options["output"]; ok {
		name, value = "--reporter-cli-output", own
	}
	switch {
	case value == "":
		return report.OutputFull, nil
	case !slices.Contains(report.Outputs(), value):
		return "", fmt.Errorf("%s: %q is not one of %s", name, value, strings.Join(report.Outputs(), ", "))
	}
	return value, nil
}

// A briefReport is the cli report with less: it looks at a request once it is over. Sums,
// failures in full, what makes the run doubtful and the last line are the cli report's.
type briefReport struct {
	*cliReport
	output string
	column int // of the next dot
}

// Report takes the next event. The journal gives the steps that are over, which is after a
// retry has been decided on.
func (r *briefReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	for _, st := range r.journal.Add(e) {
		r.step(st, s)
	}
	switch e := e.(type) {
	case event.RunStarted:
		r.screen.Wrapped("", screen.Bold, e.Collection.Name)
	case event.IterationStarted:
		if r.output == report.OutputCompact {
			r.iteration(e)
		}
	case event.ItemStarted:
		r.begun = true
		if r.output != report.OutputDot {
			r.progress(s, e.Item.Name)
		}
	case event.Notice:
		if !r.doubt(e) && len(r.notices) < mostNotices {
			r.notices = append(r.notices, e)
		}
	case event.RunFinished:
		r.end(s)
	}
	return r.screen.Failure()
}

// step prints a finished step in few signs. Failures are kept until it is known whether they follow from another.
func (r *briefReport) step(s *report.Step, sums *event.Summary) {
	outcomes := s.Outcomes()
	if r.output == report.OutputCompact {
		r.line(s, outcomes)
	}
	for _, o := range outcomes {
		if r.output == report.OutputDot {
			r.dot(o.Status)
		}
		if o.Error == nil {
			continue
		}
		n := r.note(s, o)
		if r.output == report.OutputCompact {
			r.screen.Wrapped(fmt.Sprintf("%5d. ", n), screen.Red, report.OneLine(o.Title()))
			r.screen.Wrapped("       ", screen.Grey, report.Clip(report.ErrorText(o.Error), 400))
		}
	}
	// Failures of attempts that were tried again do not count.
	r.keep(s.ID, sums)
	for _, earlier := range s.Earlier {
		delete(r.pending, earlier.ID)
	}
}

// line is a request in compact output: sign, name, status, time. A request without assertions
// has the sign of a skipped one.
func (r *briefReport) line(s *report.Step, outcomes []report.Outcome) {
	if !slices.Equal(r.folder, s.Item.Path) {
		r.folder = s.Item.Path
		if len(r.folder) > 0 {
			r.screen.Wrapped("❏ ", screen.Bold, report.OneLine(strings.Join(r.folder, " / ")))
		}
	}
	sign, c := "- ", screen.Cyan
	for _, o := range outcomes {
		if o.Status == report.Failed || o.Status == report.Errored {
			sign, c = "✖ ", screen.Red
			break
		}
		if o.Status == report.Passed {
			sign, c = "✓ ", screen.Green
		}
	}
	text := report.OneLine(s.Item.Name)
	if len(s.Earlier) > 0 {
		text += fmt.Sprintf(" (attempt %d)", len(s.Earlier)+1)
	}
	if x := s.Main(); x != nil && x.Response != nil {
		text += r.screen.Paint(screen.Grey, fmt.Sprintf(" [%d, %s]", x.Response.Code, report.TimeText(x.Response.Timing.Total)))
	}
	indent := ""
	if len(r.folder) > 0 {
		indent = "  "
	}
	r.screen.Line(strings.TrimRight(indent+r.screen.Paint(c, strings.TrimSpace(sign))+" "+text, " "))
}

// dot writes one character; a line is full at the screen's width, at most 80 columns, so that
// logs can be read.
func (r *briefReport) dot(v report.Status) {
	sign := map[report.Status]string{report.Passed: ".", report.Failed: "F", report.Errored: "E", report.Skipped: "s"}[v]
	if v == report.Failed || v == report.Errored {
		sign = r.screen.Paint(screen.Red, sign)
	}
	r.screen.Print(sign)
	if r.column++; r.column >= min(r.screen.Width(), 80) {
		r.column = 0
		r.screen.Line("")
	}
}

// end prints what the chosen kind of output has at its end.
func (r *briefReport) end(s *event.Summary) {
	if r.column > 0 {
		r.screen.Line("")
	}
	r.screen.Erase()
	if r.output == report.OutputCompact || r.output == report.OutputSummary {
		r.table(s)
	}
	if r.output != report.OutputSummary {
		r.showFailures(s)
	}
	if r.output != report.OutputFailures || r.journal.Run.Strict {
		r.doubts()
	}
	r.verdict(s)
}
