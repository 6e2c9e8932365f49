// Package assert is chai-postman: the assertions on requests and responses.
//
// They read the subject through its own properties and methods, as the original does, so they also work on a script's
// own objects.
package assert

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai"
	"posthaste/script/lib/chai/assertion"
	"posthaste/script/lib/sdk/core"
)

// asserts are chai-postman's assertions on requests and responses. What they say when they
// fail is recorded from chai-postman 2, as run by newman 6.
type asserts struct {
	s *core.SDK
	c *chai.Chai
}

// Install adds chai-postman's assertions to c, and makes "to" of the SDK's requests and
// responses begin an assertion of c: pm.response.to.have.status(200). It is called once for a
// runtime, before scripts run.
func Install(c *chai.Chai, s *core.SDK) {
	as := &asserts{s, c}
	expect := c.Expect()
	s.Expect = func(v goja.Value) goja.Value { return s.Call(expect, goja.Undefined(), v) }
	as.installKinds()
	as.installCodes()
	as.installReasons()
	as.installContents()
	as.installMeasures()
}

// StandIn has object stand for a response that is the result of full, in what needs no more of it than its code.
func StandIn(c *chai.Chai, object *goja.Object, full func() goja.Value) {
	assertion.StandIn(c.Library, object, full, "to", "be", "been", "is", "and", "has", "have", "with", "that", "which", "at", "of", "same", "but", "does", "still",
		"also", "not", "status", "statusCode", "statusCodeClass", "info", "success", "redirection", "clientError", "serverError", "error")
}

// installKinds adds the assertions that distinguish requests and responses from other values:
// postmanRequest, postmanResponse and postmanRequestOrResponse. The others begin with them,
// so a wrong subject fails with a clear message.
func (as *asserts) installKinds() {
	for name, kind := range map[string]string{"postmanRequest": "Request", "postmanResponse": "Response"} {
		what := "a postman " + core.Lower(kind) + " object"
		as.c.AddProperty(name, func(a *chai.Assertion) goja.Value {
			a.Assertf(as.s.Is(a.Object(), kind), "expecting "+what+" but got #{this}", "not expecting "+what)
			return nil
		})
	}
	as.c.AddProperty("postmanRequestOrResponse", func(a *chai.Assertion) goja.Value {
		a.Assertf(as.s.Is(a.Object(), "Request") || as.s.Is(a.Object(), "Response"),
			"expecting a postman request or response object but got #{this}",
			"not expecting a postman request or response object")
		return nil
	})
}

// other begins an assertion on another value, without the message given to expect:
// chai-postman's inner assertions do not show it.
func (as *asserts) other(a *chai.Assertion, v goja.Value) *chai.Assertion {
	b := a.New(v)
	b.SetFlag("message", goja.Undefined())
	return b
}

// response checks that the subject is a response whose property is of a type, and returns
// both. It fails the assertion otherwise. An empty kind accepts any type.
func (as *asserts) response(a *chai.Assertion, property, kind string) (*goja.Object, goja.Value) {
	if lean := as.s.Lean; lean != nil && a.Object() == goja.Value(lean) {
		if property == "code" && !as.s.LeanState.Touch {
			return lean, as.s.VM.ToValue(as.s.LeanState.Response.Code)
		}
		a.UseReal()
	}
	as.other(a, a.Object()).Read("postmanResponse")
	return as.property(a, property, kind)
}

// property asserts that the subject has a property, and of what type, so that a wrong subject
// fails with a message. It returns the subject and the property's value.
func (as *asserts) property(a *chai.Assertion, property, kind string) (*goja.Object, goja.Value) {
	o := as.s.Object(a.Object())
	as.other(a, o).Call("property", as.s.VM.ToValue(property))
	v := jsvalue.Get(o, property)
	if kind != "" {
		as.other(a, v).Call("a", as.s.VM.ToValue(kind))
	}
	return o, v
}

