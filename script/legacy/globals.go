// Package legacy is Postman's first API: the globals tests, environment, responseBody and their like, and postman.
//
// Newer scripts do not touch it, so each global is made when it is first read. Its use prints Postman's warning once.
package legacy

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/runner/event"
	"posthaste/script/host"
	"posthaste/script/lib"
	"posthaste/script/variables"
)

// Names are the globals of Postman's first API that all scripts see.
func Names() []string {
	return []string{
		"tests", "globals", "environment", "data", "request", "iteration", "postman",
		"_", "CryptoJS", "tv4", "xml2Json", "Backbone", "cheerio", "atob", "btoa",
	}
}

// ResponseNames are those that only test scripts see.
func ResponseNames() []string {
	return []string{"responseBody", "responseCode", "responseHeaders", "responseTime", "responseCookies"}
}

// A Sandbox is what the globals need of the script that runs.
type Sandbox interface {
	Response() goja.Value                     // pm.response
	Cookies() goja.Value                      // pm.cookies
	Cookie(c host.Cookie) goja.Value          // shows one
	Global(name string) (goja.Value, bool)    // a library that is a global of its own
	Library(name string) (goja.Value, bool)   // what require gives
	Warn(text string)                         // prints a warning
	Report(name string, failure *event.Error) // reports an assertion
	SetNext(v goja.Value)                     // is setNextRequest
	Stopped() bool                            // says whether a limit has ended the script
	Rethrow(err error) any                    // what to panic with for an error of the engine
}

// Globals are the globals of one script.
type Globals struct {
	env     *lib.Env
	class   *variables.Class
	scopes  *variables.Scopes
	call    *host.Call
	sandbox Sandbox
	current func() *Globals         // those of the script that runs when a function is called
	made    map[string]goja.Value   // by name
	copies  map[string]*goja.Object // behind their warnings
	tests   *goja.Object
}

// New returns the globals of a call. current gives those of the script that runs: one may call what an earlier one kept.
func New(env *lib.Env, class *variables.Class, scopes *variables.Scopes, call *host.Call, s Sandbox, current func() *Globals) *Globals {
	return &Globals{env: env, class: class, scopes: scopes, call: call, sandbox: s, current: current}
}

// Value makes one of the globals, when it is first asked for.
func (g *Globals) Value(name string) goja.Value {
	switch name {
	case "iteration":
		return g.env.VM.ToValue(g.call.Iteration)
	case "responseBody":
		return g.responseBody()
	case "responseTime":
		if res := g.call.Response; res != nil && res.Received {
			return g.env.VM.ToValue(res.Time.Milliseconds())
		}
		return goja.Undefined()
	}
	v, ok := g.made[name]
	if !ok {
		v = g.makeWarning(name)
		if g.made == nil {
			g.made = map[string]goja.Value{}
		}
		g.made[name] = v
	}
	return v
}

// makeWarning makes a global that warns when it is first used.
func (g *Globals) makeWarning(name string) goja.Value {
	if library, ok := libraries()[name]; ok {
		return g.lazyLibrary(name, library)
	}
	v := g.make(name)
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	return g.deprecated(name, o)
}

