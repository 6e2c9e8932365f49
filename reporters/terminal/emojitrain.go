package terminal

import (
	"fmt"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// Emojitrain describes the emojitrain reporter.
func Emojitrain() report.Spec {
	return report.Spec{Name: "emojitrain", About: "a face for each request, on the terminal", Options: []string{"silent"}, New: func(cfg report.Config) (report.Reporter, error) {
		if cfg.Terminal.Silent || cfg.Option("silent") {
			return silent{}, nil
		}
		return &emojitrain{cfg: cfg}, nil
	}}
}

// An emojitrain writes a face an item, and one for the run (newman: reporters/emojitrain).
type emojitrain struct {
	cfg    report.Config
	failed int // before the item under way
}

// Report takes the next event.
func (r *emojitrain) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	// Whether the item failed is told by the sums: they have grown since the item before.
	face := ""
	sad := s.Failed() > r.failed
	switch e.(type) {
	case event.ItemFinished:
		face = r.face(sad, "😢 ", "😀 ", ":( ", ":) ")
		r.failed = s.Failed()
	case event.RunFinished:
		face = r.face(s.Verdict() != event.Passed, " 😭\n", " 😍\n", " :'(\n", " :D\n")
	default:
		return nil
	}
	if _, err := fmt.Fprint(r.cfg.Out, face); err != nil {
		return fmt.Errorf("writing to the terminal: %w", err)
	}
	return nil
}

// face chooses from sad and happy, in emoji and then in ASCII.
func (r *emojitrain) face(sad bool, faces ...string) string {
	if !r.cfg.Terminal.Unicode {
		faces = faces[2:]
	}
	if sad {
		return faces[0]
	}
	return faces[1]
}
