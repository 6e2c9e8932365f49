package write

import (
	"fmt"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// body writes {type, content}, nil where there is nothing to send. A body that format 2 would
// not send is lost: format 3 sends what is written.
func (w *writer) body(it *collection.Item, q *collection.Request) yamlNode {
	b := q.Body
	if b == nil || b.Mode == "" {
		return nil
	}
	w.extra(it, "Body", "body", b.Extra)
	switch {
	case b.Disabled:
		w.lose(it, "Body", "the body, which is disabled")
		return nil
	case format.Pruned(q) && it != nil && !it.EffectiveBehavior(w.c)["disableBodyPruning"].Truthy():
		w.lose(it, "Body", "the body, which a %s does not send in format 2 and would in format 3", q.Method)
		return nil
	}
	switch b.Mode {
	case "urlencoded":
		return yamlMap{{"type", yamlText(b.Mode)}, {"content", w.urlencoded(it, b.URLEncoded)}}
	case "formdata":
		return yamlMap{{"type", yamlText(b.Mode)}, {"content", w.formdata(it, b.FormData)}}
	case "file":
		return w.file(it, b.File)
	case "graphql":
		return w.graphBody(it, b.GraphQL, q.Method)
	}
	kind := RawLanguage(q)
	if format.Language(kind) == "" {
		w.lose(it, "Body", "the body's language %q", kind)
		kind = "text"
	}
	return yamlMap{{"type", yamlText(kind)}, {"content", yamlText(b.Raw)}}
}

// urlencoded writes an empty list where there are no rows: without it the body would have no
// type.
func (w *writer) urlencoded(it *collection.Item, list []collection.Param) yamlNode {
	var rows []row
	for _, p := range list {
		w.extra(it, "Body", fmt.Sprintf("parameter %q", p.Key), p.Extra)
		e := row{key: p.Key, value: yamlText(p.Value.String()), disabled: p.Disabled, description: p.Description}
		if k := p.Value.Kind(); k == collection.Null || k == collection.Undefined {
			e.value = yamlWord("null")
		}
		rows = append(rows, e)
	}
	if rows == nil {
		return yamlList{}
	}
	return mapOrList(rows)
}

// formdata writes type first, as Postman does. Format 3 has no place for the source of a part
// that is no file; that is a loss, which the user is told.
func (w *writer) formdata(it *collection.Item, params []collection.FormParam) yamlNode {
	list := yamlList{}
	for _, p := range params {
		m := yamlMap{{"type", yamlText("text")}, {"key", yamlText(p.Key)}}
		if p.Type == "file" {
			m[0].value = yamlText("file")
			switch {
			case p.SrcList:
				srcs := yamlList{}
				for _, s := range p.Src {
					srcs = append(srcs, yamlText(s))
				}
				m.add("src", srcs)
			case len(p.Src) > 0:
				m.add("src", yamlText(p.Src[0]))
			}
		} else {
			text := ""
			if p.Value.Kind() != collection.Null {
				text = p.Value.String()
			}
			m.add("value", yamlText(text))
			if len(p.Src) > 0 {
				w.lose(it, "Body", "part %q: src, as it is no file", p.Key)
			}
		}
		if p.FileName != "" {
			w.lose(it, "Body", "part %q: fileName %s", p.Key, p.FileName)
		}
		m.text("contentType", p.ContentType)
		m.text("description", p.Description)
		if p.Disabled {
			m.add("disabled", yamlBool(true))
		}
		w.extra(it, "Body", fmt.Sprintf("part %q", p.Key), p.Extra)
		list = append(list, m)
	}
	return list
}

// file writes a body that is one file. Content that stands in the collection itself has no
// place in format 3.
func (w *writer) file(it *collection.Item, f *collection.File) yamlNode {
	if f == nil {
		f = &collection.File{}
	}
	if f.HasContent {
		w.lose(it, "Body", "the content of the body's file, which stands in the collection")
	}
	return yamlMap{{"type", yamlText("file")}, {"content", yamlMap{{"src", yamlText(f.Src)}}}}
}

// graphBody writes a query that no graphql-request can hold, as those are sent by POST.
// Readers know this form; the app drops it.
func (w *writer) graphBody(it *collection.Item, g *collection.GraphQL, method string) yamlNode {
	if g == nil {
		return nil
	}
	w.lose(it, "Body", "a query sent by %s: format 3 has only POST for it, and Postman does not read the http-request that is written", method)
	m := yamlMap{{"query", yamlText(g.Query)}}
	m.text("operationName", g.OperationName)
	if k := g.Variables.Kind(); k != collection.Undefined && k != collection.Null {
		m.add("variables", yamlText(g.Variables.String()))
	}
	return yamlMap{{"type", yamlText("graphql")}, {"content", m}}
}
