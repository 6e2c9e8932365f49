// Package lint is `posthaste lint`.
//
// It reads the files, keeps their texts so that findings have places in them, applies --fix,
// and leaves the rules to package lint.
package lint

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/collection"
	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/openapi/contract"
	"posthaste/lint"
	"posthaste/lint/subject"
)

// linting is one `posthaste lint`: its flags and what was read.
type linting struct {
	process *process.Process
	in      *input.Reader
	source  string // the collection

	// Flags, as define describes them.
	environmentFile, globalsFile, data string
	envVars, globalVars                []string
	workingDir                         string
	format, severity                   string
	rules, without                     []string
	strict, fix, list                  bool
	api                                apifile.Flags
	color                              option.Colour
	disableUnicode                     bool

	collection  *collection.Collection
	environment *collection.Environment // nil where none was named
	texts       map[string][]byte       // what was read, by the name that messages use
	notes       []subject.Note
}

// define makes the flag set. Inputs are named as for run.
func (l *linting) define() *pflag.FlagSet {
	s := pflag.NewFlagSet("lint", pflag.ContinueOnError)
	s.SortFlags = false
	s.StringVarP(&l.environmentFile, "environment", "e", "", "`FILE|URL` environment; - reads standard input")
	s.StringVarP(&l.globalsFile, "globals", "g", "", "`FILE|URL` globals")
	s.StringVarP(&l.data, "iteration-data", "d", "", "`FILE|URL` iteration data, whose columns are variables")
	s.StringArrayVar(&l.envVars, "env-var", nil, "`KEY=VALUE` set an environment variable; may be repeated")
	s.StringArrayVar(&l.globalVars, "global-var", nil, "`KEY=VALUE` set a global variable; may be repeated")
	s.StringVar(&l.workingDir, "working-dir", "", "`DIR` directory of the files that request bodies name")
	l.api.DefineFiles(s, "check every request against the API's OpenAPI file")
	option.Group(s, "Input")
	s.StringArrayVar(&l.rules, "rule", nil, "`RULE` apply only this rule; may be repeated")
	s.StringArrayVar(&l.without, "no-rule", nil, "`RULE` do not apply this rule; may be repeated")
	s.StringVar(&l.severity, "severity", "info", "`error|warning|info` mildest severity to report")
	s.BoolVar(&l.fix, "fix", false, "fix what is safe to fix in the files, and report the rest")
	s.BoolVar(&l.list, "list-rules", false, "print the rules and stop")
	option.Group(s, "Rules")
	s.StringVar(&l.format, "format", "text", "`text|json|sarif|github` format of the findings")
	s.BoolVar(&l.strict, "strict", false, "exit with 1 for warnings too")
	l.color = "auto"
	s.Var(&l.color, "color", "`auto|on|off` colours")
	s.BoolVar(&l.disableUnicode, "disable-unicode", false, "print ASCII only")
	option.Group(s, "Findings")
	return s
}

// page is the help of `posthaste lint`.
func page() option.Page {
	return option.Page{
		Usage: "lint COLLECTION [OPTIONS]",
		About: "Finds mistakes in a collection, and sends nothing. Exits with 1 when there is an error.",
		Examples: [][2]string{
			{"posthaste lint api.json -e staging.json", "Look at a collection with its environment"},
			{"posthaste lint api.json --fix", "Fix what is safe to fix"},
			{"posthaste lint api.json --openapi api.yaml", "Check every request against the API's OpenAPI file"},
		},
		See: []string{"configuration"},
	}
}

// Command is `posthaste lint`: what is wrong with a collection, without sending anything. It
// exits with 1 for errors, with --strict for warnings too.
func Command(ctx context.Context, p *process.Process, args []string) error {
	l := &linting{process: p, in: &input.Reader{Process: p}, texts: map[string][]byte{}}
	flags := l.define()
	if helped, err := option.Parse(p, flags, page(), args); helped || err != nil {
		return err
	}
	if l.list {
		return writeRules(p.Stdout)
	}
	if flags.NArg() != 1 {
		if flags.NArg() == 0 {
			return process.Usage("posthaste lint FILE.json, or the directory of a collection", "no collection was named")
		}
		return process.Usage("one collection at a time", "more than one collection was named: %s", strings.Join(flags.Args(), ", "))
	}
	l.source = flags.Arg(0)
	input.WarnOfPairs(p, "env-var", l.envVars)
	input.WarnOfPairs(p, "global-var", l.globalVars)
	input.WarnOfDirectory(p, l.workingDir)
	opt, err := l.options()
	if err != nil {
		return err
	}
	if err := l.read(ctx, &opt); err != nil {
		return err
	}
	if opt.API, err = l.api.Contract(ctx, l.in, contract.Unsent); err != nil {
		return err
	}
	return l.check(ctx, opt)
}

// writeRules prints the table of rules.
func writeRules(w io.Writer) error {
	for _, r := range lint.Rules() {
		if _, err := fmt.Fprintf(w, "%-18s %-8s %s\n", r.ID, r.Severity, r.About); err != nil {
			return err
		}
	}
	return nil
}

// check lints, fixes if asked to, and lints again: what is reported is what is left in the
// files.
func (l *linting) check(ctx context.Context, opt subject.Options) error {
	found := lint.Check(l.collection, l.environments(), opt)
	if l.fix {
		made, err := l.repair(found)
		if err != nil {
			return err
		}
		if made > 0 {
			// The texts have changed, so all places have to be found again.
			l.texts, l.notes = map[string][]byte{}, nil
			if err := l.read(ctx, &opt); err != nil {
				return err
			}
			found = lint.Check(l.collection, l.environments(), opt)
			l.process.Warn("fixed %d findings in the files", made)
		}
	}
	if err := l.write(found); err != nil {
		return &process.Problem{Code: process.ExitUsage, Err: fmt.Errorf("writing the findings: %w", err)}
	}
	if l.environment == nil && opt.Globals == nil && l.format == "text" {
		l.needs(opt)
	}
	for _, f := range found {
		if f.Severity == subject.Error || l.strict && f.Severity == subject.Warning {
			return process.ExitCode(process.ExitFailed)
		}
	}
	return nil
}

// environments is the environment as lint takes it; no environment is none, not an empty one.
func (l *linting) environments() []*collection.Environment {
	if l.environment == nil {
		return nil
	}
	return []*collection.Environment{l.environment}
}

// needs prints which variables only an environment can give, when none was named: rules about
// them did not run.
func (l *linting) needs(opt subject.Options) {
	if names := lint.Needs(l.collection, opt); len(names) > 0 {
		fmt.Fprintf(l.process.Stderr, "posthaste: hint: an environment has to give %s; with -e lint looks at it\n", strings.Join(names, ", "))
	}
}

// write prints the findings in the format that was asked for.
func (l *linting) write(found []subject.Finding) error {
	p := l.process
	switch l.format {
	case "json":
		return lint.WriteJSON(p.Stdout, found)
	case "sarif":
		return lint.WriteSARIF(p.Stdout, found, p.Version)
	case "github":
		return lint.WriteGitHub(p.Stdout, found)
	}
	return lint.WriteText(p.Stdout, found, lint.Style{
		Width: min(p.Width, 100), Colour: p.Colour(string(l.color)), Unicode: p.Unicode() && !l.disableUnicode,
	})
}
