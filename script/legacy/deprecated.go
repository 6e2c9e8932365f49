package legacy

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
func (g *Globals) warning(name string) func() {
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
			g.sandbox.Warn(text)
		}
	}
}

// deprecated wraps a legacy global so that its first use in a script warns.
func (g *Globals) deprecated(name string, o *goja.Object) goja.Value {
	if g.copies == nil {
		g.copies = map[string]*goja.Object{}
	}
	g.copies[name] = o
	warn := g.warning(name)
	if warn == nil {
		return o
	}
	return g.env.VM.ToValue(g.env.VM.NewProxy(o, &goja.ProxyTrapConfig{
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

// A library says where the value of a library global comes from, and whether it is a function.
type library struct {
	module   string
	callable bool
}

func libraries() map[string]library {
	return map[string]library{
		"_": {"lodash3", true}, "CryptoJS": {"crypto-js", false}, "tv4": {"tv4", false},
		"xml2Json": {"#xml2Json", true}, "Backbone": {"backbone", false}, "cheerio": {"cheerio", true},
	}
}

// lazyLibrary stands for a library that is loaded when a script first uses it: many scripts call a parameter
// _ and mean no library.
func (g *Globals) lazyLibrary(name string, from library) goja.Value {
	warn := g.warning(name)
	load := func() *goja.Object {
		warn()
		return g.load(name, from.module)
	}
	target := g.env.VM.NewObject()
	if from.callable {
		target = g.env.Func(name, 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	}
	return g.env.VM.ToValue(g.env.VM.NewProxy(target, &goja.ProxyTrapConfig{
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
			return g.env.VM.NewArray(items...)
		},
		GetOwnPropertyDescriptor: func(_ *goja.Object, property string) goja.PropertyDescriptor {
			return goja.PropertyDescriptor{
				Value: load().Get(property), Writable: goja.FLAG_TRUE, Configurable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE,
			}
		},
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			fn, ok := goja.AssertFunction(load())
			if !ok {
				g.env.Throw("TypeError", name+" is not a function")
			}
			v, err := fn(this, args...)
			if err != nil {
				panic(g.sandbox.Rethrow(err))
			}
			return v
		},
	}))
}

// load loads the library behind a legacy global.
func (g *Globals) load(name, module string) *goja.Object {
	if v, ok := g.sandbox.Global(name); ok {
		return v.ToObject(g.env.VM)
	}
	v, ok := g.sandbox.Library(module)
	if !ok {
		g.env.Throw("Error", name+" is not available in this version")
	}
	return v.ToObject(g.env.VM)
}
