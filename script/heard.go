package script

import (
	"sync"
	"sync/atomic"

	"posthaste/collection"
	"posthaste/runner/event"
	"posthaste/script/host"
)

// heard stands between a script and its host, so that a script that was given up and still runs reaches nothing of the
// run that has gone on without it.
type heard struct {
	Host
	left *atomic.Bool
	mu   sync.Mutex // held while a script uses a scope

	own    Call // what the script sees, with these scopes
	scopes [5]heardScope
}

// Emit hands an event on while the script counts.
func (h *heard) Emit(e event.Event) {
	if !h.left.Load() {
		h.Host.Emit(e)
	}
}

// Expand resolves placeholders while the script counts.
func (h *heard) Expand(text string, scopes ...Scope) (string, error) {
	if h.left.Load() {
		return text, nil
	}
	own := make([]Scope, len(scopes))
	for i, scope := range scopes {
		if s, ok := scope.(*heardScope); ok {
			scope = s.scope
		}
		own[i] = scope
	}
	return h.Host.Expand(text, own...)
}

// show returns the host with what it can do beside.
func (h *heard) show() Host {
	if runner, ok := h.Host.(RequestRunner); ok {
		return struct {
			*heard
			RequestRunner
		}{h, runner}
	}
	return h
}

// call returns a copy of a call whose scopes are out of reach once the script was given up.
func (h *heard) call(c *Call) *Call {
	h.own = *c
	own := &h.own
	for i, scope := range [...]*Scope{&own.Environment, &own.Globals, &own.CollectionVariables, &own.Local, &own.Data} {
		if *scope != nil {
			h.scopes[i] = heardScope{scope: *scope, heard: h}
			*scope = &h.scopes[i]
		}
	}
	return own
}

// A heardScope is a scope as long as the script that uses it counts, and empty from then on.
type heardScope struct {
	scope Scope
	heard *heard
}

// use does nothing once the script was given up: what it still does must not be heard.
func (s *heardScope) use(f func(Scope)) {
	s.heard.mu.Lock()
	defer s.heard.mu.Unlock()
	if !s.heard.left.Load() {
		f(s.scope)
	}
}

// Lookup finds a variable.
func (s *heardScope) Lookup(key string) (v collection.Value, ok bool) {
	s.use(func(scope Scope) { v, ok = scope.Lookup(key) })
	return v, ok
}

// Set sets a variable.
func (s *heardScope) Set(key string, v collection.Value, typ string) {
	s.use(func(scope Scope) { scope.Set(key, v, typ) })
}

// Unset removes a variable.
func (s *heardScope) Unset(key string) { s.use(func(scope Scope) { scope.Unset(key) }) }

// Clear removes all variables.
func (s *heardScope) Clear() { s.use(func(scope Scope) { scope.Clear() }) }

// Variables lists the variables.
func (s *heardScope) Variables() (list []collection.Variable) {
	s.use(func(scope Scope) { list = scope.Variables() })
	return list
}

// Size is about how many bytes the variables take.
func (s *heardScope) Size() (n int64) {
	s.use(func(scope Scope) {
		if sized, ok := scope.(host.SizedScope); ok {
			n = sized.Size()
		}
	})
	return n
}

// TypeOf is the type that a file declares for a variable.
func (s *heardScope) TypeOf(key string) (typ string) {
	s.use(func(scope Scope) {
		if typed, ok := scope.(host.TypedScope); ok {
			typ = typed.TypeOf(key)
		}
	})
	return typ
}
