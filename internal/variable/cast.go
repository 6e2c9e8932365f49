package variable

import (
	"math"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// Cast returns v as Postman holds a variable of the given type (newman: postman-collection's Variable.types).
// Types that are not cast, such as "default" and "secret", and the empty type pass the value through.
func Cast(v collection.Value, typ string) collection.Value {
	switch typ {
	case "string":
		if v.IsString() || v.Kind() == collection.Undefined || v.Kind() == collection.Null {
			return v
		}
		return collection.Text(Text(v))
	case "number":
		if v.Kind() == collection.String {
			return castNumber(v.String())
		}
	case "boolean":
		if v.Kind() != collection.Undefined {
			return collection.BoolValue(v.Truthy())
		}
	case "array", "object":
		return castStructure(v, typ)
	}
	return v
}

// castNumber reads text as JavaScript's Number does, but for its octal and binary forms.
func castNumber(text string) collection.Value {
	text = strings.TrimSpace(text)
	if text == "" {
		return collection.NumberValue(0)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return collection.Text("NaN") // a Value holds JSON, which has no NaN; in a request they look the same
	}
	return collection.NumberValue(f)
}

// castStructure holds arrays and objects as JSON; text of the wrong kind reads as undefined.
func castStructure(v collection.Value, typ string) collection.Value {
	text := v.String()
	if v.Kind() == collection.Null || v.Kind() == collection.Undefined || !gjson.Valid(text) {
		return collection.Value{}
	}
	parsed := gjson.Parse(text)
	if typ == "array" && parsed.IsArray() || typ == "object" && parsed.IsObject() {
		return collection.JSONValue(text)
	}
	return collection.Value{}
}

// fits reports whether a variable of that type can take v as it is.
func fits(typ string, v collection.Value) bool {
	switch typ {
	case "string":
		return v.IsString()
	case "number":
		return v.Kind() == collection.Number
	case "boolean":
		return v.Kind() == collection.Bool
	case "array", "object":
		return false
	default:
		return true
	}
}

// Text returns what JavaScript's String makes of v in a placeholder: arrays are joined by commas,
// objects are "[object Object]", undefined is "".
func Text(v collection.Value) string {
	if v.Kind() != collection.JSON {
		return v.String()
	}
	return resultText(gjson.Parse(v.String()))
}

// resultText is a JSON value as JavaScript's String() has it: arrays joined by commas, null inside of them empty.
func resultText(r gjson.Result) string {
	switch {
	case r.IsObject():
		return "[object Object]"
	case r.IsArray():
		var parts []string
		r.ForEach(func(_, element gjson.Result) bool {
			if element.Type == gjson.Null {
				parts = append(parts, "")
			} else {
				parts = append(parts, resultText(element))
			}
			return true
		})
		return strings.Join(parts, ",")
	case r.Type == gjson.Number:
		return collection.FormatNumber(r.Num)
	default:
		return r.String()
	}
}
