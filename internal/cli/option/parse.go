// Package option reads command lines: values of flags, options of reporters as newman takes them, and the files that hold
// options.
package option

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/process"
	"posthaste/internal/near"
)

// Parse reads flags and gives unknown ones a hint. It reports whether help was asked for, and has printed the page then.
// For the argument Describe alone it returns a *Description as the error.
func Parse(p *process.Process, flags *pflag.FlagSet, page Page, args []string) (helped bool, err error) {
	if len(args) == 1 && args[0] == Describe {
		return true, &Description{Page: page, Flags: flags}
	}
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	if err := singleDash(flags, args); err != nil {
		return false, err
	}
	noted := doubts{set: map[string]string{}}
	err = flags.ParseAll(args, func(f *pflag.Flag, value string) error {
		noted.note(f, value)
		return flags.Set(f.Name, value)
	})
	if errors.Is(err, pflag.ErrHelp) {
		_, err = io.WriteString(p.Stdout, (&Description{Page: page, Flags: flags}).Help(min(p.Width, 80)))
		return true, err
	}
	if err != nil {
		return false, process.Usage(flagHint(flags, err), "%w", plainer(err))
	}
	if compat := flags.Lookup("newman-compat"); compat == nil || compat.Value.String() != "true" {
		p.WarnAll(noted.texts)
	}
	return false, nil
}

// doubts finds options that take one value and were given several, where the last one counts, as for newman, and options
// whose value is empty, such as that of a variable that a CI job does not have.
type doubts struct {
	set   map[string]string
	texts []string
}

func (d *doubts) note(f *pflag.Flag, value string) {
	if _, isSlice := f.Value.(pflag.SliceValue); isSlice || f.Value.Type() == (*list).Type(nil) { // options that may be repeated
		return
	}
	if before, again := d.set[f.Name]; again && before != value { // the values may be secrets
		d.texts = append(d.texts, fmt.Sprintf("--%s was given more than once and takes one value: the last one counts", f.Name))
	}
	if value == "" && f.Value.Type() == "string" && f.Name != "reporters" {
		d.texts = append(d.texts, fmt.Sprintf("--%s was given an empty value: it changes nothing", f.Name))
	}
	d.set[f.Name] = value
}

// singleDash refuses -env, which is read as -e with the value nv.
func singleDash(flags *pflag.FlagSet, args []string) error {
	for _, arg := range args {
		if arg == "--" {
			return nil
		}
		word, ok := strings.CutPrefix(strings.Replace(arg, "=", "", 1), "-") // JoinValues has made -r=eporters of -reporters
		if !ok || len(word) < 3 || strings.HasPrefix(word, "-") || flags.ShorthandLookup(word[:1]) == nil {
			continue
		}
		meant := ""
		flags.VisitAll(func(f *pflag.Flag) {
			if strings.HasPrefix(f.Name, word) && f.Shorthand == word[:1] {
				meant = f.Name
			}
		})
		if meant != "" {
			return process.Usage("did you mean --"+meant+" or -"+word[:1]+"?", "-%s is read as -%s %s: a long option begins with two dashes", word, word[:1], word[1:])
		}
	}
	return nil
}

// plainer words an error about a value without the types of Go.
func plainer(err error) error {
	bad := (*pflag.InvalidValueError)(nil)
	if !errors.As(err, &bad) {
		return err
	}
	return &valueError{err: err, text: fmt.Sprintf("--%s %q: %v", bad.GetFlag().Name, bad.GetValue(), reason(bad))}
}

// reason is what is wrong with a value.
func reason(bad *pflag.InvalidValueError) error {
	switch bad.GetFlag().Value.Type() {
	case "bool":
		return errors.New("it takes no value, or true or false")
	case "float64":
		return errors.New("it is a number")
	}
	return errors.Unwrap(bad)
}

// A valueError words pflag's error about a value.
type valueError struct {
	err  error
	text string
}

// Error is the plain text.
func (e *valueError) Error() string { return e.text }

// Unwrap returns pflag's error, by which others know what kind it is.
func (e *valueError) Unwrap() error { return e.err }

// flagHint names the flag that an unknown one was probably meant to be.
func flagHint(flags *pflag.FlagSet, err error) string {
	unknown := (*pflag.NotExistError)(nil)
	all := "posthaste " + flags.Name() + " --help shows the options"
	if !errors.As(err, &unknown) {
		return all
	}
	name := unknown.GetSpecifiedName()
	if len(name) == 1 {
		if long := letters()[name]; flags.Lookup(long) != nil {
			return "did you mean --" + long + "?"
		}
		return all
	}
	if ours := words()[name]; ours != "" && flags.Lookup(ours) != nil {
		return "did you mean --" + ours + "?"
	}
	var names []string
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	best := near.Names(name, names, 1)
	if len(best) == 0 {
		return all
	}
	return "did you mean --" + best[0] + "?"
}

// letters are options that other tools have as a letter, by the letter.
func letters() map[string]string {
	return map[string]string{
		"j": "parallel", "p": "parallel", "i": "include", "t": "tag", "f": "folder", "q": "silent", "s": "silent", "v": "verbose",
		"c": "collection", "b": "bail", "V": "version",
	}
}

// words are options that other tools have (bru, Hurl, k6, Postman CLI, test runners), by their names there.
func words() map[string]string {
	return map[string]string{
		"port": "addr", "host": "addr", "listen-addr": "addr",
		"env": "environment", "variable": "env-var", "variables-file": "env-file", "data": "iteration-data", "csv-file-path": "iteration-data",
		"json-file-path": "iteration-data", "iterations": "iteration-count", "jobs": "parallel", "concurrency": "parallel", "workers": "parallel", "vus": "parallel",
		"retries": "retry", "max-time": "timeout-request", "quiet": "silent", "filter": "include", "only": "include", "skip": "exclude", "tags": "tag",
		"fail-fast": "bail", "cacert": "ssl-extra-ca-certs", "proxy-url": "proxy", "report-junit": "report", "report-html": "report",
		"reporter": "reporters", "junit": "report", "ignore-ssl": "insecure", "dry": "dry-run",
	}
}

// WrongArguments says what is wrong with the arguments of a command that takes one collection.
func WrongArguments(command string, args []string) error {
	if len(args) == 0 {
		hint := "posthaste " + command + " FILE.json"
		if command == "run" {
			hint += ", or posthaste demo to see a run"
		}
		return process.Usage(hint, "no collection was named")
	}
	return process.Usage("one at a time", "more than one collection was named: %s", strings.Join(args, ", "))
}
