package terminal

import (
	"fmt"
	"strings"

	"posthaste/reporters/report"
	"posthaste/reporters/screen"
	"posthaste/runner/event"
)

// Progress describes the progress reporter.
func Progress() report.Spec {
	return report.Spec{Name: "progress", About: "a progress bar, on the terminal", Options: []string{"silent"}, New: func(cfg report.Config) (report.Reporter, error) {
		if cfg.Terminal.Silent || cfg.Option("silent") {
			return silent{}, nil
		}
		return &progressBar{screen: screen.New(cfg), unicode: cfg.Terminal.Unicode}, nil
	}}
}

// A progressBar fills a bar, an item at a time (newman: reporters/progress). Where lines
// cannot be rewritten it writes only the last one.
type progressBar struct {
	screen  *screen.Screen
	unicode bool
	total   int
}

// Report takes the next event.
func (r *progressBar) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	switch e := e.(type) {
	case event.RunStarted:
		r.total = e.Items * e.Iterations
		r.screen.Status(r.bar(s))
	case event.ItemFinished:
		r.screen.Status(r.bar(s))
	case event.RunFinished:
		r.screen.Line(r.bar(s))
	}
	return r.screen.Failure()
}

// bar is 40 cells wide. Without a known number of requests it shows only how many are done,
// and a full bar.
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
	if !r.unicode {
		full, empty = "#", "."
	}
	return strings.Repeat(full, cells) + strings.Repeat(empty, 40-cells) + text
}
