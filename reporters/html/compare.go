package html

import (
	"fmt"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// What became of a request since the run that this one is compared with.
const (
	changeBroken = "broken" // it fails now
	changeFixed  = "fixed"  // it failed then
	changeNew    = "new"    // it was not there
	changeSlower = "slower" // it takes more than twice as long, and a while
)

// An earlierRun is what is known of it, by request and iteration.
type earlierRun struct {
	file    string
	journal report.Journal
	known   map[string]*earlierRow
	order   []*earlierRow
	left    int // requests beyond mostCompared
	counts  map[string]int
}

// An earlierRow is a request of the earlier run.
type earlierRow struct {
	name   string
	failed bool
	time   float64 // ms
	met    bool
}

// mostCompared is how many requests of the earlier run are remembered.
const mostCompared = 200_000

// shownChanges sums up a comparison.
type shownChanges struct {
	File   string   `json:"file"`
	Broken int      `json:"broken"`
	Fixed  int      `json:"fixed"`
	Fresh  int      `json:"fresh"`
	Slower int      `json:"slower"`
	Gone   []string `json:"gone,omitempty"` // the first of them
	Lost   int      `json:"lost"`           // how many are gone
	Left   int      `json:"left,omitempty"` // how many were too many to compare
}

// compareWith reads the run that this one is compared with; "" for none.
func (r *pageReport) compareWith(file string) error {
	if file == "" {
		return nil
	}
	if r.cfg.Recording == nil {
		return fmt.Errorf("--reporter-html-compare: nothing can be read here")
	}
	r.earlier = &earlierRun{file: file, known: map[string]*earlierRow{}, counts: map[string]int{}}
	if err := r.cfg.Recording(file, r.earlier.take); err != nil {
		return fmt.Errorf("--reporter-html-compare: %w", err)
	}
	return nil
}

func (e *earlierRun) take(masked event.Masked) error {
	for _, s := range e.journal.Add(masked.Event()) {
		key := rowKey(s, e.journal.Run)
		if e.known[key] != nil {
			continue
		}
		if len(e.order) >= mostCompared {
			e.left++
			continue
		}
		row := &earlierRow{name: s.Path() + s.Label(e.journal.Run)}
		for _, o := range s.Outcomes() {
			row.failed = row.failed || o.Status == report.Failed || o.Status == report.Errored
		}
		if x := s.Main(); x != nil && x.Response != nil {
			row.time = millis(x.Response.Timing.Total)
		}
		e.known[key] = row
		e.order = append(e.order, row)
	}
	return nil
}

// rowKey is what a request is found by in another run: its place and its iteration.
func rowKey(s *report.Step, run event.RunStarted) string {
	return strings.Join(s.Item.FullPath(), "\x00") + s.Label(run)
}

// compared notes what became of a request.
func (r *pageReport) compared(row *shownRow, s *report.Step) {
	e := r.earlier
	if e == nil {
		return
	}
	before := e.known[rowKey(s, r.journal.Run)]
	switch {
	case before == nil:
		row.Was = changeNew
	case before.met:
		return // a script ran it again
	case row.Verdict == rowFailed && !before.failed:
		row.Was = changeBroken
	case row.Verdict != rowFailed && before.failed:
		row.Was = changeFixed
	case slower(before.time, row.Time):
		row.Was = changeSlower
	}
	if before != nil {
		before.met = true
	}
	if row.Was != "" {
		e.counts[row.Was]++
	}
}

// slower leaves out what differs from run to run.
func slower(before, now float64) bool {
	const factor, least = 2, 100 // ms
	return before > 0 && now > factor*before && now-before > least
}

// comparison sums up what became of all requests; nil when there is nothing to compare with.
func (r *pageReport) comparison() *shownChanges {
	e := r.earlier
	if e == nil {
		return nil
	}
	c := &shownChanges{
		File: r.cfg.Masked(e.file), Broken: e.counts[changeBroken], Fixed: e.counts[changeFixed], Fresh: e.counts[changeNew], Slower: e.counts[changeSlower], Left: e.left,
	}
	const mostGone = 50
	for _, row := range e.order {
		if row.met {
			continue
		}
		if c.Lost++; len(c.Gone) < mostGone {
			c.Gone = append(c.Gone, r.cfg.Masked(report.OneLine(row.name)))
		}
	}
	return c
}
