package cli

import (
	"context"
	"fmt"
	"strings"

	"posthaste/internal/cli/apifile"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/internal/openapi/contract"
	"posthaste/internal/openapi/node"
	"posthaste/internal/redact"
	"posthaste/internal/threshold"
	"posthaste/runner/event"
)

// A rejudgement is what report and merge hold a recording against: thresholds and OpenAPI files.
type rejudgement struct {
	limits []*threshold.Threshold
	replay *contract.Replay // nil without OpenAPI files
	sink   func(event.Masked) error
}

// newRejudgement reads the files and the limits. What it adds to a recording goes to sink, too.
func newRejudgement(ctx context.Context, p *process.Process, api *apifile.Flags, limits []string, sink func(event.Masked) error) (*rejudgement, error) {
	j := &rejudgement{sink: sink}
	for _, text := range limits {
		t, err := threshold.Parse(text)
		if err != nil {
			return nil, process.Usage("such as 'p95<500ms' or 'openapi.operations>80%'", "--threshold: %w", err)
		}
		j.limits = append(j.limits, t)
	}
	c, err := api.Contract(ctx, &input.Reader{Process: p}, isMasked)
	if err != nil {
		return nil, err
	}
	if c != nil {
		j.replay = &contract.Replay{Contract: c, Sink: j.judge}
	}
	return j, nil
}

// isMasked reports whether a value of a recording is hidden, in whole or in part: what it was is not known.
func isMasked(v *node.Node) bool {
	return v.Kind == node.String && strings.Contains(v.Text, redact.Mask)
}

// take takes an event of the recording.
func (j *rejudgement) take(e event.Masked) error {
	if j.replay != nil {
		return j.replay.Take(e)
	}
	return j.judge(e)
}

// judge hands an event on, and tells before the run's end which limits were kept.
func (j *rejudgement) judge(e event.Masked) error {
	for _, t := range j.limits {
		t.Add(e.Event())
	}
	if _, ok := e.Event().(event.RunFinished); ok {
		for _, t := range j.limits {
			if err := j.sink(event.Recorded(t.Check())); err != nil {
				return err
			}
		}
	}
	return j.sink(e)
}

// say prints the limits that were not kept.
func (j *rejudgement) say(p *process.Process) {
	for _, t := range j.limits {
		if e := t.Check(); e.Broken {
			fmt.Fprintf(p.Stderr, "posthaste: failed: threshold %s: it was %s\n", e.Text, e.Value)
		}
	}
}
