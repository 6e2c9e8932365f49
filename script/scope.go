package script

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/internal/variable"
	"posthaste/script/module/lazy"
)

// A scopeKind says which of a script's variable scopes an object shows.
type scopeKind int

const (
	localScope scopeKind = iota
	dataScope
	environmentScope
	collectionScope
	globalsScope
	scopeKinds // how many hold variables

	variablesScope = localScope // pm.variables writes the local scope and reads all
)

// scope returns the variables behind a kind. A call that gave none gets an empty scope for this script.
func (r *run) scope(kind scopeKind) Scope {
	if r.scopeOf[kind] == nil {
		c := r.call
		s := [scopeKinds]Scope{c.Local, c.Data, c.Environment, c.CollectionVariables, c.Globals}[kind]
		switch {
		case s == nil:
			s = &memory{}
		case kind == dataScope: // a copy: what a script changes is its own
			s = &memory{vars: slices.Clone(s.Variables())}
		}
		r.scopeOf[kind] = s
	}
	return r.scopeOf[kind]
}

// layers are the kinds that reading through an object of kind sees, narrowest first.
func layers(kind scopeKind) []scopeKind {
	if kind == variablesScope {
		return []scopeKind{localScope, dataScope, environmentScope, collectionScope, globalsScope}
	}
	return []scopeKind{kind}
}

// scopeObject is pm.environment and its kin. Objects carry their kind under a symbol on a prototype of their
// own, so that one of an earlier script still shows the variables as they are now.
func (r *run) scopeObject(kind scopeKind) goja.Value {
	if r.scopeObjects[kind] == nil {
		r.scopeObjects[kind] = r.vm.CreateObject(r.scopePrototype(kind))
	}
	return r.scopeObjects[kind]
}

