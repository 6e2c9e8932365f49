package generate

import (
	"slices"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
)

// negative are requests that a server must refuse: each lacks one thing that the file asks for. There are none for an operation that
// documents no refusal.
func (g *generator) negative(o *openapi.Operation) []*item {
	refused := func(codes ...string) bool {
		return slices.ContainsFunc(o.Responses, func(r *openapi.Response) bool { return slices.Contains(codes, r.Status) })
	}
	var list []*item
	add := func(what string, change func(*request)) {
		r := g.request(o)
		change(r)
		list = append(list, &item{
			Name: nameOf(o) + ": " + what, Request: r,
			Event: []event{{Listen: "test", Script: script{Type: "text/javascript", Exec: []string{
				`pm.test("it is refused", () => pm.expect(pm.response.code).to.be.within(400, 499));`,
			}}}},
		})
	}
	if refused("400", "422", "4XX", "default") {
		for _, p := range o.Parameters {
			if p.Required && (p.In == "query" || p.In == "header" && !ignored(p.Name)) {
				add("without "+p.Name, func(r *request) { leaveOut(r, p) })
			}
		}
		g.withoutProperty(o, add)
	}
	if len(o.Security) > 0 && len(o.Security[0]) > 0 && refused("401", "4XX") {
		add("without credentials", func(r *request) {
			bare := *o
			bare.Security = nil
			*r = *g.request(&bare)
			r.Auth = &auth{"type": "noauth"}
		})
	}
	return list
}

// leaveOut takes a parameter off a request.
func leaveOut(r *request, p *openapi.Parameter) {
	if p.In == "header" {
		r.Header = slices.DeleteFunc(r.Header, func(f field) bool { return strings.EqualFold(f.Key, p.Name) })
		return
	}
	path, query, _ := strings.Cut(r.URL, "?")
	parts := slices.DeleteFunc(strings.Split(query, "&"), func(part string) bool {
		return strings.HasPrefix(part, escape(p.Name)+"=") || strings.HasPrefix(part, escape(p.Name+"["))
	})
	r.URL = path
	if len(parts) > 0 {
		r.URL += "?" + strings.Join(parts, "&")
	}
}

// withoutProperty adds a request whose JSON lacks the first property that must be there.
func (g *generator) withoutProperty(o *openapi.Operation, add func(string, func(*request))) {
	m := bodyMedia(o)
	if m == nil || m.Schema == nil || !strings.Contains(m.Type, "json") {
		return
	}
	v := g.bodyValue(m)
	for _, name := range m.Schema.AllRequired(false) {
		at := v.Index(name)
		if v.Kind != node.Object || at < 0 {
			continue
		}
		keys := slices.Delete(slices.Clone(v.Keys), at, at+1)
		less := node.Map(nil, keys, slices.Delete(slices.Clone(v.Items), at, at+1))
		if !g.made.Fits(m.Schema, less) {
			add("without "+name+" in the body", func(r *request) { r.Body.Raw = indented(less) })
			return
		}
	}
}
