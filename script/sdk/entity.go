package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) scriptClass() *class {
	update := func(o *goja.Object, options goja.Value) {
		if isString(options) || isArray(options) {
			given := s.vm.NewObject()
			set(given, "exec", options)
			options = given
		}
		if !truthy(options) {
			return
		}
		kind := field(options, "type")
		if !truthy(kind) {
			kind = s.vm.ToValue("text/javascript")
		}
		set(o, "type", kind)
		set(o, "packages", field(options, "packages"))
		if s.has(options, "src") {
			set(o, "src", s.make("Url", field(options, "src")))
		}
		if !truthy(get(o, "src")) && s.has(options, "exec") {
			set(o, "exec", s.scriptLines(field(options, "exec")))
		}
	}
	return &class{
		parent: "Property", needsID: true,
		init: func(o *goja.Object, a args) {
			s.initProperty(o, args{a.at(0)})
			update(o, a.at(0))
		},
		methods: []method{
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				update(this, a.at(0))
				return nil
			}},
			{"toSource", 0, func(this *goja.Object, _ args) goja.Value {
				if exec := get(this, "exec"); truthy(exec) {
					return s.vm.ToValue(joinTexts(items(exec), "\n"))
				}
				return nil
			}},
			{"isEmpty", 0, func(this *goja.Object, _ args) goja.Value {
				return s.vm.ToValue(strings.TrimSpace(joinTexts(items(get(this, "exec")), "\n")) == "")
			}},
		},
		statics: []method{s.isStatic("Script")},
	}
}

func (s *SDK) scriptLines(exec goja.Value) goja.Value {
	switch {
	case isString(exec):
		return s.texts(strings.Split(strings.ReplaceAll(text(exec), "\r\n", "\n"), "\n"))
	case isArray(exec):
		return exec
	}
	return goja.Undefined()
}

func (s *SDK) eventClass() *class {
	update := func(o *goja.Object, definition goja.Value) {
		if listen := field(definition, "listen"); isString(listen) {
			set(o, "listen", listen)
		}
		switch script := field(definition, "script"); {
		case s.is(script, "Script"):
			set(o, "script", script)
		case isArray(script), isString(script):
			set(o, "script", s.make("Script", script))
		case truthy(script):
			set(o, "script", s.make("Script", script))
		}
	}
	return &class{
		parent: "Property",
		init: func(o *goja.Object, a args) {
			s.initProperty(o, args{a.at(0)})
			update(o, a.at(0))
		},
		methods: []method{{"update", 1, func(this *goja.Object, a args) goja.Value {
			update(this, a.at(0))
			return nil
		}}},
		statics: []method{s.isStatic("Event")},
	}
}

func (s *SDK) eventListClass() *class {
	own := func(o *goja.Object, name goja.Value) []goja.Value {
		var found []goja.Value
		for _, e := range s.list(o).members() {
			if !truthy(field(e, "disabled")) && field(e, "listen").StrictEquals(name) {
				found = append(found, e)
			}
		}
		return found
	}
	c := s.listOf("Event")
	c.methods = []method{
		{"listenersOwn", 1, func(this *goja.Object, a args) goja.Value { return s.array(own(this, a.at(0))) }},
		{"listeners", 1, func(this *goja.Object, a args) goja.Value {
			all := own(this, a.at(0))
			parent := get(this, parentKey)
			for up := range above(this) {
				events, ok := field(up, "events").(*goja.Object)
				if ok && up != parent && s.is(events, "EventList") {
					all = append(own(events, a.at(0)), all...)
				}
			}
			return s.array(all)
		}},
	}
	c.statics = []method{s.isStatic("EventList")}
	return c
}

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

func (s *SDK) itemGroupClass() *class {
	create := s.function(method{"createItem", 1, func(_ *goja.Object, a args) goja.Value {
		switch v := a.at(0); {
		case s.is(v, "Item"), s.is(v, "ItemGroup"):
			return v
		case truthy(field(v, "item")):
			return s.make("ItemGroup", v)
		default:
			return s.make("Item", v)
		}
	}})
	return &class{
		parent: "Property", needsID: true,
		init: func(o *goja.Object, a args) {
			definition := a.at(0)
			s.initProperty(o, args{definition})
			items := s.allocate(s.class("PropertyList"))
			s.initPropertyList(items, args{create, o, field(definition, "item")})
			set(o, "items", items)
			if auth := field(definition, "auth"); truthy(auth) {
				set(o, "auth", s.make("RequestAuth", auth))
			}
			set(o, "events", s.newList("EventList", "Event", o, field(definition, "event")))
			if behavior, ok := field(definition, "protocolProfileBehavior").(*goja.Object); ok {
				set(o, "protocolProfileBehavior", behavior)
			}
		},
		methods: append(s.behaviorMethods(),
			method{"forEachItem", 1, func(this *goja.Object, a args) goja.Value {
				s.walkItems(this, func(item, group *goja.Object, folder bool) bool {
					if !folder {
						s.call(a.at(0), goja.Undefined(), item, group)
					}
					return true
				})
				return nil
			}},
			method{"forEachItemGroup", 1, func(this *goja.Object, a args) goja.Value {
				s.walkItems(this, func(item, group *goja.Object, folder bool) bool {
					if folder {
						s.call(a.at(0), goja.Undefined(), item, group)
					}
					return true
				})
				return nil
			}},
			method{"oneDeep", 1, s.oneDeep},
			method{"authorizeRequestsUsing", 2, s.authorize},
		),
		statics: []method{s.isStatic("ItemGroup")},
	}
}

// walkItems visits the items of a group; folders after what they hold. It stops when visit says so.
func (s *SDK) walkItems(group *goja.Object, visit func(item, group *goja.Object, folder bool) bool) bool {
	for _, v := range s.membersOf(get(group, "items")) {
		item, ok := v.(*goja.Object)
		if !ok {
			continue
		}
		folder := s.is(item, "ItemGroup")
		if folder && !s.walkItems(item, visit) || !visit(item, group, folder) {
			return false
		}
	}
	return true
}

// oneDeep finds an item or a folder by id or name, folders before what they hold.
func (s *SDK) oneDeep(this *goja.Object, a args) goja.Value {
	if !isString(a.at(0)) {
		return nil
	}
	for _, v := range s.membersOf(get(this, "items")) {
		if field(v, "id").StrictEquals(a.at(0)) || field(v, "name").StrictEquals(a.at(0)) {
			return v
		}
		if s.is(v, "ItemGroup") {
			if found := s.oneDeep(s.object(v), a); found != nil {
				return found
			}
		}
	}
	return nil
}
