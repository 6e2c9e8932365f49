package reporters

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"posthaste/runner/event"
)

const (
	githubAnnotations = 9         // of the 10 that GitHub shows of a step; the last says how many there are more
	githubSummary     = 900 << 10 // bytes; GitHub drops a summary of more than 1024k
)

func githubSpec() Spec {
	return Spec{Name: "github", Bodies: 4 << 10, New: newGitHub}
}

// A githubReport speaks to GitHub Actions: an annotation on the collection's file for each failure, within what
// GitHub shows, and a job summary in Config.StepSummary. With the option groups it also writes the requests to the
// log, a folded group a folder, which is for runs without the cli report. It registers no secrets: whoever
// starts the run says ::add-mask:: before anything else.
type githubReport struct {
	cfg     Config
	journal journal
	page    *markdownReport // nil without a place for a summary
	notes   []string        // annotations, at most githubAnnotations
	failed  int
	folder  []string
	grouped bool
}

func newGitHub(cfg Config) (Reporter, error) {
	r := &githubReport{cfg: cfg}
	if cfg.StepSummary != nil {
		page, err := newMarkdown(cfg, cfg.StepSummary, githubSummary)
		if err != nil {
			return nil, err
		}
		r.page = page
	}
	return r, nil
}

// Report takes the next event.
func (r *githubReport) Report(e event.Event, s *event.Summary) error {
	var b strings.Builder
	for _, step := range r.journal.add(e) {
		r.step(&b, step)
	}
	if e, ok := e.(event.RunFinished); ok {
		r.finish(&b, e)
	}
	if b.Len() > 0 {
		if _, err := io.WriteString(r.cfg.Out, b.String()); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	if r.page == nil {
		return nil
	}
	return r.page.Report(e, s)
}

func (r *githubReport) step(b *strings.Builder, s *step) {
	groups := r.cfg.option("groups")
	if groups && (!r.grouped || !slices.Equal(r.folder, s.Item.Path)) {
		r.endGroup(b)
		name := strings.Join(s.Item.Path, " / ")
		if name == "" {
			name = r.journal.run.Collection.Name
		}
		b.WriteString("::group::" + githubText(oneLine(name)) + "\n")
		r.grouped, r.folder = true, s.Item.Path
	}
	if groups {
		line := oneLine(s.Item.Name + s.label(r.journal.run))
		if x := s.main(); x != nil && x.Response != nil {
			line += " [" + oneLine(statusText(x.Response)) + "]"
		}
		b.WriteString(logText(line) + "\n")
	}
	for _, o := range s.outcomes() {
		if o.Error != nil {
			r.annotate(s, o)
		}
		if groups {
			b.WriteString(logText("  "+o.Verdict.String()+": "+oneLine(o.Name)) + "\n")
		}
	}
}

// annotate keeps a failure for the end, where annotations are not hidden in a group.
func (r *githubReport) annotate(s *step, o outcome) {
	if r.failed++; r.failed > githubAnnotations {
		return
	}
	place := ""
	if s.Item.File != "" {
		place = "file=" + githubProperty(s.Item.File) + ","
		if s.Item.Line > 0 {
			place += fmt.Sprintf("line=%d,", s.Item.Line)
		}
	}
	title := oneLine(s.path() + s.label(r.journal.run) + ": " + o.Name)
	r.notes = append(r.notes, fmt.Sprintf("::error %stitle=%s::%s", place, githubProperty(title), githubText(clip(o.explain(), 4<<10))))
}

func (r *githubReport) finish(b *strings.Builder, e event.RunFinished) {
	r.endGroup(b)
	for _, n := range r.notes {
		b.WriteString(n + "\n")
	}
	if more := r.failed - len(r.notes); more > 0 {
		fmt.Fprintf(b, "::error title=%s::and %d more\n", githubProperty(oneLine(r.journal.run.Collection.Name)), more)
	}
	if e.Reason != "" && e.Reason != "bail" {
		fmt.Fprintf(b, "::error title=the run was cut short::%s\n", githubText(oneLine(e.Reason+" "+e.Error)))
	}
}

func (r *githubReport) endGroup(b *strings.Builder) {
	if r.grouped {
		b.WriteString("::endgroup::\n")
		r.grouped = false
	}
}

// logText is a line of the log that GitHub must not take for a command.
func logText(line string) string { return strings.ReplaceAll(plain(line), "::", ": :") }

// githubText is a command's message as GitHub wants it.
func githubText(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(plain(text))
}

// githubProperty is a command's property.
func githubProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubText(text))
}
