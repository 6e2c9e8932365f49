package collection

import (
	"strings"

	"github.com/tidwall/gjson"
)

// responses1 turns format 1's saved examples into those of format 2, as JSON.
func responses1(n node) []byte {
	var j jsonWriter
	j.open('[')
	any := false
	for _, e := range n.elements() {
		if !e.isObject() {
			continue
		}
		any = true
		response1(&j, e.object())
	}
	j.close(']')
	if !any {
		return nil
	}
	return j.buf
}

func response1(j *jsonWriter, o object) {
	j.open('{')
	if name := o.get("name"); name.truthy() {
		j.text("name", name.text())
	}
	req := o.get("request")
	if req.isString() && strings.HasPrefix(req.Str, "{") && checkJSON(req.Str, 0) == nil {
		req = newNode(gjson.Parse(req.Str))
	}
	switch {
	case req.isObject():
		// An example's oddities break no run: they are read apart, and errors are dropped.
		apart := &v1{reader: &reader{src: &source{}, newID: func() string { return "" }}}
		j.key("originalRequest")
		j.request(apart.request1(req.object(), nil).Request)
	case req.isString() && req.Str != "":
		j.text("originalRequest", req.Str)
	}
	code := o.get("responseCode").object()
	if c := code.get("code"); c.truthy() {
		j.text("status", code.get("name").text())
		j.raw("code", compact(c.Raw))
	}
	apart := &reader{src: &source{}}
	j.headers("header", apart.headers(o.get("headers")))
	j.raw("cookie", rawOr(o.get("cookies"), "[]"))
	if text := o.get("text"); text.isString() {
		j.text("body", text.Str)
	}
	j.close('}')
}

func rawOr(n node, other string) string {
	if n.isArray() {
		return compact(n.Raw)
	}
	return other
}
