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

// A heardRunner is heard by a Host that can run requests too.
type heardRunner struct {
	heard
	RequestRunner
}

// show returns the host with what it can do beside. left says that the script was given up.
func (h *heardRunner) show(host Host, left *atomic.Bool) Host {
	h.Host, h.left = host, left
	if runner, ok := host.(RequestRunner); ok {
		h.RequestRunner = runner
		return h
	}
	return &h.heard
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

// begin says whether the scope may be used: what a script still does that was given up must not be heard. end must be
// called when it was.
func (s *heardScope) begin() bool {
	s.heard.mu.Lock()
	if s.heard.left.Load() {
		s.heard.mu.Unlock()
		return false
	}
	return true
}

func (s *heardScope) end() { s.heard.mu.Unlock() }

// Lookup finds a variable.
func (s *heardScope) Lookup(key string) (v collection.Value, ok bool) {
	if !s.begin() {
		return v, false
	}
	defer s.end()
	return s.scope.Lookup(key)
}

// Set sets a variable.
func (s *heardScope) Set(key string, v collection.Value, typ string) {
	if s.begin() {
		defer s.end()
		s.scope.Set(key, v, typ)
	}
}

// Unset removes a variable.
func (s *heardScope) Unset(key string) {
	if s.begin() {
		defer s.end()
		s.scope.Unset(key)
	}
}

// Clear removes all variables.
func (s *heardScope) Clear() {
	if s.begin() {
		defer s.end()
		s.scope.Clear()
	}
}

// Variables lists the variables.
func (s *heardScope) Variables() []collection.Variable {
	if !s.begin() {
		return nil
	}
	defer s.end()
	return s.scope.Variables()
}

// Size is about how many bytes the variables take.
func (s *heardScope) Size() int64 {
	sized, ok := s.scope.(host.SizedScope)
	if !ok || !s.begin() {
		return 0
	}
	defer s.end()
	return sized.Size()
}

// TypeOf is the type that a file declares for a variable.
func (s *heardScope) TypeOf(key string) string {
	typed, ok := s.scope.(host.TypedScope)
	if !ok || !s.begin() {
		return ""
	}
	defer s.end()
	return typed.TypeOf(key)
}
