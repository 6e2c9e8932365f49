package schema

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// ajvErrors are the prototypes of ajv's error classes, nil until the constructor is made.
type ajvErrors struct {
	validation, missing *goja.Object // prototypes
}

// newAjv makes the constructor, with its static members. It is called once for a runtime.
func (l *Library) newAjv() *goja.Object {
	var ctor *goja.Object
	ctor = l.env.Constructor("Ajv", 1, func(call goja.ConstructorCall) *goja.Object {
		in := l.newInstance(call.Argument(0))
		in.object = call.This
		// Ajv may be called without new (ajv: the same).
		if !in.vm.InstanceOf(call.This, ctor) {
			in.object = l.vm.CreateObject(ctor.Get("prototype").ToObject(l.vm))
		}
		// The Go side hangs on the object, so an instance that a script drops is collected
		// with it.
		_ = in.object.DefineDataPropertySymbol(l.state, l.vm.ToValue(in), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		options := l.vm.NewObject()
		for _, name := range jsdata.Keys(call.Argument(0)) {
			_ = options.Set(name, jsvalue.Field(call.Argument(0), name))
		}
		l.env.Hidden(in.object, "_opts", options)
		return in.object
	})
	proto := ctor.Get("prototype").ToObject(l.vm)
	// The methods stand on the prototype, as ajv's do, so that scripts can wrap one for all instances.
	for name, m := range ajvMethods() {
		l.env.Method(proto, name, m.length, func(call goja.FunctionCall) goja.Value {
			in := l.instanceOf(call.This)
			if v := m.run(in, call); v != nil {
				return v
			}
			return in.object
		})
	}
	l.addErrorClasses(ctor)
	_ = ctor.Set("$dataMetaSchema", l.env.Func("$dataMetaSchema", 2, func(call goja.FunctionCall) goja.Value {
		return l.dataMeta(call.Argument(0), jsdata.Texts(call.Argument(1)))
	}))
	return ctor
}

// instanceOf is the instance behind `this`. It is stored under a symbol that scripts cannot
// make, so an object that only looks like an Ajv throws instead of reaching into the state of
// another.
func (l *Library) instanceOf(this goja.Value) *instance {
	if o, ok := this.(*goja.Object); ok {
		if v := o.GetSymbol(l.state); v != nil {
			if in, ok := v.Export().(*instance); ok {
				return in
			}
		}
	}
	l.env.Throw("TypeError", "this is not an Ajv instance")
	return nil
}

// A method is one of ajv's. A nil result means the instance, so that calls can be chained.
type method struct {
	length int
	run    func(in *instance, call goja.FunctionCall) goja.Value
}

// ajvMethods lists the methods by name. A length is the number of parameters that the original declares, which
// scripts can read.
func ajvMethods() map[string]method {
	return map[string]method{
		"validate": {2, (*instance).callValidate},
		"compile": {1, func(in *instance, call goja.FunctionCall) goja.Value {
			return in.compiledFor(call.Argument(0)).object()
		}},
		"compileAsync": {2, (*instance).callCompileAsync},
		"addSchema": {2, func(in *instance, call goja.FunctionCall) goja.Value {
			in.addSchema(call.Argument(0), jsdata.TextOr(call.Argument(1)), call.Argument(2).ToBoolean(), false)
			return nil
		}},
		"addMetaSchema": {2, func(in *instance, call goja.FunctionCall) goja.Value {
			in.addSchema(call.Argument(0), jsdata.TextOr(call.Argument(1)), call.Argument(2).ToBoolean(), true)
			return nil
		}},
		"validateSchema": {1, func(in *instance, call goja.FunctionCall) goja.Value {
			return in.vm.ToValue(in.checkSchema(call.Argument(0), call.Argument(1).ToBoolean()))
		}},
		"getSchema": {1, func(in *instance, call goja.FunctionCall) goja.Value {
			if f := in.find(jsdata.TextOr(call.Argument(0))); f != nil {
				return f.object()
			}
			return goja.Undefined()
		}},
		"removeSchema": {1, func(in *instance, call goja.FunctionCall) goja.Value {
			in.removeSchema(call.Argument(0))
			return nil
		}},
		"addFormat": {2, func(in *instance, call goja.FunctionCall) goja.Value {
			in.addFormat(call.Argument(0).String(), call.Argument(1))
			return nil
		}},
		"errorsText": {2, func(in *instance, call goja.FunctionCall) goja.Value {
			return in.vm.ToValue(in.errorsText(call.Argument(0), call.Argument(1)))
		}},
		"addKeyword": {2, func(in *instance, call goja.FunctionCall) goja.Value {
			in.addKeyword(call.Argument(0).String(), call.Argument(1))
			return nil
		}},
		"getKeyword": {1, func(in *instance, call goja.FunctionCall) goja.Value {
			name := call.Argument(0).String()
			if definition := in.custom[name]; definition != nil {
				return definition
			}
			return in.vm.ToValue(in.known[name])
		}},
		"validateKeyword": {2, func(in *instance, call goja.FunctionCall) goja.Value {
			return in.vm.ToValue(in.checkDefinition(call.Argument(0), call.Argument(1).ToBoolean()))
		}},
		"removeKeyword": {1, func(in *instance, call goja.FunctionCall) goja.Value {
			in.removeKeyword(call.Argument(0).String())
			return nil
		}},
	}
}

// callValidate is validate(schemaOrKey, data). The errors are set on the instance as well as
// on the function, except for an asynchronous schema, whose errors are in the promise that it
// returns.
func (in *instance) callValidate(call goja.FunctionCall) goja.Value {
	var f *function
	if schema := call.Argument(0); jsdata.KindOf(schema) == jsdata.KindString {
		f = in.byName(schema.String())
	} else {
		f = in.compiledFor(schema)
	}
	v := in.env.Call(f.object(), goja.Undefined(), "validate", call.Argument(1))
	if !jsdata.IsTrue(jsvalue.Field(f.schema, "$async")) {
		_ = in.object.Set("errors", f.js.Get("errors"))
	}
	return v
}

// addErrorClasses gives the constructor its ValidationError and MissingRefError. Scripts
// catch them by instanceof.
func (l *Library) addErrorClasses(ctor *goja.Object) {
	errorProto := l.vm.Get("Error").ToObject(l.vm).Get("prototype").ToObject(l.vm)
	make := func(name string, fill func(call goja.ConstructorCall)) *goja.Object {
		class := l.env.Constructor(name, 1, func(call goja.ConstructorCall) *goja.Object {
			fill(call)
			return call.This
		})
		proto := l.vm.CreateObject(errorProto)
		_ = proto.Set("constructor", class)
		_ = class.Set("prototype", proto)
		_ = ctor.Set(name, class)
		return proto
	}
	l.classes.validation = make("ValidationError", func(call goja.ConstructorCall) {
		_ = call.This.Set("message", "validation failed")
		_ = call.This.Set("errors", call.Argument(0))
		_ = call.This.Set("ajv", true)
		_ = call.This.Set("validation", true)
	})
	l.classes.missing = make("MissingRefError", func(call goja.ConstructorCall) {
		_ = call.This.Set("message", call.Argument(2))
	})
	_ = ctor.Get("MissingRefError").ToObject(l.vm).Set("message", l.env.Func("message", 2, func(call goja.FunctionCall) goja.Value {
		return l.vm.ToValue("can't resolve reference " + call.Argument(1).String() + " from id " + call.Argument(0).String())
	}))
}

// validationError makes the error that the promise of an asynchronous schema is rejected
// with. It makes the classes first, because schemas of pm.response.to.have.jsonSchema are
// compiled without the constructor.
func (in *instance) validationError(errs goja.Value) *goja.Object {
	in.Ajv()
	o := in.vm.CreateObject(in.classes.validation)
	_ = o.Set("message", "validation failed")
	_ = o.Set("errors", errs)
	_ = o.Set("ajv", true)
	_ = o.Set("validation", true)
	return o
}

// missingRef makes the error of a reference that cannot be resolved. full is the URL that was
// looked for; missingSchema is its document.
func (in *instance) missingRef(message, full string) *goja.Object {
	in.Ajv()
	o := in.vm.CreateObject(in.classes.missing)
	document, _ := jsdata.SplitRef(full)
	_ = o.Set("message", message)
	_ = o.Set("missingRef", full)
	_ = o.Set("missingSchema", document)
	return o
}
