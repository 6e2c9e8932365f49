// Package variable resolves {{name}} and <<name>> placeholders against Postman's variable scopes.
//
// A name that no scope knows stays as it is written, so that a request that is sent shows what it lacked.
package variable

import "posthaste/collection"

// A Scope holds the variables of one level: an environment, the globals, a row of data.
// The zero Scope is empty and ready to use. It is not safe for concurrent use: one run owns it.
//
// Keys may occur more than once, as in Postman's files. The last enabled entry of a key counts
// (newman: postman-collection's VariableScope).
type Scope struct {
	Name string // as reports show it
	ID   string
	// Watch is told of each variable that gets another value, or is removed. May be nil.
	Watch func(v collection.Variable, removed bool)

	vars []collection.Variable
	last map[string]int // by key: index of the last enabled entry
}

// NewScope returns a scope with these variables, their values cast to their types.
// The slice is copied.
func NewScope(name string, vars []collection.Variable) *Scope {
	s := &Scope{Name: name, vars: make([]collection.Variable, len(vars))}
	for i, v := range vars {
		v.Value = Cast(v.Value, v.Type)
		s.vars[i] = v
	}
	s.reindex()
	return s
}

// Lookup returns the value of key. Disabled entries are invisible.
func (s *Scope) Lookup(key string) (collection.Value, bool) {
	if s == nil {
		return collection.Value{}, false
	}
	i, ok := s.last[key]
	if !ok {
		return collection.Value{}, false
	}
	return s.vars[i].Value, true
}

// Set gives key a value: in its last enabled entry, else in a new one at the end. A typ of "" keeps the
// entry's type where that still fits the value's kind.
func (s *Scope) Set(key string, v collection.Value, typ string) {
	if i, ok := s.last[key]; ok {
		entry := &s.vars[i]
		before := *entry
		if typ != "" {
			entry.Type = typ
		} else if !fits(entry.Type, v) {
			entry.Type = typeOf(v)
		}
		entry.Value = Cast(v, entry.Type)
		if entry.Value != before.Value || entry.Type != before.Type {
			s.watch(*entry, false)
		}
		return
	}
	if s.last == nil {
		s.last = make(map[string]int)
	}
	if typ == "" {
		typ = typeOf(v)
	}
	s.last[key] = len(s.vars)
	s.vars = append(s.vars, collection.Variable{Key: key, Value: Cast(v, typ), Type: typ})
	s.watch(s.vars[len(s.vars)-1], false)
}

func (s *Scope) watch(v collection.Variable, removed bool) {
	if s.Watch != nil {
		s.Watch(v, removed)
	}
}

// Unset removes the enabled entries of key. Disabled ones stay.
func (s *Scope) Unset(key string) {
	i, ok := s.last[key]
	if !ok {
		return
	}
	s.watch(s.vars[i], true)
	kept := s.vars[:0]
	for _, v := range s.vars {
		if v.Key != key || v.Disabled {
			kept = append(kept, v)
		}
	}
	s.vars = kept
	s.reindex()
}

// Clear removes every entry.
func (s *Scope) Clear() {
	for i, v := range s.vars {
		if last, ok := s.last[v.Key]; ok && last == i {
			s.watch(v, true)
		}
	}
	s.vars, s.last = nil, nil
}

// Variables returns the entries in order, disabled ones included. The caller must not change them.
func (s *Scope) Variables() []collection.Variable {
	if s == nil {
		return nil
	}
	return s.vars
}

// Clone returns a copy that changes apart and is not watched.
func (s *Scope) Clone() *Scope {
	c := &Scope{Name: s.Name, ID: s.ID, vars: append([]collection.Variable(nil), s.vars...)}
	c.reindex()
	return c
}

func (s *Scope) reindex() {
	s.last = make(map[string]int, len(s.vars))
	for i, v := range s.vars {
		if !v.Disabled {
			s.last[v.Key] = i
		}
	}
}
