package run

import (
	"context"
	"slices"
	"strings"
	"time"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/transport"
	"posthaste/runner"
)

// reader reads the inputs of the run, as its flags say. URLs of inputs follow --map,
// --insecure and the extra authorities like requests do.
func (r *running) reader() *input.Reader {
	f := r.flags
	in := &input.Reader{Process: r.process, APIKey: f.apiKey, Insecure: f.insecure, ExtraCA: f.extraCA, Compat: f.compat}
	for _, m := range f.mappings {
		from, to, _ := option.Mapping(m) // the run has looked at it
		in.Map = append(in.Map, transport.Rule{From: from, To: to})
	}
	return in
}

// read reads the collection, the environment and the globals, and sets what flags set in
// them. The order is that of newman's: a flag goes before a file.
func (r *running) read(ctx context.Context) error {
	for _, m := range r.flags.mappings {
		if _, _, err := option.Mapping(m); err != nil {
			return err
		}
	}
	in, f := r.reader(), r.flags
	var err error
	// Ids that do not change from run to run, so that reports can be compared.
	r.collection, err = in.Collection(ctx, r.source, input.Parsing{StableIDs: true})
	if err != nil {
		return input.Swapped(r.process, err, r.source, f.environment)
	}
	if err := r.enclose(); err != nil {
		return err
	}
	r.process.WarnAll(r.collection.Notices)
	if r.environment, err = in.Scope(ctx, "environment", f.environment, r.source, f.envVars); err != nil {
		return err
	}
	fromFiles, err := input.ReadEnvFiles(r.process, f.envFiles)
	if err != nil {
		return err
	}
	// After the others: the last variable of a name counts.
	r.environment.Values = append(r.environment.Values, fromFiles...)
	r.globals, err = in.Scope(ctx, "globals", f.globals, r.source, f.globalVars)
	return err
}

// options reads every input and puts together what the runner needs for one collection. Files
// that stay open are in r.open, also after an error.
func (r *running) options(ctx context.Context) (runner.Options, error) {
	f := r.flags
	if r.collection == nil {
		if err := r.read(ctx); err != nil {
			return runner.Options{}, err
		}
	}
	if err := r.enclose(); err != nil {
		return runner.Options{}, err
	}
	network, err := r.network()
	if err != nil {
		return runner.Options{}, err
	}
	opt := runner.Options{
		Collection: r.collection, Environment: r.environment, Globals: r.globals, Network: network,
		Iterations: int(f.iterations), Folders: f.folders,
		Delay: time.Duration(f.delay), Timeout: time.Duration(f.timeout), ScriptTimeout: time.Duration(f.timeoutScript),
		MaxJumps: int(f.maxJumps), Strict: f.strict, Compat: f.compat, SecretNames: f.secretNames,
		Version: r.process.Version, Now: r.process.Now,
	}
	r.witness.scopes(r.collection, r.environment, r.globals)
	if len(f.mappings) > 0 {
		opt.Network.Visited = r.witness.visited
	}
	r.fenced(&opt)
	if err := r.bounded(&opt); err != nil {
		return opt, err
	}
	opt.Secrets = output.Learner(r.process, r.secrets, r.unwatched)
	// Unknown words are ignored, as newman does.
	for word := range strings.SplitSeq(f.bail, ",") {
		opt.Bail.Error = opt.Bail.Error || word == "folder"
		opt.Bail.Failure = opt.Bail.Failure || word == "failure"
	}
	if f.data != "" {
		rows, file, err := r.reader().Data(ctx, f.data, f.dataRows)
		if file != nil {
			// Even with an error there may be a file to close.
			r.open = append(r.open, file)
		}
		if err != nil {
			return opt, err
		}
		opt.Data = r.witness.observed(rows)
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

// spread sets what flags say of units, rates, retries and the teardown.
func (r *running) spread(opt *runner.Options) error {
	f := r.flags
	opt.Retry = runner.Retry{
		Times: int(f.retry), On: f.retryOn, Delay: time.Duration(f.retryDelay), Backoff: f.retryBackoff, Unsafe: f.retryUnsafe,
	}
	for _, on := range f.retryOn {
		if !slices.Contains([]string{runner.OnNetwork, runner.On429, runner.On5xx, runner.OnTest}, on) {
			return process.Usage("network, 429, 5xx and test are", "--retry-on %s is not a retry condition", on)
		}
	}
	opt.Parallel = runner.Parallel{Workers: int(f.parallel), By: f.parallelBy}
	switch f.parallelBy {
	case runner.ByFolder, runner.ByIteration:
	case parallelByCollection:
		// The units are whole collections; see runAll.
		opt.Parallel.Workers = 0
	default:
		return process.Usage("collection, folder and iteration are", "--parallel-by %s is no unit", f.parallelBy)
	}
	var err error
	if opt.Parallel.Setup, err = globs("setup", f.setup); err != nil {
		return err
	}
	if err := r.undone(opt); err != nil {
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
