package property

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// A List is a PropertyList as Go sees it: its members and how to find them. It holds no
// copies: each method reads the object's properties again, because a script may have replaced
// them. A List is cheap to make and not to be kept.
type List struct {
	s        *core.SDK
	object   *goja.Object
	Key      string // the property of members that is their key: "id", or "key" for headers, parameters and variables
	caseless bool   // keys are compared in lower case (headers)
	multi    bool   // several members may have one key (headers, query parameters)
}

// ListOf returns the list behind an object. How its keys work is what the class of the
// members says; for classes that a script wrote, what the marks on the object say.
func ListOf(s *core.SDK, o *goja.Object) List {
	l := List{s: s, object: o, Key: "id"}
	if c := s.ByCtor[l.kind()]; c != nil && c.IndexKey != "" {
		l.Key, l.caseless, l.multi = c.IndexKey, c.Caseless, c.Multi
		return l
	}
	if key := jsvalue.Get(o, "_postman_listIndexKey"); jsvalue.IsString(key) {
		l.Key = core.Text(key)
	}
	l.caseless = jsvalue.Truthy(jsvalue.Get(o, "_postman_listIndexCaseInsensitive"))
	l.multi = jsvalue.Truthy(jsvalue.Get(o, "_postman_listAllowsMultipleValues"))
	return l
}

// kind is the constructor of the members, or nil for a list without a type. A script can set
// it to anything.
func (l List) kind() *goja.Object {
	o, _ := jsvalue.Get(l.object, "Type").(*goja.Object)
	return o
}

// memberArray returns the array of members, and makes a new one where a script deleted it or
// put something else in its place.
func (l List) memberArray() *goja.Object {
	if o, ok := jsvalue.Get(l.object, "members").(*goja.Object); ok {
		return o
	}
	o := l.s.VM.NewArray()
	core.Set(l.object, "members", o)
	return o
}

// Members returns the members in order. The slice is the caller's; elements can be any value,
// because scripts can push into list.members.
func (l List) Members() []goja.Value { return core.Items(jsvalue.Get(l.object, "members")) }

// Count is how many members there are, disabled ones included.
func (l List) Count() int {
	return int(jsvalue.Field(jsvalue.Get(l.object, "members"), "length").ToInteger())
}

// Reference maps a key to its member, or to an array of members where keys may repeat. It is
// made again, and empty, where a script deleted it.
func (l List) Reference() *goja.Object {
	if o, ok := jsvalue.Get(l.object, "reference").(*goja.Object); ok {
		return o
	}
	o := l.s.VM.CreateObject(nil)
	core.Set(l.object, "reference", o)
	return o
}

// name is how reference spells a key: lower case in lists that ignore it.
func (l List) name(key string) string {
	if l.caseless {
		return strings.ToLower(key)
	}
	return key
}

// indexName is the name under which reference holds item, "" when it has no key. An empty
// key, 0 and false are no keys.
func (l List) indexName(item goja.Value) string {
	if key := jsvalue.Field(item, l.Key); jsvalue.Truthy(key) {
		return l.name(core.Text(key))
	}
	return ""
}

// indexOf is the position of a member, or of the last member with a key when item is a
// string; -1 when there is none.
func (l List) indexOf(item goja.Value) int {
	if jsvalue.IsString(item) {
		item = l.One(core.Text(item))
	}
	return slices.IndexFunc(l.Members(), func(v goja.Value) bool { return v.StrictEquals(item) })
}

