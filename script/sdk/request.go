package sdk

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) requestClass() *class {
	return &class{
		parent: "Property", to: true, init: s.initRequest,
		methods: append(s.requestHeaders(),
			method{"update", 1, func(this *goja.Object, a args) goja.Value {
				s.updateRequest(this, a.at(0))
				return nil
			}},
			method{"authorizeUsing", 2, s.authorize},
			method{"addQueryParams", 1, func(this *goja.Object, a args) goja.Value {
				return s.invoke(s.object(get(this, "url")), "addQueryParams", a.at(0))
			}},
			method{"removeQueryParams", 1, func(this *goja.Object, a args) goja.Value {
				return s.invoke(s.object(get(this, "url")), "removeQueryParams", a.at(0))
			}},
			method{"size", 0, s.requestSize},
			method{"toJSON", 0, func(this *goja.Object, _ args) goja.Value { return s.requestJSON(this) }},
			method{"clone", 0, func(this *goja.Object, _ args) goja.Value {
				return s.make("Request", s.requestJSON(this))
			}},
		),
		statics: []method{s.isStatic("Request")},
	}
}

func (s *SDK) requestHeaders() []method {
	headers := func(this *goja.Object) list { return s.list(s.object(get(this, "headers"))) }
	return []method{
		{"getHeaders", 1, func(this *goja.Object, a args) goja.Value {
			o := a.at(0)
			return s.listObject(headers(this), args{
				field(o, "enabled"), s.vm.ToValue(!truthy(field(o, "ignoreCase"))),
				field(o, "multiValue"), field(o, "sanitizeKeys"),
			})
		}},
		{"forEachHeader", 1, func(this *goja.Object, a args) goja.Value {
			for _, h := range headers(this).members() {
				s.call(a.at(0), goja.Undefined(), h, this)
			}
			return nil
		}},
		{"addHeader", 1, func(this *goja.Object, a args) goja.Value {
			headers(this).add(args{a.at(0)})
			return nil
		}},
		{"upsertHeader", 1, func(this *goja.Object, a args) goja.Value {
			key := field(a.at(0), "key")
			if !truthy(key) {
				return nil
			}
			l := headers(this)
			for _, h := range l.members() { // spelled alike, not only named alike
				if field(h, "key").StrictEquals(key) {
					set(s.object(h), "value", field(a.at(0), "value"))
					return nil
				}
			}
			l.add(args{a.at(0)})
			return nil
		}},
		{"removeHeader", 2, func(this *goja.Object, a args) goja.Value {
			key := a.at(0)
			if !isString(key) {
				key = field(key, "key")
			}
			if !truthy(key) {
				return nil
			}
			ignoreCase := truthy(field(a.at(1), "ignoreCase"))
			headers(this).removeWhere(func(h goja.Value) bool {
				name := text(field(h, "key"))
				return name == text(key) || ignoreCase && strings.EqualFold(name, text(key))
			})
			return nil
		}},
	}
}

// initRequest takes a URL, or an object with url, method, header, body and auth.
func (s *SDK) initRequest(o *goja.Object, a args) {
	options := a.at(0)
	s.initProperty(o, args{options})
	if isString(options) {
		given := s.vm.NewObject()
		set(given, "url", options)
		options = given
	}
	set(o, "url", s.make("Url"))
	set(o, "headers", s.newList("HeaderList", "Header", o, goja.Undefined()))
	set(o, "method", s.vm.ToValue(methodOf(field(options, "method"))))
	s.updateRequest(o, options)
}

func methodOf(v goja.Value) string {
	if isNil(v) {
		return "GET"
	}
	return strings.ToUpper(text(v))
}

func (s *SDK) updateRequest(o *goja.Object, v goja.Value) {
	options, ok := v.(*goja.Object)
	if !ok {
		return
	}
	if s.has(options, "url") {
		if u, ok := get(o, "url").(*goja.Object); ok {
			s.updateURL(u, get(options, "url"))
		}
	}
	if header := get(options, "header"); truthy(header) {
		l := s.list(s.object(get(o, "headers")))
		l.clear()
		l.populate(header)
	}
	if s.has(options, "method") {
		set(o, "method", s.vm.ToValue(methodOf(get(options, "method"))))
	}
	if s.has(options, "body") {
		set(o, "body", s.make("RequestBody", get(options, "body")))
	}
	for _, part := range [][2]string{{"auth", "RequestAuth"}, {"proxy", "ProxyConfig"}, {"certificate", "Certificate"}} {
		if v := get(options, part[0]); truthy(v) {
			set(o, part[0], s.make(part[1], v))
		}
	}
}

func (s *SDK) requestJSON(o *goja.Object) *goja.Object {
	result := s.baseJSON(o)
	if header := get(result, "header"); isArray(header) && len(items(header)) == 0 {
		unset(result, "header")
	}
	return result
}

// requestSize counts the bytes of head and body; a Content-Length header is believed.
func (s *SDK) requestSize(this *goja.Object, _ args) goja.Value {
	headers := s.object(get(this, "headers"))
	size, source := 0, "COMPUTED"
	length := s.list(headers).value("Content-Length")
	if n, err := strconv.ParseFloat(s.textOr(length), 64); err == nil {
		size, source = int(n), "CONTENT-LENGTH"
	} else if body, ok := get(this, "body").(*goja.Object); ok {
		size = len(body.String())
	}
	target := "/"
	if u, ok := get(this, "url").(*goja.Object); ok && s.is(u, "Url") {
		target = text(s.invoke(u, "getPathWithQuery"))
	}
	head := units(text(get(this, "method"))+" "+target+" HTTP/X.X\r\n\r\n") + units(s.unparseHeaders(headers, "\r\n"))
	o := s.vm.NewObject()
	set(o, "body", s.vm.ToValue(size))
	set(o, "header", s.vm.ToValue(head))
	set(o, "total", s.vm.ToValue(size+head))
	set(o, "source", s.vm.ToValue(source))
	return o
}
