package cause_test

import (
	"testing"

	"posthaste/runner/cause"
)

// Of several credentials that a request was sent with, the server may have refused any.
func TestWhatWasRefusedIsNotSaidForCertain(t *testing.T) {
	tests := map[string]struct{ sent, want string }{
		"one":              {"key", "key was refused"},
		"two":              {"secret key", "secret or key was refused"},
		"three":            {"id secret key", "id, secret or key was refused"},
		"one that is none": {"***** key", "key was refused"},
		"many":             {"id secret key serial", "key or another credential of that request was refused"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			j := &cause.Judge{}
			for i, s := range []told{{item: "token", status: 401, secrets: test.sent, fails: "ok"}, {item: "pay", status: 401, secrets: "key", fails: "ok"}} {
				tell(j, i, s)
			}
			causes := j.Causes()
			if len(causes) != 1 || len(causes[0].Consequences) != 1 || causes[0].Consequences[0].Through != test.want {
				t.Errorf("got %+v, want one consequence, since %q", causes, test.want)
			}
		})
	}
}
