// Package run is `posthaste run`, `posthaste teardown`, and `posthaste demo`, which runs our
// own collection.
//
// It turns options into runner.Options, one for each collection, and decides the exit code
// from the Summary. Files are read by cli/input and written by cli/output. Everything that
// can be wrong with options and files is found before the first request is sent.
package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"posthaste/collection"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/fence"
	"posthaste/internal/limit"
	"posthaste/internal/openapi/contract"
	"posthaste/internal/redact"
	"posthaste/runner"
	"posthaste/runner/event"
	"posthaste/runner/teardown"
)

// Command is `posthaste run`. It takes the arguments after the command's name. The error that
// it returns becomes the exit code; see process.Problem and process.ExitCode.
func Command(ctx context.Context, p *process.Process, args []string) error {
	args, rawOptions := option.TakeReporterOptions(args)
	var f runFlags
	flags := f.define()
	if helped, err := option.Parse(p, flags, page(), option.JoinValues(args)); helped || err != nil {
		return compatUsage(args, err)
	}
	typed := givenNames(flags)
	f.allowTyped = typed["allow-host"]
	configured, err := option.ReadConfig(p, flags, &rawOptions)
	if err != nil {
		return f.exit(err)
	}
	if f.apiKey == "" {
		// As Postman's own tools call it.
		f.apiKey = p.Getenv("POSTMAN_API_KEY")
	}
	named := flags.Args()
	// A file of options may name the collection.
	if len(named) == 0 && configured.Collection != "" {
		named = []string{configured.Collection}
	}
	if len(named) == 0 {
		return f.exit(option.WrongArguments("run", nil))
	}
	f.named = named
	if err := f.checkValues(p); err != nil {
		return f.exit(err)
	}
	p, flush := output.Gathered(p)
	defer flush()
	sources, err := input.Expand(p, named, f.all)
	if err != nil {
		return f.exit(err)
	}
	// The first collection gives its name to records and hints.
	r := &running{process: p, flags: &f, source: sources[0], others: sources[1:]}
	if r.reporting, err = f.reporting(p, rawOptions); err != nil {
		return f.exit(err)
	}
	if !f.compat {
		f.idle(p, typed, r.reporting.Names)
	}
	return f.exit(f.profiles.around(ctx, p, r.run))
}

// reporting is what the flags say of the reports, with what the CI system adds that the run
// is part of. options are those of single reporters, as (name, value).
func (f *runFlags) reporting(p *process.Process, options [][2]string) (output.Settings, error) {
	names, options, err := output.Choose(p, f.reporters, f.reports, options, f.compat)
	if err == nil {
		err = output.CheckConsequences(f.consequences)
	}
	if err != nil {
		return output.Settings{}, err
	}
	r := output.Settings{
		Names: names, Output: f.output, Color: string(f.color), Verbose: f.verbose, Silent: f.silent,
		DisableUnicode: f.disableUnicode, Compat: f.compat, Consequences: f.consequences,
	}
	r.AddCI(p)
	return r, r.SetOptions(p, options)
}

// compatUsage is how newman ends on wrong flags: with 1, and with 0 for a value that it does
// not like. It acts on args, since the flags may not have been read when parsing failed.
func compatUsage(args []string, err error) error {
	if err == nil || !slices.Contains(args, "--newman-compat") {
		return err
	}
	code := process.ExitFailed
	if bad := (*pflag.InvalidValueError)(nil); errors.As(err, &bad) {
		code = process.ExitPassed
	}
	return &process.Problem{Code: code, Err: err, Hint: process.HintOf(err)}
}

// exit is how a run's error becomes its exit code under the options that change it:
// --suppress-exit-code makes 0 of everything, --newman-compat has no other codes than 0 and
// 1.
func (f *runFlags) exit(err error) error {
	if err == nil {
		return nil
	}
	code, said := err.(process.ExitCode) //nolint:errorlint // it is never wrapped
	switch {
	case f.suppressExitCode:
		return process.Suppressed(err)
	case !f.compat:
		return err
	case said && code == process.ExitUnknown:
		return process.ExitCode(process.ExitFailed)
	case !said:
		return &process.Problem{Code: process.ExitFailed, Err: err, Hint: process.HintOf(err)}
	}
	return err
}

