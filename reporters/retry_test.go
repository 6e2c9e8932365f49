package reporters

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"posthaste/reporters/report"
	"posthaste/reporters/terminal"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// retriedRun is a request that fails in all attempts but, if passes is set, the last.
func retriedRun(attempts int, passes bool) []event.Event {
	t := eventtest.New("Vipps ePayment", 1, 2)
	t.Iteration(0, "", func() {
		for n := range attempts {
			last := n == attempts-1
			t.Step.Attempt = n
			check := t.Fail("Status is 201", eventtest.WrongStatus())
			if last && passes {
				check = t.Pass("Status is 201")
			}
			t.Begin("Create payment", []string{"ePayment"})
			t.Answer(event.FromCollection, 500+n, "Oops", "{}")()
			t.Script("test", nil, check, t.Pass("has a body"))()
			t.Add(event.ItemFinished{Step: t.Step, Item: t.Item, Retried: !last})
		}
		t.Step.Attempt = 0
		t.Step.Position++
		t.Request("Get token", nil, t.Answer(event.FromCollection, 200, "OK", "{}"))
	})
	return t.Finish("", "")
}

type flakyCase struct {
	Name    string   `xml:"name,attr"`
	Failure []reason `xml:"failure"`
	Flaky   []struct {
		Message string `xml:"message,attr"`
		Stack   string `xml:"stackTrace"`
	} `xml:"flakyFailure"`
	Rerun []struct {
		Message string `xml:"message,attr"`
	} `xml:"rerunFailure"`
}

func readFlaky(t *testing.T, events []event.Event) (cases []flakyCase, failures int) {
	t.Helper()
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "junit"}, events, &out); err != nil {
		t.Fatal(err)
	}
	var report struct {
		Failures int `xml:"failures,attr"`
		Suites   []struct {
			Cases []flakyCase `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	for _, s := range report.Suites {
		cases = append(cases, s.Cases...)
	}
	return cases, report.Failures
}

func TestAFlakyRequestPassesAndSaysSo(t *testing.T) {
	cases, failures := readFlaky(t, retriedRun(3, true))
	if failures != 0 || len(cases) != 3 {
		t.Fatalf("the report has %d failures and %d cases, want 0 and 3: %+v", failures, len(cases), cases)
	}
	flaky := cases[slices.IndexFunc(cases, func(c flakyCase) bool { return c.Name == "Status is 201" })]
	if len(flaky.Flaky) != 2 || len(flaky.Failure) != 0 || flaky.Flaky[0].Message != "expected 401 to equal 201" || !strings.Contains(flaky.Flaky[1].Stack, "501 Oops") {
		t.Errorf("the flaky case is %+v, want two flakyFailures with message and stack", flaky)
	}
}

func TestARequestThatFailsInEveryAttemptFails(t *testing.T) {
	cases, failures := readFlaky(t, retriedRun(2, false))
	failing := cases[slices.IndexFunc(cases, func(c flakyCase) bool { return c.Name == "Status is 201" })]
	if failures != 1 || len(failing.Failure) != 1 || len(failing.Rerun) != 1 || len(failing.Flaky) != 0 {
		t.Errorf("%d failures, and the case is %+v, want one failure and one rerunFailure", failures, failing)
	}
}

func TestTheTerminalDoesNotCountWhatWasTriedAgain(t *testing.T) {
	for _, output := range report.Outputs()[:4] {
		var out bytes.Buffer
		cfg := report.Config{Terminal: report.Terminal{Unicode: true, Output: output}}
		if err := replay(t, variant{reporter: "cli", cfg: cfg}, retriedRun(2, true), &out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "Failures") || !strings.Contains(out.String(), "✓ passed") {
			t.Errorf("--output %s shows failures of an attempt that was tried again:\n%s", output, out.String())
		}
	}
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Unicode: true}}}, retriedRun(2, false), &out); err != nil {
		t.Fatal(err)
	}
	if _, failures, _ := strings.Cut(out.String(), "\nFailures\n"); strings.Count(failures, ". Status is 201") != 1 || !strings.Contains(failures, "  1. Status is 201") {
		t.Errorf("want one failure, numbered 1:\n%s", out.String())
	}
}

func TestAnAttemptThatWasNotTriedAgainInTheEndFails(t *testing.T) {
	events := retriedRun(2, true)
	cut := slices.IndexFunc(events, func(e event.Event) bool { f, ok := e.(event.ItemFinished); return ok && f.Retried }) + 1
	events = append(slices.Clone(events[:cut]), event.RunFinished{Reason: "interrupt"})
	cases, failures := readFlaky(t, events)
	if failures != 1 {
		t.Errorf("the report has %d failures, want the attempt's: %+v", failures, cases)
	}
}

func TestTheValuesOfOutputAreChecked(t *testing.T) {
	for want, cfg := range map[string]report.Config{
		`--output: "dots" is not one of full, compact, dot, failures, summary, none`:              {Terminal: report.Terminal{Output: "dots"}},
		`--reporter-cli-output: "true" is not one of full, compact, dot, failures, summary, none`: {Options: map[string]string{"output": "true"}},
	} {
		if _, err := terminal.CLI().New(cfg); err == nil || err.Error() != want {
			t.Errorf("New gives error %v, want %s", err, want)
		}
	}
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "cli", cfg: report.Config{Terminal: report.Terminal{Output: report.OutputNone}}}, retriedRun(1, false), &out); err != nil || out.Len() > 0 {
		t.Errorf("--output none writes %q, %v", out.String(), err)
	}
}

func TestFilesThatWereKeptAreAttachedToTheFailure(t *testing.T) {
	tape := eventtest.New("Shop", 1, 1)
	tape.Iteration(0, "", func() {
		tape.Begin("One", nil)
		tape.Answer(event.FromCollection, 500, "Oops", "{}")()
		tape.Script("test", nil, tape.Pass("first"), tape.Fail("second", eventtest.WrongStatus()), tape.Log("log", strings.Repeat("long ", 40_000)))()
		tape.Add(event.ItemFinished{Step: tape.Step, Item: tape.Item, Attachments: []string{"kept/one.http"}})
	})
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "junit"}, tape.Finish("", ""), &out); err != nil {
		t.Fatal(err)
	}
	_, second, _ := strings.Cut(out.String(), `<testcase name="second"`)
	if first, _, _ := strings.Cut(out.String(), `<testcase name="second"`); strings.Contains(first, "system-out") {
		t.Error("the output stands with a case that passed, where GitLab shows none")
	}
	if !strings.Contains(second, "<system-out><![CDATA[[[ATTACHMENT|kept/one.http]]\n") {
		t.Errorf("the failure's output does not begin with its attachment: %.300s", second)
	}
	if out.Len() > 2*report.MaxText {
		t.Errorf("the report has %d bytes, want the output cut to %d", out.Len(), report.MaxText)
	}
}
