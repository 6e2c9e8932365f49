package reporters

import (
	"fmt"
	"io"
	"strings"

	"posthaste/runner/event"
)

// azureIssues is how many failures become issues of the build, of which its summary shows ten.
const azureIssues = 9

func azureSpec() Spec {
	return Spec{Name: "azure", Bodies: 4 << 10, New: func(cfg Config) (Reporter, error) {
		return &azureReport{cfg: cfg, folds: azureFolds()}, nil
	}}
}

// An azureReport speaks to Azure Pipelines: the log folds in groups, a folder a group, and failures become issues of
// the build, with file and line. With the option groups it writes the requests too, which is for runs without the cli
// report.
type azureReport struct {
	cfg     Config
	journal journal
	folds   *folds
	issues  []string // at most azureIssues
	failed  int
}

// Report takes the next event.
func (r *azureReport) Report(e event.Event, _ *event.Summary) error {
	var b strings.Builder
	b.WriteString(r.folds.add(e, r.journal.run))
	for _, s := range r.journal.add(e) {
		if r.cfg.option("groups") {
			for _, line := range logLines(s, r.journal.run) {
				b.WriteString(defused(line) + "\n")
			}
		}
		for _, o := range s.outcomes() {
			if o.Error != nil {
				r.issue(s, o)
			}
		}
		if text := s.flaky(); text != "" && len(r.issues) < azureIssues {
			text = oneLine(s.path() + s.label(r.journal.run) + ": " + text)
			r.issues = append(r.issues, "##vso[task.logissue type=warning;]"+azureText(text)+"\n")
		}
	}
	if e, ok := e.(event.Threshold); ok && e.Broken {
		r.issue(r.journal.ofRun(), limit(e))
	}
	if e, ok := e.(event.RunFinished); ok {
		r.finish(&b, e)
	}
	if b.Len() == 0 {
		return nil
	}
	if _, err := io.WriteString(r.cfg.Out, b.String()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// issue keeps a failure for the end, where it is not hidden in a group.
func (r *azureReport) issue(s *step, o outcome) {
	if r.failed++; r.failed > azureIssues {
		return
	}
	place := ""
	if s.Item.File != "" {
		place = "sourcepath=" + azureProperty(s.Item.File) + ";"
		if s.Item.Line > 0 {
			place += fmt.Sprintf("linenumber=%d;", s.Item.Line)
		}
	}
	text := oneLine(s.path()+s.label(r.journal.run)+": "+o.title()) + "\n" + clip(o.explain(), 4<<10)
	r.issues = append(r.issues, logIssue(place, text))
}

func (r *azureReport) finish(b *strings.Builder, e event.RunFinished) {
	for _, issue := range r.issues {
		b.WriteString(issue)
	}
	if more := r.failed - azureIssues; more > 0 {
		b.WriteString(logIssue("", fmt.Sprintf("%s: and %d more", oneLine(r.journal.run.Collection.Name), more)))
	}
	if e.Reason != "" && e.Reason != "bail" {
		b.WriteString(logIssue("", oneLine("the run was cut short: "+e.Reason+" "+e.Error)))
	}
}

func logIssue(place, text string) string {
	return "##vso[task.logissue type=error;" + place + "]" + azureText(text) + "\n"
}

// azureText is a command's message as the agent decodes it.
func azureText(text string) string {
	return strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A").Replace(defused(strings.TrimRight(plain(text), "\n")))
}

// azureProperty is a command's property.
func azureProperty(text string) string {
	return strings.NewReplacer(";", "%3B", "]", "%5D").Replace(azureText(text))
}
