// Package teardown finds out, from the recording of a run, which of its iterations were begun and not torn down, and with
// which variables a teardown has to begin.
package teardown

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// A Left is an iteration, or a unit's part of one, that a run has begun and not torn down.
type Left struct {
	File      string // of the collection
	Iteration int    // 0-based
	Unit      string // as event.Step.Unit
	// Variables are what the run had made of variables, by scope and key, the last value of each. Values in which a secret
	// was masked are not whole.
	Variables []event.ScopedVariable
	// Unanswered is the last request of it that may have created something, where the recording has no answer to it; else
	// nil. Only the server knows what it has created.
	Unanswered *event.Checkpoint
}

// A Run is what a recording says of teardowns.
type Run struct {
	Globs []string // of the requests of the teardown
	Left  []Left   // in the order in which they were begun
	Done  int      // how many teardowns came to their end
}

// ErrNone says that the recorded run had no teardown.
var ErrNone = errors.New("the recorded run had no teardown, so it does not tell what to give back")

// errMerged says that the recording is that of several runs.
var errMerged = errors.New("it was merged of other recordings, and lacks what a teardown needs of them: name those instead, posthaste teardown takes several")

// Read reads a recording, also one of a run that was killed.
func Read(r io.Reader) (*Run, error) {
	b := &book{states: map[place]*state{}}
	if err := recording.Replay(r, func(e event.Masked) error { return b.add(e.Event()) }); err != nil {
		return nil, err
	}
	if len(b.run.Globs) == 0 {
		return nil, ErrNone
	}
	for _, p := range b.begun {
		if b.states[p].over || p.unit == "" && b.units(p.collection) {
			continue // what the setup made is each unit's to give back
		}
		b.run.Left = append(b.run.Left, Left{File: b.states[p].file, Iteration: p.iteration, Unit: p.unit, Variables: b.variables(p), Unanswered: b.states[p].pending})
	}
	return &b.run, nil
}

// A place is an iteration, or a unit's part of one.
type place struct {
	collection int
	unit       string
	iteration  int
}

// A state is what is known of a place.
type state struct {
	file      string
	variables []event.ScopedVariable
	undone    []event.ScopedVariable // by the teardown, which begins again unless it came to its end
	pending   *event.Checkpoint      // the last request, until an answer to it or something after it
	over      bool
}

// A book is a recording as far as it was read.
type book struct {
	run    Run
	states map[place]*state
	begun  []place // those that a request has left in that may have created something
	order  []place // all of them
}

func (b *book) add(e event.Event) error {
	switch e := e.(type) {
	case event.RunStarted:
		if e.Merged > 0 {
			return errMerged
		}
		b.run.Globs = e.Teardown
	case event.Checkpoint:
		if strings.HasPrefix(e.Step.Unit, "run") {
			return errMerged // an older recording, which does not say that it was merged
		}
		p := place{e.Step.Collection, e.Step.Unit, e.Step.Iteration}
		s := b.state(p)
		s.file = e.File
		for _, v := range e.Variables {
			if e.Teardown {
				s.undone = with(s.undone, v)
			} else {
				s.variables = with(s.variables, v)
			}
		}
		if !e.Teardown {
			s.pending = nil
			if e.Method != "" {
				s.pending = &e
			}
		}
		if e.Method != "" && !e.Teardown && !slices.Contains(b.begun, p) {
			b.begun = append(b.begun, p)
		}
	case event.ResponseReceived:
		if s := b.states[place{e.Step.Collection, e.Step.Unit, e.Step.Iteration}]; s != nil && s.pending != nil && s.pending.Step.ID == e.Step.ID {
			s.pending = nil
		}
	case event.TornDown:
		if s := b.state(place{e.Collection, e.Unit, e.Iteration}); !e.Cut && !s.over {
			s.over = true
			for _, v := range s.undone {
				s.variables = with(s.variables, v)
			}
			b.run.Done++
		}
	}
	return nil
}

func (b *book) state(p place) *state {
	s := b.states[p]
	if s == nil {
		s = &state{}
		b.states[p] = s
		b.order = append(b.order, p)
	}
	return s
}

// units reports whether the collection ran in units.
func (b *book) units(collection int) bool {
	return slices.ContainsFunc(b.order, func(p place) bool { return p.collection == collection && p.unit != "" })
}

// variables are those of a place: what the iterations before it left, or what the setup gave its unit, and its own.
func (b *book) variables(of place) []event.ScopedVariable {
	var list []event.ScopedVariable
	for _, p := range b.order {
		if p.collection != of.collection || p.unit != "" && p != of || p.unit == "" && of.unit == "" && p.iteration > of.iteration {
			continue
		}
		for _, v := range b.states[p].variables {
			if v.Scope == "data" && p.iteration != of.iteration {
				continue
			}
			list = with(list, v)
		}
	}
	return list
}

// with puts a variable into a list, in the place of its earlier value.
func with(list []event.ScopedVariable, v event.ScopedVariable) []event.ScopedVariable {
	i := slices.IndexFunc(list, func(w event.ScopedVariable) bool { return w.Scope == v.Scope && w.Key == v.Key })
	if i < 0 {
		return append(list, v)
	}
	list = slices.Clone(list)
	list[i] = v
	return list
}

// Label names the iteration for people.
func (l Left) Label() string {
	if l.Unit == "" {
		return fmt.Sprintf("iteration %d", l.Iteration+1)
	}
	return fmt.Sprintf("iteration %d, unit %s", l.Iteration+1, l.Unit)
}
