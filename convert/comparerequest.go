package convert

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/write"
)

// address shows what is sent of a URL, and what its parts say beyond that.
func address(u collection.URL) string {
	var b strings.Builder
	u = u.OrRaw()
	fmt.Fprintf(&b, "%q %q\n", u.String(), u.Resolved())
	for _, p := range u.Query {
		fmt.Fprintf(&b, "%q=%q %v %v %v %q\n", p.Key, p.Value, p.NoKey, p.NoValue, p.Disabled, p.Description)
	}
	for _, v := range u.Variables {
		value := collection.Variable{Value: v.Value, Type: v.Type}.Typed()
		if text := value.String(); value.IsString() && text != "" || v.Description != "" || v.Disabled {
			key := v.Key
			if key == "" {
				key = v.ID
			}
			fmt.Fprintf(&b, ":%q=%q %v %q\n", key, text, v.Disabled, v.Description)
		}
	}
	return b.String()
}

func headers(list []collection.Header) string {
	var b strings.Builder
	for _, h := range list {
		fmt.Fprintf(&b, "%q: %q %v %q\n", h.Key, h.Value, h.Disabled, h.Description)
	}
	return b.String()
}

// body shows what a body would send.
func body(q *collection.Request) string {
	b := q.Body
	if b == nil || b.Mode == "" {
		return ""
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%s %v ", b.Mode, b.Disabled)
	switch b.Mode {
	case "raw":
		fmt.Fprintf(&s, "%s %q", write.RawLanguage(q), b.Raw)
	case "urlencoded":
		for _, p := range b.URLEncoded {
			null := p.Value.Kind() == collection.Null || p.Value.Kind() == collection.Undefined
			value := p.Value.String()
			if null {
				value = ""
			}
			fmt.Fprintf(&s, "%q=%q %v %v %q\n", p.Key, value, null, p.Disabled, p.Description)
		}
	case "formdata":
		for _, p := range b.FormData {
			value := p.Value.String()
			if p.Type == "file" || p.Value.Kind() == collection.Null {
				value = ""
			}
			fmt.Fprintf(&s, "%q=%q %v %q %v %q %q %v %q\n", p.Key, value, p.Type == "file", p.Src, p.SrcList, p.FileName, p.ContentType, p.Disabled, p.Description)
		}
	case "file":
		if b.File != nil {
			fmt.Fprintf(&s, "%q %v %q", b.File.Src, b.File.HasContent, b.File.Content)
		} else {
			s.WriteString(`"" false ""`)
		}
	case "graphql":
		if g := b.GraphQL; g != nil {
			variables := g.Variables.String()
			if g.Variables.Kind() == collection.Null {
				variables = ""
			}
			fmt.Fprintf(&s, "%q %q %q", g.Query, g.OperationName, variables)
		}
	}
	return s.String()
}

// behavior shows the keys that change anything.
func behavior(b collection.Behavior) string {
	var s strings.Builder
	for _, key := range slices.Sorted(maps.Keys(b)) {
		v := b[key]
		if key == "disableBodyPruning" || !v.Truthy() && key != "strictSSL" && key != "followRedirects" && key != "maxRedirects" {
			continue
		}
		text := v.JSONText()
		if text == "[]" || text == "{}" {
			continue
		}
		if key == "disabledSystemHeaders" {
			text = disabled(text)
		}
		if text != "" {
			fmt.Fprintf(&s, "%s=%s\n", key, text)
		}
	}
	return s.String()
}

// disabled lists the names that are switched off. A name with the value false is the same as a name that is missing.
func disabled(raw string) string {
	var m map[string]any
	if json.Unmarshal([]byte(raw), &m) != nil {
		return raw
	}
	maps.DeleteFunc(m, func(_ string, v any) bool { return v == false })
	return strings.Join(slices.Sorted(maps.Keys(m)), ",")
}

// examples shows saved examples without what Postman makes up.
func examples(raw []byte) string {
	var list []struct {
		Name    string
		Status  string
		Code    json.RawMessage
		Body    *string
		Request json.RawMessage `json:"originalRequest"`
		Header  json.RawMessage
	}
	if json.Unmarshal(raw, &list) != nil {
		return string(raw)
	}
	var b strings.Builder
	for _, e := range list {
		text := ""
		if e.Body != nil {
			text = *e.Body
		}
		if e.Name == "" {
			e.Name = "Example"
		}
		if code, err := strconv.Atoi(string(e.Code)); err == nil && e.Status == "" {
			e.Status = http.StatusText(code)
		}
		fmt.Fprintf(&b, "%q %q %s %q\n", e.Name, e.Status, e.Code, text)
		q := exampleRequest(e.Request)
		if q != nil {
			fmt.Fprintf(&b, "%s %s%s%s\n", q.Method, address(q.URL), headers(q.Header), body(q))
		}
		if h := exampleRequest([]byte(`{"header":` + string(e.Header) + `}`)); h != nil {
			b.WriteString(headers(h.Header))
		}
	}
	return b.String()
}

// exampleRequest reads the request of an example by the same reader as any other, so that both are compared alike.
func exampleRequest(raw []byte) *collection.Request {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	c, err := collection.Parse("", []byte(`{"request":`+string(raw)+`}`), collection.Options{NewID: func() string { return "-" }})
	if err != nil || len(c.Items) != 1 {
		return nil
	}
	return c.Items[0].Request
}
