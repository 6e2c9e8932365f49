package tv4

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A code is one of tv4's error codes, with the text of its message; {name} stands for a
// parameter. Names and numbers are public: scripts compare error.code with
// tv4.errorCodes.INVALID_TYPE.
type code struct {
	name   string
	number int
	text   string
}

// codes lists them in tv4's order (1.3.0), which is the order of the keys of tv4.errorCodes.
func codes() []code {
	return []code{
		{"INVALID_TYPE", 0, "Invalid type: {type} (expected {expected})"},
		{"ENUM_MISMATCH", 1, "No enum match for: {value}"},
		{"ANY_OF_MISSING", 10, `Data does not match any schemas from "anyOf"`},
		{"ONE_OF_MISSING", 11, `Data does not match any schemas from "oneOf"`},
		{"ONE_OF_MULTIPLE", 12, `Data is valid against more than one schema from "oneOf": indices {index1} and {index2}`},
		{"NOT_PASSED", 13, `Data matches schema from "not"`},
		{"NUMBER_MULTIPLE_OF", 100, "Value {value} is not a multiple of {multipleOf}"},
		{"NUMBER_MINIMUM", 101, "Value {value} is less than minimum {minimum}"},
		{"NUMBER_MINIMUM_EXCLUSIVE", 102, "Value {value} is equal to exclusive minimum {minimum}"},
		{"NUMBER_MAXIMUM", 103, "Value {value} is greater than maximum {maximum}"},
		{"NUMBER_MAXIMUM_EXCLUSIVE", 104, "Value {value} is equal to exclusive maximum {maximum}"},
		{"NUMBER_NOT_A_NUMBER", 105, "Value {value} is not a valid number"},
		{"STRING_LENGTH_SHORT", 200, "String is too short ({length} chars), minimum {minimum}"},
		{"STRING_LENGTH_LONG", 201, "String is too long ({length} chars), maximum {maximum}"},
		{"STRING_PATTERN", 202, "String does not match pattern: {pattern}"},
		{"OBJECT_PROPERTIES_MINIMUM", 300, "Too few properties defined ({propertyCount}), minimum {minimum}"},
		{"OBJECT_PROPERTIES_MAXIMUM", 301, "Too many properties defined ({propertyCount}), maximum {maximum}"},
		{"OBJECT_REQUIRED", 302, "Missing required property: {key}"},
		{"OBJECT_ADDITIONAL_PROPERTIES", 303, "Additional properties not allowed"},
		{"OBJECT_DEPENDENCY_KEY", 304, "Dependency failed - key must exist: {missing} (due to key: {key})"},
		{"ARRAY_LENGTH_SHORT", 400, "Array is too short ({length}), minimum {minimum}"},
		{"ARRAY_LENGTH_LONG", 401, "Array is too long ({length}), maximum {maximum}"},
		{"ARRAY_UNIQUE", 402, "Array items are not unique (indices {match1} and {match2})"},
		{"ARRAY_ADDITIONAL_ITEMS", 403, "Additional items not allowed"},
		{"FORMAT_CUSTOM", 500, "Format validation failed ({message})"},
		{"KEYWORD_CUSTOM", 501, "Keyword failed: {key} ({message})"},
		{"CIRCULAR_REFERENCE", 600, "Circular $refs: {urls}"},
		{"UNKNOWN_PROPERTY", 1000, "Unknown property (not in schema)"},
	}
}

// A param is one property of an error's params. Their order is tv4's and shows when the error
// is logged.
type param struct {
	name  string
	value goja.Value
}

// A finding is one error of tv4. It becomes an object of the script only when it is shown:
// most findings of anyOf and not are dropped.
type finding struct {
	code                          int
	params                        []param
	given                         goja.Value   // params as a script gave them
	dataPath, schemaPath, message string       // both are JSON pointers, "" for the root
	sub                           []*finding   // errors of the alternatives of anyOf or oneOf
	hasSub                        bool         // subErrors is an array, even an empty one, and not null
	object                        *goja.Object // as a script's own reporter saw it
}

