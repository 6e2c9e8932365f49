package script

import (
	"errors"
	"reflect"

	"github.com/dop251/goja"

	"posthaste/runner/event"
)

// An openTest is a pm.test that waits for its done callback or its promise.
type openTest struct {
	name  string
	index int
	why   string // what is still missing, for the report
}

// makeTest is pm.test with skip and index. A test function with a parameter is given done; a promise that
// one returns is awaited, except under Compat. Without a function the test passes.
func (r *run) makeTest() goja.Value {
	s := r.instance
	test := s.env.Func("test", 2, func(call goja.FunctionCall) goja.Value {
		s.cur.test(call.Argument(0).String(), call.Argument(1))
		if s.plainOf(call.This) != 0 {
			return goja.Undefined() // nobody gets it
		}
		return s.cur.pmObject()
	})
	_ = test.Set("skip", s.env.Func("skip", 1, func(call goja.FunctionCall) goja.Value {
		s.cur.assertion(event.Assertion{Name: call.Argument(0).String(), Index: s.cur.next(), Skipped: true})
		return s.cur.pmObject()
	}))
	_ = test.Set("index", s.env.Func("index", 0, func(goja.FunctionCall) goja.Value {
		return s.vm.ToValue(s.cur.index)
	}))
	return test
}

func (r *run) next() int {
	r.index++
	return r.index - 1
}

func (r *run) assertion(a event.Assertion) {
	if r.silent {
		return
	}
	if a.Error != nil {
		r.result.Failed++
	}
	r.host.Emit(a)
}

// test runs pm.test. A function that takes an argument is asynchronous, and so is one that returns a promise.
func (r *run) test(name string, fn goja.Value) {
	index := r.next()
	body, ok := goja.AssertFunction(fn)
	if !ok {
		r.assertion(event.Assertion{Name: name, Index: index})
		return
	}
	if fn.ToObject(r.instance.vm).Get("length").ToInteger() > 0 {
		r.testWithDone(name, index, body)
		return
	}
	v, err := body(goja.Undefined())
	if err != nil {
		r.assertion(event.Assertion{Name: name, Index: index, Error: r.testError(name, err)})
		return
	}
	if !r.instance.opt.Compat && isPromise(v) {
		r.testPromise(name, index, v)
		return
	}
	r.assertion(event.Assertion{Name: name, Index: index})
}

func isPromise(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && o.ExportType() == reflect.TypeFor[*goja.Promise]()
}

func (r *run) keepOpen(t *openTest) {
	if r.open == nil {
		r.open = map[int]*openTest{}
	}
	r.open[t.index] = t
}

// testWithDone waits for done. A test that never calls it fails when the script ends.
func (r *run) testWithDone(name string, index int, body goja.Callable) {
	r.keepOpen(&openTest{name, index, "done was never called"})
	thrown := false
	finish := func(e *event.Error) {
		if _, open := r.open[index]; thrown || !open && !r.instance.opt.Compat {
			return // newman: calling done twice reports twice, but not after the function threw
		}
		delete(r.open, index)
		r.assertion(event.Assertion{Name: name, Index: index, Async: true, Error: e})
	}
	done := r.instance.env.Func("done", 1, func(call goja.FunctionCall) goja.Value {
		var e *event.Error
		if v := call.Argument(0); v.ToBoolean() {
			e = named(name, r.eventError(r.instance.realm.Thrown(r.script, v)))
		}
		finish(e)
		return goja.Undefined()
	})
	if _, err := body(goja.Undefined(), done); err != nil {
		e := r.testError(name, err)
		finish(e)
		thrown = true
	}
}

func (r *run) testPromise(name string, index int, v goja.Value) {
	r.keepOpen(&openTest{name, index, "its promise was never settled"})
	finish := func(e *event.Error) {
		delete(r.open, index)
		r.assertion(event.Assertion{Name: name, Index: index, Async: true, Error: e})
	}
	then, _ := goja.AssertFunction(v.ToObject(r.instance.vm).Get("then"))
	fulfilled := r.instance.env.Func("", 1, func(goja.FunctionCall) goja.Value {
		finish(nil)
		return goja.Undefined()
	})
	rejected := r.instance.env.Func("", 1, func(call goja.FunctionCall) goja.Value {
		finish(named(name, r.eventError(r.instance.realm.Thrown(r.script, call.Argument(0)))))
		return goja.Undefined()
	})
	if _, err := then(v, fulfilled, rejected); err != nil {
		finish(r.testError(name, err))
	}
}

// testError shows an error that left a test's function. What ends the script must not stop here.
func (r *run) testError(name string, err error) *event.Error {
	var exception *goja.Exception
	if !errors.As(err, &exception) {
		panic(err)
	}
	e := r.eventError(r.instance.realm.Fault(r.script, err))
	if o, ok := exception.Value().(*goja.Object); ok && e.Name != "" && e.Message == "" {
		if own := o.Get("message"); own != nil && goja.IsString(own) {
			return e // its message is empty, not missing
		}
	}
	return named(name, e)
}

// named fills in what a thrown value lacks (newman: the name AssertionError, the test's name as message).
func named(test string, e *event.Error) *event.Error {
	if e.Name == "" {
		e.Name = "AssertionError"
	}
	if e.Message == "" {
		e.Message = test
	}
	return e
}

// closeTests reports the tests that nothing can finish any more. newman says nothing about them.
func (r *run) closeTests() {
	if r.instance.opt.Compat || r.result.TimedOut {
		return
	}
	for i := 0; len(r.open) > 0 && i < r.index; i++ {
		t, ok := r.open[i]
		if !ok {
			continue
		}
		delete(r.open, i)
		r.assertion(event.Assertion{Name: t.name, Index: i, Async: true, Error: &event.Error{
			Name: "AssertionError", Message: "the test never finished: " + t.why,
		}})
	}
}
