package runner_test

import (
	"strings"
	"testing"

	"posthaste/runner"
	"posthaste/runner/event"
)

func TestAssertionsThatNeverRanAreSaid(t *testing.T) {
	never := "if (pm.response.code === 418) { pm.test('is a teapot', () => {}) }"
	once := "if (pm.info.iteration === 1) { pm.test('second', () => {}) }"
	tests := map[string]struct {
		script string
		opt    runner.Options
		want   bool
	}{
		"behind a condition that never holds":        {never, runner.Options{}, true},
		"in no iteration":                            {never, runner.Options{Iterations: 3}, true},
		"in one iteration":                           {once, runner.Options{Iterations: 2}, false},
		"in one of the units of a parallel run":      {once, runner.Options{Iterations: 2, Parallel: runner.Parallel{Workers: 2, By: runner.ByIteration}}, false},
		"in none of the units of a parallel run":     {never, runner.Options{Iterations: 2, Parallel: runner.Parallel{Workers: 2, By: runner.ByIteration}}, true},
		"in a callback that nothing calls":           {"const later = () => pm.test('x', () => {})", runner.Options{}, true},
		"in the old manner":                          {"if (false) tests['old'] = true", runner.Options{}, true},
		"a script that asserts":                      {"pm.test('fine', () => {})", runner.Options{}, false},
		"a script that asserts in a timer":           {"setTimeout(() => pm.test('late', () => {}), 1)", runner.Options{}, false},
		"a script that skips the request instead":    {"if (false) { pm.test('x', () => {}); pm.execution.skipRequest() }", runner.Options{}, false},
		"a script that only keeps a value":           {"pm.environment.set('a', 1)", runner.Options{}, false},
		"assertions in comments":                     {"// pm.test('x', () => {})\n/* pm.test('y',\n() => {}) */ const a = 1", runner.Options{}, false},
		"a script that throws says enough of itself": {"throw new Error('x'); pm.test('never', () => {})", runner.Options{}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.opt.Collection = parse(t, echo(t), request("a", "/", "", strings.ReplaceAll(test.script, "\n", `\n`)))
			_, events := run(t, test.opt)
			var got []string
			for _, e := range events {
				if n, ok := e.(event.Notice); ok && n.Code == runner.CodeSilent {
					got = append(got, n.Text)
				}
			}
			want := `the test script of "a" has assertions, and none of them ever ran`
			if test.want != (len(got) == 1 && got[0] == want) || !test.want && len(got) > 0 {
				t.Errorf("it is said that %q, want it said: %v", got, test.want)
			}
		})
	}
}
