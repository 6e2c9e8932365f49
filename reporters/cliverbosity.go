package reporters

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/runner/event"
)

// outputOf is how much the terminal shall show: the reporter's own option, else the terminal's.
func outputOf(c Config) (string, error) {
	name, value := "--output", c.Terminal.Output
	if own, ok := c.Options["output"]; ok {
		name, value = "--reporter-cli-output", own
	}
	switch {
	case value == "":
		return OutputFull, nil
	case !slices.Contains(Outputs(), value):
		return "", fmt.Errorf("%s: %q is none of %s", name, value, strings.Join(Outputs(), ", "))
	}
	return value, nil
}

// A briefReport is the cli report with less: it looks at a request once it is over. Sums, failures in full, what makes
// the run doubtful and the last line are the cli report's.
type briefReport struct {
	*cliReport
	output string
	column int // of the next dot
}

// Report takes the next event.
func (r *briefReport) Report(e event.Event, s *event.Summary) error {
	for _, st := range r.journal.add(e) {
		r.step(st)
	}
	switch e := e.(type) {
	case event.RunStarted:
		r.screen.wrapped("", bold, e.Collection.Name)
	case event.IterationStarted:
		if r.output == OutputCompact {
			r.iteration(e)
		}
	case event.ItemStarted:
		if r.output != OutputDot {
			r.progress(s, e.Item.Name)
		}
	case event.Notice:
		if len(r.notices) < 1000 {
			r.notices = append(r.notices, e)
		}
	case event.RunFinished:
		r.end(s)
	}
	return r.screen.failure()
}

func (r *briefReport) step(s *step) {
	outcomes := s.outcomes()
	if r.output == OutputCompact {
		r.line(s, outcomes)
	}
	for _, o := range outcomes {
		if r.output == OutputDot {
			r.dot(o.Verdict)
		}
		if o.Error == nil {
			continue
		}
		n := r.note(s, o)
		if r.output == OutputCompact {
			r.screen.wrapped(fmt.Sprintf("%5d. ", n), red, oneLine(o.title()))
			r.screen.wrapped("       ", grey, clip(errorText(o.Error), 400))
		}
	}
	r.keep(s.ID)
	for _, earlier := range s.Earlier {
		delete(r.pending, earlier.ID)
	}
}

// line is a request in compact output: verdict, name, status, time.
func (r *briefReport) line(s *step, outcomes []outcome) {
	if !slices.Equal(r.folder, s.Item.Path) {
		r.folder = s.Item.Path
		if len(r.folder) > 0 {
			r.screen.wrapped("❏ ", bold, oneLine(strings.Join(r.folder, " / ")))
		}
	}
	sign, c := "- ", cyan
	for _, o := range outcomes {
		if o.Verdict == failed || o.Verdict == errored {
			sign, c = "✖ ", red
			break
		}
		if o.Verdict == passed {
			sign, c = "✓ ", green
		}
	}
	text := oneLine(s.Item.Name)
	if len(s.Earlier) > 0 {
		text += fmt.Sprintf(" (attempt %d)", len(s.Earlier)+1)
	}
	if x := s.main(); x != nil && x.Response != nil {
		text += r.screen.paint(grey, fmt.Sprintf(" [%d, %s]", x.Response.Code, timeText(x.Response.Timing.Total)))
	}
	indent := ""
	if len(r.folder) > 0 {
		indent = "  "
	}
	r.screen.line(strings.TrimRight(indent+r.screen.paint(c, strings.TrimSpace(sign))+" "+text, " "))
}

// dot writes one character; a line is full at the screen's width.
func (r *briefReport) dot(v verdict) {
	sign := map[verdict]string{passed: ".", failed: "F", errored: "E", skipped: "s"}[v]
	if v == failed || v == errored {
		sign = r.screen.paint(red, sign)
	}
	r.screen.write(sign)
	if r.column++; r.column >= min(r.screen.width, 80) {
		r.column = 0
		r.screen.line("")
	}
}

func (r *briefReport) end(s *event.Summary) {
	if r.column > 0 {
		r.screen.line("")
	}
	r.screen.erase()
	if r.output == OutputCompact || r.output == OutputSummary {
		r.table(s)
	}
	if r.output != OutputSummary {
		r.showFailures()
	}
	if r.output != OutputFailures {
		r.trust()
	}
	r.verdict(s)
}
