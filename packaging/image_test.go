//go:build linux

// Package packaging_test tries what a release is made of: the image, the action and the jobs of CI systems.
package packaging_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/internal/vipps"
)

// An image is what the Dockerfile describes, laid out in a folder.
type image struct {
	t     *testing.T
	root  string
	work  string // what is mounted at /work
	env   []string
	user  string
	wd    string
	entry string
}

// lines returns the instructions of the Dockerfile, with continued lines joined.
func lines(t *testing.T) []string {
	t.Helper()
	var list []string
	for line := range strings.Lines(strings.ReplaceAll(text(t, "../Dockerfile"), "\\\n", " ")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
}

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// built follows the Dockerfile: it runs what the first stage runs, with /out in a folder of the test's, and copies what
// the second stage copies.
func built(t *testing.T) *image {
	t.Helper()
	probe := t.TempDir()
	if err := os.Chown(probe, 65532, 65532); err != nil {
		needs(t, "root", "only root can lay out an image: "+err.Error())
	}
	if out, err := exec.CommandContext(t.Context(), "unshare", "-m", "true").CombinedOutput(); err != nil {
		needs(t, "unshare", "unshare -m does not work here: "+string(out))
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil { // the user of the image has to reach it
		t.Fatal(err)
	}
	m := &image{t: t, root: filepath.Join(dir, "root"), work: filepath.Join(dir, "volume")}
	out := filepath.Join(dir, "out")
	for _, d := range []string{m.root, m.work, out} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chown(m.work, 65532, 65532); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines(t) {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "RUN":
			m.shell("cd .. && " + strings.ReplaceAll(rest, "/out", out))
		case "COPY":
			if from, ok := strings.CutPrefix(rest, "--from=build "); ok {
				m.copy(from, out)
			}
		case "ENV":
			m.env = strings.Fields(rest)
		case "USER":
			m.user = rest
		case "WORKDIR":
			m.wd = rest
		case "ENTRYPOINT":
			m.entry = strings.Trim(rest, `[]"`)
		}
	}
	return m
}

func needs(t *testing.T, what, why string) {
	t.Helper()
	if os.Getenv("REQUIRE_"+strings.ToUpper(what)) == "1" {
		t.Fatal(what + ": " + why)
	}
	t.Skip("skipped: " + what + ": " + why)
}

func (m *image) shell(script string) {
	m.t.Helper()
	c := exec.CommandContext(m.t.Context(), "/bin/sh", "-euc", script)
	c.Env = append(os.Environ(), "VERSION=v0.0.1-test")
	if out, err := c.CombinedOutput(); err != nil {
		m.t.Fatalf("%s: %v\n%s", script, err, out)
	}
}

// copy is a COPY from the first stage.
func (m *image) copy(what, out string) {
	m.t.Helper()
	owner := ""
	if rest, ok := strings.CutPrefix(what, "--chown="); ok {
		owner, what, _ = strings.Cut(rest, " ")
	}
	from, to, _ := strings.Cut(what, " ")
	from, to = strings.Replace(from, "/out", out, 1), filepath.Join(m.root, to)
	m.shell("mkdir -p " + filepath.Dir(to) + " && cp -a " + from + " " + to)
	if owner != "" {
		m.shell("chown -R " + owner + " " + to)
	}
}

// run runs the entry point as the image's user, with a root that cannot be written. volume mounts a folder at /work.
func (m *image) run(volume bool, env []string, args ...string) (output string, code int) {
	m.t.Helper()
	script := "mount --bind " + m.root + " " + m.root + " && "
	if volume {
		script += "mount --bind " + m.work + " " + filepath.Join(m.root, "work") + " && "
	}
	uid, gid, _ := strings.Cut(m.user, ":")
	script += "mount -o remount,ro,bind " + m.root + ` && exec env -i "$@"`
	words := append(append([]string{}, m.env...), env...)
	words = append(words, "/usr/bin/unshare", "--root="+m.root, "--wd="+m.wd, "--setuid="+uid, "--setgid="+gid, m.entry)
	c := exec.CommandContext(m.t.Context(), "unshare", append([]string{"-m", "/bin/sh", "-c", script, "sh"}, append(words, args...)...)...)
	out, err := c.CombinedOutput()
	if err != nil && c.ProcessState == nil {
		m.t.Fatal(err)
	}
	return string(out), c.ProcessState.ExitCode()
}

func TestTheImageWorksWithoutRightsOnARootThatCannotBeWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: short: it builds the program")
	}
	m := built(t)
	if m.user == "" || strings.HasPrefix(m.user, "0") || strings.HasPrefix(m.user, "root") {
		t.Fatalf("the image runs as %q", m.user)
	}
	server := vipps.New(vipps.Options{Now: time.Now, Client: &http.Client{}})
	sim := httptest.NewServer(server)
	defer func() { sim.Close(); server.Close() }()
	keys := server.Keys()
	write := func(name, content string) {
		path := filepath.Join(m.work, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("api.json", `{"info":{"name":"api"},"item":[{"name":"one","request":"{{base}}/","event":[{"listen":"test","script":{"exec":
		"pm.test('time zones are there', () => pm.expect(new Date(0).toLocaleString('en-GB', {timeZone: 'Europe/Oslo'})).to.include('01:00'))"}}]}]}`)
	write("keys.env", "client_id="+keys.ClientID+"\nclient_secret="+keys.ClientSecret+"\nOcp-Apim-Subscription-Key="+keys.SubscriptionKey+"\nmerchantSerialNumber="+keys.MerchantSerialNumber+"\n")

	t.Run("version", func(t *testing.T) {
		if out, code := m.run(false, nil, "version"); code != 0 || !strings.Contains(out, "v0.0.1-test") {
			t.Errorf("exit code %d: %s", code, out)
		}
	})
	t.Run("run with reports", func(t *testing.T) {
		out, code := m.run(true, nil, "run", "api.json", "--env-var", "base="+sim.URL, "-r", "cli,junit,html")
		if code != 0 {
			t.Fatalf("exit code %d\n%s", code, out)
		}
		for _, name := range []string{"junit.xml", "html.html"} {
			if info, err := os.Stat(filepath.Join(m.work, "posthaste-report", name)); err != nil || info.Size() == 0 {
				found, _ := filepath.Glob(filepath.Join(m.work, "posthaste-report", "*"))
				t.Errorf("%s: %v; there are %v", name, err, found)
			}
		}
	})
	t.Run("a run that can write nowhere", func(t *testing.T) {
		if out, code := m.run(false, nil, "run", "/work/none.json"); code != 2 {
			t.Errorf("exit code %d, want 2\n%s", code, out)
		}
	})
	t.Run("demo", func(t *testing.T) {
		if out, code := m.run(true, nil, "demo"); code != 0 {
			t.Errorf("exit code %d\n%s", code, out)
		}
	})
	t.Run("check", func(t *testing.T) {
		out, code := m.run(true, nil, "check", "--env-file", "keys.env", "--map", "https://apitest.vipps.no="+sim.URL)
		if code != 0 || strings.Contains(out, keys.ClientSecret) {
			t.Errorf("exit code %d\n%s", code, out)
		}
	})
	t.Run("https", func(t *testing.T) {
		// The authorities of the image are read: a server that they do not know is refused, and not for their absence.
		tls := httptest.NewTLSServer(http.NotFoundHandler())
		defer tls.Close()
		out, code := m.run(true, nil, "run", "api.json", "--env-var", "base="+tls.URL, "-r", "cli")
		if code != 3 || !strings.Contains(out, "unable to verify") && !strings.Contains(out, "certificate") {
			t.Errorf("exit code %d\n%s", code, out)
		}
	})
}
