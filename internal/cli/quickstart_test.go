package cli

import (
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"posthaste/collections"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// TestQuickstart does what docs/quickstart-vipps.md says, command by command, in a folder that has what a release has.
// Where the page tells a person to fill in keys, the simulator's are filled in.
func TestQuickstart(t *testing.T) {
	page := read(t, "..", "..", "docs", "quickstart-vipps.md")
	q := &quickstart{T: t, dir: t.TempDir(), addr: freeAddress(t)}
	q.unpack()
	ran, pictures := 0, 0
	for line := range strings.Lines(page) {
		command, ok := strings.CutPrefix(line, "    ")
		switch {
		case strings.HasPrefix(line, "4. Copy four values"):
			q.fillIn()
		case ok:
			ran++
			q.command(strings.TrimSpace(command))
		case strings.HasPrefix(line, "!["):
			pictures++
			q.picture(line)
		}
	}
	if ran < 12 || pictures < 4 {
		t.Errorf("%d commands and %d pictures were found, which is too few", ran, pictures)
	}
	for _, file := range []string{"posthaste-report/junit.xml", "posthaste-report/html.html"} {
		if _, err := os.Stat(filepath.Join(q.dir, file)); err != nil {
			t.Errorf("the page promises %s: %v", file, err)
		}
	}
	for _, link := range regexp.MustCompile(`\]\(([a-z-]+\.md)\)`).FindAllStringSubmatch(page, -1) {
		if _, err := os.Stat(filepath.Join("..", "..", "docs", link[1])); err != nil {
			t.Errorf("the page leads to %s, which is not there", link[1])
		}
	}
}

// A quickstart is one reader of the page.
type quickstart struct {
	*testing.T
	dir, addr string
	shown     string // the command that ran last, and what it printed
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// unpack puts the folder of collections in place, and keys as NAME=value lines.
func (q *quickstart) unpack() {
	files := map[string]string{}
	err := fs.WalkDir(collections.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(collections.Files(), path)
		files["collections/"+path] = string(data)
		return err
	})
	if err != nil {
		q.Fatal(err)
	}
	k := vipps.New(vipps.Options{Now: time.Now}).Keys()
	files["keys.env"] = "client_id=" + k.ClientID + "\nclient_secret=" + k.ClientSecret + "\nOcp-Apim-Subscription-Key=" + k.SubscriptionKey +
		"\nmerchantSerialNumber=" + k.MerchantSerialNumber + "\nmobileNumber=" + k.MobileNumber + "\ninternationalMobileNumber=" + k.InternationalMobileNumber + "\n"
	write(q.T, q.dir, files)
}

// fillIn puts the values of keys.env into test.json.
func (q *quickstart) fillIn() {
	text := read(q.T, q.dir, "test.json")
	for line := range strings.Lines(read(q.T, q.dir, "keys.env")) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		place := regexp.MustCompile(`("key": "` + name + `",\s*"value": )"[^"]*"`)
		if !place.MatchString(text) {
			q.Fatalf("the template has no %s", name)
		}
		text = place.ReplaceAllString(text, `${1}"`+value+`"`)
	}
	write(q.T, q.dir, map[string]string{"test.json": text})
}

// command carries a line out as a shell would.
func (q *quickstart) command(line string) {
	line, comment, _ := strings.Cut(line, " # ")
	line = strings.ReplaceAll(line, "127.0.0.1:8080", q.addr)
	args := shellWords(line)
	switch args[0] {
	case "cp":
		write(q.T, q.dir, map[string]string{args[2]: read(q.T, q.dir, args[1])})
	case "curl":
		q.get(args[1])
	case "posthaste":
		if args[1] == "simulate" {
			q.simulate(args[1:])
			return
		}
		want := process.ExitPassed
		if comment != "" {
			want = int(comment[len(comment)-1] - '0')
		}
		args = args[1:]
		if args[0] != "demo" && !strings.Contains(line, "simulator.json") {
			args = append(args, "--map", "https://apitest.vipps.no=http://"+q.addr)
		}
		code, out := inTerminal(q.T, q.dir, args...)
		if code != want {
			q.Errorf("%s: exit code %d, want %d\n%s", line, code, want, out)
		}
		q.shown = "$ " + strings.ReplaceAll(line, q.addr, "127.0.0.1:8080") + "\n" + strings.ReplaceAll(out, q.addr, "127.0.0.1:8080")
	default:
		q.Errorf("%s: nobody knows how to do that", line)
	}
}

func (q *quickstart) get(url string) {
	res, err := http.Get(url) //nolint:gosec // the page says so
	if err != nil {
		q.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err != nil || !strings.Contains(string(body), `"reference"`) {
		q.Errorf("GET %s gives %s, %v", url, body, err)
	}
}

// simulate starts the command as a process of its own, which ends with the test.
func (q *quickstart) simulate(args []string) {
	cmd := startable(q.T, q.dir, args...)
	if err := cmd.Start(); err != nil {
		q.Fatal(err)
	}
	q.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for range 200 {
		if conn, err := net.Dial("tcp", q.addr); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	q.Fatal("the simulator does not answer")
}

// shellWords splits a line as a shell does; there are only double quotes.
func shellWords(line string) []string {
	var list []string
	for i, piece := range strings.Split(line, `"`) {
		if i%2 == 1 {
			list = append(list, piece)
			continue
		}
		list = append(list, strings.Fields(piece)...)
	}
	return list
}
