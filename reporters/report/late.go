package report

import (
	"bufio"
	"errors"
	"fmt"

	"posthaste/runner/event"
)

// A value may become a secret after it was told: an answer brings a token within a URL, and only then a script stores
// it in a variable whose name speaks of secrets. Out masks what it knows when it is written to, so reports write late:
// those in files when the run is over, those on the terminal when the step is.

// Late makes a reporter of a file write to a spool, and what the spool holds to its file once the run is over.
func Late(spec Spec) Spec {
	early := spec.New
	spec.New = func(cfg Config) (Reporter, error) {
		whole, err := cfg.NewSpool()
		if err != nil {
			return nil, err
		}
		out := cfg.Out
		cfg.Out = whole
		r, err := early(cfg)
		if err != nil {
			return nil, err
		}
		return &lateReport{r, whole, func() error { return whole.CopyTo(out) }}, nil
	}
	return spec
}

// A lateReport is a report in a file that is written as the run goes on.
type lateReport struct {
	Reporter
	whole *Spool
	write func() error
}

// Report takes the next event.
func (r *lateReport) Report(e event.Event, s *event.Summary) error {
	if err := r.Reporter.Report(e, s); err != nil {
		return err
	}
	if _, ok := e.(event.RunFinished); !ok {
		return nil
	}
	if err := r.write(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// StepByStep makes a reporter of a file write what happened as soon as a step is over, so that a run that is cut off has
// its recording, and once more, masked by all that is known then, when the run is over.
func StepByStep(spec Spec) Spec {
	early, atTheEnd := spec.New, Late(spec).New
	spec.New = func(cfg Config) (Reporter, error) {
		if cfg.Live == nil {
			return atTheEnd(cfg)
		}
		file, err := cfg.Live()
		if err != nil {
			return nil, err
		}
		out := cfg.Out
		live := &Spool{file: file, buf: bufio.NewWriterSize(file, 64<<10)}
		cfg.Out = live
		r, err := early(cfg)
		if err != nil {
			return nil, err
		}
		whole := &lateReport{r, live, func() error { return live.CopyTo(out) }}
		return &recordingReport{whole, func() error { return errors.Join(live.buf.Flush(), file.Flush()) }}, nil
	}
	return spec
}

// A recordingReport has every step in its file that is over.
type recordingReport struct {
	Reporter
	flush func() error
}

// Report takes the next event.
func (r *recordingReport) Report(e event.Event, s *event.Summary) error {
	if err := r.Reporter.Report(e, s); err != nil {
		return err
	}
	switch e.(type) {
	case event.RunStarted, event.ItemFinished:
		if err := r.flush(); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}
