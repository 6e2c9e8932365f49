//go:build unix

// Package docs_test does what the pages say.
package docs_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// asCommand in the environment makes the test program the command itself.
const asCommand = "POSTHASTE_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(cli.Main(context.Background(), process.System("test")))
	}
	os.Exit(m.Run())
}

// A block is a block of commands on a page.
type block struct {
	line   int    // of the page, 1-based
	code   string // commands; what they print, where the page shows that, is left out
	reason string // why it is not run; "" if it is
	by     string // the test that runs it, where that is another one
	exits  string // the exit code that the page promises, where that is not 0
}

// here says whether the block is run here.
func (b block) here() bool { return b.reason == "" && b.by == "" }

// Pages whose commands another test runs, each in its order and with more looked at than here.
var elsewhere = map[string]string{
	"docs/quickstart-vipps.md": "TestQuickstart runs all of it",
}

// The exit codes of blocks of docs/cli.md, by their last line. That page is made of the help topics, whose text is shown in
// terminals, so it has no comments.
var generated = map[string]string{
	"posthaste explain run.ndjson":                             "2", // the run before it passed, so there is nothing to explain
	"posthaste run api.json --last-failed --with-dependencies": "2", // nothing failed in the run before it
}

var (
	fence     = regexp.MustCompile("^```(\\w*)$")
	directive = regexp.MustCompile(`^<!-- (not run|run by|exits): (.*) -->$`)
	command   = regexp.MustCompile(`^(posthaste|go|make|curl|docker|git|npm|kubectl|brew|scoop|archive=|\./|\.ci/)`)
)

// blocksOf reads the command blocks of a page: fenced ones in sh, and indented ones that begin with a command. A comment
// before a block says why it is not run, or with which code it exits.
func blocksOf(page string) (list []block) {
	lines := strings.Split(page, "\n")
	given := map[string]string{} // by the comments before the block
	for i := 0; i < len(lines); i++ {
		var body []string
		at := i + 1
		switch m := fence.FindStringSubmatch(lines[i]); {
		case directive.MatchString(lines[i]):
			d := directive.FindStringSubmatch(lines[i])
			given[d[1]] = d[2]
			continue
		case m != nil:
			for i++; i < len(lines) && lines[i] != "```"; i++ {
				if m[1] == "sh" {
					body = append(body, lines[i])
				}
			}
			at++
		case strings.HasPrefix(lines[i], "    ") && (i == 0 || strings.TrimSpace(lines[i-1]) == "" || len(given) > 0):
			for ; i < len(lines) && (strings.HasPrefix(lines[i], "    ") || strings.TrimSpace(lines[i]) == ""); i++ {
				body = append(body, strings.TrimPrefix(lines[i], "    "))
			}
			i--
			if !command.MatchString(body[0]) || strings.HasPrefix(body[0], "posthaste: ") {
				body = nil
			}
		case strings.TrimSpace(lines[i]) == "":
			continue
		}
		if len(body) > 0 {
			code, _, _ := strings.Cut(strings.Join(body, "\n"), "\n\n") // then comes what it prints
			list = append(list, block{line: at, code: strings.TrimSpace(code), reason: given["not run"], by: given["run by"], exits: given["exits"]})
		}
		clear(given)
	}
	return list
}

// TestEveryCommandOfThePagesRuns runs the blocks of every page in their order, in a folder that has the files which the page
// speaks of. What is not run says why, in a comment of the page that readers do not see.
func TestEveryCommandOfThePagesRuns(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: bash: not installed")
	}
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for i := range pages {
		pages[i] = "docs/" + pages[i]
	}
	ran, other, left := 0, 0, 0
	for _, page := range append([]string{"README.md", "CONTRIBUTING.md"}, pages...) {
		data, err := os.ReadFile(filepath.Join("..", page))
		if err != nil {
			t.Fatal(err)
		}
		list := blocksOf(string(data))
		if why := elsewhere[page]; why != "" {
			other += len(list)
			continue
		}
		runs := slices.ContainsFunc(list, block.here)
		for _, b := range list {
			switch {
			case b.here():
				ran++
			case b.by != "":
				other++
			default:
				left++
				t.Logf("%s:%d is not run: %s", page, b.line, b.reason)
			}
		}
		if runs {
			t.Run(page, func(t *testing.T) { read(t, bash, page, list) })
		}
	}
	t.Logf("%d blocks of commands run here, %d in tests of their own, %d not run, each with its reason", ran, other, left)
	if ran < 30 {
		t.Errorf("%d blocks of commands were found, which is too few", ran)
	}
}

// A reader follows one page.
type reader struct {
	t     *testing.T
	bash  string
	dir   string
	env   []string
	ports *strings.Replacer // addresses of the page into free ones
	open  []*exec.Cmd       // what serves until it is stopped
}

