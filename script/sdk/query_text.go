package sdk

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/internal/expansion"
)

// parseQuery splits a query at "&". An empty parameter that is not the last has no key.
func (s *SDK) parseQuery(query string) []goja.Value {
	parts := strings.Split(query, "&")
	list := make([]goja.Value, len(parts))
	for i, p := range parts {
		list[i] = s.parseParam(p, p == "" && i < len(parts)-1)
	}
	return list
}

func (s *SDK) parseParam(param string, noKey bool) *goja.Object {
	key, value, found := strings.Cut(param, "=")
	o := s.queryPair(key, noKey)
	if found {
		set(o, "value", s.vm.ToValue(value))
	}
	return o
}

// queryPair makes {key, value: null}; the key is null with noKey.
func (s *SDK) queryPair(key string, noKey bool) *goja.Object {
	o := s.vm.NewObject()
	set(o, "key", s.vm.ToValue(key))
	if noKey {
		set(o, "key", goja.Null())
	}
	set(o, "value", goja.Null())
	return o
}

// unparseQuery writes the enabled parameters of a list, an array or a map.
func (s *SDK) unparseQuery(params goja.Value) string {
	o, ok := params.(*goja.Object)
	if !ok {
		return ""
	}
	var parts []string
	if !isArray(o) && !s.is(o, "PropertyList") {
		for _, key := range o.Keys() {
			parts = append(parts, paramText(s.vm.ToValue(key), get(o, key)))
		}
		return strings.Join(parts, "&")
	}
	for _, p := range s.membersOf(o) {
		if disabled := field(p, "disabled"); isBool(disabled) && disabled.ToBoolean() {
			continue
		}
		parts = append(parts, queryText(p))
	}
	return strings.Join(parts, "&")
}

func queryText(param goja.Value) string { return paramText(field(param, "key"), field(param, "value")) }

// paramText writes one parameter. What is no string is left out, even a number.
func paramText(key, value goja.Value) string {
	var b strings.Builder
	if isString(key) {
		b.WriteString(escapeParam(text(key), true))
	}
	if isString(value) {
		b.WriteByte('=')
		b.WriteString(escapeParam(text(value), false))
	}
	return b.String()
}

// escapeParam encodes what would end the parameter, but not within placeholders.
func escapeParam(in string, equals bool) string {
	special := "&#"
	if equals {
		special = "&#="
	}
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
