package reporters

import (
	"fmt"
	"io"
	"time"

	"posthaste/runner/event"
)

func ctrfSpec() Spec {
	return Spec{Name: "ctrf", Extension: ".json", Bodies: 4 << 10, New: func(cfg Config) (Reporter, error) {
		return &ctrfReport{cfg: cfg}, nil
	}}
}

// A ctrfReport writes the Common Test Report Format: a test for every outcome, as it happens; the sums follow.
type ctrfReport struct {
	cfg     Config
	journal journal
	sums    ctrfSummary
}

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

// Report takes the next event.
func (r *ctrfReport) Report(e event.Event, s *event.Summary) error {
	if e, ok := e.(event.RunStarted); ok {
		head := fmt.Sprintf(`{"reportFormat":"CTRF","specVersion":"0.0.0","timestamp":%q,"generatedBy":"posthaste",`+
			`"results":{"tool":{"name":"posthaste","version":%s},"tests":[`, e.Time.UTC().Format(time.RFC3339), jsonText(e.Version))
		if err := r.write(head); err != nil {
			return err
		}
	}
	for _, step := range r.journal.add(e) {
		for _, o := range step.outcomes() {
			if err := r.test(step, o); err != nil {
				return err
			}
		}
	}
	if e, ok := e.(event.Threshold); ok {
		return r.test(r.journal.ofRun(), limit(e))
	}
	if e, ok := e.(event.RunFinished); ok {
		if o := runOutcome(e); o != nil {
			if err := r.test(r.journal.ofRun(), *o); err != nil {
				return err
			}
		}
		return r.finish(e, s)
	}
	return nil
}

func (r *ctrfReport) test(s *step, o outcome) error {
	t := ctrfTest{
		Name: oneLine(o.Name + s.label(r.journal.run)), Status: o.Verdict.String(), Duration: o.Time.Milliseconds(), Type: "api",
		Suite: append([]string{r.journal.run.Collection.Name}, append(append([]string{}, s.Item.Path...), s.Item.Name)...),
		Line:  s.Item.Line, FilePath: s.Item.File, Retries: max(s.Attempt, len(s.Earlier)),
		Flaky: o.Verdict == passed && len(s.failedBefore(o.Name)) > 0,
	}
	if !s.Started.IsZero() {
		t.Start = s.Started.UnixMilli()
	}
	r.sums.Tests++
	switch o.Verdict {
	case passed:
		r.sums.Passed++
	case skipped:
		r.sums.Skipped++
		t.Message = o.Reason
	case failed, errored:
		t.Status, t.RawStatus = "failed", o.Verdict.String()
		r.sums.Failed++
		t.Message, t.Trace = plain(clip(errorText(o.Error), 4<<10)), clip(o.explain(), maxText)
		t.Snippet = plain(o.Error.Source)
	}
	text, err := indented(t, "")
	if err != nil {
		return err
	}
	separator := "\n"
	if r.sums.Tests > 1 {
		separator = ",\n"
	}
	return r.write(separator + text)
}

func (r *ctrfReport) finish(e event.RunFinished, s *event.Summary) error {
	r.sums.Start, r.sums.Stop = s.Started.UnixMilli(), s.Completed.UnixMilli()
	text, err := indented(r.sums, "")
	if err != nil {
		return err
	}
	text = "\n],\"summary\":" + text
	if e.Reason != "" {
		extra, err := indented(map[string]string{"reason": e.Reason, "error": e.Error}, "")
		if err != nil {
			return err
		}
		text += ",\"extra\":" + extra
	}
	return r.write(text + "}}\n")
}

func (r *ctrfReport) write(text string) error {
	if _, err := io.WriteString(r.cfg.Out, text); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
