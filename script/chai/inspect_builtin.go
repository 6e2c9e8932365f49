package chai

import (
	"strings"

	"github.com/dop251/goja"
)

// builtin prints an object of a built-in class, and says whether it is one.
func (in *inspector) builtin(v *goja.Object, tag string, o *options) (string, bool) {
	switch tag {
	case "Array":
		return in.array(v, o), true
	case "Arguments":
		if listLength(v) == 0 {
			return "Arguments[]", true
		}
		o.truncate -= 13
		return "Arguments[ " + in.values(in.c.items(v), o) + " ]", true
	case "Boolean":
		return in.c.str(v), true
	case "Number":
		return truncate(in.c.str(v), o.truncate), true
	case "String":
		return quote(in.c.str(v), o), true
	case "Date":
		return in.date(v, o), true
	case "Map", "Set":
		return in.collection(v, tag, o)
	case "RegExp":
		return in.regExp(v, o), true
	case "Promise", "WeakMap", "WeakSet":
		return tag + "{…}", true
	case "Error":
		return in.error(v, o), true
	case "Symbol", "BigInt":
		boxed := in.c.invoke(v, "object", "valueOf")
		if _, isObject := boxed.(*goja.Object); isObject {
			return "", false
		}
		return in.primitive(boxed, o), true
	case "Generator", "DataView", "ArrayBuffer":
		return "", true
	}
	if strings.HasSuffix(tag, "Array") && isNumericArray(tag) {
		return in.typedArray(v, tag, o), true
	}
	return "", false
}

func isNumericArray(tag string) bool {
	switch tag {
	case "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array",
		"Int32Array", "Uint32Array", "Float32Array", "Float64Array":
		return true
	}
	return false
}

// date prints the ISO form; only its time may be cut.
func (in *inspector) date(v *goja.Object, o *options) string {
	if v.ClassName() != "Date" {
		return in.properties(v, o) // only the tag says so
	}
	if isNaN(call(in.c.in.dateTime, v)) {
		return "Invalid Date"
	}
	day, time, _ := strings.Cut(call(in.c.in.dateISO, v).String(), "T")
	return day + "T" + truncate(time, o.truncate-len(day)-1)
}

// regExp prints source and flags, which it finds as chai does: behind the
// second slash of the whole.
func (in *inspector) regExp(v *goja.Object, o *options) string {
	flags := ""
	if parts := strings.Split(in.c.str(v), "/"); len(parts) > 2 {
		flags = parts[2]
	}
	return "/" + truncate(in.c.str(v.Get("source")), o.truncate-2-length(flags)) + "/" + flags
}

// collection prints a Map or Set, as Map{ 'a' => 1, 'b' => 2 }. Like chai it
// shows a Map of one entry as an empty one.
func (in *inspector) collection(v *goja.Object, tag string, o *options) (string, bool) {
	if in.c.collection(v) != tag {
		return "", false
	}
	keys, values := in.c.entries(v)
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
		o.truncate -= length(key)
		return key + " => " + in.inspect(values[i], o)
	}, o)
	return "Map{ " + body + " }", true
}

// collection says whether an object is a "Map" or a "Set", whatever its tag
// says; "" is neither.
func (c *Chai) collection(o *goja.Object) string {
	if _, err := c.in.mapSize(o); err == nil {
		return "Map"
	}
	if _, err := c.in.setSize(o); err == nil {
		return "Set"
	}
	return ""
}

// entries lists a Map or Set through the forEach the runtime began with. Of a
// Set both lists hold the members.
func (c *Chai) entries(v *goja.Object) (keys, values []goja.Value) {
	each := c.in.mapEach
	if c.collection(v) == "Set" {
		each = c.in.setEach
	}
	call(each, v, c.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		keys = append(keys, call.Argument(1))
		values = append(values, call.Argument(0))
		return nil
	}))
	return keys, values
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
	name := in.c.str(v.Get("name"))
	o.truncate -= length(name)
	message := ""
	if s, ok := v.Get("message").(goja.String); ok {
		message = truncate(textOf(s), o.truncate)
	} else {
		names = append([]string{"message"}, names...)
	}
	if message != "" {
		message = ": " + message
	}
	o.truncate -= length(message) + 5
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
	if maker, ok := v.Get("constructor").(*goja.Object); ok && truthy(maker.Get("name")) && in.c.str(maker.Get("name")) == "Buffer" {
		name = "Buffer"
	}
	o.truncate -= length(name) + 4
	keys := v.Keys()
	n := listLength(v)
	extra := keys[min(n, len(keys)):]
	if n == 0 && len(extra) == 0 {
		return name + "[]"
	}
	var out strings.Builder
	for i := range n {
		item := index(v, i)
		text := truncate(item.String(), o.truncate)
		if i != n-1 {
			text += ", "
		}
		o.truncate -= length(text)
		if number(item) != float64(n) && o.truncate <= 3 {
			out.WriteString(ellipsis + "(" + in.c.vm.ToValue(float64(n)-number(item)+1).String() + ")")
			break
		}
		out.WriteString(text)
	}
	if more := in.namedProperties(v, extra, o); more != "" {
		out.WriteString(", " + more)
	}
	return name + "[ " + out.String() + " ]"
}
