package reporters

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"posthaste/runner/event"
)

// retriedRun is a request that fails in all attempts but, if passes is set, the last.
func retriedRun(attempts int, passes bool) []event.Event {
	t := newTape("Vipps ePayment", 1, 2)
	t.iteration(0, "", func() {
		for n := range attempts {
			last := n == attempts-1
			t.step.Attempt = n
			check := t.fail("Status is 201", wrongStatus())
			if last && passes {
				check = t.pass("Status is 201")
			}
			t.begin("Create payment", []string{"ePayment"})
			t.answer(event.FromCollection, 500+n, "Oops", "{}")()
			t.script("test", nil, check, t.pass("has a body"))()
			t.add(event.ItemFinished{Step: t.step, Item: t.item, Retried: !last})
		}
		t.step.Attempt = 0
		t.step.Position++
		t.request("Get token", nil, t.answer(event.FromCollection, 200, "OK", "{}"))
	})
	return t.finish("", "")
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
	for _, output := range Outputs()[:4] {
		var out bytes.Buffer
		cfg := Config{Terminal: Terminal{Unicode: true, Output: output}}
		if err := replay(t, variant{reporter: "cli", cfg: cfg}, retriedRun(2, true), &out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "Failures") || !strings.Contains(out.String(), "✓ passed") {
			t.Errorf("--output %s shows failures of an attempt that was tried again:\n%s", output, out.String())
		}
	}
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "cli", cfg: Config{Terminal: Terminal{Unicode: true}}}, retriedRun(2, false), &out); err != nil {
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
	for want, cfg := range map[string]Config{
		`--output: "dots" is none of full, compact, dot, failures, summary, none`:              {Terminal: Terminal{Output: "dots"}},
		`--reporter-cli-output: "true" is none of full, compact, dot, failures, summary, none`: {Options: map[string]string{"output": "true"}},
	} {
		if _, err := newCLI(cfg); err == nil || err.Error() != want {
			t.Errorf("newCLI gives error %v, want %s", err, want)
		}
	}
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "cli", cfg: Config{Terminal: Terminal{Output: OutputNone}}}, retriedRun(1, false), &out); err != nil || out.Len() > 0 {
		t.Errorf("--output none writes %q, %v", out.String(), err)
	}
}

func TestFilesThatWereKeptAreAttachedToTheFailure(t *testing.T) {
	tape := newTape("Shop", 1, 1)
	tape.iteration(0, "", func() {
		tape.begin("One", nil)
		tape.answer(event.FromCollection, 500, "Oops", "{}")()
		tape.script("test", nil, tape.pass("first"), tape.fail("second", wrongStatus()), tape.log("log", strings.Repeat("long ", 40_000)))()
		tape.add(event.ItemFinished{Step: tape.step, Item: tape.item, Attachments: []string{"kept/one.http"}})
	})
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "junit"}, tape.finish("", ""), &out); err != nil {
		t.Fatal(err)
	}
	_, second, _ := strings.Cut(out.String(), `<testcase name="second"`)
	if first, _, _ := strings.Cut(out.String(), `<testcase name="second"`); strings.Contains(first, "system-out") {
		t.Error("the output stands with a case that passed, where GitLab shows none")
	}
	if !strings.Contains(second, "<system-out><![CDATA[[[ATTACHMENT|kept/one.http]]\n") {
		t.Errorf("the failure's output does not begin with its attachment: %.300s", second)
	}
	if out.Len() > 2*junitText {
		t.Errorf("the report has %d bytes, want the output cut to %d", out.Len(), junitText)
	}
}
