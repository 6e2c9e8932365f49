package vipps_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// A command is posthaste while it runs.
type command struct {
	out       *bufio.Reader
	printed   *bytes.Buffer // standard error
	interrupt chan os.Signal
	done      chan int
}

// start runs a command as main does, in a folder.
func start(t *testing.T, dir string, args ...string) *command {
	t.Helper()
	read, write := io.Pipe()
	c := &command{out: bufio.NewReader(read), printed: &bytes.Buffer{}, interrupt: make(chan os.Signal, 1), done: make(chan int, 1)}
	p := &process.Process{
		Args: args, Env: verifying, Stdin: strings.NewReader(""),
		Stdout: write, Stderr: c.printed, Width: 80, Dir: dir, Now: time.Now, Interrupts: c.interrupt, Version: "test",
	}
	go func() {
		code := cli.Main(context.WithoutCancel(t.Context()), p)
		write.Close()
		c.done <- code
	}()
	return c
}

// verifying is an environment in which runs check their outputs for secrets.
func verifying(name string) (string, bool) {
	if name == "POSTHASTE_VERIFY_REDACTION" {
		return "1", true
	}
	return "", false
}

// simulate starts a simulator, which ends with the test, and returns its address. Its environment is sim.json.
func simulate(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := start(t, dir, append([]string{"simulate", "vipps", "--write-env", "sim.json"}, args...)...)
	address, err := c.out.ReadString('\n')
	if err != nil {
		t.Fatalf("the simulator ended with %d: %s", <-c.done, c.printed)
	}
	go func() { _, _ = io.Copy(io.Discard, c.out) }()
	t.Cleanup(func() {
		c.interrupt <- os.Interrupt
		if code := <-c.done; code != 0 {
			t.Errorf("the simulator ended with %d", code)
		}
	})
	return strings.TrimSpace(address)
}

// holding is a line of GET /__sim/payments.
type holding struct {
	Kind, Reference, State string
	Open                   bool
	Reserved, Kept         int64
}

func holdings(t *testing.T, sim string) []holding {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, sim+"/__sim/payments", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	var list []holding
	if err := json.NewDecoder(a.Body).Decode(&list); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestFlow goes from initiation to refund with the command alone: a simulator, a run that listens for what the
// simulator sends, and somebody who approves. The collections of examples/vipps-flow hold all assertions.
func TestFlow(t *testing.T) {
	tests := map[string]struct {
		collection string
		isByHand   bool // in Chromium, on the landing page
		requests   string
	}{
		"eCommerce, force approved":      {"ecom", false, "7 requests, 9 assertions"},
		"ePayment, force approved":       {"epayment", false, "10 requests, 13 assertions"},
		"eCommerce, on the landing page": {"ecom", true, "7 requests, 9 assertions"},
		"ePayment, on the landing page":  {"epayment", true, "10 requests, 13 assertions"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var b *vipps.Browser
			if test.isByHand {
				b = vipps.NewBrowser(t)
			}
			dir := t.TempDir()
			sim := simulate(t, dir)
			file, err := filepath.Abs(filepath.Join("..", "..", "examples", "vipps-flow", test.collection+".postman_collection.json"))
			if err != nil {
				t.Fatal(err)
			}
			args := []string{"run", file, "-e", "sim.json", "--listen", "127.0.0.1:0"}
			if test.isByHand {
				args = append(args, "--env-var", "approve=by hand")
			}
			run := start(t, dir, args...)
			finish := sync.OnceValues(run.finish)
			go finish() // from now on: a command waits for who reads what it prints
			if test.isByHand {
				approve(b, sim)
			}
			code, text := finish()
			if code != 0 || !strings.Contains(text, "✓ passed: "+test.requests) {
				t.Errorf("exit code %d, want %q\n%s", code, test.requests, text)
			}
			if left := holdings(t, sim); len(left) != 1 || left[0].Reserved != 0 || left[0].Kept != 0 || left[0].Open {
				t.Errorf("after the refund the simulator holds %+v", left)
			}
		})
	}
}

