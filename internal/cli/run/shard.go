package run

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"posthaste/collection"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/internal/selection"
	"posthaste/internal/shard"
	"posthaste/runner"
	"posthaste/runner/event"
)

// What a shard takes its part of: the values of --shard-by.
const (
	ShardByCollection = "collection"
	ShardByFolder     = "folder"
	ShardByRow        = "row"
)

// everything reads all collections of the run and keeps this machine's part of them. Every
// collection is read before anything runs, so an error in the last one is found at once.
func (r *running) everything(ctx context.Context) ([]runner.Options, error) {
	if r.later {
		return r.laterOptions(ctx)
	}
	all := make([]runner.Options, 0, 1+len(r.others))
	for i, source := range append([]string{r.source}, r.others...) {
		one := r
		if i > 0 {
			other := *r
			other.source, other.collection = source, nil
			one = &other
		}
		opt, err := one.options(ctx)
		r.open, r.pace, r.budget = one.open, one.pace, one.budget
		if err != nil {
			return nil, err
		}
		all = append(all, opt)
	}
	// A teardown glob may be for one of several collections, so this can only be checked
	// here.
	if err := r.undoesSomething(all); err != nil {
		return nil, err
	}
	if !r.flags.compat {
		if err := r.matchesSomething(all); err != nil {
			return nil, err
		}
	}
	place(all, r.flags.shard != "")
	return r.shard(all)
}

// place gives each of several collections its place in reports, and a folder name of its own
// where two have the same name: the second is "NAME (2)". With shards, a hash of all
// collections lets merge find out whether the machines ran the same.
func place(all []runner.Options, spread bool) {
	if len(all) == 1 {
		return
	}
	used := map[string]int{}
	whole := sha256.New()
	for i := range all {
		c := all[i].Collection
		name := c.Name
		for used[c.Name]++; used[c.Name] > 1; used[c.Name]++ {
			name = fmt.Sprintf("%s (%d)", c.Name, used[c.Name])
			if used[name] == 0 {
				used[name] = 1
				break
			}
			// The new name may be that of a later collection.
		}
		all[i].Place = runner.Place{Index: i, Of: len(all), Name: name}
		if spread {
			_, _ = whole.Write(c.Document()) // a hash takes everything
		}
	}
	for i := range all {
		if spread {
			all[i].Place.Hash = hex.EncodeToString(whole.Sum(nil))
		}
	}
}

// shard narrows the run to this machine's part. What --setup matches is part of every shard
// that has something to run. A shard that nothing is left for is a run without requests: that
// is no failure, and its report says so, because merge expects a report of each.
func (r *running) shard(all []runner.Options) (mine []runner.Options, err error) {
	f := r.flags
	if f.shard == "" {
		return all, nil
	}
	s, err := shard.Parse(f.shard, r.process.Env)
	if err != nil {
		return nil, process.Usage("such as --shard 2/4, or auto under a CI system", "--shard: %w", err)
	}
	for i := range all {
		all[i].Shard = event.Shard{Index: s.Index, Total: s.Total, RunID: r.runID(), By: f.shardBy}
	}
	switch f.shardBy {
	case ShardByRow:
		mine, err = r.shardRows(all, s)
	case ShardByFolder:
		mine, err = r.shardUnits(all, s, topOf)
	case ShardByCollection:
		mine, err = r.shardUnits(all, s, func(*collection.Item) *collection.Item { return nil })
	default:
		return nil, process.Usage("collection, folder and row are", "--shard-by %s is no unit", f.shardBy)
	}
	if err != nil || len(mine) > 0 {
		return mine, err
	}
	// An empty run of the first collection, without data, setup or teardown.
	empty := all[0]
	empty.Select = func(*collection.Item) bool { return false }
	empty.Data, empty.Iterations, empty.Teardown = nil, 1, nil
	return []runner.Options{empty}, nil
}

// runID is what the shards of one run have in common: the flag, otherwise what the CI system
// calls the run. "" is allowed; merge then cannot find out that reports are of different
// runs.
func (r *running) runID() string {
	id := r.flags.runID
	for _, name := range []string{"GITHUB_RUN_ID", "CI_PIPELINE_ID", "CIRCLE_WORKFLOW_ID", "BUILDKITE_BUILD_ID", "BUILD_BUILDID"} {
		id = cmp.Or(id, r.process.Getenv(name))
	}
	return id
}

