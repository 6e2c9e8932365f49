//go:build linux

package cli

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A root is a file system that holds the program and what a test puts there, and nothing else: the image that
// docs/scale.md builds from scratch. It can be read only, and so can not hold a /tmp.
type root struct {
	t   *testing.T
	dir string
}

func newRoot(t *testing.T) *root {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "unshare", "-rm", "true").CombinedOutput(); err != nil {
		skipUnlessRequired(t, "unshare", fmt.Sprintf("unshare -rm does not work here: %v %s", err, out))
	}
	r := &root{t: t, dir: t.TempDir()}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(r.dir, "posthaste"), "../..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	return r
}

// skipUnlessRequired skips a test, or fails it where the environment says that what it lacks has to be there.
func skipUnlessRequired(t *testing.T, what, why string) {
	t.Helper()
	if os.Getenv("REQUIRE_"+strings.ToUpper(what)) != "" {
		t.Fatal(why)
	}
	t.Skip("skipped: " + what + ": " + why)
}

// write puts a file into the root.
func (r *root) write(path, text string) {
	r.t.Helper()
	full := filepath.Join(r.dir, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// run runs the program in the root, where only the directories named can be written. It returns its exit code.
func (r *root) run(env, writable []string, args ...string) (output string, code int) {
	r.t.Helper()
	script := "mount --bind " + r.dir + " " + r.dir + " && cd " + r.dir + " && "
	for _, dir := range writable {
		if err := os.MkdirAll(filepath.Join(r.dir, dir), 0o755); err != nil {
			r.t.Fatal(err)
		}
		script += "mount --bind ." + dir + " ." + dir + " && "
	}
	script += `mount -o remount,ro,bind . && exec chroot . /posthaste "$@"`
	cmd := exec.CommandContext(r.t.Context(), "unshare", append([]string{"-rm", "/bin/sh", "-c", script, "sh"}, args...)...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH")}, env...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		r.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// A manifest is what of a Kubernetes Job is executed.
type manifest struct {
	Kind string
	Spec struct {
		Completions int
		Template    struct {
			Spec struct {
				Containers []struct {
					Args []string
					Env  []struct{ Name, Value string }
				}
			}
		}
	}
}

// jobs reads the manifests of docs/scale.md.
func jobs(t *testing.T) []manifest {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "scale.md"))
	if err != nil {
		t.Fatal(err)
	}
	var found []manifest
	for _, block := range strings.Split(string(page), "<!-- checked: kubernetes -->\n```yaml\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		decoder := yaml.NewDecoder(strings.NewReader(text))
		for {
			var m manifest
			if decoder.Decode(&m) != nil {
				break
			}
			if m.Kind == "Job" {
				found = append(found, m)
			}
		}
	}
	if len(found) != 2 {
		t.Fatalf("docs/scale.md has %d jobs, want the shards and the report", len(found))
	}
	return found
}

func TestTheImageFromScratchRunsTheManifests(t *testing.T) {
	r := newRoot(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) }))
	t.Cleanup(server.Close)
	item := func(name string) map[string]any {
		return map[string]any{"name": name, "item": []any{map[string]any{
			"name": "request", "request": "{{base}}/" + name,
			"event": []any{map[string]any{"listen": "test", "script": map[string]any{"exec": "pm.test('" + name + "', () => pm.response.to.be.ok)"}}},
		}}}
	}
	collection := map[string]any{"info": map[string]any{"name": "api"}, "item": []any{item("Auth"), item("A"), item("B"), item("C"), item("D")}}
	data, err := json.Marshal(collection)
	if err != nil {
		t.Fatal(err)
	}
	r.write("tests/api.postman_collection.json", string(data))
	r.write("secrets/api.env", "base="+server.URL+"\n")
	all := jobs(t)
	shards, report := all[0], all[1]
	for i := range shards.Spec.Completions {
		c := shards.Spec.Template.Spec.Containers[0]
		env := []string{fmt.Sprintf("JOB_COMPLETION_INDEX=%d", i)}
		for _, v := range c.Env {
			if v.Value != "" {
				env = append(env, v.Name+"="+v.Value)
			}
		}
		known := strings.NewReplacer("$(RUN_ID)", "the-job", "$(JOB_COMPLETION_INDEX)", fmt.Sprint(i))
		var args []string
		for _, arg := range c.Args {
			args = append(args, known.Replace(arg))
		}
		if out, code := r.run(env, []string{"/shards"}, args...); code != 0 {
			t.Fatalf("shard %d: exit code %d\n%s", i, code, out)
		}
	}
	if out, code := r.run(nil, []string{"/shards"}, report.Spec.Template.Spec.Containers[0].Args...); code != 0 {
		t.Fatalf("the report: exit code %d\n%s", code, out)
	}
	var suites struct {
		Tests int `xml:"tests,attr"`
	}
	junit, err := os.ReadFile(filepath.Join(r.dir, "shards", "report", "junit.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(junit, &suites); err != nil || suites.Tests != 5 {
		t.Errorf("the report holds %d tests, want 5 (%v)", suites.Tests, err)
	}
	left, err := filepath.Glob(filepath.Join(r.dir, "shards", "*", ".*"))
	if hidden, globbing := filepath.Glob(filepath.Join(r.dir, "shards", ".*")); err != nil || globbing != nil || len(left)+len(hidden) > 0 {
		t.Errorf("files are left behind: %v %v", left, hidden)
	}
}

