package url

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/internal/expansion"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// ParseQuery splits a query at "&" into {key, value} objects. Nothing is decoded. An empty
// parameter that is not the last has a null key, so that "a&&b" is written again as it was.
func ParseQuery(s *core.SDK, query string) []goja.Value {
	parts := strings.Split(query, "&")
	list := make([]goja.Value, len(parts))
	for i, p := range parts {
		list[i] = parseParam(s, p, p == "" && i < len(parts)-1)
	}
	return list
}

// parseParam splits at the first "=": "a=b=c" has the value "b=c". Without "=" the value
// stays null.
func parseParam(s *core.SDK, param string, noKey bool) *goja.Object {
	key, value, found := strings.Cut(param, "=")
	o := queryPair(s, key, noKey)
	if found {
		core.Set(o, "value", s.VM.ToValue(value))
	}
	return o
}

// queryPair makes {key, value: null}; the key is null with noKey. key is set first in both
// cases, since that fixes the order of the keys.
func queryPair(s *core.SDK, key string, noKey bool) *goja.Object {
	o := s.VM.NewObject()
	core.Set(o, "key", s.VM.ToValue(key))
	if noKey {
		core.Set(o, "key", goja.Null())
	}
	core.Set(o, "value", goja.Null())
	return o
}

// UnparseQuery writes the enabled parameters of a list, an array or a map, joined by "&",
// without the "?". What is no object is "". In a map nothing is disabled.
func UnparseQuery(s *core.SDK, params goja.Value) string {
	o, ok := params.(*goja.Object)
	if !ok {
		return ""
	}
	var parts []string
	if !core.IsArray(o) && !s.Is(o, "PropertyList") {
		for _, key := range o.Keys() {
			parts = append(parts, paramText(s.VM.ToValue(key), jsvalue.Get(o, key)))
		}
		return strings.Join(parts, "&")
	}
	for _, p := range property.MembersOf(s, o) {
		// Only true disables, not 1 or "true".
		if disabled := jsvalue.Field(p, "disabled"); core.IsBool(disabled) && disabled.ToBoolean() {
			continue
		}
		parts = append(parts, queryText(p))
	}
	return strings.Join(parts, "&")
}

func queryText(param goja.Value) string {
	return paramText(jsvalue.Field(param, "key"), jsvalue.Field(param, "value"))
}

// paramText writes one parameter. A key or value that is no string is left out, even a
// number: ({key: "a", value: 1}) is "a". So does the SDK.
func paramText(key, value goja.Value) string {
	var b strings.Builder
	if jsvalue.IsString(key) {
		b.WriteString(escapeParam(core.Text(key), true))
	}
	if jsvalue.IsString(value) {
		b.WriteByte('=')
		b.WriteString(escapeParam(core.Text(value), false))
	}
	return b.String()
}

// escapeParam encodes what would end the parameter ("&", "#", and "=" in a key), but not
// within placeholders: "{{a&b}}" is the name of a variable. Everything else is left to the
// encoding of the whole URL.
func escapeParam(in string, equals bool) string {
	special := "&#"
	if equals {
		special = "&#="
	}
	// Most texts need nothing.
	if !strings.ContainsAny(in, special) {
		return in
	}
	pairs := []string{"&", "%26", "#", "%23"}
	if equals {
		pairs = append(pairs, "=", "%3D")
	}
	escape := strings.NewReplacer(pairs...)
	var b strings.Builder
	for start, end := expansion.Next(in); start >= 0; start, end = expansion.Next(in) {
		_, _ = escape.WriteString(&b, in[:start])
		b.WriteString(in[start:end])
		in = in[end:]
	}
	_, _ = escape.WriteString(&b, in)
	return b.String()
}
