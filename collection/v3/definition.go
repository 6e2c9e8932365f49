package v3

import (
	"io/fs"
	"path"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// definitionPath returns the file that says what a directory has of its own, or "". The early
// dialect has it beside the requests. The first name that exists counts.
func definitionPath(fsys fs.FS, dir string) string {
	for _, name := range [...]string{".resources/definition.yaml", ".resources/definition.yml", "collection.yaml", "folder.yaml"} {
		if p := path.Join(dir, name); isFile(fsys, p) {
			return p
		}
	}
	return ""
}

// definition reads a directory's definition; nil means that it has no definition, or a faulty
// one, which is reported. root says that it is the collection's.
func (r *reader) definition(dir string, it *collection.Item, root bool) *file {
	name := definitionPath(r.fsys, dir)
	if name == "" {
		return nil
	}
	if linked(r.fsys, r.root, name) {
		r.fail(fileError(r.opt.name(name), "put the file itself there", "a symbolic link is not followed"))
		return nil
	}
	f := r.open(name)
	if f == nil {
		return nil
	}
	v := f.root
	if !v.isMap() {
		r.wrong(v, "write $kind: collection and what follows as a map", "a definition is a map of keys and values, found %s", v.shown())
		return nil
	}
	keys := []string{"$kind", "$schema", "id", "name", "description", "variables", "auth", "scripts", "order"}
	kind := v.get("$kind")
	early := v.get("type").text()
	switch k := r.text(kind, "$kind"); {
	case k == format.Collection:
	case k == "" && (early == "collection" || early == "folder"):
		r.dialect()
		keys = append(keys, "type", "items")
	case k == "":
		r.wrong(v, "add $kind: collection", "the definition has no $kind")
	default:
		r.wrong(kind, "collections and folders have $kind: collection", "$kind is %q, which is no definition", k)
	}
	what := "the definition of a folder"
	if root {
		what = "the definition of a collection"
	}
	r.known(v, what, keys...)
	if vars := v.get("variables"); !root && (len(vars.pairs()) > 0 || len(vars.elements()) > 0) {
		r.warn(vars, "folder-variables", "move them to the collection's definition", "variables of folder %q are kept and not used: scripts and requests see those of the collection", it.Name)
	}
	return f
}

// folder reads a directory; a folder needs no definition. Its file is returned for its order
// among siblings, nil without one.
func (r *reader) folder(dir string, parent *collection.Item, items map[string]*collection.Item, depth int) (*collection.Item, *file) {
	it := &collection.Item{Name: path.Base(dir), File: r.opt.name(dir), Parent: parent}
	f := r.definition(dir, it, false)
	if f == nil {
		it.ID = r.newID()
	} else {
		v := f.root
		it.Name = r.itemName(v, it.Name)
		it.File, it.Pos = f.name, v.pos()
		r.identify(it, v)
		it.Description = r.text(v.get("description"), "description")
		it.Variables = r.variables(v.get("variables"))
		it.Auth = r.auth(v.get("auth"), it)
		it.Events = r.scripts(v.get("scripts"), it, format.Collection)
	}
	it.Events = append(it.Events, r.scriptFiles(path.Join(dir, ".resources", "scripts"), format.Collection, it)...)
	it.Items = r.dir(dir, it, items, depth+1)
	return it, f
}

// variables reads a map, or a list where an entry has a description or is disabled. Values
// are texts: the format has no other type for them.
func (r *reader) variables(v value) []collection.Variable {
	var list []collection.Variable
	for _, e := range r.entryPairs(v, "variables") {
		list = append(list, collection.Variable{
			Key: e.key, Value: collection.Text(r.text(e.value, "variable "+e.key)), Type: "string", Disabled: e.disabled, Description: e.description,
		})
	}
	return list
}

// refs returns the base names that the early dialect lists as a directory's items, in order.
// Today's format has an order in each file instead; nil then.
func (r *reader) refs(dir string) []string {
	name := definitionPath(r.fsys, dir)
	if base := path.Base(name); base != "collection.yaml" && base != "folder.yaml" {
		return nil
	}
	data, err := readLimited(r.fsys, name)
	if err != nil {
		return nil
	}
	f, err := parse(name, r.opt.name(name), data)
	if err != nil {
		return nil // reading the definition has said so
	}
	var list []string
	for _, e := range f.root.get("items").elements() {
		ref := strings.TrimPrefix(e.get("ref").text(), "./")
		first, _, _ := strings.Cut(ref, "/")
		list = append(list, first)
	}
	return list
}
