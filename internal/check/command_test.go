package check_test

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/check"
	"posthaste/internal/check/report"
	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// TestCommand has the command check every state of the 2019 and the 2023 environment. What it prints is the golden
// report, apart from what depends on the moment and on the connection.
func TestCommand(t *testing.T) {
	server := vipps.New(vipps.Options{Now: time.Now})
	sim := httptest.NewServer(server)
	defer sim.Close()
	codes := map[report.Outcome]int{report.AllRight: process.ExitPassed, report.Finding: process.ExitFailed, report.CannotSay: process.ExitUnknown}
	for _, environment := range []string{"2019", "2023"} {
		files, outcomes := check.EnvironmentFiles(t, environment)
		if len(files) != 14 {
			t.Errorf("there are %d states, want unfilled, twelve that are wrong, and right", len(files))
		}
		for name, data := range files {
			t.Run(environment+"/"+name, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.WriteFile(filepath.Join(dir, "merchant.postman_environment.json"), data, 0o600); err != nil {
					t.Fatal(err)
				}
				var out, errs bytes.Buffer
				p := &process.Process{
					Args:  []string{"check", "-e", "merchant.postman_environment.json", "--map", "https://apitest.vipps.no=" + sim.URL},
					Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 80, Dir: dir, Now: time.Now, Version: "test",
					Env: func(string) (string, bool) { return "", false },
				}
				if code, want := cli.Main(t.Context(), p), codes[outcomes[name]]; code != want || errs.Len() > 0 {
					t.Errorf("exit code %d, want %d\n%s", code, want, errs.String())
				}
				golden, err := os.ReadFile(filepath.Join("testdata", "golden", environment, name+".txt"))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(timeless(string(golden)), timeless(out.String())); diff != "" {
					t.Errorf("(-golden +command)\n%s", diff)
				}
				verdict, _, _ := strings.Cut(out.String(), "\nFor support")
				if n := strings.Count(verdict, "Do this: "); n != 1 && outcomes[name] != report.AllRight {
					t.Errorf("it says %d times what to do", n)
				}
			})
		}
	}
}

// timeless takes out what differs between two runs, and how lines are broken for it.
func timeless(text string) string {
	for pattern, with := range map[string]string{
		`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`: "GUID",
		`\((TLS 1\.3|HTTP/1\.1), \d+\s+ms\)`:                           "(…)",
		`check-[0-9a-f]{16}`:                                           "check-RANDOM",
		`(?m)^  time .*$`:                                              "  time",
		`(?m)^  certificate .*\n`:                                      "",
	} {
		text = regexp.MustCompile(pattern).ReplaceAllString(text, with)
	}
	return strings.Join(strings.Fields(text), " ")
}