// running is one `posthaste run` on its way. For several collections it is copied with
// another source; what they share are pointers.
type running struct {
	process   *process.Process
	flags     *runFlags
	source    string
	others    []string // further collections of the same run
	reporting output.Settings
	open      []io.Closer           // files that are read while the run goes on
	pace      func(context.Context) // waits as --rate says, nil without a rate
	contract  *contract.Contract    // nil without --openapi
	fence     *fence.Fence
	budget    *limit.Budget          // one for all collections of the run
	enclosed  *collection.Collection // whose fence that is

	collection           *collection.Collection
	environment, globals *collection.Environment
	secrets              *redact.Set
	watch                *output.Watch   // nil when outputs are not to be checked for secrets
	unwatched            io.Writer       // standard output, for values that CI systems are told in order to mask them
	later                bool            // it gives back what recorded runs have left
	left                 []teardown.Left // what that is
	witness              *witness
	ran                  map[string]string // by a script's id: its last execution; only for an export that says so
}

// run is the whole command: read, check, run, report. Secrets are collected from the first
// file on, so that errors of reading are masked too. Deferred calls clean up in the reverse
// order: the listener ends before reports that were not finished are discarded.
func (r *running) run(ctx context.Context) error {
	defer func() {
		for _, c := range r.open {
			_ = c.Close() // it was only read
		}
	}()
	r.keepSecrets()
	r.flags.warn(r.process)
	all, err := r.inputs(ctx)
	if err != nil {
		return err
	}
	if r.flags.dryRun {
		return r.dryRun(ctx, all)
	}
	if err := r.checkExports(); err != nil {
		return err
	}
	// From here on the first Ctrl-C ends the run in order and a second one at once.
	ctx, interruption := r.process.Interruptible(ctx)
	defer interruption.End()
	out, err := r.reporting.Open(r.process, r.secrets, r.watch)
	if err != nil {
		return err
	}
	defer out.Discard()
	closeListener, err := r.listen(ctx, all)
	if err != nil {
		return err
	}
	defer closeListener()
	last := &lastRun{Collection: r.source}
	limits, err := r.thresholds()
	if err != nil {
		return err
	}
	keeping := r.keepsJournal(all, out, interruption)
	queue := r.queue(out, limits, keeping)
	defer queue.Close()
	r.connect(all, out, queue, r.observer(last, limits, keeping))
	result, err := r.runAll(ctx, all, interruption.Stop)
	queue.Close()
	// The run is over: an interruption now must not lose the reports.
	interruption.Finishing()
	defer keeping.end(r)
	if err != nil {
		return r.notRun(err)
	}
	if err := r.deliver(out, last, result); err != nil {
		return err
	}
	if err := r.flags.api.Write(r.process, r.contract, r.masked); err != nil {
		return err
	}
	r.sayDoubts(out, limits)
	if !r.flags.compat {
		r.witness.say(r.process, r.flags)
	}
	return r.verdict(out)
}

// keepSecrets makes the set of secrets, and what looks for them in all that is written.
func (r *running) keepSecrets() {
	if !r.flags.showSecrets {
		r.secrets = &redact.Set{}
	}
	r.witness = &witness{}
	// Kept apart: masking commands for CI systems contain the secret itself and must not be
	// taken for a leak.
	r.unwatched = r.process.Stdout
	r.watch = output.NewWatch(r.process, r.flags.verifyRedaction, r.secrets)
	r.process = r.watch.Over(r.process)
}

// inputs reads everything that the run is made of.
func (r *running) inputs(ctx context.Context) ([]runner.Options, error) {
	var err error
	if r.contract, err = r.flags.api.Contract(ctx, r.reader(), nil); err != nil {
		return nil, err
	}
	return r.everything(ctx)
}

// connect hands the events of a run to those who want them: masked to the reports, and as they happened to observe. An
// error of a report ends the run.
func (r *running) connect(all []runner.Options, out *output.Reports, queue *output.Queue, observe func(event.Event)) {
	for i := range all {
		opt := &all[i]
		opt.Bodies, opt.Documents = out.Bodies, out.Documents
		// A script that waits for something that never comes would look like a hang.
		opt.Waiting = func(script string, patience time.Duration) {
			r.process.Warn("waiting for %s; it is ended after %s", script, patience)
		}
		opt.Observe = observe
		if r.contract != nil {
			opt.Contract = r.contract
		}
		opt.Sink, opt.Settle, opt.Announce = queue.Sink, queue.Drain, queue.Announcer()
	}
}

