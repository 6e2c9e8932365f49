package inspect

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// function prints a function or class without its properties: "[Function: name]", "[class A
// extends B]". name is the class of the function object, usually "Function".
func (p *printer) function(o *goja.Object, name string, null bool, tag string) string {
	source := p.source(o)
	if strings.HasPrefix(source, "class") && strings.HasSuffix(source, "}") {
		return p.class(o, name, null, tag)
	}
	kind := "Function"
	if strings.HasSuffix(tag, "Function") {
		kind = tag // AsyncFunction, GeneratorFunction
	}
	text := "[" + kind
	if null {
		text += " (null prototype)"
	}
	if own := o.Get("name"); own == nil || own.String() == "" {
		text += " (anonymous)"
	} else {
		text += ": " + own.String()
	}
	text += "]"
	if !null && name != kind && name != "Function" {
		text += " " + name
	}
	if tag != "" && name != tag {
		text += " [" + tag + "]"
	}
	return text
}

// source is the function's text by the engine's own toString, "" where there is none.
func (p *printer) source(o *goja.Object) string {
	fn, ok := p.vm.GlobalObject().Get("Function").(*goja.Object)
	if !ok {
		return ""
	}
	toString, ok := goja.AssertFunction(fn.Get("prototype").ToObject(p.vm).Get("toString"))
	if !ok {
		return ""
	}
	v, err := toString(o)
	if err != nil {
		return ""
	}
	return v.String()
}

// class shows a class with what it extends. Its name is its own property only: an anonymous
// class inherits that of its parent.
func (p *printer) class(o *goja.Object, name string, null bool, tag string) string {
	text := "class (anonymous)"
	if own := o.Get("name"); own != nil && own.String() != "" && slices.Contains(o.GetOwnPropertyNames(), "name") {
		text = "class " + own.String()
	}
	if name != "Function" && !null {
		text += " [" + name + "]"
	}
	if tag != "" && name != tag {
		text += " [" + tag + "]"
	}
	if null {
		return "[" + text + " extends null]"
	}
	if super := o.Prototype(); super != nil {
		if s := super.Get("name"); s != nil && s.String() != "" {
			text += " extends " + s.String()
		}
	}
	return "[" + text + "]"
}

// failure prints an error: its stack, or [Name: message] where there are no stack lines.
// Properties that the text already shows are taken out of keys; cause and the errors of an
// AggregateError are added, because they are not enumerable.
func (p *printer) failure(o *goja.Object, name string, null bool, keys *[]goja.Value) string {
	title := p.title(o)
	text := title
	if stack := o.Get("stack"); stack != nil && !p.opt.NoStack {
		if s := stack.String(); s != "" && !goja.IsUndefined(stack) {
			text = tidy(s)
		}
	}
	if !null && !strings.Contains(firstLine(text), name) && strings.HasPrefix(text, "Error") {
		// A subclass that did not set its name is shown by its class.
		text = name + strings.TrimPrefix(text, "Error")
	}
	*keys = slices.DeleteFunc(*keys, func(key goja.Value) bool {
		switch key.String() {
		case "name", "message", "stack":
			v := o.Get(key.String())
			return v != nil && strings.Contains(text, v.String())
		}
		return false
	})
	if own := o.GetOwnPropertyNames(); slices.Contains(own, "cause") && !hasKey(*keys, "cause") {
		*keys = append(*keys, p.vm.ToValue("cause"))
	}
	if errors := o.Get("errors"); errors != nil && errors.ToObject(p.vm).ClassName() == "Array" && !hasKey(*keys, "errors") {
		*keys = append(*keys, p.vm.ToValue("errors"))
	}
	// Node puts an error without stack lines in brackets.
	if !strings.Contains(text, "\n    at") {
		text = "[" + text + "]"
	}
	// Further lines are indented like what surrounds them.
	return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", p.indent))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func hasKey(keys []goja.Value, name string) bool {
	return slices.ContainsFunc(keys, func(key goja.Value) bool { return key.String() == name })
}

// title is what Error.prototype.toString returns, without calling a script's toString.
func (p *printer) title(o *goja.Object) string {
	name, message := "Error", ""
	if v := o.Get("name"); v != nil && !goja.IsUndefined(v) {
		name = v.String()
	}
	if v := o.Get("message"); v != nil && !goja.IsUndefined(v) {
		message = v.String()
	}
	switch {
	case message == "":
		return name
	case name == "":
		return message
	}
	return name + ": " + message
}

// tidy gives the engine's stack the form that scripts know: four blanks before "at", no
// instruction counters such as "(3)", no line for native code.
func tidy(stack string) string {
	lines := strings.Split(strings.TrimRight(stack, "\n"), "\n")
	out := lines[:0]
	for _, line := range lines {
		if rest, ok := strings.CutPrefix(line, "\tat "); ok {
			if strings.HasSuffix(rest, "(native)") {
				continue
			}
			i := strings.LastIndex(rest, "(")
			switch {
			// "name (file:1:2(3))": the counter is in brackets of its own.
			case i > 0 && strings.HasSuffix(rest, "))"):
				rest = rest[:i] + ")"
			case i > 0 && strings.HasSuffix(rest, ")") && !strings.ContainsAny(rest[i:], ":/ "):
				rest = rest[:i]
			}
			line = "    at " + rest
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
