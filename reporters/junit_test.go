package reporters

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/junittest"
	"posthaste/reporters/junit"
	"posthaste/reporters/report"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// A readSuite is what the systems that read JUnit look at.
type readSuites struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
	Suites   []struct {
		Name  string    `xml:"name,attr"`
		Time  *string   `xml:"time,attr"`
		Tests int       `xml:"tests,attr"`
		Inner []any     `xml:"testsuite"`
		Cases []oneCase `xml:"testcase"`
	} `xml:"testsuite"`
}

type oneCase struct {
	Name      string  `xml:"name,attr"`
	Classname string  `xml:"classname,attr"`
	Failure   *reason `xml:"failure"`
	Error     *reason `xml:"error"`
	Skipped   *reason `xml:"skipped"`
}

type reason struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func TestJUnitLosesNothing(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join("testdata", "input", "*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, path := range paths {
		for _, layout := range []string{"request", "folder", "flat"} {
			t.Run(filepath.Base(path)+"/"+layout, func(t *testing.T) {
				events := recorded(t, path)
				made := readJUnit(t, report.Config{Options: map[string]string{"layout": layout}}, events)
				cases := checkCounts(t, made)
				checkOutcomes(t, events, cases)
			})
		}
	}
}

// Cases of a request are held until there are many, and go to a spool from then on.
func TestJUnitWithManyCasesOfOneRequest(t *testing.T) {
	t.Parallel()
	run := eventtest.New("many", 1, 3)
	run.Iteration(0, "", func() {
		for i, n := range []int{2, 2500, 3} {
			fails := make([]func(event.Script), 0, n)
			for range n {
				fails = append(fails, run.Fail("the same name", eventtest.WrongStatus()))
			}
			run.Request(fmt.Sprintf("Request %d", i), nil, run.Answer(event.FromCollection, 401, "Unauthorized", "{}"),
				run.Script(event.PhaseTest, nil, fails...))
		}
	})
	events := run.Finish("", "")
	made := readJUnit(t, report.Config{}, events)
	checkOutcomes(t, events, checkCounts(t, made))
	for i, want := range []int{2, 2500, 3} {
		if got := made.Suites[i]; got.Name != fmt.Sprintf("Request %d", i) || len(got.Cases) != want {
			t.Errorf("suite %d is %q with %d cases, want %d", i, got.Name, len(got.Cases), want)
		}
	}
}

// readJUnit makes a report and reads it strictly to its end.
func readJUnit(t *testing.T, cfg report.Config, events []event.Event) readSuites {
	t.Helper()
	var out bytes.Buffer
	if err := replay(t, variant{reporter: "junit", cfg: cfg}, events, &out); err != nil {
		t.Fatal(err)
	}
	dec := xml.NewDecoder(bytes.NewReader(out.Bytes()))
	for {
		_, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the report is no XML: %v", err)
		}
	}
	var report readSuites
	if err := xml.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	return report
}

// checkCounts compares the numbers on the elements with what is in them, and returns all cases.
func checkCounts(t *testing.T, report readSuites) []oneCase {
	t.Helper()
	var cases []oneCase
	for _, s := range report.Suites {
		if s.Name == "" || s.Time == nil || len(s.Inner) > 0 {
			t.Errorf("suite %q has no name, no time or suites within it", s.Name)
		}
		if s.Tests != len(s.Cases) {
			t.Errorf("suite %q says tests=%d and has %d cases", s.Name, s.Tests, len(s.Cases))
		}
		cases = append(cases, s.Cases...)
	}
	var failures, broken, skips int
	seen := map[string]bool{}
	for _, c := range cases {
		key := c.Classname + "." + c.Name
		if seen[key] {
			t.Errorf("two cases are called %q", key)
		}
		seen[key] = true
		if c.Failure != nil {
			failures++
		}
		if c.Error != nil {
			broken++
		}
		if c.Skipped != nil {
			skips++
		}
	}
	got := fmt.Sprint(report.Tests, report.Failures, report.Errors, report.Skipped)
	if want := fmt.Sprint(len(cases), failures, broken, skips); got != want {
		t.Errorf("the root counts %s, the cases are %s", got, want)
	}
	return cases
}

// checkOutcomes finds every failure of the events in the cases, with its message.
func checkOutcomes(t *testing.T, events []event.Event, cases []oneCase) {
	t.Helper()
	find := func(what string, match func(oneCase) bool) {
		t.Helper()
		for i, c := range cases {
			if match(c) {
				cases = append(cases[:i:i], cases[i+1:]...) // one case speaks for one outcome
				return
			}
		}
		t.Errorf("no case says that %s", what)
	}
	broken := func(e *event.Error) func(oneCase) bool {
		return func(c oneCase) bool {
			return c.Error != nil && strings.Contains(c.Error.Message, report.OneLine(report.Clip(e.Message, 1000)))
		}
	}
	for _, e := range events {
		switch e := e.(type) {
		case event.Assertion:
			find(fmt.Sprintf("%q ended with %v", e.Name, e.Error), func(c oneCase) bool {
				if !strings.HasPrefix(c.Name, report.OneLine(e.Name)) || (e.Error != nil) != (c.Failure != nil) || e.Skipped != (c.Skipped != nil) {
					return false
				}
				return e.Error == nil || strings.Contains(c.Failure.Message, fmt.Sprintf("%.100s", report.OneLine(e.Error.Message))) && c.Failure.Text != ""
			})
		case event.RequestFailed:
			find("a request failed: "+e.Error.Message, broken(e.Error))
		case event.ScriptFinished:
			if e.Error != nil {
				find("a script threw "+e.Error.Message, broken(e.Error))
			}
		case event.Exception:
			find("a timer threw "+e.Error.Message, broken(e.Error))
		}
	}
}

func TestJUnitKeepsAFailureThatALaterIterationPasses(t *testing.T) {
	events := recorded(t, filepath.Join("testdata", "input", "iterations.jsonl"))
	for _, layout := range []string{"request", "folder", "flat"} {
		t.Run(layout, func(t *testing.T) {
			cfg := report.Config{Options: map[string]string{"layout": layout}}
			if got := readJUnit(t, cfg, events).Failures; got != 1 {
				t.Errorf("the report counts %d failures, want the 1 of the first iteration", got)
			}
			var out bytes.Buffer
			if err := replay(t, variant{reporter: "junit", cfg: cfg}, events, &out); err != nil {
				t.Fatal(err)
			}
			root, err := junittest.Parse(out.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for system, view := range junittest.Views() {
				got := view(root)
				if len(got) != 1 || !strings.Contains(got[0].Name, "Status is 201 [iteration 1: NO]") || !strings.Contains(got[0].Text, "expected 401 to equal 201") {
					t.Errorf("%s shows %v, want the failure of the first iteration", system, got)
				}
			}
		})
	}
}

func TestJUnitRefusesALayoutThatThereIsNot(t *testing.T) {
	_, err := junit.Spec().New(report.Config{Options: map[string]string{"layout": "tower"}})
	want := `--reporter-junit-layout: "tower" is not one of request, folder, flat`
	if err == nil || err.Error() != want {
		t.Errorf("newJUnit gives error %v, want %s", err, want)
	}
}
