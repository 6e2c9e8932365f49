package response

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/sdk/cookie"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/header"
	"posthaste/script/lib/sdk/property"
)

// New makes pm.response. Its parts are built when a script first reads them; r's slices are not
// changed, and must not be while scripts use the object.
func New(s *core.SDK, r core.Response) *goja.Object {
	o := s.Allocate(s.Class("Response"))
	st := &core.State{Response: &r, Build: func(o *goja.Object, key string) goja.Value { return buildResponse(s, o, key) }}
	s.Attach(o, st)
	id := r.ID
	if id == "" {
		id = property.NewID(s)
	}
	core.Set(o, "id", s.VM.ToValue(id))
	s.Part(o, st, "_details")
	if r.Received {
		reason := r.Reason
		if reason == "" {
			reason = standardReason(s.VM.ToValue(r.Code))
		}
		if reason != "" {
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
		core.Set(o, "responseTime", s.VM.ToValue(r.TimeMS))
		core.Set(o, "responseSize", s.VM.ToValue(len(r.Body)))
	}
	s.DefineTo(o)
	return o
}

func buildResponse(s *core.SDK, o *goja.Object, key string) goja.Value {
	r := s.State(o).Response
	switch key {
	case "_details":
		if !r.Received {
			return s.VM.NewObject()
		}
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

// uint8Array shows a copy of b, so that scripts cannot change a body that others read.
func uint8Array(s *core.SDK, b []byte) goja.Value {
	buffer := s.VM.NewArrayBuffer(append([]byte(nil), b...))
	o, err := s.VM.New(s.Engine.Uint8Array, s.VM.ToValue(buffer))
	s.Check(err)
	return o
}
