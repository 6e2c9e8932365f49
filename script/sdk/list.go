package sdk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// A list is a PropertyList as Go sees it: its members and how to find them.
type list struct {
	s        *SDK
	object   *goja.Object
	key      string
	caseless bool
	multi    bool
}

func (s *SDK) list(o *goja.Object) list {
	l := list{s: s, object: o, key: "id"}
	if c := s.byCtor[l.kind()]; c != nil && c.indexKey != "" {
		l.key, l.caseless, l.multi = c.indexKey, c.caseless, c.multi
		return l
	}
	if key := get(o, "_postman_listIndexKey"); isString(key) {
		l.key = text(key)
	}
	l.caseless = truthy(get(o, "_postman_listIndexCaseInsensitive"))
	l.multi = truthy(get(o, "_postman_listAllowsMultipleValues"))
	return l
}

// kind is the constructor of the members, nil when there is none.
func (l list) kind() *goja.Object {
	o, _ := get(l.object, "Type").(*goja.Object)
	return o
}

func (l list) memberArray() *goja.Object {
	if o, ok := get(l.object, "members").(*goja.Object); ok {
		return o
	}
	o := l.s.vm.NewArray()
	set(l.object, "members", o)
	return o
}

func (l list) members() []goja.Value { return items(get(l.object, "members")) }

func (l list) count() int { return int(field(get(l.object, "members"), "length").ToInteger()) }

// reference maps a key to its member, or to an array of members where keys may repeat.
func (l list) reference() *goja.Object {
	if o, ok := get(l.object, "reference").(*goja.Object); ok {
		return o
	}
	o := l.s.vm.CreateObject(nil)
	set(l.object, "reference", o)
	return o
}

// name is how reference spells a key.
func (l list) name(key string) string {
	if l.caseless {
		return strings.ToLower(key)
	}
	return key
}

// indexName is the name under which reference holds item, "" when it has none.
func (l list) indexName(item goja.Value) string {
	if key := field(item, l.key); truthy(key) {
		return l.name(text(key))
	}
	return ""
}

func (l list) indexOf(item goja.Value) int {
	if isString(item) {
		item = l.one(text(item))
	}
	return slices.IndexFunc(l.members(), func(v goja.Value) bool { return v.StrictEquals(item) })
}

// insert puts item before another member, or last, and takes it out of the list it was in.
func (l list) insert(item *goja.Object, before goja.Value) {
	at := -1
	old, ok := get(item, parentKey).(*goja.Object)
	switch {
	case ok && old == l.object:
		at = l.indexOf(item)
	case ok && l.s.is(old, "PropertyList"):
		l.s.list(old).removeWhere(func(v goja.Value) bool { return v == item })
	}
	hide(item, parentKey, l.object)
	members := l.memberArray()
	if at < 0 && !truthy(before) {
		set(members, strconv.Itoa(l.count()), item)
		l.refer(item)
		return
	}
	all := l.members()
	if at >= 0 {
		all = slices.Delete(all, at, at+1)
		l.s.refill(members, all)
	}
	to := len(all)
	if truthy(before) {
		if i := l.indexOf(before); i >= 0 {
			to = i
		}
	}
	l.s.refill(members, slices.Insert(all, to, goja.Value(item)))
	l.refer(item)
}

// refer makes item findable by its key.
func (l list) refer(item *goja.Object) {
	name := l.indexName(item)
	if name == "" {
		return
	}
	reference := l.reference()
	old := get(reference, name)
	if !l.multi || goja.IsUndefined(old) {
		set(reference, name, item)
		return
	}
	same, ok := old.(*goja.Object)
	if !ok || !isArray(old) {
		same = l.s.vm.NewArray(old)
		set(reference, name, same)
	}
	set(same, text(get(same, "length")), item)
}

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

// one is the member with a key, the last of several; undefined when there is none.
func (l list) one(key string) goja.Value {
	v := get(l.reference(), l.name(key))
	if l.multi && isArray(v) {
		all := items(v)
		if len(all) == 0 {
			return goja.Undefined()
		}
		return all[len(all)-1]
	}
	return v
}

// value is the value of the member with a key.
func (l list) value(key string) goja.Value {
	if member := l.one(key); truthy(member) {
		return l.s.valueOf(member)
	}
	return goja.Undefined()
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
