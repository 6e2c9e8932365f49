package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) responseClass() *class {
	return &class{
		parent: "Property", to: true, needsID: true,
		init: func(o *goja.Object, a args) {
			s.initProperty(o, args{a.at(0)})
			s.updateResponse(o, s.object(a.at(0)))
		},
		methods: append(s.responseBodies(),
			method{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateResponse(this, s.object(a.at(0)))
				return nil
			}},
			method{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.baseJSON(this)
				unset(o, "_details")
				return o
			}},
			method{"reason", 0, func(this *goja.Object, _ args) goja.Value { return s.reason(this) }},
			method{"details", 0, s.details},
			method{"size", 0, s.responseSize},
			method{"encoding", 0, s.encoding},
			method{"contentInfo", 0, func(this *goja.Object, _ args) goja.Value {
				return s.contentObject(this)
			}},
			s.discontinued("mime", "`Response#mime` has been discontinued, use `Response#contentInfo` instead."),
		),
		statics: []method{
			s.isStatic("Response"),
			{"createFromNode", 2, s.responseFromNode},
			{"timingPhases", 1, s.timingPhases},
			s.discontinued("mimeInfo", "`Response.mimeInfo` has been discontinued, use `Response#contentInfo` instead."),
		},
	}
}

// responseFromNode makes a response of what Node's request library answers.
func (s *SDK) responseFromNode(_ *goja.Object, a args) goja.Value {
	from, o := a.at(0), s.vm.NewObject()
	set(o, "cookie", a.at(1))
	set(o, "body", s.vm.ToValue(text(field(from, "body"))))
	for _, of := range [][2]string{
		{"stream", "body"}, {"header", "headers"}, {"code", "statusCode"}, {"status", "statusMessage"}, {"responseTime", "elapsedTime"},
	} {
		set(o, of[0], field(from, of[1]))
	}
	return s.make("Response", o)
}

// timingPhases gives the durations, in ms, between the offsets of a response's timings.
func (s *SDK) timingPhases(_ *goja.Object, a args) goja.Value {
	offset := field(a.at(0), "offset")
	if !truthy(offset) {
		return goja.Undefined()
	}
	at := func(name string) float64 { return field(offset, name).ToFloat() }
	phases := s.vm.NewObject()
	put := func(name string, ms float64) { set(phases, name, s.vm.ToValue(ms)) }
	put("prepare", at("request"))
	put("wait", at("socket")-at("request"))
	put("dns", at("lookup")-at("socket"))
	put("tcp", at("connect")-at("lookup"))
	put("firstByte", at("response")-at("connect"))
	put("download", at("end")-at("response"))
	put("process", at("done")-at("end"))
	put("total", at("done"))
	if truthy(field(offset, "secureConnect")) {
		put("secureHandshake", at("secureConnect")-at("connect"))
		put("firstByte", at("response")-at("secureConnect"))
	}
	return phases
}

// discontinued is a method that only throws.
func (s *SDK) discontinued(name, message string) method {
	return method{name, 0, func(*goja.Object, args) goja.Value {
		s.throw(message)
		return nil
	}}
}

// responseBodies are the methods that read the body.
func (s *SDK) responseBodies() []method {
	return []method{
		{"text", 0, func(this *goja.Object, _ args) goja.Value {
			if body, ok := s.bodyOf(this); ok {
				return s.vm.ToValue(body)
			}
			return get(this, "body")
		}},
		{"json", 2, func(this *goja.Object, a args) goja.Value {
			body, ok := s.bodyOf(this)
			if !ok {
				panic(s.noJSON())
			}
			return s.revive(s.parseJSON(body), a.at(0))
		}},
		{"jsonp", 2, func(this *goja.Object, a args) goja.Value {
			body, _ := s.bodyOf(this)
			return s.revive(s.parseJSON(stripCall(body)), a.at(0))
		}},
		{"dataURI", 0, func(this *goja.Object, _ args) goja.Value { return s.vm.ToValue(s.dataURI(this)) }},
	}
}

