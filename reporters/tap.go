package reporters

import (
	"fmt"
	"io"
	"strings"

	"posthaste/runner/event"
)

func tapSpec() Spec {
	return Spec{Name: "tap", Extension: ".tap", Bodies: 4 << 10, New: func(cfg Config) (Reporter, error) {
		return &tapReport{out: cfg.Out}, nil
	}}
}

// A tapReport writes TAP 14: a test point for every outcome, the plan at the end.
type tapReport struct {
	out     io.Writer
	journal journal
	n       int
}

// Report takes the next event.
func (r *tapReport) Report(e event.Event, _ *event.Summary) error {
	var b strings.Builder
	if _, ok := e.(event.RunStarted); ok {
		b.WriteString("TAP version 14\n")
	}
	for _, s := range r.journal.add(e) {
		for _, o := range s.outcomes() {
			r.point(&b, s, o)
		}
		if text := s.flaky(); text != "" {
			fmt.Fprintf(&b, "# %s: %s\n", oneLine(s.path()+s.label(r.journal.run)), text)
		}
	}
	if e, ok := e.(event.Threshold); ok {
		r.point(&b, r.journal.ofRun(), limit(e))
	}
	if e, ok := e.(event.RunFinished); ok {
		fmt.Fprintf(&b, "1..%d\n", r.n)
		if e.Reason != "" {
			fmt.Fprintf(&b, "Bail out! %s\n", oneLine(e.Reason+" "+e.Error))
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

func (r *tapReport) point(b *strings.Builder, s *step, o outcome) {
	r.n++
	ok := "ok"
	if o.Verdict == failed || o.Verdict == errored {
		ok = "not ok"
	}
	name := oneLine(s.path() + s.label(r.journal.run) + ": " + o.Name)
	fmt.Fprintf(b, "%s %d - %s", ok, r.n, strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(name))
	if o.Verdict == skipped {
		fmt.Fprintf(b, " # SKIP %s", oneLine(o.Reason))
	}
	b.WriteString("\n")
	if o.Error == nil {
		return
	}
	// JSON's strings are YAML's too
	b.WriteString("  ---\n")
	fmt.Fprintf(b, "  message: %s\n", jsonText(plain(clip(errorText(o.Error), 4<<10))))
	fmt.Fprintf(b, "  severity: %s\n", map[bool]string{true: "fail", false: "error"}[o.Verdict == failed])
	if o.Error.HasDiff {
		fmt.Fprintf(b, "  data:\n    expect: %s\n    got: %s\n", jsonText(plain(o.Error.Expected)), jsonText(plain(o.Error.Actual)))
	}
	if where := o.where(); where != "" {
		fmt.Fprintf(b, "  where: %s\n", jsonText(where))
	}
	if s.Item.File != "" {
		fmt.Fprintf(b, "  at:\n    file: %s\n    line: %d\n", jsonText(s.Item.File), max(1, s.Item.Line))
	}
	b.WriteString("  ...\n")
}
