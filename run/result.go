package run

import (
	"errors"
	"fmt"

	"posthaste/collection"
	"posthaste/internal/redact"
	"posthaste/runner/event"
)

// ErrFailed is what Result.Err wraps where an assertion, a script or a request failed.
var ErrFailed = errors.New("the run failed")

// ErrUnknown is what Result.Err wraps where not one request got a response, so that nothing is known of what was to be
// tested.
var ErrUnknown = errors.New("not one request got a response")

// ErrInterrupted is what Result.Err wraps where the context of the run ended.
var ErrInterrupted = errors.New("the run was interrupted")

// A Result is what a run came to.
type Result struct {
	Summary event.Summary // counts, times, causes of failures
	// The variables as the run left them, with their secrets.
	Environment, Globals, CollectionVariables []collection.Variable

	secrets *redact.Set // nil masks nothing
}

// Passed reports whether the run is green: something ran, all of it passed.
func (r *Result) Passed() bool { return r.Summary.Verdict() == event.Passed }

// ExitCode is that of `posthaste run`: 0 passed, 1 failed, 3 no request got a response, 130 interrupted.
func (r *Result) ExitCode() int {
	return map[event.Verdict]int{event.Failed: 1, event.Unknown: 3, event.Interrupted: 130}[r.Summary.Verdict()]
}

// Err is nil for a run that passed. Else it wraps ErrFailed, ErrUnknown or ErrInterrupted, and counts what failed.
func (r *Result) Err() error {
	what := map[event.Verdict]error{
		event.Failed: ErrFailed, event.Unknown: ErrUnknown, event.Interrupted: ErrInterrupted,
	}[r.Summary.Verdict()]
	n := r.Summary.Failed()
	switch {
	case what == nil:
		return nil
	case r.Summary.Error != "":
		return fmt.Errorf("%w: %s", what, r.Mask(r.Summary.Error))
	case n > 0:
		return fmt.Errorf("%w: %d failures in %d requests", what, n, r.Summary.Requests.Total)
	}
	return what
}

// Value is the text of a variable as the run left it: of the environment, else of the collection, else of the globals.
// It is not masked.
func (r *Result) Value(name string) (text string, known bool) {
	for _, scope := range [][]collection.Variable{r.Environment, r.CollectionVariables, r.Globals} {
		for i := len(scope) - 1; i >= 0; i-- {
			if v := scope[i]; v.Key == name && !v.Disabled {
				return v.Value.String(), true
			}
		}
	}
	return "", false
}

// Mask replaces in a text every secret that the run knew, in any encoding, by asterisks.
func (r *Result) Mask(text string) string {
	if r.secrets == nil {
		return text
	}
	return r.secrets.Text(text)
}
