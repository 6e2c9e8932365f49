package cli

import (
	"cmp"
	"encoding/json"
	"fmt"

	"posthaste/collection"
	"posthaste/internal/selection"
	"posthaste/internal/shard"
	"posthaste/runner"
	"posthaste/runner/event"
)

// What a shard takes its part of.
const (
	shardByFolder = "folder"
	shardByRow    = "row"
)

// shard narrows the run to this machine's part. What --setup matches is part of every shard. It is false when
// nothing is left to run.
func (r *running) shard(opt *runner.Options) (more bool, err error) {
	f := r.flags
	if f.shard == "" {
		return true, nil
	}
	s, err := shard.Parse(f.shard, r.process.Env)
	if err != nil {
		return false, usage("such as --shard 2/4, or auto under a CI system", "--shard: %w", err)
	}
	opt.Shard = event.Shard{Index: s.Index, Total: s.Total, RunID: r.runID(), By: f.shardBy}
	switch f.shardBy {
	case shardByRow:
		return r.shardRows(opt, s)
	case shardByFolder:
		return r.shardFolders(opt, s)
	}
	return false, usage("folder and row are", "--shard-by %s is no unit", f.shardBy)
}

// runID is what the shards of one run have in common: the flag, else what the CI system calls the run.
func (r *running) runID() string {
	id := r.flags.runID
	for _, name := range []string{"GITHUB_RUN_ID", "CI_PIPELINE_ID", "CIRCLE_WORKFLOW_ID", "BUILDKITE_BUILD_ID", "BUILD_BUILDID"} {
		id = cmp.Or(id, r.process.env(name))
	}
	return id
}

// shardRows takes a block of the iteration data.
func (r *running) shardRows(opt *runner.Options, s shard.Shard) (more bool, err error) {
	rows := opt.Iterations
	if opt.Data != nil {
		n, known := opt.Data.Count()
		if !known {
			return false, usage("give the data as a file", "--shard-by row: it is not known how many rows there are")
		}
		rows = n
		if opt.Iterations > 0 {
			rows = min(n, opt.Iterations)
		}
	}
	from, to := s.Rows(rows)
	r.announceShard(s, fmt.Sprintf("%d of %d rows", to-from, rows))
	opt.Iterations, opt.FirstIteration = to-from, from
	if opt.Data != nil {
		opt.Data = &slicedData{Rows: opt.Data, slice: slice{from: from + 1, to: to}}
	}
	return to > from, nil
}

// shardFolders takes some of the top-level folders and requests, balanced by the times of earlier runs where they
// are known.
func (r *running) shardFolders(opt *runner.Options, s shard.Shard) (more bool, err error) {
	times, err := r.timings()
	if err != nil {
		return false, err
	}
	take := opt.Select
	selected := func(item *collection.Item) bool { return take == nil || take(item) }
	setup := opt.Parallel.Setup
	var units []shard.Unit
	var tops []*collection.Item
	all := 0
	for _, item := range r.collection.Requests() {
		if !selected(item) || setup != nil && setup(item) {
			continue
		}
		all++
		top := topOf(item)
		if len(tops) == 0 || tops[len(tops)-1] != top {
			tops = append(tops, top)
			units = append(units, shard.Unit{Name: top.Name})
		}
		units[len(units)-1].Weight += cmp.Or(times[selection.Path(item)], 1)
	}
	mine := map[*collection.Item]bool{}
	for _, i := range s.Take(units) {
		mine[tops[i]] = true
	}
	n := 0
	for _, item := range r.collection.Requests() {
		if selected(item) && mine[topOf(item)] && (setup == nil || !setup(item)) {
			n++
		}
	}
	opt.Select = func(item *collection.Item) bool {
		return selected(item) && (mine[topOf(item)] || setup != nil && setup(item))
	}
	r.announceShard(s, fmt.Sprintf("%d of %d requests", n, all))
	return n > 0, nil
}

func (r *running) announceShard(s shard.Shard, what string) {
	fmt.Fprintf(r.process.Stderr, "posthaste: shard %s: %s\n", s, what)
}

func topOf(item *collection.Item) *collection.Item {
	for item.Parent != nil {
		item = item.Parent
	}
	return item
}

// timings reads --timings: milliseconds by path, as merge writes them. They are scaled so that a request without
// one counts as an average request.
func (r *running) timings() (map[string]float64, error) {
	if r.flags.timings == "" {
		return nil, nil
	}
	data, err := r.process.readFile("timings", r.flags.timings)
	if err != nil {
		return nil, err
	}
	var times map[string]float64
	if err := json.Unmarshal(data, &times); err != nil {
		return nil, usage("it is a JSON object of milliseconds by path, as posthaste merge --timings writes it",
			"reading the timings: %s: %w", r.flags.timings, err)
	}
	sum := 0.0
	for _, ms := range times {
		sum += ms
	}
	for path, ms := range times {
		times[path] = ms / max(sum/float64(len(times)), 1e-9)
	}
	return times, nil
}

// emptyShard reports a shard without work: that is no failure, and there is a report that says so.
func (r *running) emptyShard(opt runner.Options) runner.Options {
	opt.Select = func(*collection.Item) bool { return false }
	opt.Data, opt.Iterations = nil, 1
	return opt
}
