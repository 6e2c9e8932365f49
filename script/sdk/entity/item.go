package entity

import (
	"github.com/dop251/goja"

	"posthaste/script/sdk/core"
	"posthaste/script/sdk/property"
	"posthaste/script/sdk/request"
)

// ItemClass describes Item.
func ItemClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "Property", NeedsID: true,
		Init: func(o *goja.Object, a core.Args) {
			definition := a.At(0)
			property.Init(s, o, core.Args{definition})
			if core.Truthy(definition) {
				core.Set(o, "request", s.Make("Request", core.Field(definition, "request")))
			}
			core.Set(o, "responses", property.NewList(s, "PropertyList", "Response", o, core.Field(definition, "response")))
			core.Set(o, "events", property.NewList(s, "EventList", "Event", o, core.Field(definition, "event")))
			if behavior, ok := core.Field(definition, "protocolProfileBehavior").(*goja.Object); ok {
				core.Set(o, "protocolProfileBehavior", behavior)
			}
		},
		Methods: append(behaviorMethods(s), itemMethods(s)...),
		Statics: []core.Method{s.IsStatic("Item")},
	}
}

func itemMethods(s *core.SDK) []core.Method {
	return []core.Method{
		{Name: "getAuth", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			auth := core.Field(core.Get(this, "request"), "auth")
			if request.IsAuthType(core.Field(auth, "type")) {
				return auth
			}
			for up := range property.Above(this) {
				if auth = core.Field(up, "auth"); request.IsAuthType(core.Field(auth, "type")) {
					return auth
				}
			}
			return nil
		}},
		{Name: "getEvents", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			events := property.ListOf(s, s.Object(core.Get(this, "events"))).Members()
			if !core.Truthy(a.At(0)) {
				return s.Array(events)
			}
			var found []goja.Value
			for _, e := range events {
				if core.Field(e, "listen").StrictEquals(a.At(0)) {
					found = append(found, e)
				}
			}
			return s.Array(found)
		}},
		{Name: "authorizeRequestUsing", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
			made, ok := core.Get(this, "request").(*goja.Object)
			if !ok {
				made = s.Make("Request")
				core.Set(this, "request", made)
			}
			return request.Authorize(s, made, a)
		}},
		{Name: "getPath", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			path := []goja.Value{core.Get(this, "name")}
			for up := range property.Owners(s, this) {
				path = append([]goja.Value{core.Field(up, "name")}, path...)
			}
			return s.Array(path)
		}},
	}
}

// behaviorMethods read and write protocolProfileBehavior of items and folders.
func behaviorMethods(s *core.SDK) []core.Method {
	const key = "protocolProfileBehavior"
	own := func(o goja.Value) *goja.Object { return s.Object(core.Field(o, key)) }
	return []core.Method{
		{Name: "getProtocolProfileBehavior", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return own(this) }},
		{Name: "getProtocolProfileBehaviorResolved", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			result := s.VM.NewObject()
			levels := []goja.Value{this}
			for up := range property.Owners(s, this) {
				levels = append(levels, up)
			}
			for i := len(levels) - 1; i >= 0; i-- {
				behavior := own(levels[i])
				for _, k := range behavior.Keys() {
					core.Set(result, k, core.Get(behavior, k))
				}
			}
			return result
		}},
		{Name: "setProtocolProfileBehavior", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
			if core.IsString(a.At(0)) {
				behavior := own(this)
				core.Set(behavior, core.Text(a.At(0)), a.At(1))
				core.Set(this, key, behavior)
			}
			return this
		}},
		{Name: "unsetProtocolProfileBehavior", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			property.Unset(core.Get(this, key), core.Text(a.At(0)))
			return this
		}},
	}
}
