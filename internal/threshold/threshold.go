// Package threshold judges a run by limits such as "p95<500ms" and "failed<1%", for the whole run, a folder or a
// request.
package threshold

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"posthaste/internal/selection"
	"posthaste/runner/event"
)

// A Threshold is one limit. Parse makes one.
type Threshold struct {
	Text string

	metric  string  // "p95", "avg", "min", "max", "failed", "requests"
	percent float64 // of a percentile
	less    bool    // "<", else ">"
	orEqual bool
	limit   float64 // in milliseconds, per cent or a count
	share   bool    // the limit is per cent
	take    func(path string) bool

	times    event.Histogram
	sum      float64
	min, max float64
	answers  int
	requests int             // executions of items
	failed   int             // those in which a request, a script or an assertion failed
	red      map[string]bool // steps at work that have failed

	kind    string           // of a limit on coverage: what is counted
	covered []event.Coverage // nil without an OpenAPI file
}

// limit is what, a comparison and a number.
var limit = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(p\d{1,2}(?:\.\d+)?|p100|avg|min|max|failed|requests|openapi\.[a-z]+)\s*(<=?|>=?)\s*([\d.]+)\s*(ms|s|%|)\s*$`)
})

// Parse reads "p95<500ms", "failed<1%", "avg<=200ms", "requests>10", each with an optional path in front:
// "Pay/**: p95<1s".
func Parse(text string) (*Threshold, error) {
	path, rule, scoped := cutLast(text, ":")
	if !scoped {
		rule = text
	}
	m := limit().FindStringSubmatch(rule)
	if m == nil {
		return nil, fmt.Errorf("%q is no threshold", text)
	}
	limit, err := strconv.ParseFloat(m[3], 64)
	if err != nil {
		return nil, fmt.Errorf("%q is no threshold: %w", text, err)
	}
	t := &Threshold{Text: text, metric: m[1], less: m[2][0] == '<', orEqual: len(m[2]) == 2, limit: limit, share: m[4] == "%"}
	if strings.HasPrefix(t.metric, "openapi.") {
		return t, t.coverageUnit(m[4], scoped)
	}
	if err := t.unit(m[4]); err != nil {
		return nil, err
	}
	if scoped {
		match, err := selection.Glob(strings.TrimSpace(path))
		if err != nil {
			return nil, err
		}
		t.take = match
	}
	return t, nil
}

func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+len(sep):], true
}

// unit checks that the unit goes with the metric.
func (t *Threshold) unit(unit string) error {
	counts := t.metric == "failed" || t.metric == "requests"
	switch {
	case counts && (unit == "ms" || unit == "s"), !counts && unit != "ms" && unit != "s", t.metric == "requests" && unit == "%":
		return fmt.Errorf("%q: times take ms or s, failed takes %% or a number, requests takes a number", t.Text)
	case unit == "s":
		t.limit *= 1000
	}
	if p, ok := strings.CutPrefix(t.metric, "p"); ok {
		percent, err := strconv.ParseFloat(p, 64)
		if err != nil {
			return fmt.Errorf("%q is no threshold: %w", t.Text, err)
		}
		t.metric, t.percent = "p", percent
	}
	return nil
}

// Judges reports whether a request of this path counts.
func (t *Threshold) Judges(path string) bool { return t.take == nil || t.take(path) }

// Add takes one event of the run.
func (t *Threshold) Add(e event.Event) {
	switch e := e.(type) {
	case event.ResponseReceived:
		if !t.takes(e.Item) {
			return
		}
		ms := float64(e.Response.Timing.Total) / 1e6
		t.times.Add(ms)
		t.sum += ms
		if t.answers == 0 || ms < t.min {
			t.min = ms
		}
		t.max = max(t.max, ms)
		t.answers++
	case event.RequestFailed:
		t.fail(e.Step, true)
	case event.Assertion:
		t.fail(e.Step, e.Error != nil)
	case event.ScriptFinished:
		t.fail(e.Step, e.Error != nil)
	case event.ItemFinished:
		if t.takes(e.Item) && !e.Retried {
			t.requests++
			if t.red[e.Step.ID] {
				t.failed++
			}
		}
		delete(t.red, e.Step.ID)
	case event.Coverage:
		if t.kind != "" {
			t.covered = event.Join(t.covered, e)
		}
	}
}

func (t *Threshold) fail(s event.Step, failed bool) {
	if !failed {
		return
	}
	if t.red == nil {
		t.red = map[string]bool{}
	}
	t.red[s.ID] = true
}

func (t *Threshold) takes(item event.Item) bool {
	return t.take == nil || t.take(strings.Join(append(append([]string{}, item.Path...), item.Name), "/"))
}

// Check judges the run by what it has done so far.
func (t *Threshold) Check() event.Threshold {
	if t.kind != "" {
		return t.checkCoverage()
	}
	value := t.value()
	kept := value > t.limit
	if t.less {
		kept = value < t.limit
	}
	return event.Threshold{Text: t.Text, Value: t.show(value), Broken: !kept && (!t.orEqual || value != t.limit)}
}

// value is what was measured: ms for times, % for a share, else a number. Without requests it is 0, not NaN.
func (t *Threshold) value() float64 {
	switch t.metric {
	case "p":
		return t.times.Percentile(t.percent)
	case "avg":
		return t.sum / max(1, float64(t.answers))
	case "min":
		return t.min
	case "max":
		return t.max
	case "failed":
		if t.share {
			return 100 * float64(t.failed) / max(1, float64(t.requests))
		}
		return float64(t.failed)
	}
	return float64(t.requests)
}

// show cuts to one digit behind the point, without rounding up: 99.96 % must not read as 100 %.
func (t *Threshold) show(value float64) string {
	text := strconv.FormatFloat(value, 'f', -1, 64)
	if i := strings.IndexByte(text, '.'); i >= 0 && len(text) > i+2 {
		text = text[:i+2]
	}
	switch {
	case t.share:
		return text + "%"
	case t.metric == "failed" || t.metric == "requests":
		return text
	}
	return text + "ms"
}
