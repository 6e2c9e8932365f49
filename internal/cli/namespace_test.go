package cli

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"posthaste/collection"
	"posthaste/collections"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// insideNamespace is set for the copy of this test that runs in a network namespace of its own.
const insideNamespace = "POSTHASTE_INSIDE_NAMESPACE"

// mappedHosts are the hosts that Vipps' official collections name.
var mappedHosts = []string{"apitest.vipps.no", "api.vipps.no", "invoice-api.vipps.no"}

// TestNothingLeavesForAMappedHost runs our collections, and the official ones where they are, in a network namespace
// that has a loopback device only and whose resolver is ours: it sees each name that anything looks up.
func TestNothingLeavesForAMappedHost(t *testing.T) {
	if os.Getenv(insideNamespace) != "" {
		t.Skip("skipped: namespace: this is the copy inside")
	}
	resolver := filepath.Join(t.TempDir(), "resolv.conf")
	if err := os.WriteFile(resolver, []byte("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	enter := []string{"-rnm", "sh", "-c", `ip link set lo up && mount --bind "$0" /etc/resolv.conf && exec "$@"`, resolver}
	if out, err := exec.CommandContext(t.Context(), "unshare", append(enter, "true")...).CombinedOutput(); err != nil {
		if os.Getenv("REQUIRE_NAMESPACE") == "1" {
			t.Fatalf("REQUIRE_NAMESPACE=1: %v: %s", err, out)
		}
		t.Skip("skipped: namespace: unshare cannot make one here")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "unshare", append(enter, self, "-test.run=^TestInsideNamespace$", "-test.v")...)
	c.Env = append(os.Environ(), insideNamespace+"=1")
	out, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestInsideNamespace") {
		t.Errorf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "names looked up in all") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

func TestInsideNamespace(t *testing.T) {
	if os.Getenv(insideNamespace) == "" {
		t.Skip("skipped: namespace: TestNothingLeavesForAMappedHost runs it")
	}
	names := resolverLog(t)
	if _, err := net.DefaultResolver.LookupHost(t.Context(), "control.vipps.test"); err == nil || len(names()) == 0 {
		t.Fatalf("the resolver does not see what is looked up: %v", err)
	}
	files := ownFiles(t)
	official, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "vipps", "official", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range official {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := collection.Parse(path, data, collection.Options{}); err == nil && len(c.Items) > 0 {
			files[path] = data
		}
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048) // one for all: making it takes longest
	if err != nil {
		t.Fatal(err)
	}
	requests := 0
	for path, data := range files {
		for _, client := range []string{"http", "https"} {
			for _, sim := range []string{"http", "https"} {
				t.Run(filepath.Base(path)+"/"+client+" at "+sim, func(t *testing.T) {
					before := len(names())
					requests += runMapped(t, path, data, client, sim, key)
					for _, name := range names()[before:] {
						if slices.Contains(mappedHosts, strings.ToLower(strings.TrimSuffix(name, "."))) {
							t.Errorf("%s was looked up", name)
						}
					}
				})
			}
		}
	}
	t.Logf("%d requests of %d collections, names looked up in all: %v", requests, len(files), names())
	t.Run("without a map", func(t *testing.T) { // the same would be seen
		before := len(names())
		dir := t.TempDir()
		write(t, dir, map[string]string{"c.json": `{"info": {"name": "c"}, "item": [{"name": "r", "request": "https://apitest.vipps.no/accesstoken/get"}]}`})
		if code, _, _ := runIn(t, dir, "run", "c.json"); code != process.ExitUnknown || !slices.Contains(names()[before:], "apitest.vipps.no.") {
			t.Errorf("exit code %d, and these look-ups were seen: %v", code, names()[before:])
		}
	})
}

// ownFiles reads our collections.
func ownFiles(t *testing.T) map[string][]byte {
	t.Helper()
	entries, err := fs.Glob(collections.Files(), "*.postman_collection.json")
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d collections of ours, %v", len(entries), err)
	}
	files := map[string][]byte{}
	for _, name := range entries {
		data, err := fs.ReadFile(collections.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	return files
}

// runMapped gives a collection, whose environment names the real hosts, to the command with --map, and returns how many
// requests the simulator has answered.
func runMapped(t *testing.T, path string, data []byte, client, sim string, key *rsa.PrivateKey) int {
	t.Helper()
	var served atomic.Int64
	server := vipps.New(vipps.Options{
		Now: time.Now, Client: &http.Client{}, SigningKey: key, Log: func(vipps.Request) { served.Add(1) },
	})
	start := httptest.NewServer
	if sim == "https" {
		start = httptest.NewTLSServer
	}
	listening := start(server)
	defer func() { listening.Close(); server.Close() }()
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"collection.json": string(data), "env.json": string(vipps.Environment(client+"://apitest.vipps.no", server.Keys())),
	})
	args := []string{"run", "collection.json", "-e", "env.json", "--delay-request", "2", "--insecure"}
	for _, host := range mappedHosts {
		args = append(args, "--map", host+"="+listening.URL)
	}
	code, out, errs := runIn(t, dir, args...)
	isOurs := !strings.Contains(path, string(filepath.Separator))
	if isOurs && code != process.ExitPassed || code != process.ExitPassed && code != process.ExitFailed || served.Load() == 0 {
		t.Errorf("exit code %d, %d requests were answered\n%s%s", code, served.Load(), out, errs)
	}
	return int(served.Load())
}

// resolverLog answers on the loopback address's port 53 that no name exists, and returns what was asked.
func resolverLog(t *testing.T) func() []string {
	t.Helper()
	var config net.ListenConfig
	conn, err := config.ListenPacket(t.Context(), "udp", "127.0.0.1:53")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	var mu sync.Mutex
	var asked []string
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) == 0 {
				continue
			}
			mu.Lock()
			asked = append(asked, fmt.Sprint(m.Questions[0].Name))
			mu.Unlock()
			m.Response, m.RCode, m.Additionals = true, dnsmessage.RCodeNameError, nil
			if reply, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(reply, from)
			}
		}
	}()
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return append([]string(nil), asked...)
	}
}
