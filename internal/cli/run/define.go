package run

import (
	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
	"posthaste/runner"
)

// define makes the flag set, with f's fields as the values, in the groups and in the order that
// --help prints.
func (f *runFlags) define() *pflag.FlagSet {
	s := pflag.NewFlagSet("run", pflag.ContinueOnError)
	s.SortFlags = false // in the order of definition
	f.defineInput(s)
	option.Group(s, "Input")
	f.defineSelection(s)
	option.Group(s, "Selection")
	f.defineReports(s)
	option.Group(s, "Reports")
	f.api.Define(s)
	option.Group(s, "OpenAPI")
	f.defineNetwork(s)
	option.Group(s, "Network and TLS")
	f.defineLimits(s)
	option.Group(s, "Limits")
	f.defineSecrets(s)
	option.Group(s, "Secrets")
	f.defineSpread(s)
	option.Group(s, "Parallel, retry and shards")
	f.defineScripts(s)
	option.Group(s, "Scripts and callbacks")
	f.defineEnd(s)
	option.Group(s, "Exit code and compatibility")
	f.profiles.define(s)
	return s
}

func (f *runFlags) defineInput(s *pflag.FlagSet) {
	s.StringVarP(&f.environment, "environment", "e", "", "`FILE|URL` environment; - reads standard input")
	s.StringVarP(&f.globals, "globals", "g", "", "`FILE|URL` globals")
	s.StringVarP(&f.data, "iteration-data", "d", "", "`FILE|URL` iteration data, JSON or CSV: one iteration for each row")
	s.VarP(&f.iterations, "iteration-count", "n", "`N` number of iterations")
	option.List(s, &f.envVars, "env-var", "`KEY=VALUE` set an environment variable; may be repeated")
	option.List(s, &f.globalVars, "global-var", "`KEY=VALUE` set a global variable; may be repeated")
	option.List(s, &f.envFiles, "env-file", "`FILE` set environment variables from KEY=value lines; their values are secrets")
	s.StringVar(&f.dataRows, "data-rows", "", "`ROWS` use only these rows of the data, counted from 1, such as 10:20")
	s.StringVar(&f.workingDir, "working-dir", "", "`DIR` directory of the files that request bodies name")
	s.BoolVar(&f.noInsecureFileRead, "no-insecure-file-read", false, "request bodies read files below the working directory only")
	s.StringVar(&f.cookieJar, "cookie-jar", "", "`FILE` cookies to begin with")
	s.StringVar(&f.apiKey, "postman-api-key", "", "`KEY` read collections and environments from the Postman API")
	s.BoolVar(&f.watch, "watch", false, "when a file of the run changes, run again what changed and what it depends on")
	s.BoolVar(&f.all, "all", false, "run every collection of a workspace directory")
}

func (f *runFlags) defineSelection(s *pflag.FlagSet) {
	option.List(s, &f.folders, "folder", "`NAME` run only this folder or request, by name or id; may be repeated")
	option.List(s, &f.include, "include", "`GLOB` run only requests whose path matches, such as 'Pay/**'; may be repeated")
	option.List(s, &f.exclude, "exclude", "`GLOB` leave out requests whose path matches; may be repeated")
	s.StringVar(&f.grep, "grep", "", "`REGEXP` run only requests whose path matches")
	option.List(s, &f.tags, "tag", "`TAG` run only requests with this tag ([smoke] or @smoke in a name or description); !TAG means without this tag")
	s.BoolVar(&f.lastFailed, "last-failed", false, "run only what failed in the last run")
	s.BoolVar(&f.withDependencies, "with-dependencies", false, "also run the requests that set variables of the selected ones")
	s.BoolVar(&f.dryRun, "dry-run", false, "print every request as it would be sent, and send nothing")
}

func (f *runFlags) defineReports(s *pflag.FlagSet) {
	option.Reports(s, &f.reporters, &f.reports)
	s.StringVar(&f.output, "output", "", "`full|compact|dot|failures|summary|none` how much the cli reporter prints")
	s.BoolVar(&f.silent, "silent", false, "print no report on the terminal")
	s.BoolVar(&f.verbose, "verbose", false, "print requests and responses in detail")
	f.color = "auto"
	s.Var(&f.color, "color", "`auto|on|off` colours")
	s.BoolVar(&f.disableUnicode, "disable-unicode", false, "print ASCII only")
	s.StringVar(&f.consequences, "consequences", "fail", "`fail|skip` how JUnit shows failures that follow from others")
	option.List(s, &f.thresholds, "threshold", "`LIMIT` fail unless the limit is kept: 'p95<500ms', 'failed<1%', 'Pay/**: avg<1s'; may be repeated")
	s.StringVar(&f.exportEnvironment, "export-environment", "", "`FILE` write the environment as the run left it")
	s.StringVar(&f.exportGlobals, "export-globals", "", "`FILE` write the globals as the run left them")
	s.StringVar(&f.exportCollection, "export-collection", "", "`FILE` write the collection")
	s.StringVar(&f.exportCookieJar, "export-cookie-jar", "", "`FILE` write the cookies as the run left them")
}

