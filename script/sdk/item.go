package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) itemClass() *class {
	return &class{
		parent: "Property", needsID: true,
		init: func(o *goja.Object, a args) {
			definition := a.at(0)
			s.initProperty(o, args{definition})
			if truthy(definition) {
				set(o, "request", s.make("Request", field(definition, "request")))
			}
			set(o, "responses", s.newList("PropertyList", "Response", o, field(definition, "response")))
			set(o, "events", s.newList("EventList", "Event", o, field(definition, "event")))
			if behavior, ok := field(definition, "protocolProfileBehavior").(*goja.Object); ok {
				set(o, "protocolProfileBehavior", behavior)
			}
		},
		methods: append(s.behaviorMethods(), s.itemMethods()...),
		statics: []method{s.isStatic("Item")},
	}
}

func (s *SDK) itemMethods() []method {
	return []method{
		{"getAuth", 0, func(this *goja.Object, _ args) goja.Value {
			auth := field(get(this, "request"), "auth")
			if isAuthType(field(auth, "type")) {
				return auth
			}
			for up := range above(this) {
				if auth = field(up, "auth"); isAuthType(field(auth, "type")) {
					return auth
				}
			}
			return nil
		}},
		{"getEvents", 1, func(this *goja.Object, a args) goja.Value {
			events := s.list(s.object(get(this, "events"))).members()
			if !truthy(a.at(0)) {
				return s.array(events)
			}
			var found []goja.Value
			for _, e := range events {
				if field(e, "listen").StrictEquals(a.at(0)) {
					found = append(found, e)
				}
			}
			return s.array(found)
		}},
		{"authorizeRequestUsing", 2, func(this *goja.Object, a args) goja.Value {
			request, ok := get(this, "request").(*goja.Object)
			if !ok {
				request = s.make("Request")
				set(this, "request", request)
			}
			return s.authorize(request, a)
		}},
		{"getPath", 0, func(this *goja.Object, _ args) goja.Value {
			path := []goja.Value{get(this, "name")}
			for up := range s.owners(this) {
				path = append([]goja.Value{field(up, "name")}, path...)
			}
			return s.array(path)
		}},
	}
}

// behaviorMethods read and write protocolProfileBehavior of items and folders.
func (s *SDK) behaviorMethods() []method {
	const key = "protocolProfileBehavior"
	own := func(o goja.Value) *goja.Object { return s.object(field(o, key)) }
	return []method{
		{"getProtocolProfileBehavior", 0, func(this *goja.Object, _ args) goja.Value { return own(this) }},
		{"getProtocolProfileBehaviorResolved", 0, func(this *goja.Object, _ args) goja.Value {
			result := s.vm.NewObject()
			levels := []goja.Value{this}
			for up := range s.owners(this) {
				levels = append(levels, up)
			}
			for i := len(levels) - 1; i >= 0; i-- {
				behavior := own(levels[i])
				for _, k := range behavior.Keys() {
					set(result, k, get(behavior, k))
				}
			}
			return result
		}},
		{"setProtocolProfileBehavior", 2, func(this *goja.Object, a args) goja.Value {
			if isString(a.at(0)) {
				behavior := own(this)
				set(behavior, text(a.at(0)), a.at(1))
				set(this, key, behavior)
			}
			return this
		}},
		{"unsetProtocolProfileBehavior", 1, func(this *goja.Object, a args) goja.Value {
			unset(get(this, key), text(a.at(0)))
			return this
		}},
	}
}
