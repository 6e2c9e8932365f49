package recording

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"posthaste/internal/unique"
	"posthaste/runner/event"
)

// A Source is a recording that Merge reads. Merge closes what Open opens.
type Source struct {
	Name string // for messages: its file
	Open func() (io.ReadCloser, error)
}

// Merge makes one run of several recordings and hands its events to sink.
//
// Shards of one run come in the order in which an unsharded run would have sent them: by collection, by iteration, the
// setup first, then by position; what every shard set up is told once, and again only where it failed. It is an error
// when a shard comes twice, or is of another run or other collections. Where a shard is missing, sink gets what the others
// ran and the error is a *MissingShardsError; one that was cut off gives what it ran, and its run ends with Reason "error".
// Recordings that are no shards come one after the other, each in a folder that has its collection's name. Elapsed is that of the slowest shard, or the
// sum of runs that were not one run. Merge holds the steps that are under way and nothing else.
func Merge(sources []Source, sink func(event.Masked) error) (err error) {
	if len(sources) == 0 {
		return errors.New("there is nothing to merge")
	}
	runs := make([]*shard, 0, len(sources))
	defer func() {
		for _, r := range runs {
			if closing := r.file.Close(); err == nil && closing != nil {
				err = fmt.Errorf("reading %s: %w", r.name, closing)
			}
		}
	}()
	for _, source := range sources {
		file, err := source.Open()
		if err != nil {
			return fmt.Errorf("reading %s: %w", source.Name, err)
		}
		r := &shard{name: source.Name, file: file}
		runs = append(runs, r)
		if r.recording, err = newRecording(file); err != nil && (!errors.Is(err, errNoEvents) || len(sources) == 1) {
			return fmt.Errorf("reading %s: %w", source.Name, err)
		}
	}
	// A recording without events may be that of a shard that was killed as it began; whether
	// it may be missing depends on the others.
	begun := slices.DeleteFunc(slices.Clone(runs), func(r *shard) bool { return r.recording == nil })
	missing, err := belongTogether(begun)
	if err != nil {
		return err
	}
	for _, r := range runs {
		switch {
		case r.recording != nil:
		case missing == nil:
			return fmt.Errorf("reading %s: %w", r.name, errNoEvents)
		default:
			missing.Empty = append(missing.Empty, r.name)
		}
	}
	if err := writeAll(begun, missing, func(e event.Event) error { return sink(event.Recorded(e)) }); err != nil || missing == nil {
		return err
	}
	return missing
}

// writeAll writes the events of runs that belong together. The error is the sink's, or that
// of reading.
func writeAll(runs []*shard, missing *MissingShardsError, sink func(event.Event) error) error {
	m := &merger{runs: runs, sink: sink, missing: missing, begun: map[iterationKey]int{}, ended: map[iterationKey]int{}, rows: map[iterationKey]string{}, shown: map[iterationKey]bool{}, setups: map[int]*shard{}, said: map[noticeKey]bool{}}
	if runs[0].start.Shard.Total == 0 {
		return m.inTurn()
	}
	return m.interleaved()
}

// A MissingShardsError says that shards are missing. What the others ran was told to the sink
// in full.
type MissingShardsError struct {
	Missing []int // 1-based
	Total   int
	Empty   []string // recordings in which nothing is, such as that of a shard that was killed as it began
}

// Error names the shards, and the recordings that are empty.
func (e *MissingShardsError) Error() string {
	var numbers []string
	for _, n := range e.Missing {
		numbers = append(numbers, fmt.Sprint(n))
	}
	text := fmt.Sprintf("shard %s of %d is missing: the report is incomplete", strings.Join(numbers, ", "), e.Total)
	if len(e.Empty) > 0 {
		text += "; in " + strings.Join(e.Empty, ", ") + " there are no events"
	}
	return text
}

