// Package cli is the command: flags, wiring, exit codes, and what is printed where.
//
// Only this package and main know the process. It comes in as one Process value, so that
// every command can be run from a test.
//
// The rules of the terminal: reports go to standard output; errors, warnings and hints to
// standard error, in lower case, each behind "posthaste: error:", "posthaste: warning:" or
// "posthaste: hint:". Colour, and symbols beyond ASCII, are used only where the terminal can
// show them.
//
// Exit codes are in package process: 0 passed, 1 failed, 2 used wrongly, and others that
// docs/cli.md lists.
package cli

import (
	"context"
	"errors"
	"strings"

	"posthaste/internal/cli/check"
	"posthaste/internal/cli/lint"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/run"
	"posthaste/internal/cli/watch"
	"posthaste/internal/near"
)

// A command is one word after the program's name. Adding one here adds it to the help;
// CONTRIBUTING says what else belongs to it.
type command struct { // what the user types
	name    string
	args    string // as help shows them
	summary string
	run     func(ctx context.Context, p *process.Process, args []string) error
}

// commands is the one list of commands, in the order of the help.
func commands() []command {
	return []command{
		{"run", "COLLECTION …", "run Postman collections", watch.Command},
		{"list", "COLLECTION", "list the requests of a collection", listCommand},
		{"convert", "COLLECTION", "convert a collection to format 3.0 or 2.1", convertCommand},
		{"report", "EVENTS", "make reports from a recorded run", reportCommand},
		{"merge", "DIR or FILES", "make one report from several recorded runs", mergeCommand},
		{"generate", "", "make a collection from an OpenAPI file", generateCommand},
		{"coverage", "RECORDING …", "show which part of an OpenAPI file recorded runs have covered", coverageCommand},
		{"teardown", "RECORDING …", "undo what a killed run has created", run.Teardown},
		{"golive", "RECORDING …", "fill in the checklist that Vipps asks for before going live", goliveCommand},
		{"explain", "[EVENTS]", "say what failed first in a run, and what failed because of it", explainCommand},
		{"demo", "", "run our own Vipps collection against the built-in simulator", run.Demo},
		{"check", "", "find out which of an API's credentials is wrong", check.Command},
		{"lint", "COLLECTION", "find mistakes in a collection before a request is sent", lint.Command},
		{"simulate", "vipps or FILE", "serve a simulated Vipps MobilePay API, or an OpenAPI file", simulateCommand},
		{"init", "", "write what a project needs to run a collection", initCommand},
		{"migrate", "FILE…", "rewrite command lines of newman in files", migrateCommand},
		{"config", "", "print the settings in force, and where each comes from", configCommand},
		{"schema", "", "print a JSON Schema of posthaste.yaml", schemaCommand},
		{"completion", "", "print a script that completes command lines in a shell", completionCommand},
		{"version", "", "print the version", versionCommand},
		{"licenses", "", "print the licences of Posthaste and of the software in it", licensesCommand},
	}
}

// Main runs the command that p's arguments name and returns the exit code. Errors are printed
// here, so that all look alike.
func Main(ctx context.Context, p *process.Process) int {
	err := dispatch(ctx, p)
	var done process.ExitCode
	switch {
	case err == nil:
		return process.ExitPassed
	case errors.As(err, &done):
		return int(done)
	}
	return p.Fail(err)
}

// dispatch runs the command that the first argument names. `help COMMAND` is the same as
// `COMMAND --help`. Without arguments the help goes to standard error, because that is a
// mistake; asked for, it goes to standard output.
func dispatch(ctx context.Context, p *process.Process) error {
	if len(p.Args) == 0 {
		writeHelp(p.Stderr)
		return process.ExitCode(process.ExitUsage)
	}
	name, rest := p.Args[0], p.Args[1:]
	switch name {
	case "-h", "--help", "help":
		if name != "help" {
			rest = nil
		}
		return helpCommand(ctx, p, rest)
	case askCommand:
		return complete(ctx, p, rest)
	case "-v", "--version":
		name = "version"
	}
	if len(rest) == 1 && rest[0] == "--version" {
		name, rest = "version", nil // run --version, as with newman
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, p, rest)
		}
	}
	return process.Usage(unknownCommandHint(name), "there is no command %q", name)
}

// unknownCommandHint helps those who type `posthaste collection.json`, as newman's users may,
// and lists the commands for everybody else.
func unknownCommandHint(name string) string {
	if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".yaml") || process.Exists(name) || strings.HasPrefix(name, "http") {
		return "to run a collection: posthaste run " + name
	}
	names := commandNames()
	if best := near.Names(name, names, 1); len(best) > 0 {
		return "did you mean posthaste " + best[0] + "?"
	}
	return "the commands are " + strings.Join(names, ", ")
}
