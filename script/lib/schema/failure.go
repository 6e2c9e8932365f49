package schema

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A param is one property of an error's params, in ajv's order.
type param struct {
	name  string
	value goja.Value
}

// A failure is one error of a validation. It becomes a script object only when a script can
// see it: most failures of alternatives are dropped.
type failure struct {
	keyword    string
	spot       *spot // the place in the data
	schemaPath string
	params     []param
	message    string
	schema     goja.Value   // for option verbose
	parent     goja.Value   // the schema around the keyword, for verbose
	data       goja.Value   // the value, for verbose
	name       string       // propertyName; set when named
	named      bool         // inside propertyNames
	suffix     string       // of the path, with errorDataPath "property"
	given      *goja.Object // an error that a custom keyword made, used as it is
	opts       *options
}

// path is the dataPath of an error, in JavaScript's notation (".a[0]") or as a JSON pointer
// by the option jsonPointers.
func (f *failure) path() string {
	if f.given != nil {
		return jsvalue.Field(f.given, "dataPath").String()
	}
	return f.spot.path(f.opts.jsonPointers) + f.suffix
}

// text is the message. Without messages (option messages: false) JavaScript joins the missing
// property as "undefined".
func (f *failure) text() string {
	if f.given != nil {
		return jsvalue.Field(f.given, "message").String()
	}
	if f.opts.noMessages {
		return "undefined"
	}
	return f.message
}

// object shows a failure as ajv does: the same properties in the same order.
func (f *failure) object(vm *goja.Runtime) *goja.Object {
	if f.given != nil {
		return f.given
	}
	o := vm.NewObject()
	_ = o.Set("keyword", f.keyword)
	_ = o.Set("dataPath", f.path())
	_ = o.Set("schemaPath", f.schemaPath)
	params := vm.NewObject()
	for _, p := range f.params {
		_ = params.Set(p.name, p.value)
	}
	_ = o.Set("params", params)
	if !f.opts.noMessages {
		_ = o.Set("message", f.message)
	}
	if f.opts.verbose {
		_ = o.Set("schema", f.schema)
		_ = o.Set("parentSchema", f.parent)
		_ = o.Set("data", f.data)
	}
	if f.named {
		_ = o.Set("propertyName", f.name)
	}
	return o
}

// errorList shows failures as a validating function's errors: an array, or null without
// failures.
func errorList(vm *goja.Runtime, failures []*failure) goja.Value {
	if len(failures) == 0 {
		return goja.Null()
	}
	out := make([]goja.Value, len(failures))
	for i, f := range failures {
		out[i] = f.object(vm)
	}
	return jsvalue.Array(vm, out)
}

// errorsText is ajv.errorsText(errors, {separator, dataVar}): all errors in one line. Without
// errors it uses those of the instance.
func (in *instance) errorsText(errs, opts goja.Value) string {
	if !errs.ToBoolean() {
		errs = jsvalue.Field(in.object, "errors")
	}
	if !errs.ToBoolean() {
		return "No errors"
	}
	separator, data := ", ", "data"
	if v := jsvalue.Field(opts, "separator"); jsdata.Defined(v) {
		separator = v.String()
	}
	if v := jsvalue.Field(opts, "dataVar"); jsdata.Defined(v) {
		data = v.String()
	}
	var parts []string
	for _, e := range jsdata.Items(errs) {
		if e.ToBoolean() {
			parts = append(parts, data+jsvalue.Field(e, "dataPath").String()+" "+jsvalue.Field(e, "message").String())
		}
	}
	return strings.Join(parts, separator)
}
