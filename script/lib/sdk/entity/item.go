package entity

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/request"
)

// ItemClass describes Item: a request with its saved responses and its events.
func ItemClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "Property", NeedsID: true,
		Init: func(o *goja.Object, a core.Args) {
			definition := a.At(0)
			property.Init(s, o, core.Args{definition})
			// new Item() without a definition has no request; new Item({}) has an empty one.
			if jsvalue.Truthy(definition) {
				core.Set(o, "request", s.Make("Request", jsvalue.Field(definition, "request")))
			}
			core.Set(o, "responses", property.NewList(s, "PropertyList", "Response", o, jsvalue.Field(definition, "response")))
			core.Set(o, "events", property.NewList(s, "EventList", "Event", o, jsvalue.Field(definition, "event")))
			// The caller's object, not a copy, as in the SDK.
			if behavior, ok := jsvalue.Field(definition, "protocolProfileBehavior").(*goja.Object); ok {
				core.Set(o, "protocolProfileBehavior", behavior)
			}
		},
		Methods: append(behaviorMethods(s), itemMethods(s)...),
		Statics: []core.Method{s.IsStatic("Item")},
	}
}

// itemMethods are the methods of Item beside those for protocolProfileBehavior. getAuth looks
// upwards until a folder has a known type of authentication; "noauth" is a type and ends the
// search.
func itemMethods(s *core.SDK) []core.Method {
	return []core.Method{
		{Name: "getAuth", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			auth := jsvalue.Field(jsvalue.Get(this, "request"), "auth")
			if request.IsAuthType(jsvalue.Field(auth, "type")) {
				return auth
			}
			for up := range property.Above(this) {
				if auth = jsvalue.Field(up, "auth"); request.IsAuthType(jsvalue.Field(auth, "type")) {
					return auth
				}
			}
			return nil
		}},
		{Name: "getEvents", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			events := property.ListOf(s, s.Object(jsvalue.Get(this, "events"))).Members()
			if !jsvalue.Truthy(a.At(0)) {
				return s.Array(events)
			}
			var found []goja.Value
			for _, e := range events {
				if jsvalue.Field(e, "listen").StrictEquals(a.At(0)) {
					found = append(found, e)
				}
			}
			return s.Array(found)
		}},
		{Name: "authorizeRequestUsing", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
			made, ok := jsvalue.Get(this, "request").(*goja.Object)
			if !ok {
				made = s.Make("Request")
				core.Set(this, "request", made)
			}
			return request.Authorize(s, made, a)
		}},
		{Name: "getPath", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			// From the collection down to the item, as Postman shows a request's place.
			path := []goja.Value{jsvalue.Get(this, "name")}
			for up := range property.Owners(s, this) {
				path = append([]goja.Value{jsvalue.Field(up, "name")}, path...)
			}
			return s.Array(path)
		}},
	}
}

// behaviorMethods read and write protocolProfileBehavior of items and folders. Setting a key
// writes into the object that the definition came with.
func behaviorMethods(s *core.SDK) []core.Method {
	const key = "protocolProfileBehavior"
	own := func(o goja.Value) *goja.Object { return s.Object(jsvalue.Field(o, key)) }
	return []core.Method{
		{Name: "getProtocolProfileBehavior", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return own(this) }},
		{Name: "getProtocolProfileBehaviorResolved", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			result := s.VM.NewObject()
			levels := []goja.Value{this}
			for up := range property.Owners(s, this) {
				levels = append(levels, up)
			}
			// From the top down, so the nearest level overwrites those above.
			for i := len(levels) - 1; i >= 0; i-- {
				behavior := own(levels[i])
				for _, k := range behavior.Keys() {
					core.Set(result, k, jsvalue.Get(behavior, k))
				}
			}
			return result
		}},
		{Name: "setProtocolProfileBehavior", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
			if jsvalue.IsString(a.At(0)) {
				behavior := own(this)
				core.Set(behavior, core.Text(a.At(0)), a.At(1))
				core.Set(this, key, behavior)
			}
			return this
		}},
		{Name: "unsetProtocolProfileBehavior", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			property.Unset(jsvalue.Get(this, key), core.Text(a.At(0)))
			return this
		}},
	}
}
