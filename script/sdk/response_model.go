package sdk

import (
	"github.com/dop251/goja"
)

// Response makes pm.response. Its parts are built when a script first reads them; r's slices are not
// changed, and must not be while scripts use the object.
func (s *SDK) Response(r Response) *goja.Object {
	o := s.allocate(s.class("Response"))
	st := &state{response: &r, build: s.buildResponse}
	s.attach(o, st)
	id := r.ID
	if id == "" {
		id = s.newID()
	}
	set(o, "id", s.vm.ToValue(id))
	s.part(o, st, "_details")
	if r.Received {
		reason := r.Reason
		if reason == "" {
			reason = standardReason(s.vm.ToValue(r.Code))
		}
		if reason != "" {
			set(o, "status", s.vm.ToValue(reason))
		}
		set(o, "code", s.vm.ToValue(r.Code))
	}
	s.part(o, st, "headers")
	if r.Received {
		s.part(o, st, "stream")
	}
	s.part(o, st, "cookies")
	if r.Received {
		set(o, "responseTime", s.vm.ToValue(r.TimeMS))
		set(o, "responseSize", s.vm.ToValue(len(r.Body)))
	}
	s.defineTo(o)
	return o
}

func (s *SDK) buildResponse(o *goja.Object, key string) goja.Value {
	r := s.state(o).response
	switch key {
	case "_details":
		if !r.Received {
			return s.vm.NewObject()
		}
		details := s.statusDetails(s.vm.ToValue(r.Code))
		if r.Reason != "" {
			set(details, "name", s.vm.ToValue(r.Reason))
		}
		return details
	case "headers":
		return s.headers(o, r.Header)
	case "cookies":
		return s.cookies(o, r.Cookies)
	case "stream":
		return s.bytesValue(r.Body)
	}
	return goja.Undefined()
}

// defineTo gives an object the assertions under "to", where enumeration does not see them.
func (s *SDK) defineTo(o *goja.Object) {
	if s.to == nil {
		s.to = s.function(method{"get to", 0, func(this *goja.Object, _ args) goja.Value {
			if s.expect == nil {
				return nil
			}
			return get(s.object(s.expect(this)), "to")
		}})
	}
	_ = o.DefineAccessorProperty("to", s.to, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// uint8Array shows a copy of b, so that scripts cannot change a body that others read.
func (s *SDK) uint8Array(b []byte) goja.Value {
	buffer := s.vm.NewArrayBuffer(append([]byte(nil), b...))
	o, err := s.vm.New(s.engine.uint8Array, s.vm.ToValue(buffer))
	s.check(err)
	return o
}
