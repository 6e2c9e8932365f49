package property

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// ListClass describes PropertyList, the class of request.headers, url.query and every other
// list of the SDK. Its constructor takes (type, parent, populate); scripts meet it mostly
// through subclasses.
func ListClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent:  "PropertyBase",
		Init:    func(o *goja.Object, a core.Args) { InitList(s, o, a) },
		Methods: append(listEdits(s), listReads(s)...),
		Statics: []core.Method{s.IsStatic("PropertyList")},
		Setup: func(proto *goja.Object) {
			// The SDK's lists cannot be iterated; ours go through their members.
			// Without this, for…of over pm.request.headers would throw, which is what
			// postman-collection does. An iterable list breaks no script that works in
			// Postman.
			values := s.Function(core.Method{Name: "[Symbol.iterator]", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				v, err := s.Engine.Iterator(ListOf(s, this).memberArray())
				s.Check(err)
				return v
			}})
			// Not enumerable, so for…in over a list and its JSON look as they do in Postman.
			_ = proto.DefineDataPropertySymbol(goja.SymIterator, values, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		},
		// Subclasses and scripts read these marks, and ListOf does too. The names are the
		// SDK's, so a list class that a script derives with its own marks works as well.
		Marks: map[string]any{
			"_postman_propertyIsList": true, "_postman_listIndexKey": "id",
			"_postman_listIndexCaseInsensitive": false, "_postman_listAllowsMultipleValues": false,
		},
	}
}

// InitList is the body of PropertyList's constructor. It takes (type, parent, populate).
//
// The type is the constructor of the members, or a function that makes a member. Members and
// lookup of a list that is initialised twice are kept, as subclasses that call their parent's
// constructor expect.
func InitList(s *core.SDK, o *goja.Object, a core.Args) {
	core.Hide(o, ParentKey, a.At(1))
	// A subclass may have made the array already.
	if !core.IsArray(jsvalue.Get(o, "members")) {
		core.Set(o, "members", s.VM.NewArray())
	}
	if jsvalue.IsNullish(jsvalue.Get(o, "reference")) {
		// The lookup has no prototype: a header named "constructor" must not find Object's.
		core.Set(o, "reference", s.VM.CreateObject(nil))
	}
	core.Set(o, "Type", a.At(0))
	// The class of the members decides how the list finds them: headers by key whatever the
	// case, query parameters by key with several of a name allowed.
	for _, name := range [...]string{"IndexKey", "IndexCaseInsensitive", "AllowsMultipleValues"} {
		of := "_postman_property" + name
		if v := jsvalue.Field(a.At(0), of); jsvalue.Truthy(v) && s.Has(a.At(0), of) {
			core.Set(o, "_postman_list"+name, v)
		}
	}
	if jsvalue.Truthy(a.At(2)) {
		ListOf(s, o).Populate(a.At(2))
	}
}

// NewList makes a list without going through JavaScript. listClass and of are names of
// classes of this SDK: the class of the list and the class of its members. parent may be
// undefined; populate is anything that Populate accepts.
func NewList(s *core.SDK, listClass, of string, parent, populate goja.Value) *goja.Object {
	o := s.Allocate(s.Class(listClass))
	InitList(s, o, core.Args{s.Class(of).Ctor, parent, populate})
	return o
}

// listEdits are the methods that change a list. Length is what a script reads as fn.length,
// so it is the SDK's number of declared parameters and not ours.
func listEdits(s *core.SDK) []core.Method {
	// All methods that the SDK gives no return value share this form: nil is undefined.
	edit := func(name string, length int, fn func(l List, a core.Args)) core.Method {
		return core.Method{Name: name, Length: length, Fn: func(this *goja.Object, a core.Args) goja.Value {
			fn(ListOf(s, this), a)
			return nil
		}}
	}
	// The SDK trusts its argument here; what is no object would be stored and would break
	// every later lookup.
	insert := func(l List, item, before goja.Value) {
		if o, ok := item.(*goja.Object); ok {
			l.Insert(o, before)
		}
	}
	// An index beyond the end stands for "last", which Insert takes undefined for.
	at := func(l List, i int) goja.Value {
		if all := l.Members(); i >= 0 && i < len(all) {
			return all[i]
		}
		return goja.Undefined()
	}
	return []core.Method{
		edit("insert", 2, func(l List, a core.Args) { insert(l, a.At(0), a.At(1)) }),
		edit("insertAfter", 2, func(l List, a core.Args) { insert(l, a.At(0), at(l, l.indexOf(a.At(1))+1)) }),
		edit("append", 1, func(l List, a core.Args) { insert(l, a.At(0), goja.Undefined()) }),
		edit("prepend", 1, func(l List, a core.Args) { insert(l, a.At(0), at(l, 0)) }),
		edit("add", 1, func(l List, a core.Args) { l.Add(a) }),
		edit("clear", 0, func(l List, _ core.Args) { l.Clear() }),
		edit("populate", 1, func(l List, a core.Args) { l.Populate(a.At(0)) }),
		edit("repopulate", 1, func(l List, a core.Args) {
			l.Clear()
			l.Populate(a.At(0))
		}),
		edit("assimilate", 2, func(l List, a core.Args) { l.Assimilate(a.At(0), jsvalue.Truthy(a.At(1))) }),
		edit("remove", 2, func(l List, a core.Args) { removeFrom(s, l, a) }),
		{Name: "upsert", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return ListOf(s, this).upsert(a.At(0)) }},
	}
}

// removeFrom removes by key, by member or by predicate, depending on what the script passes:
// a string, an object or a function. A predicate gets (member, index, members) as with
// lodash's remove, and the list itself as this unless a context is given.
func removeFrom(s *core.SDK, l List, a core.Args) {
	what, context := a.At(0), a.At(1)
	if !jsvalue.Truthy(context) {
		context = l.object
	}
	switch o, _ := what.(*goja.Object); {
	case jsvalue.IsString(what):
		l.RemoveKey(core.Text(what))
	case core.IsFunction(what):
		// The array as it was before anything is removed: lodash passes the same array to
		// each call.
		all := l.memberArray()
		i := -1
		l.RemoveWhere(func(v goja.Value) bool {
			i++
			return jsvalue.Truthy(s.Call(what, context, v, s.VM.ToValue(i), all))
		})
	case o != nil:
		l.RemoveWhere(func(v goja.Value) bool { return v == o })
	}
}

// PlainListClass is a list class of one member class without methods of its own. Its
// constructor takes (parent, populate); the type is fixed. Callers add Methods and Statics to
// the class that is returned.
func PlainListClass(s *core.SDK, of string) *core.Class {
	return &core.Class{
		Parent: "PropertyList",
		Init: func(o *goja.Object, a core.Args) {
			InitList(s, o, core.Args{s.Class(of).Ctor, a.At(0), a.At(1)})
		},
	}
}
