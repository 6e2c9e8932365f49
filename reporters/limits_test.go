package reporters

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"posthaste/reporters/ci"
	"posthaste/reporters/report"
	"posthaste/reporters/terminal"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

func TestGitHubGetsNoMoreThanItShows(t *testing.T) {
	t.Parallel()
	var out, summary bytes.Buffer
	if err := replay(t, variant{reporter: "github"}, eventtest.Failing(5000), &out); err != nil {
		t.Fatal(err)
	}
	if err := replay(t, variant{spec: ci.GitHubSummary()}, eventtest.Failing(5000), &summary); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), "::error "); got != 10 {
		t.Errorf("the report has %d annotations, want 9 and one that counts the rest", got)
	}
	if want := "::and 4991 more\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("the last annotation does not say %q", want)
	}
	if summary.Len() > 1000<<10 || summary.Len() < 500<<10 {
		t.Errorf("the summary has %d bytes, want most of the 900 KB that there is room for", summary.Len())
	}
	if !strings.Contains(summary.String(), " more failures\n") {
		t.Error("the summary does not say how many failures it leaves out")
	}
}

func TestGitHubsSummaryLeavesRoomToThoseOfTheSameStep(t *testing.T) {
	for used, most := range map[int64]int{800 << 10: 101 << 10, 2000 << 10: 6 << 10} {
		var summary bytes.Buffer
		if err := replay(t, variant{spec: ci.GitHubSummary(), cfg: report.Config{Used: used}}, eventtest.Failing(500), &summary); err != nil {
			t.Fatal(err)
		}
		if summary.Len() > most || !strings.Contains(summary.String(), "❌ failed") {
			t.Errorf("after %d bytes the summary has %d, want at most %d and the verdict", used, summary.Len(), most)
		}
	}
}

func TestACommandInALogLineIsNone(t *testing.T) {
	tape := eventtest.New("Shop", 1, 1)
	tape.Iteration(0, "", func() {
		tape.Request("::set-output name=x::y", nil, tape.Answer(event.FromCollection, 200, "::error::z", ""),
			tape.Script("test", nil, tape.Fail("a\n::error::b", event.Error{Message: "c\n::error::d, %0A"})))
	})
	var out bytes.Buffer
	cfg := report.Config{Options: map[string]string{"groups": "true"}}
	if err := replay(t, variant{reporter: "github", cfg: cfg}, tape.Finish("", ""), &out); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		for _, ours := range []string{"::group::Shop\n", "::endgroup::\n", "::error file=collections/vipps.json,line=20,title="} {
			line = strings.TrimPrefix(line, ours)
		}
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			t.Errorf("GitHub would take this line for a command: %s", line)
		}
	}
}

func TestNoTextFromOutsideIsACommandOfTheCISystem(t *testing.T) {
	tape := eventtest.New("Shop", 1, 1)
	tape.Iteration(0, "", func() {
		tape.Request("##vso[task.setvariable variable=a]b", nil, tape.Answer(event.FromCollection, 200, "OK", "::add-mask::a\n  ##[error]x\n##teamcity[buildStop]"),
			tape.Script("test", nil, tape.Fail("x", event.Error{Message: "##vso[task.complete result=Succeeded;]"}), tape.Log("log", "::stop-commands::x\n##vso[build.addbuildtag]x")))
	})
	events := tape.Finish("", "")
	for _, v := range []variant{
		{reporter: "azure", cfg: report.Config{Options: map[string]string{"groups": "true"}}},
		{reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Commands: true, Unicode: true, Verbose: true}}},
		{reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Commands: true, Output: report.OutputCompact}}},
	} {
		var out bytes.Buffer
		if err := replay(t, v, events, &out); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSpace(line)
			for _, ours := range []string{"##[group]Shop", "##[endgroup]", "##vso[task.logissue type=error;sourcepath=collections/vipps.json;linenumber=20;]"} {
				line = strings.TrimPrefix(line, ours)
			}
			if strings.HasPrefix(line, "::") || strings.Contains(line, "##[") || strings.Contains(line, "##vso[") || strings.Contains(line, "##teamcity[") {
				t.Errorf("%s: the CI system would take this line for a command: %s", v.reporter, line)
			}
		}
	}
}

func TestGitHubGetsTheStepsOutputs(t *testing.T) {
	var out, outputs bytes.Buffer
	if err := replay(t, variant{reporter: "github", cfg: report.Config{StepOutput: &outputs}}, eventtest.Failing(3), &out); err != nil {
		t.Fatal(err)
	}
	if want := "passed=0\nfailed=3\nskipped=0\n"; outputs.String() != want {
		t.Errorf("the outputs are %q, want %q", outputs.String(), want)
	}
}

func TestFoldsStandAroundWhatOthersPrint(t *testing.T) {
	spec, _ := Find("azure")
	var out bytes.Buffer
	now := func() time.Time { return time.Unix(1, 0) }
	spool := func() (io.ReadWriteSeeker, error) { return os.CreateTemp(t.TempDir(), "spool") }
	folding, err := spec.New(report.Config{Out: &out, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	cli, err := terminal.CLI().New(report.Config{Out: &out, Now: now, Spool: spool})
	if err != nil {
		t.Fatal(err)
	}
	var sums event.Summary
	for _, e := range recorded(t, filepath.Join("testdata", "input", "fail.jsonl")) {
		sums.Add(e)
		for _, r := range []report.Reporter{folding, cli} {
			if err := r.Report(event.Recorded(e), &sums); err != nil {
				t.Fatal(err)
			}
		}
	}
	at := -1
	for _, want := range []string{"##[group]Vipps ePayment\n", "> Get token\n", "##[endgroup]\n##[group]ePayment\n", "> Create payment\n", "##[endgroup]\n", "Failures\n"} {
		next := strings.Index(out.String()[at+1:], want)
		if next < 0 {
			t.Fatalf("%q does not come where it should:\n%s", want, out.String())
		}
		at += 1 + next
	}
}

func BenchmarkReports(b *testing.B) {
	f, err := os.Open(filepath.Join("testdata", "input", "pass.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var events []event.Event
	dec := event.NewDecoder(f)
	for {
		e, err := dec.Decode()
		if err != nil {
			break
		}
		events = append(events, e)
	}
	for _, spec := range Specs() {
		b.Run(spec.Name, func(b *testing.B) {
			cfg := report.Config{Out: io.Discard, Now: time.Now, Terminal: report.Terminal{Unicode: true}}
			cfg.Spool = func() (io.ReadWriteSeeker, error) { return os.CreateTemp(b.TempDir(), "spool") }
			r, err := spec.New(cfg)
			if err != nil {
				b.Fatal(err)
			}
			var sums event.Summary
			b.ReportAllocs()
			for b.Loop() { // two requests a turn
				for _, e := range events[1 : len(events)-1] {
					sums.Add(e)
					if err := r.Report(event.Recorded(e), &sums); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
