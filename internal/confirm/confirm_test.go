package confirm

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
)

var (
	recordAnew = flag.Bool("record", false, "write the records again with the real newman")
	update     = flag.Bool("update", false, "write again what ours does where a difference from newman is wanted")
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // newman was recorded so, and dates in texts are local
	os.Exit(m.Run())
}

// asked are the dimensions that only the cases compare which ask for them.
func asked() []string { return []string{"stdout", "files", "names", "report", "xml"} }

// compared drops the dimensions that a case does not compare.
func (c *testcase) compared(facts map[string][]string) map[string][]string {
	out := maps.Clone(facts)
	for _, dimension := range asked() {
		if !slices.Contains(c.Also, dimension) {
			delete(out, dimension)
		}
	}
	return out
}

// TestRecords runs ours on every case, answers it from the record, and compares.
func TestRecords(t *testing.T) {
	ca := newAuthority(t)
	known := readDifferences(t)
	for _, c := range readCases(t) {
		t.Run(strings.TrimPrefix(c.ID, "confirm/"), func(t *testing.T) {
			t.Parallel()
			want := readRecord(t, c.ID)
			got := play(t, ca, &c, want, want.Moment, "--newman-compat", "--show-secrets")
			wanted := wireFacts(want.Requests)
			maps.Copy(wanted, want.Facts)
			verdict(t, &c, known, wanted, got)
		})
	}
}

// TestRecordsAtOtherMoments replays each case as if on another day and in another zone. A record, or a case, that depends
// on the day of its recording is found here when it is made, and not by the next person who runs the suite.
func TestRecordsAtOtherMoments(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("skipped: short (records are replayed at their own moment only; make test-poor replays them at others)")
	}
	ca := newAuthority(t)
	known := readDifferences(t)
	for name, elsewhere := range otherMoments(t) {
		t.Run(name, func(t *testing.T) {
			inZone(t, elsewhere.zone)
			replayAll(t, ca, known, elsewhere.moment)
		})
	}
}

// replayAll replays all cases at one moment, side by side, and returns when the last one is over.
func replayAll(t *testing.T, ca *authority, known differences, moment time.Time) {
	t.Helper()
	t.Run("case", func(t *testing.T) {
		for _, c := range readCases(t) {
			t.Run(strings.TrimPrefix(c.ID, "confirm/"), func(t *testing.T) {
				t.Parallel()
				want := readRecord(t, c.ID)
				got := play(t, ca, &c, want, moment, "--newman-compat", "--show-secrets")
				wanted := wireFacts(want.Requests)
				maps.Copy(wanted, want.Facts)
				verdict(t, &c, known, wanted, got)
			})
		}
	})
}

