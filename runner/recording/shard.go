package recording

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"posthaste/runner/event"
)

// A shard is one recording that is being merged, read a step at a time.
type shard struct {
	*recording
	name string
	file io.Closer

	open    []*unit           // in the order in which they began; those before the first that is not over are ready
	head    *unit             // read and not yet told
	told    map[string]string // the merged run's ids of the last step that no script ran, and of those that it ran
	at      int               // position of that step
	notices []event.Notice
	limits  []event.Threshold
	covered []event.Coverage
	end     *event.RunFinished
	over    int // steps that came to their end
}

// description names the recording in messages, and how far it got when it was cut off.
func (r *shard) description() string {
	text := r.name
	if s := r.start.Shard; s.Total > 0 {
		text = fmt.Sprintf("shard %d of %d, %s", s.Index, s.Total, r.name)
	}
	if r.end != nil && r.end.Error == cutShort {
		text += fmt.Sprintf(", after %d request", r.over)
		if r.over != 1 {
			text += "s"
		}
	}
	return text
}

// A unit is the events of one step, or the border of an iteration.
type unit struct {
	step      event.Step
	at        int // where it comes: its position, or that of the step whose script ran it
	setup     bool
	failed    bool
	over      bool
	events    []event.Event
	iteration event.Event // nil for a step
}

// next returns the next unit in the order in which they began, nil after the last. It reads
// until the oldest open step is over, so that the events of parallel steps are sorted by
// step.
func (r *shard) next() (*unit, error) {
	for len(r.open) == 0 || !r.open[0].over {
		if r.end != nil {
			return nil, nil
		}
		e, err := r.recording.next()
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", r.name, err)
		}
		r.take(e)
	}
	u := r.open[0]
	r.open = r.open[1:]
	return u, nil
}

// take sorts an event into its unit. What never finished is over with the run's end.
func (r *shard) take(e event.Event) {
	if _, ok := e.(event.ItemFinished); ok {
		r.over++
	}
	if step := e.InStep(); step.ID != "" {
		if _, early := e.(event.Checkpoint); early && !r.isOpen(step) {
			return // it was written at once, and comes again with its step
		}
		r.unit(step).add(e)
		return
	}
	switch e := e.(type) {
	case event.IterationStarted, event.IterationFinished:
		r.open = append(r.open, &unit{iteration: e, over: true})
	case event.Notice:
		r.notices = append(r.notices, e)
	case event.Coverage:
		r.covered = append(r.covered, e)
	case event.Threshold:
		r.limits = append(r.limits, e)
	case event.RunFinished:
		r.end = &e
		for _, u := range r.open {
			u.over = true // cut short
		}
	}
}

// isOpen reports whether a step has begun and was not handed on.
func (r *shard) isOpen(id event.Step) bool {
	return slices.ContainsFunc(r.open, func(u *unit) bool { return u.iteration == nil && u.step.ID == id.ID })
}

// unit is the open unit of a step, a new one at its first event.
func (r *shard) unit(id event.Step) *unit {
	for _, u := range r.open {
		if u.iteration == nil && u.step.ID == id.ID {
			return u
		}
	}
	u := &unit{step: id}
	r.open = append(r.open, u)
	return u
}

// add keeps the events of one step and whether it failed, which decides on the order of
// reports.
func (u *unit) add(e event.Event) {
	u.events = append(u.events, e)
	switch e := e.(type) {
	case event.ItemStarted:
		u.setup = e.Item.Setup
	case event.ItemFinished:
		u.over = true
	case event.Assertion:
		u.failed = u.failed || e.Error != nil
	case event.ScriptFinished:
		u.failed = u.failed || e.Error != nil
	case event.Exception:
		u.failed = u.failed || e.Counted
	case event.RequestFailed:
		u.failed = true
	}
}

// advance reads the shard's next step and notes the iterations that it passes. head is nil at
// the end.
func (m *merger) advance(r *shard) error {
	for {
		u, err := r.next()
		if err != nil {
			return err
		}
		r.head = u
		if u == nil {
			return nil
		}
		if u.iteration == nil {
			if u.step.Caller == "" {
				r.at = u.step.Position
			}
			u.at = r.at
			return nil
		}
		switch e := u.iteration.(type) {
		case event.IterationStarted:
			l := iterationKey{e.Collection, e.Iteration}
			m.begun[l]++
			m.rows[l] = cmp.Or(e.Row, m.rows[l])
		case event.IterationFinished:
			m.ended[iterationKey{e.Collection, e.Iteration}]++
		}
	}
}

