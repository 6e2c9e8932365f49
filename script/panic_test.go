package script

import (
	"context"
	"strings"
	"testing"
)

// A brokenHost panics wherever a script reaches it, as Go code with a fault does.
type brokenHost struct{ *recorder }

func (h *brokenHost) Expand(string, ...Scope) (string, error) { panic("expand is broken") }

func (h *brokenHost) Jar() Jar {
	noJars()["x"] = nil // a runtime error
	return nil
}

func noJars() map[string]Jar { return nil }

func (h *brokenHost) Send(context.Context, *Request) (*Response, error) {
	var list []int
	return nil, []error{nil}[len(list)+1]
}

// A panic in Go code that a script called becomes the script's error, and neither ends the process nor the sandbox.
func TestPanicsDoNotEscape(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a text":                      {"pm.variables.replaceIn('{{x}}')", "expand is broken"},
		"a text, inside a test":       {"pm.test('t', () => pm.variables.replaceIn('{{x}}'))", "expand is broken"},
		"a nil map":                   {"pm.cookies.jar().get('http://h/', 'a', () => {})", "nil map"},
		"in a request's goroutine":    {"await pm.sendRequest('http://h/')", "index out of range"},
		"in a timer":                  {"setTimeout(() => pm.variables.replaceIn('{{x}}'), 1)", "expand is broken"},
		"in a promise":                {"await Promise.resolve().then(() => pm.variables.replaceIn('{{x}}'))", "expand is broken"},
		"in a callback of the engine": {"[1].map(() => pm.variables.replaceIn('{{x}}'))", "expand is broken"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			call := s.call
			call.Source = test.give
			result := s.box.Run(t.Context(), &brokenHost{s.recorder}, &call)
			said := strings.Join(s.asserted(), " ")
			for _, e := range s.exceptions() {
				said += e
			}
			if result.Error != nil {
				said += result.Error.Message
			}
			if !strings.Contains(said, test.want) {
				t.Errorf("nothing of %q in %q", test.want, said)
			}
			s.run("pm.test('the next script')")
			wantLines(t, "assertions", s.asserted(), "ok the next script")
		})
	}
}
