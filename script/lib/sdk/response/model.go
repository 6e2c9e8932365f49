package response

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/sdk/cookie"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/header"
	"posthaste/script/lib/sdk/property"
)

// New makes pm.response. Its parts are built when a script first reads them; r's slices are
// not changed, and must not be while scripts use the object. A response that was not received
// (r.Received is false) has no code, no body and no time, as in Postman after a failed
// request.
func New(s *core.SDK, r core.Response) *goja.Object {
	o := s.Allocate(s.Class("Response"))
	if s.Response == nil {
		s.Response = func(o *goja.Object, key string) goja.Value { return buildResponse(s, o, key) }
	}
	held := &struct { // one allocation for both
		core.State
		response core.Response
	}{response: r}
	st := &held.State
	st.Response, st.Build = &held.response, s.Response
	st.Begin()
	s.Attach(o, st)
	id := r.ID
	if id == "" {
		id = property.NewID(s)
	}
	core.Set(o, "id", s.VM.ToValue(id))
	// The order of parts and values is the order of keys in JSON.stringify(pm.response),
	// which people log.
	s.Part(o, st, "_details")
	if r.Received {
		if reason := reasonText(s, &r); reason != "" {
			core.Set(o, "status", s.VM.ToValue(reason))
		}
		core.Set(o, "code", s.VM.ToValue(r.Code))
	}
	s.Part(o, st, "headers")
	if r.Received {
		s.Part(o, st, "stream")
	}
	s.Part(o, st, "cookies")
	if r.Received {
		core.Set(o, "responseTime", s.VM.ToValue(r.TimeMS))    // ms
		core.Set(o, "responseSize", s.VM.ToValue(len(r.Body))) // bytes, after decompression
	}
	s.DefineTo(o)
	return o
}

// buildResponse makes a part when a script first reads it. An unknown key is undefined.
func buildResponse(s *core.SDK, o *goja.Object, key string) goja.Value {
	r := s.State(o).Response
	switch key {
	case "_details":
		if !r.Received {
			return s.VM.NewObject()
		}
		// The reason on the status line goes before the standard one, as newman has it.
		details := statusDetails(s, s.VM.ToValue(r.Code))
		if r.Reason != "" {
			core.Set(details, "name", s.VM.ToValue(r.Reason))
		}
		return details
	case "headers":
		return header.List(s, o, r.Header)
	case "cookies":
		return cookie.List(s, o, r.Cookies)
	case "stream":
		return bytesValue(s, r.Body)
	}
	return goja.Undefined()
}

// uint8Array shows a copy of b, so that scripts cannot change a body that others read, such
// as a report.
func uint8Array(s *core.SDK, b []byte) goja.Value {
	buffer := s.VM.NewArrayBuffer(append([]byte(nil), b...))
	o, err := s.VM.New(s.Engine.Uint8Array, s.VM.ToValue(buffer))
	s.Check(err)
	return o
}
