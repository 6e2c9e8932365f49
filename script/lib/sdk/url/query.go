package url

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// QueryParamClass describes QueryParam. Its key and value are stored as written, without
// decoding.
func QueryParamClass(s *core.SDK) *core.Class {
	return &core.Class{
		ValueOf: func(o *goja.Object) goja.Value { return queryValue(s, o) },
		Parent:  "Property", IndexKey: "key", Multi: true,
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, a)
			updateQuery(s, o, a.At(0))
		},
		Methods: []core.Method{
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return s.VM.ToValue(queryText(this)) }},
			{Name: "valueOf", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return queryValue(s, this) }},
			{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateQuery(s, this, a.At(0))
				return nil
			}},
		},
		Statics: []core.Method{
			{Name: "parse", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				if !jsvalue.IsString(a.At(0)) {
					return s.VM.NewArray()
				}
				return s.Array(ParseQuery(s, core.Text(a.At(0))))
			}},
			{Name: "parseSingle", Length: 3, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				// An empty parameter between two "&" has a null key. The SDK knows the
				// position only when it is passed as by Array.map, so a direct call without
				// index and array makes an empty key.
				if jsvalue.IsString(a.At(0)) && core.Text(a.At(0)) == "" && core.IsNumber(a.At(1)) && core.IsArray(a.At(2)) &&
					int(a.At(1).ToInteger()) != len(core.Items(a.At(2)))-1 {
					return queryPair(s, "", true)
				}
				return parseParam(s, core.Text(a.At(0)), false)
			}},
			{Name: "unparse", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value { return s.VM.ToValue(UnparseQuery(s, a.At(0))) }},
			{Name: "unparseSingle", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value { return s.VM.ToValue(queryText(a.At(0))) }},
		},
	}
}

// updateQuery takes a text such as "a=1" or an object with key and value. A missing value
// becomes undefined here, not null; "system" marks parameters that Postman's app adds.
func updateQuery(s *core.SDK, o *goja.Object, param goja.Value) {
	from := param
	if jsvalue.IsString(param) {
		from = parseParam(s, core.Text(param), false)
	}
	core.Set(o, "key", jsvalue.Field(from, "key"))
	core.Set(o, "value", jsvalue.Field(from, "value"))
	s.CopyOwn(o, param, "system")
}

// queryValue is the value as lists return it: a string, and "" for everything else.
func queryValue(s *core.SDK, o goja.Value) goja.Value {
	if v := jsvalue.Field(o, "value"); jsvalue.IsString(v) {
		return v
	}
	return s.VM.ToValue("")
}
