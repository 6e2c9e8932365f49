package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) propertyListClass() *class {
	return &class{
		parent:  "PropertyBase",
		init:    s.initPropertyList,
		methods: append(s.listEdits(), s.listReads()...),
		statics: []method{s.isStatic("PropertyList")},
		setup: func(proto *goja.Object) {
			// The SDK's lists cannot be iterated; ours go through their members.
			values := s.function(method{"[Symbol.iterator]", 0, func(this *goja.Object, _ args) goja.Value {
				v, err := s.engine.iterator(s.list(this).memberArray())
				s.check(err)
				return v
			}})
			_ = proto.DefineDataPropertySymbol(goja.SymIterator, values, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		},
		marks: map[string]any{
			"_postman_propertyIsList": true, "_postman_listIndexKey": "id",
			"_postman_listIndexCaseInsensitive": false, "_postman_listAllowsMultipleValues": false,
		},
	}
}

// initPropertyList takes (type, parent, populate).
func (s *SDK) initPropertyList(o *goja.Object, a args) {
	hide(o, parentKey, a.at(1))
	if !isArray(get(o, "members")) {
		set(o, "members", s.vm.NewArray())
	}
	if isNil(get(o, "reference")) {
		set(o, "reference", s.vm.CreateObject(nil))
	}
	set(o, "Type", a.at(0))
	for _, name := range [...]string{"IndexKey", "IndexCaseInsensitive", "AllowsMultipleValues"} {
		of := "_postman_property" + name
		if v := field(a.at(0), of); truthy(v) && s.has(a.at(0), of) {
			set(o, "_postman_list"+name, v)
		}
	}
	if truthy(a.at(2)) {
		s.list(o).populate(a.at(2))
	}
}

// newList makes a list of a class of ours.
func (s *SDK) newList(listClass, of string, parent, populate goja.Value) *goja.Object {
	o := s.allocate(s.class(listClass))
	s.initPropertyList(o, args{s.class(of).ctor, parent, populate})
	return o
}

// listEdits are the methods that change a list.
func (s *SDK) listEdits() []method {
	edit := func(name string, length int, fn func(l list, a args)) method {
		return method{name, length, func(this *goja.Object, a args) goja.Value {
			fn(s.list(this), a)
			return nil
		}}
	}
	insert := func(l list, item, before goja.Value) {
		if o, ok := item.(*goja.Object); ok {
			l.insert(o, before)
		}
	}
	at := func(l list, i int) goja.Value {
		if all := l.members(); i >= 0 && i < len(all) {
			return all[i]
		}
		return goja.Undefined()
	}
	return []method{
		edit("insert", 2, func(l list, a args) { insert(l, a.at(0), a.at(1)) }),
		edit("insertAfter", 2, func(l list, a args) { insert(l, a.at(0), at(l, l.indexOf(a.at(1))+1)) }),
		edit("append", 1, func(l list, a args) { insert(l, a.at(0), goja.Undefined()) }),
		edit("prepend", 1, func(l list, a args) { insert(l, a.at(0), at(l, 0)) }),
		edit("add", 1, func(l list, a args) { l.add(a) }),
		edit("clear", 0, func(l list, _ args) { l.clear() }),
		edit("populate", 1, func(l list, a args) { l.populate(a.at(0)) }),
		edit("repopulate", 1, func(l list, a args) {
			l.clear()
			l.populate(a.at(0))
		}),
		edit("assimilate", 2, func(l list, a args) { l.assimilate(a.at(0), truthy(a.at(1))) }),
		edit("remove", 2, s.removeFrom),
		{"upsert", 1, func(this *goja.Object, a args) goja.Value { return s.list(this).upsert(a.at(0)) }},
	}
}

// removeFrom removes by key, by member or by predicate.
func (s *SDK) removeFrom(l list, a args) {
	what, context := a.at(0), a.at(1)
	if !truthy(context) {
		context = l.object
	}
	switch o, _ := what.(*goja.Object); {
	case isString(what):
		l.removeKey(text(what))
	case isFunction(what):
		all := l.memberArray()
		i := -1
		l.removeWhere(func(v goja.Value) bool {
			i++
			return truthy(s.call(what, context, v, s.vm.ToValue(i), all))
		})
	case o != nil:
		l.removeWhere(func(v goja.Value) bool { return v == o })
	}
}
