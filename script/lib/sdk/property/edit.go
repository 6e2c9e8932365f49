package property

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// Add inserts an item at the end, made by the list's type from whatever is given. null,
// undefined and NaN are ignored, as in the SDK. The further arguments reach the type's create
// function; Header needs them, because it can be made from (value, key).
func (l List) Add(a core.Args) {
	item := a.At(0)
	if jsvalue.IsNullish(item) || goja.IsNaN(item) {
		return
	}
	if o, ok := instance(l.s, l.kind(), a); ok {
		l.Insert(o, goja.Undefined())
	}
}

// instance makes a member of a list out of what scripts give, unless it is one already. The
// second result is false when that is no object, and then nothing is added.
func instance(s *core.SDK, kind *goja.Object, a core.Args) (*goja.Object, bool) {
	item := a.At(0)
	// A list without a type holds what it is given.
	if kind == nil {
		o, ok := item.(*goja.Object)
		return o, ok
	}
	// Compared by constructor and not with instanceof: an object of a subclass is made again
	// as one of the list's class. So does the SDK.
	if o, ok := item.(*goja.Object); ok && jsvalue.Get(o, "constructor") == goja.Value(kind) {
		return o, true
	}
	// Our own classes are made in Go, without a call through the engine.
	if c := s.ByCtor[kind]; c != nil {
		if c.Name != "Header" { // the one class that is made from more than the item
			a = core.Args{item}
		}
		o := s.Allocate(c)
		c.Init(o, a)
		return o, true
	}
	// Classes that scripts wrote follow. A static create goes before the constructor, and
	// what it returns is believed.
	if create := jsvalue.Get(kind, "create"); core.IsFunction(create) && s.Has(kind, "create") {
		o, ok := s.Call(create, kind, a...).(*goja.Object)
		return o, ok
	}
	if construct, ok := goja.AssertConstructor(kind); ok {
		o, err := construct(nil, item)
		s.Check(err)
		return o, o != nil
	}
	// A plain function as the type, such as ItemGroup's: it decides between Item and
	// ItemGroup.
	o, ok := s.Call(kind, goja.Undefined(), a...).(*goja.Object)
	return o, ok
}

// RemoveWhere removes the members for which match is true, and cuts their link to the list.
// match is called once for each member, in order; it may run a script, which may change the
// list meanwhile, so the members are copied first.
func (l List) RemoveWhere(match func(v goja.Value) bool) {
	all := l.Members()
	kept := make([]goja.Value, 0, len(all))
	for _, v := range all {
		if !match(v) {
			kept = append(kept, v)
			continue
		}
		l.unrefer(v)
		Unset(v, ParentKey)
	}
	// The array stays the same object: scripts keep references to list.members.
	if len(kept) < len(all) {
		l.s.Refill(l.memberArray(), kept)
	}
}

// unrefer takes a member out of the lookup by name; of several of one name the others stay.
// The lookup holds one member, or an array where keys may repeat; with one member left it
// holds that member again, as before the second came.
func (l List) unrefer(item goja.Value) {
	name := l.indexName(item)
	// A member without a key is not in the lookup.
	if name == "" {
		return
	}
	reference := l.Reference()
	same, ok := jsvalue.Get(reference, name).(*goja.Object)
	// Where keys cannot repeat, the lookup knows only the last member of a name, so the name
	// goes even if another member still has it. So does the SDK.
	if !ok || !l.multi || !core.IsArray(same) {
		_ = reference.Delete(name)
		return
	}
	left := slices.DeleteFunc(core.Items(same), func(v goja.Value) bool { return v == item })
	switch len(left) {
	case 0:
		_ = reference.Delete(name)
	case 1:
		core.Set(reference, name, left[0])
	default:
		l.s.Refill(same, left)
	}
}

// Clear takes all members out. Array and lookup stay the same objects, emptied, because
// scripts may hold them.
func (l List) Clear() {
	for _, v := range l.Members() {
		Unset(v, ParentKey)
	}
	_ = l.memberArray().Set("length", 0)
	reference := l.Reference()
	for _, key := range reference.Keys() {
		_ = reference.Delete(key)
	}
}

// Populate adds what is given: text that the type parses ("a=1&b=2" for a query), an array, a
// map for types that can be made from one, or one item. Nothing is removed before; a text for
// a type without a parse function is one item.
func (l List) Populate(v goja.Value) {
	kind := l.kind()
	// Another list is copied by its JSON: the same member cannot be in two lists.
	if l.s.Is(v, "PropertyList") {
		v = ToJSON(l.s, v)
	}
	if jsvalue.IsString(v) && kind != nil && core.IsFunction(jsvalue.Get(kind, "parse")) {
		v = l.s.Invoke(kind, "parse", v)
	}
	switch o, _ := v.(*goja.Object); {
	case core.IsArray(v):
		for i, item := range core.Items(v) {
			l.Add(core.Args{item, l.s.VM.ToValue(i), v})
		}
	case l.s.IsPlain(v) && kind != nil && l.s.Has(kind, "create"):
		// A map: Header and its like are made from value and key.
		for _, key := range o.Keys() {
			l.Add(core.Args{jsvalue.Get(o, key), l.s.VM.ToValue(key), o})
		}
	// One item. create still gets index and array, as if it were the only element.
	default:
		l.Add(core.Args{v, l.s.VM.ToValue(0), l.s.VM.NewArray(v)})
	}
}

// upsert updates the member with the same key, or adds one. It returns null for a missing
// item, true when it added and false when it updated, as the SDK does. Members whose class
// has no update method cannot be changed in place, which is an error.
func (l List) upsert(item goja.Value) goja.Value {
	if jsvalue.IsNullish(item) {
		return goja.Null()
	}
	existing, ok := l.One(core.Text(jsvalue.Field(item, l.Key))).(*goja.Object)
	if !ok {
		l.Add(core.Args{item})
		return l.s.VM.ToValue(true)
	}
	update := jsvalue.Get(existing, "update")
	if !core.IsFunction(update) {
		l.s.Throw("collection: unable to upsert into a list of Type that does not support .update()")
	}
	l.s.Call(update, existing, item)
	return l.s.VM.ToValue(false)
}

// Assimilate upserts all of source and, with prune, removes what source does not have. Items
// without a key are skipped; a source that is neither a list nor an array changes nothing.
func (l List) Assimilate(source goja.Value, prune bool) {
	if l.s.Is(source, "PropertyList") {
		source = jsvalue.Field(source, "members")
	}
	if !core.IsArray(source) {
		return
	}
	kept := map[string]bool{}
	for _, item := range core.Items(source) {
		if l.s.Has(item, l.Key) {
			l.upsert(item)
			kept[core.Text(jsvalue.Field(item, l.Key))] = true
		}
	}
	if !prune {
		return
	}
	// By the lookup, not by the members: names there are spelled as the list compares them.
	for _, key := range l.Reference().Keys() {
		if !kept[key] {
			l.RemoveKey(key)
		}
	}
}

// RemoveKey takes out all members with a key, compared without regard to case in a list of
// headers. Members whose key is no string never match.
func (l List) RemoveKey(key string) {
	match := l.name(key)
	l.RemoveWhere(func(v goja.Value) bool {
		id := jsvalue.Field(v, l.Key)
		return jsvalue.IsString(id) && l.name(core.Text(id)) == match
	})
}