// updateResponse takes what the SDK's constructor takes.
func (s *SDK) updateResponse(o, options *goja.Object) {
	code := get(options, "code")
	details := s.statusDetails(code)
	for _, key := range []string{"status", "reason"} { // reason wins, empty ones do not count
		if v := get(options, key); isString(v) && text(v) != "" {
			set(details, "name", v)
		}
	}
	set(o, "_details", details)
	s.define1(o, "originalRequest", s.maybe("Request", get(options, "originalRequest")))
	s.define1(o, "status", get(details, "name"))
	s.define1(o, "code", code)
	set(o, "headers", s.newList("HeaderList", "Header", o, get(options, "header")))
	s.define1(o, "body", get(options, "body"))
	stream := get(options, "stream")
	if body, ok := get(options, "body").(*goja.Object); ok {
		s.define1(o, "stream", body)
	} else if truthy(stream) {
		set(o, "stream", s.normalStream(stream))
	}
	set(o, "cookies", s.newList("CookieList", "Cookie", o, get(options, "cookie")))
	s.define1(o, "responseTime", get(options, "responseTime"))
	if b, ok := bytesOf(s.normalStream(stream)); ok {
		set(o, "responseSize", s.vm.ToValue(len(b)))
	}
}

// define1 sets a property unless the value is undefined.
func (s *SDK) define1(o *goja.Object, key string, v goja.Value) {
	if !goja.IsUndefined(v) {
		set(o, key, v)
	}
}

// maybe makes an instance of what is given, undefined of nothing.
func (s *SDK) maybe(class string, v goja.Value) goja.Value {
	if !truthy(v) {
		return goja.Undefined()
	}
	return s.make(class, v)
}

// reason is the status text, or the standard one of the code.
func (s *SDK) reason(o *goja.Object) goja.Value {
	if status := get(o, "status"); truthy(status) {
		return status
	}
	return s.orUndefined(standardReason(get(o, "code")))
}

// details returns a copy of name, code, detail and standardName.
func (s *SDK) details(this *goja.Object, _ args) goja.Value {
	details, ok := get(this, "_details").(*goja.Object)
	code := get(this, "code")
	if !ok || !get(details, "code").StrictEquals(code) {
		details = s.statusDetails(code)
		set(details, "code", code)
		set(this, "_details", details)
	}
	result := s.vm.NewObject()
	for _, key := range details.Keys() {
		set(result, key, get(details, key))
	}
	return result
}

// statusDetails says what a status code means; unknown codes have nothing but a code.
func (s *SDK) statusDetails(code goja.Value) *goja.Object {
	o := s.vm.NewObject()
	name := standardReason(code)
	if name != "" {
		set(o, "name", s.vm.ToValue(name))
		set(o, "detail", s.vm.ToValue(standardDetail(int(code.ToInteger()))))
	}
	if !isNil(code) {
		set(o, "code", code)
	}
	if name != "" {
		set(o, "standardName", s.vm.ToValue(name))
	}
	return o
}

// responseSize counts bytes: body, head, and both.
func (s *SDK) responseSize(this *goja.Object, _ args) goja.Value {
	headers := s.headerTexts(this)
	body := 0
	encoding := lower(headers("Content-Encoding"))
	packed := strings.Contains(encoding, "gzip") || strings.Contains(encoding, "deflate")
	length, numeric := number(headers("Content-Length"))
	stream, hasStream := s.streamBytes(this)
	st := s.state(this)
	switch {
	case st != nil && st.response != nil && st.response.Size > 0:
		body = int(st.response.Size)
	case packed && numeric:
		body = int(length)
	case hasStream:
		body = len(stream)
	case !isNil(get(this, "body")):
		body = len(text(get(this, "body")))
	}
	head := 0
	if st != nil && st.response != nil && st.response.HeaderSize > 0 {
		head = int(st.response.HeaderSize)
	} else {
		head = units("HTTP/X.X "+text(get(this, "code"))+" "+text(s.reason(this))+"\r\n\r\n") +
			units(s.unparseHeaders(get(this, "headers"), "\r\n"))
	}
	o := s.vm.NewObject()
	set(o, "body", s.vm.ToValue(body))
	set(o, "header", s.vm.ToValue(head))
	set(o, "total", s.vm.ToValue(body+head))
	return o
}

// encoding tells how the body was packed, by header or by its first bytes.
func (s *SDK) encoding(this *goja.Object, _ args) goja.Value {
	format, source := s.orUndefined(s.headerTexts(this)("Content-Encoding")), goja.Undefined()
	if truthy(format) {
		source = s.vm.ToValue("header")
	} else if b, ok := s.streamBytes(this); ok && len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 {
		format, source = s.vm.ToValue("gzip"), s.vm.ToValue("body")
	}
	o := s.vm.NewObject()
	set(o, "format", format)
	set(o, "source", source)
	return o
}
