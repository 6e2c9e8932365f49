package run

import (
	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
	"posthaste/runner"
)

// runFlags is what `posthaste run` was told: newman's options under newman's names, and ours.
// Fields are in groups as define defines them; what an option means is its help text there.
type runFlags struct {
	environment, globals, data        string
	iterations                        option.Count
	folders, envVars, globalVars      []string
	reporters                         string
	exportEnvironment, exportGlobals  string
	exportCollection, exportCookieJar string
	cookieJar                         string
	apiKey                            string
	bail                              string
	delay, timeout                    option.Millis
	timeoutRequest, timeoutScript     option.Millis
	maxResponse                       option.ByteSize
	ignoreRedirects, insecure         bool
	suppressExitCode, silent, verbose bool
	disableUnicode                    bool
	color                             option.Colour
	workingDir                        string
	noInsecureFileRead                bool
	clientCert, clientKey, clientPass string
	clientCertList, extraCA           string
	mappings, secretNames             []string
	allowHosts, limits                []string
	allowTyped                        bool     // allowHosts come from the command line, not from a file
	named                             []string // the arguments: collections
	showSecrets, compat, strict       bool
	maxJumps                          option.Count

	include, exclude, tags       []string
	grep, dataRows               string
	lastFailed, withDependencies bool
	dryRun, all                  bool
	parallel                     option.Count
	parallelBy, rate             string
	setup, teardown              []string
	retry                        option.Count
	retryOn                      []string
	retryDelay                   option.Millis
	retryBackoff                 float64
	retryUnsafe                  bool
	thresholds                   []string
	envFiles                     []string
	seed, now                    string
	shard, shardBy               string
	timings, runID               string
	verifyRedaction              bool
	output, packages, listen     string
	consequences                 string
	listenURL                    string
	vaults                       []string
	profiles                     profiles
}

// define makes the flag set, with f's fields as the values. What newman has comes first, in
// newman's order, then what is ours: --help prints them in this order.
func (f *runFlags) define() *pflag.FlagSet {
	s := pflag.NewFlagSet("run", pflag.ContinueOnError)
	s.SortFlags = false // in the order of definition
	f.defineInputs(s)
	f.defineOutputs(s)
	f.defineNetwork(s)
	f.defineOurs(s)
	f.defineSelection(s)
	f.defineSpread(s)
	f.profiles.define(s)
	return s
}

// defineInputs are the options that say what runs, and with which values.
func (f *runFlags) defineInputs(s *pflag.FlagSet) {
	s.StringVarP(&f.environment, "environment", "e", "", "environment: a `source` (path, URL, or - for standard input)")
	s.StringVarP(&f.globals, "globals", "g", "", "globals: a `source`")
	s.StringVarP(&f.data, "iteration-data", "d", "", "iteration data, JSON or CSV: a `source`")
	s.VarP(&f.iterations, "iteration-count", "n", "how many iterations to run")
	option.List(s, &f.folders, "folder", "run only this folder or request, by `name` or id; may be repeated")
	option.List(s, &f.envVars, "env-var", "set an environment variable, `key=value`; may be repeated")
	option.List(s, &f.globalVars, "global-var", "set a global variable, `key=value`; may be repeated")
	s.StringVar(&f.apiKey, "postman-api-key", "", "`key` for collections and environments of the Postman API")
	s.StringVar(&f.workingDir, "working-dir", "", "`directory` that file names in request bodies are relative to")
	s.BoolVar(&f.noInsecureFileRead, "no-insecure-file-read", false, "let request bodies read files only below the working directory")
}