// installCodes adds the assertions on status codes alone: success, error, status(200) and so
// on.
func (as *asserts) installCodes() {
	// inClass compares with ===, so statusCodeClass("2") fails.
	inClass := func(a *chai.Assertion, class goja.Value) {
		_, code := as.response(a, "code", "number")
		a.Assert(as.s.VM.ToValue(math.Floor(code.ToFloat()/100)).StrictEquals(class), chai.Failure{
			Message: "expected response code to be #{exp}XX but found #{act}",
			Negated: "expected response code to not be #{exp}XX", Expected: class, Actual: code,
		})
	}
	as.c.AddMethod("statusCodeClass", func(a *chai.Assertion, given []goja.Value) goja.Value {
		inClass(a, core.Args(given).At(0))
		return nil
	})
	for i, name := range []string{"info", "success", "redirection", "clientError", "serverError"} {
		as.c.AddProperty(name, func(a *chai.Assertion) goja.Value {
			inClass(a, as.s.VM.ToValue(i+1))
			return nil
		})
	}
	as.c.AddProperty("error", func(a *chai.Assertion) goja.Value {
		_, code := as.response(a, "code", "number")
		class := math.Floor(code.ToFloat() / 100)
		a.Assert(class == 4 || class == 5, chai.Failure{
			Message: "expected response code to be 4XX or 5XX but found #{act}",
			Negated: "expected response code to not be 4XX or 5XX", Expected: goja.Null(), Actual: code,
		})
		return nil
	})
	as.c.AddMethod("statusCode", func(a *chai.Assertion, given []goja.Value) goja.Value {
		as.code(a, core.Args(given).At(0))
		return nil
	})
	// status takes a number or a reason: status(200), status("OK").
	as.c.AddMethod("status", func(a *chai.Assertion, given []goja.Value) goja.Value {
		if want := core.Args(given).At(0); core.IsNumber(want) {
			as.code(a, want)
		} else {
			as.reason(a, want)
		}
		return nil
	})
	as.c.AddMethod("statusReason", func(a *chai.Assertion, given []goja.Value) goja.Value {
		as.reason(a, as.s.VM.ToValue(core.Text(core.Args(given).At(0))))
		return nil
	})
}

// code converts what it is given, so statusCode("200") holds.
func (as *asserts) code(a *chai.Assertion, want goja.Value) {
	want = want.ToNumber()
	_, code := as.response(a, "code", "number")
	as.sameCode(a, code, want)
}

// The negated message has the actual code where one would expect the unwanted one; they are
// equal then.
func (as *asserts) sameCode(a *chai.Assertion, code, want goja.Value) {
	a.Assert(code.StrictEquals(want), chai.Failure{
		Message: "expected response to have status code #{exp} but got #{act}",
		Negated: "expected response to not have status code #{act}", Expected: want, Actual: code,
	})
}

// reason asks the subject's own reason(), which may be a script's.
func (as *asserts) reason(a *chai.Assertion, want goja.Value) {
	o, fn := as.response(a, "reason", "function")
	as.sameReason(a, as.s.Call(fn, o), want)
}

func (as *asserts) sameReason(a *chai.Assertion, reason, want goja.Value) {
	a.Assert(reason.StrictEquals(want), chai.Failure{
		Message: "expected response to have status reason #{exp} but got #{act}",
		Negated: "expected response to not have status reason #{act}", Expected: want, Actual: reason,
	})
}

// installReasons adds the assertions on reason and code together: both must match, so a
// server with its own reasons ("Created!") fails them. The reasons are as chai-postman has
// them: two are not those of HTTP, so unauthorised and notAcceptable hold for no usual
// response.
func (as *asserts) installReasons() {
	for _, r := range []struct {
		name   string
		code   int
		reason string
	}{
		{"accepted", 202, "ACCEPTED"},
		{"withoutContent", 204, "NO CONTENT"},
		{"badRequest", 400, "BAD REQUEST"},
		{"unauthorised", 401, "UNAUTHORISED"},
		{"unauthorized", 401, "UNAUTHORIZED"},
		{"forbidden", 403, "FORBIDDEN"},
		{"notFound", 404, "NOT FOUND"},
		{"notAcceptable", 406, "ACCEPTABLE"},
		{"rateLimited", 429, "TOO MANY REQUESTS"},
	} {
		as.c.AddProperty(r.name, func(a *chai.Assertion) goja.Value {
			as.other(a, a.Object()).Read("postmanResponse")
			as.reasonAndCode(a, r.reason, r.code)
			return nil
		})
	}
	// For everything that is no response, ok stays chai's "truthy".
	as.c.OverwriteProperty("ok", func(original chai.Property) chai.Property {
		return func(a *chai.Assertion) goja.Value {
			if !as.s.Is(a.Object(), "Response") {
				return original(a)
			}
			as.reasonAndCode(a, "OK", 200)
			return nil
		}
	})
}

