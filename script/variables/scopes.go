// Package variables shows variable scopes to scripts: pm.environment, pm.variables and their like.
//
// A scope is given to a script only while that script runs. Objects that a script got from a scope and changed in
// place are written back at its end.
package variables

import (
	"cmp"
	"maps"
	"slices"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/internal/variable"
	"posthaste/script/host"
	"posthaste/script/lib/lazy"
)

// A Kind says which of a script's variable scopes an object shows.
type Kind int

// The kinds, narrowest first. All is what pm.variables shows: it writes the local scope and reads all.
const (
	Local Kind = iota
	Data
	Environment
	Collection
	Globals
	kinds // how many hold variables

	All = Local
)

// scope returns the variables behind a kind. A call that gave none gets an empty scope for this script.
func (s *Scopes) scope(kind Kind) host.Scope {
	if s.of[kind] == nil {
		c := s.call
		scope := [kinds]host.Scope{c.Local, c.Data, c.Environment, c.CollectionVariables, c.Globals}[kind]
		switch {
		case scope == nil:
			scope = &host.Memory{}
		case kind == Data: // a copy: what a script changes is its own
			scope = host.NewMemory(slices.Clone(scope.Variables()))
		}
		s.of[kind] = scope
	}
	return s.of[kind]
}

// layers are the kinds that reading through an object of kind sees, narrowest first.
func layers(kind Kind) []Kind {
	if kind == All {
		return []Kind{Local, Data, Environment, Collection, Globals}
	}
	return []Kind{kind}
}

// Object is pm.environment and its kin. Objects carry their kind under a symbol on a prototype of their
// own, so that one of an earlier script still shows the variables as they are now.
func (s *Scopes) Object(kind Kind) goja.Value {
	if s.objects[kind] == nil {
		s.objects[kind] = s.class.env.VM.CreateObject(s.class.prototype(kind))
	}
	return s.objects[kind]
}

// Shared is Object for scripts that only call its methods: the same one for all.
func (c *Class) Shared(kind Kind) goja.Value {
	if c.shared[kind] == nil {
		c.shared[kind] = c.env.VM.CreateObject(c.prototype(kind))
	}
	return c.shared[kind]
}

// Lookup reads a variable through the layers of kind.
func (s *Scopes) Lookup(kind Kind, key string) (goja.Value, bool) {
	last := kind
	if kind == All {
		last = Globals // the kinds stand in the order of the layers
	}
	for layer := kind; layer <= last; layer++ {
		v, ok := s.scope(layer).Lookup(key)
		if !ok {
			continue
		}
		if held, ok := s.live[layer][key]; ok {
			return s.value(held), true
		}
		shown := s.class.ToScript(v)
		if v.Kind() == collection.JSON {
			s.hold(layer, key, shown) // what a script changes in place is kept at the script's end
		}
		return shown, true
	}
	return goja.Undefined(), false
}

// value is what a variable with a function for a value gives: what that returns.
func (s *Scopes) value(held goja.Value) goja.Value {
	call, ok := goja.AssertFunction(held)
	if !ok {
		return held
	}
	v, err := call(goja.Undefined())
	s.class.env.Check(err)
	return v
}

// A heldKey names a variable of a scope.
type heldKey struct {
	kind Kind
	key  string
}

// forNow is the type that a script has given a variable with its value, for as long as the script runs.
type forNow struct {
	typ  string
	cast bool // what the script sees is the value in this type, and what stays is the value as it was given
}

// again is the type that what the same script sets next is cast to, "" for none (newman: as for declared types).
func (f forNow) again() string {
	switch f.typ {
	case "string", "number", "boolean":
		return f.typ
	}
	return ""
}

func (s *Scopes) hold(kind Kind, key string, v goja.Value) {
	if s.live[kind] == nil {
		s.live[kind] = map[string]goja.Value{}
	}
	s.live[kind][key] = v
}