// shardRows takes a block of the iterations, with their rows of the data where there are
// some. Iterations keep their numbers, so that reports of shards fit together.
func (r *running) shardRows(all []runner.Options, s shard.Shard) ([]runner.Options, error) {
	rows, iterations := 0, all[0].Iterations
	if all[0].Data != nil {
		n, known := all[0].Data.Count()
		if !known {
			return nil, process.Usage("give the data as a file", "--shard-by row: it is not known how many rows there are")
		}
		rows = n
	}
	if iterations == 0 {
		iterations = max(rows, 1) // without a row there is one iteration all the same
	}
	from, to := s.Rows(iterations)
	r.announceShard(s, fmt.Sprintf("%d of %d rows", to-from, iterations))
	if from == to {
		return nil, nil
	}
	for i := range all {
		opt := &all[i]
		opt.Iterations, opt.FirstIteration, opt.IterationsInAll = to-from, from, iterations
		if rows > 0 { // the last row serves for iterations that have none of their own
			opt.Data = input.Sliced(opt.Data, min(from+1, rows), to)
		}
	}
	return all, nil
}

// A shardable is what is not divided: the requests of a collection in one top folder, or all
// that it has.
type shardable struct {
	collection int
	within     *collection.Item // nil for the whole collection
}

// shardUnits takes some of the units that unitOf groups the requests of each collection into,
// balanced by the times of earlier runs where they are known. All machines compute the same
// division, since it depends on nothing but the inputs.
func (r *running) shardUnits(all []runner.Options, s shard.Shard, unitOf func(*collection.Item) *collection.Item) ([]runner.Options, error) {
	times, err := r.timings(all)
	if err != nil {
		return nil, err
	}
	var units []shard.Unit
	number := map[shardable]int{} // in units
	busy := map[int]bool{}        // collections that this shard has something of
	var requests []int            // in each unit
	total := 0
	for i, opt := range all {
		items, err := runner.Requests(opt)
		if err != nil {
			return nil, process.Usage("", "running %s: %w", opt.Collection.File, err)
		}
		busy[i] = s.Index == 1 // until there is more to it than a setup
		for _, item := range items {
			// Setup is no unit: it runs everywhere.
			if opt.Parallel.Setup != nil && opt.Parallel.Setup(item) {
				continue
			}
			busy[i] = false
			key := shardable{i, unitOf(item)}
			n, known := number[key]
			if !known {
				n = len(units)
				number[key] = n
				units, requests = append(units, shard.Unit{Name: pathIn(opt, item)}), append(requests, 0)
			}
			requests[n]++
			total++
			units[n].Weight += cmp.Or(times[pathIn(opt, item)], 1) // a request without a time counts as average, see timings
		}
	}
	mine := map[int]bool{}
	count := 0
	for _, n := range s.Take(units) {
		mine[n] = true
		count += requests[n]
	}
	for key, n := range number {
		busy[key.collection] = busy[key.collection] || mine[n]
	}
	r.announceShard(s, fmt.Sprintf("%d of %d requests", count, total))
	var kept []runner.Options
	for i, opt := range all {
		if !busy[i] {
			continue
		}
		chosen, setup := opt.Select, opt.Parallel.Setup
		opt.Select = func(item *collection.Item) bool {
			n, known := number[shardable{i, unitOf(item)}]
			return (chosen == nil || chosen(item)) && (known && mine[n] || setup != nil && setup(item))
		}
		kept = append(kept, opt)
	}
	return kept, nil
}

// pathIn is a request's path as reports, and so recorded times, have it: with several
// collections the name of the collection comes first.
func pathIn(opt runner.Options, item *collection.Item) string {
	if opt.Place.Of == 0 {
		return selection.Path(item)
	}
	return opt.Place.Name + "/" + selection.Path(item)
}

// announceShard says on standard error what this machine runs.
func (r *running) announceShard(s shard.Shard, what string) {
	fmt.Fprintf(r.process.Stderr, "posthaste: shard %s: %s\n", s, what)
}

// topOf is the top folder that an item is in, or the item itself at the top.
func topOf(item *collection.Item) *collection.Item {
	for item.Parent != nil {
		item = item.Parent
	}
	return item
}

// timings reads --timings: milliseconds by path, as merge writes them. They are scaled so
// that a request without one counts as an average request, 1.
func (r *running) timings(all []runner.Options) (map[string]float64, error) {
	if r.flags.timings == "" {
		return nil, nil
	}
	data, err := input.ReadFile(r.process, "timings", r.flags.timings)
	if err != nil {
		return nil, err
	}
	var times map[string]float64
	if err := json.Unmarshal(data, &times); err != nil {
		return nil, input.Misfit(process.Usage("it is a JSON object of milliseconds by path, as posthaste merge --timings writes it",
			"reading the timings: %s: %w", r.flags.timings, err), "timings", r.flags.timings, data)
	}
	timed := false
	for _, opt := range all {
		items, _ := runner.Requests(opt) // the caller meets the error
		timed = timed || slices.ContainsFunc(items, func(item *collection.Item) bool { return times[pathIn(opt, item)] > 0 })
	}
	if !timed {
		r.process.Warn("--timings %s has no time of a request of this run: every request counts the same", r.flags.timings)
	}
	sum := 0.0
	for _, ms := range times {
		sum += ms
	}
	for path, ms := range times {
		times[path] = ms / max(sum/float64(len(times)), 1e-9) // never divided by 0
	}
	return times, nil
}
