package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/manual"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/near"
)

// helpCommand is `posthaste help`: all commands, a command's options, or a topic. `help --man DIR` writes man pages.
func helpCommand(ctx context.Context, p *process.Process, args []string) error {
	switch {
	case len(args) == 0:
		writeHelp(p.Stdout)
		return nil
	case len(args) == 2 && args[0] == "--man":
		return writeManPages(ctx, p, args[1])
	case len(args) > 1:
		return process.Usage("posthaste help "+args[0], "help takes one command or topic: %s", strings.Join(args, " "))
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, p, []string{"--help"})
		}
	}
	text, err := topicText(args[0], min(p.Width, 80))
	if err != nil {
		return err
	}
	_, err = io.WriteString(p.Stdout, text)
	return err
}

// topicText is a topic for a terminal of so many columns.
func topicText(name string, width int) (string, error) {
	markdown, ok := manual.Topic(name)
	if !ok {
		all := append(manual.Topics(), commandNames()...)
		hint := "the topics are " + strings.Join(manual.Topics(), ", ")
		if best := near.Names(name, all, 1); len(best) > 0 {
			hint = "did you mean posthaste help " + best[0] + "?"
		}
		return "", process.Usage(hint, "there is no command and no topic %q", name)
	}
	text := manual.Text(markdown, width)
	if name == "reporters" {
		text += "\nREPORTERS\n\n"
		for _, row := range output.ReporterTable().Rows {
			text += fmt.Sprintf("  %-12s %s\n", row[0], row[1])
		}
	}
	return text, nil
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

// describe asks a command for its options and its page of help.
func describe(ctx context.Context, p *process.Process, c command) *option.Description {
	silent := *p
	silent.Stdout, silent.Stderr = io.Discard, io.Discard
	found := (*option.Description)(nil)
	if err := c.run(ctx, &silent, []string{option.Describe}); errors.As(err, &found) {
		return found
	}
	return &option.Description{Page: option.Page{Usage: c.name}, Flags: pflag.NewFlagSet(c.name, pflag.ContinueOnError)}
}

// writeManPages writes a page of section 1 for the program and each command, and one of section 7 for each topic.
func writeManPages(ctx context.Context, p *process.Process, dir string) error {
	pages := map[string]string{"posthaste.1": mainPage(p.Version)}
	for _, c := range commands() {
		pages["posthaste-"+c.name+".1"] = manual.ManCommand(c.name, c.summary, describe(ctx, p, c), p.Version)
	}
	for _, name := range manual.Topics() {
		markdown, _ := manual.Topic(name) // it is one of them
		pages["posthaste-"+name+".7"] = manual.ManTopic(name, markdown, p.Version)
	}
	if err := os.MkdirAll(p.Path(dir), 0o755); err != nil {
		return process.Usage("", "writing man pages: %w", err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(p.Path(dir), name), []byte(text), 0o644); err != nil {
			return process.Usage("", "writing man pages: %w", err)
		}
	}
	return nil
}

// mainPage is posthaste(1).
func mainPage(version string) string {
	d := &option.Description{Page: option.Page{
		Usage: "COMMAND [OPTIONS]", About: about, Examples: examples(),
		Tables: []option.Table{{Title: "Commands"}, {Title: "Topics"}},
	}}
	for _, c := range commands() {
		d.Page.Tables[0].Rows = append(d.Page.Tables[0].Rows, [2]string{"posthaste-" + c.name, c.summary})
	}
	for _, name := range manual.Topics() {
		markdown, _ := manual.Topic(name) // it is one of them
		d.Page.Tables[1].Rows = append(d.Page.Tables[1].Rows, [2]string{"posthaste-" + name, manual.Title(markdown)})
	}
	page := manual.ManCommand("", "run Postman collections", d, version)
	return strings.ReplaceAll(strings.ReplaceAll(page, "\"POSTHASTE-\"", "\"POSTHASTE\""), `posthaste\- \-`, `posthaste \-`)
}

const about = "Posthaste runs Postman collections from one local binary."

// examples are what most people do first.
func examples() [][2]string {
	return [][2]string{
		{"posthaste demo", "See a run, without a network"},
		{"posthaste run api.json -e staging.json", "Run with an environment"},
		{"posthaste run api.json -o junit=report.xml", "Run it in CI, with a JUnit report"},
	}
}

func writeHelp(w io.Writer) {
	fmt.Fprintf(w, "%s\n\nUsage: posthaste COMMAND [OPTIONS]\n\nExamples:\n", about)
	for _, e := range examples() {
		fmt.Fprintf(w, "  %-44s %s\n", e[0], lowerFirst(e[1]))
	}
	fmt.Fprint(w, "\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-11s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nTopics:\n")
	for _, name := range manual.Topics() {
		markdown, _ := manual.Topic(name) // it is one of them
		fmt.Fprintf(w, "  %-14s %s\n", name, lowerFirst(manual.Title(markdown)))
	}
	fmt.Fprint(w, "\nposthaste help COMMAND shows a command's options, posthaste help TOPIC a page.\n")
}

func lowerFirst(text string) string { return strings.ToLower(text[:1]) + text[1:] }
