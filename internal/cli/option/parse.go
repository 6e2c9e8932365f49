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

// Parse reads flags and gives unknown ones a hint. It reports whether help was asked for, and has printed it then.
func Parse(p *process.Process, flags *pflag.FlagSet, synopsis string, args []string) (helped bool, err error) {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	repeats := repeats{set: map[string]string{}}
	err = flags.ParseAll(args, func(f *pflag.Flag, value string) error {
		repeats.note(f, value)
		return flags.Set(f.Name, value)
	})
	if errors.Is(err, pflag.ErrHelp) {
		fmt.Fprintf(p.Stdout, "Usage: posthaste %s\n\nOptions:\n%s", synopsis, flags.FlagUsagesWrapped(min(p.Width, 100)))
		return true, nil
	}
	if err != nil {
		return false, process.Usage(flagHint(flags, err), "%w", err)
	}
	if compat := flags.Lookup("newman-compat"); compat == nil || compat.Value.String() != "true" {
		p.WarnAll(repeats.texts)
	}
	return false, nil
}

// repeats finds options that take one value and were given several: the last one counts, as for newman.
type repeats struct {
	set   map[string]string
	texts []string
}

func (r *repeats) note(f *pflag.Flag, value string) {
	if _, isSlice := f.Value.(pflag.SliceValue); isSlice || f.Value.Type() == (*list).Type(nil) { // options that may be repeated
		return
	}
	if before, again := r.set[f.Name]; again && before != value { // the values may be secrets
		r.texts = append(r.texts, fmt.Sprintf("--%s was given more than once and takes one value: the last one counts", f.Name))
	}
	r.set[f.Name] = value
}

// flagHint names the flag that an unknown one was probably meant to be.
func flagHint(flags *pflag.FlagSet, err error) string {
	unknown := (*pflag.NotExistError)(nil)
	if !errors.As(err, &unknown) {
		return "posthaste " + flags.Name() + " --help shows the options"
	}
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	best := near.Names(unknown.GetSpecifiedName(), names, 1)
	if len(best) == 0 {
		return "posthaste " + flags.Name() + " --help shows the options"
	}
	return "did you mean --" + best[0] + "?"
}

// WrongArguments says what is wrong with the arguments of a command that takes one collection.
func WrongArguments(args []string) error {
	if len(args) == 0 {
		return process.Usage("posthaste run FILE.json, or posthaste demo to see a run", "no collection was named")
	}
	return process.Usage("one at a time", "more than one collection was named: %s", strings.Join(args, ", "))
}
