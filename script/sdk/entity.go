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
