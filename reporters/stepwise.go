package reporters

import "posthaste/runner/event"

// A stepwiseReport is a report on the terminal that shows a step once it is over. What announces the step, and the
// progress line, are there at once.
type stepwiseReport struct {
	Reporter
	screen *screen
}

// Report takes the next event.
func (r *stepwiseReport) Report(e event.Event, s *event.Summary) error {
	switch e.(type) {
	case event.ItemStarted:
		err := r.Reporter.Report(e, s)
		r.screen.hold()
		return err
	case event.ItemFinished, event.IterationFinished, event.RunFinished:
		r.screen.release() // what the step has said, before the end of it is
	}
	if err := r.Reporter.Report(e, s); err != nil {
		return err
	}
	return r.screen.failure()
}
