package reporters

import (
	"fmt"
	"strings"

	"posthaste/runner/event"
)

func progressSpec() Spec {
	return Spec{Name: "progress", New: func(cfg Config) (Reporter, error) {
		if cfg.Terminal.Silent || cfg.option("silent") {
			return silent{}, nil
		}
		return &progressBar{screen: newScreen(cfg)}, nil
	}}
}

// A progressBar fills a bar, an item at a time (newman: reporters/progress). Where lines cannot be rewritten
// it writes only the last one.
type progressBar struct {
	screen *screen
	total  int
}

// Report takes the next event.
func (r *progressBar) Report(e event.Event, s *event.Summary) error {
	switch e := e.(type) {
	case event.RunStarted:
		r.total = e.Items * e.Iterations
		r.screen.status(r.bar(s))
	case event.ItemFinished:
		r.screen.status(r.bar(s))
	case event.RunFinished:
		r.screen.line(r.bar(s))
	}
	return r.screen.failure()
}

func (r *progressBar) bar(s *event.Summary) string {
	done := s.Items.Total
	text := fmt.Sprintf(" %d", done)
	cells := 40
	if r.total > 0 {
		text += fmt.Sprintf("/%d", r.total)
		cells = min(40*done/r.total, 40)
	}
	if n := s.Failed(); n > 0 {
		text += fmt.Sprintf(", %d failed", n)
	}
	full, empty := "█", "░"
	if !r.screen.term.Unicode {
		full, empty = "#", "."
	}
	return strings.Repeat(full, cells) + strings.Repeat(empty, 40-cells) + text
}
