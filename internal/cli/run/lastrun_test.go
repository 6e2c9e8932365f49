package run

import (
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
	"posthaste/runner/event"
)

func TestTheLastRunIsNeverKeptWhereTheCommandWasStarted(t *testing.T) {
	t.Parallel()
	home, cache := t.TempDir(), t.TempDir()
	for name, test := range map[string]struct {
		env  map[string]string
		want string // the folder it is below; "" is nowhere
	}{
		"in the cache folder":                        {map[string]string{"XDG_CACHE_HOME": cache, "HOME": home}, cache},
		"at home without one":                        {map[string]string{"HOME": home}, filepath.Join(home, ".cache")},
		"a cache folder that is relative is no such": {map[string]string{"XDG_CACHE_HOME": "1", "HOME": home}, filepath.Join(home, ".cache")},
		"nowhere without a home":                     {map[string]string{"XDG_CACHE_HOME": "1"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &process.Process{Dir: t.TempDir(), Env: func(name string) (string, bool) { v, ok := test.env[name]; return v, ok }}
			got := lastRunFile(p, "c.json")
			if test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
				t.Errorf("lastRunFile = %q, want it below %q", got, test.want)
			}
		})
	}
}

func TestWhatPassedInTheEndDidNotFail(t *testing.T) {
	t.Parallel()
	last := &lastRun{}
	for _, retried := range []bool{true, false} {
		last.see(event.Assertion{Step: event.Step{ID: "1"}, Item: event.Item{Name: "a"}, Error: &event.Error{}})
		last.see(event.ItemFinished{Step: event.Step{ID: "1"}, Item: event.Item{Name: "a"}, Retried: retried})
		if failed := len(last.Failed) > 0; failed == retried {
			t.Errorf("retried %v, and --last-failed knows %q", retried, last.Failed)
		}
	}
}
