package cli

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"posthaste/collection"
	"posthaste/internal/redact"
	"posthaste/runner"
	"posthaste/runner/event"
	"posthaste/script/jslib"
)

// runCommand is `posthaste run`.
func runCommand(ctx context.Context, p *Process, args []string) error {
	args, rawOptions := takeReporterOptions(args)
	var f runFlags
	flags := f.define()
	if helped, err := parse(p, flags, "run COLLECTION … [OPTIONS]", joinOptionalValues(args)); helped || err != nil {
		return compatUsage(args, err)
	}
	configured, err := readConfig(p, flags, &rawOptions)
	if err != nil {
		return f.exit(err)
	}
	if f.apiKey == "" {
		f.apiKey = p.env("POSTMAN_API_KEY")
	}
	named := flags.Args()
	if len(named) == 0 && configured != "" {
		named = []string{configured}
	}
	if len(named) == 0 {
		return f.exit(wrongArguments(nil))
	}
	p, flush := p.gathered()
	defer flush()
	sources, err := p.sources(named, f.all)
	if err != nil {
		return f.exit(err)
	}
	r := &running{process: p, flags: &f, source: sources[0], others: sources[1:]}
	if r.reporters, err = f.reporterNames(p); err != nil {
		return f.exit(err)
	}
	r.ciReporters()
	f.reporterOptions = sortReporterOptions(rawOptions, r.reporters)
	return f.exit(f.profiles.around(ctx, p, r.run))
}

func wrongArguments(args []string) error {
	if len(args) == 0 {
		return usage("posthaste run FILE.json, or posthaste demo to see a run", "no collection was named")
	}
	return usage("one at a time", "more than one collection was named: %s", strings.Join(args, ", "))
}

// compatUsage is how newman ends on wrong flags: with 1, and with 0 for a value that it does not like.
func compatUsage(args []string, err error) error {
	if err == nil || !slices.Contains(args, "--newman-compat") {
		return err
	}
	code := ExitFailed
	if bad := (*pflag.InvalidValueError)(nil); errors.As(err, &bad) {
		code = ExitPassed
	}
	return &problem{code: code, err: err, hint: hintOf(err)}
}

// exit is how a run's error becomes its exit code under the options that change it.
func (f *runFlags) exit(err error) error {
	if err == nil {
		return nil
	}
	code, said := err.(exitCode) //nolint:errorlint // it is never wrapped
	switch {
	case f.suppressExitCode && said:
		return nil
	case f.suppressExitCode:
		return &problem{code: ExitPassed, err: err, hint: hintOf(err)}
	case !f.compat:
		return err
	case said && code == ExitUnknown:
		return exitCode(ExitFailed)
	case !said:
		return &problem{code: ExitFailed, err: err, hint: hintOf(err)}
	}
	return err
}

// running is one `posthaste run` on its way.
type running struct {
	process    *Process
	flags      *runFlags
	source     string
	others     []string // further collections of the same run
	reporters  []string
	foldsFirst bool        // what the others print is folded for GitHub
	open       []io.Closer // files that are read while the run goes on
	pace       func(context.Context)

	collection           *collection.Collection
	environment, globals *collection.Environment
	secrets              *redact.Set
	verify               bool              // outputs are to be checked for secrets
	lookouts             []*lookout        // those that cannot be read again
	unwatched            io.Writer         // standard output, for values that CI systems are told in order to mask them
	ran                  map[string]string // by a script's id: its last execution; only for an export that says so
}

func (r *running) run(ctx context.Context) error {
	defer func() {
		for _, c := range r.open {
			_ = c.Close() // it was only read
		}
	}()
	if !r.flags.showSecrets {
		r.secrets = &redact.Set{}
	}
	r.unwatched = r.process.Stdout
	r.watchOutputs()
	all, err := r.everything(ctx)
	if err != nil {
		return err
	}
	if r.flags.dryRun {
		return r.dryRun(ctx, all)
	}
	ctx, stop, done := r.process.interrupts(ctx)
	defer done()
	out, err := r.openReports()
	if err != nil {
		return err
	}
	defer out.discard()
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
	for i := range all {
		all[i].Bodies, all[i].Documents, all[i].Stop = out.bodies, out.documents, stop
		all[i].Sink = func(e event.Event) error {
			last.see(e)
			limits.add(e)
			r.see(e)
			if err := limits.before(e, out.report); err != nil {
				return err
			}
			return out.report(e)
		}
	}
	result, err := r.runAll(ctx, all)
	if err != nil {
		return usage("", "running %s: %w", r.source, err)
	}
	if err := r.deliver(out, last, result); err != nil {
		return err
	}
	limits.say(r.process)
	return r.verdict(out)
}

