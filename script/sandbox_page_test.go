package script

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite docs/sandbox.md")

const sandboxPage = "../docs/sandbox.md"

// A row is one line of testdata/sandbox.txt.
type row struct {
	area, name, how, code string
	prerequest, absent    bool
}

func (r row) state() string {
	switch {
	case strings.HasPrefix(r.how, "not built in"):
		return r.how
	case r.absent:
		return "not there, as in Postman"
	case r.how != "":
		return "differs: " + r.how
	}
	return "works"
}

func sandboxRows(t *testing.T) []row {
	t.Helper()
	text, err := os.ReadFile("testdata/sandbox.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	area := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "== "); ok {
			area = name
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		name, rest, _ := strings.Cut(line, "|")
		how, code, ok := strings.Cut(rest, "|")
		if !ok || area == "" {
			t.Fatalf("sandbox.txt: %q wants a name, how it differs, and an expression", line)
		}
		r := row{area: area, name: strings.TrimSpace(name), how: strings.TrimSpace(how), code: strings.TrimSpace(code)}
		r.name, r.absent = strings.CutPrefix(r.name, "-")
		r.code, r.prerequest = strings.CutPrefix(r.code, "(pre) ")
		rows = append(rows, r)
	}
	return rows
}

func TestSandboxHasWhatThePageSays(t *testing.T) {
	cache := NewCache()
	for _, r := range sandboxRows(t) {
		t.Run(r.name, func(t *testing.T) {
			s := newStage(t, Options{Cache: cache})
			s.send = func(*Request) (*Response, error) { return &Response{Received: true, Code: 200}, nil }
			if r.prerequest {
				s.call.Listen, s.call.Response = "prerequest", nil
			}
			s.run("const shown = (" + r.code + ");\nconsole.info('shown', shown === true || Boolean(shown))")
			said := s.said()
			if len(said) == 0 || said[len(said)-1] != "info: shown true" {
				t.Errorf("%s\ndoes not hold: %q", r.code, said)
			}
			if s.result.Failed > 0 {
				t.Errorf("assertions failed: %v", s.asserted())
			}
		})
	}
}

func TestSandboxPageIsCurrent(t *testing.T) {
	var b strings.Builder
	b.WriteString("# The sandbox, name by name\n\nThis page lists every name that scripts can use, and says whether it works as in Postman's newest sandbox.\n" +
		"[compatibility.md](compatibility.md) says what `--newman-compat` changes.\n\n`go test ./script -run SandboxPage -update` writes this page. " +
		"The names are from `script/testdata/sandbox.txt`, where each line has an\nexpression that the tests run in the sandbox, and from `surface.json`, " +
		"the members of libraries that `tools/surface` reads from the packages.\n")
	area := ""
	for _, r := range sandboxRows(t) {
		if r.area != area {
			area = r.area
			b.WriteString("\n## " + area + "\n\n| name | state |\n| --- | --- |\n")
		}
		b.WriteString("| `" + strings.ReplaceAll(r.name, "`", "") + "` | " + r.state() + " |\n")
	}
	b.WriteString(surfacePage(t))
	if *update {
		if err := os.WriteFile(sandboxPage, []byte(b.String()), 0o644); err != nil { //nolint:gosec // a page for everybody
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(sandboxPage)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/sandbox.md is not what testdata/sandbox.txt says; run with -update (%v)", err)
	}
}
