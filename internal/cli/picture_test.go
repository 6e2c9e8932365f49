package cli

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/cli/process"
)

// A picture is no longer than this; of a longer output it has the first lines and the last.
const (
	pictureHead = 10
	pictureTail = 24
)

// inTerminal runs a command as on a terminal that has colours and 100 columns, where both streams come together.
func inTerminal(t *testing.T, dir string, args ...string) (code int, shown string) {
	t.Helper()
	var out bytes.Buffer
	p := &process.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Width: 100, Dir: dir, Now: time.Now, Version: "dev",
		Env: func(name string) (string, bool) {
			if name == "FORCE_COLOR" {
				return "1", true
			}
			return verifying(name)
		},
	}
	code = Main(t.Context(), p)
	return code, out.String()
}

// picture compares what the last command printed with the picture that a line of the guide shows.
func (q *quickstart) picture(line string) {
	q.Helper()
	found := regexp.MustCompile(`^!\[[^\]]+\]\((pictures/[a-z-]+\.svg)\)$`).FindStringSubmatch(strings.TrimSpace(line))
	if found == nil {
		q.Fatalf("%q is no picture with a description", line)
	}
	comparePicture(q.T, found[1], q.shown)
}

// TestThePictureOfAFailedRun draws what the README shows: the end of a run with a wrong secret.
func TestThePictureOfAFailedRun(t *testing.T) {
	code, shown := inTerminal(t, t.TempDir(), "demo", "--env-var", "client_secret=wrong-on-purpose", "--output", "summary")
	if code != process.ExitFailed {
		t.Fatalf("exit code %d\n%s", code, shown)
	}
	comparePicture(t, "pictures/failed-run.svg", shown)
}

// comparePicture compares what a command printed with a picture in docs; with -update it draws it. Times, sizes and
// ports, which no two runs share, are not compared.
func comparePicture(t *testing.T, name, shown string) {
	t.Helper()
	path := filepath.Join("..", "..", "docs", filepath.FromSlash(name))
	drawn := drawTerminal(cutShort(shown))
	if *update {
		if err := os.WriteFile(path, []byte(drawn), 0o644); err != nil { //nolint:gosec // everyone may read it
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if steady(string(kept)) != steady(drawn) {
		t.Errorf("%s does not show what the command prints; tools/pictures/guide.sh draws it:\n%s", name, cmp.Diff(strings.Fields(steady(string(kept))), strings.Fields(steady(drawn))))
	}
}

// cutShort leaves out the middle of a long text.
func cutShort(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) <= pictureHead+pictureTail {
		return strings.Join(lines, "\n")
	}
	return strings.Join(append(append(lines[:pictureHead:pictureHead], "⋮"), lines[len(lines)-pictureTail:]...), "\n")
}

// steady takes out of a picture what is new in each run, and how its lines are broken, which depends on that.
func steady(svg string) string {
	for _, r := range [][2]string{
		{`<[^>]*>`, " "},
		{`\d+(\.\d+)? ?(ms|µs|kB|B|s)\b`, "N"},
		{`127\.0\.0\.1:\d+`, "ADDRESS"},
		{`\bph-\d+-\d+`, "ID"},
		{`Content-Length: \d+`, "LENGTH"},
		{`Date: [^G]*GMT`, "DATE"},
		{`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`, "ID"},
		{`\d{4}-\d\d-\d\dT[0-9:.]+Z`, "TIME"},
		{`\{&#34;.*…`, "JSON"}, // ids and times move the place where a line ends
	} {
		svg = regexp.MustCompile(r[0]).ReplaceAllString(svg, r[1])
	}
	return strings.Join(strings.Fields(svg), " ")
}

// clipped ends a line that is longer than a picture is wide. Colours take no room.
func clipped(line string) string {
	const room = 106
	count, isCode := 0, false
	for i, r := range line {
		switch {
		case r == '\x1b':
			isCode = true
		case isCode:
			isCode = r != 'm'
		case count == room:
			return line[:i] + "…"
		default:
			count++
		}
	}
	return line
}

// drawTerminal draws a text with its ANSI colours as an SVG that a page can show.
func drawTerminal(text string) string {
	const width, left, top, step = 900, 16, 30, 18
	lines := strings.Split(text, "\n")
	height := top + step*len(lines)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="13.5">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#1b1f24"/>`+"\n", width, height)
	colour := "#d7dde4"
	for i, line := range lines {
		fmt.Fprintf(&b, `<text x="%d" y="%d" xml:space="preserve">`, left, top+step*i)
		for j, piece := range strings.Split(clipped(line), "\x1b[") {
			if j > 0 {
				var code string
				code, piece, _ = strings.Cut(piece, "m")
				colour = terminalColour(code)
			}
			if piece != "" {
				fmt.Fprintf(&b, `<tspan fill="%s">%s</tspan>`, colour, html.EscapeString(piece))
			}
		}
		b.WriteString("</text>\n")
	}
	return b.String() + "</svg>\n"
}

func terminalColour(code string) string {
	switch code {
	case "31", "1;31":
		return "#ff7b72"
	case "32", "1;32":
		return "#56d364"
	case "33":
		return "#e3b341"
	case "36":
		return "#76c7e8"
	case "90", "2":
		return "#8b949e"
	}
	return "#d7dde4"
}

// TestDrawTerminal holds that a picture shows the text and nothing of the terminal's own.
func TestDrawTerminal(t *testing.T) {
	svg := drawTerminal("$ a <b>\n\x1b[32mok\x1b[0m & done")
	for _, want := range []string{`a &lt;b&gt;`, `<tspan fill="#56d364">ok</tspan>`, `<tspan fill="#d7dde4"> &amp; done</tspan>`} {
		if !strings.Contains(svg, want) {
			t.Errorf("%s is not in\n%s", want, svg)
		}
	}
	if got := clipped("\x1b[32m" + strings.Repeat("ø", 200)); got != "\x1b[32m"+strings.Repeat("ø", 106)+"…" {
		t.Errorf("a long line becomes %q", got)
	}
	if strings.Contains(svg, "\x1b") {
		t.Error("the picture has an escape")
	}
}
