package script

import (
	"github.com/dop251/goja"

	"posthaste/script/jar"
	"posthaste/script/lib/chai"
	"posthaste/script/lib/schema"
	"posthaste/script/lib/sdk"
)

// installLibraries makes expect and the collection SDK, which know each other.
func (s *instance) installLibraries() {
	s.chai = chai.New(s.vm)
	s.schema = schema.New(s.env)
	s.sdk = sdk.New(sdk.Env{
		VM: s.vm, Now: s.opt.Now, Rand: s.opt.Rand, Bytes: s.modules.Buffer, Dynamic: s.dynamic, Schema: s.checkSchema,
		ParseJSON: func(text string) (v goja.Value, err error) {
			if ex := s.vm.Try(func() { v = s.realm.JSON(text) }); ex != nil {
				return nil, ex
			}
			return v, nil
		},
	})
	sdk.InstallAssertions(s.chai, s.sdk)
}

// checkSchema is the SDK's jsonSchema assertion by way of ajv, as chai-postman does it: what does not fit, in
// ajv's words.
func (s *instance) checkSchema(rules, data, options goja.Value) (problems []string, err error) {
	ex := s.vm.Try(func() {
		ajv, err := s.vm.New(s.schema.Ajv(), options)
		s.env.Check(err)
		if s.env.Call(ajv.Get("validate"), ajv, "validate", rules, data).ToBoolean() {
			return
		}
		list := ajv.Get("errors").ToObject(s.vm)
		for _, i := range list.Keys() {
			failure := list.Get(i).ToObject(s.vm)
			problems = append(problems, "data"+failure.Get("dataPath").String()+" "+failure.Get("message").String())
		}
	})
	if ex != nil {
		return nil, ex
	}
	return problems, nil
}

// dynamic gives a dynamic variable's value to the SDK's own replaceIn.
func (s *instance) dynamic(name string) (string, bool) {
	if s.cur == nil {
		return "", false
	}
	token := "{{" + name + "}}"
	value, err := s.cur.host.Expand(token)
	return value, err == nil && value != token
}

// makeRequest is pm.request.
func (r *run) makeRequest() goja.Value {
	if r.call.Request == nil {
		return goja.Undefined()
	}
	r.requestShown = r.instance.sdk.Request(&r.call.Request.Request)
	return r.requestShown
}

// makeResponse is pm.response, undefined in prerequest scripts.
func (r *run) makeResponse() goja.Value {
	if r.call.Response == nil {
		return goja.Undefined()
	}
	return r.instance.responseObject(r.call.Response)
}

// responseObject shows a response.
func (s *instance) responseObject(res *Response) *goja.Object {
	return s.sdk.Response(sdk.Response{
		Received: res.Received, ID: res.ID, Code: res.Code, Reason: res.Reason, Header: res.Header, Body: res.Body,
		TimeMS: res.Time.Milliseconds(), Size: res.WireSize, HeaderSize: res.HeaderSize, Cookies: sdkCookies(res.Cookies),
	})
}

func sdkCookies(list []Cookie) []sdk.Cookie {
	out := make([]sdk.Cookie, len(list))
	for i, c := range list {
		out[i] = sdk.Cookie(c)
	}
	return out
}

// readRequest reads what a script gave to pm.sendRequest.
func (r *run) readRequest(v goja.Value) (*Request, error) {
	req, err := r.instance.sdk.ReadRequest(v)
	if err != nil {
		return nil, err
	}
	return &Request{Request: req}, nil
}

// readBack notes the request as a prerequest script left it.
func (r *run) readBack() {
	if r.requestShown == nil || r.call.Listen != "prerequest" || !r.instance.sdk.Changed(r.requestShown) {
		return
	}
	req, err := r.instance.sdk.ReadRequest(r.requestShown)
	if err != nil {
		r.exception(r.instance.realm.Fault(r.script, err))
		return
	}
	changed := *r.call.Request
	if r.instance.opt.Compat && req.Body == nil && isUndefined(r.requestShown, "body") {
		req.Body = changed.Body // newman: what became of the request comes back as JSON, in which undefined is nothing new
	}
	changed.Request = req
	r.result.Request = &changed
}

// isUndefined says whether a property is undefined or not there.
func isUndefined(v goja.Value, name string) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	p := o.Get(name)
	return p == nil || goja.IsUndefined(p)
}

// cookieList shows cookies as a CookieList.
func (s *instance) cookieList(list []Cookie) goja.Value {
	return s.sdk.CookieList(sdkCookies(list))
}

// cookieObject shows one cookie.
func (s *instance) cookieObject(c Cookie) goja.Value {
	list := s.sdk.CookieList(sdkCookies([]Cookie{c}))
	first, ok := goja.AssertFunction(list.Get("idx"))
	if !ok {
		return goja.Undefined()
	}
	v, err := first(list, s.vm.ToValue(0))
	if err != nil {
		panic(s.realm.Rethrow(err))
	}
	return v
}

// Collection is require('postman-collection').
func (s *instance) Collection() goja.Value {
	module := s.sdk.Module()
	if scope, ok := module.Get("VariableScope").(*goja.Object); ok {
		s.class.Inherit(scope)
	}
	return module
}

// newTracker makes an empty MutationTracker.
func (s *instance) newTracker() *goja.Object {
	o, err := s.vm.New(s.sdk.Module().Get("MutationTracker"))
	if err != nil {
		panic(s.realm.Rethrow(err))
	}
	return o
}

// asList shows the entries of a scope as a PropertyList.
func (s *instance) asList(list []any) goja.Value {
	entries := s.vm.NewArray(list...)
	module := s.sdk.Module()
	shown, err := s.vm.New(module.Get("PropertyList"), module.Get("Variable"), goja.Undefined(), entries)
	if err != nil {
		return entries
	}
	return shown
}

// makeCookies is pm.cookies: the cookies of the request's URL, with jar().
func (r *run) makeCookies() goja.Value {
	s := r.instance
	list := s.cookieList(r.call.Cookies).ToObject(s.vm)
	s.env.Method(list, "jar", 0, func(goja.FunctionCall) goja.Value { return s.kept("cookie jar", s.makeJar) })
	return list
}

func (s *instance) makeJar() goja.Value {
	return jar.New(jar.Needs{
		Env: s.env, Loop: s.realm.Loop, List: s.cookieList, Cookie: s.cookieObject,
		Jar:    func() Jar { return s.cur.host.Jar() },
		Thrown: func(err error) goja.Value { return s.cur.thrownBy(err) },
	})
}
