package ci

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// folds puts what the reports print between the marks by which a CI system folds its log, a fold a folder. The marks
// stand around what others print when the reporter comes before them in the list.
type folds struct {
	begin  func(name string, n int) string // n counts from 1
	end    func(n int) string
	folder []string
	open   bool
	n      int
}

// add returns what has to be written before the event.
func (f *folds) add(e event.Event, run event.RunStarted) string {
	switch e := e.(type) {
	case event.ItemStarted:
		if f.open && slices.Equal(f.folder, e.Item.Path) {
			return ""
		}
		text := f.close()
		name := strings.Join(e.Item.Path, " / ")
		if name == "" {
			name = run.Collection.Name
		}
		if run.Iterations != 1 {
			name += fmt.Sprintf(", from iteration %d", e.Step.Iteration+1)
		}
		f.n++
		f.open, f.folder = true, e.Item.Path
		return text + f.begin(report.OneLine(name), f.n)
	case event.IterationFinished, event.RunFinished:
		return f.close()
	}
	return ""
}

// close ends the open group. Groups do not nest in these systems.
func (f *folds) close() string {
	if !f.open {
		return ""
	}
	f.open = false
	return f.end(f.n)
}

func githubFolds() *folds {
	return &folds{
		begin: func(name string, _ int) string { return "::group::" + githubText(name) + "\n" },
		end:   func(int) string { return "::endgroup::\n" },
	}
}

func azureFolds() *folds {
	return &folds{
		begin: func(name string, _ int) string { return "##[group]" + name + "\n" },
		end:   func(int) string { return "##[endgroup]\n" },
	}
}

// gitlabFolds marks sections. Their ids must be unique in a job's log, so they carry the time.
func gitlabFolds(now func() time.Time) *folds {
	started := now().UnixNano()
	mark := func(kind string, n int) string {
		return fmt.Sprintf("\x1b[0Ksection_%s:%d:posthaste_%d_%d", kind, now().Unix(), started, n)
	}
	return &folds{
		begin: func(name string, n int) string { return mark("start", n) + "\r\x1b[0K" + name + "\n" },
		end:   func(n int) string { return mark("end", n) + "\r\x1b[0K\n" },
	}
}

// logLines is a step in the log of a CI system, for runs without the cli report: its line, and one for each outcome.
func logLines(s *report.Step, run event.RunStarted) []string {
	line := report.OneLine(s.Item.Name + s.Label(run))
	if x := s.Main(); x != nil && x.Response != nil {
		line += " [" + report.OneLine(report.StatusText(x.Response)) + "]"
	}
	lines := []string{line}
	for _, o := range s.Outcomes() {
		lines = append(lines, "  "+o.Status.String()+": "+report.OneLine(o.Name))
	}
	return lines
}