// failing is a collection whose one assertion fails.
const failing = `{"info": {"name": "c"}, "item": [{"name": "one", "request": "{{base}}/", "event": [{"listen": "test", "script": {"exec": "pm.test('no teapot', () => pm.response.to.have.status(418))"}}]}]}`

func TestARunThatCanWriteNowhereTellsOnTheTerminal(t *testing.T) {
	r := newRoot(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) }))
	t.Cleanup(server.Close)
	r.write("c.json", failing)
	out, code := r.run(nil, nil, "run", "/c.json", "--env-var", "base="+server.URL, "-r", "cli,teamcity,github,azure,gitlab")
	if code != 1 || !strings.Contains(out, "Failures") || !strings.Contains(out, "no teapot") || !strings.Contains(out, "##teamcity[testSuiteFinished") {
		t.Errorf("exit code %d, want 1, and the failure\n%s", code, out)
	}
	if out, code = r.run(nil, nil, "run", "/c.json", "--env-var", "base="+server.URL, "-r", "junit"); code != 2 || !strings.Contains(out, "read-only file system") {
		t.Errorf("a report that cannot be written: exit code %d, want 2\n%s", code, out)
	}
}

func TestAFullTemporaryDirectoryLosesNoReport(t *testing.T) {
	r := newRoot(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) }))
	t.Cleanup(server.Close)
	r.write("c.json", failing)
	if err := os.Mkdir(filepath.Join(r.dir, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	script := "cd " + r.dir + ` && mount -t tmpfs -o size=16k none full && cat /dev/zero > full/zero 2>/dev/null; exec ./posthaste "$@"`
	cmd := exec.CommandContext(t.Context(), "unshare", "-rm", "/bin/sh", "-c", script, "sh", "run", "c.json", "-n", "300", "--env-var", "base="+server.URL,
		"-r", "cli,json,junit,html,events,markdown,teamcity", "--reporter-json-export", "r/json", "--reporter-junit-export", "r/junit", "--reporter-html-export", "r/html", "--reporter-events-export", "r/events", "--reporter-markdown-export", "r/markdown")
	cmd.Env = append(os.Environ(), "TMPDIR="+filepath.Join(r.dir, "full"))
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != 1 || strings.Contains(string(out), "posthaste: error") {
		t.Fatalf("exit code %d (%v), want 1\n%s", code, err, out)
	}
	if n := strings.Count(string(out), "no teapot"); n < 300 {
		t.Errorf("the terminal shows %d failures, want 300 at least", n)
	}
	for _, name := range []string{"json", "junit", "html", "events", "markdown"} {
		data, err := os.ReadFile(filepath.Join(r.dir, "r", name))
		if err != nil || !strings.Contains(string(data), "no teapot") {
			t.Errorf("the %s report: %v, %d bytes", name, err, len(data))
		}
	}
}
