package script

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/runner/event"
)

// legacyNames are the globals of Postman's first API that all scripts see.
func legacyNames() []string {
	return []string{
		"tests", "globals", "environment", "data", "request", "iteration", "postman",
		"_", "CryptoJS", "tv4", "xml2Json", "Backbone", "cheerio", "atob", "btoa",
	}
}

// legacyResponseNames are those that test scripts see beside.
func legacyResponseNames() []string {
	return []string{"responseBody", "responseCode", "responseHeaders", "responseTime", "responseCookies"}
}

// legacyValue makes one of them.
func (r *run) legacyValue(name string) goja.Value {
	switch name {
	case "iteration":
		return r.vm.ToValue(r.call.Iteration)
	case "responseBody":
		return r.responseBody()
	case "responseTime":
		if res := r.call.Response; res != nil && res.Received {
			return r.vm.ToValue(res.Time.Milliseconds())
		}
		return goja.Undefined()
	}
	return r.own("legacy "+name, func() goja.Value {
		if library, ok := legacyLibraries()[name]; ok {
			return r.lazyLibrary(name, library)
		}
		v := r.makeLegacy(name)
		o, ok := v.(*goja.Object)
		if !ok {
			return v
		}
		return r.deprecated(name, o)
	})
}

func (r *run) makeLegacy(name string) goja.Value {
	switch name {
	case "tests":
		r.tests = r.vm.NewObject()
		return r.tests
	case "environment":
		return r.variablesObject(environmentScope, false)
	case "globals":
		return r.variablesObject(globalsScope, false)
	case "data":
		return r.rowObject()
	case "request":
		return r.legacyRequest()
	case "postman":
		return r.makePostman()
	case "responseCode":
		return r.legacyResponseCode()
	case "responseHeaders":
		o := r.vm.NewObject()
		if r.call.Response != nil {
			for _, h := range r.call.Response.Header {
				if !h.Disabled {
					_ = o.DefineDataProperty(h.Key, r.vm.ToValue(h.Value), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
				}
			}
		}
		return o
	case "responseCookies":
		return r.own("cookies", r.makeCookies)
	}
	v, _ := r.modules.Global(name) // atob and btoa
	return v
}

func (r *run) responseBody() goja.Value {
	if res := r.call.Response; res == nil || !res.Received {
		return goja.Undefined()
	}
	response := r.own("response", r.makeResponse).ToObject(r.vm)
	text, _ := goja.AssertFunction(response.Get("text"))
	v, err := text(response)
	if err != nil {
		panic(r.realm.Rethrow(err))
	}
	return v
}

// rowObject is the global data: the row as it was given, whatever pm.iterationData was told since.
func (r *run) rowObject() goja.Value {
	o := r.vm.NewObject()
	if r.call.DataList {
		o = r.vm.NewArray()
	}
	if r.call.Data != nil {
		for _, v := range r.call.Data.Variables() {
			_ = o.DefineDataProperty(v.Key, r.toScript(v.Value), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
	}
	return o
}

// legacyRequest is the global request: a plain view of the request.
func (r *run) legacyRequest() goja.Value {
	o := r.vm.NewObject()
	req := r.call.Request
	if req == nil {
		return o
	}
	_ = o.Set("id", r.call.RequestID)
	_ = o.Set("name", r.call.RequestName)
	description := goja.Undefined()
	if r.call.RequestDescription != "" {
		description = r.vm.ToValue(r.call.RequestDescription)
	}
	_ = o.Set("description", description)
	headers := map[string][]string{}
	var order []string
	for _, h := range req.Header {
		if h.Disabled || h.Key == "" {
			continue
		}
		key := lower(h.Key)
		if headers[key] == nil {
			order = append(order, key)
		}
		headers[key] = append(headers[key], h.Value)
	}
	shown := r.vm.NewObject()
	for _, key := range order {
		r.put(shown, key, headers[key])
	}
	_ = o.Set("headers", shown)
	_ = o.Set("method", req.Method)
	_ = o.Set("url", req.URL.String())
	_ = o.Set("data", r.legacyData(req.Body))
	return o
}

// put sets a text, or a list of them where a key was given more than once.
func (r *run) put(o *goja.Object, key string, values []string) {
	v := r.vm.ToValue(values[0])
	if len(values) > 1 {
		items := make([]any, len(values))
		for i := range values {
			items[i] = values[i]
		}
		v = r.vm.NewArray(items...)
	}
	_ = o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// legacyData is request.data: raw text, or the fields of a form, which are lists where a name comes again.
func (r *run) legacyData(b *collection.Body) goja.Value {
	o := r.vm.NewObject()
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
		values[key] = append(values[key], r.toScript(v))
	}
	switch b.Mode {
	case "raw":
		switch text := collection.JSONValue(b.Raw); {
		case b.Raw == "":
			return o
		case b.RawJSON && text.Kind() == collection.JSON:
			return r.toScript(text)
		case !b.RawJSON:
			return r.vm.ToValue(b.Raw)
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
			value = r.vm.NewArray(values[key]...)
		}
		_ = o.DefineDataProperty(key, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	return o
}

func (r *run) legacyResponseCode() goja.Value {
	o := r.vm.NewObject()
	if res := r.call.Response; res == nil || !res.Received {
		return o
	}
	response := r.own("response", r.makeResponse).ToObject(r.vm)
	if details, ok := goja.AssertFunction(response.Get("details")); ok {
		if v, err := details(response); err == nil {
			return v
		}
	}
	_ = o.Set("code", r.call.Response.Code)
	_ = o.Set("name", r.call.Response.Reason)
	return o
}

// legacyTests reports the entries of tests as assertions, once, when the script's text has ended.
func (r *run) legacyTests() {
	if r.tests == nil {
		return
	}
	tests := r.tests
	r.tests = nil
	_ = r.vm.Try(func() {
		for _, key := range tests.Keys() {
			if r.realm.Stopped() {
				return
			}
			v := tests.Get(key)
			a := event.Assertion{Name: key, Index: r.next()}
			if !v.ToBoolean() {
				a.Error = &event.Error{Name: "AssertionError", Message: "expected " + v.String() + " to be truthy"}
			}
			r.assertion(a)
		}
	})
}