// Set writes a variable. Within the script its value stays what it was given; what later scripts see
// has gone through JSON.
func (s *Scopes) Set(kind Kind, key string, v goja.Value, typ string) {
	plain, exact := s.stored(kind, v)
	s.checkSize(kind, key, plain)
	delete(s.live[kind], key)
	at := heldKey{kind, key}
	typ = cmp.Or(typ, s.typed[at].again())
	delete(s.typed, at)
	if typ != "" {
		if s.typed == nil {
			s.typed = map[heldKey]forNow{}
		}
		s.typed[at] = forNow{typ: typ}
	}
	if declared := s.declaredType(kind, key); typ == "" && declared != "" {
		if cast := variable.Cast(plain, declared); cast != plain {
			plain, exact = cast, true
		}
	}
	if typ != "" && s.class.compat { // newman: the type is gone at the script's end
		if cast := variable.Cast(plain, typ); cast != plain {
			s.hold(kind, key, s.class.ToScript(cast))
			s.typed[at] = forNow{typ: typ, cast: true}
			exact = true
		}
		typ = ""
	}
	if !exact && typ == "" {
		s.hold(kind, key, v)
	}
	if v == nil || goja.IsUndefined(v) {
		s.Undefined = append(s.Undefined, key)
	} else if len(s.Given) < host.MostSet {
		s.Given = append(s.Given, key)
	}
	s.scope(kind).Set(key, plain, typ)
	s.note(kind, "set", key, v)
}

// maxScopeSize is how many bytes the variables of a scope may take: reports and exports hold each several times over.
const maxScopeSize = 128 << 20

// checkSize throws when the scope would take too much with that value, unless the value is smaller than the one before.
func (s *Scopes) checkSize(kind Kind, key string, v collection.Value) {
	sized, ok := s.scope(kind).(host.SizedScope)
	n := int64(len(key) + len(v.String()))
	if !ok || sized.Size()+n <= maxScopeSize {
		return
	}
	before, _ := s.scope(kind).Lookup(key)
	if grows := n - int64(len(key)+len(before.String())); grows > 0 && sized.Size()+grows > maxScopeSize {
		s.class.env.Throw("RangeError", "setting a variable: the variables of one scope may take at most 128 MB")
	}
}

// A change is one that the script made to a scope, as its mutations show it.
type change struct {
	what, key string
	value     goja.Value
}

func (s *Scopes) note(kind Kind, what, key string, v goja.Value) {
	size := len(key) + objectSize
	if text, ok := v.(goja.String); ok {
		size = len(key) + text.Length()
	}
	if s.noted += size; s.noted < maxNoted {
		s.changes[kind] = append(s.changes[kind], change{what, key, v})
	}
}

// The changes of a script that are kept for mutations, in characters; an object counts as objectSize.
const (
	maxNoted   = 1 << 20
	objectSize = 256
)

// Forget drops what the script holds: another script may have changed the variables meanwhile.
func (s *Scopes) Forget() { s.live = [kinds]map[string]goja.Value{} }

// Unset removes a variable.
func (s *Scopes) Unset(kind Kind, key string) {
	delete(s.live[kind], key)
	delete(s.typed, heldKey{kind, key})
	s.scope(kind).Unset(key)
	s.note(kind, "unset", key, nil)
}

// Clear removes all variables of a scope.
func (s *Scopes) Clear(kind Kind) {
	s.live[kind] = nil
	maps.DeleteFunc(s.typed, func(at heldKey, _ forNow) bool { return at.kind == kind })
	for _, v := range s.scope(kind).Variables() {
		s.note(kind, "unset", v.Key, nil)
	}
	s.scope(kind).Clear()
}

// stored is what becomes of a script's value in a scope of that kind, and says whether the script would not notice the
// difference. A local variable may be undefined, which puts nothing into a request; a function is an object without
// members there (newman: local variables do not go through JSON).
func (s *Scopes) stored(kind Kind, v goja.Value) (plain collection.Value, exact bool) {
	if kind == Local {
		if v == nil || goja.IsUndefined(v) {
			return collection.Value{}, true
		}
		if _, ok := v.(*goja.Symbol); ok {
			return collection.Value{}, false
		}
		if _, ok := goja.AssertFunction(v); ok {
			return collection.JSONValue("{}"), false
		}
	}
	return s.class.FromScript(v)
}

// declaredType is the type that what is set to a variable is cast to, "" for none (newman: in every scope).
func (s *Scopes) declaredType(kind Kind, key string) string {
	if typed, ok := s.scope(kind).(host.TypedScope); ok {
		switch typ := typed.TypeOf(key); typ {
		case "string", "number", "boolean":
			return typ
		}
	}
	return ""
}

