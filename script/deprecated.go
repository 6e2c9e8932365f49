package script

import "github.com/dop251/goja"

// alternatives name what to use instead of a legacy global (newman's texts).
func alternatives() map[string]string {
	return map[string]string{
		"tests":           "pm.test()",
		"globals":         "pm.globals",
		"environment":     "pm.environment",
		"data":            "pm.iterationData",
		"request":         "pm.request",
		"responseCode":    "pm.response.code",
		"responseHeaders": "pm.response.headers",
		"responseCookies": "pm.cookies",
		"_":               "require('lodash')",
		"CryptoJS":        "require('crypto-js')",
		"tv4":             "require('ajv')",
		"xml2Json":        "require('xml2js')",
		"Backbone":        "require('backbone')",
		"cheerio":         "require('cheerio')",
	}
}

// warning returns a function that warns of a legacy global when it is called for the first time, or nil for
// one that never warns.
func (r *run) warning(name string) func() {
	text := `Using "postman.setNextRequest" is deprecated. Use "pm.execution.setNextRequest()" instead.`
	if name != "postman" {
		alternative, ok := alternatives()[name]
		if !ok {
			return nil
		}
		text = `Using "` + name + `" is deprecated. Use "` + alternative + `" instead.`
	}
	warned := false
	return func() {
		if !warned {
			warned = true
			r.warn(text)
		}
	}
}

// deprecated wraps a legacy global so that its first use in a script warns.
func (r *run) deprecated(name string, o *goja.Object) goja.Value {
	if r.copies == nil {
		r.copies = map[string]*goja.Object{}
	}
	r.copies[name] = o
	warn := r.warning(name)
	if warn == nil {
		return o
	}
	return r.vm.ToValue(r.vm.NewProxy(o, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, _ goja.Value) goja.Value {
			warn()
			return target.Get(property)
		},
		Set: func(target *goja.Object, property string, value, _ goja.Value) bool {
			warn()
			return target.Set(property, value) == nil
		},
	}))
}

// A legacyLibrary says where the value of a library global comes from, and whether it is a function.
type legacyLibrary struct {
	module   string
	callable bool
}

func legacyLibraries() map[string]legacyLibrary {
	return map[string]legacyLibrary{
		"_": {"lodash3", true}, "CryptoJS": {"crypto-js", false}, "tv4": {"tv4", false},
		"xml2Json": {"#xml2Json", true}, "Backbone": {"backbone", false}, "cheerio": {"cheerio", true},
	}
}

// lazyLibrary stands for a library that is loaded when a script first uses it: many scripts call a parameter
// _ and mean no library.
func (r *run) lazyLibrary(name string, library legacyLibrary) goja.Value {
	warn := r.warning(name)
	load := func() *goja.Object {
		warn()
		return r.loadLegacy(name, library.module)
	}
	target := r.vm.NewObject()
	if library.callable {
		target = r.env.Func(name, 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	}
	return r.vm.ToValue(r.vm.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(_ *goja.Object, property string, _ goja.Value) goja.Value { return load().Get(property) },
		GetSym: func(_ *goja.Object, property *goja.Symbol, _ goja.Value) goja.Value {
			return load().GetSymbol(property)
		},
		Set: func(_ *goja.Object, property string, value, _ goja.Value) bool {
			return load().Set(property, value) == nil
		},
		Has: func(_ *goja.Object, property string) bool { return load().Get(property) != nil },
		OwnKeys: func(*goja.Object) *goja.Object {
			keys := load().Keys()
			items := make([]any, len(keys))
			for i := range keys {
				items[i] = keys[i]
			}
			return r.vm.NewArray(items...)
		},
		GetOwnPropertyDescriptor: func(_ *goja.Object, property string) goja.PropertyDescriptor {
			return goja.PropertyDescriptor{
				Value: load().Get(property), Writable: goja.FLAG_TRUE, Configurable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE,
			}
		},
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			fn, ok := goja.AssertFunction(load())
			if !ok {
				r.env.Throw("TypeError", name+" is not a function")
			}
			v, err := fn(this, args...)
			if err != nil {
				panic(r.realm.Rethrow(err))
			}
			return v
		},
	}))
}

// loadLegacy loads the library behind a legacy global.
func (r *run) loadLegacy(name, module string) *goja.Object {
	if v, ok := r.modules.Global(name); ok {
		return v.ToObject(r.vm)
	}
	v, ok := r.lookModule(module)
	if !ok {
		r.env.Throw("Error", name+" is not available in this version")
	}
	return v.ToObject(r.vm)
}