// interleaved tells the shards of one run in the order that an unsharded run would have had.
// It is a merge of sorted lists: each shard's steps are in order by themselves.
func (m *merger) interleaved() error {
	if err := m.sink(m.startedInShards()); err != nil {
		return err
	}
	for _, r := range m.runs {
		if err := m.advance(r); err != nil {
			return err
		}
	}
	for {
		r := m.first()
		if r == nil {
			break
		}
		u := r.head
		if err := m.borders(u.key()); err != nil {
			return err
		}
		if u.setup && m.setups[u.step.Collection] == nil {
			m.setups[u.step.Collection] = r
		}
		// The setup ran in each shard; one of them is shown, and failures of the others.
		if !u.setup || u.failed || r == m.setups[u.step.Collection] {
			if err := m.step(r, u, nil); err != nil {
				return err
			}
		}
		if err := m.advance(r); err != nil {
			return err
		}
	}
	for _, l := range m.unshown() { // they have no steps
		if err := m.begin(l); err != nil {
			return err
		}
	}
	if err := m.closeAll(); err != nil {
		return err
	}
	var errs []error
	for _, r := range m.runs {
		for _, n := range r.notices {
			errs = append(errs, m.notice(n))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return m.finish(func(a, b time.Duration) time.Duration { return max(a, b) })
}

// first is the shard whose next step comes first, nil when all are told. Of equals, the shard
// with the lower index.
func (m *merger) first() *shard {
	var best *shard
	for _, r := range m.runs {
		if r.head == nil {
			continue
		}
		if best == nil || r.head.before(best.head) {
			best = r
		}
	}
	return best
}

// before reports whether a step comes before another: by iteration, the setup first, then by
// position.
func (u *unit) before(other *unit) bool {
	if c := u.key().compare(other.key()); c != 0 {
		return c < 0
	}
	if u.setup != other.setup {
		return u.setup
	}
	return u.at < other.at
}

// key names the iteration that a step is of.
func (u *unit) key() iterationKey { return iterationKey{u.step.Collection, u.step.Iteration} }

// borders opens an iteration, after it has told those before it that have no steps and closed those that no shard has a
// step of any more.
func (m *merger) borders(at iterationKey) error {
	if m.shown[at] {
		return nil
	}
	for _, l := range m.unshown() {
		if l.compare(at) < 0 {
			if err := m.begin(l); err != nil {
				return err
			}
		}
	}
	return m.begin(at)
}

// unshown returns the iterations that some shard has begun and that are not told, in order.
func (m *merger) unshown() []iterationKey {
	return slices.DeleteFunc(slices.SortedFunc(maps.Keys(m.begun), iterationKey.compare), func(l iterationKey) bool { return m.shown[l] })
}

// begin tells that an iteration begins, after it has closed those that are over.
func (m *merger) begin(at iterationKey) error {
	if err := m.closeAll(); err != nil {
		return err
	}
	m.shown[at] = true
	row := m.rows[at]
	delete(m.rows, at)
	return m.sink(event.IterationStarted{Iteration: at.iteration, Row: row, Collection: at.collection})
}

// closeAll closes the iterations that are open, that are over in every shard that began them, and that no shard has a
// step of any more. One that a shard was cut short in is never finished.
func (m *merger) closeAll() error {
	for _, i := range slices.SortedFunc(maps.Keys(m.shown), iterationKey.compare) {
		early := slices.ContainsFunc(m.runs, func(r *shard) bool { return r.head != nil && r.head.key().compare(i) <= 0 })
		if early || m.begun[i] != m.ended[i] {
			continue
		}
		delete(m.shown, i)
		delete(m.begun, i)
		delete(m.ended, i)
		if err := m.sink(event.IterationFinished{Iteration: i.iteration, Collection: i.collection}); err != nil {
			return err
		}
	}
	return nil
}

// startedInShards counts what the unsharded run would have: rows are dealt out, or the items
// of each iteration are. Setups, which each shard has, count once. Iterations is 0 where a
// shard does not know.
func (m *merger) startedInShards() event.RunStarted {
	all := m.started()
	byRow := m.runs[0].start.Shard.By == "row"
	items, iterations, known := 0, 0, true
	all.Setup = nil
	for _, r := range m.runs {
		if byRow {
			known = known && (r.start.Iterations > 0 || r.start.Items == 0) // a shard without items is empty
			items = max(items, r.start.Items)
			if r.start.Items > 0 { // else the shard is empty
				iterations += r.start.Iterations
			}
		} else {
			items, iterations = items+r.start.Items, max(iterations, r.start.Iterations)
			for i, n := range r.start.Setup {
				items -= n
				if i >= len(all.Setup) {
					all.Setup = append(all.Setup, make([]int, i+1-len(all.Setup))...)
				}
				all.Setup[i] = max(all.Setup[i], n)
			}
			known = known && (r.start.Iterations > 0 || r.start.Items == 0)
		}
	}
	for _, n := range all.Setup {
		items += n
	}
	all.Items, all.Iterations = items, iterations
	if all.Collections > 0 {
		all.Iterations = 1
	}
	if !known {
		all.Iterations = 0
	}
	return all
}
