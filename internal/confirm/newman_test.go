package confirm

import (
	"bufio"
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// newmanVersion is the newman that the records are of.
const newmanVersion = "6.2.2"

// TestRecord writes the records: it runs newman twice on every case and keeps what both runs agree on. It needs
// PARITY_NEWMAN and PARITY_FAKENET, which make confirm sets. A case without a change keeps its record: -run
// TestRecord/NAME with -record writes single ones.
func TestRecord(t *testing.T) {
	if !*recordAnew {
		t.Skip("skipped: newman (records are written with -record)")
	}
	ca := newAuthority(t)
	for _, c := range readCases(t) {
		t.Run(strings.TrimPrefix(c.ID, "confirm/"), func(t *testing.T) {
			if _, err := os.Stat(recordFile(c.ID)); err == nil && os.Getenv("RECORD") == "missing" {
				t.Skip("skipped: newman (there is a record)")
			}
			t.Parallel()
			one, facts := finished(t, ca, &c)
			two, again := finished(t, ca, &c)
			merge(t, one, two, facts, again)
			one.Facts = facts
			for _, d := range []string{"method", "url", "headers", "order", "body"} {
				delete(one.Facts, d)
			}
			if !t.Failed() {
				one.write(t, c.ID)
			}
		})
	}
}

// merge makes templates of what two runs disagree on.
func merge(t *testing.T, one, two *record, facts, again map[string][]string) {
	t.Helper()
	if a, b := slices.Sorted(maps.Keys(facts)), slices.Sorted(maps.Keys(again)); !slices.Equal(a, b) {
		t.Errorf("newman contradicts itself: %q, then %q", a, b)
	}
	for d := range facts {
		lines, ok := unequalAll(facts[d], again[d])
		if !ok && d != "stdout" || d == "exit" && facts[d][0] != again[d][0] {
			t.Errorf("newman contradicts itself in %s:\n%q\n%q", d, facts[d], again[d])
		}
		facts[d] = lines
	}
	if len(one.Requests) != len(two.Requests) {
		t.Fatalf("newman sent %d requests, then %d", len(one.Requests), len(two.Requests))
	}
	for i := range one.Requests {
		x, y := &one.Requests[i], &two.Requests[i]
		x.URL, x.Body = unequal(x.URL, y.URL), unequal(x.Body, y.Body)
		var ok bool
		if x.Headers, ok = unequalAll(x.Headers, y.Headers); !ok {
			t.Errorf("request %d has other headers the second time", i+1)
		}
	}
}

// finished runs newman until it ends by itself: now and then it has done everything and does not exit.
func finished(t *testing.T, ca *authority, c *testcase) (r *record, facts map[string][]string) {
	t.Helper()
	for range 4 {
		if r, facts = newman(t, ca, c); facts["exit"][0] != "-1" {
			return r, facts
		}
	}
	return r, facts
}

// newman runs the real one on a case.
func newman(t *testing.T, ca *authority, c *testcase) (*record, map[string][]string) {
	t.Helper()
	network := startFakenet(t)
	s := setStage(t, network, ca)
	began := time.Now()
	n := newNormal(began, c.inputs(), s.places(c)...)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	exit, stdout, err := run(ctx, s, c, strings.Fields(os.Getenv("PARITY_NEWMAN")))
	if err != nil {
		t.Fatal(err)
	}
	network.mu.Lock()
	defer network.mu.Unlock()
	facts := normalFacts(t, s, c, n, network.requests, exit, stdout)
	r := &record{Newman: newmanVersion, Moment: began.UTC().Truncate(time.Second), Requests: []exchange{}, Refused: network.refused}
	for i, sent := range network.requests {
		x := asSent(sent, n)
		x.Answer = *network.answers[i]
		r.Requests = append(r.Requests, x)
	}
	return r, facts
}

// startFakenet starts the fake network of ../shared/parity and finds its addresses.
func startFakenet(t *testing.T) *upstream {
	t.Helper()
	program := os.Getenv("PARITY_FAKENET")
	if program == "" {
		t.Fatal("PARITY_FAKENET names no program: use make confirm UPDATE=1")
	}
	cmd := exec.Command(program, "-http", "127.0.0.1:0", "-https", "127.0.0.1:0", "-log", filepath.Join(t.TempDir(), "log"))
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	u := &upstream{refused: map[string]string{}}
	for _, field := range strings.Fields(line) {
		name, addr, _ := strings.Cut(field, "=")
		switch name {
		case "proxy":
			u.proxy = addr
		case "http":
			u.http = addr
		case "https":
			u.https = addr
		}
	}
	return u
}
