//go:build linux

package cli

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWatch changes files while posthaste run --watch goes on: a request runs with what it depends on, an environment
// makes all run, a broken file is told and waited for, and Ctrl-C ends it with the exit code of the last run.
func TestWatch(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const first = `{"info":{"name":"w"},"item":[
 {"name":"Token","request":"{{base}}/t","event":[{"listen":"test","script":{"exec":["pm.environment.set('token', 'one')"]}}]},
 {"name":"Use","request":"{{base}}/{{token}}","event":[{"listen":"test","script":{"exec":["pm.test('used', () => pm.response.to.have.status(404))"]}}]},
 {"name":"Other","request":"{{base}}/o"}]}`
	write("c.json", first)
	write("e.json", `{"name":"e","values":[{"key":"base","value":"`+server.URL+`"}]}`)
	cmd := exec.CommandContext(t.Context(), "posthaste", "run", "c.json", "-e", "e.json", "--watch", "--output", "none")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "NO_COLOR=1", "TERM=xterm", "HOME="+dir)
	p := startOnTerminal(t, cmd)
	awaitTimes := func(text string, n int) {
		t.Helper()
		p.until(func(shown string) bool { return strings.Count(shown, text) == n })
	}
	awaitTimes("watching c.json, e.json; Ctrl-C ends", 1)
	write("c.json", strings.Replace(first, "{{base}}/{{token}}", "{{base}}/v2/{{token}}", 1))
	p.await("posthaste: changed: Use: running that, and what it depends on")
	awaitTimes("Ctrl-C ends", 2)
	write("e.json", `{"name":"e","values":[{"key":"base","value":"`+server.URL+`/x"}]}`)
	p.await("posthaste: something changed: running all again")
	awaitTimes("Ctrl-C ends", 3)
	write("c.json", `{"info":`)
	p.await("reading the collection: c.json:1:")
	awaitTimes("Ctrl-C ends", 4)
	write("c.json", strings.Replace(first, "status(404)", "status(200)", 1))
	awaitTimes("Ctrl-C ends", 5)
	p.press("\x03")
	if code := p.exit(); code != 1 {
		t.Errorf("the exit code is %d:\n%s", code, p.shown())
	}
}