// observer is who hears of the events as they happened.
func (r *running) observer(last *lastRun, limits limits, keeping *journalKeeper) func(event.Event) {
	return func(e event.Event) {
		last.see(e)
		keeping.see(e)
		limits.add(e)
		r.see(e)
		r.witness.see(e)
	}
}

// queue is what the reports get their events through. It is emptied before a secret becomes known, so that what is shown is
// masked by what was known when it happened, and before a warning is printed.
func (r *running) queue(out *output.Reports, limits limits, keeping *journalKeeper) *output.Queue {
	q := output.NewQueue(func(e event.Masked) error {
		e = out.Again(e)
		if err := r.covered(e, out, limits); err != nil {
			return err
		}
		// Verdicts of thresholds and open payments must reach the reports before RunFinished
		// does.
		if err := limits.before(e, out); err != nil {
			return err
		}
		if err := keeping.begin(e); err != nil {
			return err
		}
		return out.Report(e)
	}, out.Announcer())
	// The journal is written between the events of the reports. A report that is worth having when the run is killed has
	// every step that is over, so that nothing may wait.
	if keeping.undoes || out.Live() {
		q.Direct()
	}
	if r.secrets != nil {
		r.secrets.Before(func() { _ = q.Drain() }) // the sink tells the error
	}
	behind := *r.process
	behind.Stderr = q.Before(behind.Stderr)
	r.process = &behind
	return q
}

// deliver moves reports and exports to their places, looks through the reports for secrets,
// and stores the record of the run. It goes on after failed tests; an error means that a file
// could not be written, or that a secret was found.
func (r *running) deliver(out *output.Reports, last *lastRun, result *runner.Result) error {
	if err := out.Finish(); err != nil {
		return &process.Problem{Code: process.ExitUsage, Err: err}
	}
	// Before anything else is written: a leak must be the first thing to be said.
	if err := r.watch.Check(out); err != nil {
		return err
	}
	if !r.flags.compat && !r.later { // newman leaves nothing behind that was not asked for
		last.keep(r.process)
		output.KeepStory(r.process, out.Story())
	}
	if err := r.export(result); err != nil {
		return &process.Problem{Code: process.ExitUsage, Err: err}
	}
	return nil
}

// masked is a text without the secrets that are known so far.
func (r *running) masked(text string) string {
	if r.secrets == nil {
		return text
	}
	return r.secrets.Text(text)
}

// notRun is the error of a run that could not begin, such as a variable of an address that
// has no value. Names and addresses in it are masked.
func (r *running) notRun(err error) error {
	if unset := (*runner.UnsetError)(nil); errors.As(err, &unset) {
		return process.Usage(r.masked(unset.Hint()), "%s", r.masked(unset.Error()))
	}
	return process.Usage("", "running %s: %w", r.source, err)
}

// sayDoubts prints which limits were not kept, and how many notices failed a strict run where
// newman's reports have no place for them.
func (r *running) sayDoubts(out *output.Reports, limits limits) {
	limits.say(r.process, out)
	if n := out.Summary.Doubts(); n > 0 && r.flags.compat {
		fmt.Fprintf(r.process.Stderr, "posthaste: failed: notices under --strict: %d\n", n)
	}
}

// runAll runs the collections, side by side with --parallel-by collection, otherwise one
// after the other, until stop is closed. The result, which exports write, is that of the last one that ran.
func (r *running) runAll(ctx context.Context, all []runner.Options, stop <-chan struct{}) (*runner.Result, error) {
	for i := range all {
		all[i].Stop = stop
	}
	workers := 1
	if r.flags.parallelBy == parallelByCollection {
		workers = int(r.flags.parallel)
	}
	results, err := runner.RunSeveral(ctx, all, workers)
	if err != nil {
		return nil, err
	}
	for i := len(results) - 1; i >= 0; i-- {
		if results[i] != nil {
			return results[i], nil
		}
	}
	return &runner.Result{}, nil
}

// parallelByCollection makes whole collections the units that run side by side.
const parallelByCollection = "collection"

// verdict is the exit code of a run that took place, as an error. A report that could not be
// written at the end fails it; the Summary decides the rest.
func (r *running) verdict(out *output.Reports) error {
	s := &out.Summary
	if err := out.Failure(); err != nil && s.Error == "" { // the last that there was to tell
		return &process.Problem{Code: process.ExitFailed, Err: err}
	}
	return process.Verdict(s)
}
