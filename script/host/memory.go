package host

import "posthaste/collection"

// A Memory is a scope that nothing outside the script sees. The zero Memory is empty.
type Memory struct{ vars []collection.Variable }

// NewMemory returns a scope with these variables, which belong to it from then on.
func NewMemory(vars []collection.Variable) *Memory { return &Memory{vars: vars} }

// Lookup finds the last variable of that name that is enabled.
func (m *Memory) Lookup(key string) (collection.Value, bool) {
	for i := len(m.vars) - 1; i >= 0; i-- {
		if m.vars[i].Key == key && !m.vars[i].Disabled {
			return m.vars[i].Value, true
		}
	}
	return collection.Value{}, false
}

// Set changes a variable, or adds one.
func (m *Memory) Set(key string, v collection.Value, typ string) {
	for i := range m.vars {
		if m.vars[i].Key == key {
			m.vars[i].Value, m.vars[i].Type = v, typ
			return
		}
	}
	m.vars = append(m.vars, collection.Variable{Key: key, Value: v, Type: typ})
}

// Unset removes a variable.
func (m *Memory) Unset(key string) {
	for i := range m.vars {
		if m.vars[i].Key == key {
			m.vars = append(m.vars[:i], m.vars[i+1:]...)
			return
		}
	}
}

// Clear removes all variables.
func (m *Memory) Clear() { m.vars = nil }

// Variables lists the variables in the order in which they were set.
func (m *Memory) Variables() []collection.Variable { return m.vars }
