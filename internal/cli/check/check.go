// Package check is `posthaste check`.
//
// It gathers the values from wherever a run would have them, asks at the terminal for what is
// missing, and leaves the judgement to internal/check.
package check

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"posthaste/internal/check"
	"posthaste/internal/check/report"
	"posthaste/internal/check/rule"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
)

// checkFlags is what `posthaste check` was told. No flag takes a credential: other users of a
// machine can read command lines.
type checkFlags struct {
	environment, rules  string
	collection, globals string
	envFiles, vaults    []string
	envVars, globalVars []string
	keys                string
	verbose             bool
	offline, production bool
	products, mappings  []string
	format, output      string
	record              string
	color               option.Colour
	disableUnicode      bool
	insecure            bool
	extraCA             string
	timeout             option.Millis
}

// define makes the flag set. Names and texts that run has too are run's.
func (f *checkFlags) define() *pflag.FlagSet {
	s := pflag.NewFlagSet("check", pflag.ContinueOnError)
	s.SortFlags = false
	f.timeout = option.Millis(30 * time.Second)
	s.StringVarP(&f.environment, "environment", "e", "", "`FILE|URL` environment with the values; - reads standard input")
	s.StringArrayVar(&f.envFiles, "env-file", nil, "`FILE` read values from KEY=value lines; may be repeated")
	s.StringArrayVar(&f.envVars, "env-var", nil, "`KEY=VALUE` set a variable of the environment; may be repeated")
	s.StringVarP(&f.globals, "globals", "g", "", "`FILE|URL` globals that values refer to")
	s.StringArrayVar(&f.globalVars, "global-var", nil, "`KEY=VALUE` set a global variable; may be repeated")
	s.StringVarP(&f.collection, "collection", "c", "", "`FILE|URL` collection whose variables values refer to")
	s.StringArrayVar(&f.vaults, "vault", nil, "`SOURCE` where {{vault:KEY}} reads secrets, as for run; may be repeated")
	option.Group(s, "Values")
	s.StringVar(&f.keys, "keys", "", "`unit|partner|psp|accounting|merchant` kind of keys (default: recognised automatically)")
	s.BoolVar(&f.offline, "offline", false, "look at the values only, send nothing")
	s.StringSliceVar(&f.products, "product", nil, "`epayment|recurring|login` also check whether this product is activated")
	s.BoolVar(&f.production, "production", false, "check against production instead of the test environment")
	s.StringVar(&f.rules, "rules", "", "`FILE` rules of another API")
	option.Group(s, "What is checked")
	s.BoolVar(&f.verbose, "verbose", false, "say for each line what it is based on")
	s.StringVar(&f.format, "format", "text", "`text|json|junit|github` format of the findings")
	s.StringVar(&f.output, "output", "", "`FILE` write the findings to a file, and the text to the terminal")
	s.StringVar(&f.record, "record", "", "`FILE` write the responses, without any credential")
	f.color = "auto"
	s.Var(&f.color, "color", "`auto|on|off` colours")
	s.BoolVar(&f.disableUnicode, "disable-unicode", false, "print ASCII only")
	option.Group(s, "Findings")
	s.StringArrayVar(&f.mappings, "map", nil, "`FROM=TO` send requests for one host to another; may be repeated")
	s.BoolVarP(&f.insecure, "insecure", "k", false, "do not verify TLS certificates")
	s.StringVar(&f.extraCA, "ssl-extra-ca-certs", "", "`FILE` trust these certificate authorities too (PEM)")
	s.Var(&f.timeout, "timeout-request", "`TIME` give up on a request after this time")
	option.Group(s, "Network")
	return s
}

// page is the help of `posthaste check`.
func page() option.Page {
	return option.Page{
		Usage: "check [-e ENVIRONMENT] [OPTIONS]",
		About: "Finds out which of an API's credentials is wrong. Values come from an environment, from files, from variables such as VIPPS_CLIENT_ID, or are asked for at the terminal, hidden.",
		Examples: [][2]string{
			{"posthaste check -e staging.postman_environment.json", "Check the keys of an environment"},
			{"posthaste check --env-file .env --offline", "Look at the values of a file, and send nothing"},
		},
		See: []string{"secrets", "exit-codes"},
	}
}

