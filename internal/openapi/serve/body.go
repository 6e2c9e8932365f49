package serve

import (
	"encoding/xml"
	"slices"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
)

// media chooses the form of a body by what a client accepts: JSON where it takes anything.
func media(content []*openapi.Media, accept string) *openapi.Media {
	if len(content) == 0 {
		return nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		want, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		major, minor, _ := strings.Cut(want, "/")
		if want == "" || want == "*/*" {
			continue
		}
		for _, m := range content {
			kind, _, _ := strings.Cut(strings.ToLower(m.Type), ";")
			if kind == want || minor == "*" && strings.HasPrefix(kind, major+"/") {
				return m
			}
		}
	}
	if i := slices.IndexFunc(content, func(m *openapi.Media) bool { return strings.Contains(m.Type, "json") }); i >= 0 {
		return content[i]
	}
	return content[0]
}

// written is a value in the form of a media type.
func written(m *openapi.Media, v *node.Node) (kind string, body []byte) {
	kind, _, _ = strings.Cut(m.Type, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	switch {
	case strings.HasSuffix(kind, "*") || kind == "": // any
		kind = "application/json"
		if strings.HasPrefix(m.Type, "text/") {
			kind = "text/plain"
		} else if strings.HasPrefix(m.Type, "image/") {
			kind = "image/png"
		}
	case strings.Contains(kind, "xml"):
		var b strings.Builder
		b.WriteString(xml.Header)
		name := "root"
		if m.Schema != nil {
			name = rootName(m.Schema)
		}
		writeElement(&b, m.Schema, name, v)
		return m.Type, []byte(b.String())
	case kind == "application/x-www-form-urlencoded":
		var parts []string
		for i, key := range v.Keys {
			parts = append(parts, key+"="+plain(v.Items[i]))
		}
		return m.Type, []byte(strings.Join(parts, "&"))
	}
	if strings.Contains(kind, "json") {
		if kind != m.Type && !strings.HasSuffix(m.Type, "*") {
			kind = m.Type // with its parameters
		}
		return kind, append(v.AppendJSON(nil), '\n')
	}
	if v.Kind == node.Object || v.Kind == node.Array {
		return kind, v.AppendJSON(nil)
	}
	return kind, []byte(plain(v))
}

func rootName(s *schema.Schema) string {
	if name := s.XML().Str("name"); name != "" {
		return name
	}
	if ref := s.Node.Str("$ref"); ref != "" {
		return schema.LastToken(ref)
	}
	return "root"
}

// writeElement writes a value as an element, by the schema's xml hints.
func writeElement(b *strings.Builder, s *schema.Schema, name string, v *node.Node) {
	switch v.Kind {
	case node.Array:
		items, item := s.Items(), name
		if items != nil {
			if given := items.XML().Str("name"); given != "" {
				item = given
			}
		}
		b.WriteString("<" + name + ">")
		for _, one := range v.Items {
			writeElement(b, items, item, one)
		}
		b.WriteString("</" + name + ">")
	case node.Object:
		writeObject(b, s, name, v)
	case node.Null:
		b.WriteString("<" + name + "/>")
	default:
		b.WriteString("<" + name + ">" + escaped(v.Text) + "</" + name + ">")
	}
}

func writeObject(b *strings.Builder, s *schema.Schema, name string, v *node.Node) {
	b.WriteString("<" + name)
	hints := func(i int) (property *schema.Schema, own string, attribute, wrapped bool) {
		property, own = s.Property(v.Keys[i]), v.Keys[i]
		if property == nil {
			return nil, own, false, true
		}
		h := property.XML()
		if given := h.Str("name"); given != "" {
			own = given
		}
		return property, own, h.True("attribute"), h.True("wrapped")
	}
	for i, one := range v.Items {
		if _, own, attribute, _ := hints(i); attribute {
			b.WriteString(" " + own + `="` + escaped(plain(one)) + `"`)
		}
	}
	b.WriteString(">")
	for i, one := range v.Items {
		property, own, attribute, wrapped := hints(i)
		switch {
		case attribute:
		case one.Kind == node.Array && !wrapped:
			if given := property.Items().XML().Str("name"); given != "" {
				own = given
			}
			for _, item := range one.Items {
				writeElement(b, property.Items(), own, item)
			}
		default:
			writeElement(b, property, own, one)
		}
	}
	b.WriteString("</" + name + ">")
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder has no errors
	return b.String()
}
