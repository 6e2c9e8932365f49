package terminal

import (
	"fmt"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/cause"
	"posthaste/runner/event"
)

// A causeTeller writes failures in the order of their causes. Failures come in the order of
// the run, and so do causes.
type causeTeller struct {
	r      *cliReport
	s      *event.Summary
	at     int // the cause at work, -1 before the first
	next   int // the first cause that is not begun
	headed bool
}

// head writes the heading before the first failure, once.
func (t *causeTeller) head() {
	if t.headed {
		return
	}
	t.headed = true
	title := t.r.screen.Paint(screen.Bold, "Failures")
	if text := report.CausedText(t.s); text != "" {
		title += ": " + text
	}
	t.r.screen.Line("\n" + title)
}

// note writes a failure, with what comes before it: the consequences of the cause before, and
// causes without a failure of their own.
func (t *causeTeller) note(n note) {
	if n.Cause != t.at || n.Cause < 0 {
		t.close()
		t.until(n.Cause)
		t.at, t.next = n.Cause, max(t.next, n.Cause+1)
	}
	t.head()
	t.r.showFailure(n)
}

// until writes the causes before one that have no failure of their own.
func (t *causeTeller) until(n int) {
	for ; t.next < n; t.next++ {
		t.silent(t.s.Causes()[t.next])
	}
}

// rest writes what is left after the last failure.
func (t *causeTeller) rest() {
	t.close()
	t.until(len(t.s.Causes()))
}

// silent writes a cause that failed nothing itself. Failures of the run have a place of their
// own.
func (t *causeTeller) silent(c *cause.Cause) {
	if !c.Silent {
		return
	}
	t.head()
	t.r.screen.Line("")
	t.r.screen.Wrapped("  →  ", screen.Red, report.OneLine(t.r.cfg.Masked(report.CausePath(c.Item))))
	t.consequences(c)
}

// close ends the cause at work by what followed from it.
func (t *causeTeller) close() {
	if t.at >= 0 && t.at < len(t.s.Causes()) {
		t.consequences(t.s.Causes()[t.at])
	}
	t.at = -1
}

// consequences says what a cause means, where else it was met and what followed from it. At
// most 20 are listed.
func (t *causeTeller) consequences(c *cause.Cause) {
	r, many := t.r, report.IsMany(t.r.journal.Run)
	if c.Silent || c.Todo != "" {
		r.screen.Line("")
		r.screen.Wrapped("     ", "", report.OneLine(r.cfg.Masked(c.Why)))
	}
	if c.Todo != "" {
		r.screen.Wrapped("     ", screen.Cyan, "to do: "+report.OneLine(r.cfg.Masked(c.Todo)))
	}
	if c.Times > 1 {
		r.screen.Wrapped("     ", screen.Grey, fmt.Sprintf("the same %d times", c.Times)+report.PlacesText(c.Iterations, 1, many))
	}
	if c.Followed == 0 {
		return
	}
	const most = 20
	r.screen.Line("")
	r.screen.Wrapped("     ", "", report.Count(c.Followed, "consequence")+":")
	for _, line := range report.ConsequenceLines(c, most, many) {
		r.screen.Wrapped("     - ", screen.Grey, r.cfg.Masked(line))
	}
}
