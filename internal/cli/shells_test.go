//go:build linux

package cli

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli/completion"
)

// A keyed line is what a person types in a shell, with tabulators, and the arguments that the program is then started with.
var keyedLines = map[string]struct{ keys, want string }{
	"a command":                         {"lin\t", "<lint>"},
	"a command that only one begins":    {"golive -\t", "<golive><--"},
	"an option":                         {"run c.json --iteration-c\t3", "<run><c.json><--iteration-count><3>"},
	"a word that an option takes":       {"run c.json --output fa\t", "<run><c.json><--output><failures>"},
	"a word behind an equals sign":      {"run c.json --output=fa\t", "<run><c.json><--output=failures>"},
	"a reporter":                        {"run c.json -r emo\t", "<run><c.json><-r><emojitrain>"},
	"the second reporter":               {"run c.json -r cli,jun\t", "<run><c.json><-r><cli,junit>"},
	"a report and its file":             {"run c.json -o jun\tout.x\t", "<run><c.json><-o><junit=out.xml>"},
	"an option of a reporter":           {"run c.json --reporter-html-ti\tT", "<run><c.json><--reporter-html-title><T>"},
	"a folder with a blank":             {"run c.json --folder My\t", "<run><c.json><--folder><My Folder>"},
	"a folder in quotes":                {"run c.json --folder 'My F\t", "<run><c.json><--folder><My Folder>"},
	"a request with signs of the shell": {"run c.json --folder Pay\t", "<run><c.json><--folder><Pay $(touch pwned) & \"go\">"},
	"a path":                            {"run c.json --include My\tO\t", "<run><c.json><--include><My Folder/One @smoke>"},
	"a tag":                             {"run c.json --tag smo\t", "<run><c.json><--tag><smoke>"},
	"a variable of the environment":     {"run c.json -e e.json --env-var cli\tx", "<run><c.json><-e><e.json><--env-var><clientName=x>"},
	"a file":                            {"run a\t", "<run><api.json>"},
	"a file behind an option":           {"run c.json -d row\t", "<run><c.json><-d><rows.csv>"},
	"a topic":                           {"help sel\t", "<help><selection>"},
	"a rule of lint":                    {"lint c.json --no-rule no-asser\t", "<lint><c.json><--no-rule><no-assertion>"},
	"a shell":                           {"completion zs\t", "<completion><zsh>"},
}

// How the shells are started without files of the user, and what they read first.
var interactiveShells = map[string]struct{ args, first string }{
	"bash": {"--norc --noprofile -i", "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; PS1='> '; source ./script"},
	"zsh":  {"-f -i", "PS1='> '; autoload -U compinit; compinit -u -D; unsetopt beep; setopt no_list_ambiguous; source ./script"},
	"fish": {"--no-config -i", "function fish_prompt; echo -n '> '; end; function fish_greeting; end; source ./script"},
}

// TestCompletionInShells types lines with tabulators in real shells, and looks at what the program is started with.
func TestCompletionInShells(t *testing.T) {
	for shell, start := range interactiveShells {
		t.Run(shell, func(t *testing.T) {
			path, err := exec.LookPath(shell)
			if err != nil {
				if os.Getenv("REQUIRE_SHELLS") != "" {
					t.Fatalf("%s is not installed", shell)
				}
				t.Skipf("skipped: %s is not installed, its completion is not tried", shell)
			}
			dir := t.TempDir()
			program, err := exec.LookPath("posthaste")
			if err != nil {
				t.Fatal(err)
			}
			script, _ := completion.Script(shell)
			for name, text := range map[string]string{
				"script": script, "api.json": "{}", "rows.csv": "a\n1\n", "out.xml": "",
				"c.json": `{"info":{"name":"c"},"item":[{"name":"My Folder","item":[{"name":"One @smoke","request":"http://h/"}]},{"name":"Pay $(touch pwned) & \"go\"","request":"http://h/"}]}`,
				"e.json": `{"name":"e","values":[{"key":"clientName","value":"x"}]}`,
				"bin/posthaste": "#!/bin/sh\nif [ \"$1\" = __complete ]; then PATH=$REAL exec posthaste \"$@\"; fi\n" +
					"{ for a in \"$@\"; do printf '<%s>' \"$a\"; done; } >> said\necho >> said\n",
			} {
				file := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			for name, line := range keyedLines {
				t.Run(name, func(t *testing.T) {
					said := typeLine(t, dir, program, path, start.args, start.first, line.keys)
					if !strings.HasPrefix(said, line.want) {
						t.Errorf("%q starts posthaste with %s, want %s", line.keys, said, line.want)
					}
				})
			}
			if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
				t.Error("the name of a request was executed")
			}
		})
	}
}

// typeLine types a line behind "posthaste " in a new shell, and returns the arguments that the program got.
func typeLine(t *testing.T, dir, program, shell, args, first, keys string) string {
	t.Helper()
	said := filepath.Join(dir, "said")
	_ = os.Remove(said) // of the line before
	cmd := exec.CommandContext(t.Context(), shell, strings.Fields(args)...)
	cmd.Dir = dir
	cmd.Env = []string{
		"PATH=" + filepath.Join(dir, "bin") + ":" + os.Getenv("PATH"), "REAL=" + filepath.Dir(program) + ":" + os.Getenv("PATH"), "HOME=" + dir, "TERM=dumb", "LANG=C.UTF-8", "GORACE=" + quickEnd,
	}
	p := startOnTerminal(t, cmd)
	p.press(first + "; echo rea''dy\r")
	p.await("ready")
	// A tabulator is answered before the rest is typed, or the rest would be part of the word.
	for i, part := range strings.Split("posthaste "+keys, "\t") {
		if i > 0 {
			before := len(p.shown())
			p.press("\t")
			p.settle(before)
		}
		p.press(part)
	}
	p.press("\r")
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if data, err := os.ReadFile(said); err == nil && strings.HasSuffix(string(data), "\n") {
			return strings.TrimSpace(string(data))
		}
	}
	t.Fatalf("posthaste was not started:\n%s", p.shown())
	return ""
}

func (p *pty) press(keys string) {
	p.t.Helper()
	if _, err := io.WriteString(p.master, keys); err != nil {
		p.t.Fatal(err)
	}
}

// await waits until the terminal shows a text.
func (p *pty) await(text string) {
	p.t.Helper()
	p.until(func(shown string) bool { return strings.Contains(shown, text) })
}

// until waits until what the terminal shows is right.
func (p *pty) until(right func(shown string) bool) {
	p.t.Helper()
	for end := time.Now().Add(60 * time.Second); !right(p.shown()); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("it never shows what is awaited:\n%s", p.shown())
		}
	}
}

// settle waits until the terminal shows more than before, and then no more for a while.
func (p *pty) settle(before int) {
	p.t.Helper()
	last, since := before, time.Now()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if n := len(p.shown()); n != last {
			last, since = n, time.Now()
		}
		if last != before && time.Since(since) > 150*time.Millisecond || time.Since(since) > 3*time.Second {
			return
		}
	}
}

// TestInitAsks answers the three questions of posthaste init on a terminal.
func TestInitAsks(t *testing.T) {
	p := onTerminal(t, "init")
	p.await("Which collection? ")
	p.press("c.json\r")
	p.await("Which environment? ")
	p.press("\r")
	p.await("Which CI system? ")
	p.press("none\r")
	if code := p.exit(); code != 2 || !strings.Contains(p.shown(), "c.json: no such file") {
		t.Errorf("it exits with %d:\n%s", code, p.shown())
	}
}