// TestListenerOfTheSimulator runs a collection twice against a listener that stays, as Postman uses it: its address
// comes with the environment.
func TestListenerOfTheSimulator(t *testing.T) {
	dir := t.TempDir()
	simulate(t, dir, "--listen", "127.0.0.1:0")
	file, err := filepath.Abs(filepath.Join("..", "..", "examples", "vipps-flow", "epayment.postman_collection.json"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if code, text := start(t, dir, "run", file, "-e", "sim.json").finish(); code != 0 || !strings.Contains(text, "✓ passed: 10 requests, 13 assertions") {
			t.Errorf("exit code %d\n%s", code, text)
		}
	}
	if code, text := start(t, dir, "simulate", "vipps", "--listen", "nowhere:99999").finish(); code != process.ExitUsage || !strings.Contains(text, "listening for callbacks") {
		t.Errorf("exit code %d\n%s", code, text)
	}
}

// finish waits for a command and returns what it printed.
func (c *command) finish() (code int, text string) {
	printed, _ := io.ReadAll(c.out)
	return <-c.done, string(printed) + c.printed.String()
}

// TestTeardown lets the command run into a fault: what was reserved is given back in the same run, also when that stops at
// the first failure. A runner that knows nothing of posthaste.teardown stops without: the folder Teardown does it alone then.
func TestTeardown(t *testing.T) {
	own, err := filepath.Abs(filepath.Join("..", "..", "collections"))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		collection, fault string
		isBail, leaves    bool
	}{
		"a payment whose capture fails":             {"vipps-ecom-v2", "POST */capture 503 x1", false, false},
		"a charge whose refund fails":               {"vipps-recurring-v3", "POST */charges/*/refund 503 x1", false, false},
		"a payment, in a run that stops at once":    {"vipps-epayment-v1", "POST */capture 503 x1", true, false},
		"a charge, in a run that stops at once":     {"vipps-recurring-v3", "POST */charges/*/refund 503 x1", true, false},
		"a payment, and nobody knows of a teardown": {"vipps-epayment-v1", "POST */capture 503 x1", true, true},
		"a charge, and nobody knows of a teardown":  {"vipps-recurring-v3", "POST */charges/*/refund 503 x1", true, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			sim := simulate(t, dir, "--fault", test.fault)
			file := filepath.Join(own, test.collection+".postman_collection.json")
			if test.leaves {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				file = filepath.Join(dir, "unaware.json")
				if err := os.WriteFile(file, bytes.ReplaceAll(data, []byte("posthaste.teardown"), []byte("unknown")), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			args := []string{"run", file, "-e", "sim.json", "--export-environment", "left.json"}
			if test.isBail {
				args = append(args, "--bail")
			}
			if code, text := start(t, dir, args...).finish(); code != process.ExitFailed {
				t.Errorf("exit code %d, want %d\n%s", code, process.ExitFailed, text)
			}
			if got := isHeld(holdings(t, sim)); got != test.leaves {
				t.Errorf("something is held = %v, want %v: %+v", got, test.leaves, holdings(t, sim))
			}
			if !test.leaves {
				return
			}
			if code, text := start(t, dir, "run", file, "-e", "left.json", "--folder", "Teardown").finish(); code != 0 {
				t.Errorf("the teardown ends with %d\n%s", code, text)
			}
			if left := holdings(t, sim); isHeld(left) {
				t.Errorf("after the teardown the simulator holds %+v", left)
			}
		})
	}
}

// isHeld reports whether there is money that is reserved or kept, or an agreement that would take more.
func isHeld(list []holding) bool {
	return slices.ContainsFunc(list, func(h holding) bool { return h.Reserved != 0 || h.Kept != 0 || h.State == "ACTIVE" })
}

// approve plays the buyer: it looks at the phone until something waits there, follows the link to the landing page,
// and approves. The shop is the run's listener, which answers 204, so the browser stays where it is.
func approve(b *vipps.Browser, sim string) {
	b.Open(sim + "/__sim/phone")
	link := b.Until(`(document.querySelector("main li a") || {}).href || (location.reload(), "")`).Str
	b.Open(link)
	b.Until(`document.querySelector("#amount").innerText.includes("499.00")`)
	b.Eval(`document.querySelector("#approve").click()`)
}
