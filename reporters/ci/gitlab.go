package ci

import (
	"fmt"
	"io"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// GitLab describes the gitlab reporter.
func GitLab() report.Spec {
	return report.Spec{Name: "gitlab", About: "GitLab's job log, with sections", Options: []string{"groups"}, New: func(cfg report.Config) (report.Reporter, error) {
		return &gitlabReport{cfg: cfg, folds: gitlabFolds(cfg.Now)}, nil
	}}
}

// A gitlabReport folds the job's log in sections, a folder a section; failures reach the merge request by the junit
// report. With the option groups it writes the requests too, which is for runs without the cli report.
type gitlabReport struct {
	cfg     report.Config
	journal report.Journal
	folds   *folds
}

// GitHubFolds is the part of the github report that folds what others print, a folder a group. It stands apart because
// it has to come before them, and the annotations after.
func GitHubFolds() report.Spec {
	return report.Spec{Name: "folds", New: func(cfg report.Config) (report.Reporter, error) {
		return &gitlabReport{cfg: report.Config{Out: cfg.Out}, folds: githubFolds()}, nil
	}}
}

// Report takes the next event.
func (r *gitlabReport) Report(masked event.Masked, _ *event.Summary) error {
	e := masked.Event()
	var b strings.Builder
	b.WriteString(r.folds.add(e, r.journal.Run))
	for _, s := range r.journal.Add(e) {
		if r.cfg.Option("groups") {
			b.WriteString(strings.Join(logLines(s, r.journal.Run), "\n") + "\n")
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
