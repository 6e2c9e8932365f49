package ci

import (
	"fmt"
	"io"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/cause"
	"posthaste/runner/event"
)

// azureIssues is how many failures become issues of the build; its summary shows ten.
const azureIssues = 9

// Azure describes the azure reporter.
func Azure() report.Spec {
	return report.Spec{Name: "azure", About: "Azure Pipelines' log", Bodies: 4 << 10, Options: []string{"groups"}, New: func(cfg report.Config) (report.Reporter, error) {
		return &azureReport{cfg: cfg, folds: azureFolds()}, nil
	}}
}

// An azureReport speaks to Azure Pipelines: the log folds in groups, a folder a group, and failures become issues of
// the build, with file and line. With the option groups it writes the requests too, which is for runs without the cli
// report.
type azureReport struct {
	cfg     report.Config
	journal report.Journal
	folds   *folds
	issues  []issue // at most azureIssues, for the end: more may be secret by then
	failed  int
	warned  int
}

// Report takes the next event.
func (r *azureReport) Report(masked event.Masked, sums *event.Summary) error {
	e := masked.Event()
	var b strings.Builder
	b.WriteString(r.folds.add(e, r.journal.Run))
	for _, s := range r.journal.Add(e) {
		if r.cfg.Option("groups") {
			for _, line := range logLines(s, r.journal.Run) {
				b.WriteString(report.Defused(line) + "\n")
			}
		}
		for _, o := range s.Judged(sums) {
			if o.Error == nil || o.Follow != nil && !o.Follow.Needed || s.Repeats(sums) != nil {
				continue
			}
			if r.issue(s, o); r.failed <= azureIssues {
				r.issues[len(r.issues)-1].cause = sums.Judged(s.Step).Cause
			}
		}
		if text := s.Flaky(); text != "" {
			r.warn(issue{kind: "warning", title: report.OneLine(s.Path() + s.Label(r.journal.Run) + ": " + text)})
		}
	}
	if s, o, ok := r.journal.OfWhole(e); ok {
		if o.Error != nil {
			r.issue(s, o)
		}
	} else if n, ok := e.(event.Notice); ok && n.Doubtful() {
		r.warn(issue{kind: "warning", file: n.File, line: n.Line, title: report.OneLine(r.journal.Run.Collection.Name + ": " + n.Text + hintText(n.Hint))})
	}
	if e, ok := e.(event.RunFinished); ok {
		r.finish(&b, e, sums)
	}
	if b.Len() == 0 {
		return nil
	}
	if _, err := io.WriteString(r.cfg.Out, b.String()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// warn keeps a warning for the end.
func (r *azureReport) warn(i issue) {
	if r.warned++; r.warned <= azureIssues {
		r.issues = append(r.issues, i)
	}
}

// issue keeps a failure for the end, where it is not hidden in a group.
func (r *azureReport) issue(s *report.Step, o report.Outcome) {
	if r.failed++; r.failed > azureIssues {
		return
	}
	title := report.OneLine(s.Path() + s.Label(r.journal.Run) + ": " + o.Title())
	r.issues = append(r.issues, issue{kind: "error", file: s.Item.File, line: s.Item.Line, title: title, text: o.Explain()})
}

// finish prints the issues together, below the groups.
func (r *azureReport) finish(b *strings.Builder, e event.RunFinished, sums *event.Summary) {
	for _, i := range r.issues {
		text := r.cfg.Masked(i.title + repeatedText(i.cause, r.journal.Run))
		if i.text != "" {
			text += "\n" + report.Clip(r.cfg.Masked(i.text), 4<<10)
		}
		b.WriteString(logIssue(i.kind, i.place(), text))
	}
	if more := r.failed - azureIssues; more > 0 {
		b.WriteString(logIssue("error", "", fmt.Sprintf("%s: and %d more", report.OneLine(r.journal.Run.Collection.Name), more)))
	}
	if more := r.warned - azureIssues; more > 0 {
		b.WriteString(logIssue("warning", "", fmt.Sprintf("%s: and %d more", report.OneLine(r.journal.Run.Collection.Name), more)))
	}
	if text := report.CausedText(sums); text != "" {
		b.WriteString(logIssue("warning", "", report.OneLine(r.journal.Run.Collection.Name+": "+text)))
	}
	if e.Reason != "" && e.Reason != "bail" {
		b.WriteString(logIssue("error", "", "the run did not finish: "+report.Stopped(e.Reason, e.Error)))
	}
}

// An issue is a line in the summary of a build.
type issue struct {
	kind, file  string
	line        int
	title, text string
	cause       *cause.Cause // that it is; nil without one
}

// place is where an issue stands, in the properties of Azure's logissue command.
func (i issue) place() string {
	if i.file == "" {
		return ""
	}
	place := "sourcepath=" + azureProperty(i.file) + ";"
	if i.line > 0 {
		place += fmt.Sprintf("linenumber=%d;", i.line)
	}
	return place
}

func logIssue(kind, place, text string) string {
	return "##vso[task.logissue type=" + kind + ";" + place + "]" + azureText(text) + "\n"
}

// azureText is a command's message as the agent decodes it.
func azureText(text string) string {
	return strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A").Replace(report.Defused(strings.TrimRight(report.Plain(text), "\n")))
}

// azureProperty is a command's property.
func azureProperty(text string) string {
	return strings.NewReplacer(";", "%3B", "]", "%5D").Replace(azureText(text))
}
