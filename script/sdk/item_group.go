package sdk

import (
	"github.com/dop251/goja"
)

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
