package v3

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
)

// examples reads a request's saved examples into the JSON that format 2.1 has for them, or
// nil. They do not run, so what is wrong with one is a warning, and it is left out.
func (r *reader) examples(request value, it *collection.Item) []byte {
	dir, ok := r.examplesDir(request, it)
	if !ok {
		return nil
	}
	entries, err := fs.ReadDir(r.fsys, dir)
	if err != nil {
		return nil // most requests have none
	}
	if linked(r.fsys, r.root, dir) {
		r.warnLink(dir)
		return nil
	}
	type example struct {
		json  string
		order float64
	}
	var list []example
	for i, e := range entries {
		name := e.Name()
		stem, isExample := cutExample(name)
		if !isExample || !e.Type().IsRegular() {
			continue
		}
		// A reader of its own, whose first error does not end the reading of the collection.
		inner := &reader{fsys: r.fsys, opt: r.opt, newID: r.newID, root: r.root, c: &collection.Collection{}}
		inner.opt.Warn = nil
		order, json := inner.example(path.Join(dir, name), stem, float64(i)+1e300) // those without an order come last, by name
		if inner.err != nil {
			r.report(Warning{Code: "example", Text: "an example was left out: " + inner.err.Error()})
			r.lose(it, "example %q, which cannot be read", stem)
			continue
		}
		for _, l := range inner.c.Lost {
			r.lose(it, "example %q: %s", stem, l.What)
		}
		if json != "" {
			list = append(list, example{json, order})
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b example) int { return cmp.Compare(a.order, b.order) })
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = e.json
	}
	return []byte("[" + strings.Join(texts, ",") + "]")
}

// examplesDir is where the examples of a request are: beside it, or where the request says.
// ok is false when there is nothing to read. A path that leads out of the collection is not
// followed: the collection may be anybody's.
func (r *reader) examplesDir(request value, it *collection.Item) (dir string, ok bool) {
	at := request.get("examples")
	switch {
	case at.isList():
		r.lose(it, "examples that stand in the request")
		return "", false
	case !at.isScalar() || at.isNull():
		return path.Join(requestResources(request.f.path), "examples"), true
	}
	dir = path.Join(path.Dir(request.f.path), at.text())
	if !inside(r.root, dir) {
		r.warn(at, "example", "examples lie below .resources, beside the request", "the path of the examples leads out of the collection")
		return "", false
	}
	return dir, true
}

// cutExample takes the ending off an example's file name and reports whether it has it.
func cutExample(name string) (stem string, ok bool) {
	if stem, ok = strings.CutSuffix(name, ".example.yaml"); ok {
		return stem, true
	}
	return strings.CutSuffix(name, ".example.yml")
}

// example reads one file; "" is one of a kind that no request here has. stem names an example
// without a name, last is its place without an order. The JSON is in the order of keys that
// format 2.1 exports have.
func (r *reader) example(file, stem string, last float64) (order float64, json string) {
	f := r.open(file)
	if f == nil {
		return 0, ""
	}
	v := f.root
	kind := r.text(v.get("$kind"), "$kind")
	if kind != "http-example" && kind != "graphql-example" {
		if !strings.HasSuffix(kind, "-example") {
			r.wrong(v, "write $kind: http-example", "the example has no $kind that Postman knows")
		}
		return 0, ""
	}
	order, ordered := r.order(v.get("order"))
	if !ordered {
		order = last
	}
	response := v.get("response")
	if !response.isMap() || !response.has("body") {
		r.wrong(v, "write response: {statusCode: 200, body: {type: json, content: …}}", "an example needs a response with a body")
		return order, ""
	}
	var b strings.Builder
	text := func(key, value string) {
		if value != "" {
			b.WriteString("," + collection.Quote(key) + ":" + collection.Quote(value))
		}
	}
	b.WriteString(`{"name":` + collection.Quote(r.itemName(v, stem)))
	text("id", r.text(v.get("id"), "id"))
	text("description", r.text(v.get("description"), "description"))
	if q := v.get("request"); q.isMap() {
		request := r.http(q)
		if kind == "graphql-example" {
			request = r.graphQL(q)
		}
		b.WriteString(`,"originalRequest":` + string(collection.RequestDocument(request)))
	}
	text("status", r.text(response.get("statusText"), "statusText"))
	if code, err := strconv.Atoi(response.get("statusCode").text()); err == nil {
		b.WriteString(`,"code":` + strconv.Itoa(code))
	}
	body := response.get("body")
	text("_postman_previewlanguage", r.text(body.get("type"), "body type"))
	b.WriteString(`,"header":[`)
	for i, h := range r.headers(response.get("headers")) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"key":` + collection.Quote(h.Key) + `,"value":` + collection.Quote(h.Value))
		text("description", h.Description)
		if h.Disabled {
			b.WriteString(`,"disabled":true`)
		}
		b.WriteByte('}')
	}
	b.WriteString(`],"cookie":[],"body":` + collection.Quote(r.text(body.get("content"), "body content")) + "}")
	return order, b.String()
}
