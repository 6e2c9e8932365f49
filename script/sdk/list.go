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
