package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"posthaste/internal/cli/process"
)

// A trouble is a server, or the lack of one, that gives no proper answer.
type trouble struct {
	url     string
	args    []string
	env     map[string]string
	code    string // of the error; "" where Node has none
	message string
}

// TestTroubleIsARequestErrorAndTheRunGoesOn runs two requests: one into trouble, and one to a server in order. The
// first is an error that reports name, in time; the second is sent and passes.
func TestTroubleIsARequestErrorAndTheRunGoesOn(t *testing.T) {
	for name, prepare := range troubles() {
		for _, compat := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, compat %v", name, compat), func(t *testing.T) {
				t.Parallel()
				runIntoTrouble(t, prepare(t, compat), compat)
			})
		}
	}
}

// longest is far more than any --timeout-request here, and less than a run that hangs.
const longest = 20 * time.Second

func runIntoTrouble(t *testing.T, trouble trouble, compat bool) {
	t.Helper()
	var reached atomic.Int32
	good := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { reached.Add(1); fmt.Fprint(w, "fine") }))
	t.Cleanup(good.Close)
	dir := t.TempDir()
	collection, err := json.Marshal(map[string]any{
		"info": map[string]string{"name": "trouble"},
		"item": []any{
			map[string]any{"name": "into trouble", "request": trouble.url},
			map[string]any{"name": "afterwards", "request": good.URL + "/", "event": []any{map[string]any{
				"listen": "test", "script": map[string]string{"exec": "pm.test('is answered', () => pm.expect(pm.response.text()).to.equal('fine'))"},
			}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.json"), collection, 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"run", "c.json", "-r", "cli,junit", "--reporter-junit-export", "out.xml", "--timeout-request", "500"}, trouble.args...)
	if compat {
		args = append(args, "--newman-compat")
	}
	ctx, cancel := context.WithTimeout(t.Context(), longest)
	defer cancel()
	var stdout, stderr bytes.Buffer
	exit := Main(ctx, &process.Process{
		Args: args, Env: func(name string) (string, bool) { v, ok := trouble.env[name]; return v, ok },
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Width: 200, Dir: dir, Now: time.Now, Version: "test",
	})
	if ctx.Err() != nil {
		t.Fatalf("the run did not end within %v", longest)
	}
	if exit != 1 {
		t.Errorf("exit code %d, want 1\n%s%s", exit, &stdout, &stderr)
	}
	if n := reached.Load(); n != 1 {
		t.Errorf("the request afterwards was sent %d times, want once", n)
	}
	if out := stdout.String(); !strings.Contains(out, trouble.message) {
		t.Errorf("the terminal does not say %q:\n%s", trouble.message, out)
	}
	junitTells(t, filepath.Join(dir, "out.xml"), trouble, compat)
}

// junitTells looks for the error and the passed test in a JUnit report.
func junitTells(t *testing.T, file string, trouble trouble, compat bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	type failure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
	}
	var report struct {
		Suites []struct {
			Name      string `xml:"name,attr"`
			Errors    int    `xml:"errors,attr"`
			SystemErr string `xml:"system-err"`
			Cases     []struct {
				Name    string   `xml:"name,attr"`
				Error   *failure `xml:"error"`
				Failure *failure `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	told, passed := false, false
	for _, suite := range report.Suites {
		if compat && suite.Errors == 1 && strings.Contains(suite.SystemErr, trouble.message) {
			told = true
		}
		for _, c := range suite.Cases {
			switch {
			case c.Error != nil && strings.Contains(c.Error.Message, trouble.message):
				told = told || trouble.code == "" || c.Error.Type == trouble.code
			case c.Name == "is answered":
				passed = c.Error == nil && c.Failure == nil
			}
		}
	}
	if !told || !passed {
		t.Errorf("JUnit names %s %q: %v; the test afterwards passed: %v\n%s", trouble.code, trouble.message, told, passed, data)
	}
}
