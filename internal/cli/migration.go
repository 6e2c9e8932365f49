package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/migrate"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
)

// migrateCommand is `posthaste migrate`: it finds newman's command lines in files, prints ours with notes on what changes,
// and replaces them on demand.
func migrateCommand(_ context.Context, p *process.Process, args []string) error {
	flags := pflag.NewFlagSet("migrate", pflag.ContinueOnError)
	write := flags.Bool("write", false, "replace the command lines in the files, and write posthaste.yaml for a .newmanrc")
	page := option.Page{
		Usage: "migrate FILE… [--write]",
		About: "Finds the command lines of newman and of the Postman CLI in package.json, CI files, scripts and Makefiles, and prints them for Posthaste, with notes on what is different. A .newmanrc becomes a posthaste.yaml.",
		Examples: [][2]string{
			{"posthaste migrate package.json .github/workflows/*.yml", "See what would change"},
			{"posthaste migrate package.json --write", "Change it"},
		},
		See: []string{"migrate"},
	}
	if helped, err := option.Parse(p, flags, page, args); helped || err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return process.Usage("such as posthaste migrate package.json", "migrate takes the files that call newman")
	}
	found := 0
	for _, name := range flags.Args() {
		n, err := migrateFile(p, name, *write)
		if err != nil {
			return err
		}
		if n == 0 {
			p.Warn("%s: nothing of newman was found", name)
		}
		found += n
	}
	switch {
	case found == 0:
		return process.Usage("posthaste help migrate says what is looked for", "no file calls newman or the Postman CLI")
	case !*write:
		fmt.Fprintln(p.Stdout, "\nNothing was changed: --write replaces these lines.")
	}
	return nil
}

// migrateFile shows what becomes of a file, and writes it. It returns how much was found.
func migrateFile(p *process.Process, name string, write bool) (found int, err error) {
	data, err := os.ReadFile(p.Path(name))
	if err != nil {
		return 0, process.Usage("check the path", "reading %s: %w", name, err)
	}
	text := string(data)
	if migrate.IsSettings(name) {
		return migrateSettings(p, name, text, write)
	}
	rewrite := migrate.Rewrite
	if filepath.Base(name) == "package.json" {
		rewrite = migrate.Package
	}
	rewritten, changes := rewrite(text)
	for _, c := range changes {
		fmt.Fprintf(p.Stdout, "%s:%d\n  - %s\n  + %s\n", name, c.Line, inLines(c.Old), inLines(c.New))
		for _, note := range c.Notes {
			writeNote(p.Stdout, note)
		}
	}
	remarks := migrate.Around(text)
	for _, r := range remarks {
		fmt.Fprintf(p.Stdout, "%s:%d\n", name, r.Line)
		writeNote(p.Stdout, r.Text)
	}
	if write && len(changes) > 0 {
		if err := replaceFile(p, name, rewritten); err != nil {
			return 0, process.Usage("", "writing %s: %w", name, err)
		}
		fmt.Fprintf(p.Stderr, "posthaste: wrote %s\n", name)
	}
	return len(changes) + len(remarks), nil
}

func writeNote(w io.Writer, text string) {
	fmt.Fprintf(w, "  %s\n", strings.TrimLeft(option.Wrap("note: "+text, "    ", 80), " "))
}

// inLines sets the later lines of a command under its first.
func inLines(text string) string { return strings.ReplaceAll(text, "\n", "\n    ") }

// migrateSettings shows a .newmanrc as posthaste.yaml, and writes that where there is none yet.
func migrateSettings(p *process.Process, name, text string, write bool) (int, error) {
	settings, err := migrate.Settings(text)
	if err != nil {
		return 0, process.Usage("it is a JSON object of newman's options", "reading %s: %w", name, err)
	}
	fmt.Fprintf(p.Stdout, "%s as posthaste.yaml:\n  %s\n", name, strings.ReplaceAll(strings.TrimSpace(settings), "\n", "\n  "))
	writeNote(p.Stdout, "Posthaste reads .newmanrc too; posthaste.yaml wins over it, and its mistakes are errors")
	if !write {
		return 1, nil
	}
	if process.Exists(p.Path("posthaste.yaml")) {
		return 0, process.Usage("add the lines above to it", "there is a posthaste.yaml already")
	}
	if err := replaceFile(p, "posthaste.yaml", settings); err != nil {
		return 0, process.Usage("", "writing posthaste.yaml: %w", err)
	}
	fmt.Fprintln(p.Stderr, "posthaste: wrote posthaste.yaml")
	return 1, nil
}

// replaceFile writes a text to a file, with the rights that the file had.
func replaceFile(p *process.Process, name, text string) error {
	file, err := output.Create(p, name)
	if err != nil {
		return err
	}
	defer file.Discard()
	if info, err := os.Stat(p.Path(name)); err == nil {
		file.Mode = info.Mode().Perm()
	}
	if _, err := io.WriteString(file, text); err != nil {
		return err
	}
	return file.Commit()
}
