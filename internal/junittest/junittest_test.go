package junittest_test

import (
	"testing"

	"posthaste/internal/junittest"
	"posthaste/runner/event"
)

// Each report has one failure that one system or another is known to lose.
func TestEachSystemLosesWhatItIsKnownToLose(t *testing.T) {
	tests := map[string]struct {
		report string
		lost   []string // by these systems
	}{
		"a report without faults": {
			`<testsuites><testsuite name="s" time="1"><testcase classname="a.b" name="n" file="c.json" line="3"><failure message="m">m</failure></testcase></testsuite></testsuites>`, nil,
		},
		"a suite without time": {
			`<testsuites><testsuite name="s"><testcase classname="a.b" name="n" file="c.json" line="3"><failure message="m">m</failure></testcase></testsuite></testsuites>`,
			[]string{"dorny/test-reporter"},
		},
		"a pass of the same name before it": {
			`<testsuites><testsuite name="s" time="1"><testcase classname="a.b" name="n"/><testcase classname="a.b" name="n" file="c.json" line="3"><error message="m">m</error></testcase></testsuite></testsuites>`,
			[]string{"GitLab"},
		},
		"a case without a line": {
			`<testsuites><testsuite name="s" time="1"><testcase classname="a.b" name="n" file="c.json"><failure message="m">m</failure></testcase></testsuite></testsuites>`,
			[]string{"mikepenz/action-junit-report"},
		},
		"a message on the element alone": {
			`<testsuites><testsuite name="s" time="1"><testcase classname="a.b" name="n" file="c.json" line="3"><failure message="m"/></testcase></testsuite></testsuites>`,
			[]string{"GitLab"},
		},
		"a class that ends in a dot": {
			`<testsuites><testsuite name="s" time="1"><testcase classname="v1." name="n" file="c.json" line="3"><failure message="m">m</failure></testcase></testsuite></testsuites>`,
			[]string{"Jenkins"},
		},
	}
	want := junittest.Failures([]event.Event{event.Assertion{Name: "n", Error: &event.Error{Message: "m"}}, event.Assertion{Name: "passes"}})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root, err := junittest.Parse([]byte(test.report))
			if err != nil {
				t.Fatal(err)
			}
			lost := map[string]bool{}
			for _, system := range test.lost {
				lost[system] = true
			}
			for system, view := range junittest.Views() {
				if got := len(junittest.Unseen(view(root), want)) > 0; got != lost[system] {
					t.Errorf("%s loses the failure: %v, want %v", system, got, lost[system])
				}
			}
		})
	}
}

func TestWhatIsNoXMLIsAnError(t *testing.T) {
	if _, err := junittest.Parse([]byte("<testsuites>\x01</testsuites>")); err == nil {
		t.Error("Parse takes a control character")
	}
}
