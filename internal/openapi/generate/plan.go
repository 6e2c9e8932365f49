package generate

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
)

// A folder is the operations of a tag, or else of a first path segment.
type folder struct {
	name       string
	operations []*openapi.Operation
}

// plan puts operations into folders, and both into an order in which things are made before they are used.
func (g *generator) plan() {
	for _, o := range g.doc.Operations {
		name := strings.Split(strings.Trim(o.Path, "/")+"/", "/")[0]
		if len(o.Tags) > 0 {
			name = o.Tags[0]
		}
		if name == "" || strings.HasPrefix(name, "{") {
			name = "API"
		}
		i := slices.IndexFunc(g.folders, func(f *folder) bool { return f.name == name })
		if i < 0 {
			g.folders = append(g.folders, &folder{name: name})
			i = len(g.folders) - 1
		}
		g.folders[i].operations = append(g.folders[i].operations, o)
	}
	for _, f := range g.folders {
		slices.SortStableFunc(f.operations, func(a, b *openapi.Operation) int { return rank(a) - rank(b) })
	}
	g.order()
}

// rank orders the operations of a folder: what makes things, what lists and reads them, what changes them, what removes them; within
// these shorter paths first, but for removing.
func rank(o *openapi.Operation) int {
	depth := strings.Count(strings.Trim(o.Path, "/"), "/")
	ofOne := strings.HasSuffix(o.Path, "}")
	group := 3 // acts on what is there
	switch {
	case o.Method == http.MethodPost && !ofOne:
		group = 0
		if strings.Contains(o.Path, "{") {
			group = 3
		}
	case o.Method == http.MethodPut && ofOne && depth < 2:
		group = 1
	case o.Method == http.MethodGet, o.Method == http.MethodHead, o.Method == http.MethodOptions:
		group = 2
	case o.Method == http.MethodDelete:
		return 1000 - depth
	}
	return group*100 + depth
}

// order puts folders that need an id behind those that make it, as far as there is such an order.
func (g *generator) order() {
	makes := map[string]*folder{}
	for _, f := range g.folders {
		for _, o := range f.operations {
			if o.Method == http.MethodPost && !strings.HasSuffix(o.Path, "}") {
				for _, other := range g.doc.Operations {
					if rest, ok := strings.CutPrefix(other.Path, o.Path+"/{"); ok {
						name, _, _ := strings.Cut(rest, "}")
						if key := variableOf(other.Path, name); makes[key] == nil {
							makes[key] = f
						}
					}
				}
			}
		}
	}
	var done []*folder
	var visit func(f *folder, depth int)
	visit = func(f *folder, depth int) {
		if slices.Contains(done, f) || depth > len(g.folders) {
			return
		}
		for _, o := range f.operations {
			for _, m := range template.FindAllStringSubmatch(o.Path, -1) {
				if from := makes[variableOf(o.Path, m[1])]; from != nil && from != f {
					visit(from, depth+1)
				}
			}
		}
		if !slices.Contains(done, f) {
			done = append(done, f)
		}
	}
	for _, f := range g.folders {
		visit(f, 0)
	}
	g.folders = done
}

// keeps are the lines that keep the id of what an operation made, for the operations on it.
func (g *generator) keeps(o *openapi.Operation, answer *schema.Schema) []string {
	if o.Method != http.MethodPost && o.Method != http.MethodPut || !answer.Accepts(node.Object) {
		return nil
	}
	var lines []string
	done := map[string]bool{}
	keep := func(key, property string) {
		if !done[key] && answer.Property(property) != nil {
			done[key] = true
			lines = append(lines, fmt.Sprintf("if (pm.response.code < 300 && pm.response.json().%s !== undefined) { pm.collectionVariables.set(%q, encodeURIComponent(pm.response.json().%s)); }", property, key, property))
		}
	}
	for _, other := range g.doc.Operations {
		rest, ok := strings.CutPrefix(other.Path, o.Path+"/{")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(rest, "}")
		key := variableOf(other.Path, name)
		for _, property := range []string{name, "id", key} {
			if identifier(property) {
				keep(key, property)
			}
		}
	}
	return append(lines, g.linked(o, done)...)
}

// linked are the lines for the links of a response: $response.body#/id is a parameter of another operation.
func (g *generator) linked(o *openapi.Operation, done map[string]bool) []string {
	var lines []string
	for _, r := range o.Responses {
		for _, l := range r.Links {
			i := slices.IndexFunc(g.doc.Operations, func(other *openapi.Operation) bool { return l.OperationID != "" && other.ID == l.OperationID })
			if i < 0 {
				continue
			}
			for name, expression := range l.Parameters {
				pointer, ok := strings.CutPrefix(expression, "$response.body#/")
				key := variableOf(g.doc.Operations[i].Path, name)
				if !ok || done[key] || !identifier(pointer) {
					continue
				}
				done[key] = true
				lines = append(lines, fmt.Sprintf("if (pm.response.code < 300 && pm.response.json().%s !== undefined) { pm.collectionVariables.set(%q, encodeURIComponent(pm.response.json().%s)); }", pointer, key, pointer))
			}
		}
	}
	slices.Sort(lines)
	return lines
}

// identifier reports whether a name can stand behind a dot in JavaScript.
func identifier(name string) bool {
	for i, r := range name {
		if r != '_' && r != '$' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}
