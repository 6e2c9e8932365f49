package run

import (
	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
)

// runFlags is what `posthaste run` was told: newman's options under newman's names, and ours.
// Fields are in groups as define defines them; what an option means is its help text there.
type runFlags struct {
	environment, globals, data        string
	iterations                        option.Count
	folders, envVars, globalVars      []string
	reporters                         string
	reports                           []string // NAME=FILE
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
	watch                             bool     // only where it stands elsewhere than on the command line of run
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
	api                          apifile.Flags
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

// page is the help of `posthaste run`.
func page() option.Page {
	return option.Page{
		Usage: "run COLLECTION … [OPTIONS]",
		About: "Runs Postman collections: files, directories, globs or URLs. Reports go to the terminal unless -r or -o says otherwise.",
		Examples: [][2]string{
			{"posthaste run api.json -e staging.json", "Run a collection with an environment"},
			{"posthaste run api.json -o junit=report.xml -o html=report.html", "Write reports for a CI system and for people"},
			{"posthaste run api.json --folder Login --env-var user=ada", "Run one folder, with a variable set"},
			{"posthaste run api.json -d users.csv --bail", "Run once for each row of data, and stop at the first failure"},
		},
		Tables: []option.Table{output.ReporterTable(), {Title: "Exit codes", Rows: [][2]string{
			{"0", "passed"},
			{"1", "a test, a script or a request failed"},
			{"2", "wrong usage, or input that cannot be read"},
			{"3", "inconclusive: no request got a response"},
			{"130", "interrupted"},
		}}},
		See: []string{"reporters", "selection", "secrets", "configuration", "exit-codes", "migrate"},
	}
}
