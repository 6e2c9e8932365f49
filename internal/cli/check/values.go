package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"posthaste/internal/check"
	"posthaste/internal/check/rule"
	"posthaste/internal/check/value"
	"posthaste/internal/cli/process"
)

// A prompter asks for a value on a terminal. A Process whose Stdin is a prompter is asked,
// which is how tests play one; the real standard input is asked where it is a terminal.
type prompter interface {
	Prompt(label string, secret bool) (string, error)
}

// input gathers the values: those that a run would have, those of the process's environment,
// and what is asked for where no other source was named.
func (f *checkFlags) input(ctx context.Context, p *process.Process, rules *rule.Rules) (check.Input, error) {
	in := check.Input{
		Production: f.production, Offline: f.offline, Products: f.products, Version: p.Version, Kind: f.keys,
		Dotenv: strings.Join(f.envFiles, " or "), Proxy: throughProxy(p, rules.Environment(f.production).Host),
	}
	if f.environment != "" {
		in.File = f.environment
		if f.environment == "-" {
			in.File = "standard input"
		}
	}
	var err error
	if in.Variables, err = f.scopes(ctx, p); err != nil {
		return in, err
	}
	// Somebody who named a source expects no questions: CI would hang.
	named := f.environment != "" || len(f.envFiles)+len(f.envVars)+len(f.globalVars) > 0 || f.globals != "" || f.collection != ""
	for _, name := range rules.EnvNames() {
		if text, ok := p.Env(name); ok && text != "" {
			in.Variables = append(in.Variables, value.Variable{Name: name, Value: text, Origin: value.FromEnv})
		}
	}
	if named {
		return in, nil
	}
	return in, f.prompt(p, rules, &in)
}

// prompt asks for the values that the process's environment does not have. Without a terminal
// nothing is asked, and having no value at all is an error.
func (f *checkFlags) prompt(p *process.Process, rules *rule.Rules, in *check.Input) error {
	asked, ok := newPrompter(p)
	if !ok {
		if len(in.Variables) == 0 {
			return process.Usage("posthaste check -e FILE.json, --env-file FILE, or set "+strings.Join(rules.EnvNames(), ", "),
				"there is nothing to check")
		}
		return nil
	}
	missing := check.Missing(rules, in.Variables)
	if len(missing) > 0 {
		fmt.Fprint(p.Stderr, introduction(rules, in.Production))
	}
	for _, v := range missing {
		text, err := asked.Prompt(v.Label, v.Secret)
		if interrupted := process.ExitCode(0); errors.As(err, &interrupted) {
			return interrupted
		}
		if err != nil {
			return process.Usage("", "asking for %s: %w", v.Label, err)
		}
		// An empty line leaves the value out.
		if text != "" {
			in.Variables = append(in.Variables, value.Variable{Name: v.Names[0], Value: text, Origin: value.FromPrompt})
		}
	}
	return nil
}

// introduction says before the first question where the values are, and how they are typed.
func introduction(rules *rule.Rules, production bool) string {
	text := "Type the values of " + rules.API + ", " + rules.Environment(production).Label + "."
	if place := check.Place(rules, production); place != "" {
		text += " They are in\n  " + place
	}
	return text + "\nA secret is not shown while you type or paste it. Press Enter to leave a value\nout. Nothing is stored.\n"
}

// newPrompter is the terminal, if there is one.
func newPrompter(p *process.Process) (prompter, bool) {
	if asked, ok := p.Stdin.(prompter); ok {
		return asked, true
	}
	file, ok := p.Stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return nil, false
	}
	return terminal{file, p}, true
}

// A terminal asks a person. Questions go to standard error, so that a report can be piped.
type terminal struct {
	in      *os.File
	process *process.Process
}

// Prompt asks for one line. A secret is not echoed.
func (t terminal) Prompt(label string, secret bool) (string, error) {
	if secret {
		fmt.Fprint(t.process.Stderr, label+" (hidden): ")
		defer fmt.Fprintln(t.process.Stderr)
		return t.hidden()
	}
	fmt.Fprint(t.process.Stderr, label+": ")
	return t.line()
}

// hidden reads a line while the terminal does not echo. An interrupt must not end the process
// meanwhile: it would leave the terminal without echo. So the terminal's state is restored
// first.
func (t terminal) hidden() (string, error) {
	fd := int(t.in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	defer t.process.WatchInterrupts()()
	type answer struct {
		line []byte
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		typed <- answer{line, err}
	}()
	select {
	case a := <-typed:
		return string(a.line), a.err
	case <-t.process.Interrupts: // the read goes on until the process ends
		return "", errors.Join(process.ExitCode(process.ExitInterrupted), term.Restore(fd, before))
	}
}

// line reads a line that is echoed. At the end of the input an unfinished line counts.
func (t terminal) line() (string, error) {
	var line []byte
	for b := make([]byte, 1); ; { // byte by byte: what follows is for the next question
		n, err := t.in.Read(b)
		switch {
		case n == 1 && b[0] == '\n':
			return strings.TrimSuffix(string(line), "\r"), nil
		case n == 1:
			line = append(line, b[0])
		case errors.Is(err, io.EOF) && len(line) > 0:
			return string(line), nil
		case err != nil:
			return "", err
		}
	}
}
