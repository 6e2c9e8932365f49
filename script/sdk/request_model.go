package sdk

import (
	"errors"

	"github.com/dop251/goja"

	"posthaste/collection"
)

// requestSource is what a pm.request was made from.
type requestSource struct {
	request collection.Request
	parts   []string // that the object had to begin with
}

// Request makes pm.request. Its parts are built when a script first reads them; what r holds is not
// changed, and must not be while scripts use the object. id and name are left out when empty.
func (s *SDK) Request(r *collection.Request, id, name string) *goja.Object {
	o := s.allocate(s.class("Request"))
	st := &state{request: &requestSource{request: *r}, build: s.buildRequest}
	s.attach(o, st)
	if id != "" {
		set(o, "id", s.vm.ToValue(id))
	}
	if name != "" {
		set(o, "name", s.vm.ToValue(name))
	}
	if r.Description != "" {
		s.part(o, st, "description")
	}
	s.part(o, st, "url")
	s.part(o, st, "headers")
	set(o, "method", s.vm.ToValue(r.Method))
	if r.Body != nil {
		s.part(o, st, "body")
	}
	if r.Auth != nil {
		s.part(o, st, "auth")
	}
	st.request.parts = append([]string(nil), st.parts...)
	s.defineTo(o)
	return o
}

func (s *SDK) buildRequest(o *goja.Object, key string) goja.Value {
	r := &s.state(o).request.request
	switch key {
	case "url":
		return s.newURL(r.URL)
	case "headers":
		return s.headers(o, r.Header)
	case "body":
		return s.newBody(r.Body)
	case "auth":
		return s.newAuth(r.Auth)
	case "description":
		return s.make("Description", s.vm.ToValue(r.Description))
	}
	return goja.Undefined()
}

// Changed tells whether a script may have changed a request made by Request: a part that can be changed
// in place was read, or a property was written or removed. It takes less than a microsecond or two.
func (s *SDK) Changed(o *goja.Object) bool {
	st := s.state(o)
	if st == nil || st.request == nil || st.touch {
		return true
	}
	for _, key := range st.request.parts {
		if !s.has(o, key) {
			return true
		}
	}
	r := &st.request.request
	if !get(o, "method").StrictEquals(s.vm.ToValue(r.Method)) || s.has(o, "header") {
		return true
	}
	return r.Body == nil && s.has(o, "body") || r.Auth == nil && s.has(o, "auth")
}

// errNothing is newman's complaint about pm.sendRequest without a request.
var errNothing = errors.New("sendrequest: nothing to request")

// ReadRequest reads a request as a script left it or gave it to pm.sendRequest: a URL, an object in any
// form that collections allow, or a Request. Parts of a Request that no script has seen come back exactly
// as they were given to Request. It returns an error for nothing at all, and for what throws when read.
func (s *SDK) ReadRequest(v goja.Value) (r collection.Request, err error) {
	if !truthy(v) {
		return r, errNothing
	}
	if thrown := s.vm.Try(func() { r = s.readRequest(v) }); thrown != nil {
		return r, thrown
	}
	return r, nil
}

func (s *SDK) readRequest(v goja.Value) collection.Request {
	o, ok := v.(*goja.Object)
	if !ok || !s.is(o, "Request") {
		given := v
		if ok {
			given = s.toJSON(o)
		}
		o = s.make("Request", given)
	}
	st := s.state(o)
	var r collection.Request
	if st != nil && st.request != nil {
		r = st.request.request
	}
	still := func(key string) bool { return st.pending(key) && s.has(o, key) }
	r.Method = methodOf(get(o, "method"))
	if !still("url") {
		raw := r.URL.Raw
		r.URL = s.readURL(s.make("Url", s.toJSON(get(o, "url"))))
		r.URL.Raw = raw
	}
	if !still("headers") || s.has(o, "header") {
		r.Header = s.readHeaders(s.headerList(o))
	}
	if !still("body") {
		r.Body = s.readBody(get(o, "body"))
	}
	if !still("auth") {
		r.Auth = s.readAuth(get(o, "auth"))
	}
	if !still("description") {
		r.Description = description(o)
	}
	return r
}

// headerList is the list of headers. newman reads a request that a script changed from its JSON, so an
// array put into header counts and one put into headers does not.
func (s *SDK) headerList(o *goja.Object) goja.Value {
	if given := get(o, "header"); truthy(given) {
		return s.newList("HeaderList", "Header", o, given)
	}
	if list := get(o, "headers"); s.is(list, "PropertyList") {
		return list
	}
	return goja.Undefined()
}
