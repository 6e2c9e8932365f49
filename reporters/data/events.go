// Package data writes reports for programs and archives: events, CTRF, TAP, CSV, HAR, Markdown.
//
// All but events are made when the run is over, from events that are masked. Their formats belong to others; what a
// format has no place for goes into its extension, if it has one.
package data

import (
	"fmt"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// Events describes the events reporter. It keeps 1 MB of each body and is written while the
// run goes on.
func Events() report.Spec {
	return report.Spec{Name: "events", About: "a recording; posthaste report makes any report of it", Extension: ".ndjson", Bodies: 1 << 20, Documents: true, Live: true, New: func(cfg report.Config) (report.Reporter, error) {
		return &eventsReport{event.NewEncoder(cfg.Out)}, nil
	}}
}

// An eventsReport writes the events themselves, one a line, in the versioned form of package event. Every other
// report can be made from it. An item's document stands only where its step begins.
type eventsReport struct{ enc *event.Encoder }

// Report writes the event, with its document only where a step begins: it is the same in all
// events of the step.
func (r *eventsReport) Report(masked event.Masked, _ *event.Summary) error {
	e := masked.Event()
	if _, begins := e.(event.ItemStarted); !begins {
		e = e.Relabelled(event.Labels{Item: withoutDocument})
	}
	if err := r.enc.Encode(e); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// withoutDocument is an item as later events of its step have it.
func withoutDocument(i event.Item) event.Item {
	i.Document = nil
	return i
}
