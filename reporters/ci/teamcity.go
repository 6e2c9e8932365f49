package ci

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"posthaste/internal/unique"
	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// TeamCity describes the teamcity reporter.
func TeamCity() report.Spec {
	return report.Spec{Name: "teamcity", About: "TeamCity's build log", Bodies: 4 << 10, New: func(cfg report.Config) (report.Reporter, error) {
		return &teamcityReport{out: cfg.Out}, nil
	}}
}

// A teamcityReport writes TeamCity's service messages to the build log: a suite a request, a test an outcome.
type teamcityReport struct {
	out     io.Writer
	journal report.Journal
}

// Report takes the next event.
func (r *teamcityReport) Report(masked event.Masked, sums *event.Summary) error {
	e := masked.Event()
	var b strings.Builder
	for _, s := range r.journal.Add(e) {
		r.tell(&b, s, s.Judged(sums))
	}
	if s, o, ok := r.journal.OfWhole(e); ok {
		r.tell(&b, s, []report.Outcome{o})
	} else if n, ok := e.(event.Notice); ok && n.Doubtful() {
		message(&b, "message", "text", report.OneLine(n.Text), "status", "WARNING")
	}
	if e, ok := e.(event.RunFinished); ok && e.Reason != "" {
		message(&b, "buildProblem", "description", report.Stopped(e.Reason, e.Error))
	}
	if b.Len() == 0 {
		return nil
	}
	if _, err := io.WriteString(r.out, b.String()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// tell writes a suite.
func (r *teamcityReport) tell(b *strings.Builder, s *report.Step, outcomes []report.Outcome) {
	name := report.OneLine(s.Path() + s.Label(r.journal.Run))
	message(b, "testSuiteStarted", "name", name)
	names := unique.Names{}
	for _, o := range outcomes {
		test := names.Next(report.OneLine(o.Name))
		message(b, "testStarted", "name", test)
		switch {
		case o.Error != nil && o.Error.HasDiff:
			message(b, "testFailed", "name", test, "type", "comparisonFailure", "message", report.OneLine(report.ErrorText(o.Error)),
				"details", report.Clip(o.Explain(), report.MaxText), "expected", report.Plain(o.Error.Expected), "actual", report.Plain(o.Error.Actual))
		case o.Error != nil:
			message(b, "testFailed", "name", test, "message", report.OneLine(report.ErrorText(o.Error)), "details", report.Clip(o.Explain(), report.MaxText))
		case o.Status == report.Skipped:
			message(b, "testIgnored", "name", test, "message", o.Reason)
		}
		message(b, "testFinished", "name", test, "duration", fmt.Sprint(o.Time.Milliseconds()))
	}
	if text := s.Flaky(); text != "" {
		message(b, "message", "text", name+": "+text, "status", "WARNING")
	}
	message(b, "testSuiteFinished", "name", name)
}

// message writes one service message with its attributes, given as name and value in turn.
func message(b *strings.Builder, kind string, attributes ...string) {
	b.WriteString("##teamcity[" + kind)
	for i := 0; i+1 < len(attributes); i += 2 {
		b.WriteString(" " + attributes[i] + "='" + serviceText(attributes[i+1]) + "'")
	}
	b.WriteString("]\n")
}

// serviceText escapes a value as TeamCity asks: its marks with a bar, what is not ASCII by number.
func serviceText(text string) string {
	var b strings.Builder
	for _, c := range text {
		switch {
		case c == '|', c == '\'', c == '[', c == ']':
			b.WriteString("|" + string(c))
		case c == '\n':
			b.WriteString("|n")
		case c == '\r':
			b.WriteString("|r")
		case c > 0x7e:
			for _, unit := range utf16.Encode([]rune{c}) {
				fmt.Fprintf(&b, "|0x%04X", unit)
			}
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
