package output

import (
	"reflect"
	"testing"

	"posthaste/internal/cli/process"
	"posthaste/reporters/report"
	"posthaste/runner/cause"
)

func TestTheStoryOfTheLastRunIsKeptWhateverTheOneBeforeWas(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	p := &process.Process{Dir: cache, Env: func(name string) (string, bool) { return cache, name == "XDG_CACHE_HOME" }}
	failed := report.Story{Run: "red", Causes: []*cause.Cause{{Why: "no", Todo: "yes"}}, Left: 3}
	for _, story := range []report.Story{{Run: "one"}, {Run: "two"}, {Run: "two"}, {Run: "two", Many: true}, failed, failed, {Run: "one"}} {
		KeepStory(p, story)
		got, err := LastStory(p)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, story) {
			t.Errorf("kept %+v, and the last run was %+v", got, story)
		}
	}
}