// defineOutputs are the options for reports and exports.
func (f *runFlags) defineOutputs(s *pflag.FlagSet) {
	s.StringVarP(&f.reporters, "reporters", "r", "cli", "reporters by `name`, separated by commas")
	// "-r" without a value is newman's "no reporters".
	s.Lookup("reporters").NoOptDefVal = option.NoValue
	s.StringVar(&f.exportEnvironment, "export-environment", "", "write the environment as the run left it to a `file`")
	s.StringVar(&f.exportGlobals, "export-globals", "", "write the globals as the run left them to a `file`")
	s.StringVar(&f.exportCollection, "export-collection", "", "write the collection to a `file`")
	s.StringVar(&f.cookieJar, "cookie-jar", "", "`file` with the cookies to begin with")
	s.StringVar(&f.exportCookieJar, "export-cookie-jar", "", "write the cookies as the run left them to a `file`")
	s.BoolVarP(&f.suppressExitCode, "suppress-exit-code", "x", false, "exit with 0 whatever happens")
	s.BoolVar(&f.silent, "silent", false, "print no report on the terminal")
	s.StringVar(&f.output, "output", "", "how much the cli reporter prints: `full`, compact, dot, failures, summary or none")
	s.StringVar(&f.consequences, "consequences", "fail", "failures that follow from others are in JUnit `fail`ures or skip")
	s.BoolVar(&f.verbose, "verbose", false, "print requests and responses in detail")
	s.BoolVar(&f.disableUnicode, "disable-unicode", false, "print ASCII only")
	f.color = "auto"
	s.Var(&f.color, "color", "colour: `auto`, on or off")
}

// defineNetwork are newman's options for requests, and the limits on time, all in ms.
func (f *runFlags) defineNetwork(s *pflag.FlagSet) {
	s.StringVar(&f.bail, "bail", "", "stop at the first failure; with `folder`, make script and request errors fatal")
	// "--bail" alone means the first failure.
	s.Lookup("bail").NoOptDefVal = "failure"
	s.BoolVar(&f.ignoreRedirects, "ignore-redirects", false, "do not follow redirects")
	for _, m := range []struct {
		value *option.Millis
		name  string
		usage string
	}{
		{&f.delay, "delay-request", "wait this many `ms` before each request"},
		{&f.timeout, "timeout", "end the run after this many `ms`"},
		{&f.timeoutRequest, "timeout-request", "give up on a request after this many `ms`"},
		{&f.timeoutScript, "timeout-script", "interrupt a script after this many `ms`"},
	} {
		s.Var(m.value, m.name, m.usage)
		// newman takes these without a value and reads that as none.
		s.Lookup(m.name).NoOptDefVal = option.NoValue
	}
	s.BoolVarP(&f.insecure, "insecure", "k", false, "do not verify TLS certificates")
	s.StringVar(&f.clientCert, "ssl-client-cert", "", "client certificate: a PEM or PKCS#12 `file`")
	s.StringVar(&f.clientKey, "ssl-client-key", "", "key of the client certificate: a PEM `file`")
	s.StringVar(&f.clientPass, "ssl-client-passphrase", "", "`passphrase` of the key")
	s.StringVar(&f.clientCertList, "ssl-client-cert-list", "", "`file` that lists client certificates by URL")
	s.StringVar(&f.extraCA, "ssl-extra-ca-certs", "", "PEM `file` of further certificate authorities")
}

// defineOurs are options that newman does not have, except for those below.
func (f *runFlags) defineOurs(s *pflag.FlagSet) {
	option.List(s, &f.mappings, "map", "send requests for one host to another: `from=to`, each scheme://host[:port]; without a scheme, from is http and https; may be repeated")
	option.List(s, &f.allowHosts, "allow-host", "send no request to a host that no such `glob` matches, such as '*.example.com' or 127.0.0.1:8080; may be repeated")
	option.List(s, &f.limits, "limit", "send no request whose amount is above this `limit`: 'POST */payments: amount.value each <= 20000, total <= 100000'; may be repeated")
	option.List(s, &f.secretNames, "secret", "mask the value of this variable in every report, by `name`; may be repeated")
	option.List(s, &f.envFiles, "env-file", "read environment variables of the run from KEY=value lines of a `file`; they are secrets")
	option.List(s, &f.vaults, "vault", "let scripts and {{vault:KEY}} read secrets from this `source`: dotenv:FILE, env:NAME,PREFIX_* or exec:COMMAND; may be repeated")
	s.StringVar(&f.listen, "listen", "", "receive callbacks on this `address` while the run goes on; {{$listener}} is its URL")
	s.StringVar(&f.listenURL, "listen-url", "", "the `URL` under which others reach the listener, such as that of a tunnel")
	s.StringVar(&f.packages, "packages", "", "`directory` that pm.require looks for packages in")
	s.StringVar(&f.seed, "seed", "", "make randomness the same in every run with this `number`")
	s.StringVar(&f.now, "now", "", "let scripts and dynamic variables see this `time`")
	s.BoolVar(&f.verifyRedaction, "verify-redaction", false, "look for every secret of the run in the reports it wrote, and fail if one is there")
	s.BoolVar(&f.showSecrets, "show-secrets", false, "do not mask secrets")
	s.BoolVar(&f.strict, "strict", false, "treat warnings as failures: unresolved variables, placeholders, unasserted 4xx and 5xx, values set to undefined, assertions that never ran, files that are not there")
	s.BoolVar(&f.compat, "newman-compat", false, "newman's results, counts, exit codes and report layouts")
	s.Var(&f.maxResponse, "max-response-size", "refuse answers that are larger, such as `300MB` (1GB)")
	s.Var(&f.maxJumps, "max-jumps", "how often setNextRequest may jump in an iteration (10000)")
}

