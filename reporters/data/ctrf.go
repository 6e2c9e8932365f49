package data

import (
	"fmt"
	"io"
	"time"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// CTRF describes the ctrf reporter. Of bodies, 4 KB are kept for the texts of failures.
func CTRF() report.Spec {
	return report.Spec{Name: "ctrf", About: "CTRF, the Common Test Report Format", Extension: ".json", Bodies: 4 << 10, New: func(cfg report.Config) (report.Reporter, error) {
		return &ctrfReport{cfg: cfg}, nil
	}}
}

// A ctrfReport writes the Common Test Report Format (ctrf.io): a test for every outcome, as
// it happens; the sums follow.
type ctrfReport struct {
	cfg     report.Config
	journal report.Journal
	sums    ctrfSummary

	warnings []ctrfWarning
}

// mostWarnings is how many warnings a report tells one by one. Reports of long runs would
// consist of them otherwise.
const mostWarnings = 100

// A ctrfWarning is a notice of a run that only looks green, where that is no failure.
type ctrfWarning struct {
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	FilePath string `json:"filePath,omitempty"`
	Line     int    `json:"line,omitempty"`
}

// The objects of CTRF's schema, as far as they are used. Times are in milliseconds, points in
// time since 1970.
type (
	ctrfTest struct {
		Name      string   `json:"name"`
		Status    string   `json:"status"`
		Duration  int64    `json:"duration"` // milliseconds
		Start     int64    `json:"start,omitempty"`
		Suite     []string `json:"suite,omitempty"`
		Message   string   `json:"message,omitempty"`
		Trace     string   `json:"trace,omitempty"`
		Snippet   string   `json:"snippet,omitempty"`
		Line      int      `json:"line,omitempty"`
		RawStatus string   `json:"rawStatus,omitempty"`
		Type      string   `json:"type"`
		FilePath  string   `json:"filePath,omitempty"`
		Retries   int      `json:"retries,omitempty"`
		Flaky     bool     `json:"flaky,omitempty"` // passed, but not at the first attempt
		Extra     any      `json:"extra,omitempty"` // of a failure that followed from another: from which
	}
	ctrfSummary struct {
		Tests   int   `json:"tests"`
		Passed  int   `json:"passed"`
		Failed  int   `json:"failed"`
		Skipped int   `json:"skipped"`
		Pending int   `json:"pending"`
		Other   int   `json:"other"`
		Start   int64 `json:"start"`
		Stop    int64 `json:"stop"`
	}
)

// Report takes the next event. The document is complete only with the run's end.
func (r *ctrfReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	if e, ok := e.(event.RunStarted); ok {
		head := fmt.Sprintf(`{"reportFormat":"CTRF","specVersion":"0.0.0","timestamp":%q,"generatedBy":"posthaste",`+
			`"results":{"tool":{"name":"posthaste","version":%s},"tests":[`, e.Time.UTC().Format(time.RFC3339), report.JSONText(e.Version))
		if err := r.write(head); err != nil {
			return err
		}
	}
	for _, step := range r.journal.Add(e) {
		for _, o := range step.Judged(s) {
			if err := r.test(step, o); err != nil {
				return err
			}
		}
	}
	if s, o, ok := r.journal.OfWhole(e); ok {
		return r.test(s, o)
	} else if n, ok := e.(event.Notice); ok && n.Doubtful() && len(r.warnings) < mostWarnings {
		r.warnings = append(r.warnings, ctrfWarning{n.Text, n.Hint, n.File, n.Line})
	}
	if e, ok := e.(event.RunFinished); ok {
		if o := report.RunOutcome(e); o != nil {
			if err := r.test(r.journal.OfRun(), *o); err != nil {
				return err
			}
		}
		return r.finish(e, s)
	}
	return nil
}

// test writes one outcome. CTRF knows no "errored", so it is failed, with the difference in
// rawStatus. Tests are divided by commas, which stand before each but the first.
func (r *ctrfReport) test(s *report.Step, o report.Outcome) error {
	t := ctrfTest{
		Name: report.OneLine(o.Name + s.Label(r.journal.Run)), Status: o.Status.String(), Duration: o.Time.Milliseconds(), Type: "api",
		Suite: append([]string{r.journal.Run.Collection.Name}, s.Item.FullPath()...),
		Line:  s.Item.Line, FilePath: s.Item.File, Retries: max(s.Attempt, len(s.Earlier)),
		Flaky: o.Status == report.Passed && len(s.FailedBefore(o.Name)) > 0,
	}
	if !s.Started.IsZero() {
		t.Start = s.Started.UnixMilli()
	}
	r.sums.Tests++
	switch o.Status {
	case report.Passed:
		r.sums.Passed++
	case report.Skipped:
		r.sums.Skipped++
		t.Message = o.Reason
	case report.Failed, report.Errored:
		t.Status, t.RawStatus = "failed", o.Status.String()
		r.sums.Failed++
		t.Message, t.Trace = report.Plain(report.Clip(report.ErrorText(o.Error), 4<<10)), report.Clip(o.Explain(), report.MaxText)
		t.Snippet = report.Plain(o.Error.Source)
		if f := o.Follow; f != nil {
			t.Extra = map[string]string{"cause": report.CausePath(f.Cause.Item), "through": f.Through}
		}
	}
	text, err := report.Indented(t, "")
	if err != nil {
		return err
	}
	separator := "\n"
	if r.sums.Tests > 1 {
		separator = ",\n"
	}
	return r.write(separator + text)
}

// A ctrfExtra is what the format has no place for: its schema allows any object under extra.
type ctrfExtra struct {
	Reason   string        `json:"reason,omitempty"` // why the run was cut short
	Error    string        `json:"error,omitempty"`
	Warned   int           `json:"warned,omitempty"`
	Warnings []ctrfWarning `json:"warnings,omitempty"`
}

// finish writes the summary last, since a stream of tests does not know it before. The order
// of keys means nothing in JSON.
func (r *ctrfReport) finish(e event.RunFinished, s *event.Summary) error {
	r.sums.Start, r.sums.Stop = s.Started.UnixMilli(), s.Completed.UnixMilli()
	text, err := report.Indented(r.sums, "")
	if err != nil {
		return err
	}
	text = "\n],\"summary\":" + text
	if e.Reason != "" || len(r.warnings) > 0 {
		extra, err := report.Indented(ctrfExtra{e.Reason, e.Error, len(r.warnings), r.warnings}, "")
		if err != nil {
			return err
		}
		text += ",\"extra\":" + extra
	}
	return r.write(text + "}}\n")
}

// write writes a piece of the document.
func (r *ctrfReport) write(text string) error {
	if _, err := io.WriteString(r.cfg.Out, text); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
