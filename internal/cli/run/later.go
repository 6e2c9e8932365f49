package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/run/resume"
	"posthaste/runner"
	"posthaste/runner/teardown"
)

// notForTeardown are the options of run that say what runs and how often: for a teardown the
// recording says that, so they are hidden and refused.
const notForTeardown = "watch iteration-count iteration-data folder include exclude grep tag last-failed with-dependencies data-rows all dry-run parallel parallel-by setup shard shard-by timings bail"

// Teardown is `posthaste teardown`: it undoes what recorded runs have created and not undone,
// by the teardown requests of their collections. The recordings are files of the events
// reporter, or those that a run with --teardown keeps in the cache.
func Teardown(ctx context.Context, p *process.Process, args []string) error {
	args, rawOptions := option.TakeReporterOptions(args)
	var f runFlags
	flags := f.define()
	for _, name := range strings.Fields(notForTeardown) {
		if err := flags.MarkHidden(name); err != nil {
			return err
		}
	}
	if helped, err := option.Parse(p, flags, laterPage(), option.JoinValues(args)); helped || err != nil {
		return err
	}
	for _, name := range strings.Fields(notForTeardown) {
		if flags.Changed(name) {
			return process.Usage("the recording says what is to be given back", "teardown does not take --%s", name)
		}
	}
	f.allowTyped = flags.Changed("allow-host")
	if _, err := option.ReadConfig(p, flags, &rawOptions); err != nil {
		return err
	}
	if len(flags.Args()) == 0 {
		hint := "the events reporter writes recordings: posthaste run … -r events"
		// The hint names the last unfinished run, since it is nearly always the one that is
		// meant.
		if last, err := output.Unfinished(p); err == nil && last != "" {
			hint = "the last run that has not given back everything, unless it still runs: posthaste teardown " + shellWord(last)
		}
		return process.Usage(hint, "teardown takes the recording of a run")
	}
	// Warnings are gathered, so that those that repeat for each recording come once.
	p, flush := output.Gathered(p)
	defer flush()
	r := &running{process: p, flags: &f, source: flags.Args()[0], later: true}
	recorded := flags.Args()
	for _, path := range recorded {
		if err := r.readLeft(path); err != nil {
			return err
		}
	}
	if len(r.left) == 0 {
		fmt.Fprintln(p.Stdout, "nothing is left: each iteration was torn down")
		// Nothing is left, so these recordings are no hint any more.
		output.Forget(p, recorded)
		return nil
	}
	var err error
	if r.reporting, err = f.reporting(p, rawOptions); err != nil {
		return err
	}
	// Recordings of a teardown that failed are kept for another try.
	if err := f.exit(r.run(ctx)); err != nil {
		return err
	}
	output.Forget(p, recorded)
	return nil
}

// laterPage is the help of `posthaste teardown`.
func laterPage() option.Page {
	return option.Page{
		Usage:    "teardown RECORDING … [OPTIONS OF RUN]",
		About:    "Undoes what a run has created, when the run was killed before its --teardown was complete.",
		Examples: [][2]string{{"posthaste teardown posthaste-report/events.ndjson -e staging.json", "Give back what a recorded run has left"}},
	}
}

// readLeft reads what a recorded run has left to undo, and adds it and the globs of its
// teardown to r. A recording of a run without a teardown is an error.
func (r *running) readLeft(path string) error {
	file, err := input.OpenRecording(r.process, path)
	if err != nil {
		return err
	}
	defer file.Close()
	run, err := teardown.Read(file)
	switch {
	case errors.Is(err, teardown.ErrNone):
		return process.Usage("run it with --teardown GLOB", "reading the recording %s: %w", path, err)
	case err != nil:
		return input.MisfitFile(r.process, process.Usage("", "reading the recording %s: %w", path, err), "events", path)
	}
	for _, glob := range run.Globs {
		if !slices.Contains(r.flags.teardown, glob) {
			r.flags.teardown = append(r.flags.teardown, glob)
		}
	}
	r.left = append(r.left, run.Left...)
	return nil
}

// laterOptions makes a run of the teardown for each iteration that was left, and behind all of
// them a search for each request that was not answered: what the other iterations have made may
// look the same, and is gone by then. The collection is read again from its file for each,
// because variables differ.
func (r *running) laterOptions(ctx context.Context) ([]runner.Options, error) {
	var all []runner.Options
	for _, left := range r.left {
		opt, err := r.laterOption(ctx, left)
		if err != nil {
			return nil, err
		}
		resume.From(&opt, left, func() {})
		all = append(all, opt)
	}
	for _, left := range r.left {
		s := resume.SearchOf(left)
		if s.Rule == nil {
			continue
		}
		opt, err := r.laterOption(ctx, left)
		if err != nil {
			return nil, err
		}
		possible := false
		resume.From(&opt, left, func() { possible = s.Replaces(&opt) })
		if !possible {
			r.process.Warn("the run was ended while it asked for a %s: only the server knows whether there is one", s.Rule.Kind)
			continue
		}
		opt.Place.Name = cmp.Or(opt.Place.Name, opt.Collection.Name) + ", search"
		all = append(all, opt)
	}
	if len(all) > 1 {
		for i := range all { // reports tell the iterations apart by their place
			all[i].Place.Index, all[i].Place.Of = i, len(all)
		}
	}
	return all, nil
}

// laterOption makes the options of one iteration that was left, with its name as its place.
func (r *running) laterOption(ctx context.Context, left teardown.Left) (runner.Options, error) {
	one := *r
	one.source, one.collection = left.File, nil
	opt, err := one.options(ctx)
	// What one opened stays open until the end of the whole command.
	r.open, r.pace, r.budget = one.open, one.pace, one.budget
	if err == nil && len(r.left) > 1 {
		opt.Place.Name = opt.Collection.Name + ", " + left.Label()
	}
	return opt, err
}
