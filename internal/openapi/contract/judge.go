package contract

import (
	"strings"

	"posthaste/runner/event"
)

// Judge is Check for a run: it returns what is wrong as texts, and keeps count of the rest
// for the end of the run. Known deviations are counted and not returned.
func (c *Contract) Judge(request event.Request, response event.Response) (served bool, deviations []string) {
	v := c.Check(Exchange{request, response})
	for _, one := range v.Violations {
		deviations = append(deviations, one.Text())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.exchanges++
	if v.Served {
		c.served++
	}
	for _, list := range [][]Violation{v.Violations, v.Known} {
		for _, one := range list {
			c.met.add(one)
		}
	}
	for _, one := range v.Notices {
		c.odd.add(one)
	}
	return v.Served, deviations
}

// Text is the violation with its value and the place of what asks, as a failed assertion
// shows it. The value is left out where the message has it already.
func (v Violation) Text() string {
	text := v.String()
	if v.Value != "" && !strings.Contains(v.Message, v.Value) {
		text += "; it is " + v.Value
	}
	if v.Place != "" {
		text += " (" + v.Place + ")"
	}
	return text
}

// A tally is violations of a run, each once with its count, in the order in which they were
// first met. The zero tally is ready.
type tally struct {
	list []Violation
	at   map[string]int
}

// mostKept is how many different violations of a run are kept. A run of days against an API
// that changed has no end of them; memory has.
const mostKept = 10_000

// add counts a violation. The first of a kind is kept with its message and value. Beyond
// mostKept, new kinds are dropped.
func (t *tally) add(v Violation) {
	if i, known := t.at[v.ID]; known {
		t.list[i].Count += v.Count
		return
	}
	if len(t.list) >= mostKept {
		return
	}
	if t.at == nil {
		t.at = map[string]int{}
	}
	t.at[v.ID] = len(t.list)
	t.list = append(t.list, v)
}

// Met are the violations of the run so far, those of the baseline too, each kind once. The
// list is a copy.
func (c *Contract) Met() []Violation {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Violation(nil), c.met.list...)
}

// Notices are what was odd in the run and is no violation, each kind once. The list is a
// copy.
func (c *Contract) Notices() []Violation {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Violation(nil), c.odd.list...)
}

// Exchanges are how many were judged, and how many of them a file is about.
func (c *Contract) Exchanges() (all, served int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.exchanges, c.served
}
