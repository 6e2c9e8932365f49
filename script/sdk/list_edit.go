package sdk

import (
	"slices"

	"github.com/dop251/goja"
)

// add inserts an item, made by the list's type from whatever is given.
func (l list) add(a args) {
	item := a.at(0)
	if isNil(item) || goja.IsNaN(item) {
		return
	}
	if o, ok := l.s.instance(l.kind(), a); ok {
		l.insert(o, goja.Undefined())
	}
}

// instance makes a member of a list out of what scripts give, unless it is one already.
func (s *SDK) instance(kind *goja.Object, a args) (*goja.Object, bool) {
	item := a.at(0)
	if kind == nil {
		o, ok := item.(*goja.Object)
		return o, ok
	}
	if o, ok := item.(*goja.Object); ok && get(o, "constructor") == goja.Value(kind) {
		return o, true
	}
	if c := s.byCtor[kind]; c != nil {
		if c.name != "Header" { // the one class that is made from more than the item
			a = args{item}
		}
		o := s.allocate(c)
		c.init(o, a)
		return o, true
	}
	if create := get(kind, "create"); isFunction(create) && s.has(kind, "create") {
		o, ok := s.call(create, kind, a...).(*goja.Object)
		return o, ok
	}
	if construct, ok := goja.AssertConstructor(kind); ok {
		o, err := construct(nil, item)
		s.check(err)
		return o, o != nil
	}
	o, ok := s.call(kind, goja.Undefined(), a...).(*goja.Object)
	return o, ok
}

// removeWhere removes the members that match.
func (l list) removeWhere(match func(v goja.Value) bool) {
	all := l.members()
	kept := make([]goja.Value, 0, len(all))
	for _, v := range all {
		if !match(v) {
			kept = append(kept, v)
			continue
		}
		l.unrefer(v)
		unset(v, parentKey)
	}
	if len(kept) < len(all) {
		l.s.refill(l.memberArray(), kept)
	}
}

func (l list) unrefer(item goja.Value) {
	name := l.indexName(item)
	if name == "" {
		return
	}
	reference := l.reference()
	same, ok := get(reference, name).(*goja.Object)
	if !ok || !l.multi || !isArray(same) {
		_ = reference.Delete(name)
		return
	}
	left := slices.DeleteFunc(items(same), func(v goja.Value) bool { return v == item })
	switch len(left) {
	case 0:
		_ = reference.Delete(name)
	case 1:
		set(reference, name, left[0])
	default:
		l.s.refill(same, left)
	}
}

func (l list) clear() {
	for _, v := range l.members() {
		unset(v, parentKey)
	}
	_ = l.memberArray().Set("length", 0)
	reference := l.reference()
	for _, key := range reference.Keys() {
		_ = reference.Delete(key)
	}
}

// populate adds what is given: text that the type parses, an array, or one item.
func (l list) populate(v goja.Value) {
	kind := l.kind()
	if l.s.is(v, "PropertyList") {
		v = l.s.toJSON(v)
	}
	if isString(v) && kind != nil && isFunction(get(kind, "parse")) {
		v = l.s.invoke(kind, "parse", v)
	}
	switch o, _ := v.(*goja.Object); {
	case isArray(v):
		for i, item := range items(v) {
			l.add(args{item, l.s.vm.ToValue(i), v})
		}
	case l.s.isPlain(v) && kind != nil && l.s.has(kind, "create"):
		// A map: Header and its like are made from value and key.
		for _, key := range o.Keys() {
			l.add(args{get(o, key), l.s.vm.ToValue(key), o})
		}
	default:
		l.add(args{v, l.s.vm.ToValue(0), l.s.vm.NewArray(v)})
	}
}

// upsert updates the member with the same key, or adds. It returns null, false or true as the SDK does.
func (l list) upsert(item goja.Value) goja.Value {
	if isNil(item) {
		return goja.Null()
	}
	existing, ok := l.one(text(field(item, l.key))).(*goja.Object)
	if !ok {
		l.add(args{item})
		return l.s.vm.ToValue(true)
	}
	update := get(existing, "update")
	if !isFunction(update) {
		l.s.throw("collection: unable to upsert into a list of Type that does not support .update()")
	}
	l.s.call(update, existing, item)
	return l.s.vm.ToValue(false)
}

// assimilate upserts all of source and, with prune, removes what source does not have.
func (l list) assimilate(source goja.Value, prune bool) {
	if l.s.is(source, "PropertyList") {
		source = field(source, "members")
	}
	if !isArray(source) {
		return
	}
	kept := map[string]bool{}
	for _, item := range items(source) {
		if l.s.has(item, l.key) {
			l.upsert(item)
			kept[text(field(item, l.key))] = true
		}
	}
	if !prune {
		return
	}
	for _, key := range l.reference().Keys() {
		if !kept[key] {
			l.removeKey(key)
		}
	}
}

func (l list) removeKey(key string) {
	match := l.name(key)
	l.removeWhere(func(v goja.Value) bool {
		id := field(v, l.key)
		return isString(id) && l.name(text(id)) == match
	})
}
