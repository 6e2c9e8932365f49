package reporters

import (
	"fmt"
	"io"
	"strings"

	"posthaste/runner/event"
)

func gitlabSpec() Spec {
	return Spec{Name: "gitlab", New: func(cfg Config) (Reporter, error) {
		return &gitlabReport{cfg: cfg, folds: gitlabFolds(cfg.Now)}, nil
	}}
}

// A gitlabReport folds the job's log in sections, a folder a section; failures reach the merge request by the junit
// report. With the option groups it writes the requests too, which is for runs without the cli report.
type gitlabReport struct {
	cfg     Config
	journal journal
	folds   *folds
}

// GitHubFolds is the part of the github report that folds what others print, a folder a group. It stands apart because
// it has to come before them, and the annotations after.
func GitHubFolds() Spec {
	return Spec{Name: "folds", New: func(cfg Config) (Reporter, error) {
		return &gitlabReport{cfg: Config{Out: cfg.Out}, folds: githubFolds()}, nil
	}}
}

// Report takes the next event.
func (r *gitlabReport) Report(e event.Event, _ *event.Summary) error {
	var b strings.Builder
	b.WriteString(r.folds.add(e, r.journal.run))
	for _, s := range r.journal.add(e) {
		if r.cfg.option("groups") {
			b.WriteString(strings.Join(logLines(s, r.journal.run), "\n") + "\n")
		}
	}
	if b.Len() == 0 {
		return nil
	}
	if _, err := io.WriteString(r.cfg.Out, b.String()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
