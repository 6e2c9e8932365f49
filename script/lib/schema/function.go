package schema

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A function is a validating function: what compile returns, and what a $ref to a schema with
// references of its own becomes.
type function struct {
	in     *instance
	root   *entry
	schema goja.Value
	base   string
	opts   *options
	node   *node
	js     *goja.Object // as scripts see it, once they do
}

// functionKey distinguishes functions: by schema object, and by the base that its references
// start from.
type functionKey struct {
	schema *goja.Object
	root   *entry
	base   string
}

// function compiles what a reference leads to, once. A schema that refers to itself finds the
// function that is still being compiled.
func (in *instance) function(at place) *function {
	o, isObject := at.schema.(*goja.Object)
	key := functionKey{o, at.root, at.base}
	if f, ok := in.functions[key]; ok && isObject {
		return f
	}
	opts := in.opts
	if at.root != nil && at.root.meta {
		opts = in.opts.forMeta()
	}
	f := &function{in: in, root: at.root, schema: at.schema, base: at.base, opts: opts}
	in.functions[key] = f
	// A schema that throws while it is compiled must not be found half done by the next attempt.
	done := false
	defer func() {
		if !done {
			delete(in.functions, key)
		}
	}()
	f.node = site{
		in: in, opts: opts, fn: f, schema: at.schema, path: "#", base: at.base, all: opts.allErrors, top: true,
	}.compile()
	done = true
	return f
}

// compiled makes the function of an entry, once.
func (in *instance) compiled(e *entry) *function {
	if e.fn == nil {
		in.nodes = 0
		e.fn = in.function(place{schema: e.schema, root: e, base: e.id})
	}
	return e.fn
}

// compiledFor makes the function of a schema that a script gave. An equal schema gives the
// same function.
func (in *instance) compiledFor(schema goja.Value) *function {
	return in.compiled(in.register(schema, false, false, false))
}

// validate checks data by a function. errs may not be empty for valid data: errors of
// alternatives that were dropped can be left over.
func (in *instance) validate(f *function, at *spot) (errs []*failure, valid bool) {
	r := &run{in: in, root: at.value, this: in.object}
	valid = f.node.check(r, at)
	return r.errs, valid
}

// A pending check is the promise of an asynchronous keyword, and the error for when the
// promise gives false.
type pending struct {
	result goja.Value
	fail   func() *failure
}

// wait settles the promises of asynchronous keywords, one after the other; the first that
// gives false ends it, unless all errors are wanted. It returns the promise of the whole.
func (in *instance) wait(f *function, r *run, at *spot, valid bool) goja.Value {
	if !valid && !f.opts.allErrors || len(r.pending) == 0 {
		return in.promise(at.value, errorList(in.vm, r.errs), valid)
	}
	next := r.pending[0]
	r.pending = r.pending[1:]
	l := &loading{in: in}
	return l.then(next.result, func(v goja.Value) goja.Value {
		if !v.ToBoolean() {
			valid, r.errs = false, append(r.errs, next.fail())
		}
		return in.wait(f, r, at, valid)
	}, nil)
}

// object shows a function to scripts: called with data it says whether they are valid, and
// has the errors in its property errors. An asynchronous schema's function returns a promise.
func (f *function) object() *goja.Object {
	if f.js != nil {
		return f.js
	}
	in, vm := f.in, f.in.vm
	async := jsdata.IsTrue(jsvalue.Field(f.schema, "$async"))
	f.js = in.env.Func("validate", 1, func(call goja.FunctionCall) goja.Value {
		at := &spot{value: call.Argument(0), step: atRoot}
		if path := call.Argument(1); path.ToBoolean() {
			at.key = path.String()
		}
		// The further arguments (path, parent, property) are those of ajv's generated functions; custom keywords pass
		// them on.
		if o, ok := call.Argument(2).(*goja.Object); ok {
			at.holder = o
			at.parent = &spot{value: o}
			at.key = call.Argument(3).String()
		}
		r := &run{in: in, root: at.value, this: in.object}
		if f.opts.passContext {
			r.this = call.This
		}
		valid := f.node.check(r, at)
		if async {
			return in.wait(f, r, at, valid)
		}
		errs := errorList(vm, r.errs)
		_ = f.js.Set("errors", errs)
		return vm.ToValue(valid)
	})
	_ = f.js.Set("schema", f.schema)
	_ = f.js.Set("errors", goja.Null())
	_ = f.js.Set("refs", vm.NewObject())
	_ = f.js.Set("refVal", vm.NewArray(goja.Undefined()))
	_ = f.js.Set("root", f.js)
	if async {
		_ = f.js.Set("$async", true)
	}
	return f.js
}

// promise is what an asynchronous schema's function returns: it resolves to the data and
// rejects with the errors.
func (in *instance) promise(data, errs goja.Value, valid bool) goja.Value {
	promise, resolve, reject := in.vm.NewPromise()
	if valid {
		in.env.Check(resolve(data))
	} else {
		in.env.Check(reject(in.validationError(errs)))
	}
	return in.vm.ToValue(promise)
}
