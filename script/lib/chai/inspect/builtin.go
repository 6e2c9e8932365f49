package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// builtin prints an object of a built-in class, and says whether it is one.
func (in *inspector) builtin(v *goja.Object, tag string, o *options) (string, bool) {
	switch tag {
	case "Array":
		return in.array(v, o), true
	case "Arguments":
		if jsvalue.ListLength(v) == 0 {
			return "Arguments[]", true
		}
		o.truncate -= 13
		return "Arguments[ " + in.values(in.b.Items(v), o) + " ]", true
	case "Boolean":
		return in.style(in.b.Str(v), "boolean"), true
	case "Number":
		return in.style(jsvalue.Truncate(in.b.Str(v), o.truncate), "number"), true
	case "String":
		return in.quote(in.b.Str(v), o), true
	case "Date":
		return in.date(v, o), true
	case "Map", "Set":
		return in.collection(v, tag, o)
	case "RegExp":
		return in.regExp(v, o), true
	case "Promise":
		return "Promise{…}", true
	case "WeakMap", "WeakSet":
		return in.style(tag+"{…}", "special"), true
	case "Error":
		return in.error(v, o), true
	case "Symbol", "BigInt":
		boxed := in.b.Invoke(v, "object", "valueOf")
		if _, isObject := boxed.(*goja.Object); isObject {
			return "", false
		}
		return in.primitive(boxed, o), true
	case "Generator", "DataView", "ArrayBuffer":
		return "", true
	}
	if strings.HasSuffix(tag, "Array") && jsvalue.IsNumericArray(tag) {
		return in.typedArray(v, tag, o), true
	}
	return "", false
}

// date prints the ISO form; only its time may be cut.
func (in *inspector) date(v *goja.Object, o *options) string {
	if v.ClassName() != "Date" {
		return in.properties(v, o) // only the tag says so
	}
	if jsvalue.IsNaN(jsvalue.Call(in.b.DateTime, v)) {
		return "Invalid Date"
	}
	day, time, _ := strings.Cut(jsvalue.Call(in.b.DateISO, v).String(), "T")
	return in.style(day+"T"+jsvalue.Truncate(time, o.truncate-len(day)-1), "date")
}

// regExp prints source and flags, which it finds as chai does: behind the
// second slash of the whole.
func (in *inspector) regExp(v *goja.Object, o *options) string {
	flags := ""
	if parts := strings.Split(in.b.Str(v), "/"); len(parts) > 2 {
		flags = parts[2]
	}
	return in.style("/"+jsvalue.Truncate(in.b.Str(v.Get("source")), o.truncate-2-jsvalue.Length(flags))+"/"+flags, "regexp")
}

// collection prints a Map or Set, as Map{ 'a' => 1, 'b' => 2 }. Like chai it
// shows a Map of one entry as an empty one.
func (in *inspector) collection(v *goja.Object, tag string, o *options) (string, bool) {
	if in.b.Collection(v) != tag {
		return "", false
	}
	keys, values := in.b.Entries(v)
	if len(keys) == 0 || tag == "Map" && len(keys) == 1 {
		return tag + "{}", true
	}
	o.truncate -= 7
	if tag == "Set" {
		return "Set{ " + in.values(values, o) + " }", true
	}
	body := in.list(len(keys), func(i int) string {
		o.truncate -= 4
		key := in.inspect(keys[i], o)
		o.truncate -= jsvalue.Length(key)
		return key + " => " + in.inspect(values[i], o)
	}, o)
	return "Map{ " + body + " }", true
}

// error prints name, message and what a script has added.
func (in *inspector) error(v *goja.Object, o *options) string {
	var names []string
	for _, name := range v.GetOwnPropertyNames() {
		switch name {
		case "stack", "line", "column", "name", "message", "fileName", "lineNumber", "columnNumber", "number", "description":
		default:
			names = append(names, name)
		}
	}
	name := in.b.Str(v.Get("name"))
	o.truncate -= jsvalue.Length(name)
	message := ""
	if s, ok := v.Get("message").(goja.String); ok {
		message = jsvalue.Truncate(jsvalue.TextOf(s), o.truncate)
	} else {
		names = append([]string{"message"}, names...)
	}
	if message != "" {
		message = ": " + message
	}
	o.truncate -= jsvalue.Length(message) + 5
	body := in.namedProperties(v, names, o)
	if body != "" {
		body = " { " + body + " }"
	}
	return name + message + body
}

// typedArray prints numbers until the room is used up. Where it stops, chai
// computes the number left from the last value; so does this.
func (in *inspector) typedArray(v *goja.Object, tag string, o *options) string {
	name := tag
	if maker, ok := v.Get("constructor").(*goja.Object); ok && jsvalue.Truthy(maker.Get("name")) && in.b.Str(maker.Get("name")) == "Buffer" {
		name = "Buffer"
	}
	o.truncate -= jsvalue.Length(name) + 4
	keys := v.Keys()
	n := jsvalue.ListLength(v)
	extra := keys[min(n, len(keys)):]
	if n == 0 && len(extra) == 0 {
		return name + "[]"
	}
	var out strings.Builder
	for i := range n {
		item := jsvalue.Index(v, i)
		text := in.style(jsvalue.Truncate(item.String(), o.truncate), "number")
		if i != n-1 {
			text += ", "
		}
		o.truncate -= jsvalue.Length(text)
		if jsvalue.Number(item) != float64(n) && o.truncate <= 3 {
			out.WriteString(jsvalue.Ellipsis + "(" + in.b.VM.ToValue(float64(n)-jsvalue.Number(item)+1).String() + ")")
			break
		}
		out.WriteString(text)
	}
	if more := in.namedProperties(v, extra, o); more != "" {
		out.WriteString(", " + more)
	}
	return name + "[ " + out.String() + " ]"
}
