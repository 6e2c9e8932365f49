package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) queryParamClass() *class {
	return &class{
		parent: "Property", indexKey: "key", multi: true,
		init: func(o *goja.Object, a args) {
			s.initProperty(o, a)
			s.updateQuery(o, a.at(0))
		},
		methods: []method{
			{"toString", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(queryText(this)) }},
			{"valueOf", 0, func(this *goja.Object, _ args) goja.Value { return s.queryValue(this) }},
			{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateQuery(this, a.at(0))
				return nil
			}},
		},
		statics: []method{
			{"parse", 1, func(_ *goja.Object, a args) goja.Value {
				if !isString(a.at(0)) {
					return s.vm.NewArray()
				}
				return s.array(s.parseQuery(text(a.at(0))))
			}},
			{"parseSingle", 3, func(_ *goja.Object, a args) goja.Value {
				if isString(a.at(0)) && text(a.at(0)) == "" && isNumber(a.at(1)) && isArray(a.at(2)) &&
					int(a.at(1).ToInteger()) != len(items(a.at(2)))-1 {
					return s.queryPair("", true)
				}
				return s.parseParam(text(a.at(0)), false)
			}},
			{"unparse", 1, func(_ *goja.Object, a args) goja.Value { return s.vm.ToValue(s.unparseQuery(a.at(0))) }},
			{"unparseSingle", 1, func(_ *goja.Object, a args) goja.Value { return s.vm.ToValue(queryText(a.at(0))) }},
		},
	}
}

func (s *SDK) updateQuery(o *goja.Object, param goja.Value) {
	from := param
	if isString(param) {
		from = s.parseParam(text(param), false)
	}
	set(o, "key", field(from, "key"))
	set(o, "value", field(from, "value"))
	s.copyOwn(o, param, "system")
}

func (s *SDK) queryValue(o goja.Value) goja.Value {
	if v := field(o, "value"); isString(v) {
		return v
	}
	return s.vm.ToValue("")
}

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
	for start, end := nextToken(in); start >= 0; start, end = nextToken(in) {
		_, _ = escape.WriteString(&b, in[:start])
		b.WriteString(in[start:end])
		in = in[end:]
	}
	_, _ = escape.WriteString(&b, in)
	return b.String()
}

func (s *SDK) formParamClass() *class {
	keys := []string{"type", "src", "contentType", "fileName"}
	return &class{
		parent: "Property", indexKey: "key", multi: true,
		init: func(o *goja.Object, a args) {
			s.initProperty(o, a)
			for _, key := range []string{"key", "value"} {
				v := field(a.at(0), key)
				if !truthy(v) {
					v = s.vm.ToValue("")
				}
				set(o, key, v)
			}
			for _, key := range keys {
				set(o, key, field(a.at(0), key))
			}
		},
		methods: []method{
			{"toString", 0, func(this *goja.Object, _ args) goja.Value {
				return s.vm.ToValue(text(get(this, "key")) + "=" + text(get(this, "value")))
			}},
			{"valueOf", 0, func(this *goja.Object, _ args) goja.Value { return get(this, "value") }},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.baseJSON(this)
				if v := get(o, "value"); text(get(o, "type")) == "file" && (!isString(v) || !truthy(v)) {
					unset(o, "value")
				}
				return o
			}},
		},
		statics: []method{{"parse", 1, func(*goja.Object, args) goja.Value { return nil }}},
	}
}