// prefixed puts the steps that led here before the paths, of sub-errors too. A nil step
// leaves its path. It changes and returns f.
func (f *finding) prefixed(data, schema *string) *finding {
	if data != nil {
		f.dataPath = "/" + jsdata.EscapePointer(*data) + f.dataPath
	}
	if schema != nil {
		f.schemaPath = "/" + jsdata.EscapePointer(*schema) + f.schemaPath
	}
	for _, sub := range f.sub {
		sub.prefixed(data, schema)
	}
	return f
}

// under puts steps of the schema before schemaPath, outermost first: under("properties", "a")
// makes "/properties/a…".
func (f *finding) under(steps ...string) *finding {
	for i := len(steps) - 1; i >= 0; i-- {
		f.prefixed(nil, &steps[i])
	}
	return f
}

// words fills in a message. A {name} whose parameter is neither text nor number stays as it
// is written, as in tv4.
func words(text string, param func(name string) goja.Value) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "{")
		b.WriteString(before)
		name, rest, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return b.String()
		}
		v := param(name)
		if k := jsdata.KindOf(v); k == jsdata.KindString || k == jsdata.KindNumber {
			b.WriteString(v.String())
		} else {
			b.WriteString("{" + name + "}")
		}
		text = rest
	}
}

// param is one parameter by name, undefined if missing.
func (f *finding) param(name string) goja.Value {
	if f.given != nil {
		return jsvalue.Field(f.given, name)
	}
	for _, p := range f.params {
		if p.name == name {
			return p.value
		}
	}
	return goja.Undefined()
}

// paramsObject is error.params. What a script gave is returned as the same object.
func (f *finding) paramsObject(vm *goja.Runtime) goja.Value {
	if f.given != nil {
		return f.given
	}
	o := vm.NewObject()
	for _, p := range f.params {
		_ = o.Set(p.name, p.value)
	}
	return o
}

// show makes the script object of a finding: an Error named ValidationError, or null for nil.
// The object is made once, so that an error that was shown to a reporter is the one in the
// result.
func (t *validator) show(f *finding) goja.Value {
	if f == nil {
		return goja.Null()
	}
	if f.object == nil {
		f.object = t.VM.CreateObject(t.errorProto)
	}
	o := f.object
	_ = o.Set("message", f.message)
	_ = o.Set("params", f.paramsObject(t.VM))
	_ = o.Set("code", f.code)
	_ = o.Set("dataPath", f.dataPath)
	_ = o.Set("schemaPath", f.schemaPath)
	sub := goja.Null()
	if f.hasSub {
		sub = t.showAll(f.sub)
	}
	_ = o.Set("subErrors", sub)
	// tv4 has the stack of where the error was made in its own code, which means nothing
	// here.
	_ = o.Set("stack", "ValidationError: "+f.message)
	return o
}

func (t *validator) showAll(fs []*finding) goja.Value {
	out := make([]goja.Value, len(fs))
	for i, f := range fs {
		out[i] = t.show(f)
	}
	return jsvalue.Array(t.VM, out)
}

// messageFor is the message of an error: what a script's own reporter returns, or the text in
// the chosen language. A code that a script made up without a text gets a message with its
// parameters as JSON.
func (t *validator) messageFor(f *finding, data, schema goja.Value) string {
	if t.reporter != nil {
		// A result that is not truthy means that the reporter has nothing to say.
		given := t.Env.Call(t.reporter, goja.Undefined(), "reporter", t.show(f), data, schema)
		if given.ToBoolean() {
			return given.String()
		}
	}
	text, ok := t.languageText(f.code)
	if !ok {
		params, _ := goja.AssertFunction(t.stringify)
		shown, err := params(goja.Undefined(), f.paramsObject(t.VM))
		t.Env.Check(err)
		return "Unknown error code " + strconv.Itoa(f.code) + ": " + shown.String()
	}
	return words(text, f.param)
}
