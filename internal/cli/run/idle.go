package run

import (
	"math"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/runner"
)

// idle warns of options on the command line that change nothing without another one. typed holds the names of the options
// that were given there; files of options may hold such for the day on which the other one is given.
func (f *runFlags) idle(p *process.Process, typed map[string]bool, reporters []string) {
	selects := len(f.include)+len(f.exclude)+len(f.tags) > 0 || f.grep != "" || f.lastFailed
	cli := slices.Contains(reporters, "cli") && !f.silent
	for _, o := range []struct {
		names string // of the options
		works bool
		needs string
	}{
		{"retry-on retry-delay retry-backoff retry-unsafe", f.retry > 0, "needs --retry"},
		{"parallel-by", f.parallel > 0 || len(f.setup) > 0, "needs --parallel"},
		{"shard-by timings", f.shard != "", "needs --shard"},
		{"with-dependencies", selects, "needs a selection, such as --include"},
		{"data-rows", f.data != "", "needs iteration data (-d)"},
		{"ssl-client-key ssl-client-passphrase", f.clientCert != "", "needs --ssl-client-cert"},
		{"consequences", slices.Contains(reporters, "junit"), "needs the reporter junit"},
		{"output verbose", cli, "is for the reporter cli, which does not run"},
	} {
		for name := range strings.FieldsSeq(o.names) {
			if typed[name] && !o.works {
				p.Warn("--%s changes nothing: it %s", name, o.needs)
			}
		}
	}
}

// checkValues refuses values that mean nothing, whatever else is given.
func (f *runFlags) checkValues(p *process.Process) error {
	if f.compat {
		return nil
	}
	if f.watch {
		return process.Usage("posthaste run FILE --watch", "--watch is an option of posthaste run, on its command line and without a value")
	}
	if f.bail != "" {
		for word := range strings.SplitSeq(f.bail, ",") {
			if word != "folder" && word != "failure" {
				return process.Usage("such as --bail or --bail folder", "--bail %s: it takes folder, failure or nothing", f.bail)
			}
		}
	}
	if !(f.retryBackoff > 0) || math.IsInf(f.retryBackoff, 0) {
		return process.Usage("such as --retry-backoff 2", "--retry-backoff %v: it is a number above 0", f.retryBackoff)
	}
	if !slices.Contains([]string{ShardByCollection, ShardByFolder, ShardByRow}, f.shardBy) {
		return process.Usage("it takes collection, folder or row", "--shard-by %s is not known", f.shardBy)
	}
	if !slices.Contains([]string{parallelByCollection, runner.ByFolder, runner.ByIteration}, f.parallelBy) {
		return process.Usage("it takes collection, folder or iteration", "--parallel-by %s is not known", f.parallelBy)
	}
	if f.verifyRedaction && f.showSecrets {
		return process.Usage("leave one of them out", "--verify-redaction and --show-secrets contradict each other: nothing is masked")
	}
	if f.extraCA != "" {
		if err := input.CheckAuthorities(p, f.extraCA); err != nil {
			return err
		}
	}
	if f.clientCert != "" && !input.HasCertificate(p, f.clientCert) {
		return process.Usage("it is a PEM or PKCS#12 file", "reading the client certificate: %s: it holds no certificate", f.clientCert)
	}
	return f.checkRepeats(p)
}

// checkRepeats looks for a host that --map names twice: the first rule counts.
func (f *runFlags) checkRepeats(p *process.Process) error {
	seen := map[string]string{}
	for _, rule := range f.mappings {
		from, to, err := option.Mapping(rule)
		if err != nil {
			return err
		}
		if before, again := seen[from]; again && before != to {
			p.Warn("--map names %s twice: the first counts, %s", from, before)
		} else {
			seen[from] = to
		}
	}
	return nil
}

// givenNames are the names of the options that the command line gives. A file of options is read later.
func givenNames(flags *pflag.FlagSet) map[string]bool {
	names := map[string]bool{}
	flags.Visit(func(f *pflag.Flag) { names[f.Name] = true })
	return names
}