// Command is `posthaste check`. It exits with 0 only if every call proved something; see
// checkExit.
func Command(ctx context.Context, p *process.Process, args []string) error {
	var f checkFlags
	flags := f.define()
	if helped, err := option.Parse(p, flags, page(), args); helped || err != nil {
		return err
	}
	if flags.NArg() > 0 { // not echoed: it may be a credential
		return process.Usage("name the environment with -e, or set VIPPS_CLIENT_ID and the others", "check takes no values on the command line")
	}
	if !slices.Contains([]string{"text", "json", "junit", "github"}, f.format) {
		return process.Usage("the formats are text, json, junit and github", "--format %s: there is no such format", f.format)
	}
	input.WarnOfPairs(p, "env-var", f.envVars)
	input.WarnOfPairs(p, "global-var", f.globalVars)
	input.WarnOfVaults(p, f.vaults)
	rules, err := f.readRules(p)
	if err != nil {
		return err
	}
	if err := f.checkNames(rules); err != nil {
		return err
	}
	in, err := f.input(ctx, p, rules)
	if err != nil {
		return err
	}
	sender, err := f.sender(p)
	if err != nil {
		return err
	}
	checker := check.Checker{Rules: rules, Send: sender, Now: p.Now, Rand: rand.Reader}
	ctx, interruption := p.Interruptible(ctx)
	defer interruption.End()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// The first interrupt cancels the call that is under way.
	go func() {
		select {
		case <-interruption.Stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	found, err := checker.Run(ctx, in)
	if err != nil {
		return process.Usage("", "checking the credentials: %w", err)
	}
	if ctx.Err() != nil {
		return process.ExitCode(process.ExitInterrupted)
	}
	if err := f.deliver(p, found); err != nil {
		return &process.Problem{Code: process.ExitUsage, Err: err}
	}
	return checkExit(found)
}

// checkNames refuses names that the rules do not have: a misspelled one would be left out in
// silence.
func (f *checkFlags) checkNames(rules *rule.Rules) error {
	for _, name := range f.products {
		if known := rules.Products(); !slices.Contains(known, name) {
			return process.Usage("the products are "+strings.Join(known, ", "), "--product %s: there is no such product", name)
		}
	}
	if kinds := rules.KindIDs(); f.keys != "" && !slices.Contains(kinds, f.keys) {
		return process.Usage("the kinds are "+strings.Join(kinds, ", "), "--keys %s: there is no such kind of keys", f.keys)
	}
	return nil
}

// deliver writes what was found wherever it is wanted: the report, GitHub's summary, the
// record. Values in it are masked already.
func (f *checkFlags) deliver(p *process.Process, found *report.Report) error {
	if err := f.write(p, found); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if err := summarise(p, found); err != nil {
		return fmt.Errorf("writing the job summary: %w", err)
	}
	if err := f.writeRecord(p, found); err != nil {
		return fmt.Errorf("writing the record: %w", err)
	}
	return nil
}

// checkExit turns the outcome into an exit code: 1 for a finding, and a code of its own where
// nothing could be said, such as without a network, so that CI does not take that for
// success.
func checkExit(found *report.Report) error {
	switch found.Outcome {
	case report.Finding:
		return process.ExitCode(process.ExitFailed)
	case report.CannotSay:
		return process.ExitCode(process.ExitUnknown)
	case report.AllRight:
	}
	return nil
}

// readRules reads --rules, or the built-in rules of Vipps.
func (f *checkFlags) readRules(p *process.Process) (*rule.Rules, error) {
	if f.rules == "" {
		return rule.Vipps()
	}
	data, err := input.ReadFile(p, "rules", f.rules)
	if err != nil {
		return nil, err
	}
	rules, err := rule.Parse(f.rules, data)
	if err != nil {
		return nil, input.Misfit(process.Usage("docs/check.md explains the keys of a rules file", "reading the rules: %w", err), "rules", f.rules, data)
	}
	return rules, nil
}

// write prints the report. With --output the text goes to the terminal and the format to the
// file.
func (f *checkFlags) write(p *process.Process, found *report.Report) error {
	style := report.Style{
		Width: min(p.Width, 80), Colour: p.Colour(string(f.color)), Unicode: p.Unicode() && !f.disableUnicode, Verbose: f.verbose, // longer lines are hard to read
	}
	if f.output == "" {
		return writeCheck(p.Stdout, f.format, found, style)
	}
	if err := report.WriteText(p.Stdout, found, style); err != nil {
		return err
	}
	file, err := output.Create(p, f.output)
	if err != nil {
		return err
	}
	defer file.Discard()
	if err := writeCheck(file, f.format, found, report.Style{Unicode: true, Verbose: f.verbose}); err != nil {
		return err
	}
	return file.Commit()
}

// summarise writes the report to the summary page of a GitHub Actions job, whatever the
// format. It does nothing elsewhere.
func summarise(p *process.Process, found *report.Report) error {
	page := output.StepSummary(p)
	if page == nil {
		return nil
	}
	return errors.Join(report.WriteSummary(page, found), page.Close())
}

// writeRecord writes --record: the responses, with every credential masked, to be attached to
// a support request.
func (f *checkFlags) writeRecord(p *process.Process, found *report.Report) error {
	if f.record == "" {
		return nil
	}
	file, err := output.Create(p, f.record)
	if err != nil {
		return err
	}
	defer file.Discard()
	if err := report.WriteRecord(file, found); err != nil {
		return err
	}
	return file.Commit()
}

// writeCheck writes to memory first: a report that fails half way must not leave half a file.
func writeCheck(w io.Writer, format string, found *report.Report, style report.Style) error {
	var b bytes.Buffer
	var err error
	switch format {
	case "json":
		err = report.WriteJSON(&b, found)
	case "junit":
		err = report.WriteJUnit(&b, found)
	case "github":
		err = report.WriteGitHub(&b, found, style)
	default:
		err = report.WriteText(&b, found, style)
	}
	if err == nil {
		_, err = w.Write(b.Bytes())
	}
	return err
}
