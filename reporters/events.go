package reporters

import (
	"fmt"

	"posthaste/runner/event"
)

func eventsSpec() Spec {
	return Spec{Name: "events", Extension: ".ndjson", Bodies: 1 << 20, Documents: true, New: func(cfg Config) (Reporter, error) {
		return &eventsReport{event.NewEncoder(cfg.Out)}, nil
	}}
}

// An eventsReport writes the events themselves, one a line, in the versioned form of package event. Every other
// report can be made from it. An item's document stands only where its step begins.
type eventsReport struct{ enc *event.Encoder }

// Report writes the event.
func (r *eventsReport) Report(e event.Event, _ *event.Summary) error {
	switch x := e.(type) {
	case event.ItemFinished:
		x.Item.Document = nil
		e = x
	case event.Assertion:
		x.Item.Document = nil
		e = x
	case event.ResponseReceived:
		x.Item.Document = nil
		e = x
	case event.RequestFailed:
		x.Item.Document = nil
		e = x
	}
	if err := r.enc.Encode(e); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