// belongTogether checks that the recordings are all shards of one run, or all none, and sorts
// shards by their index. It returns which shards are missing, nil for none. runs is sorted in
// place.
func belongTogether(runs []*shard) (*MissingShardsError, error) {
	if len(runs) == 0 {
		return nil, errNoEvents
	}
	first := runs[0]
	want := first.start.Shard
	for _, r := range runs[1:] {
		got := r.start.Shard
		switch {
		case (got.Total == 0) != (want.Total == 0):
			one, other := first, r
			if want.Total == 0 {
				one, other = r, first
			}
			return nil, fmt.Errorf("%s is a shard, %s is a whole run: they do not belong together", one.name, other.name)
		case want.Total == 0:
			continue
		case got.RunID != want.RunID:
			return nil, fmt.Errorf("%s is of run %s, %s of run %s: they do not belong together", first.name, want.RunID, r.name, got.RunID)
		case got.Total != want.Total || got.By != want.By:
			return nil, fmt.Errorf("%s is one of %d shards by %s, %s one of %d by %s: they do not belong together", first.name, want.Total, want.By, r.name, got.Total, got.By)
		case r.start.Collection.ID != first.start.Collection.ID || r.start.Collection.Hash != first.start.Collection.Hash || r.start.Collections != first.start.Collections:
			return nil, fmt.Errorf("%s and %s ran different collections, or different versions of one", first.name, r.name)
		}
	}
	if want.Total == 0 {
		return nil, nil
	}
	slices.SortStableFunc(runs, func(a, b *shard) int { return cmp.Compare(a.start.Shard.Index, b.start.Shard.Index) })
	// at is the next recording; each index from 1 to the total must be its own.
	var numbers []int
	at := 0
	for i := 1; i <= want.Total; i++ {
		if at == len(runs) || runs[at].start.Shard.Index != i {
			numbers = append(numbers, i)
			continue
		}
		if at++; at < len(runs) && runs[at].start.Shard.Index == i {
			return nil, fmt.Errorf("%s and %s are both shard %d of %d", runs[at-1].name, runs[at].name, i, want.Total)
		}
	}
	if at < len(runs) {
		return nil, fmt.Errorf("%s says that it is shard %d of %d", runs[at].name, runs[at].start.Shard.Index, want.Total)
	}
	if len(numbers) > 0 {
		return &MissingShardsError{Missing: numbers, Total: want.Total}, nil
	}
	return nil, nil
}

// A merger writes the events of several runs as those of one. It is used once.
type merger struct {
	runs    []*shard
	missing *MissingShardsError // nil when no shard is missing
	sink    func(event.Event) error
	// How many steps were told, which gives them their ids.
	steps int

	// by iteration, of shards that are interleaved
	begun, ended map[iterationKey]int // in how many shards
	// The row of data of each iteration that is not told yet.
	rows   map[iterationKey]string
	shown  map[iterationKey]bool // and not yet closed
	setups map[int]*shard        // whose setup is told, by collection
	said   map[noticeKey]bool
}

// An iterationKey names an iteration of a collection. Both are numbers as events have them.
type iterationKey struct{ collection, iteration int }

// compare orders by collection, then by iteration, as a run does.
func (l iterationKey) compare(other iterationKey) int {
	return cmp.Or(cmp.Compare(l.collection, other.collection), cmp.Compare(l.iteration, other.iteration))
}

// started is the merged run's first event but for its counts: the earliest time, and what is
// set in any of the runs.
func (m *merger) started() event.RunStarted {
	all := m.runs[0].start
	all.Shard, all.Merged = event.Shard{}, len(m.runs)
	for _, r := range m.runs[1:] {
		if r.start.Time.Before(all.Time) {
			all.Time = r.start.Time
		}
		all.Bail = all.Bail || r.start.Bail
		all.Strict = all.Strict || r.start.Strict
	}
	return all
}

// finish ends the merged run. Its variables are those that the first run left, with what the
// others changed. elapsed joins the times of two runs: their sum, or the longer.
func (m *merger) finish(elapsed func(a, b time.Duration) time.Duration) error {
	all := *m.runs[0].end
	var errs []string
	if m.missing != nil {
		all.Reason, errs = "error", []string{m.missing.Error()}
	}
	for i, r := range m.runs {
		end := r.end
		if i > 0 {
			all.Elapsed = elapsed(all.Elapsed, end.Elapsed)
		}
		if end.Time.After(all.Time) {
			all.Time = end.Time
		}
		// The first run that was not ended regularly says why.
		if all.Reason == "" {
			all.Reason = end.Reason
		}
		all.Environment = all.Environment.With(r.start.Environment, end.Environment)
		all.Globals = all.Globals.With(r.start.Globals, end.Globals)
		if end.Error != "" {
			errs = append(errs, r.description()+": "+end.Error)
		}
	}
	all.Error = strings.Join(errs, "; ")
	for _, c := range m.covered() {
		if err := m.sink(c); err != nil {
			return err
		}
	}
	for _, r := range m.runs { // each was judged by its own
		for _, t := range r.limits {
			if err := m.sink(t); err != nil {
				return err
			}
		}
	}
	return m.sink(all)
}

