package check

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"golang.org/x/term"

	"posthaste/collection"
	"posthaste/internal/check"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
)

// A prompter asks for a value on a terminal. A Process whose Stdin is one is asked, which is how tests play it;
// the real standard input is asked where it is a terminal.
type prompter interface {
	Prompt(label string, secret bool) (string, error)
}

// input gathers the values: the environment's, those of --env-file, the process's, and what is asked for where
// nothing else was named.
func (f *checkFlags) input(ctx context.Context, p *process.Process, rules *check.Rules) (check.Input, error) {
	in := check.Input{
		Production: f.production, Offline: f.offline, Products: f.products, Version: p.Version,
		Dotenv: strings.Join(f.envFiles, " or "),
	}
	if f.environment != "" {
		list, err := f.readEnvironment(ctx, p)
		if err != nil {
			return in, err
		}
		in.File, in.Variables = f.environment, list
		if f.environment == "-" {
			in.File = "standard input"
		}
	}
	for _, name := range f.envFiles {
		list, err := readDotenv(p, name)
		if err != nil {
			return in, err
		}
		in.Variables = append(in.Variables, list...)
	}
	for _, name := range rules.EnvNames() {
		if value, ok := p.Env(name); ok && value != "" {
			in.Variables = append(in.Variables, check.Variable{Name: name, Value: value, Origin: check.FromEnv})
		}
	}
	if f.environment != "" || len(f.envFiles) > 0 {
		return in, nil
	}
	return in, f.prompt(p, rules, &in)
}

// readEnvironment reads -e.
func (f *checkFlags) readEnvironment(ctx context.Context, p *process.Process) ([]check.Variable, error) {
	r := &input.Reader{Process: p, APIKey: p.Getenv("POSTMAN_API_KEY")}
	name, data, err := r.Read(ctx, "environment", f.environment)
	if err != nil {
		return nil, err
	}
	env, err := collection.ParseEnvironment(name, data, collection.Options{})
	if err != nil {
		return nil, process.Usage("", "reading the environment: %w", err)
	}
	for _, notice := range env.Notices {
		p.Warn("%s", notice)
	}
	lines := newKeyLines(data)
	var list []check.Variable
	for _, v := range env.Values {
		list = append(list, check.Variable{
			Name: v.Key, Value: v.Value.String(), Disabled: v.Disabled, Origin: check.FromFile, Line: lines.next(v.Key),
		})
	}
	return list, nil
}

// keyLines finds the lines of variables in an environment file.
type keyLines struct {
	data []byte
	from int // what comes before was found already
}

func newKeyLines(data []byte) *keyLines { return &keyLines{data: data} }

// next returns the line of the next variable of that name, 0 when it is spelled so that it is not found.
func (k *keyLines) next(name string) int {
	pattern := `"key"\s*:\s*` + regexp.QuoteMeta(collection.Quote(name)) + `\s*[,}]`
	at := regexp.MustCompile(pattern).FindIndex(k.data[k.from:])
	if at == nil {
		return 0
	}
	start := k.from + at[0]
	k.from += at[1] - 1
	return 1 + bytes.Count(k.data[:start], []byte("\n"))
}

// readDotenv reads the values of a file of KEY=value lines.
func readDotenv(p *process.Process, name string) ([]check.Variable, error) {
	entries, err := input.ReadEnvFile(p, name)
	if err != nil {
		return nil, err
	}
	var list []check.Variable
	for _, e := range entries {
		list = append(list, check.Variable{Name: e.Key, Value: e.Value, Origin: check.FromDotenv, Line: e.Line})
	}
	return list, nil
}

// prompt asks for the values that the process's environment does not have. Without a terminal nothing is asked,
// and nothing at all to go by is an error.
func (f *checkFlags) prompt(p *process.Process, rules *check.Rules, in *check.Input) error {
	asked, ok := newPrompter(p)
	if !ok {
		if len(in.Variables) == 0 {
			return process.Usage("posthaste check -e FILE.json, --env-file FILE, or set "+strings.Join(rules.EnvNames(), ", "),
				"there is nothing to check")
		}
		return nil
	}
	for _, v := range rules.Missing(in.Variables) {
		text, err := asked.Prompt(v.Label, v.Secret)
		if interrupted := process.ExitCode(0); errors.As(err, &interrupted) {
			return interrupted
		}
		if err != nil {
			return process.Usage("", "asking for %s: %w", v.Label, err)
		}
		if text != "" {
			in.Variables = append(in.Variables, check.Variable{Name: v.Names[0], Value: text, Origin: check.FromPrompt})
		}
	}
	return nil
}

// newPrompter is the terminal, where there is one.
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

// A terminal asks a person.
type terminal struct {
	in      *os.File
	process *process.Process
}

// Prompt asks for one line. A secret is not echoed.
func (t terminal) Prompt(label string, secret bool) (string, error) {
	fmt.Fprint(t.process.Stderr, label+": ")
	if secret {
		defer fmt.Fprintln(t.process.Stderr)
		return t.hidden()
	}
	return t.line()
}

// hidden reads a line while the terminal does not echo. An interrupt must not end the process there: it would leave
// the terminal as it is.
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

// line reads a line that is echoed.
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