func (f *runFlags) defineNetwork(s *pflag.FlagSet) {
	s.Var(&f.timeout, "timeout", "`TIME` end the run after this time")
	s.Var(&f.timeoutRequest, "timeout-request", "`TIME` give up on a request after this time")
	s.Var(&f.delay, "delay-request", "`TIME` wait before each request")
	for _, name := range []string{"delay-request", "timeout", "timeout-request"} {
		s.Lookup(name).NoOptDefVal = option.NoValue
	}
	s.StringVar(&f.rate, "rate", "", "`N/s` limit the request rate, such as 10/s or 100/m")
	s.BoolVar(&f.ignoreRedirects, "ignore-redirects", false, "do not follow redirects")
	option.List(s, &f.mappings, "map", "`FROM=TO` send requests for one host to another, such as https://a.test=http://127.0.0.1:8080; without a scheme, FROM is http and https; may be repeated")
	s.Var(&f.maxResponse, "max-response-size", "`SIZE` refuse larger responses, such as 300MB (default 1GB)")
	s.BoolVarP(&f.insecure, "insecure", "k", false, "do not verify TLS certificates")
	s.StringVar(&f.extraCA, "ssl-extra-ca-certs", "", "`FILE` trust these certificate authorities too (PEM)")
	s.StringVar(&f.clientCert, "ssl-client-cert", "", "`FILE` client certificate (PEM or PKCS#12)")
	s.StringVar(&f.clientKey, "ssl-client-key", "", "`FILE` key of the client certificate (PEM)")
	s.StringVar(&f.clientPass, "ssl-client-passphrase", "", "`TEXT` passphrase of the key")
	s.StringVar(&f.clientCertList, "ssl-client-cert-list", "", "`FILE` client certificates by URL (JSON)")
}

func (f *runFlags) defineLimits(s *pflag.FlagSet) {
	option.List(s, &f.allowHosts, "allow-host", "`GLOB` send requests only to hosts that match, such as '*.example.com' or 127.0.0.1:8080; may be repeated")
	option.List(s, &f.limits, "limit", "`LIMIT` send no amount above a limit: 'POST */payments: amount.value each <= 20000, total <= 100000'; may be repeated")
	s.Var(&f.maxJumps, "max-jumps", "`N` number of setNextRequest jumps in an iteration (default 10000)")
	option.List(s, &f.teardown, "teardown", "`GLOB` requests that undo what an iteration has created; they run at the end of each iteration, however it ends; may be repeated")
}

func (f *runFlags) defineSecrets(s *pflag.FlagSet) {
	option.List(s, &f.secretNames, "secret", "`NAME` mask the value of this variable in every report; may be repeated")
	option.List(s, &f.vaults, "vault", "`SOURCE` where scripts and {{vault:KEY}} read secrets: dotenv:FILE, env:NAME,PREFIX_* or exec:COMMAND; may be repeated")
	s.BoolVar(&f.verifyRedaction, "verify-redaction", false, "look for every secret in the finished reports, and fail if one is there")
	s.BoolVar(&f.showSecrets, "show-secrets", false, "do not mask secrets")
}

func (f *runFlags) defineSpread(s *pflag.FlagSet) {
	s.Var(&f.parallel, "parallel", "`N` run up to N units at the same time")
	s.StringVar(&f.parallelBy, "parallel-by", runner.ByFolder, "`folder|iteration|collection` what a unit is")
	option.List(s, &f.setup, "setup", "`GLOB` requests that run first, once; each unit begins with their variables; may be repeated")
	s.Var(&f.retry, "retry", "`N` retry a failed request up to N times")
	s.StringSliceVar(&f.retryOn, "retry-on", nil, "`network|429|5xx|test` what to retry, separated by commas (default network,429,5xx)")
	s.Var(&f.retryDelay, "retry-delay", "`TIME` wait before a retry, unless the server says how long")
	s.Float64Var(&f.retryBackoff, "retry-backoff", 1, "`N` multiply the delay by N after each retry")
	s.BoolVar(&f.retryUnsafe, "retry-unsafe", false, "also retry POST, PUT, PATCH and DELETE")
	s.StringVar(&f.shard, "shard", "", "`N/M` run part N of M, or auto in a parallel CI job")
	s.StringVar(&f.shardBy, "shard-by", ShardByFolder, "`folder|collection|row` what parts are made of")
	s.StringVar(&f.timings, "timings", "", "`FILE` balance shards by these times, which merge --timings writes")
	s.StringVar(&f.runID, "run-id", "", "`NAME` name that all shards of a run share (default: the CI system's)")
}

func (f *runFlags) defineScripts(s *pflag.FlagSet) {
	s.Var(&f.timeoutScript, "timeout-script", "`TIME` end a script after this time")
	s.Lookup("timeout-script").NoOptDefVal = option.NoValue
	s.StringVar(&f.packages, "packages", "", "`DIR` packages for pm.require")
	s.StringVar(&f.seed, "seed", "", "`N` random values are the same in every run with this number")
	s.StringVar(&f.now, "now", "", "`TIME` the time that scripts and dynamic variables see, such as 2026-11-22T12:00:00Z")
	s.StringVar(&f.listen, "listen", "", "`ADDRESS` receive callbacks during the run; {{$listener}} is the URL")
	s.StringVar(&f.listenURL, "listen-url", "", "`URL` URL by which others reach the listener, such as the URL of a tunnel")
}

func (f *runFlags) defineEnd(s *pflag.FlagSet) {
	s.StringVar(&f.bail, "bail", "", "`folder|failure` stop at the first failure; with folder, script and request errors are fatal")
	s.Lookup("bail").NoOptDefVal = "failure"
	s.BoolVar(&f.strict, "strict", false, "treat warnings as failures: unresolved variables, placeholders, untested 4xx and 5xx, assertions that never ran, files that are not there")
	s.BoolVarP(&f.suppressExitCode, "suppress-exit-code", "x", false, "exit with 0 whatever happens")
	s.BoolVar(&f.compat, "newman-compat", false, "give newman's results, counts, exit codes and reports")
}
