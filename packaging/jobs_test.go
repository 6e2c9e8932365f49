//go:build linux

package packaging_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"go.yaml.in/yaml/v3"
)

const (
	version = "v0.0.1-test"
	token   = "token-that-no-log-may-show"
)

// A job is a job of a CI system: the shell scripts that it runs, in their order, and what stands in for that system.
type job struct {
	scripts []string
	report  string   // where the system looks for JUnit
	env     []string // what the system sets beside the variables of all jobs
}

// jobs reads the example of each CI system.
func jobs(t *testing.T) map[string]job {
	t.Helper()
	read := func(name string, into any) {
		if err := yaml.Unmarshal([]byte(text(t, "../"+name)), into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	const junit = "posthaste-report/junit.xml"
	all := map[string]job{}

	jenkins := blocks(text(t, "../examples/ci/Jenkinsfile"), `(?s)sh '''(.*?)'''`)
	all["Jenkins"] = job{scripts: jenkins, report: junit}

	var azure struct {
		Steps []struct{ Bash string }
	}
	read("examples/ci/azure-pipelines.yml", &azure)
	j := job{report: junit}
	for _, step := range azure.Steps {
		if step.Bash != "" {
			j.scripts = append(j.scripts, step.Bash)
		}
	}
	all["Azure"] = j

	var bitbucket struct {
		Pipelines struct {
			Default []struct{ Step struct{ Script []string } }
		}
	}
	read("examples/ci/bitbucket-pipelines.yml", &bitbucket)
	all["Bitbucket"] = job{scripts: []string{strings.Join(bitbucket.Pipelines.Default[0].Step.Script, "\n")}, report: "test-reports/junit.xml"}

	var circle struct {
		Jobs map[string]struct {
			Steps []yaml.Node
		}
	}
	read("examples/ci/.circleci/config.yml", &circle)
	j = job{report: junit}
	for _, step := range circle.Jobs["api"].Steps {
		var run struct{ Run struct{ Command string } }
		if step.Decode(&run) == nil && run.Run.Command != "" {
			j.scripts = append(j.scripts, run.Run.Command)
		}
	}
	all["CircleCI"] = j

	var kite struct {
		Steps []struct{ Command string }
	}
	read("examples/ci/.buildkite/pipeline.yml", &kite)
	all["Buildkite"] = job{scripts: []string{strings.ReplaceAll(kite.Steps[0].Command, "$$", "$")}, report: junit}

	var scripts []string
	for _, script := range blocks(text(t, "../examples/ci/.teamcity/settings.kts"), `(?s)scriptContent = """(.*?)"""`) {
		scripts = append(scripts, strings.NewReplacer("${'$'}", "$", "%%", "%").Replace(script))
	}
	all["TeamCity"] = job{scripts: scripts, report: junit}

	var gitlab struct{ API struct{ Script []string } }
	read("examples/ci/gitlab-ci.yml", &gitlab)
	all["GitLab"] = job{scripts: []string{strings.Join(gitlab.API.Script, "\n")}, report: junit}

	_, component, _ := strings.Cut(text(t, "../templates/run.yml"), "\n---\n")
	for name, value := range map[string]string{
		"collection": "tests/api.postman_collection.json",
		"arguments":  `--environment tests/api.postman_environment.json --env-file "$API_SECRETS"`,
	} {
		component = strings.ReplaceAll(component, "$[[ inputs."+name+" ]]", strings.ReplaceAll(value, `"`, `\"`))
	}
	component = regexp.MustCompile(`\$\[\[ inputs\.[\w-]+ \]\]`).ReplaceAllString(component, "x")
	component = strings.ReplaceAll(component, `\"`, `"`)
	var included map[string]struct{ Script []string }
	if err := yaml.Unmarshal([]byte(component), &included); err != nil {
		t.Fatalf("templates/run.yml: %v", err)
	}
	all["GitLab component"] = job{scripts: []string{strings.Join(included["x"].Script, "\n")}, report: junit}

	all["GitHub action"] = action(t)
	return all
}

// blocks are what the first group of a pattern matches, again and again.
func blocks(text, pattern string) (list []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}

// action is action.yml, called as examples/ci/github.yml calls it.
func action(t *testing.T) job {
	t.Helper()
	var file struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Steps []struct {
				Run string
				Env map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(text(t, "../action.yml")), &file); err != nil {
		t.Fatal(err)
	}
	given := map[string]string{
		"collection": "tests/api.postman_collection.json", "environment": "tests/api.postman_environment.json",
		"env-file": "secrets.env", "version": version, "releases": "RELEASES",
		"arguments": `--env-var 'greeting=two words' --iteration-count 2`,
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	j := job{report: "posthaste-report/junit.xml", env: []string{
		"GITHUB_ACTIONS=true", "GITHUB_ACTION_PATH=" + root, "GITHUB_OUTPUT=output", "GITHUB_STEP_SUMMARY=summary", "POSTHASTE_SOURCE=",
	}}
	for _, step := range file.Runs.Steps {
		if step.Run == "" {
			continue
		}
		script := ""
		for name, value := range step.Env {
			input, ok := strings.CutPrefix(value, "${{ inputs.")
			if !ok {
				continue // of the runner: the test's environment has it
			}
			input = strings.TrimSuffix(input, " }}")
			text, ok := given[input]
			if !ok {
				text = file.Inputs[input].Default
			}
			if text == "RELEASES" {
				continue
			}
			script += name + "='" + strings.ReplaceAll(text, "'", `'\''`) + "'\nexport " + name + "\n"
		}
		j.scripts = append(j.scripts, script+step.Run)
	}
	return j
}

// release serves a release of the program as it is here: an archive and its sum, which is wrong where broken says so.
func release(t *testing.T, broken *atomic.Bool) *httptest.Server {
	t.Helper()
	built := filepath.Join(t.TempDir(), "posthaste")
	c := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-s -w -X main.version="+version, "-o", built, "..")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	var archive bytes.Buffer
	zipped := gzip.NewWriter(&archive)
	w := tar.NewWriter(zipped)
	name := "posthaste_" + version + "_linux_" + runtime.GOARCH
	data := text(t, built)
	if err := os.Remove(built); err != nil { // there may be little room
		t.Fatal(err)
	}
	if err := w.WriteHeader(&tar.Header{Name: name + "/posthaste", Mode: 0o755, Size: int64(len(data))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(archive.Bytes()))
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/" + version + "/" + name + ".tar.gz":
			_, _ = rw.Write(archive.Bytes())
		case "/" + version + "/SHA256SUMS":
			of := sum
			if broken.Load() {
				of = strings.Repeat("0", 64)
			}
			fmt.Fprintf(rw, "%s  posthaste_%s_windows_amd64.zip\n%s  %s.tar.gz\n", strings.Repeat("1", 64), version, of, name)
		default:
			http.NotFound(rw, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// home makes the folder in which a job runs.
func home(t *testing.T, base string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"tests/api.postman_collection.json": `{"info":{"name":"api"},"item":[{"name":"one","request":{"method":"GET","url":"{{base}}/x","header":[{"key":"Authorization","value":"Bearer {{token}}"}]},
			"event":[{"listen":"test","script":{"exec":"pm.test('it is there', () => pm.response.to.have.status(200)); console.log(pm.environment.get('token'), pm.environment.get('greeting'))"}}]}]}`,
		"tests/api.postman_environment.json": `{"name":"test","values":[{"key":"base","value":""},{"key":"token","value":"","type":"secret"}]}`,
		"secrets.env":                        "base=" + base + "\ntoken=" + token + "\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestTheJobsOfEveryCISystemRun executes the shell steps of each example, with a release of this program served on this
// machine in place of the network's.
func TestTheJobsOfEveryCISystemRun(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: short: it builds the program")
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("skipped: platform: the jobs run on linux/amd64")
	}
	for _, tool := range []string{"bash", "curl", "tar", "sha256sum", "xargs"} {
		if _, err := exec.LookPath(tool); err != nil {
			needs(t, tool, "it is not in PATH")
		}
	}
	var broken, failing atomic.Bool
	releases := release(t, &broken)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if failing.Load() || r.Header.Get("Authorization") != "Bearer "+token {
			w.WriteHeader(http.StatusTeapot)
		}
		fmt.Fprint(w, `{}`)
	}))
	defer api.Close()
	// run executes the scripts of a job as the CI system does: each in a shell of its own, until one fails. It returns the
	// JUnit report, "" for none, and the outputs of the step. The folder is removed: each has a copy of the program.
	run := func(t *testing.T, j job) (out, report, outputs string, code int) {
		t.Helper()
		dir := home(t, api.URL)
		defer func() {
			for name, into := range map[string]*string{j.report: &report, "output": &outputs} {
				if data, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
					*into = string(data)
				}
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		}()
		for _, script := range j.scripts {
			c := exec.CommandContext(t.Context(), "bash", "-eo", "pipefail", "-c", script)
			c.Dir = dir
			c.Env = append([]string{
				"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "RUNNER_TEMP=" + dir, "AGENT_TEMPDIRECTORY=" + dir, "NO_COLOR=1",
				"POSTHASTE_VERSION=" + version, "POSTHASTE_RELEASES=" + releases.URL,
				"API_SECRETS=" + filepath.Join(dir, "secrets.env"), "API_BASE=" + api.URL, "API_TOKEN=" + token,
			}, j.env...)
			b, err := c.CombinedOutput()
			out += string(b)
			if err != nil {
				return out, "", "", c.ProcessState.ExitCode()
			}
		}
		return out, "", "", 0
	}
	for name, j := range jobs(t) {
		if len(j.scripts) == 0 {
			t.Errorf("%s: the example has no script", name)
		}
		t.Run(name, func(t *testing.T) {
			broken.Store(false)
			failing.Store(false)
			out, report, outputs, code := run(t, j)
			if code != 0 || !strings.Contains(out, version) || !strings.Contains(report, "it is there") {
				t.Errorf("exit code %d, report %q\n%s", code, report, out)
			}
			masked := regexp.MustCompile(`(?m)^::add-mask::.*$`).ReplaceAllString(out, "") // GitHub is told so, and hides it
			if strings.Contains(masked, token) || strings.Contains(report, token) {
				t.Errorf("the token is shown\n%s\n%s", out, report)
			}
			if name == "GitHub action" {
				if !strings.Contains(out, "two words") || strings.Count(report, "it is there") < 2 {
					t.Errorf("the arguments did not arrive\n%s", out)
				}
				if !strings.Contains(outputs, "failed=0") {
					t.Errorf("the step's outputs are %q", outputs)
				}
			}
			failing.Store(true)
			if out, report, _, code = run(t, j); code != 1 || !strings.Contains(report, "it is there") {
				t.Errorf("a test that fails: exit code %d, want 1, report %q\n%s", code, report, out)
			}
			broken.Store(true)
			if out, report, _, code = run(t, j); code == 0 || report != "" || strings.Contains(out, "it is there") {
				t.Errorf("an archive with another sum was run: exit code %d, report %q\n%s", code, report, out)
			}
		})
	}
}
