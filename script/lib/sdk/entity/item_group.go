package entity

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/request"
)

// ItemGroupClass describes ItemGroup: a folder of items and of further folders.
func ItemGroupClass(s *core.SDK) *core.Class {
	// The type of the list of items is a function and no class, because a member is an Item
	// or an ItemGroup. A definition with "item" is a folder, even an empty one, since an
	// array is truthy.
	create := s.Function(core.Method{Name: "createItem", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
		switch v := a.At(0); {
		case s.Is(v, "Item"), s.Is(v, "ItemGroup"):
			return v
		case jsvalue.Truthy(jsvalue.Field(v, "item")):
			return s.Make("ItemGroup", v)
		default:
			return s.Make("Item", v)
		}
	}})
	return &core.Class{
		Parent: "Property", NeedsID: true,
		Init: func(o *goja.Object, a core.Args) {
			definition := a.At(0)
			property.Init(s, o, core.Args{definition})
			items := s.Allocate(s.Class("PropertyList"))
			property.InitList(s, items, core.Args{create, o, jsvalue.Field(definition, "item")})
			core.Set(o, "items", items)
			if auth := jsvalue.Field(definition, "auth"); jsvalue.Truthy(auth) {
				core.Set(o, "auth", s.Make("RequestAuth", auth))
			}
			core.Set(o, "events", property.NewList(s, "EventList", "Event", o, jsvalue.Field(definition, "event")))
			if behavior, ok := jsvalue.Field(definition, "protocolProfileBehavior").(*goja.Object); ok {
				core.Set(o, "protocolProfileBehavior", behavior)
			}
		},
		Methods: append(behaviorMethods(s),
			core.Method{Name: "forEachItem", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				walkItems(s, this, func(item, group *goja.Object, folder bool) bool {
					if !folder {
						s.Call(a.At(0), goja.Undefined(), item, group)
					}
					return true
				})
				return nil
			}},
			core.Method{Name: "forEachItemGroup", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				walkItems(s, this, func(item, group *goja.Object, folder bool) bool {
					if folder {
						s.Call(a.At(0), goja.Undefined(), item, group)
					}
					return true
				})
				return nil
			}},
			core.Method{Name: "oneDeep", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return oneDeep(s, this, a) }},
			core.Method{Name: "authorizeRequestsUsing", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value { return request.Authorize(s, this, a) }},
		),
		Statics: []core.Method{s.IsStatic("ItemGroup")},
	}
}

// walkItems visits the items of a group at every depth, a folder after what is in it. visit
// gets the item, the group that contains it, and whether it is a folder. The walk stops when
// visit returns false; the result is false then.
func walkItems(s *core.SDK, group *goja.Object, visit func(item, group *goja.Object, folder bool) bool) bool {
	for _, v := range property.MembersOf(s, jsvalue.Get(group, "items")) {
		item, ok := v.(*goja.Object)
		if !ok {
			continue
		}
		folder := s.Is(item, "ItemGroup")
		if folder && !walkItems(s, item, visit) || !visit(item, group, folder) {
			return false
		}
	}
	return true
}

// oneDeep finds an item or a folder by id or name, a folder before what is in it. It returns
// nil, undefined for the script, when there is no match or the argument is no string.
func oneDeep(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	if !jsvalue.IsString(a.At(0)) {
		return nil
	}
	for _, v := range property.MembersOf(s, jsvalue.Get(this, "items")) {
		if jsvalue.Field(v, "id").StrictEquals(a.At(0)) || jsvalue.Field(v, "name").StrictEquals(a.At(0)) {
			return v
		}
		if s.Is(v, "ItemGroup") {
			if found := oneDeep(s, s.Object(v), a); found != nil {
				return found
			}
		}
	}
	return nil
}
