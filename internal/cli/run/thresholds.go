package run

import (
	"fmt"

	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/threshold"
	"posthaste/runner/event"
)

// limits are the thresholds of a run, in the order of their options.
type limits []*threshold.Threshold

// thresholds parses all limits before the run: a misspelled one must not cost a run.
func (r *running) thresholds() (limits, error) {
	var list limits
	for _, text := range r.flags.thresholds {
		t, err := threshold.Parse(text)
		if err != nil {
			return nil, process.Usage("such as 'p95<500ms', 'failed<1%' or 'Pay/**: avg<1s'", "--threshold: %w", err)
		}
		switch {
		case !t.IsCoverage():
		case len(r.flags.api.Files) == 0:
			return nil, process.Usage("--openapi FILE", "--threshold %s needs an OpenAPI file", text)
		case r.flags.shard != "": // a part of the run does not know what the others cover
			fmt.Fprintf(r.process.Stderr, "posthaste: threshold %s is left to posthaste merge --threshold\n", text)
			continue
		}
		list = append(list, t)
	}
	return list, nil
}

// add counts an event for every threshold, as it happened.
func (l limits) add(e event.Event) {
	for _, t := range l {
		t.Add(e)
	}
}

// before hands the verdicts to the reports when the run is over, before they are told that.
func (l limits) before(e event.Masked, out *output.Reports) error {
	if _, ok := e.Event().(event.RunFinished); !ok {
		return nil
	}
	for _, t := range l {
		if err := out.Report(out.Masked(t.Check())); err != nil {
			return err
		}
	}
	return nil
}

// say prints the limits that were not kept to standard error. Texts are masked: a limit can
// name a path.
func (l limits) say(p *process.Process, out *output.Reports) {
	for _, t := range l {
		if e, ok := out.Masked(t.Check()).Event().(event.Threshold); ok && e.Broken {
			fmt.Fprintf(p.Stderr, "posthaste: failed: threshold %s: it was %s\n", e.Text, e.Value)
		}
	}
}
