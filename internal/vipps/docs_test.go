package vipps_test

import (
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
)

// A block of docs/vipps.md starts a simulator and does something with it.
type block struct{ simulator, line string }

// documented reads the blocks of a section, by their headings.
func documented(t *testing.T, title string) map[string]block {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "vipps.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(data), "\n## "+title+"\n")
	if !ok {
		t.Fatalf("docs/vipps.md has no section %q", title)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	blocks := map[string]block{}
	for _, part := range strings.Split(section, "\n### ")[1:] {
		heading, rest, _ := strings.Cut(part, "\n")
		var lines []string
		for line := range strings.Lines(rest) {
			if code, ok := strings.CutPrefix(line, "    "); ok {
				lines = append(lines, strings.TrimSpace(code))
			}
		}
		if len(lines) != 2 {
			t.Fatalf("%s has %d lines to paste, want 2", heading, len(lines))
		}
		blocks[heading] = block{lines[0], lines[1]}
	}
	return blocks
}

// words splits a line as a shell does; there are only single quotes.
func words(line string) []string {
	var list []string
	for i, piece := range strings.Split(line, "'") {
		if i%2 == 1 {
			list = append(list, piece)
			continue
		}
		list = append(list, strings.Fields(piece)...)
	}
	return list
}

// TestDocumentedLines pastes every block of the section, on a port that is free.
func TestDocumentedLines(t *testing.T) {
	want := map[string]struct {
		code int
		text string
	}{
		"Time passes":                        {0, `{"now":"2026-12-24T12:10:`},
		"Amounts that fail on purpose":       {process.ExitFailed, `"errorCode":"44"`},
		"A response that is lost":            {0, "tried again"},
		"Too many calls":                     {0, "tried again"},
		"The documented limits":              {process.ExitUnknown, "too many calls (HTTP 429)"},
		"A slow response":                    {0, "tried again"},
		"Occasional errors":                  {0, "passed"},
		"An error that no request can cause": {process.ExitFailed, "client_secret"},
	}
	blocks := documented(t, "Rare situations, in two commands")
	for heading := range want {
		if _, ok := blocks[heading]; !ok {
			t.Errorf("docs/vipps.md has no %q", heading)
		}
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for heading, b := range blocks {
		t.Run(heading, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Symlink(filepath.Join(root, "collections"), filepath.Join(dir, "collections")); err != nil {
				t.Skipf("skipped: no symbolic links: %v", err)
			}
			free := strings.NewReplacer("127.0.0.1:8080", freePort(t))
			args := words(free.Replace(b.simulator))
			if strings.Join(args[:3], " ") != "posthaste simulate vipps" {
				t.Fatalf("the first line is %q", b.simulator)
			}
			simulate(t, dir, args[3:]...)
			code, text := paste(t, dir, free.Replace(b.line))
			if w := want[heading]; code != w.code || !strings.Contains(text, w.text) {
				t.Errorf("exit code %d, want %d; want %q in\n%s", code, w.code, w.text, text)
			}
		})
	}
}

// freePort is an address that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// paste does what a shell does with a line: posthaste, curl -d, and a loop, whose last turn counts.
func paste(t *testing.T, dir, line string) (code int, text string) {
	t.Helper()
	if loop, ok := strings.CutPrefix(line, "for i in "); ok {
		turns, body, _ := strings.Cut(strings.TrimSuffix(loop, "; done"), "; do ")
		for range strings.Fields(turns) {
			code, text = paste(t, dir, body)
		}
		return code, text
	}
	args := words(line)
	switch {
	case args[0] == "posthaste":
		return start(t, dir, args[1:]...).finish()
	case args[0] == "curl" && args[1] == "-d" && len(args) == 4:
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, args[3], strings.NewReader(args[2]))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded") // as curl says
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		body, err := io.ReadAll(a.Body)
		if err != nil {
			t.Fatal(err)
		}
		return 0, string(body)
	}
	t.Fatalf("no shell here knows %q", line)
	return 0, ""
}
