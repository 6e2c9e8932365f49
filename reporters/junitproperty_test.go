package reporters

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/junittest"
	"posthaste/reporters/report"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// randomRun is a run of anything that may fail, pass or be skipped, with names that come again and hold what XML and CI
// systems read as marks.
func randomRun(seed uint64) []event.Event {
	r := rand.New(rand.NewPCG(seed, 1))
	names := []string{"a", "a", "b.c", "d / e", "", " ", "<x>&\"'", "]]>", "ø\x1b[31m", strings.Repeat("long ", 300), "request completed", "test script"}
	name := func() string { return names[r.IntN(len(names))] }
	iterations, items := 1+r.IntN(3), 1+r.IntN(5)
	t := eventtest.New(name(), iterations, items)
	if started, ok := t.Events[0].(event.RunStarted); ok {
		started.Strict = r.IntN(2) == 0
		t.Events[0] = started
	}
	for i := range iterations {
		t.Iteration(i, name(), func() {
			for range items {
				t.Request(name(), []string{name(), name()}[:r.IntN(3)], randomPhases(t, r, name)...)
			}
		})
	}
	for range r.IntN(3) {
		t.Add(event.Notice{Level: "warn", Code: []string{event.CodeUnresolved, event.CodeUndefined, "vault"}[r.IntN(3)], Subject: name(), Text: "a notice of " + name(), File: "c.json", Line: r.IntN(3)})
	}
	for range r.IntN(3) {
		t.Add(event.Threshold{Text: "p95<" + name(), Value: "1ms", Broken: r.IntN(2) == 0})
	}
	return t.Finish("", "")
}

func randomPhases(t *eventtest.Run, r *rand.Rand, name func() string) (phases []func()) {
	if r.IntN(4) == 0 {
		phases = append(phases, t.Script("prerequest", eventtest.TypeError()))
	}
	if r.IntN(4) == 0 {
		phases = append(phases, t.Refused(event.FromScript))
	}
	if r.IntN(4) == 0 {
		return append(phases, t.Refused(event.FromCollection))
	}
	phases = append(phases, t.Answer(event.FromCollection, 200+200*r.IntN(2), "", "{}"))
	var does []func(event.Script)
	for range r.IntN(5) {
		switch r.IntN(3) {
		case 0:
			does = append(does, t.Pass(name()))
		case 1:
			does = append(does, t.Fail(name(), eventtest.WrongStatus()))
		default:
			does = append(does, t.Skip(name()))
		}
	}
	var thrown *event.Error
	if r.IntN(3) == 0 {
		thrown = eventtest.TypeError()
	}
	return append(phases, t.Script("test", thrown, does...))
}

// However a run went, what the readers of CI systems show is what its sums count: each failure is told once.
func TestWhatCISystemsShowIsWhatTheSummaryCounts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		events := randomRun(seed)
		var sums event.Summary
		for _, e := range events {
			sums.Add(e)
		}
		for _, options := range []map[string]string{{"layout": "request"}, {"layout": "folder"}, {"layout": "flat"}, {"strict": "true"}} {
			var out bytes.Buffer
			if err := replay(t, variant{reporter: "junit", cfg: report.Config{Options: options}}, events, &out); err != nil {
				t.Fatal(err)
			}
			root, err := junittest.Parse(out.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for system, view := range junittest.Views() {
				if options["strict"] != "" && strings.HasPrefix(system, "mikepenz") {
					continue // it wants the lines that the strict layout has to leave out
				}
				if got := len(view(root)); got != sums.Failed() {
					t.Fatalf("run %d, %v: %s shows %d failures, the summary counts %d:\n%s", seed, options, system, got, sums.Failed(), out.Bytes())
				}
			}
			if got := root.Attr("failures") + "+" + root.Attr("errors"); !adds(got, sums.Failed()) {
				t.Fatalf("run %d, %v: the root counts %s, want %d", seed, options, got, sums.Failed())
			}
		}
	}
}

func adds(text string, want int) bool {
	var a, b int
	_, err := fmt.Sscanf(text, "%d+%d", &a, &b)
	return err == nil && a+b == want
}

// xmllint reads a report by a schema. The test is skipped where it is not there.
func xmllint(t *testing.T, schema string, data []byte) error {
	t.Helper()
	path, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("REQUIRE_XMLLINT") == "1" {
			t.Fatal("xmllint: it is not in PATH, and REQUIRE_XMLLINT=1")
		}
		t.Skip("skipped: xmllint: it is not in PATH")
	}
	cmd := exec.Command(path, "--noout", "--nonet", "--schema", schema, "-")
	cmd.Stdin = bytes.NewReader(data)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func TestTheStrictLayoutIsWhatJenkinsXUnitPluginTakes(t *testing.T) {
	t.Parallel()
	schema := filepath.Join("testdata", "schema", "xunit.xsd")
	paths, err := filepath.Glob(filepath.Join("testdata", "input", "*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	runs := map[string][]event.Event{}
	for _, path := range paths {
		runs[filepath.Base(path)] = recorded(t, path)
	}
	for seed := range uint64(10) {
		runs[fmt.Sprint("random ", seed)] = randomRun(seed)
	}
	refused := 0
	for name, events := range runs {
		for _, layout := range []string{"request", "folder", "flat"} {
			for _, strict := range []string{"true", "false"} {
				var out bytes.Buffer
				cfg := report.Config{Host: "host", Options: map[string]string{"layout": layout, "strict": strict}}
				if err := replay(t, variant{reporter: "junit", cfg: cfg}, events, &out); err != nil {
					t.Fatal(err)
				}
				err := xmllint(t, schema, out.Bytes())
				if strict == "true" && err != nil {
					t.Errorf("%s, %s: %v", name, layout, err)
				}
				if strict == "false" && err != nil {
					refused++
				}
			}
		}
	}
	if refused != 3*len(runs) {
		t.Errorf("the schema refuses %d of %d reports in the default layout, want all", refused, 3*len(runs))
	}
}
