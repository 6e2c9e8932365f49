package data

import (
	"fmt"
	"io"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// TAP describes the tap reporter.
func TAP() report.Spec {
	return report.Spec{Name: "tap", About: "TAP 14", Extension: ".tap", Bodies: 4 << 10, New: func(cfg report.Config) (report.Reporter, error) {
		return &tapReport{out: cfg.Out}, nil
	}}
}

// A tapReport writes TAP 14 (testanything.org): a test point for every outcome, the plan at
// the end, where the specification allows it.
type tapReport struct {
	out     io.Writer
	journal report.Journal
	n       int
}

// Report takes the next event. Points are written as requests end.
func (r *tapReport) Report(masked event.Masked, sums *event.Summary) error {
	e := masked.Event()
	var b strings.Builder
	if _, ok := e.(event.RunStarted); ok {
		b.WriteString("TAP version 14\n")
	}
	for _, s := range r.journal.Add(e) {
		for _, o := range s.Judged(sums) {
			r.point(&b, s, o)
		}
		if text := s.Flaky(); text != "" {
			fmt.Fprintf(&b, "# %s: %s\n", report.OneLine(s.Path()+s.Label(r.journal.Run)), text)
		}
	}
	if s, o, ok := r.journal.OfWhole(e); ok {
		r.point(&b, s, o)
	} else if n, ok := e.(event.Notice); ok && n.Doubtful() {
		fmt.Fprintf(&b, "# warning: %s\n", report.OneLine(n.Text))
	}
	if e, ok := e.(event.RunFinished); ok {
		fmt.Fprintf(&b, "1..%d\n", r.n)
		if e.Reason != "" {
			fmt.Fprintf(&b, "Bail out! %s\n", report.Stopped(e.Reason, e.Error))
		}
	}
	if b.Len() == 0 {
		return nil
	}
	if _, err := io.WriteString(r.out, b.String()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// point writes one line of TAP and, for failures, its YAML block. # begins a directive in
// TAP, and is escaped in names.
func (r *tapReport) point(b *strings.Builder, s *report.Step, o report.Outcome) {
	r.n++
	ok := "ok"
	if o.Status == report.Failed || o.Status == report.Errored {
		ok = "not ok"
	}
	name := report.OneLine(s.Path() + s.Label(r.journal.Run) + ": " + o.Name)
	fmt.Fprintf(b, "%s %d - %s", ok, r.n, strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(name))
	if o.Status == report.Skipped {
		fmt.Fprintf(b, " # SKIP %s", report.OneLine(o.Reason))
	}
	b.WriteString("\n")
	if o.Error == nil {
		return
	}
	// JSON's strings are YAML's too
	b.WriteString("  ---\n")
	fmt.Fprintf(b, "  message: %s\n", report.JSONText(report.Plain(report.Clip(report.ErrorText(o.Error), 4<<10))))
	severity := "error"
	if o.Status == report.Failed {
		severity = "fail"
	}
	fmt.Fprintf(b, "  severity: %s\n", severity)
	if o.Error.HasDiff {
		fmt.Fprintf(b, "  data:\n    expect: %s\n    got: %s\n", report.JSONText(report.Plain(o.Error.Expected)), report.JSONText(report.Plain(o.Error.Actual)))
	}
	if where := o.Where(); where != "" {
		fmt.Fprintf(b, "  where: %s\n", report.JSONText(where))
	}
	if s.Item.File != "" {
		fmt.Fprintf(b, "  at:\n    file: %s\n    line: %d\n", report.JSONText(s.Item.File), max(1, s.Item.Line))
	}
	b.WriteString("  ...\n")
}
