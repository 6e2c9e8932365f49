// Package ci speaks to CI systems in the log of a job: GitHub Actions, GitLab, Azure Pipelines, TeamCity.
//
// Each system reads commands in the log in a syntax of its own. What goes into one is escaped, because a test's name
// must not become a command.
package ci

import (
	"fmt"
	"io"
	"strings"

	"posthaste/reporters/data"
	"posthaste/reporters/report"
	"posthaste/runner/cause"
	"posthaste/runner/event"
)

const (
	githubAnnotations = 9         // of the 10 that GitHub shows of a step; the last says how many there are more
	githubSummary     = 900 << 10 // bytes; GitHub drops a summary of more than 1024k
	githubLeast       = 4 << 10   // for the sums and the first failures, where earlier runs have taken the room
)

// GitHub describes the github reporter.
func GitHub() report.Spec {
	return report.Spec{Name: "github", About: "GitHub Actions: annotations and the job summary", Bodies: 4 << 10, Options: []string{"fold", "groups"}, New: newGitHub}
}

// A githubReport speaks to GitHub Actions: an annotation on the collection's file for each cause, within what
// GitHub shows, and the step's outputs in Config.StepOutput. With the option fold it folds what other reports print, a
// folder a group; with groups it also writes the requests, which is for runs without the cli report. It registers no secrets: whoever starts the run says ::add-mask:: before anything else.
type githubReport struct {
	cfg     report.Config
	journal report.Journal
	notes   []annotation // at most githubAnnotations of each level
	failed  int
	warned  int
	counts  map[report.Status]int
	folds   *folds // nil: nothing is folded
}

// An annotation waits for the end of the run. It is kept in values, since more may be secret by then.
type annotation struct {
	level, file string
	line        int
	title, text string
	cause       *cause.Cause // that it is; nil without one
}

// GitHubSummary is the page that GitHub shows of a job: the markdown report, within what GitHub takes.
func GitHubSummary() report.Spec {
	return report.Spec{Name: "job summary", Extension: ".md", Bodies: 4 << 10, New: func(cfg report.Config) (report.Reporter, error) {
		return data.NewMarkdown(cfg, cfg.Out, max(githubSummary-int(cfg.Used), githubLeast))
	}}
}

func newGitHub(cfg report.Config) (report.Reporter, error) {
	r := &githubReport{cfg: cfg, counts: map[report.Status]int{}}
	if cfg.Option("fold") || cfg.Option("groups") {
		r.folds = githubFolds()
	}
	return r, nil
}

