package cli

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/manual"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/reporters"
)

// Whatever help prints fits a terminal of 80 columns.
func TestHelpFitsATerminal(t *testing.T) {
	pages := map[string]string{"help": makeHelp(t, "help")}
	for _, c := range commands() {
		pages[c.name] = help(t, c.name)
	}
	for _, name := range manual.Topics() {
		pages[name] = makeHelp(t, "help "+name)
	}
	for name, page := range pages {
		if len(page) < 100 && name != "licenses" {
			t.Errorf("%s has no help: %q", name, page)
		}
		for line := range strings.Lines(page) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
				t.Errorf("%s: a line has %d columns: %s", name, n, line)
			}
		}
	}
}

// The first page that most people ask for has groups, four examples before them, every reporter and each exit code.
func TestHelpOfRun(t *testing.T) {
	page := help(t, "run")
	order := []string{"Usage: posthaste run", "Examples:"}
	for _, heading := range []string{"Input", "Selection", "Reports", "Network and TLS", "Limits", "Secrets", "Parallel, retry and shards", "Scripts and callbacks", "Exit code and compatibility", "Reporters", "Exit codes"} {
		order = append(order, "\n"+heading+":\n")
	}
	at := 0
	for _, want := range order {
		i := strings.Index(page[at:], want)
		if i < 0 {
			t.Fatalf("%q is not there, or not behind the one before", want)
		}
		at += i
	}
	examples, _, _ := strings.Cut(page, "\nInput:")
	if n := strings.Count(examples, "\n      posthaste run "); n != 4 {
		t.Errorf("%d examples come first, want 4", n)
	}
	for _, name := range reporters.Names() {
		if !regexp.MustCompile(`(?m)^  ` + name + ` +\S`).MatchString(page) {
			t.Errorf("the reporter %s is not listed", name)
		}
	}
	if strings.Contains(page, `="none"`) || strings.Contains(page, "stringArray") {
		t.Error("a type or a value of the program stands where the value of a user should")
	}
}

// Every option says what stands for its value, in capitals or as the words that it takes, and what it does.
func TestEveryOptionHasAPlaceholder(t *testing.T) {
	seen := 0
	for _, c := range commands() {
		d := describe(t.Context(), &process.Process{Env: noEnv}, c)
		d.Flags.VisitAll(func(f *pflag.Flag) {
			seen++
			value, text := option.Usage(f)
			isSwitch := f.Value.Type() == "bool"
			switch {
			case f.Hidden:
			case isSwitch != (value == ""):
				t.Errorf("%s --%s: the value is shown as %q", c.name, f.Name, value)
			case value != "" && value != strings.ToUpper(value) && option.Choices(f) == nil && value != "N/s" && value != "simulated":
				t.Errorf("%s --%s: the value is shown as %q", c.name, f.Name, value)
			case text == "" || strings.Contains(text, "`"):
				t.Errorf("%s --%s: its text is %q", c.name, f.Name, text)
			}
		})
	}
	if seen < 200 {
		t.Errorf("only %d options were seen", seen)
	}
}

func noEnv(string) (string, bool) { return "", false }

// The words that an option shows are those that it takes: each is accepted, and what is none of them is refused.
func TestTheWordsOfAnOptionAreTaken(t *testing.T) {
	tried := 0
	for _, c := range commands() {
		if c.name != "run" {
			continue
		}
		d := describe(t.Context(), &process.Process{Env: noEnv}, c)
		d.Flags.VisitAll(func(f *pflag.Flag) {
			for _, word := range option.Choices(f) {
				tried++
				line := "run empty.json --" + f.Name + "=" + word
				if code, said := makeMistake(t, line); code != process.ExitPassed {
					t.Errorf("posthaste %s exits with %d: %s", line, code, said)
				}
			}
		})
	}
	if tried < 20 {
		t.Errorf("only %d words were tried", tried)
	}
}

// Man pages are what groff takes without a warning, and show each option.
func TestManPages(t *testing.T) {
	dir := t.TempDir()
	makeHelp(t, "help --man "+dir)
	pages, err := filepath.Glob(filepath.Join(dir, "*.[17]"))
	if want := 1 + len(commands()) + len(manual.Topics()); err != nil || len(pages) != want {
		t.Fatalf("%d man pages were written (%v), want %d", len(pages), err, want)
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("skipped: groff is not installed, man pages are not rendered")
	}
	for _, page := range pages {
		out, err := exec.CommandContext(t.Context(), groff, "-man", "-ww", "-Tutf8", "-rLL=78n", page).CombinedOutput()
		if err != nil || strings.Contains(string(out), "warning:") || strings.Contains(string(out), "error:") {
			t.Errorf("%s: %v: %s", filepath.Base(page), err, out)
		}
		if filepath.Base(page) == "posthaste-run.1" {
			text := regexp.MustCompile(`\x1b\[[0-9;]*m|.\x08`).ReplaceAllString(string(out), "")
			for _, m := range regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(help(t, "run"), -1) {
				if !strings.Contains(text, m) {
					t.Errorf("posthaste-run.1 lacks %s", m)
				}
			}
		}
	}
}

// makeHelp runs a command line that has to exit with 0, and returns what it prints.
func makeHelp(t *testing.T, line string) string {
	t.Helper()
	var out, errs strings.Builder
	p := &process.Process{
		Args: strings.Fields(line), Env: noEnv, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 80, Dir: t.TempDir(),
	}
	if code := Main(t.Context(), p); code != process.ExitPassed {
		t.Fatalf("posthaste %s exits with %d: %s", line, code, errs.String())
	}
	return out.String()
}
