// Package entity is the classes that only require('postman-collection') shows: items, events, certificates and the
// like.
//
// No pm object is of these classes, so they are made only for scripts that require the SDK.
package entity

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// ScriptClass describes Script: lines of code, or the URL of a file with them. Scripts made
// this way are never run.
func ScriptClass(s *core.SDK) *core.Class {
	update := func(o *goja.Object, options goja.Value) {
		if jsvalue.IsString(options) || core.IsArray(options) {
			given := s.VM.NewObject()
			core.Set(given, "exec", options)
			options = given
		}
		if !jsvalue.Truthy(options) {
			return
		}
		kind := jsvalue.Field(options, "type")
		if !jsvalue.Truthy(kind) {
			kind = s.VM.ToValue("text/javascript")
		}
		core.Set(o, "type", kind)
		core.Set(o, "packages", jsvalue.Field(options, "packages"))
		if s.Has(options, "src") {
			core.Set(o, "src", s.Make("Url", jsvalue.Field(options, "src")))
		}
		// A source file goes before lines: with src the lines are ignored.
		if !jsvalue.Truthy(jsvalue.Get(o, "src")) && s.Has(options, "exec") {
			core.Set(o, "exec", scriptLines(s, jsvalue.Field(options, "exec")))
		}
	}
	return &core.Class{
		Parent: "Property", NeedsID: true,
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, core.Args{a.At(0)})
			update(o, a.At(0))
		},
		Methods: []core.Method{
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				update(this, a.At(0))
				return nil
			}},
			{Name: "toSource", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				if exec := jsvalue.Get(this, "exec"); jsvalue.Truthy(exec) {
					return s.VM.ToValue(core.JoinTexts(core.Items(exec), "\n"))
				}
				return nil
			}},
			{Name: "isEmpty", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				// A script without exec is empty, and so is one of blank lines.
				return s.VM.ToValue(strings.TrimSpace(core.JoinTexts(core.Items(jsvalue.Get(this, "exec")), "\n")) == "")
			}},
		},
		Statics: []core.Method{s.IsStatic("Script")},
	}
}

// scriptLines splits a text into lines of "
// " or "\r
// "; an array stays as it is. Everything else is undefined.
func scriptLines(s *core.SDK, exec goja.Value) goja.Value {
	switch {
	case jsvalue.IsString(exec):
		return s.Texts(strings.Split(strings.ReplaceAll(core.Text(exec), "\r\n", "\n"), "\n"))
	case core.IsArray(exec):
		return exec
	}
	return goja.Undefined()
}

// EventClass describes Event: a Script and when it runs, "prerequest" or "test".
func EventClass(s *core.SDK) *core.Class {
	update := func(o *goja.Object, definition goja.Value) {
		if listen := jsvalue.Field(definition, "listen"); jsvalue.IsString(listen) {
			core.Set(o, "listen", listen)
		}
		switch script := jsvalue.Field(definition, "script"); {
		case s.Is(script, "Script"):
			core.Set(o, "script", script)
		case jsvalue.Object(script) != nil, jsvalue.IsString(script): // an array is the lines
			core.Set(o, "script", s.Make("Script", script))
		}
	}
	return &core.Class{
		Parent: "Property",
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, core.Args{a.At(0)})
			update(o, a.At(0))
		},
		Methods: []core.Method{{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			update(this, a.At(0))
			return nil
		}}},
		Statics: []core.Method{s.IsStatic("Event")},
	}
}

// EventListClass describes EventList. Its methods find the events of a name, the list's own
// or those of the parents too.
func EventListClass(s *core.SDK) *core.Class {
	// own compares with ===, so the name is case-sensitive. Disabled events never listen.
	own := func(o *goja.Object, name goja.Value) []goja.Value {
		var found []goja.Value
		for _, e := range property.ListOf(s, o).Members() {
			if !jsvalue.Truthy(jsvalue.Field(e, "disabled")) && jsvalue.Field(e, "listen").StrictEquals(name) {
				found = append(found, e)
			}
		}
		return found
	}
	c := property.PlainListClass(s, "Event")
	c.Methods = []core.Method{
		{Name: "listenersOwn", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value { return s.Array(own(this, a.At(0))) }},
		{Name: "listeners", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			all := own(this, a.At(0))
			parent := jsvalue.Get(this, property.ParentKey)
			for up := range property.Above(this) {
				events, ok := jsvalue.Field(up, "events").(*goja.Object)
				// The direct parent owns this very list; only what is further up adds events.
				// Those run first, so they are put in front.
				if ok && up != parent && s.Is(events, "EventList") {
					all = append(own(events, a.At(0)), all...)
				}
			}
			return s.Array(all)
		}},
	}
	c.Statics = []core.Method{s.IsStatic("EventList")}
	return c
}