// defineSelection are the options that choose requests, rows and collections.
func (f *runFlags) defineSelection(s *pflag.FlagSet) {
	option.List(s, &f.include, "include", "run only what matches this `glob` on the path, such as 'Pay/**'; may be repeated")
	option.List(s, &f.exclude, "exclude", "leave out what matches this `glob`; may be repeated")
	s.StringVar(&f.grep, "grep", "", "run only what matches this regular `expression` on the path")
	option.List(s, &f.tags, "tag", "run only what has this `tag` ([smoke] or @smoke in names and descriptions), or with ! has not")
	s.BoolVar(&f.lastFailed, "last-failed", false, "run only what failed in the last run")
	s.BoolVar(&f.withDependencies, "with-dependencies", false, "run also the requests that set what the selected ones use")
	s.StringVar(&f.dataRows, "data-rows", "", "run only these `rows` of the data, counted from 1, such as 10:20")
	s.BoolVar(&f.all, "all", false, "run every collection of a workspace directory")
	s.BoolVar(&f.dryRun, "dry-run", false, "print every request as it would go out, and send nothing")
}

// defineSpread are the options for many units at a time, on one machine or several, and for
// repeating.
func (f *runFlags) defineSpread(s *pflag.FlagSet) {
	s.Var(&f.parallel, "parallel", "run up to `n` units at a time")
	s.StringVar(&f.parallelBy, "parallel-by", runner.ByFolder, "what a unit is: collection, `folder` or iteration")
	option.List(s, &f.setup, "setup", "run what matches this `glob` first; every unit begins with its variables; may be repeated")
	option.List(s, &f.teardown, "teardown", "give back what an iteration has made by what matches this `glob`, at its end and however it ends; may be repeated")
	s.StringVar(&f.rate, "rate", "", "limit the request rate, such as `10/s`")
	s.Var(&f.retry, "retry", "retry a failed request up to `n` times")
	s.StringSliceVar(&f.retryOn, "retry-on", nil, "what to retry: `network,429,5xx` (these are the default), test")
	s.Var(&f.retryDelay, "retry-delay", "wait this many `ms` before a retry, unless the server says how long")
	s.Float64Var(&f.retryBackoff, "retry-backoff", 1, "multiply the delay by this many `times` after each retry")
	s.BoolVar(&f.retryUnsafe, "retry-unsafe", false, "retry POST, PUT, PATCH and DELETE too")
	s.StringVar(&f.shard, "shard", "", "run only this part, such as `2/4`, or auto under a CI system")
	s.StringVar(&f.shardBy, "shard-by", ShardByFolder, "what parts are made of: collection, `folder` or row")
	s.StringVar(&f.timings, "timings", "", "balance shards by the times in this `file`, which merge writes")
	s.StringVar(&f.runID, "run-id", "", "`name` shared by all shards of a run; CI systems give one")
	option.List(s, &f.thresholds, "threshold", "fail unless this `limit` is kept: 'p95<500ms', 'failed<1%', 'Pay/**: avg<1s'; may be repeated")
}