// read runs the blocks of a page.
func read(t *testing.T, bash, page string, list []block) {
	t.Helper()
	r := &reader{t: t, bash: bash, dir: t.TempDir(), ports: strings.NewReplacer(
		"127.0.0.1:8080", free(t), "127.0.0.1:8081", free(t), "localhost:8080", free(t),
	)}
	server := vipps.New(vipps.Options{Now: time.Now, Client: &http.Client{}})
	sim := httptest.NewServer(server)
	api := httptest.NewServer(http.HandlerFunc(answer))
	t.Cleanup(func() { sim.Close(); server.Close(); api.Close() })
	defer r.stop()
	r.prepare(api.URL, sim.URL, server.Keys())
	for _, b := range list {
		if b.here() {
			r.run(page, b)
		}
	}
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// answer is the API of the collections that pages call theirs.
func answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.Method == http.MethodPost {
		w.WriteHeader(http.StatusCreated)
	}
	_, _ = io.WriteString(w, `{"id": "p-1", "status": "open", "token": "a-token-of-the-pages"}`)
}

// run runs a block in a shell. A simulator that the page starts in another window is started beside it.
func (r *reader) run(page string, b block) {
	r.t.Helper()
	var lines []string
	for _, line := range strings.Split(strings.ReplaceAll(b.code, "\\\n", " "), "\n") {
		line = r.ports.Replace(line)
		serves := strings.HasPrefix(line, "posthaste simulate ") && !strings.HasSuffix(strings.TrimSpace(line), "&")
		if !serves {
			lines = append(lines, line)
			continue
		}
		line, _, _ = strings.Cut(line, "  #")
		r.serve(line)
	}
	if len(lines) == 0 {
		return
	}
	out, code := r.shell(strings.Join(lines, "\n"))
	want := cmp.Or(b.exits, generated[lines[len(lines)-1]], "0")
	if fmt.Sprint(code) != want {
		r.t.Errorf("%s:%d: exit code %d, want %s\n%s\n%s", page, b.line, code, want, b.code, out)
	}
}

// shell runs lines until one fails.
func (r *reader) shell(script string) (out string, code int) {
	file, err := os.CreateTemp(r.t.TempDir(), "out")
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	c := exec.CommandContext(r.t.Context(), r.bash, "-euo", "pipefail", "-c", script)
	c.Dir, c.Env, c.Stdout, c.Stderr = r.dir, r.env, file, file // a file: what stays in the background keeps it open
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	err = c.Run()
	r.open = append(r.open, c) // its group may still be there
	data, _ := os.ReadFile(file.Name())
	if err != nil && c.ProcessState == nil {
		r.t.Fatal(err)
	}
	return string(data), c.ProcessState.ExitCode()
}

// serve starts a simulator in the place of those that the page has started before, and waits until it serves.
func (r *reader) serve(line string) {
	r.t.Helper()
	r.stop()
	var out bytes.Buffer
	c := exec.Command(r.bash, "-c", "exec "+line) // stop ends it
	c.Dir, c.Env, c.Stdout, c.Stderr = r.dir, r.env, &out, &out
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	env := regexp.MustCompile(`--write-env (\S+)`).FindStringSubmatch(line)
	if env != nil {
		_ = os.Remove(filepath.Join(r.dir, env[1]))
	}
	if err := c.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.open = append(r.open, c)
	address := regexp.MustCompile(`--addr (\S+)`).FindStringSubmatch(line)
	for range 400 {
		time.Sleep(25 * time.Millisecond)
		if env != nil {
			if info, err := os.Stat(filepath.Join(r.dir, env[1])); err == nil && info.Size() > 0 {
				return
			}
		} else if address != nil {
			if conn, err := net.Dial("tcp", address[1]); err == nil {
				_ = conn.Close()
				return
			}
		}
	}
	r.t.Errorf("%s does not serve", line)
}

// stop ends what serves.
func (r *reader) stop() {
	for _, c := range r.open {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		if c.ProcessState == nil {
			_ = c.Wait()
		}
	}
	r.open = nil
}

// The index leads to every page, and to none that is not there.
func TestTheIndexHasEveryPage(t *testing.T) {
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	index, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if page != "README.md" && !strings.Contains(string(index), "("+page+")") {
			t.Errorf("docs/README.md does not lead to %s", page)
		}
	}
	for _, file := range append([]string{"../README.md", "../CONTRIBUTING.md"}, pages...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range regexp.MustCompile(`\]\(([^):#]+)(?:#[^)]*)?\)`).FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), link[1])); err != nil {
				t.Errorf("%s leads to %s, which is not there", file, link[1])
			}
		}
	}
}
