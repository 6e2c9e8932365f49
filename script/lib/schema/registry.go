package schema

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// An entry is a schema that an instance knows.
type entry struct {
	id     string // without an empty fragment; "" without an id
	schema goja.Value
	key    string           // the schema's identity
	meta   bool             // it is a meta-schema
	local  map[string]place // ids that begin with "#"
	fn     *function        // nil until it is compiled
}

// A place is what a reference leads to.
type place struct {
	schema goja.Value
	root   *entry // the schema whose "#" references in it mean
	base   string // what references in it are relative to
}

// normalID drops an empty fragment: "x#" and "x" are one id.
func normalID(id string) string {
	return strings.TrimSuffix(strings.TrimSuffix(id, "#/"), "#")
}

// resolveURL resolves a reference against a base (RFC 3986, 5.2). What cannot be parsed is
// returned as it is: ids may be any text.
func resolveURL(base, ref string) string {
	ref = normalID(ref)
	if base == "" || ref == "" {
		if ref == "" {
			return normalID(base)
		}
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	if b.Opaque != "" && r.Scheme == "" { // urn:x with #fragment
		return strings.SplitN(base, "#", 2)[0] + ref
	}
	return b.ResolveReference(r).String()
}

// id is a schema's own id, by the property that the option schemaId names: "$id" (the
// default), "id" or "auto" for either.
func (in *instance) id(schema goja.Value) goja.Value {
	switch in.opts.schemaID {
	case "id":
		return jsvalue.Field(schema, "id")
	case "auto":
		a, b := jsvalue.Field(schema, "$id"), jsvalue.Field(schema, "id")
		if a.ToBoolean() && b.ToBoolean() && !a.StrictEquals(b) {
			in.fail("schema $id is different from id")
		}
		if a.ToBoolean() {
			return a
		}
		return b
	}
	if jsdata.Has(schema, "id") && jsvalue.Field(schema, "id").ToBoolean() {
		in.warn("schema id ignored", jsvalue.Field(schema, "id"))
	}
	return jsvalue.Field(schema, "$id")
}

// idText is the id as a text without empty fragment, "" when it is no text.
func (in *instance) idText(schema goja.Value) string {
	if v := in.id(schema); jsdata.KindOf(v) == jsdata.KindString {
		return normalID(v.String())
	}
	return ""
}

// register adds a schema, once it was found valid. Equal schemas are one entry. unchecked
// skips the meta-schema; keep makes its id known, so that others can refer to it.
func (in *instance) register(schema goja.Value, unchecked, meta, keep bool) *entry {
	if k := jsdata.KindOf(schema); k != jsdata.KindObject && k != jsdata.KindBoolean && k != jsdata.KindArray && k != jsdata.KindNull {
		in.fail("schema should be object or boolean")
	}
	var key strings.Builder
	if !jsdata.Identity(&key, schema, 0) {
		in.tooMuch()
	}
	if e, ok := in.byKey[key.String()]; ok {
		return e
	}
	id := in.idText(schema)
	keep = keep || in.opts.keepUsed
	if id != "" && keep {
		in.unique(id)
	}
	check := !in.opts.skipSchemaCheck && !unchecked
	// A meta-schema that describes itself must be known before it is checked.
	own := id != "" && jsdata.KindOf(jsvalue.Field(schema, "$schema")) == jsdata.KindString && normalID(jsvalue.Field(schema, "$schema").String()) == id
	if check && !own {
		in.checkSchema(schema, true)
	}
	e := &entry{id: id, schema: schema, key: key.String(), meta: meta, local: map[string]place{}}
	in.findIDs(e, schema, id, 0)
	if !strings.HasPrefix(id, "#") && keep {
		in.refs[id] = place{schema: schema, root: e, base: id}
	}
	in.byKey[e.key] = e
	if check && own {
		in.checkSchema(schema, true)
	}
	return e
}

// findIDs adds every id inside of a schema, with the place that it names. An id that names
// two different schemas throws.
func (in *instance) findIDs(e *entry, v goja.Value, base string, depth int) {
	if depth > maxDepth {
		in.tooMuch()
	}
	for _, item := range jsdata.Items(v) {
		in.findIDs(e, item, base, depth+1)
	}
	if jsdata.KindOf(v) != jsdata.KindObject {
		return
	}
	if depth > 0 {
		if id := in.idText(v); id != "" {
			base = normalID(resolveURL(base, id))
			if strings.HasPrefix(base, "#") {
				e.local[base] = place{schema: v, root: e, base: ""}
			} else if known, ok := in.refs[base]; !ok || known.root == nil {
				in.refs[base] = place{schema: v, root: e, base: base}
			} else if !jsdata.Equal(known.schema, v, 0) {
				in.fail(`id "` + base + `" resolves to more than one schema`)
			}
		}
	}
	for _, name := range jsdata.Keys(v) {
		// Values in these are data, in which "$id" means nothing.
		if name != "enum" && name != "const" && name != "default" && name != "examples" {
			in.findIDs(e, jsvalue.Field(v, name), base, depth+1)
		}
	}
}

// unique throws for a key that is taken.
func (in *instance) unique(key string) {
	_, inSchemas := in.schemas[key]
	_, inRefs := in.refs[key]
	if inSchemas || inRefs {
		in.fail(`schema with key or id "` + key + `" already exists`)
	}
}

// lookup finds what a reference that is resolved to a full URI means. from is the schema that
// refers; it may be nil. depth counts references that lead to references.
func (in *instance) lookup(from *entry, ref string, depth int) (place, bool) {
	if depth > 100 {
		in.tooMuch()
	}
	if p, ok := in.refs[normalID(ref)]; ok && ref != "" {
		return p, true
	}
	if e, ok := in.schemas[normalID(ref)]; ok {
		return place{schema: e.schema, root: e, base: e.id}, true
	}
	document, fragment := jsdata.SplitRef(ref)
	at, found := place{}, false
	if from != nil && document == normalID(strings.SplitN(from.id, "#", 2)[0]) {
		at, found = place{schema: from.schema, root: from, base: from.id}, true
	} else if p, ok := in.refs[document]; ok {
		at, found = p, true
	} else if e, ok := in.schemas[document]; ok {
		at, found = place{schema: e.schema, root: e, base: e.id}, true
	}
	if found && (fragment == "" || strings.HasPrefix(fragment, "/")) {
		return in.pointer(at, fragment, depth)
	}
	if from != nil {
		p, ok := from.local["#"+fragment]
		return p, ok
	}
	return place{}, false
}

// pointer follows a JSON pointer from a place. Ids on the way change the base, and references
// on the way are followed. found is false when a step does not exist.
func (in *instance) pointer(at place, pointer string, depth int) (place, bool) {
	previous := ""
	for _, part := range strings.Split(pointer, "/")[min(1, strings.Count(pointer, "/")):] {
		if part == "" {
			continue
		}
		if plain, err := url.PathUnescape(part); err == nil {
			part = plain
		}
		part = jsdata.UnescapePointer(part)
		at.schema = jsvalue.Field(at.schema, part)
		if !jsdata.Defined(at.schema) {
			return place{}, false
		}
		previous = part
		// Members of these are names, so an "id" there is a name too.
		switch previous {
		case "properties", "patternProperties", "enum", "dependencies", "definitions":
			continue
		}
		if id := in.idText(at.schema); id != "" {
			at.base = resolveURL(at.base, id)
		}
		if ref := jsvalue.Field(at.schema, "$ref"); jsdata.KindOf(ref) == jsdata.KindString && ref.String() != "" {
			if p, ok := in.lookup(at.root, resolveURL(at.base, ref.String()), depth+1); ok {
				at = p
			}
		}
	}
	return at, true
}

// isPlain says whether a schema can be copied to where it is referred to: nothing in it
// refers further.
func (in *instance) isPlain(schema goja.Value, depth int) bool {
	if depth > maxDepth {
		in.tooMuch()
	}
	o, ok := schema.(*goja.Object)
	if !ok {
		return true
	}
	for _, name := range o.Keys() {
		if name == "$ref" || !in.isPlain(o.Get(name), depth+1) {
			return false
		}
	}
	return true
}

// weight counts the keywords of a schema, for the option inlineRefs with a number. A schema
// with a reference is too heavy.
func weight(schema goja.Value, depth int) int {
	o, ok := schema.(*goja.Object)
	if !ok || depth > maxDepth {
		return 0
	}
	n := 0
	for _, name := range o.Keys() {
		if name == "$ref" {
			return 1 << 30
		}
		if _, err := strconv.Atoi(name); err != nil {
			n++
		}
		n += weight(o.Get(name), depth+1)
	}
	return n
}

// inlines says whether a schema that is referred to is compiled into the place of the
// reference, which changes its errors' paths (ajv: inlineRef).
func (in *instance) inlines(schema goja.Value) bool {
	switch {
	case in.opts.noInline:
		return false
	case in.opts.inlineLimit > 0:
		return weight(schema, 0) <= in.opts.inlineLimit
	}
	return in.isPlain(schema, 0)
}