// WriteBack writes back the objects that scripts hold, as JSON shows them at the script's end.
func (s *Scopes) WriteBack() {
	for i, held := range s.live {
		if len(held) == 0 {
			continue
		}
		kind := Kind(i)
		scope := s.scope(kind)
		for key, v := range held {
			before, ok := scope.Lookup(key)
			if !ok || s.typed[heldKey{kind, key}].cast {
				continue
			}
			var after collection.Value
			if ex := s.class.env.VM.Try(func() { after, _ = s.stored(kind, v) }); ex != nil {
				continue
			}
			if after == before || before.Kind() == collection.JSON && s.sameJSON(before, v) {
				continue
			}
			scope.Set(key, after, "")
		}
	}
}

// sameJSON says whether v still is what the text of before parses to, however that text is spaced.
func (s *Scopes) sameJSON(before collection.Value, v goja.Value) bool {
	same := false
	_ = s.class.env.VM.Try(func() {
		a, _ := s.class.FromScript(s.class.ToScript(before))
		b, _ := s.class.FromScript(v)
		same = a == b
	})
	return same
}

// replaceIn resolves placeholders in text, and in all texts of an array or object, as a copy.
func (s *Scopes) replaceIn(kind Kind, v goja.Value) goja.Value {
	scopes := make([]host.Scope, 0, kinds)
	for _, layer := range layers(kind) {
		scope := s.scope(layer)
		if len(s.live[layer]) > 0 {
			scope = said{scope, s, layer}
		}
		scopes = append(scopes, scope)
	}
	return s.replaceValue(v, scopes, 0)
}

// said is a scope as placeholders see it while the script runs: its objects are said in text as the script's own toString
// does, of a Date, a pattern, a moment; what it has set to undefined puts nothing into a text (newman).
type said struct {
	host.Scope
	scopes *Scopes
	kind   Kind
}

// Lookup finds a variable as text.
func (s said) Lookup(key string) (collection.Value, bool) {
	v, ok := s.Scope.Lookup(key)
	live, isLive := s.scopes.live[s.kind][key]
	if !ok || !isLive {
		return v, ok
	}
	return s.scopes.said(live), true
}

// said is the text that a value of the script puts into a text: what a function returns, what the value's own toString
// says. What has none puts nothing there (newman: the SDK's Substitutor).
func (s *Scopes) said(live goja.Value) collection.Value {
	if live == nil || goja.IsUndefined(live) {
		return collection.Value{}
	}
	switch v := s.value(live).(type) {
	case *goja.Object:
		if _, ok := goja.AssertFunction(v.Get("toString")); ok {
			return collection.Text(v.String())
		}
		return collection.Value{}
	case *goja.Symbol:
		return collection.Text("Symbol(" + v.String() + ")")
	default:
		if goja.IsUndefined(v) {
			return collection.Value{}
		}
		if goja.IsNumber(v) || goja.IsBigInt(v) {
			return collection.Text(v.String()) // NaN too, which JSON does not have
		}
		plain, _ := s.class.FromScript(v)
		return plain
	}
}

// maxReplaceDepth ends replaceIn in objects that hold themselves.
const maxReplaceDepth = 200

func (s *Scopes) replaceValue(v goja.Value, scopes []host.Scope, depth int) goja.Value {
	if goja.IsString(v) {
		text, err := s.host.Expand(v.String(), scopes...)
		if err != nil {
			s.class.env.Throw("Error", err.Error())
		}
		return s.class.env.VM.ToValue(text)
	}
	o, ok := v.(*goja.Object)
	if !ok || depth > maxReplaceDepth {
		return v
	}
	switch lazy.Class(o) {
	case "Array":
		items := make([]any, 0, o.Get("length").ToInteger())
		for i := range cap(items) {
			items = append(items, s.replaceValue(o.Get(s.class.env.VM.ToValue(i).String()), scopes, depth+1))
		}
		return s.class.env.VM.NewArray(items...)
	case "Object":
		copied := s.class.env.VM.NewObject()
		for _, key := range o.Keys() {
			_ = copied.Set(key, s.replaceValue(o.Get(key), scopes, depth+1))
		}
		return copied
	}
	return v
}
