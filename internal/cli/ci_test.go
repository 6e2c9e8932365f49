package cli

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"posthaste/collections"
	"posthaste/internal/vipps"
)

// TestDocumentedJobs runs what the jobs of docs/ci.md run, with our ePayment collection and the simulator's keys as the
// secrets of CI. Only the install step is another: posthaste is this program, with --map to the simulator.
func TestDocumentedJobs(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: bash: not installed")
	}
	github, gitlab := documentedJobs(t)
	for name, script := range map[string]string{"github": github, "gitlab": gitlab} {
		t.Run(name, func(t *testing.T) {
			server := vipps.New(vipps.Options{Now: time.Now, Client: &http.Client{}})
			sim := httptest.NewServer(server)
			defer func() { sim.Close(); server.Close() }()
			home := jobHome(t, sim.URL)
			k := server.Keys()
			cmd := exec.CommandContext(t.Context(), shell, "-euo", "pipefail", "-c", script)
			cmd.Dir = home
			cmd.Env = append(os.Environ(), asCommand+"=1", "NO_COLOR=1", "XDG_CACHE_HOME="+home,
				"PATH="+filepath.Join(home, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"),
				"RUNNER_TEMP="+filepath.Join(home, "tmp"), "CI_BUILDS_DIR="+filepath.Join(home, "tmp"),
				"VIPPS_CLIENT_ID="+k.ClientID, "VIPPS_CLIENT_SECRET="+k.ClientSecret, "VIPPS_SUBSCRIPTION_KEY="+k.SubscriptionKey,
				"VIPPS_MSN="+k.MerchantSerialNumber, "VIPPS_TEST_PHONE="+k.MobileNumber)
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "passed: ") {
				t.Errorf("%v\n%s", err, out)
			}
			report, err := os.ReadFile(filepath.Join(home, "posthaste-report", "junit.xml"))
			if err != nil || !strings.Contains(string(report), "<testsuites") {
				t.Errorf("the report is %q, %v", report, err)
			}
			for _, text := range []string{string(out), string(report)} {
				if strings.Contains(text, k.ClientSecret) || strings.Contains(text, k.SubscriptionKey) {
					t.Error("a secret is shown")
				}
			}
			info, err := os.Stat(filepath.Join(home, "tmp", "vipps.env"))
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the file with the secrets is %v, %v", info.Mode(), err)
			}
		})
	}
}

// jobHome makes the folder in which a job runs.
func jobHome(t *testing.T, sim string) string {
	t.Helper()
	home := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"bin/posthaste": "#!/bin/sh\nexec '" + self + "' \"$@\" --map https://apitest.vipps.no=" + sim + "\n",
		"tmp/.keep":     "",
	}
	for name, file := range map[string]string{"collection": collections.EPayment, "environment": "vipps.postman_environment.json"} {
		data, err := fs.ReadFile(collections.Files(), file)
		if err != nil {
			t.Fatal(err)
		}
		files["tests/api.postman_"+name+".json"] = string(data)
	}
	for name, text := range files {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o700); err != nil { //nolint:gosec // bin/posthaste is executed
			t.Fatal(err)
		}
	}
	return home
}

// documentedJobs takes the scripts of the two jobs that run a collection out of docs/ci.md.
func documentedJobs(t *testing.T) (github, gitlab string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "ci.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(page), "\n```yaml\n")[1:] {
		block, _, _ := strings.Cut(part, "\n```")
		var file struct {
			Jobs map[string]struct {
				Steps []struct {
					Name string
					Run  string
				}
			}
			Collection struct{ Script []string }
		}
		if yaml.Unmarshal([]byte(block), &file) != nil {
			continue
		}
		for _, step := range file.Jobs["collection"].Steps {
			if step.Name == "Run the collection" && github == "" {
				github = step.Run
			}
		}
		if len(file.Collection.Script) > 0 && gitlab == "" {
			gitlab = strings.Join(file.Collection.Script, "\n")
		}
	}
	if github == "" || gitlab == "" {
		t.Fatalf("docs/ci.md has no such jobs: %q, %q", github, gitlab)
	}
	return github, gitlab
}
