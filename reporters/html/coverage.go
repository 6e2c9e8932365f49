package html

import (
	"slices"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// mostPoints is how many points of OpenAPI files a page lists.
const mostPoints = 3000

// A shownCoverage is what the run covered of OpenAPI files.
type shownCoverage struct {
	Text   string   `json:"text"`
	Kinds  [][3]any `json:"kinds"`           // name, seen, documented
	Points [][5]any `json:"points"`          // kind, operation, name, seen, place
	Left   int      `json:"left,omitempty"`  // how many points are not in the list
	Never  int      `json:"never,omitempty"` // how many of these were never met
}

// newCoverage lists what was never met before what was.
func newCoverage(list []event.Coverage) *shownCoverage {
	if len(list) == 0 {
		return nil
	}
	c := &shownCoverage{Text: report.CoverageText(list), Kinds: [][3]any{}, Points: [][5]any{}}
	var points []event.Covered
	for _, kind := range event.CoveredKinds() {
		s := event.ShareOf(list, kind)
		c.Kinds = append(c.Kinds, [3]any{event.CoveredPlural(kind), s.Seen, s.Documented})
		for _, file := range list {
			for _, p := range file.Points {
				if p.Kind == kind {
					points = append(points, p)
				}
			}
		}
	}
	slices.SortStableFunc(points, func(a, b event.Covered) int { return min(a.Seen, 1) - min(b.Seen, 1) })
	c.Left = max(0, len(points)-mostPoints)
	for _, p := range points[len(points)-c.Left:] {
		if p.Seen == 0 {
			c.Never++
		}
	}
	for _, p := range points[:min(len(points), mostPoints)] {
		name := p.Name
		if p.Deprecated {
			name += " (deprecated)"
		}
		c.Points = append(c.Points, [5]any{p.Kind, report.Plain(p.Operation), report.Plain(name), p.Seen, report.Plain(p.Place)})
	}
	return c
}