// covered is what the runs have covered of OpenAPI files together, a file each.
func (m *merger) covered() []event.Coverage {
	var list []event.Coverage
	for _, r := range m.runs {
		for _, c := range r.covered {
			list = event.Join(list, c)
		}
	}
	return list
}

// step hands on a step's events under an id that is the merged run's own: those of several
// runs overlap. prefix is put before the path of its item.
func (m *merger) step(r *shard, u *unit, prefix []string) error {
	m.steps++
	id, caller := fmt.Sprint(m.steps), r.told[u.step.Caller]
	// A step of the run itself: what it calls comes next.
	if u.step.Caller == "" {
		r.told = map[string]string{}
	}
	r.told[u.step.ID] = id
	labels := event.Labels{
		Step: func(s event.Step) event.Step {
			s.ID, s.Caller, s.Unit = id, caller, m.variables(r, s.Unit)
			return s
		},
		Item: func(i event.Item) event.Item {
			if len(prefix) > 0 {
				i.Path = slices.Concat(prefix, i.Path)
			}
			return i
		},
	}
	for _, e := range u.events {
		if err := m.sink(e.Relabelled(labels)); err != nil {
			return err
		}
	}
	return nil
}

// variables is the name of those that a step of a run shares with others: runs that are
// merged share none.
func (m *merger) variables(r *shard, unit string) string {
	if len(m.runs) == 1 {
		return unit
	}
	name := fmt.Sprint("run", slices.Index(m.runs, r)+1)
	if unit != "" {
		name += "/" + unit
	}
	return name
}

// notice hands on what concerns the whole run, once. Notices without a subject are told apart
// by their text.
func (m *merger) notice(n event.Notice) error {
	key := noticeKey{n.Code, n.Subject, n.File, ""}
	if n.Subject == "" {
		key.text = n.Text
	}
	if m.said[key] {
		return nil
	}
	m.said[key] = true
	return m.sink(m.whole(n))
}

// A noticeKey tells notices of the run apart.
type noticeKey struct{ code, subject, file, text string }

// whole is a notice with the requests that it concerns in all runs. Its text ends with their
// names, which are replaced.
func (m *merger) whole(n event.Notice) event.Notice {
	if n.Requests == "" {
		return n
	}
	names := strings.Split(n.Requests, "\n")
	base, ok := strings.CutSuffix(n.Text, event.InRequests(names))
	if !ok {
		return n
	}
	for _, r := range m.runs {
		for _, other := range r.notices {
			if other.Code != n.Code || other.Subject != n.Subject || other.File != n.File {
				continue
			}
			for name := range strings.SplitSeq(other.Requests, "\n") {
				if name != "" && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	n.Requests, n.Text = strings.Join(names, "\n"), base+event.InRequests(names)
	return n
}

// inTurn tells one run after the other, each in a folder with its collection's name unless
// there is one only.
func (m *merger) inTurn() error {
	if err := m.sink(m.startedInTurn()); err != nil {
		return err
	}
	names := unique.Names{}
	for _, r := range m.runs {
		prefix := []string{names.Next(r.start.Collection.Name)}
		if len(m.runs) == 1 || r.start.Collection.ID == "" { // a run of several collections has folders for them
			prefix = nil
		}
		for {
			u, err := r.next()
			if err != nil {
				return err
			}
			if u == nil {
				break
			}
			if u.iteration != nil {
				err = m.sink(u.iteration)
			} else {
				err = m.step(r, u, prefix)
			}
			if err != nil {
				return err
			}
		}
		for _, n := range r.notices {
			if err := m.notice(n); err != nil {
				return err
			}
		}
	}
	return m.finish(func(a, b time.Duration) time.Duration { return a + b })
}

// startedInTurn is the beginning of several runs that went one after the other, shown as one.
// Iterations is 0 where they differ.
func (m *merger) startedInTurn() event.RunStarted {
	all := m.started()
	var names []string
	all.Items, all.Iterations = 0, 1
	for _, r := range m.runs {
		all.Items += r.start.Items * max(r.start.Iterations, 1)
		if r.start.Iterations != 1 {
			all.Iterations = 0 // not the same for all
		}
		if !slices.Contains(names, r.start.Collection.Name) {
			names = append(names, r.start.Collection.Name)
		}
	}
	// Three names are enough for a heading.
	const shown = 3
	if more := len(names) - shown; more > 0 {
		names = append(names[:shown], fmt.Sprintf("%d more", more))
	}
	if len(names) > 1 {
		all.Collection = event.Collection{Name: strings.Join(names, ", ")}
	}
	return all
}
