package request

import (
	"errors"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/body"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/header"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/url"
)

// New makes pm.request. Its parts are built when a script first reads them; what r holds is
// not changed, and must not be while scripts use the object. The object has neither id nor
// name: those are the item's, and newman's pm.request has none either.
func New(s *core.SDK, r *collection.Request) *goja.Object {
	o := s.Allocate(s.Class("Request"))
	st := &core.State{Request: &core.RequestSource{Request: *r}, Build: func(o *goja.Object, key string) goja.Value { return buildRequest(s, o, key) }}
	st.Begin()
	s.Attach(o, st)
	if r.Description != "" {
		s.Part(o, st, "description")
	}
	s.Part(o, st, "url")
	s.Part(o, st, "headers")
	core.Set(o, "method", s.VM.ToValue(r.Method))
	if r.Body != nil {
		s.Part(o, st, "body")
	}
	if r.Auth != nil {
		s.Part(o, st, "auth")
	}
	// What was there at the beginning; reading the request back compares with it.
	st.Request.Parts = append([]string(nil), st.Parts...)
	s.DefineTo(o)
	return o
}

func buildRequest(s *core.SDK, o *goja.Object, key string) goja.Value {
	r := &s.State(o).Request.Request
	switch key {
	case "url":
		return url.New(s, r.URL)
	case "headers":
		return header.List(s, o, r.Header)
	case "body":
		return body.New(s, r.Body)
	case "auth":
		return newAuth(s, r.Auth)
	case "description":
		return s.Make("Description", s.VM.ToValue(r.Description))
	}
	return goja.Undefined()
}

// Changed says whether a script may have changed a request made by Request: a part that can be changed
// in place was read, or a property was written or removed. It takes less than a microsecond or two.
func Changed(s *core.SDK, o *goja.Object) bool {
	st := s.State(o)
	if st == nil || st.Request == nil || st.Touch {
		return true
	}
	for _, key := range st.Request.Parts {
		if !s.Has(o, key) {
			return true
		}
	}
	r := &st.Request.Request
	if !jsvalue.Get(o, "method").StrictEquals(s.VM.ToValue(r.Method)) || s.Has(o, "header") {
		return true
	}
	return r.Body == nil && s.Has(o, "body") || r.Auth == nil && s.Has(o, "auth")
}

// errNothing is newman's complaint about pm.sendRequest without a request.
var errNothing = errors.New("sendrequest: nothing to request")

// Read reads a request as a script left it or gave it to pm.sendRequest: a URL, an object in any
// form that collections allow, or a Request. Parts of a Request that no script has seen come back exactly
// as they were given to Request. It returns an error for nothing at all, and for what throws when read.
func Read(s *core.SDK, v goja.Value) (r collection.Request, err error) {
	if !jsvalue.Truthy(v) {
		return r, errNothing
	}
	if thrown := s.VM.Try(func() { r = readRequest(s, v) }); thrown != nil {
		return r, thrown
	}
	return r, nil
}

func readRequest(s *core.SDK, v goja.Value) collection.Request {
	o, ok := v.(*goja.Object)
	if !ok || !s.Is(o, "Request") {
		given := v
		if ok {
			given = property.ToJSON(s, o)
		}
		o = s.Make("Request", given)
	}
	st := s.State(o)
	var r collection.Request
	if st != nil && st.Request != nil {
		r = st.Request.Request
	}
	still := func(key string) bool { return st.Pending(key) && s.Has(o, key) }
	r.Method = methodOf(jsvalue.Get(o, "method"))
	if !still("url") {
		raw := r.URL.Raw
		r.URL = url.Read(s, s.Make("Url", property.ToJSON(s, jsvalue.Get(o, "url"))))
		r.URL.Raw = raw
	}
	if !still("headers") || s.Has(o, "header") {
		r.Header = header.Read(s, headerList(s, o))
	}
	if !still("body") {
		r.Body = body.Read(s, jsvalue.Get(o, "body"))
	}
	if !still("auth") {
		r.Auth = readAuth(s, jsvalue.Get(o, "auth"))
	}
	if !still("description") {
		r.Description = property.DescriptionText(o)
	}
	return r
}

// headerList is the list of headers. newman reads a request that a script changed from its JSON, so an
// array put into header counts and one put into headers does not.
func headerList(s *core.SDK, o *goja.Object) goja.Value {
	if given := jsvalue.Get(o, "header"); jsvalue.Truthy(given) {
		return property.NewList(s, "HeaderList", "Header", o, given)
	}
	if list := jsvalue.Get(o, "headers"); s.Is(list, "PropertyList") {
		return list
	}
	return goja.Undefined()
}