// deliver puts reports, exports and the record of the run in their places, and looks through them for secrets.
func (r *running) deliver(out *outputs, last *lastRun, result *runner.Result) error {
	if err := out.finish(); err != nil {
		return &problem{code: ExitUsage, err: err}
	}
	if err := r.verifyRedaction(out); err != nil {
		return err
	}
	if !r.flags.compat { // newman leaves nothing behind that was not asked for
		last.keep(r.process)
	}
	if err := r.export(result); err != nil {
		return &problem{code: ExitUsage, err: err}
	}
	return nil
}

// runAll runs the collections. The result is that of the last one.
func (r *running) runAll(ctx context.Context, all []runner.Options) (*runner.Result, error) {
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

// verdict is the exit code of a run that took place.
func (r *running) verdict(out *outputs) error {
	s := &out.summary
	switch {
	case s.Reason == runner.ReasonInterrupt:
		return exitCode(ExitInterrupted)
	case s.Reason == runner.ReasonTimeout, s.Reason == runner.ReasonError:
		return &problem{code: ExitFailed, err: errRun(s.Error)}
	case out.failure() != nil: // the last that there was to tell
		return &problem{code: ExitFailed, err: out.failure()}
	case s.Answered == 0 && s.Unanswered > 0:
		return exitCode(ExitUnknown)
	case s.Failed() > 0, r.flags.strict && out.distrust > 0:
		return exitCode(ExitFailed)
	}
	return nil
}

// errRun is the text of a fatal end.
type errRun string

func (e errRun) Error() string { return string(e) }

// options reads every input and puts together what the runner needs.
func (r *running) options(ctx context.Context) (runner.Options, error) {
	f := r.flags
	if r.collection == nil {
		if err := r.load(ctx); err != nil {
			return runner.Options{}, err
		}
	}
	network, err := r.network()
	if err != nil {
		return runner.Options{}, err
	}
	opt := runner.Options{
		Collection: r.collection, Environment: r.environment, Globals: r.globals, Network: network,
		Iterations: int(f.iterations), Folders: f.folders,
		Delay: time.Duration(f.delay), Timeout: time.Duration(f.timeout), ScriptTimeout: time.Duration(f.timeoutScript),
		MaxJumps: int(f.maxJumps), Compat: f.compat, SecretNames: f.secretNames,
		Libraries: jslib.Source, Version: r.process.Version, Now: r.process.Now,
	}
	switch {
	case r.secrets != nil && r.process.underGitHub():
		opt.Secrets = masker{r.secrets, r.unwatched}
	case r.secrets != nil:
		opt.Secrets = r.secrets
	}
	for word := range strings.SplitSeq(f.bail, ",") {
		opt.Bail.Error = opt.Bail.Error || word == "folder"
		opt.Bail.Failure = opt.Bail.Failure || word == "failure"
	}
	if f.data != "" {
		if opt.Data, err = r.data(ctx); err != nil {
			return opt, err
		}
	}
	if opt.Select, err = r.choose(); err != nil {
		return opt, err
	}
	if err := f.repeatable(&opt); err != nil {
		return opt, err
	}
	if err := r.outside(&opt); err != nil {
		return opt, err
	}
	if err := r.spread(&opt); err != nil {
		return opt, err
	}
	return opt, nil
}

// spread puts in what flags say of units, rates and retries.
func (r *running) spread(opt *runner.Options) error {
	f := r.flags
	opt.Retry = runner.Retry{
		Times: int(f.retry), On: f.retryOn, Delay: time.Duration(f.retryDelay), Backoff: f.retryBackoff, Unsafe: f.retryUnsafe,
	}
	for _, on := range f.retryOn {
		if !slices.Contains([]string{runner.OnNetwork, runner.On429, runner.On5xx, runner.OnTest}, on) {
			return usage("network, 429, 5xx and test are", "--retry-on %s is nothing that can be tried again", on)
		}
	}
	opt.Parallel = runner.Parallel{Workers: int(f.parallel), By: f.parallelBy}
	switch f.parallelBy {
	case runner.ByFolder, runner.ByIteration:
	case parallelByCollection:
		opt.Parallel.Workers = 0
	default:
		return usage("collection, folder and iteration are", "--parallel-by %s is no unit", f.parallelBy)
	}
	var err error
	if opt.Parallel.Setup, err = globs("setup", f.setup); err != nil {
		return err
	}
	if f.rate != "" && r.pace == nil { // one for all collections of the run
		limit, err := parseRate(f.rate, r.process.Now)
		if err != nil {
			return err
		}
		r.pace = limit.wait
	}
	opt.Pace = r.pace
	return nil
}
