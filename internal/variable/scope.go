// Package variable resolves {{name}} and <<name>> placeholders against Postman's variable scopes.
//
// A name that no scope knows stays as it is written, so that a request that is sent shows what it lacked.
package variable

import (
	"cmp"

	"posthaste/collection"
)

// A Scope holds the variables of one level: an environment, the globals, a row of data.
// The zero Scope is empty and ready to use. It is not safe for concurrent use: one run owns it.
//
// Keys may occur more than once, as in Postman's files. The last enabled entry of a key counts
// (newman: postman-collection's VariableScope).
type Scope struct {
	Name string // as reports show it
	ID   string
	List bool // of a row of data: it is a list, and the keys are its indexes
	// Watch is told of each variable that gets another value, or is removed. May be nil.
	Watch func(v collection.Variable, removed bool)

	vars  []collection.Variable
	last  map[string]int  // by key: index of the last enabled entry
	twice map[string]bool // keys of more than one enabled entry
	holes map[int]bool    // indexes of entries that were removed and still stand in vars
	size  int64           // see Size
}

// variableSize is about what a variable takes besides the texts of its key and value, in bytes.
const variableSize = 64

// Size is about how many bytes the entries take, disabled ones included.
func (s *Scope) Size() int64 {
	if s == nil {
		return 0
	}
	return s.size
}

func sizeOf(v *collection.Variable) int64 {
	return variableSize + int64(len(v.Key)) + int64(len(v.Value.String()))
}

// NewScope returns a scope with these variables, their values cast to their types.
// The slice is copied.
func NewScope(name string, vars []collection.Variable) *Scope {
	return TakeScope(name, append(make([]collection.Variable, 0, len(vars)), vars...))
}

// TakeScope is NewScope with a slice that belongs to the scope from then on.
func TakeScope(name string, vars []collection.Variable) *Scope {
	s := &Scope{Name: name, vars: vars}
	for i := range vars {
		v := &vars[i]
		if cast := Cast(v.Value, v.Type); !broken(v.Type, v.Value, cast) {
			v.Value = cast
		}
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
	if v := &s.vars[i]; v.Value.IsString() && structured(v.Type) {
		return collection.Value{}, true
	}
	return s.vars[i].Value, true
}

// structured reports whether a type's values are lists or objects.
func structured(typ string) bool { return typ == "array" || typ == "object" }

// broken reports whether a text is not the list or object that its type wants. It reads as undefined and stays in
// the scope as it is, so that exports have it.
func broken(typ string, v, cast collection.Value) bool {
	return structured(typ) && v.IsString() && cast.Kind() == collection.Undefined
}

// TypeOf is the type that a variable has, "" for one that is not there.
func (s *Scope) TypeOf(key string) string {
	if i, ok := s.last[key]; ok {
		return s.vars[i].Type
	}
	return ""
}

// anyType is the type of what scripts set, also when they name another to cast to (newman: a script's changes
// are applied without their type).
const anyType = "any"

// Set gives key a value, cast to typ unless that is "": in its last enabled entry, else in a new one at the end.
// An entry keeps its type while that fits the value's kind.
func (s *Scope) Set(key string, v collection.Value, typ string) {
	if i, ok := s.last[key]; ok {
		entry := &s.vars[i]
		before := *entry
		if typ != "" || !fits(entry.Type, v) {
			entry.Type = anyType
		}
		entry.Value = Cast(v, cmp.Or(typ, entry.Type))
		s.size += sizeOf(entry) - sizeOf(&before)
		if entry.Value != before.Value || entry.Type != before.Type {
			s.watch(*entry, false)
		}
		return
	}
	if s.last == nil {
		s.last = make(map[string]int)
	}
	s.last[key] = len(s.vars)
	s.vars = append(s.vars, collection.Variable{Key: key, Value: Cast(v, typ), Type: anyType})
	s.size += sizeOf(&s.vars[len(s.vars)-1])
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
	s.remove(i)
	if s.twice[key] {
		for i, v := range s.vars {
			if v.Key == key && !v.Disabled {
				s.remove(i)
			}
		}
	}
	delete(s.last, key)
}

// remove takes an entry out when the list is next asked for: a script may remove many, one by one.
func (s *Scope) remove(i int) {
	if s.holes == nil {
		s.holes = map[int]bool{}
	}
	if !s.holes[i] {
		s.size -= sizeOf(&s.vars[i])
	}
	s.holes[i] = true
}

// compact takes out what was removed.
func (s *Scope) compact() {
	if len(s.holes) == 0 {
		return
	}
	kept := s.vars[:0]
	for i, v := range s.vars {
		if !s.holes[i] {
			kept = append(kept, v)
		}
	}
	clear(s.vars[len(kept):])
	s.vars, s.holes = kept, nil
	s.reindex()
}

// Clear removes every enabled entry (newman: each is unset after the script).
func (s *Scope) Clear() {
	s.compact()
	kept := make([]collection.Variable, 0)
	for i, v := range s.vars {
		if last, ok := s.last[v.Key]; ok && last == i {
			s.watch(v, true)
		}
		if v.Disabled {
			kept = append(kept, v)
		}
	}
	s.vars = kept
	s.reindex()
}

// Variables returns the entries in order, disabled ones included. The caller must not change them.
func (s *Scope) Variables() []collection.Variable {
	if s == nil {
		return nil
	}
	s.compact()
	return s.vars
}

// Clone returns a copy that changes apart and is not watched.
func (s *Scope) Clone() *Scope {
	s.compact()
	c := &Scope{Name: s.Name, ID: s.ID, List: s.List, vars: append([]collection.Variable(nil), s.vars...)}
	c.reindex()
	return c
}

// reindex is needed after the list of variables was replaced or shortened. Of several of one name the last counts;
// twice remembers those names, because removing one brings the one before it back.
func (s *Scope) reindex() {
	s.last, s.twice, s.size = make(map[string]int, len(s.vars)), nil, 0
	for i, v := range s.vars {
		s.size += sizeOf(&v)
		if !v.Disabled {
			if _, again := s.last[v.Key]; again {
				if s.twice == nil {
					s.twice = map[string]bool{}
				}
				s.twice[v.Key] = true
			}
			s.last[v.Key] = i
		}
	}
}
