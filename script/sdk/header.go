package sdk

import (
	"github.com/dop251/goja"

	"posthaste/collection"
)

func (s *SDK) headerClass() *class {
	return &class{
		parent: "Property", indexKey: "key", caseless: true, multi: true,
		init: s.initHeader,
		methods: []method{
			{"toString", 0, func(this *goja.Object, _ args) goja.Value {
				return s.vm.ToValue(headerLine(this))
			}},
			{"valueOf", 0, func(this *goja.Object, _ args) goja.Value { return get(this, "value") }},
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateHeader(this, a.at(0))
				return nil
			}},
		},
		statics: []method{
			s.isStatic("Header"),
			{"create", 2, func(_ *goja.Object, a args) goja.Value { return s.make("Header", a...) }},
			{"parse", 1, func(_ *goja.Object, a args) goja.Value {
				var list []goja.Value
				for _, h := range parseHeaders(text(a.at(0))) {
					list = append(list, s.pair(h.Key, h.Value))
				}
				return s.array(list)
			}},
			{"parseSingle", 1, func(_ *goja.Object, a args) goja.Value {
				if !isString(a.at(0)) {
					return s.pair("", "")
				}
				return s.pair(parseHeader(text(a.at(0))))
			}},
			{"unparse", 2, func(_ *goja.Object, a args) goja.Value {
				separator := "\r\n"
				if !goja.IsUndefined(a.at(1)) {
					separator = text(a.at(1))
				}
				return s.vm.ToValue(s.unparseHeaders(a.at(0), separator))
			}},
			{"unparseSingle", 1, func(_ *goja.Object, a args) goja.Value {
				if o, ok := a.at(0).(*goja.Object); ok {
					return s.vm.ToValue(headerLine(o))
				}
				return s.vm.ToValue("")
			}},
		},
	}
}

func (s *SDK) headerListClass() *class {
	return &class{
		parent: "PropertyList", label: "HeaderList",
		init: func(o *goja.Object, a args) {
			s.initPropertyList(o, args{s.class("Header").ctor, a.at(0), a.at(1)})
		},
		methods: []method{{"contentSize", 0, func(this *goja.Object, _ args) goja.Value {
			return s.vm.ToValue(units(s.unparseHeaders(this, "\r\n")))
		}}},
		statics: []method{s.isStatic("HeaderList")},
	}
}

// pair makes a plain {key, value}.
func (s *SDK) pair(key, value string) *goja.Object {
	o := s.vm.NewObject()
	set(o, "key", s.vm.ToValue(key))
	set(o, "value", s.vm.ToValue(value))
	return o
}

func (s *SDK) initHeader(o *goja.Object, a args) {
	options := a.at(0)
	if isString(options) {
		if isString(a.at(1)) {
			options = s.pair(text(a.at(1)), text(options))
		} else {
			options = s.pair(parseHeader(text(options)))
		}
	}
	s.initProperty(o, args{options})
	s.updateHeader(o, options)
}

func (s *SDK) updateHeader(o *goja.Object, options goja.Value) {
	key := field(options, "key")
	if !truthy(key) {
		key = s.vm.ToValue("")
	}
	value := field(options, "value")
	if goja.IsUndefined(value) {
		value = s.vm.ToValue("")
	}
	set(o, "key", key)
	set(o, "value", value)
	s.copyOwn(o, options, "system", "disabled")
}

// copyOwn copies the named properties that options has itself.
func (s *SDK) copyOwn(o *goja.Object, options goja.Value, keys ...string) {
	for _, key := range keys {
		if v := field(options, key); !goja.IsUndefined(v) || s.has(options, key) {
			set(o, key, v)
		}
	}
}

// membersOf returns the members of a list, or the elements of an array.
func (s *SDK) membersOf(v goja.Value) []goja.Value {
	if o, ok := v.(*goja.Object); ok && s.is(o, "PropertyList") {
		return s.list(o).members()
	}
	if isArray(v) {
		return items(v)
	}
	return nil
}

// headers makes the list of a request or an answer.
func (s *SDK) headers(parent goja.Value, list []collection.Header) *goja.Object {
	o := s.newList("HeaderList", "Header", parent, goja.Undefined())
	l := s.list(o)
	for _, h := range list {
		header := s.allocate(s.class("Header"))
		if h.Disabled {
			set(header, "disabled", s.vm.ToValue(true))
		}
		s.describe(header, h.Description)
		set(header, "key", s.vm.ToValue(h.Key))
		set(header, "value", s.vm.ToValue(h.Value))
		if h.System {
			set(header, "system", s.vm.ToValue(true))
		}
		l.insert(header, goja.Undefined())
	}
	return o
}

// readHeaders reads a header list back.
func (s *SDK) readHeaders(v goja.Value) []collection.Header {
	var list []collection.Header
	for _, h := range s.membersOf(v) {
		value := field(h, "value")
		if goja.IsUndefined(value) || value == nil {
			value = s.vm.ToValue("") // newman: null goes out as its text
		}
		key := field(h, "key")
		if isNil(key) {
			key = s.vm.ToValue("")
		}
		list = append(list, collection.Header{
			Key: text(key), Value: text(value),
			Disabled: truthy(field(h, "disabled")), System: truthy(field(h, "system")),
			Description: description(h),
		})
	}
	return list
}
