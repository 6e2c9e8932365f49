package write

import (
	"encoding/json"
	"net/http"
	"path"
	"slices"
	"strconv"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// A savedExample is an example as format 2.1 has it. Parts that may have several forms are
// kept as JSON.
type savedExample struct {
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Request  json.RawMessage `json:"originalRequest"`
	Status   string          `json:"status"`
	Code     json.RawMessage `json:"code"`
	Language string          `json:"_postman_previewlanguage"`
	Header   json.RawMessage `json:"header"`
	Cookie   json.RawMessage `json:"cookie"`
	Body     *string         `json:"body"`
	Text     json.RawMessage `json:"description"`
}

// examples writes one file an example, and reports whether there are any. Orders are spaced
// as those of requests.
func (w *writer) examples(dir string, it *collection.Item) bool {
	if it.Responses == nil {
		return false
	}
	var list []json.RawMessage
	if json.Unmarshal(it.Responses, &list) != nil {
		return false
	}
	names := directory{}
	wrote := false
	for i, raw := range list {
		var e savedExample
		if json.Unmarshal(raw, &e) != nil {
			w.lose(it, "Responses", "not an example: %s", format.Clip(string(raw)))
			continue
		}
		if e.Name == "" {
			e.Name = "Example"
		}
		stem := names.name(e.Name, ".example.yaml")
		m := w.example(it, e, stem)
		m.add("order", yamlWord(strconv.Itoa((i+1)*1000)))
		w.put(path.Join(dir, stem+".example.yaml"), m)
		wrote = true
	}
	return wrote
}

// example writes a saved example as a file beside its request. stem is the file's name, which
// is the example's name where they agree. Cookies, descriptions and auth of the request are
// lost.
func (w *writer) example(it *collection.Item, e savedExample, stem string) yamlMap {
	lose := func(what string) { w.lose(it, "Responses", "example %q: %s", e.Name, what) }
	if string(e.Cookie) != "" && string(e.Cookie) != "[]" && string(e.Cookie) != "null" {
		lose("cookies")
	}
	q, headers := exampleParts(e)
	kind := format.HTTP
	if q != nil && writtenKind(&collection.Item{Request: q}) == format.GraphQL {
		kind = format.GraphQL
	}
	m := yamlMap{{"$kind", yamlWord(kind[:len(kind)-len("request")] + "example")}}
	m.text("id", e.ID)
	if e.Name != stem {
		m.text("name", e.Name)
	}
	var text string
	if json.Unmarshal(e.Text, &text) == nil {
		m.text("description", text)
	}
	if q != nil {
		var request yamlMap
		// A writer of its own, since its losses are told of the example.
		inner := &writer{c: w.c, files: w.files, parts: map[part]bool{}}
		inner.send(nil, &request, q, kind)
		for _, l := range inner.losses {
			lose("request: " + l.What)
		}
		for _, text := range inner.notices {
			w.notice(it, "example %q: %s", e.Name, text)
		}
		inner.losses = nil
		inner.extra(nil, "Extra", "request", q.Extra)
		for _, l := range inner.losses {
			lose(l.What)
		}
		if q.Description != "" {
			lose("the request's description")
		}
		if q.Auth != nil {
			lose("the request's auth")
		}
		m.add("request", request)
	}
	var response yamlMap
	if code, err := strconv.Atoi(string(e.Code)); err == nil {
		response.add("statusCode", yamlWord(strconv.Itoa(code)))
		if e.Status == "" {
			e.Status = http.StatusText(code)
		}
	}
	response.text("statusText", e.Status)
	response.add("headers", w.headers(it, headers))
	body := yamlMap{{"type", yamlText(previewType(e.Language))}, {"content", yamlText("")}}
	if e.Body != nil {
		body[1].value = yamlText(*e.Body)
	}
	response.add("body", body)
	m.add("response", response)
	return m
}

// previewType returns the type of an example's body: the language that the app shows it in.
func previewType(language string) string {
	if slices.Contains([]string{"json", "xml", "html", "javascript", "yaml"}, language) {
		return language
	}
	return "text"
}

// exampleParts reads the request and the headers of an example in any form that format 2
// knows. They are read by the collection's own reader, wrapped as a request.
func exampleParts(e savedExample) (*collection.Request, []collection.Header) {
	read := func(request string) *collection.Request {
		c, err := collection.Parse("", []byte(`{"request":`+request+`}`), collection.Options{NewID: func() string { return "-" }})
		if err != nil || len(c.Items) != 1 {
			return nil
		}
		return c.Items[0].Request
	}
	var q *collection.Request
	if raw := string(e.Request); raw != "" && raw != "null" {
		q = read(raw)
	}
	var headers []collection.Header
	if raw := string(e.Header); raw != "" && raw != "null" {
		if h := read(`{"header":` + raw + `}`); h != nil {
			headers = h.Header
		}
	}
	return q, headers
}
