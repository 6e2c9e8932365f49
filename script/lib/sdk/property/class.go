package property

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// ListClass describes PropertyList.
func ListClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent:  "PropertyBase",
		Init:    func(o *goja.Object, a core.Args) { InitList(s, o, a) },
		Methods: append(listEdits(s), listReads(s)...),
		Statics: []core.Method{s.IsStatic("PropertyList")},
		Setup: func(proto *goja.Object) {
			// The SDK's lists cannot be iterated; ours go through their members.
			values := s.Function(core.Method{Name: "[Symbol.iterator]", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				v, err := s.Engine.Iterator(ListOf(s, this).memberArray())
				s.Check(err)
				return v
			}})
			_ = proto.DefineDataPropertySymbol(goja.SymIterator, values, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		},
		Marks: map[string]any{
			"_postman_propertyIsList": true, "_postman_listIndexKey": "id",
			"_postman_listIndexCaseInsensitive": false, "_postman_listAllowsMultipleValues": false,
		},
	}
}

// InitList takes (type, parent, populate).
func InitList(s *core.SDK, o *goja.Object, a core.Args) {
	core.Hide(o, ParentKey, a.At(1))
	if !core.IsArray(jsvalue.Get(o, "members")) {
		core.Set(o, "members", s.VM.NewArray())
	}
	if jsvalue.IsNullish(jsvalue.Get(o, "reference")) {
		core.Set(o, "reference", s.VM.CreateObject(nil))
	}
	core.Set(o, "Type", a.At(0))
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

// NewList makes a list of a class of ours.
func NewList(s *core.SDK, listClass, of string, parent, populate goja.Value) *goja.Object {
	o := s.Allocate(s.Class(listClass))
	InitList(s, o, core.Args{s.Class(of).Ctor, parent, populate})
	return o
}

// listEdits are the methods that change a list.
func listEdits(s *core.SDK) []core.Method {
	edit := func(name string, length int, fn func(l List, a core.Args)) core.Method {
		return core.Method{Name: name, Length: length, Fn: func(this *goja.Object, a core.Args) goja.Value {
			fn(ListOf(s, this), a)
			return nil
		}}
	}
	insert := func(l List, item, before goja.Value) {
		if o, ok := item.(*goja.Object); ok {
			l.Insert(o, before)
		}
	}
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

// removeFrom removes by key, by member or by predicate.
func removeFrom(s *core.SDK, l List, a core.Args) {
	what, context := a.At(0), a.At(1)
	if !jsvalue.Truthy(context) {
		context = l.object
	}
	switch o, _ := what.(*goja.Object); {
	case jsvalue.IsString(what):
		l.RemoveKey(core.Text(what))
	case core.IsFunction(what):
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

// PlainListClass is a list class of one member class without methods of its own. Its constructor takes
// (parent, populate).
func PlainListClass(s *core.SDK, of string) *core.Class {
	return &core.Class{
		Parent: "PropertyList",
		Init: func(o *goja.Object, a core.Args) {
			InitList(s, o, core.Args{s.Class(of).Ctor, a.At(0), a.At(1)})
		},
	}
}