// otherMoments are days on which a record that holds a date shows: the last second of a year, in a zone where the next one has
// begun; a leap day; a day whose number has fewer digits, in a zone that is behind and whose summer time has ended.
func otherMoments(t *testing.T) map[string]struct {
	moment time.Time
	zone   string
} {
	t.Helper()
	at := func(text string) time.Time {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	return map[string]struct {
		moment time.Time
		zone   string
	}{
		"the last second of a year": {at("2027-12-31T23:59:59Z"), "Pacific/Auckland"},
		"a leap day":                {at("2028-02-29T10:00:00Z"), "UTC"},
		"an hour that comes twice":  {at("2031-11-02T06:30:00Z"), "America/New_York"},
	}
}

// inZone makes a zone the local one until the test is over. Other tests must not run meanwhile.
func inZone(t *testing.T, name string) {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	before := time.Local
	time.Local = zone
	t.Cleanup(func() { time.Local = before })
}

// TestRecordsWithoutCompat does the same without --newman-compat: what differs then as well is listed as plain. What only
// some cases compare, layouts and files, is ours here.
func TestRecordsWithoutCompat(t *testing.T) {
	ca := newAuthority(t)
	known := readDifferences(t)
	for _, c := range readCases(t) {
		if c.bare { // reports and exports in places of our own
			continue
		}
		t.Run(strings.TrimPrefix(c.ID, "confirm/"), func(t *testing.T) {
			t.Parallel()
			want := readRecord(t, c.ID)
			c.Also = nil
			got := play(t, ca, &c, want, want.Moment, "--show-secrets")
			wanted := wireFacts(want.Requests)
			maps.Copy(wanted, c.compared(want.Facts))
			for _, facts := range []map[string][]string{wanted, got} {
				delete(facts, "order") // of headers, which says nothing
				for _, d := range []string{"env", "globals"} {
					facts[d] = untyped(facts[d])
				}
			}
			dimensions := maps.Clone(wanted)
			maps.Copy(dimensions, got)
			for _, d := range slices.Sorted(maps.Keys(dimensions)) {
				if !slices.EqualFunc(wanted[d], got[d], fits) && !known.expectsPlain(c.ID, d) {
					t.Errorf("%s: newman -, ours +\n%s", d, difference(wanted[d], got[d]))
				}
			}
		})
	}
}

// untyped takes the types out of exported variables: newman calls what it does not know any, ours keeps what the file says.
func untyped(variables []string) []string {
	kind := regexp.MustCompile(`, [a-z]*, disabled `)
	out := make([]string, len(variables))
	for i, v := range variables {
		out[i] = kind.ReplaceAllString(v, ", disabled ")
	}
	return out
}

// verdict reports the dimensions that differ and should not, and those that should and do not. Where a difference is
// wanted, ours is held to what it was when it was wanted.
func verdict(t *testing.T, c *testcase, known differences, want, got map[string][]string) {
	t.Helper()
	dimensions := maps.Clone(want)
	maps.Copy(dimensions, got)
	differing := map[string][]string{}
	for _, d := range slices.Sorted(maps.Keys(dimensions)) {
		if slices.EqualFunc(want[d], got[d], fits) {
			continue
		}
		differing[d] = got[d]
		if !known.expects(c.ID, d) {
			t.Errorf("%s: newman -, ours +\n%s", d, difference(want[d], got[d]))
		}
	}
	if known.listed(c.ID) && len(differing) == 0 {
		t.Errorf("differences.json lists %s, which does not differ (any more)", c.ID)
	}
	if why := known.open(c.ID); why != "" {
		t.Logf("open in differences.json, differs in %q: %s", slices.Sorted(maps.Keys(differing)), why)
		return
	}
	compareOurs(t, c, differing)
}

func difference(want, got []string) string {
	return cmp.Diff(want, got, cmp.Comparer(func(a, b string) bool { return fits(a, b) || fits(b, a) }))
}

// play runs ours on a case, with options before those of the case. The clock of the run begins at moment and goes on from there.
func play(t *testing.T, ca *authority, c *testcase, r *record, moment time.Time, options ...string) map[string][]string {
	t.Helper()
	network := &replay{record: r, used: make([]bool, len(r.Requests)), over: make(chan struct{})}
	s := setStage(t, network, ca)
	began := time.Now()
	clock := func() time.Time { return moment.Add(time.Since(began)) }
	network.normal = newNormal(moment, c.inputs(), s.places(c)...)
	env := s.env(c)
	var stdout, stderr bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	args := slices.Concat([]string{"run"}, options, s.args(c))
	recorded := filepath.Join(t.TempDir(), "events.ndjson")
	if !c.bare {
		args = append(args, "--reporters", "cli,json,junit,events", "--reporter-events-export", recorded)
	}
	exit := cli.Main(ctx, &process.Process{
		Args:  args,
		Env:   func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Width: 80, Dir: s.cwd(c), Now: clock, Version: "test",
	})
	if ctx.Err() != nil {
		t.Errorf("still running after 30 s")
	}
	close(network.over)
	checkJUnit(t, recorded)
	return normalFacts(t, s, c, network.normal, network.requests, exit, stdout.String())
}

func setStage(t *testing.T, n network, ca *authority) *stage {
	t.Helper()
	s := &stage{proxy: startProxy(t, n, ca), out: t.TempDir(), cache: t.TempDir()}
	if err := os.WriteFile(filepath.Join(s.out, "ca.pem"), ca.pem, 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// normalFacts gathers everything seen of a run.
func normalFacts(t *testing.T, s *stage, c *testcase, n *normal, requests []*request, exit int, stdout string) map[string][]string {
	t.Helper()
	facts := observe(t, s, c, exit, stdout)
	for d, lines := range facts {
		for i := range lines {
			lines[i] = n.text(lines[i])
		}
		if len(lines) == 0 {
			delete(facts, d)
		}
	}
	var sent []exchange
	for _, r := range requests {
		sent = append(sent, asSent(r, n))
	}
	maps.Copy(facts, wireFacts(sent))
	return facts
}

// run runs a program on a case, and ends it with the context.
func run(ctx context.Context, s *stage, c *testcase, command []string) (exit int, stdout string, err error) {
	cmd := exec.CommandContext(ctx, command[0], append(command[1:], s.args(c)...)...)
	cmd.Dir = s.cwd(c)
	cmd.WaitDelay = time.Second
	env := s.env(c)
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		switch strings.ToLower(name) {
		case "http_proxy", "https_proxy", "no_proxy", "all_proxy", "node_options", "node_extra_ca_certs", "force_color":
		default:
			if _, ours := env[name]; !ours {
				cmd.Env = append(cmd.Env, pair)
			}
		}
	}
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var out bytes.Buffer
	cmd.Stdout = &out
	err = cmd.Run()
	var left *exec.ExitError
	switch {
	case ctx.Err() != nil:
		exit, err = -1, nil
	case errors.As(err, &left):
		exit, err = left.ExitCode(), nil
	}
	return exit, out.String(), err
}
