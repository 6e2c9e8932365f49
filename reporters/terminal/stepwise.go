package terminal

import (
	"posthaste/runner/event"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
)

// A stepwiseReport is a report on the terminal that shows a step once it is over. What announces the step, and the
// progress line, are there at once.
type stepwiseReport struct {
	report.Reporter
	screen *screen.Screen
}

// Report takes the next event.
func (r *stepwiseReport) Report(e event.Event, s *event.Summary) error {
	switch e.(type) {
	case event.ItemStarted:
		err := r.Reporter.Report(e, s)
		r.screen.Hold()
		return err
	case event.ItemFinished, event.IterationFinished, event.RunFinished:
		r.screen.Release() // what the step has said, before the end of it is
	}
	if err := r.Reporter.Report(e, s); err != nil {
		return err
	}
	return r.screen.Failure()
}