// Insert puts item before another member, or last if before is undefined or unknown, and
// takes it out of the list it was in. An item is in one list at a time, since it knows one
// parent. Inserting what is already here moves it.
func (l List) Insert(item *goja.Object, before goja.Value) {
	at := -1
	old, ok := jsvalue.Get(item, ParentKey).(*goja.Object)
	switch {
	// Removed below and not here: before may be the index of a later member.
	case ok && old == l.object:
		at = l.indexOf(item)
	case ok && l.s.Is(old, "PropertyList"):
		ListOf(l.s, old).RemoveWhere(func(v goja.Value) bool { return v == item })
	}
	core.Hide(item, ParentKey, l.object)
	members := l.memberArray()
	// The common case, appending, does not rewrite the array: building a list of n members
	// would take n² steps.
	if at < 0 && !jsvalue.Truthy(before) {
		core.Set(members, strconv.Itoa(l.Count()), item)
		l.refer(item)
		return
	}
	all := l.Members()
	if at >= 0 {
		all = slices.Delete(all, at, at+1)
		l.s.Refill(members, all)
	}
	to := len(all)
	if jsvalue.Truthy(before) {
		if i := l.indexOf(before); i >= 0 {
			to = i
		}
	}
	l.s.Refill(members, slices.Insert(all, to, goja.Value(item)))
	l.refer(item)
}

// refer makes item findable by its key. Where keys cannot repeat it replaces the member that
// had the key; that one stays in the list and can only be reached by position.
func (l List) refer(item *goja.Object) {
	name := l.indexName(item)
	if name == "" {
		return
	}
	reference := l.Reference()
	old := jsvalue.Get(reference, name)
	if !l.multi || goja.IsUndefined(old) {
		core.Set(reference, name, item)
		return
	}
	// The second member of a name turns the entry into an array.
	same, ok := old.(*goja.Object)
	if !ok || !core.IsArray(old) {
		same = l.s.VM.NewArray(old)
		core.Set(reference, name, same)
	}
	core.Set(same, core.Text(jsvalue.Get(same, "length")), item)
}

// One is the member with a key, the last of several, or undefined. Disabled members count.
func (l List) One(key string) goja.Value {
	v := jsvalue.Get(l.Reference(), l.name(key))
	if l.multi && core.IsArray(v) {
		all := core.Items(v)
		if len(all) == 0 {
			return goja.Undefined()
		}
		return all[len(all)-1]
	}
	return v
}

// Value is the value of the member with a key, what list.get(key) returns; undefined when
// there is none.
func (l List) Value(key string) goja.Value {
	if member := l.One(key); jsvalue.Truthy(member) {
		return ValueOf(l.s, member)
	}
	return goja.Undefined()
}

// MembersOf returns the members of a list, or the elements of an array, and nil for
// everything else. The slice is the caller's.
func MembersOf(s *core.SDK, v goja.Value) []goja.Value {
	if o, ok := v.(*goja.Object); ok && s.Is(o, "PropertyList") {
		return ListOf(s, o).Members()
	}
	if core.IsArray(v) {
		return core.Items(v)
	}
	return nil
}

// ValueOf is what lists give as the value of a member: what valueOf returns. Our own classes
// do it in Go; a class of a script is asked; an object without valueOf is its own value.
func ValueOf(s *core.SDK, v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	c := s.ByProto[o.Prototype()]
	if c == nil {
		if fn := jsvalue.Get(o, "valueOf"); core.IsFunction(fn) {
			return s.Call(fn, o)
		}
		return o
	}
	if c.ValueOf == nil {
		return o
	}
	return c.ValueOf(o)
}

// EnabledVariable is the last variable of a name that is not disabled, or nil.
func EnabledVariable(l List, name string) *goja.Object {
	// Usually the lookup has the right one.
	if v, ok := jsvalue.Get(l.Reference(), name).(*goja.Object); ok && !jsvalue.Truthy(jsvalue.Get(v, "disabled")) {
		return v
	}
	// The last variable of the name is disabled: an earlier one counts, as in Postman's app.
	// postman-collection itself puts what it finds into the lookup, so do we.
	all := l.Members()
	for i := len(all) - 1; i >= 0; i-- {
		v, ok := all[i].(*goja.Object)
		if ok && core.Text(jsvalue.Get(v, l.Key)) == name && !jsvalue.Truthy(jsvalue.Get(v, "disabled")) {
			core.Set(l.Reference(), name, v)
			return v
		}
	}
	return nil
}
