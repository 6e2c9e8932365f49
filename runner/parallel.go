package runner

import (
	"posthaste/collection"
	"posthaste/internal/variable"
)

// What a unit of a parallel run may be. The words are those of --parallel-by.
const (
	ByFolder    = "folder"    // a top-level folder, or a top-level request
	ByIteration = "iteration" // one iteration with its row of data
)

// Parallel says how a run is spread over workers. The zero Parallel runs one request after the other.
//
// A unit runs its requests in order, with variables, cookies and a script realm of its own. Events come in the order of a
// sequential run.
type Parallel struct {
	Workers int    // how many units run at a time; 0 and 1 are one
	By      string // ByFolder or ByIteration; "" is ByFolder
	// Setup selects requests that run first, once, and whose variables and cookies every unit begins with. May be nil.
	Setup func(*collection.Item) bool
}

// enabled reports whether there are units at all. A setup makes units even with one worker.
func (p Parallel) enabled() bool { return p.Workers > 1 || p.Setup != nil }

// A unit is a part of a run that runs by itself. Its number decides where its events stand.
type unit struct {
	plan      *plan
	number    int // in the order of a sequential run
	iteration int
	row       *variable.Scope
	first     bool // of its iteration
	last      bool
}

// setups counts the requests of a plan that run first: by collection; a run of its own has
// one collection. nil says that there is no setup.
func (p Parallel) setups(whole *plan) []int {
	if p.Setup == nil {
		return nil
	}
	n := 0
	for _, item := range whole.items {
		if p.Setup != nil && p.Setup(item.item) {
			n++
		}
	}
	return []int{n}
}

// split returns the setup's plan and the plans of the units of an iteration. Each plan finds
// only its own requests, so setNextRequest cannot leave a unit.
func (p Parallel) split(whole *plan) (setup *plan, units []*plan) {
	setup = &plan{}
	rest := &plan{}
	for _, item := range whole.items {
		if p.Setup != nil && p.Setup(item.item) {
			item.setup = true
			setup.items = append(setup.items, item)
		} else {
			rest.items = append(rest.items, item)
		}
	}
	if p.By == ByIteration {
		units = []*plan{rest}
	} else {
		units = byFolder(rest)
	}
	for _, u := range append(units, setup) {
		u.index()
	}
	return setup, units
}

// byFolder groups the items of a plan by the top-level item that they are in. There is always
// one group, so that an iteration without requests still has its events.
func byFolder(whole *plan) []*plan {
	var units []*plan
	var last *collection.Item
	for _, item := range whole.items {
		top := item.item
		for top.Parent != nil {
			top = top.Parent
		}
		if top != last || len(units) == 0 {
			units = append(units, &plan{})
			last = top
		}
		u := units[len(units)-1]
		u.items = append(u.items, item)
	}
	if len(units) == 0 {
		units = []*plan{{}}
	}
	return units
}
