package cli

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/collections"
	"posthaste/internal/cli/check"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/cli/scaffold"
	"posthaste/lint"
	"posthaste/lint/subject"
)

// starting is one `posthaste init`.
type starting struct {
	process                     *process.Process
	collection, environment, ci string
	vipps                       bool
	answers                     *bufio.Reader
}

// initCommand is `posthaste init`: it writes what a project needs to run a collection. What is there already stays.
func initCommand(ctx context.Context, p *process.Process, args []string) error {
	s := &starting{process: p, answers: bufio.NewReader(p.Stdin)}
	flags := pflag.NewFlagSet("init", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.StringVarP(&s.collection, "collection", "c", "", "`FILE` the collection of the project")
	flags.StringVarP(&s.environment, "environment", "e", "", "`FILE` an existing environment (default: write a new one without values)")
	flags.StringVar(&s.ci, "ci", "", "`"+strings.Join(scaffold.Systems(), "|")+"` which CI system to write a job for")
	flags.BoolVar(&s.vipps, "vipps", false, "begin with our collection for Vipps MobilePay, and end with posthaste check")
	page := option.Page{
		Usage: "init [OPTIONS]",
		About: "Writes posthaste.yaml, an environment without secrets, a job for a CI system, and lines of .gitignore. On a terminal it asks for what the options do not say. It does not change existing files.",
		Examples: [][2]string{
			{"posthaste init", "Answer three questions"},
			{"posthaste init -c api.json --ci github", "Answer none"},
			{"posthaste init --vipps --ci none", "Begin with Vipps MobilePay"},
		},
		See: []string{"configuration", "secrets"},
	}
	if helped, err := option.Parse(p, flags, page, args); helped || err != nil {
		return err
	}
	if err := noArguments("init", flags.Args()); err != nil {
		return err
	}
	if err := s.ask(); err != nil {
		return err
	}
	return s.write(ctx)
}

// ask asks for what options do not say: on a terminal a person, elsewhere what is found in the directory.
func (s *starting) ask() error {
	if s.vipps && s.collection == "" {
		s.collection = "tests/" + collections.EPayment
	}
	if s.collection == "" {
		found, _ := filepath.Glob(filepath.Join(s.process.Dir, "*.postman_collection.json")) // the pattern is right
		guess := ""
		if len(found) > 0 {
			guess = filepath.Base(found[0])
		}
		s.collection = s.question("Which collection?", guess)
	}
	if s.collection == "" {
		return process.Usage("posthaste init -c FILE", "no collection was named, and there is no *.postman_collection.json here")
	}
	if s.environment == "" && !s.vipps {
		s.environment = s.question("Which environment? Empty: one without values is written", "")
	}
	if s.ci == "" {
		guess := "none"
		switch {
		case process.Exists(s.process.Path(".github")):
			guess = "github"
		case process.Exists(s.process.Path(".gitlab-ci.yml")):
			guess = "gitlab"
		}
		s.ci = s.question("Which CI system? "+strings.Join(scaffold.Systems(), ", "), guess)
	}
	if !slices.Contains(scaffold.Systems(), s.ci) {
		return process.Usage("it takes "+strings.Join(scaffold.Systems(), ", "), "--ci %s is not known", s.ci)
	}
	return nil
}

// question asks on a terminal; elsewhere the guess is the answer.
func (s *starting) question(text, guess string) string {
	if !s.process.Terminal {
		return guess
	}
	if guess != "" {
		text += " [" + guess + "]"
	}
	fmt.Fprint(s.process.Stdout, text+" ")
	line, err := s.answers.ReadString('\n')
	if answer := strings.TrimSpace(line); answer != "" {
		return answer
	}
	if err != nil {
		fmt.Fprintln(s.process.Stdout)
	}
	return guess
}

// write reads the collection, and writes the files.
func (s *starting) write(ctx context.Context) error {
	p := s.process
	if s.vipps {
		if err := s.bringVipps(); err != nil {
			return err
		}
	}
	in := &input.Reader{Process: p}
	c, err := in.Collection(ctx, s.collection, input.Parsing{StableIDs: true, Several: "name one of them"})
	if err != nil {
		return err
	}
	if s.environment != "" {
		if _, err := in.Scope(ctx, "environment", s.environment, s.collection, nil); err != nil {
			return err
		}
	}
	plan, err := scaffold.Plan(scaffold.Options{
		Collection: filepath.ToSlash(s.collection), Environment: filepath.ToSlash(s.environment), Variables: lint.Needs(c, subject.Options{}), CI: s.ci,
	})
	if err != nil {
		return process.Usage("give the file another name", "planning the project: %w", err)
	}
	for _, file := range plan {
		if err := s.put(file); err != nil {
			return process.Usage("", "writing %s: %w", file.Path, err)
		}
	}
	if s.vipps {
		fmt.Fprintf(p.Stdout, "\nWhat is missing yet:\n\n")
		if err := check.Command(ctx, p, []string{"-e", s.environment, "--offline"}); process.HintOf(err) != "" {
			return err // what it found is what is to be filled in
		}
		fmt.Fprintf(p.Stdout, "\nNext: put the values into vipps.env, which git ignores, as lines of NAME=value. Then:\n"+
			"  posthaste check -e %s --env-file vipps.env\n  posthaste run --env-file vipps.env\n", s.environment)
		return nil
	}
	fmt.Fprintf(p.Stdout, "\nNext: posthaste run\n")
	return nil
}

// bringVipps writes our collection and its environment where they are not there yet.
func (s *starting) bringVipps() error {
	if s.environment == "" {
		s.environment = "tests/" + collections.Environment
	}
	for name, place := range map[string]string{collections.EPayment: "tests/" + collections.EPayment, collections.Environment: s.environment} {
		data, err := fs.ReadFile(collections.Files(), name)
		if err != nil {
			return fmt.Errorf("reading our collection: %w", err)
		}
		if name == collections.EPayment && s.collection != place {
			continue
		}
		if err := s.put(scaffold.File{Path: place, Text: string(data)}); err != nil {
			return process.Usage("", "writing %s: %w", place, err)
		}
	}
	return nil
}

// put writes a file that is not there, or adds the lines that it lacks.
func (s *starting) put(file scaffold.File) error {
	path := s.process.Path(filepath.FromSlash(file.Path))
	data, err := os.ReadFile(path)
	there := err == nil
	text := file.Text
	switch {
	case there && !file.Add:
		fmt.Fprintf(s.process.Stdout, "kept   %s, which is there already\n", file.Path)
		return nil
	case there:
		added := scaffold.Missing(string(data), file.Text)
		if added == "" {
			fmt.Fprintf(s.process.Stdout, "kept   %s, which has the lines\n", file.Path)
			return nil
		}
		text = strings.TrimSuffix(string(data), "\n") + "\n" + added
		if len(data) == 0 {
			text = added
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(s.process.Stdout, "wrote  %s\n", file.Path)
	return nil
}