// make makes a legacy global when a script first reads it.
func (g *Globals) make(name string) goja.Value {
	switch name {
	case "tests":
		g.tests = g.env.VM.NewObject()
		return g.tests
	case "environment":
		return g.scopes.Plain(variables.Environment, false)
	case "globals":
		return g.scopes.Plain(variables.Globals, false)
	case "data":
		return g.rowObject()
	case "request":
		return g.request()
	case "postman":
		return g.makePostman()
	case "responseCode":
		return g.responseCode()
	case "responseHeaders":
		o := g.env.VM.NewObject()
		if g.call.Response != nil {
			for _, h := range g.call.Response.Header {
				if !h.Disabled {
					_ = o.DefineDataProperty(h.Key, g.env.VM.ToValue(h.Value), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
				}
			}
		}
		return o
	case "responseCookies":
		return g.sandbox.Cookies()
	}
	v, _ := g.sandbox.Global(name) // atob and btoa
	return v
}

// responseBody is a text, undefined without a response. It is decoded as pm.response.text() is.
func (g *Globals) responseBody() goja.Value {
	if res := g.call.Response; res == nil || !res.Received {
		return goja.Undefined()
	}
	response := g.sandbox.Response().ToObject(g.env.VM)
	text, _ := goja.AssertFunction(response.Get("text"))
	v, err := text(response)
	if err != nil {
		panic(g.sandbox.Rethrow(err))
	}
	return v
}

// rowObject is the global data: the row as it was given, whatever pm.iterationData was told since.
func (g *Globals) rowObject() goja.Value {
	o := g.env.VM.NewObject()
	if g.call.DataList {
		o = g.env.VM.NewArray()
	}
	if g.call.Data != nil {
		for _, v := range g.call.Data.Variables() {
			_ = o.DefineDataProperty(v.Key, g.class.ToScript(v.Value), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
	}
	return o
}

// request is the global request: a plain view of the request.
func (g *Globals) request() goja.Value {
	o := g.env.VM.NewObject()
	req := g.call.Request
	if req == nil {
		return o
	}
	_ = o.Set("id", g.call.RequestID)
	_ = o.Set("name", g.call.RequestName)
	description := goja.Undefined()
	if g.call.RequestDescription != "" {
		description = g.env.VM.ToValue(g.call.RequestDescription)
	}
	_ = o.Set("description", description)
	headers := map[string][]string{}
	var order []string
	for _, h := range req.Header {
		if h.Disabled || h.Key == "" {
			continue
		}
		key := strings.ToLower(h.Key)
		if headers[key] == nil {
			order = append(order, key)
		}
		headers[key] = append(headers[key], h.Value)
	}
	shown := g.env.VM.NewObject()
	for _, key := range order {
		g.put(shown, key, headers[key])
	}
	_ = o.Set("headers", shown)
	_ = o.Set("method", req.Method)
	_ = o.Set("url", req.URL.String())
	_ = o.Set("data", g.data(req.Body))
	return o
}

// put sets a text, or a list of them where a key was given more than once.
func (g *Globals) put(o *goja.Object, key string, values []string) {
	v := g.env.VM.ToValue(values[0])
	if len(values) > 1 {
		items := make([]any, len(values))
		for i := range values {
			items[i] = values[i]
		}
		v = g.env.VM.NewArray(items...)
	}
	_ = o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// data is request.data: raw text, or the fields of a form, which are lists where a name comes again.
func (g *Globals) data(b *collection.Body) goja.Value {
	o := g.env.VM.NewObject()
	if b == nil {
		return o
	}
	values := map[string][]any{}
	var order []string
	add := func(key string, v collection.Value, disabled bool) {
		if disabled {
			return
		}
		if values[key] == nil {
			order = append(order, key)
		}
		values[key] = append(values[key], g.class.ToScript(v))
	}
	switch b.Mode {
	case "raw":
		switch text := collection.JSONValue(b.Raw); {
		case b.Raw == "":
			return o
		case b.RawJSON && text.Kind() == collection.JSON:
			return g.class.ToScript(text)
		case !b.RawJSON:
			return g.env.VM.ToValue(b.Raw)
		}
	case "urlencoded":
		for _, p := range b.URLEncoded {
			add(p.Key, p.Value, p.Disabled)
		}
	case "formdata":
		for _, p := range b.FormData {
			value := p.Value
			if p.Type == "file" || value.Kind() == collection.Null || value.Kind() == collection.Undefined {
				value = collection.Text("")
			}
			add(p.Key, value, p.Disabled)
		}
	}
	for _, key := range order {
		value := values[key][0].(goja.Value)
		if len(values[key]) > 1 {
			value = g.env.VM.NewArray(values[key]...)
		}
		_ = o.DefineDataProperty(key, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	return o
}

// responseCode is {code, name, detail}. Its texts come from pm.response, so that both agree.
func (g *Globals) responseCode() goja.Value {
	o := g.env.VM.NewObject()
	if res := g.call.Response; res == nil || !res.Received {
		return o
	}
	response := g.sandbox.Response().ToObject(g.env.VM)
	if details, ok := goja.AssertFunction(response.Get("details")); ok {
		if v, err := details(response); err == nil {
			return v
		}
	}
	_ = o.Set("code", g.call.Response.Code)
	_ = o.Set("name", g.call.Response.Reason)
	return o
}

// ReportTests reports the entries of tests as assertions, once, when the script's text has ended.
func (g *Globals) ReportTests() {
	if g.tests == nil {
		return
	}
	tests := g.tests
	g.tests = nil
	_ = g.env.VM.Try(func() {
		for _, key := range tests.Keys() {
			if g.sandbox.Stopped() {
				return
			}
			v := tests.Get(key)
			var failure *event.Error
			if !v.ToBoolean() {
				failure = &event.Error{Name: "AssertionError", Message: "expected " + v.String() + " to be truthy"}
			}
			g.sandbox.Report(key, failure)
		}
	})
}
