package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/collection"
	"posthaste/internal/cli/completion"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/manual"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/near"
	"posthaste/internal/selection"
	"posthaste/lint"
	"posthaste/reporters"
)

// askCommand is the command by which the scripts of completion ask. It is not listed.
const askCommand = "__complete"

// completionCommand is `posthaste completion SHELL`.
func completionCommand(_ context.Context, p *process.Process, args []string) error {
	flags := pflag.NewFlagSet("completion", pflag.ContinueOnError)
	shells := strings.Join(completion.Shells(), "|")
	page := option.Page{
		Usage: "completion " + shells,
		About: "Prints a script that lets the shell complete commands, options, reporters, files, and the folders, requests and tags of the collection on the line.",
		Examples: [][2]string{
			{"source <(posthaste completion bash)", "In bash, for example in ~/.bashrc"},
			{"source <(posthaste completion zsh)", "In zsh, after compinit"},
			{"posthaste completion fish | source", "In fish"},
			{"posthaste completion powershell | Out-String | Invoke-Expression", "In PowerShell"},
		},
	}
	if helped, err := option.Parse(p, flags, page, args); helped || err != nil {
		return err
	}
	hint := "posthaste completion " + shells
	if flags.NArg() != 1 {
		return process.Usage(hint, "completion takes the name of a shell")
	}
	script, ok := completion.Script(flags.Arg(0))
	if !ok {
		if best := near.Names(flags.Arg(0), completion.Shells(), 1); len(best) > 0 {
			hint = "did you mean " + best[0] + "?"
		}
		return process.Usage(hint, "there is no completion for %q", flags.Arg(0))
	}
	_, err := io.WriteString(p.Stdout, script)
	return err
}

// complete answers a script: the shell, and the words behind the program's name, or for bash the line up to the cursor.
func complete(ctx context.Context, p *process.Process, args []string) error {
	if len(args) < 2 {
		return process.Usage("", "%s is for the scripts of posthaste completion", askCommand)
	}
	silent := *p
	silent.Stderr = io.Discard
	shell, words, quote := args[0], args[1:], rune(0)
	if shell == "bash" {
		words, quote = completion.Split(args[1])
	}
	answer := sources(ctx, &silent).Complete(words)
	current := words[len(words)-1]
	fmt.Fprintln(p.Stdout, answer.Else)
	for _, c := range answer.List {
		kind := "word:"
		if c.Open {
			kind = "open:"
		}
		if shell == "bash" {
			fmt.Fprintln(p.Stdout, kind+completion.Bash(c.Text, current, quote))
			continue
		}
		fmt.Fprintf(p.Stdout, "%s%s\t%s\n", kind, c.Text, c.About)
	}
	return nil
}

// sources are what the program itself and the files on the line know.
func sources(ctx context.Context, p *process.Process) *completion.Sources {
	s := &completion.Sources{Options: map[string][]string{}}
	for _, c := range commands() {
		one := completion.Command{Name: c.name, Summary: c.summary, Flags: func() *pflag.FlagSet { return describe(ctx, p, c).Flags }}
		switch c.name {
		case "completion":
			one.Words = completion.Shells()
		case "simulate":
			one.Words = []string{"vipps"}
		case "version", "licenses", "schema", "demo", "check", "init":
			one.Words = []string{}
		case "config":
			one.Flags = func() *pflag.FlagSet { return runDescription(ctx, p).Flags }
		}
		s.Commands = append(s.Commands, one)
	}
	for _, name := range manual.Topics() {
		markdown, _ := manual.Topic(name) // it is one of them
		s.Topics = append(s.Topics, completion.Candidate{Text: name, About: manual.Title(markdown)})
	}
	for _, spec := range reporters.Specs() {
		s.Reporters = append(s.Reporters, completion.Candidate{Text: spec.Name, About: spec.About})
		s.Options[spec.Name] = spec.Options
	}
	for _, r := range lint.Rules() {
		s.Rules = append(s.Rules, completion.Candidate{Text: r.ID, About: r.About})
	}
	s.Requests = func(name string) completion.Names {
		c := collectionOnLine(ctx, p, name)
		if c == nil {
			return completion.Names{}
		}
		return namesIn(c)
	}
	s.Variables = func(name, environment string) []string { return variablesOnLine(ctx, p, name, environment) }
	return s
}

// collectionOnLine reads the collection that a line names, or posthaste.yaml; nil if missing. Nothing is fetched.
func collectionOnLine(ctx context.Context, p *process.Process, name string) *collection.Collection {
	if name == "" {
		var none [][2]string
		read, err := option.ReadConfig(p, runDescription(ctx, p).Flags, &none)
		if err != nil {
			return nil
		}
		name = read.Collection
	}
	if name == "" || name == "-" || input.IsURL(name) {
		return nil
	}
	c, err := (&input.Reader{Process: p}).Collection(ctx, name, input.Parsing{StableIDs: true})
	if err != nil {
		return nil
	}
	return c
}

// namesIn lists the folders, requests, paths and tags of a collection, each once.
func namesIn(c *collection.Collection) completion.Names {
	var names completion.Names
	add := func(list *[]string, text string) {
		if text != "" && !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	_ = c.Walk(func(item *collection.Item) error { // it returns what the function does
		if item.Request == nil {
			add(&names.Folders, item.Name)
			add(&names.Paths, selection.Path(item)+"/**")
			return nil
		}
		add(&names.Requests, item.Name)
		add(&names.Paths, selection.Path(item))
		for _, tag := range selection.Tags(item) {
			add(&names.Tags, tag)
		}
		return nil
	})
	return names
}

// variablesOnLine lists the names of the variables of the collection and the environment on a line.
func variablesOnLine(ctx context.Context, p *process.Process, name, environment string) []string {
	var names []string
	if c := collectionOnLine(ctx, p, name); c != nil {
		for _, v := range c.Variables {
			names = append(names, v.Key)
		}
	}
	if environment != "" && environment != "-" && !input.IsURL(environment) {
		if env, err := (&input.Reader{Process: p}).Scope(ctx, "environment", environment, name, nil); err == nil {
			for _, v := range env.Values {
				names = append(names, v.Key)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
