package html

import (
	"slices"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// A shownCause is something that failed by itself, with what followed from it.
type shownCause struct {
	Name     string   `json:"n"`
	Path     string   `json:"p,omitempty"`
	Places   string   `json:"i,omitempty"` // where it was met, such as " (iterations 1, 3)"
	Why      string   `json:"w"`
	Todo     string   `json:"t,omitempty"`
	Followed int      `json:"f,omitempty"`
	Lines    []string `json:"l,omitempty"` // its consequences
}

// shownCauses lists the causes of a run, and says how many there are where something followed from one.
func shownCauses(run event.RunStarted, s *event.Summary) (list []shownCause, text string) {
	const mostCauses, mostLines = 100, 50
	many := report.IsMany(run)
	for _, c := range s.Causes()[:min(mostCauses, len(s.Causes()))] {
		shown := shownCause{
			Name: report.OneLine(c.Item.Name), Path: report.OneLine(strings.Join(c.Item.Path, " / ")), Places: report.PlacesText(c.Iterations, c.Times, many && len(c.Iterations) > 0),
			Why: report.OneLine(report.Clip(c.Why, 1000)), Todo: report.OneLine(c.Todo), Followed: c.Followed,
		}
		for _, line := range report.ConsequenceLines(c, mostLines, many) {
			shown.Lines = append(shown.Lines, report.Clip(line, 500))
		}
		list = append(list, shown)
	}
	return list, report.CausedText(s)
}

// place notes when a step ran, and which cause its failures have.
func (r *pageReport) place(row *shownRow, s *report.Step, sums *event.Summary) {
	if !s.Started.IsZero() {
		row.Start = max(0, millis(s.Started.Sub(r.journal.Run.Time)))
	}
	row.Elapsed = millis(s.Elapsed)
	if row.Verdict != rowFailed {
		return
	}
	if v := sums.Judged(s.Step); v.Cause != nil {
		row.Cause, row.Follows = slices.Index(sums.Causes(), v.Cause)+1, v.Follows
	}
}

// total is how many requests the run had, with those that are not in the page.
func (r *pageReport) total() int { return r.kept[0] + r.kept[1] + r.left[0] + r.left[1] }
