package entity

import (
	"github.com/dop251/goja"

	"posthaste/script/sdk/core"
	"posthaste/script/sdk/property"
	"posthaste/script/sdk/request"
)

// ItemGroupClass describes ItemGroup.
func ItemGroupClass(s *core.SDK) *core.Class {
	create := s.Function(core.Method{Name: "createItem", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
		switch v := a.At(0); {
		case s.Is(v, "Item"), s.Is(v, "ItemGroup"):
			return v
		case core.Truthy(core.Field(v, "item")):
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
			property.InitList(s, items, core.Args{create, o, core.Field(definition, "item")})
			core.Set(o, "items", items)
			if auth := core.Field(definition, "auth"); core.Truthy(auth) {
				core.Set(o, "auth", s.Make("RequestAuth", auth))
			}
			core.Set(o, "events", property.NewList(s, "EventList", "Event", o, core.Field(definition, "event")))
			if behavior, ok := core.Field(definition, "protocolProfileBehavior").(*goja.Object); ok {
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

// walkItems visits the items of a group; folders after what they hold. It stops when visit says so.
func walkItems(s *core.SDK, group *goja.Object, visit func(item, group *goja.Object, folder bool) bool) bool {
	for _, v := range property.MembersOf(s, core.Get(group, "items")) {
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

// oneDeep finds an item or a folder by id or name, folders before what they hold.
func oneDeep(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	if !core.IsString(a.At(0)) {
		return nil
	}
	for _, v := range property.MembersOf(s, core.Get(this, "items")) {
		if core.Field(v, "id").StrictEquals(a.At(0)) || core.Field(v, "name").StrictEquals(a.At(0)) {
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