// reasonAndCode checks the reason first, in upper case; its message is the one that shows
// when both differ.
func (as *asserts) reasonAndCode(a *chai.Assertion, reason string, code int) {
	vm := as.s.VM
	o, reasonOf := as.property(a, "reason", "function")
	_, details := as.property(a, "details", "function")
	as.sameReason(a, vm.ToValue(strings.ToUpper(core.Text(as.s.Call(reasonOf, o)))), vm.ToValue(reason))
	as.sameCode(a, jsvalue.Field(as.s.Call(details, o), "code").ToNumber(), vm.ToValue(code))
}

// installMeasures adds responseTime (ms) and responseSize (bytes, head and body). Both work
// as methods with the exact value and as the beginning of a chain on the number:
// responseTime.below(200).
func (as *asserts) installMeasures() {
	vm := as.s.VM
	as.c.AddChainableMethod("responseTime", func(a *chai.Assertion, given []goja.Value) goja.Value {
		fails := chai.Failure{
			Message:  "expected response to have a valid response time but got #{act}",
			Negated:  "expected response to not have a valid response time but got #{act}",
			Expected: goja.Null(), Actual: measure(a),
		}
		a.Assert(core.IsNumber(fails.Actual), fails)
		if len(given) > 0 {
			a.Assert(as.s.Equal(fails.Actual, given[0]), fails)
		}
		return nil
		// The second function runs when the name is read, before any call: it makes the number
		// the subject of the chain.
	}, func(a *chai.Assertion) {
		_, time := as.response(a, "responseTime", "")
		a.SetFlag("number", time)
		a.SetObject(time)
	})
	as.c.AddChainableMethod("responseSize", func(a *chai.Assertion, given []goja.Value) goja.Value {
		size := measure(a)
		a.Assert(core.IsNumber(size), chai.Failure{
			Message:  "expected response to have a valid response size but got #{act}",
			Negated:  "expected response to not have a valid response size but got #{act}",
			Expected: goja.Null(), Actual: size,
		})
		if len(given) > 0 { // chai-postman has the two the wrong way round, twice
			a.Assert(as.s.Equal(size, given[0]), chai.Failure{
				Message: "expected response size to equal #{act} but got #{exp}",
				Negated: "expected response size to not equal #{act} but got #{exp}", Expected: given[0], Actual: size,
			})
		}
		return nil
	}, func(a *chai.Assertion) {
		o, fn := as.response(a, "size", "function")
		size := as.s.Call(fn, o)
		total := 0.0
		for _, key := range []string{"header", "body"} {
			if v := jsvalue.Field(size, key); jsvalue.Truthy(v) {
				total += v.ToFloat()
			}
		}
		a.SetFlag("number", vm.ToValue(total))
		a.SetObject(vm.ToValue(total))
	})
}

// measure is the number that a chain was put on by responseTime or responseSize, undefined
// without it.
func measure(a *chai.Assertion) goja.Value {
	if v := a.Flag("number"); v != nil {
		return v
	}
	return goja.Undefined()
}

// quoted is a name in a message as chai-postman writes it.
func quoted(v goja.Value) string { return "'" + core.Text(v) + "'" }

// firstLine is what an assertion shows of a JSON error: the parser's further lines show the
// place in the text.
func firstLine(message string) string {
	line, _, _ := strings.Cut(message, "\n")
	return line
}
