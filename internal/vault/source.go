package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"

	"posthaste/internal/dotenv"
)

// parse reads KIND:REST. A single letter before the colon is a drive of Windows, not a kind.
func parse(text string, o Options) (source, error) {
	kind, rest, ok := strings.Cut(text, ":")
	if !ok || len(kind) < 2 { // C:\secrets.env is a file
		kind, rest = "dotenv", text
	}
	switch kind {
	case "env":
		return parseEnvironment(rest, o)
	case "exec":
		return parseCommand(rest, o)
	case "dotenv":
		return readDotenv(rest, o)
	}
	return nil, errors.New("want dotenv:FILE, env:NAME,… or exec:COMMAND")
}

// values are the lines of a dotenv file.
type values map[string]string

func (v values) lookup(_ context.Context, key string) (string, bool, error) {
	value, ok := v[key]
	return value, ok, nil
}

// readDotenv reads the file once, at the start of the run. Errors name the line and not its text, which is a secret.
func readDotenv(name string, o Options) (source, error) {
	if o.Files == nil || name == "" {
		return nil, errors.New("no file can be read")
	}
	f, err := o.Files(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	entries, err := dotenv.Parse(string(data))
	if wrong := (*dotenv.Error)(nil); errors.As(err, &wrong) {
		if wrong.Unclosed != "" {
			return nil, fmt.Errorf("line %d: the quote is not closed", wrong.Line)
		}
		return nil, fmt.Errorf("line %d: want KEY=value", wrong.Line)
	}
	v := values{}
	for _, e := range entries {
		v[e.Key] = e.Value
	}
	return v, err
}

// environment lets through the variables of an allow-list.
type environment struct {
	names    map[string]bool
	prefixes []string
	environ  func(string) (string, bool)
}

// parseEnvironment reads names and prefixes. All variables at once are refused: a collection could then read every
// secret of the CI job.
func parseEnvironment(list string, o Options) (source, error) {
	e := environment{names: map[string]bool{}, environ: o.Environ}
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		prefix, all := strings.CutSuffix(name, "*")
		switch {
		case name == "":
		case all && prefix == "":
			return nil, errors.New("name the variables; * alone would be all of them")
		case all:
			e.prefixes = append(e.prefixes, prefix)
		default:
			e.names[name] = true
		}
	}
	if o.Environ == nil || len(e.names)+len(e.prefixes) == 0 {
		return nil, errors.New("no variable is named")
	}
	return e, nil
}

// lookup gives nothing that was not named.
func (e environment) lookup(_ context.Context, key string) (string, bool, error) {
	allowed := e.names[key]
	for _, prefix := range e.prefixes {
		allowed = allowed || strings.HasPrefix(key, prefix)
	}
	if !allowed {
		return "", false, nil
	}
	value, ok := e.environ(key)
	return value, ok, nil
}

// A command is run once for each key.
type command struct {
	argv []string
	run  func(ctx context.Context, argv []string) ([]byte, error)

	mu    sync.Mutex
	known map[string]string
}

// parseCommand splits a command line into words. No shell is started, so keys cannot become commands.
func parseCommand(text string, o Options) (source, error) {
	argv, err := words(text)
	switch {
	case err != nil:
		return nil, err
	case len(argv) == 0 || o.Command == nil:
		return nil, errors.New("no command is named")
	}
	return &command{argv: argv, run: o.Command, known: map[string]string{}}, nil
}

// lookup asks the command once for each key. Keys come from collections: one with a dash in front could be an option,
// and is refused.
func (c *command) lookup(ctx context.Context, key string) (string, bool, error) {
	if strings.HasPrefix(key, "-") || strings.ContainsAny(key, "\x00\n") {
		return "", false, errors.New("such a key is not given to a command")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if value, ok := c.known[key]; ok {
		return value, true, nil
	}
	argv, named := make([]string, 0, len(c.argv)+1), false
	for _, a := range c.argv {
		named = named || strings.Contains(a, "{key}")
		argv = append(argv, strings.ReplaceAll(a, "{key}", key))
	}
	if !named {
		argv = append(argv, key)
	}
	out, err := c.run(ctx, argv)
	if err != nil {
		return "", false, err
	}
	value := strings.TrimSuffix(strings.TrimSuffix(string(out), "\n"), "\r")
	c.known[key] = value
	return value, true, nil
}

// words splits a command into words at blanks outside of quotes. A backslash stands for itself.
func words(text string) ([]string, error) {
	var list []string
	var word strings.Builder
	quote, open := rune(0), false
	for _, r := range text {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, open = r, true
		case r == ' ' || r == '\t':
			if open || word.Len() > 0 {
				list = append(list, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteRune(r)
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("the quote %c is not closed", quote)
	}
	if open || word.Len() > 0 {
		list = append(list, word.String())
	}
	return list, nil
}

// RunCommand runs a program without a shell. The error of one that fails holds the first line it wrote to its
// standard error.
func RunCommand(ctx context.Context, argv []string) ([]byte, error) {
	var out, problem bytes.Buffer
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...) //nolint:gosec // the user's own command line names it
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(problem.String()), "\n")
		if line != "" {
			return nil, fmt.Errorf("%s: %w: %s", argv[0], err, line)
		}
		return nil, fmt.Errorf("%s: %w", argv[0], err)
	}
	return out.Bytes(), nil
}
