package assert

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// installContents adds the assertions on headers and bodies: header, withBody, json, body,
// jsonBody and jsonSchema.
func (as *asserts) installContents() {
	as.c.AddMethod("header", as.header)
	as.c.AddProperty("withBody", func(a *chai.Assertion) goja.Value {
		o, fn := as.response(a, "text", "function")
		as.hasContent(a, as.s.Call(fn, o))
		return nil
	})
	as.c.AddProperty("json", func(a *chai.Assertion) goja.Value {
		_, problem := as.json(a)
		as.validJSON(a, problem)
		return nil
	})
	as.c.AddMethod("body", as.body)
	as.c.AddMethod("jsonBody", as.jsonBody)
	as.c.AddMethod("jsonSchema", as.jsonSchema)
}

// header asserts that there is a header, and its value where one is given. Values are
// compared with ===, so a number never equals a header.
func (as *asserts) header(a *chai.Assertion, given []goja.Value) goja.Value {
	as.other(a, a.Object()).Read("postmanRequestOrResponse")
	o, headers := as.property(a, "headers", "")
	whose := "response"
	if as.s.Is(o, "Request") {
		whose = "request"
	}
	key := core.Args(given).At(0)
	list := as.s.Object(headers)
	has := as.s.Invoke(list, "has", key)
	a.Assert(has.ToBoolean(), chai.Failure{
		Message:  "expected " + whose + " to have header with key " + quoted(key),
		Negated:  "expected " + whose + " to not have header with key " + quoted(key),
		Expected: as.s.VM.ToValue(true), Actual: has,
	})
	if len(given) < 2 {
		return nil
	}
	// header() negated, with a value, for a header that is missing: chai-postman runs into
	// the TypeError of Node, and newman reports that.
	member, ok := as.s.Invoke(list, "one", key).(*goja.Object)
	if !ok {
		panic(as.s.VM.NewTypeError("Cannot read properties of undefined (reading 'value')"))
	}
	value := jsvalue.Get(member, "value")
	a.Assert(value.StrictEquals(given[1]), chai.Failure{
		Message:  "expected " + quoted(key) + " " + whose + " header to be #{exp} but got #{act}",
		Negated:  "expected " + quoted(key) + " " + whose + " header to not be #{act}",
		Expected: given[1], Actual: value,
	})
	return nil
}

// hasContent fails for an empty text and for what is no text.
func (as *asserts) hasContent(a *chai.Assertion, body goja.Value) {
	a.Assertf(jsvalue.IsString(body) && core.Text(body) != "",
		"expected response to have content in body", "expected response to not have content in body")
}

// json parses the subject's body through its own json(). problem is "" when that went well,
// and otherwise what assertions say of it; the body is undefined then. The exception itself
// does not reach the script.
func (as *asserts) json(a *chai.Assertion) (body goja.Value, problem string) {
	o, fn := as.response(a, "json", "function")
	body = goja.Undefined()
	thrown := as.s.VM.Try(func() { body = as.s.Call(fn, o) })
	if thrown == nil {
		return body, ""
	}
	// The SDK's JSONError says all in its message; other exceptions are shown with their
	// name.
	name, message := jsvalue.Field(thrown.Value(), "name"), jsvalue.Field(thrown.Value(), "message")
	if jsvalue.Truthy(message) && core.Text(name) == "JSONError" {
		return goja.Undefined(), firstLine(core.Text(message))
	}
	return goja.Undefined(), core.Text(name) + ": " + core.Text(message)
}

// The message has "undefined" where there is no error, which shows only when the assertion is
// negated in chai-postman's own text.
func (as *asserts) validJSON(a *chai.Assertion, problem string) {
	shown := problem
	if shown == "" {
		shown = "undefined"
	}
	a.Assertf(problem == "", "expected response body to be a valid json but got error "+shown,
		"expected response body not to be a valid json")
}

