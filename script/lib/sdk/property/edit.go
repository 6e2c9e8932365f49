package property

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// Add inserts an item, made by the list's type from whatever is given.
func (l List) Add(a core.Args) {
	item := a.At(0)
	if jsvalue.IsNullish(item) || goja.IsNaN(item) {
		return
	}
	if o, ok := instance(l.s, l.kind(), a); ok {
		l.Insert(o, goja.Undefined())
	}
}

// instance makes a member of a list out of what scripts give, unless it is one already.
func instance(s *core.SDK, kind *goja.Object, a core.Args) (*goja.Object, bool) {
	item := a.At(0)
	if kind == nil {
		o, ok := item.(*goja.Object)
		return o, ok
	}
	if o, ok := item.(*goja.Object); ok && jsvalue.Get(o, "constructor") == goja.Value(kind) {
		return o, true
	}
	if c := s.ByCtor[kind]; c != nil {
		if c.Name != "Header" { // the one class that is made from more than the item
			a = core.Args{item}
		}
		o := s.Allocate(c)
		c.Init(o, a)
		return o, true
	}
	if create := jsvalue.Get(kind, "create"); core.IsFunction(create) && s.Has(kind, "create") {
		o, ok := s.Call(create, kind, a...).(*goja.Object)
		return o, ok
	}
	if construct, ok := goja.AssertConstructor(kind); ok {
		o, err := construct(nil, item)
		s.Check(err)
		return o, o != nil
	}
	o, ok := s.Call(kind, goja.Undefined(), a...).(*goja.Object)
	return o, ok
}

// RemoveWhere removes the members that match.
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
	if len(kept) < len(all) {
		l.s.Refill(l.memberArray(), kept)
	}
}

// unrefer takes a member out of the lookup by name; of several of one name the others stay.
func (l List) unrefer(item goja.Value) {
	name := l.indexName(item)
	if name == "" {
		return
	}
	reference := l.Reference()
	same, ok := jsvalue.Get(reference, name).(*goja.Object)
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

// Clear takes all members out.
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

// Populate adds what is given: text that the type parses, an array, or one item.
func (l List) Populate(v goja.Value) {
	kind := l.kind()
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
	default:
		l.Add(core.Args{v, l.s.VM.ToValue(0), l.s.VM.NewArray(v)})
	}
}

// upsert updates the member with the same key, or adds. It returns null, false or true as the SDK does.
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

// Assimilate upserts all of source and, with prune, removes what source does not have.
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
	for _, key := range l.Reference().Keys() {
		if !kept[key] {
			l.RemoveKey(key)
		}
	}
}

// RemoveKey takes out the members with a key.
func (l List) RemoveKey(key string) {
	match := l.name(key)
	l.RemoveWhere(func(v goja.Value) bool {
		id := jsvalue.Field(v, l.Key)
		return jsvalue.IsString(id) && l.name(core.Text(id)) == match
	})
}
