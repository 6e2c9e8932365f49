package collection

import (
	"strings"

	"github.com/tidwall/gjson"
)

// responses1 turns format 1's saved examples into those of format 2, as JSON.
func (v *v1) responses1(n node) []byte {
	var j jsonWriter
	j.open('[')
	any := false
	for _, e := range n.elements() {
		if !e.isObject() {
			continue
		}
		any = true
		v.response1(&j, e.object())
	}
	j.close(']')
	if !any {
		return nil
	}
	return j.buf
}

func (v *v1) response1(j *jsonWriter, o object) {
	j.open('{')
	if name := o.get("name"); name.truthy() {
		j.text("name", name.text())
	}
	req := o.get("request")
	if req.isString() && strings.HasPrefix(req.Str, "{") && checkJSON(req.Str, 0) == nil {
		req.Result = gjson.Parse(req.Str)
	}
	switch {
	case req.isObject():
		original := v.request1(req.object(), nil).Request
		j.key("originalRequest")
		j.request(original)
	case req.isString() && req.Str != "":
		j.text("originalRequest", req.Str)
	}
	code := o.get("responseCode").object()
	if c := code.get("code"); c.truthy() {
		j.text("status", code.get("name").text())
		j.raw("code", compact(c.Raw))
	}
	j.headers("header", v.headers(o.get("headers")))
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