// body compares the body with what is given: with its JSON for a plain object, with a match
// for a regular expression, and with its text for everything else. Without an argument it
// asserts that there is a body.
func (as *asserts) body(a *chai.Assertion, given []goja.Value) goja.Value {
	as.other(a, a.Object()).Read("postmanResponse")
	want := core.Args(given).At(0)
	if as.s.IsPlain(want) {
		// A body that is no JSON is undefined and so differs.
		body, _ := as.json(a)
		a.Assert(as.s.Equal(body, want), chai.Failure{
			Message: "expected response body json to equal #{exp} but got #{act}",
			Negated: "expected response body json to not equal #{exp} but got #{act}", Expected: want, Actual: body,
		})
		return nil
	}
	o, fn := as.property(a, "text", "function")
	body := as.s.Call(fn, o)
	if len(given) == 0 {
		as.hasContent(a, body)
		return nil
	}
	if re, ok := want.(*goja.Object); ok && re.ClassName() == "RegExp" {
		match, err := as.s.Engine.RegexpExec(re, body)
		as.s.Check(err)
		a.Assert(!goja.IsNull(match), chai.Failure{
			Message: "expected response body text to match #{exp} but got #{act}",
			Negated: "expected response body text #{act} to not match #{exp}", Expected: want, Actual: body,
		})
		return nil
	}
	a.Assert(as.s.Equal(body, want), chai.Failure{
		Message: "expected response body to equal #{exp} but got #{act}",
		Negated: "expected response body to not equal #{exp}", Expected: want, Actual: body,
	})
	return nil
}

// jsonBody asserts valid JSON; with a path (lodash: "a.b[0]") that it is there; with a value
// too that it is equal. A path that is no text asserts nothing, as in chai-postman.
func (as *asserts) jsonBody(a *chai.Assertion, given []goja.Value) goja.Value {
	body, problem := as.json(a)
	if len(given) == 0 {
		as.validJSON(a, problem)
		return nil
	}
	path := given[0]
	if !jsvalue.IsString(path) {
		return nil
	}
	value, found := property.Path(as.s, body, core.Text(path))
	a.Assert(found, chai.Failure{
		Message: "expected #{act} in response to contain property #{exp}",
		Negated: "expected #{act} in response to not contain property #{exp}", Expected: path, Actual: body,
	})
	if len(given) < 2 {
		return nil
	}
	at := "expected response body json at \"" + core.Text(path) + "\" to "
	a.Assert(as.s.Equal(value, given[1]), chai.Failure{
		Message: at + "contain #{exp} but got #{act}",
		Negated: at + "not contain #{exp} but got #{act}", Expected: given[1], Actual: value,
	})
	return nil
}

// jsonSchema checks a response's JSON, or any other value, by Env.Schema, which is ajv's
// behaviour. The second argument are ajv's options; allErrors is on unless it says otherwise.
func (as *asserts) jsonSchema(a *chai.Assertion, given []goja.Value) goja.Value {
	s, schema := as.s, core.Args(given).At(0)
	as.other(a, schema).Call("an", s.VM.ToValue("object"))
	options := s.VM.NewObject()
	core.Set(options, "allErrors", s.VM.ToValue(true))
	core.Set(options, "logger", s.VM.ToValue(false))
	if o, ok := core.Args(given).At(1).(*goja.Object); ok {
		for _, key := range o.Keys() {
			core.Set(options, key, jsvalue.Get(o, key))
		}
	}
	data := a.Object()
	// pm.request has no json(), so a request is checked as the object that it is.
	if o, ok := data.(*goja.Object); ok && (s.Is(o, "Response") || s.Is(o, "Request") && core.IsFunction(jsvalue.Get(o, "json"))) {
		data = s.Invoke(o, "json")
	}
	if s.Env.Schema == nil {
		s.Throw("jsonSchema is not available: no schema validator is built in")
	}
	problems, err := s.Env.Schema(schema, data, options)
	s.Check(err)
	listed := strings.Join(problems, ", ")
	if listed == "" {
		listed = "No errors"
	}
	valid := s.VM.ToValue(len(problems) == 0)
	a.Assert(valid.ToBoolean(), chai.Failure{
		Message:  "expected data to satisfy schema but found following errors: \n" + listed,
		Negated:  "expected data to not satisfy schema",
		Expected: s.VM.ToValue(true), Actual: valid,
	})
	return nil
}
