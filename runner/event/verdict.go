package event

import (
	"fmt"
	"strconv"
	"strings"
)

// A Verdict is what a run came to. Exit codes and the last lines of reports are made of it, for a run and for its
// recording alike.
type Verdict int

// The verdicts, from the best to the worst.
const (
	Passed      Verdict = iota
	Failed              // an assertion, a script, a request or a threshold failed, or the run could not go on
	Unknown             // not one request got a response, so nothing is known of what was to be tested
	Interrupted         // somebody ended the run
)

// String is the verdict in a word.
func (v Verdict) String() string { return [...]string{"passed", "failed", "unknown", "interrupted"}[v] }

// reasonInterrupt is RunFinished.Reason of a run that somebody ended.
const reasonInterrupt = "interrupt"

// Verdict is what the run came to.
func (s *Summary) Verdict() Verdict {
	switch {
	case s.Reason == reasonInterrupt:
		return Interrupted
	case s.Answered == 0 && s.Unanswered > 0 && s.Refused == 0 && !s.compat:
		return Unknown
	case s.Failed() > 0, s.Refused > 0, s.Reason != "":
		return Failed
	}
	return Passed
}

// Doubts is the number of notices that count as failures: those that tell of a run that only looks green, in a run
// that is strict.
func (s *Summary) Doubts() int {
	if !s.strict {
		return 0
	}
	return s.doubts
}

// Warnings is the number of notices that would be failures in a strict run, in one that is not.
func (s *Summary) Warnings() int { return s.doubts - s.Doubts() }

// InRequests is how the text of a notice ends that concerns several requests: ` (in "A", "B", "C", 4 more)`.
func InRequests(names []string) string {
	const shown = 3
	list := make([]string, 0, shown+1)
	for _, name := range names[:min(shown, len(names))] {
		list = append(list, strconv.Quote(name))
	}
	if more := len(names) - shown; more > 0 {
		list = append(list, fmt.Sprintf("%d more", more))
	}
	return " (in " + strings.Join(list, ", ") + ")"
}

// The codes of requests that were not sent because the run must not send them.
const (
	CodeFence   = "EFENCE"   // it would have gone to a host outside the fence
	CodeLimit   = "ELIMIT"   // it would have broken a limit on amounts
	CodeFraming = "EFRAMING" // a part of its body could have been taken for a request that is not looked at
)

// Refused reports whether a request was not sent because the run must not send it.
func (e *Error) Refused() bool {
	return e != nil && (e.Code == CodeFence || e.Code == CodeLimit || e.Code == CodeFraming)
}

// CodeOpen is the code of a notice that the run has created something and not given it back.
const CodeOpen = "open"

// The codes of notices that tell of a run that only looks green.
const (
	CodeUnresolved  = "unresolved"  // a placeholder went out as it is written
	CodePlaceholder = "placeholder" // a variable still holds the text that asks to be replaced
	CodeUnasserted  = "unasserted"  // a response of 4xx or 5xx that no test looked at
	CodeUndefined   = "undefined"   // a script set a variable to undefined
	CodeSilent      = "silent"      // a script has assertions and never ran one
	CodeSetup       = "setup"       // no request is one that --setup names
	CodeMissing     = "missing"     // a file that a request sends is not there
	CodeUncovered   = "uncovered"   // the OpenAPI files are about none of the requests
)

// Doubtful reports whether the notice is one of these: under Options.Strict of the run it is a failure.
func (e Notice) Doubtful() bool {
	switch e.Code {
	case CodeUnresolved, CodePlaceholder, CodeUnasserted, CodeUndefined, CodeSilent, CodeSetup, CodeMissing, CodeUncovered:
		return true
	}
	return false
}

// Title is the name of the outcome that a doubtful notice is in a strict run.
func (e Notice) Title() string {
	if e.Subject == "" {
		return "notice " + e.Code
	}
	return "notice " + e.Code + ": " + e.Subject
}
