package collection

import (
	"math"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// request reads a URL alone or a request object. newman: what is missing or null is a GET of
// nothing, which fails when it runs. The result is never nil; faults are in r.err.
func (r *reader) request(n node) *Request {
	req := &Request{Method: "GET"}
	switch {
	case n.isNull():
		return req
	case n.isString():
		req.URL = ParseURL(n.Str)
		req.URL.Raw = n.Str
		return req
	case !n.isObject():
		r.wrong(n, "a request object or a URL")
		return req
	}
	o := n.object()
	// newman: null counts as missing and leaves GET.
	if m := o.get("method"); !m.isNull() {
		if m.Type == gjson.JSON {
			r.wrong(m, "a method")
		}
		req.Method = strings.ToUpper(m.text())
	}
	req.URL = r.url(o.get("url"))
	req.Header = r.headers(o.get("header"))
	req.Body = r.body(o.get("body"))
	req.Auth = r.auth(o.get("auth"))
	req.Description = description(o.get("description"))
	req.Name = o.get("name").text()
	req.Proxy = proxy(o.get("proxy"))
	req.Extra = o.extra("method", "url", "header", "body", "auth", "description", "name") // proxy is in Extra as well, so that an export has it as written
	return req
}

// proxy reads a request's own proxy, nil where it names none. newman: it is used for every
// URL, whatever its match and bypass say, and also when it is disabled.
func proxy(n node) *Proxy {
	if !n.isObject() {
		return nil
	}
	o := n.object()
	p := &Proxy{
		Port:    int(jsInt32(o.get("port"))),
		Tunnel:  o.get("tunnel").Type == gjson.True,
		HasUser: o.get("authenticate").Type == gjson.True,
	}
	if host := o.get("host"); host.isString() {
		// A host may be written as a URL; only its host counts. Its labels are joined as the
		// SDK does.
		p.Host = strings.Join(ParseURL(host.Str).Host, ".")
	}
	if p.Port == 0 {
		p.Port = 8080 // newman: ProxyConfig's default
	}
	if user := o.get("username"); user.isString() {
		p.User = user.Str
	}
	if password := o.get("password"); password.isString() {
		p.Password = password.Str
	}
	return p
}

// jsInt32 is a number, or a text of one, as a whole number; 0 where it is not a number or
// beyond 32 bits. Fractions are cut off, as JavaScript's >> 0 does.
func jsInt32(n node) int32 {
	f, err := strconv.ParseFloat(strings.TrimSpace(n.text()), 64)
	if err != nil || math.Abs(f) > math.MaxInt32 {
		return 0
	}
	return int32(f)
}

// headers reads a list, a text of lines, or a map of names and values. Null entries are
// skipped; entries that are no headers are errors.
func (r *reader) headers(n node) []Header {
	switch {
	case n.isString():
		return parseHeaders(n.Str)
	case n.isObject():
		return headerMap(n.object())
	case !n.truthy():
		return nil
	case !n.isArray():
		r.wrong(n, "a list of headers")
		return nil
	}
	var list []Header
	for _, e := range n.elements() {
		switch {
		case e.isNull():
		case e.isString(): // skipped
			// A text without a colon is a header without a value.
			key, value, _ := cutHeader(e.Str)
			list = append(list, Header{Key: key, Value: value})
		case e.isObject():
			list = append(list, r.header(e.object()))
		default:
			r.wrong(e, "a header")
		}
	}
	return list
}

// header reads one header line. A value that is an object or list becomes JavaScript's text
// of it, as newman sends it: [1,2] is "1,2".
func (r *reader) header(o object) Header {
	value := o.get("value").text()
	if o.get("value").Type == gjson.JSON {
		value = jsString(o.get("value").value())
	}
	if o.has("value") && o.get("value").isNull() && o.get("key").text() != "" {
		value = "null" // newman: the text of it goes out
	}
	return Header{
		Key:         o.get("key").text(),
		Value:       value,
		Disabled:    o.get("disabled").truthy(),
		System:      o.get("system").Type == gjson.True,
		Description: description(o.get("description")),
		Extra:       o.extra("key", "value", "disabled", "system", "description"),
	}
}

// headerMap reads {name: value}, where a list gives a header several times. newman: text
// values only, others are dropped; here numbers are sent too.
func headerMap(o object) []Header {
	var list []Header
	for _, f := range o.fields {
		if !f.val.isArray() {
			list = append(list, Header{Key: f.key, Value: f.val.text()})
			continue
		}
		for _, e := range f.val.elements() {
			list = append(list, Header{Key: f.key, Value: e.text()})
		}
	}
	return list
}

// parseHeaders reads lines of the form "Name: value"; others are dropped, and so are lines
// that begin with "// ", which is how Postman's bulk editor switches a header off.
func parseHeaders(text string) []Header {
	var list []Header
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		name, _, _ := strings.Cut(shield(line), ":")
		if strings.ContainsFunc(name, source.IsSpace) {
			continue // newman: a folded line, and one with white space in its name, is dropped
		}
		if key, value, ok := cutHeader(line); ok && key != "" && !strings.HasPrefix(strings.TrimSpace(line), "// ") {
			list = append(list, Header{Key: key, Value: value})
		}
	}
	return list
}

// cutHeader splits at the first colon outside placeholders, so that "{{a:b}}: c" has the name
// {{a:b}}. It reports false without a colon. newman splits "Host:a:80", written without a
// space, at the last one, which makes a name that no server accepts.
func cutHeader(line string) (key, value string, ok bool) {
	i := strings.IndexByte(shield(line), ':')
	if i < 0 {
		return strings.TrimSpace(line), "", false
	}
	return strings.TrimSpace(line[:i]), strings.TrimSpace(line[i+1:]), true
}