func (s *instance) scopePrototype(kind scopeKind) *goja.Object {
	if s.scopes[kind] == nil {
		base := s.kept("VariableScope", s.makeScopeClass).ToObject(s.vm)
		p := s.vm.CreateObject(base)
		_ = p.DefineDataPropertySymbol(s.scopeSym, s.vm.ToValue(int(kind)), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		s.scopes[kind] = p
	}
	return s.scopes[kind]
}

// scopeOfThis returns the kind that a method was called on.
func (s *instance) scopeOfThis(v goja.Value) scopeKind {
	if o, ok := v.(*goja.Object); ok && s.cur != nil {
		if k := o.GetSymbol(s.scopeSym); k != nil && !goja.IsUndefined(k) {
			return scopeKind(k.ToInteger())
		}
	}
	s.env.Throw("TypeError", "not a variable scope")
	return 0
}

// makeScopeClass is the prototype with the methods of Postman's VariableScope.
func (s *instance) makeScopeClass() goja.Value {
	p := s.vm.NewObject()
	method := func(name string, length int, fn func(r *run, kind scopeKind, call goja.FunctionCall) goja.Value) {
		s.env.Method(p, name, length, func(call goja.FunctionCall) goja.Value {
			return fn(s.cur, s.scopeOfThis(call.This), call)
		})
	}
	method("get", 1, func(r *run, kind scopeKind, call goja.FunctionCall) goja.Value {
		v, _ := r.lookup(kind, call.Argument(0).String())
		return v
	})
	method("has", 1, func(r *run, kind scopeKind, call goja.FunctionCall) goja.Value {
		_, ok := r.lookup(kind, call.Argument(0).String())
		return r.vm.ToValue(ok)
	})
	method("set", 3, func(r *run, kind scopeKind, call goja.FunctionCall) goja.Value {
		typ := ""
		if t := call.Argument(2); goja.IsString(t) {
			typ = t.String()
		}
		r.setVariable(kind, call.Argument(0).String(), call.Argument(1), typ)
		return goja.Undefined()
	})
	method("unset", 1, func(r *run, kind scopeKind, call goja.FunctionCall) goja.Value {
		key := call.Argument(0).String()
		delete(r.live[kind], key)
		r.scope(kind).Unset(key)
		return goja.Undefined()
	})
	method("clear", 0, func(r *run, kind scopeKind, _ goja.FunctionCall) goja.Value {
		delete(r.live, kind)
		r.scope(kind).Clear()
		return goja.Undefined()
	})
	method("toObject", 1, func(r *run, kind scopeKind, call goja.FunctionCall) goja.Value {
		return r.variablesObject(kind, call.Argument(0).ToBoolean())
	})
	s.env.Method(p, "replaceIn", 1, func(call goja.FunctionCall) goja.Value {
		if goja.IsUndefined(call.This) || goja.IsNull(call.This) { // newman: taken off its scope it knows dynamic variables
			return s.cur.replaceValue(call.Argument(0), nil, 0)
		}
		return s.cur.replaceIn(s.scopeOfThis(call.This), call.Argument(0))
	})
	method("toJSON", 0, func(r *run, kind scopeKind, _ goja.FunctionCall) goja.Value { return r.scopeJSON(kind) })
	s.env.Getter(p, "name", false, func(this goja.Value) goja.Value { return s.scopeText(this, true) })
	s.env.Getter(p, "id", false, func(this goja.Value) goja.Value { return s.scopeText(this, false) })
	s.env.Getter(p, "values", false, func(this goja.Value) goja.Value {
		return s.cur.scopeValues(s.scopeOfThis(this))
	})
	return p
}

// lookup reads a variable through the layers of kind.
func (r *run) lookup(kind scopeKind, key string) (goja.Value, bool) {
	for _, layer := range layers(kind) {
		v, ok := r.scope(layer).Lookup(key)
		if !ok {
			continue
		}
		if held, ok := r.live[layer][key]; ok {
			return held, true
		}
		shown := r.toScript(v)
		if v.Kind() == collection.JSON {
			r.hold(layer, key, shown) // what a script changes in place is kept at the script's end
		}
		return shown, true
	}
	return goja.Undefined(), false
}

// A heldKey names a variable of a scope.
type heldKey struct {
	kind scopeKind
	key  string
}

func (r *run) hold(kind scopeKind, key string, v goja.Value) {
	if r.live == nil {
		r.live = map[scopeKind]map[string]goja.Value{}
	}
	if r.live[kind] == nil {
		r.live[kind] = map[string]goja.Value{}
	}
	r.live[kind][key] = v
}

// setVariable writes a variable. Within the script its value stays what it was given; what later scripts see
// has gone through JSON.
func (r *run) setVariable(kind scopeKind, key string, v goja.Value, typ string) {
	plain, exact := r.stored(kind, v)
	r.checkSize(kind, key, plain)
	delete(r.live[kind], key)
	delete(r.typed, heldKey{kind, key})
	if declared := r.declaredType(kind, key); typ == "" && declared != "" {
		if cast := variable.Cast(plain, declared); cast != plain {
			plain, exact = cast, true
		}
	}
	if typ != "" && r.opt.Compat { // newman: the type is gone at the script's end
		if cast := variable.Cast(plain, typ); cast != plain {
			r.hold(kind, key, r.toScript(cast))
			if r.typed == nil {
				r.typed = map[heldKey]bool{}
			}
			r.typed[heldKey{kind, key}] = true
			exact = true
		}
		typ = ""
	}
	if !exact && typ == "" {
		r.hold(kind, key, v)
	}
	if v == nil || goja.IsUndefined(v) {
		r.result.Undefined = append(r.result.Undefined, key)
	}
	r.scope(kind).Set(key, plain, typ)
}

// stored is what becomes of a script's value in a scope of that kind, and says whether the script would not notice the
// difference. A local variable may be undefined, which puts nothing into a request; a function is an object without
// members there (newman: local variables do not go through JSON).
func (r *run) stored(kind scopeKind, v goja.Value) (plain collection.Value, exact bool) {
	if kind == localScope {
		if v == nil || goja.IsUndefined(v) {
			return collection.Value{}, true
		}
		if _, ok := goja.AssertFunction(v); ok {
			return collection.JSONValue("{}"), false
		}
	}
	return r.fromScript(v)
}

// A sizedScope is a Scope that knows about how many bytes its variables take.
type sizedScope interface{ Size() int64 }

// maxScopeSize is how many bytes the variables of a scope may take: reports and exports hold each several times over.
const maxScopeSize = 128 << 20

// checkSize throws when the scope would take too much with that value, unless the value is smaller than the one before.
func (r *run) checkSize(kind scopeKind, key string, v collection.Value) {
	sized, ok := r.scope(kind).(sizedScope)
	n := int64(len(key) + len(v.String()))
	if !ok || sized.Size()+n <= maxScopeSize {
		return
	}
	before, _ := r.scope(kind).Lookup(key)
	if grows := n - int64(len(key)+len(before.String())); grows > 0 && sized.Size()+grows > maxScopeSize {
		r.env.Throw("RangeError", "setting a variable: the variables of one scope may take at most 128 MB")
	}
}

// A typedScope is a Scope that knows the types that a file declares for its variables.
type typedScope interface{ TypeOf(key string) string }

// declaredType is the type that what is set to a variable is cast to, "" for none (newman: in every scope).
func (r *run) declaredType(kind scopeKind, key string) string {
	if s, ok := r.scope(kind).(typedScope); ok {
		switch typ := s.TypeOf(key); typ {
		case "string", "number", "boolean":
			return typ
		}
	}
	return ""
}

// transport writes back the objects that scripts hold, as JSON shows them at the script's end.
func (r *run) transport() {
	for kind, held := range r.live {
		scope := r.scope(kind)
		for key, v := range held {
			before, ok := scope.Lookup(key)
			if !ok || r.typed[heldKey{kind, key}] {
				continue
			}
			var after collection.Value
			if ex := r.vm.Try(func() { after, _ = r.stored(kind, v) }); ex != nil {
				continue
			}
			if after == before || before.Kind() == collection.JSON && r.sameJSON(before, v) {
				continue
			}
			scope.Set(key, after, "")
		}
	}
}

// sameJSON says whether v still is what the text of before parses to, however that text is spaced.
func (r *run) sameJSON(before collection.Value, v goja.Value) bool {
	same := false
	_ = r.vm.Try(func() {
		a, _ := r.fromScript(r.toScript(before))
		b, _ := r.fromScript(v)
		same = a == b
	})
	return same
}

// replaceIn resolves placeholders in text, and in all texts of an array or object, as a copy.
func (r *run) replaceIn(kind scopeKind, v goja.Value) goja.Value {
	scopes := make([]Scope, 0, scopeKinds)
	for _, layer := range layers(kind) {
		scopes = append(scopes, r.scope(layer))
	}
	return r.replaceValue(v, scopes, 0)
}

// maxReplaceDepth ends replaceIn in objects that hold themselves.
const maxReplaceDepth = 200

func (r *run) replaceValue(v goja.Value, scopes []Scope, depth int) goja.Value {
	if goja.IsString(v) {
		text, err := r.host.Expand(v.String(), scopes...)
		if err != nil {
			r.env.Throw("Error", err.Error())
		}
		return r.vm.ToValue(text)
	}
	o, ok := v.(*goja.Object)
	if !ok || depth > maxReplaceDepth {
		return v
	}
	switch lazy.Class(o) {
	case "Array":
		items := make([]any, 0, o.Get("length").ToInteger())
		for i := range cap(items) {
			items = append(items, r.replaceValue(o.Get(r.vm.ToValue(i).String()), scopes, depth+1))
		}
		return r.vm.NewArray(items...)
	case "Object":
		copied := r.vm.NewObject()
		for _, key := range o.Keys() {
			_ = copied.Set(key, r.replaceValue(o.Get(key), scopes, depth+1))
		}
		return copied
	}
	return v
}
