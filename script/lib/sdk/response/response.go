// Package response is the class Response, and pm.response.
//
// The body stays bytes until a script asks for text or JSON. JSON of a large body is made part by part, see lazy.
package response

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/header"
	"posthaste/script/lib/sdk/property"
)

// Class describes Response. pm.response is one; scripts make others of saved examples with
// new Response().
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "Property", To: true, NeedsID: true, Keep: []string{"json", "text"},
		Init: func(o *goja.Object, a core.Args) {
			property.Init(s, o, core.Args{a.At(0)})
			updateResponse(s, o, s.Object(a.At(0)))
		},
		Methods: append(responseBodies(s),
			core.Method{Name: "update", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateResponse(s, this, s.Object(a.At(0)))
				return nil
			}},
			core.Method{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				o := property.JSON(s, this)
				// Internal, but enumerable for the SDK's own sake.
				property.Unset(o, "_details")
				return o
			}},
			core.Method{Name: "reason", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return reason(s, this) }},
			core.Method{Name: "details", Length: 0, Fn: func(this *goja.Object, p1 core.Args) goja.Value { return details(s, this, p1) }},
			core.Method{Name: "size", Length: 0, Fn: func(this *goja.Object, p1 core.Args) goja.Value { return responseSize(s, this, p1) }},
			core.Method{Name: "encoding", Length: 0, Fn: func(this *goja.Object, p1 core.Args) goja.Value { return encoding(s, this, p1) }},
			core.Method{Name: "contentInfo", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return contentObject(s, this)
			}},
			s.Discontinued("mime", "`Response#mime` has been discontinued, use `Response#contentInfo` instead."),
		),
		Statics: []core.Method{
			s.IsStatic("Response"),
			{Name: "createFromNode", Length: 2, Fn: func(p0 *goja.Object, a core.Args) goja.Value { return responseFromNode(s, p0, a) }},
			{Name: "timingPhases", Length: 1, Fn: func(p0 *goja.Object, a core.Args) goja.Value { return timingPhases(s, p0, a) }},
			s.Discontinued("mimeInfo", "`Response.mimeInfo` has been discontinued, use `Response#contentInfo` instead."),
		},
	}
}

// responseFromNode is Response.createFromNode: it makes a response of what Node's request
// library returns, and of cookies. Only fields are renamed; nothing is checked.
func responseFromNode(s *core.SDK, _ *goja.Object, a core.Args) goja.Value {
	from, o := a.At(0), s.VM.NewObject()
	core.Set(o, "cookie", a.At(1))
	// The body as text too, which the SDK computes whatever the body is.
	core.Set(o, "body", s.VM.ToValue(core.Text(jsvalue.Field(from, "body"))))
	for _, of := range [][2]string{
		{"stream", "body"}, {"header", "headers"}, {"code", "statusCode"}, {"status", "statusMessage"}, {"responseTime", "elapsedTime"},
	} {
		core.Set(o, of[0], jsvalue.Field(from, of[1]))
	}
	return s.Make("Response", o)
}

// timingPhases is Response.timingPhases: the durations, in ms, between the offsets of a
// response's timings. Without offsets it is undefined. A missing offset makes NaN of the
// phases that need it.
func timingPhases(s *core.SDK, _ *goja.Object, a core.Args) goja.Value {
	offset := jsvalue.Field(a.At(0), "offset")
	if !jsvalue.Truthy(offset) {
		return goja.Undefined()
	}
	at := func(name string) float64 { return jsvalue.Field(offset, name).ToFloat() }
	phases := s.VM.NewObject()
	put := func(name string, ms float64) { core.Set(phases, name, s.VM.ToValue(ms)) }
	put("prepare", at("request"))
	put("wait", at("socket")-at("request"))
	put("dns", at("lookup")-at("socket"))
	put("tcp", at("connect")-at("lookup"))
	put("firstByte", at("response")-at("connect"))
	put("download", at("end")-at("response"))
	put("process", at("done")-at("end"))
	put("total", at("done"))
	// A TLS handshake lies between connect and the first byte, so that phase is shorter then.
	if jsvalue.Truthy(jsvalue.Field(offset, "secureConnect")) {
		put("secureHandshake", at("secureConnect")-at("connect"))
		put("firstByte", at("response")-at("secureConnect"))
	}
	return phases
}

// responseBodies are the methods that read the body: text, json, jsonp and dataURI. All of
// them read it again at each call, since a script may assign to body and stream.
func responseBodies(s *core.SDK) []core.Method {
	return []core.Method{
		{Name: "text", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			if body, ok := bodyOf(s, this); ok {
				return s.VM.ToValue(body)
			}
			return jsvalue.Get(this, "body")
		}},
		{Name: "json", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
			body, ok := bodyOf(s, this)
			if !ok {
				// json() without a body fails with the JSONError that the SDK's parser gives
				// for undefined.
				panic(s.NoJSON())
			}
			return revive(s, s.ParseJSON(body), a.At(0))
		}},
		{Name: "jsonp", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
			body, _ := bodyOf(s, this)
			return revive(s, s.ParseJSON(stripCall(body)), a.At(0))
		}},
		{Name: "dataURI", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return s.VM.ToValue(dataURI(s, this)) }},
	}
}

