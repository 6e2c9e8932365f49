package variable

import (
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/expansion"
)

// A Reader is what a stack reads a scope through.
type Reader interface {
	Lookup(key string) (collection.Value, bool)
}

// A Stack is scopes in their order of precedence, narrowest first:
// local, data, environment, collection, globals. The zero Stack knows no variable.
type Stack struct {
	Scopes  []Reader
	Dynamic *Dynamic // knows $guid and its kin; nil knows none
	Angles  bool     // resolve <<name>> too, where a variable of that name exists
	// Missing is told of each name that stays unresolved in an expanded text. May be nil.
	Missing func(name string)
	// Endless is told of variables that stay in an expanded text because they lead to each other. May be nil.
	Endless func(names []string)
	// Lenient lets variables that hold each other add to a text, as newman does.
	Lenient bool
	// Used is told of each variable that is put into a text, and of the scope that has it. May be nil.
	Used func(name string, v collection.Value, scope Reader)

	again *expansion.Expansion // see Again
}

// Lookup returns the value of the narrowest scope that knows key.
func (s *Stack) Lookup(key string) (collection.Value, bool) {
	for _, scope := range s.Scopes {
		if v, ok := scope.Lookup(key); ok {
			return v, true
		}
	}
	return collection.Value{}, false
}

// text returns what a placeholder's name stands for.
func (s *Stack) text(name string) (expansion.Value, bool) { return s.textFor(name, s.Used) }

// quiet is text for what is not sent.
func (s *Stack) quiet(name string) (expansion.Value, bool) { return s.textFor(name, nil) }

func (s *Stack) textFor(name string, used func(string, collection.Value, Reader)) (expansion.Value, bool) {
	for _, scope := range s.Scopes {
		v, ok := scope.Lookup(name)
		row, isRow := scope.(*Row)
		if !ok && isRow && row.List && name == "length" {
			v, ok = collection.NumberValue(float64(len(row.Variables()))), true // newman: asks JavaScript's array
		}
		if !ok && isRow && row.holds(name) {
			return expansion.Value{}, false // newman: a path into a row is found, and gives nothing
		}
		if !ok {
			continue
		}
		if isRow && (v.Kind() == collection.Null || v.Kind() == collection.Undefined) {
			return expansion.Value{}, false // newman: an empty cell of a data row hides wider scopes and resolves to nothing
		}
		if used != nil {
			used(name, v, scope)
		}
		return expansion.Value{Text: Text(v)}, true
	}
	if s.Dynamic != nil {
		v, ok := s.Dynamic.Value(name)
		return expansion.Value{Text: v, Fresh: true}, ok
	}
	return expansion.Value{}, false
}

// A Row is a scope that holds one row of iteration data.
type Row struct{ *Scope }

// holds reports whether a dotted name is a path into an object of the row.
func (r *Row) holds(name string) bool {
	key, path, dotted := strings.Cut(name, ".")
	if !dotted {
		return false
	}
	v, ok := r.Lookup(key)
	return ok && v.Kind() == collection.JSON && gjson.Get(v.String(), path).Exists()
}
