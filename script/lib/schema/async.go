package schema

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// callCompileAsync is compileAsync(schema, meta, callback): it compiles, and first loads each
// schema that is missing by the option loadSchema (ajv: compile/async). It returns a promise
// of the function.
func (in *instance) callCompileAsync(call goja.FunctionCall) goja.Value {
	load, ok := goja.AssertFunction(jsvalue.Field(in.given, "loadSchema"))
	if !ok {
		in.fail("options.loadSchema should be a function")
	}
	meta, callback := call.Argument(1), call.Argument(2)
	if _, isFunc := goja.AssertFunction(meta); isFunc {
		meta, callback = goja.Undefined(), meta
	}
	l := &loading{in: in, load: load, meta: meta.ToBoolean()}
	p := l.compile(call.Argument(0))
	if done, ok := goja.AssertFunction(callback); ok {
		l.then(p, func(v goja.Value) goja.Value {
			_, err := done(goja.Undefined(), goja.Null(), v)
			in.env.Check(err)
			return goja.Undefined()
		}, func(reason goja.Value) goja.Value {
			_, err := done(goja.Undefined(), reason)
			in.env.Check(err)
			return goja.Undefined()
		})
	}
	return p
}

// A loading is one compileAsync. meta says that what it loads is a meta-schema.
type loading struct {
	in   *instance
	load goja.Callable
	meta bool
}

// then chains functions to a value, which may be a promise of any kind; a nil fail passes
// reasons on. It returns a promise.
func (l *loading) then(v goja.Value, ok, fail func(goja.Value) goja.Value) goja.Value {
	in := l.in
	promise, resolve, _ := in.vm.NewPromise()
	in.env.Check(resolve(v))
	p := in.vm.ToValue(promise).(*goja.Object)
	handler := func(f func(goja.Value) goja.Value) goja.Value {
		if f == nil {
			return goja.Undefined()
		}
		return in.vm.ToValue(func(call goja.FunctionCall) goja.Value { return f(call.Argument(0)) })
	}
	return in.env.Call(p.Get("then"), p, "then", handler(ok), handler(fail))
}

// compile compiles a schema once its meta-schema is known.
func (l *loading) compile(schema goja.Value) goja.Value {
	return l.then(l.metaOf(schema), func(goja.Value) goja.Value { return l.attempt(schema) }, nil)
}

// metaOf loads the schema that a schema's $schema names, unless it is known; the result may
// be undefined.
func (l *loading) metaOf(schema goja.Value) goja.Value {
	name := jsvalue.Field(schema, "$schema")
	if !name.ToBoolean() || l.in.find(name.String()) != nil {
		return goja.Undefined()
	}
	ref := l.in.vm.NewObject()
	_ = ref.Set("$ref", name)
	return (&loading{in: l.in, load: l.load, meta: true}).compile(ref)
}

// attempt compiles a schema. A reference to a schema that is missing loads that schema and
// tries again; each attempt adds one schema, so it ends. Two compilations that wait for the
// same URI share one call of loadSchema.
func (l *loading) attempt(schema goja.Value) goja.Value {
	in := l.in
	var f *function
	err := in.vm.Try(func() { f = in.compiledFor(schema) })
	if err == nil {
		return f.object()
	}
	reason, ok := err.Value().(*goja.Object)
	// Another error than a missing reference is the script's.
	if !ok || in.classes.missing == nil || reason.Prototype() != in.classes.missing {
		panic(err)
	}
	uri := jsvalue.Field(reason, "missingSchema").String()
	// It was loaded before and still does not have what is referred to.
	if l.added(uri) {
		in.fail("Schema " + uri + " is loaded but " + jsvalue.Field(reason, "missingRef").String() + " cannot be resolved")
	}
	loaded, ok := in.loading[uri]
	if !ok {
		v, err := l.load(goja.Undefined(), in.vm.ToValue(uri))
		in.env.Check(err)
		loaded = l.then(v, func(v goja.Value) goja.Value { return v }, nil)
		in.loading[uri] = loaded
		// Once settled the promise is forgotten, so that a failed load can be tried again.
		forget := func(goja.Value) goja.Value {
			delete(in.loading, uri)
			return goja.Undefined()
		}
		l.then(loaded, forget, forget)
	}
	return l.then(loaded, func(found goja.Value) goja.Value {
		if l.added(uri) {
			return l.attempt(schema)
		}
		return l.then(l.metaOf(found), func(goja.Value) goja.Value {
			if !l.added(uri) {
				in.addSchema(found, uri, false, l.meta)
			}
			return l.attempt(schema)
		}, nil)
	}, nil)
}

// added says whether the schema of a URI is known, by its key or as the root of what a
// reference found.
func (l *loading) added(uri string) bool {
	if _, ok := l.in.schemas[uri]; ok {
		return true
	}
	p, ok := l.in.refs[uri]
	return ok && p.root != nil
}
