package terminal

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// pendingNotes are the failures of a step under way, in full. They are thrown away when the
// step is tried again.
type pendingNotes struct {
	list    []note
	n       int
	after   int              // the number of the last
	request *report.Exchange // that the last has shown
}

// A note is a failure as the end of the run shows it. It is kept in values and not in lines,
// since more may be secret by then. Exported fields go through a spool as JSON.
type note struct {
	N                  int
	Title, Place, Text string
	Cause              int // its index in the summary; negative where that does not have it

	outcome report.Outcome
	step    *report.Step
}

// note numbers a failure and keeps it in full until its step is over. The number is shown
// beside the failure, and is given back when the step is tried again.
func (r *cliReport) note(st *report.Step, o report.Outcome) int {
	r.failed++
	notes := r.pending[st.ID]
	if notes == nil {
		if r.pending == nil {
			r.pending = map[string]*pendingNotes{}
		}
		notes = &pendingNotes{}
		r.pending[st.ID] = notes
	}
	notes.n++
	notes.after = r.failed
	if r.cfg.Option("noFailures") || r.screen.Failed() {
		return r.failed
	}
	place := report.OneLine(st.Path() + st.Label(r.journal.Run))
	if st.Item.File != "" && st.Item.Line > 0 {
		place += fmt.Sprintf(" (%s:%d)", st.Item.File, st.Item.Line)
	}
	text := o.Explain()
	if notes.request != nil && notes.request == o.Request {
		text = o.ExplainError() // the failure before this one has shown the request
	}
	notes.request = o.Request
	notes.list = append(notes.list, note{N: r.failed, Title: o.Title(), Place: place, Text: text, outcome: o, step: st})
	return r.failed
}

// settle decides about the failures of a step that is over: those of an attempt that is tried
// again do not count.
func (r *cliReport) settle(e event.ItemFinished, s *event.Summary) {
	notes := r.pending[e.Step.ID]
	if !e.Retried {
		r.keep(e.Step.ID, s)
		return
	}
	r.screen.Wrapped("  ↻  ", screen.Yellow, "tried again")
	delete(r.pending, e.Step.ID)
	if notes != nil && notes.after == r.failed {
		r.failed -= notes.n // their numbers are free
	}
}

// keep writes the failures of a step where the end of the run finds them: those that are
// causes, and were not met before in another iteration. The others are told with their
// causes. They are spooled, since a run may have very many.
func (r *cliReport) keep(id string, s *event.Summary) {
	notes := r.pending[id]
	delete(r.pending, id)
	if notes == nil || len(notes.list) == 0 || r.screen.Failed() {
		return
	}
	own := notes.list[:0]
	for _, n := range notes.list {
		v := s.Judged(n.step.Step)
		if report.Following(s, n.step, n.outcome) == nil && (v.Cause == nil || v.Cause.Times == 1) {
			n.Cause = slices.Index(s.Causes(), v.Cause)
			own = append(own, n)
		}
	}
	if notes.list = own; len(own) == 0 {
		return
	}
	if r.fails == nil {
		spool, err := r.cfg.NewSpool()
		if err != nil {
			r.screen.Fail(err)
			return
		}
		r.fails = spool
	}
	for _, n := range notes.list {
		if err := json.NewEncoder(r.fails).Encode(n); err != nil {
			r.screen.Fail(err)
			return
		}
	}
}

// showFailures writes the failures in full, each cause with what followed from it. Steps that
// the end of the run cut short are taken in first.
func (r *cliReport) showFailures(s *event.Summary) {
	ids := slices.SortedFunc(maps.Keys(r.pending), func(a, b string) int { return cmp.Compare(r.pending[a].after, r.pending[b].after) })
	for _, id := range ids { // of steps that were cut short
		r.keep(id, s)
	}
	if r.cfg.Option("noFailures") || r.screen.Failed() || r.fails == nil && len(s.Causes()) == 0 {
		return
	}
	told := causeTeller{r: r, s: s, at: -1}
	if r.fails == nil {
		told.rest()
		return
	}
	kept, err := r.fails.Reader()
	for dec := json.NewDecoder(kept); err == nil && !r.screen.Failed(); {
		var n note
		if err = dec.Decode(&n); err == nil {
			told.note(n)
		}
	}
	if !errors.Is(err, io.EOF) {
		r.screen.Fail(err)
	}
	told.rest()
}

// showFailure writes one failure, masked once more, at most 16 KiB of its text.
func (r *cliReport) showFailure(n note) {
	r.screen.Line("")
	r.screen.Wrapped(fmt.Sprintf("%3d. ", n.N), screen.Red, report.OneLine(r.cfg.Masked(n.Title)))
	r.screen.Wrapped("     ", "", r.cfg.Masked(n.Place))
	text := report.Clip(r.cfg.Masked(n.Text), 16<<10)
	for _, line := range windowed(text, r.screen.Width()-len("     ")) {
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, "    ") { // a script's line or its caret
			r.screen.Line("     " + r.screen.Paint(screen.Grey, line))
			continue
		}
		for _, part := range bodyLines(report.Clip(line, 2<<10), r.screen.Width()-len("     ")) {
			r.screen.Wrapped("     ", screen.Grey, part)
		}
	}
}

// bodyLines cuts a line of JSON that is too wide, behind a comma where there is one: without
// spaces it would not wrap, and the terminal would go on in its first column. Other texts
// stay whole, such as addresses that people copy.
func bodyLines(line string, width int) []string {
	if !strings.HasPrefix(line, "{") && !strings.HasPrefix(line, "[") {
		return []string{line}
	}
	var lines []string
	for screen.Columns(line) > width {
		end, comma, columns := 0, 0, 0
		for i, c := range line {
			if columns += screen.Columns(string(c)); columns > width {
				end = i
				break
			}
			if c == ',' {
				comma = i + 1
			}
		}
		if comma > 0 {
			end = comma
		}
		if end == 0 {
			break
		}
		lines = append(lines, line[:end])
		line = line[end:]
	}
	return append(lines, line)
}
