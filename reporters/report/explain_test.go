package report

import (
	"strings"
	"testing"

	"posthaste/runner/event"
)

// A request that a fence or a limit held back is shown, and no command that sends it.
func TestNothingIsSaidToBeSentAgainThatMustNotBeSent(t *testing.T) {
	request := event.Request{Method: "POST", URL: "https://api.test/payments"}
	assertion := &event.Error{Name: "AssertionError", Message: "expected 1 to equal 2"}
	tests := map[string]struct {
		outcome, request *event.Error
		want             bool
	}{
		"an answer of another kind":            {assertion, nil, true},
		"no answer":                            {&event.Error{Code: "ECONNREFUSED"}, &event.Error{Code: "ECONNREFUSED"}, true},
		"outside the fence":                    {&event.Error{Code: event.CodeFence}, &event.Error{Code: event.CodeFence}, false},
		"above the limit":                      {&event.Error{Code: event.CodeLimit}, &event.Error{Code: event.CodeLimit}, false},
		"an assertion about what was not sent": {assertion, &event.Error{Code: event.CodeFence}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := Outcome{Name: "a", Status: Failed, Error: test.outcome, Request: &Exchange{Request: request, Error: test.request}}
			text := o.Explain()
			if !strings.Contains(text, "https://api.test/payments") {
				t.Errorf("the request is not in\n%s", text)
			}
			if got := strings.Contains(text, "to send it again"); got != test.want {
				t.Errorf("it has a command: %v, want %v, in\n%s", got, test.want, text)
			}
		})
	}
}
