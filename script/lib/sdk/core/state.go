package core

import (
	"weak"

	"github.com/dop251/goja"
)

const (
	mostRecent = 8        // states that are held while a script runs, beside their objects
	largeState = 64 << 10 // bytes of a body; a state with more of them must go when its object does
	leastSweep = 64       // states of earlier scripts that are kept before the dead are looked for
)

// states are those of the objects of a runtime. Most objects live no longer than the script that they were made for, and
// are found in a short list. What a script kept for later ones is found by a weak pointer, so that its state does not keep
// the object; the state itself goes when the next dead ones are looked for. Large states, and those that hold values of the
// script, are in a WeakMap instead, which lets them go with their objects and takes ten times as long.
type states struct {
	recent []attached
	past   map[weak.Pointer[goja.Object]]*State
	sweep  int  // how many there must be in past for the next look
	mapped bool // the WeakMap has some
}

// An attached is an object with its state.
type attached struct {
	o  *goja.Object
	st *State
}

// Attach gives o its state, which lives as long as o does.
func (s *SDK) Attach(o *goja.Object, st *State) {
	if st.large() { // a script may ask for many of them
		s.mapState(o, st)
		return
	}
	held := &s.states
	if len(held.recent) == mostRecent {
		s.retire(held.recent[0])
		copy(held.recent, held.recent[1:])
		held.recent = held.recent[:mostRecent-1]
	}
	held.recent = append(held.recent, attached{o, st})
}

// State returns what Attach gave, nil for anything else.
func (s *SDK) State(v goja.Value) *State {
	o, _ := v.(*goja.Object)
	if o == nil {
		return nil
	}
	if o == s.Lean {
		return s.LeanState
	}
	held := &s.states
	for i := len(held.recent) - 1; i >= 0; i-- {
		if held.recent[i].o == o {
			return held.recent[i].st
		}
	}
	if len(held.past) > 0 {
		if st := held.past[weak.Make(o)]; st != nil {
			return st
		}
	}
	if !held.mapped {
		return nil
	}
	found, err := s.Engine.weakGet(s.Engine.weakMap, o)
	if err != nil {
		return nil
	}
	st, _ := found.Export().(*State)
	return st
}

// Retire is to be called when a script has ended: from then on, its objects are held by nothing but what they are
// kept in.
func (s *SDK) Retire() {
	for _, a := range s.states.recent {
		s.retire(a)
	}
	clear(s.states.recent)
	s.states.recent = s.states.recent[:0]
}

// retire lets go of an object.
func (s *SDK) retire(a attached) {
	held := &s.states
	if a.st.kept != nil || a.st.large() {
		s.mapState(a.o, a.st)
		return
	}
	if held.past == nil {
		held.past = map[weak.Pointer[goja.Object]]*State{}
	}
	held.past[weak.Make(a.o)] = a.st
	if len(held.past) < max(held.sweep, leastSweep) {
		return
	}
	for pointer := range held.past {
		if pointer.Value() == nil {
			delete(held.past, pointer)
		}
	}
	held.sweep = 2 * len(held.past)
}

// mapState has the WeakMap hold a state.
func (s *SDK) mapState(o *goja.Object, st *State) {
	s.states.mapped = true
	_, err := s.Engine.weakSet(s.Engine.weakMap, o, s.VM.ToValue(st))
	s.Check(err)
}

// keep notes a value of the script in a state, which holds it from then on.
func (s *SDK) keep(o *goja.Object, st *State, key string, v goja.Value) {
	if st.kept == nil {
		st.kept = map[string]goja.Value{}
		if pointer := weak.Make(o); s.states.past[pointer] != nil { // it may hold the object itself
			delete(s.states.past, pointer)
			s.mapState(o, st)
		}
	}
	st.kept[key] = v
}

// large says whether a state holds a large body.
func (st *State) large() bool {
	if st.Request != nil && st.Request.Request.Body != nil && len(st.Request.Request.Body.Raw) > largeState {
		return true
	}
	return len(st.Body) > largeState || st.Response != nil && len(st.Response.Body) > largeState
}
