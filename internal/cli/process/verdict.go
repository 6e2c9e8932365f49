package process

import "posthaste/runner/event"

// Verdict is how a command ends that ran something or reports what ran: nil when it passed. Why a run could not go on
// is said; all else stands in the reports.
func Verdict(s *event.Summary) error {
	code := map[event.Verdict]int{
		event.Failed: ExitFailed, event.Unknown: ExitUnknown, event.Interrupted: ExitInterrupted,
	}[s.Verdict()]
	switch {
	case code == ExitPassed:
		return nil
	case s.Error != "" && code != ExitInterrupted:
		return &Problem{Code: code, Err: RunError(s.Error)}
	}
	return ExitCode(code)
}
