package runtest_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"posthaste/run"
	"posthaste/runner/event"
	"posthaste/runtest"
)

const collectionFile = "testdata/greetings.postman_collection.json"

// greetings is the API of the tests.
func greetings() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`{"text": "hello ` + r.URL.Query().Get("to") + `"}`))
	})
}

func TestEachRequestIsASubtest(t *testing.T) {
	var sent int
	result := runtest.File(t, collectionFile, run.Options{
		Transport: run.Handler(greetings()),
		Events: func(e event.Masked) error {
			if _, ok := e.Event().(event.RequestSent); ok {
				sent++
			}
			return nil
		},
	})
	if sent != 2 || result.Summary.Assertions.Total != 2 {
		t.Errorf("%d requests were sent, %d assertions ran", sent, result.Summary.Assertions.Total)
	}
	if v, _ := result.Value("greeted"); v != "Ada" {
		t.Errorf("the variable of the run is %q", v)
	}
}

// outside is the test of a module of somebody else: a run that passes, one whose server says another thing, and one that
// cannot begin.
const outside = `package outside

import (
	"net/http"
	"testing"

	"posthaste/run"
	"posthaste/runtest"
)

func answer(text string) http.RoundTripper {
	return run.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(text)) }))
}

func TestPasses(t *testing.T) {
	runtest.File(t, "greetings.json", run.Options{Transport: answer("{\"text\": \"hello Ada\"}"), Folders: []string{"People"}})
}

func TestFails(t *testing.T) {
	runtest.File(t, "greetings.json", run.Options{
		Transport: answer("{\"text\": \"good bye\"}"),
		Variables: map[string]string{"client_secret": "a-secret-that-nobody-may-see"},
	})
}

func TestCannotBegin(t *testing.T) {
	runtest.File(t, "nothing.json", run.Options{})
}

func TestNoAnswer(t *testing.T) {
	runtest.File(t, "greetings.json", run.Options{AllowHosts: []string{"elsewhere.test"}})
}
`

// A module outside of this tree requires it with a replace line, and its tests tell what failed.
func TestAModuleOutsideRunsCollectionsAsTests(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: short: it compiles a module")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("skipped: go: it is not in PATH")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	mod := read(t, filepath.Join(root, "go.mod"))
	requirements := mod[strings.Index(mod, "require ("):]
	write(t, filepath.Join(dir, "go.mod"), "module outside.test\n\ngo 1.26.0\n\nrequire posthaste v0.0.0\n\nreplace posthaste => "+root+"\n\n"+requirements)
	write(t, filepath.Join(dir, "go.sum"), read(t, filepath.Join(root, "go.sum")))
	write(t, filepath.Join(dir, "greetings.json"), read(t, collectionFile))
	write(t, filepath.Join(dir, "outside_test.go"), outside)
	c := exec.CommandContext(t.Context(), goTool, "test", "-v", ".")
	c.Dir = dir
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	out, err := c.CombinedOutput()
	text := string(out)
	if err == nil {
		t.Errorf("tests of a collection that fails passed:\n%s", text)
	}
	for _, want := range []string{
		`--- PASS: TestPasses/People/Greet_Ada `,
		`--- FAIL: TestFails/People/Greet_Ada `,
		`--- FAIL: TestFails/Greet_all `,
		`--- FAIL: TestCannotBegin `,
		`--- FAIL: TestNoAnswer/People/Greet_Ada `,
		`expected 'good bye' to equal 'hello Ada'`,
		`nothing.json`,
		`elsewhere.test`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the output lacks %q:\n%s", want, text)
		}
	}
	if regexp.MustCompile(`--- (FAIL|SKIP): TestPasses`).MatchString(text) || strings.Contains(text, "panic") {
		t.Errorf("the run that passes has failed:\n%s", text)
	}
	if strings.Contains(text, "a-secret-that-nobody-may-see") {
		t.Errorf("the output has the secret:\n%s", text)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