// updateResponse takes what the SDK's constructor takes: code, status or reason, header, body
// or stream, cookie, responseTime, originalRequest. Header and cookies are replaced even when
// options has none.
func updateResponse(s *core.SDK, o, options *goja.Object) {
	code := jsvalue.Get(options, "code")
	details := statusDetails(s, code)
	for _, key := range []string{"status", "reason"} { // reason wins, empty ones do not count
		if v := jsvalue.Get(options, key); jsvalue.IsString(v) && core.Text(v) != "" {
			core.Set(details, "name", v)
		}
	}
	core.Set(o, "_details", details)
	s.Define1(o, "originalRequest", s.Maybe("Request", jsvalue.Get(options, "originalRequest")))
	s.Define1(o, "status", jsvalue.Get(details, "name"))
	s.Define1(o, "code", code)
	core.Set(o, "headers", property.NewList(s, "HeaderList", "Header", o, jsvalue.Get(options, "header")))
	s.Define1(o, "body", jsvalue.Get(options, "body"))
	stream := jsvalue.Get(options, "stream")
	// An object as the body is the bytes of it, whatever stream says.
	if body, ok := jsvalue.Get(options, "body").(*goja.Object); ok {
		s.Define1(o, "stream", body)
	} else if jsvalue.Truthy(stream) {
		core.Set(o, "stream", normalStream(s, stream))
	}
	core.Set(o, "cookies", property.NewList(s, "CookieList", "Cookie", o, jsvalue.Get(options, "cookie")))
	s.Define1(o, "responseTime", jsvalue.Get(options, "responseTime"))
	// The size is known only when there are bytes.
	if b, ok := bytesOf(normalStream(s, stream)); ok {
		core.Set(o, "responseSize", s.VM.ToValue(len(b)))
	}
}

// reason is the status text, or the standard one of the code; undefined for codes that have
// none.
func reason(s *core.SDK, o *goja.Object) goja.Value {
	if status := jsvalue.Get(o, "status"); jsvalue.Truthy(status) {
		return status
	}
	return s.OrUndefined(standardReason(jsvalue.Get(o, "code")))
}

// details returns a copy of name, code, detail and standardName. They are made again when a
// script has changed the code since, so name and code always match.
func details(s *core.SDK, this *goja.Object, _ core.Args) goja.Value {
	details, ok := jsvalue.Get(this, "_details").(*goja.Object)
	code := jsvalue.Get(this, "code")
	if !ok || !jsvalue.Get(details, "code").StrictEquals(code) {
		details = statusDetails(s, code)
		core.Set(details, "code", code)
		core.Set(this, "_details", details)
	}
	result := s.VM.NewObject()
	for _, key := range details.Keys() {
		core.Set(result, key, jsvalue.Get(details, key))
	}
	return result
}

// statusDetails says what a status code means; unknown codes have nothing but a code. The
// order of the keys is the SDK's.
func statusDetails(s *core.SDK, code goja.Value) *goja.Object {
	o := s.VM.NewObject()
	name := standardReason(code)
	if name != "" {
		core.Set(o, "name", s.VM.ToValue(name))
		core.Set(o, "detail", s.VM.ToValue(standardDetail(int(code.ToInteger()))))
	}
	if !jsvalue.IsNullish(code) {
		core.Set(o, "code", code)
	}
	if name != "" {
		core.Set(o, "standardName", s.VM.ToValue(name))
	}
	return o
}

// responseSize counts bytes: body, head, and both together, as {body, header, total}. The
// body is counted as it was on the wire, compressed.
func responseSize(s *core.SDK, this *goja.Object, _ core.Args) goja.Value {
	headers := headerTexts(s, this)
	body := 0
	encoding := core.Lower(headers("Content-Encoding"))
	packed := strings.Contains(encoding, "gzip") || strings.Contains(encoding, "deflate")
	length, numeric := number(headers("Content-Length"))
	stream, hasStream := streamBytes(s, this)
	st := s.State(this)
	// What the transport counted goes first. For responses that scripts made, the SDK's own
	// guess follows: Content-Length if the body was packed, or the length of the body.
	switch {
	case st != nil && st.Response != nil && st.Response.Size > 0:
		body = int(st.Response.Size)
	case packed && numeric:
		body = int(length)
	case hasStream:
		body = len(stream)
	case !jsvalue.IsNullish(jsvalue.Get(this, "body")):
		body = len(core.Text(jsvalue.Get(this, "body")))
	}
	head := 0
	// The SDK adds the head up from its texts, with "HTTP/X.X" as the version because it does
	// not know it.
	if st != nil && st.Response != nil && st.Response.HeaderSize > 0 {
		head = int(st.Response.HeaderSize)
	} else {
		head = core.Units("HTTP/X.X "+core.Text(jsvalue.Get(this, "code"))+" "+core.Text(reason(s, this))+"\r\n\r\n") +
			core.Units(header.Unparse(s, jsvalue.Get(this, "headers"), "\r\n"))
	}
	o := s.VM.NewObject()
	core.Set(o, "body", s.VM.ToValue(body))
	core.Set(o, "header", s.VM.ToValue(head))
	core.Set(o, "total", s.VM.ToValue(body+head))
	return o
}

// encoding says how the body was compressed: {format, source}, by header or, for gzip, by its
// first three bytes. Both are undefined for a body that was not.
func encoding(s *core.SDK, this *goja.Object, _ core.Args) goja.Value {
	format, source := s.OrUndefined(headerTexts(s, this)("Content-Encoding")), goja.Undefined()
	if jsvalue.Truthy(format) {
		source = s.VM.ToValue("header")
		// RFC 1952: two identification bytes and the method deflate.
	} else if b, ok := streamBytes(s, this); ok && len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 {
		format, source = s.VM.ToValue("gzip"), s.VM.ToValue("body")
	}
	o := s.VM.NewObject()
	core.Set(o, "format", format)
	core.Set(o, "source", source)
	return o
}