// Report takes the next event.
func (r *githubReport) Report(masked event.Masked, sums *event.Summary) error {
	e := masked.Event()
	var b strings.Builder
	if r.folds != nil {
		b.WriteString(r.folds.add(e, r.journal.Run))
	}
	for _, step := range r.journal.Add(e) {
		r.step(&b, step, sums)
	}
	if s, o, ok := r.journal.OfWhole(e); ok {
		r.outcome(s, o)
	} else if n, ok := e.(event.Notice); ok && n.Doubtful() {
		r.warn(annotation{level: "warning", file: n.File, line: n.Line, title: report.OneLine(r.journal.Run.Collection.Name), text: report.OneLine(n.Text + hintText(n.Hint))})
	}
	if e, ok := e.(event.RunFinished); ok {
		r.finish(&b, e, sums)
		if err := r.output(); err != nil {
			return err
		}
	}
	if b.Len() > 0 {
		if _, err := io.WriteString(r.cfg.Out, b.String()); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}

func (r *githubReport) step(b *strings.Builder, s *report.Step, sums *event.Summary) {
	if r.cfg.Option("groups") {
		for _, line := range logLines(s, r.journal.Run) {
			b.WriteString(report.Defused(line) + "\n")
		}
	}
	again := s.Repeats(sums) != nil
	of := sums.Judged(s.Step).Cause
	for _, o := range s.Judged(sums) {
		if again && o.Error != nil {
			r.counts[o.Status]++ // it is told once, with the iterations
			continue
		}
		before := len(r.notes)
		r.outcome(s, o)
		if len(r.notes) > before && o.Error != nil {
			r.notes[before].cause = of
		}
	}
}

// outcome counts and keeps annotations. Failures that follow from another are told with their cause, because GitHub
// shows only a few annotations.
func (r *githubReport) outcome(s *report.Step, o report.Outcome) {
	r.counts[o.Status]++
	if o.Error != nil && (o.Follow == nil || o.Follow.Needed) {
		r.annotate(s, o)
	}
	if text := s.Flaky(); text != "" {
		r.warn(annotation{level: "warning", title: report.OneLine(s.Path() + s.Label(r.journal.Run)), text: text})
	}
}

// warn keeps a warning for the end. GitHub shows 10 of them, too.
func (r *githubReport) warn(a annotation) {
	if r.warned++; r.warned <= githubAnnotations {
		r.notes = append(r.notes, a)
	}
}

// repeatedText says where else a failure was met, "" where it came once.
func repeatedText(c *cause.Cause, run event.RunStarted) string {
	if c == nil || c.Times < 2 {
		return ""
	}
	return fmt.Sprintf(", %d times", c.Times) + report.PlacesText(c.Iterations, 1, report.IsMany(run))
}

// hintText is a hint behind another text.
func hintText(hint string) string {
	if hint == "" {
		return ""
	}
	return "; " + hint
}

// annotate keeps a failure for the end, where annotations are not hidden in a group.
func (r *githubReport) annotate(s *report.Step, o report.Outcome) {
	if r.failed++; r.failed > githubAnnotations {
		return
	}
	title := report.OneLine(s.Path() + s.Label(r.journal.Run) + ": " + o.Title())
	r.notes = append(r.notes, annotation{level: "error", file: s.Item.File, line: s.Item.Line, title: title, text: o.Explain()})
}

// finish prints the annotations, as many as GitHub shows, and how many more there are.
func (r *githubReport) finish(b *strings.Builder, e event.RunFinished, sums *event.Summary) {
	for _, n := range r.notes {
		place := ""
		if n.file != "" {
			place = "file=" + githubProperty(n.file) + ","
			if n.line > 0 {
				place += fmt.Sprintf("line=%d,", n.line)
			}
		}
		title, text := githubProperty(r.cfg.Masked(n.title+repeatedText(n.cause, r.journal.Run))), githubText(report.Clip(r.cfg.Masked(n.text), 4<<10))
		fmt.Fprintf(b, "::%s %stitle=%s::%s\n", n.level, place, title, text)
	}
	if more := r.failed - githubAnnotations; more > 0 {
		fmt.Fprintf(b, "::error title=%s::and %d more\n", githubProperty(report.OneLine(r.journal.Run.Collection.Name)), more)
	}
	if more := r.warned - githubAnnotations; more > 0 {
		fmt.Fprintf(b, "::warning title=%s::and %d more\n", githubProperty(report.OneLine(r.journal.Run.Collection.Name)), more)
	}
	if text := report.CausedText(sums); text != "" {
		fmt.Fprintf(b, "::notice title=%s::%s\n", githubProperty(report.OneLine(r.journal.Run.Collection.Name)), githubText(text))
	}
	if e.Reason != "" && e.Reason != "bail" {
		fmt.Fprintf(b, "::error title=the run did not finish::%s\n", githubText(report.Stopped(e.Reason, e.Error)))
	}
}

// output sets the step's outputs: how many outcomes passed, failed and were skipped.
func (r *githubReport) output() error {
	if r.cfg.StepOutput == nil {
		return nil
	}
	_, err := fmt.Fprintf(r.cfg.StepOutput, "passed=%d\nfailed=%d\nskipped=%d\n", r.counts[report.Passed], r.counts[report.Failed]+r.counts[report.Errored], r.counts[report.Skipped])
	if err != nil {
		return fmt.Errorf("writing the step's outputs: %w", err)
	}
	return nil
}

// githubText is a command's message as GitHub wants it.
func githubText(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(strings.TrimRight(report.Plain(text), "\n"))
}

// githubProperty is a command's property.
func githubProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubText(text))
}
