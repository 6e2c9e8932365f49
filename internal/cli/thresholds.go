package cli

import (
	"fmt"

	"posthaste/internal/threshold"
	"posthaste/runner/event"
)

// limits are the thresholds of a run.
type limits []*threshold.Threshold

func (r *running) thresholds() (limits, error) {
	var list limits
	for _, text := range r.flags.thresholds {
		t, err := threshold.Parse(text)
		if err != nil {
			return nil, usage("such as 'p95<500ms', 'failed<1%' or 'Pay/**: avg<1s'", "--threshold: %w", err)
		}
		list = append(list, t)
	}
	return list, nil
}

func (l limits) add(e event.Event) {
	for _, t := range l {
		t.Add(e)
	}
}

// check prints the limits that were not kept and tells whether there are any.
func (l limits) check(p *Process) (broken bool) {
	for _, t := range l {
		if text := t.Check(); text != "" {
			broken = true
			fmt.Fprintf(p.Stderr, "posthaste: failed: %s\n", text)
		}
	}
	return broken
}
