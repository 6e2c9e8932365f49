package collection

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// variables reads a list of variables; an object alone is a list of one. newman: a map of
// names and values yields nothing. Objects that are no variables are left out, other values
// are errors.
func (r *reader) variables(n node) []Variable {
	switch {
	case n.isObject():
		if v, ok := r.variable(n); ok {
			return []Variable{v}
		}
		return nil
	case !n.truthy():
		return nil
	case !n.isArray():
		r.wrong(n, "a list of variables")
		return nil
	}
	var list []Variable
	for _, e := range n.elements() {
		switch {
		case e.isNull():
		case !e.isObject():
			r.wrong(e, "a variable")
		default:
			if v, ok := r.variable(e); ok {
				list = append(list, v)
			}
		}
	}
	return list
}

// variable reads one entry, and false for an object that is not one: it has neither key nor
// value. An entry is disabled by either of two keys, which is kept for exports and for
// newman's rule that only "disabled" counts.
func (r *reader) variable(n node) (Variable, bool) {
	o := n.object()
	v := Variable{
		Key:         o.get("key").text(),
		Value:       o.get("value").value(),
		Type:        o.get("type").text(),
		Description: description(o.get("description")),
	}
	v.Extra = o.extra("key", "value", "type", "disabled", "enabled")
	if v.Description != "" && o.get("description").isString() { // an object or "" is kept for exports
		v.Extra = o.extra("key", "value", "type", "disabled", "enabled", "description")
	}
	if !o.has("key") && !o.has("value") {
		return v, false
	}
	v.NoKey = !o.has("key")
	v.EnabledFalse = o.get("enabled").Type == gjson.False
	v.HasEnabled = o.has("enabled")
	v.Disabled = o.get("disabled").Type == gjson.True || v.EnabledFalse
	if o.get("disabled").Type == gjson.True {
		v.EnabledFalse = false // disabled in any case
	}
	return v, true
}

// Typed returns the variable's value as its type wants it. newman: string, number and boolean
// convert as JavaScript does, so the text "false" is true; array and object are parsed from
// their text and are undefined when they are something else; other types leave the value
// alone.
func (v Variable) Typed() Value { return typed(v.Value, v.Type) }

// typed converts a value as postman-collection does for the type of a variable. What does not
// fit becomes undefined. "secret", "default" and "any" are other types.
func typed(v Value, kind string) Value {
	switch kind {
	case "string":
		return Text(jsString(v))
	case "number":
		return toNumber(v)
	case "boolean":
		return BoolValue(v.Truthy())
	case "array", "object":
		text := v.String()
		if v.Kind() != JSON && v.Kind() != String || source.CheckJSON(text, 0) != nil {
			return Value{}
		}
		n := newNode(gjson.Parse(text))
		if kind == "array" && n.isArray() || kind == "object" && n.isObject() {
			return Value{JSON, compact(text)}
		}
		return Value{}
	}
	return v
}

// jsString converts as JavaScript's String does: objects become "[object Object]", lists
// their elements joined by commas, null and undefined in a list "".
func jsString(v Value) string {
	n := newNode(gjson.Parse(v.String()))
	switch {
	case v.Kind() == Undefined:
		return "undefined"
	case v.Kind() != JSON:
		return v.String()
	case n.isObject():
		return "[object Object]"
	}
	var parts []string
	for _, e := range n.elements() {
		text := ""
		if !e.isNull() {
			text = jsString(e.value())
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ",")
}

// toNumber converts as JavaScript's Number does: null is 0, "" is 0, [] is 0. What is no
// number becomes null, as in JSON.
func toNumber(v Value) Value {
	switch v.Kind() {
	case Number:
		return v
	case Undefined:
		return NullValue()
	case Null:
		return NumberValue(0)
	case Bool:
		if v.Truthy() {
			return NumberValue(1)
		}
		return NumberValue(0)
	default:
		f, ok := ParseNumber(jsString(v))
		if !ok {
			return NullValue()
		}
		return NumberValue(f)
	}
}

// ParseNumber reads text as JavaScript's Number does: white space around it is ignored, the
// empty text is 0, and 0x, 0o and 0b are understood. It returns false where Number gives NaN.
// "Infinity" is not read: no file of Postman's has it.
func ParseNumber(s string) (float64, bool) {
	s = strings.TrimFunc(s, source.IsSpace)
	if s == "" {
		return 0, true
	}
	if len(s) > 2 && s[0] == '0' && strings.IndexByte("xXoObB", s[1]) >= 0 {
		base := map[byte]int{'x': 16, 'o': 8, 'b': 2}[s[1]|0x20] // the bit makes the letter lower case
		n, err := strconv.ParseUint(s[2:], base, 64)
		return float64(n), err == nil
	}
	for _, r := range s {
		if !strings.ContainsRune("0123456789+-.eE", r) {
			return 0, false // ParseFloat would take _, Inf and hexadecimal
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && f == 0 {
		return 0, false
	}
	return f, true // out of range is Infinity, which is a number there
}
