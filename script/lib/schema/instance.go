package schema

import (
	_ "embed" // for the meta-schema
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// draft7 is the meta-schema that the JSON Schema organisation publishes at
// http://json-schema.org/draft-07/schema.
//
//go:embed draft7.json
var draft7 string

// metaID is the key of that meta-schema.
const metaID = "http://json-schema.org/draft-07/schema"

// An instance is one ajv: its options and all schemas, formats and keywords that it knows.
type instance struct {
	*Library
	object     *goja.Object
	opts       *options
	groups     []*group
	rules      map[string]bool         // keywords that ask for something
	known      map[string]bool         // those and the ones that do not
	custom     map[string]*goja.Object // definitions of scripts' keywords
	formats    map[string]format
	schemas    map[string]*entry    // by key or id
	refs       map[string]place     // by URL: places inside of schemas
	byKey      map[string]*entry    // by content, see cachedBy
	fragments  map[string]*function // functions of references such as "schema#/definitions/a"
	functions  map[functionKey]*function
	nodes      int                   // compiled so far for one function
	nesting    int                   // depth of schemas being compiled
	given      goja.Value            // the options as they were given
	loading    map[string]goja.Value // what compileAsync waits for, by URI
	definition *function             // what checks the definitions of keywords, once it was needed
	metaRef    goja.Value            // the schema that schemas are checked by, when an option names one
}

// newInstance makes an ajv with its options. What the options bring along is added by setUp,
// in ajv's order: a custom keyword may be used by a schema of the options.
func (l *Library) newInstance(given goja.Value) *instance {
	in := &instance{
		Library: l, object: l.vm.NewObject(), opts: readOptions(given), groups: standardGroups(),
		rules: map[string]bool{"type": true, "$comment": true}, known: map[string]bool{},
		custom: map[string]*goja.Object{}, schemas: map[string]*entry{}, refs: map[string]place{},
		given: given, loading: map[string]goja.Value{},
		byKey: map[string]*entry{}, fragments: map[string]*function{}, functions: map[functionKey]*function{},
	}
	if logger := in.opts.logger; jsdata.Defined(logger) && !jsdata.IsFalse(logger) {
		for _, name := range []string{"log", "warn", "error"} {
			if !jsvalue.Field(logger, name).ToBoolean() {
				in.fail("logger must implement log, warn and error methods")
			}
		}
	}
	for _, g := range in.groups {
		for _, r := range g.rules {
			in.rules[r.keyword] = true
			for _, name := range r.with {
				in.rules[name] = true
			}
		}
	}
	for name := range in.rules {
		in.known[name] = true
	}
	for _, name := range otherKeywords() {
		in.known[name] = true
	}
	in.formats = in.standardFormats()
	in.setUp(given)
	return in
}

// setUp adds the formats, keywords, meta-schemas and schemas that the options bring along.
func (in *instance) setUp(given goja.Value) {
	formats := jsvalue.Field(given, "formats")
	for _, name := range jsdata.Keys(formats) {
		in.addFormat(name, jsvalue.Field(formats, name))
	}
	keywords := jsvalue.Field(given, "keywords")
	for _, name := range jsdata.Keys(keywords) {
		in.addKeyword(name, jsvalue.Field(keywords, name))
	}
	meta := jsvalue.Field(given, "meta")
	if in.opts.data {
		in.addDataSchema()
	}
	if !jsdata.IsFalse(meta) {
		in.addDraft7()
	}
	if jsdata.IsThing(meta) {
		in.addSchema(meta, "", false, true)
		in.metaRef = meta
	}
	if v := jsvalue.Field(given, "defaultMeta"); v.ToBoolean() {
		in.metaRef = v
	}
	if in.opts.nullable {
		in.known["nullable"] = true
		in.rules["nullable"] = true
	}
	schemas := jsvalue.Field(given, "schemas")
	if jsdata.KindOf(schemas) == jsdata.KindArray {
		in.addSchema(schemas, "", false, false)
		return
	}
	for _, name := range jsdata.Keys(schemas) {
		in.addSchema(jsvalue.Field(schemas, name), name, false, false)
	}
}

// addDraft7 adds the meta-schema. Instances whose options make no difference to it share one,
// which is compiled once: compiling takes longer than checking a usual schema.
func (in *instance) addDraft7() {
	o := in.opts
	key := metaKey{o.allErrors, o.verbose, o.jsonPointers, o.noMessages, o.pathOfProperty, o.fullFormats, o.noFormats, o.noUnicode}
	// These options change how a schema compiles beyond what the key holds.
	shared := o.extendRefs == "" && o.strictKeywords == "" && o.schemaID == "" && !o.nullable && !o.data && !o.noInline && o.inlineLimit == 0
	if e, ok := in.metas[key]; ok && shared {
		in.schemas[metaID], in.byKey[e.key] = e, e
		in.refs[metaID] = place{schema: e.schema, root: e, base: e.id}
	} else {
		draft := in.draft7()
		if o.data {
			draft = in.dataMeta(draft, []string{"/properties"})
		}
		in.addSchema(draft, metaID, true, true)
		if shared {
			in.metas[key] = in.schemas[metaID]
		}
	}
	in.refs["http://json-schema.org/schema"] = in.refs[metaID]
}

// draft7 is the meta-schema as a script value, which all instances share.
func (l *Library) draft7() goja.Value {
	if l.meta == nil {
		parse, _ := goja.AssertFunction(jsvalue.Field(l.vm.Get("JSON"), "parse"))
		v, err := parse(goja.Undefined(), l.vm.ToValue(draft7))
		l.env.Check(err)
		l.meta = v
	}
	return l.meta
}

// warn calls the logger of the options. Without one nothing is printed: ajv would write to
// the console, which a run's reports show.
func (in *instance) warn(message string, more ...goja.Value) {
	if logger := in.opts.logger; jsdata.IsThing(logger) {
		in.env.Call(jsvalue.Field(logger, "warn"), logger, "logger.warn", append([]goja.Value{in.vm.ToValue(message)}, more...)...)
	}
}

// addSchema adds a schema under a key, or under its id, without compiling it. A list adds
// each of its schemas. It throws for a key that is taken. unchecked skips the meta-schema;
// meta marks meta-schemas, which removeSchema keeps.
func (in *instance) addSchema(schema goja.Value, key string, unchecked, meta bool) {
	if jsdata.KindOf(schema) == jsdata.KindArray {
		for _, one := range jsdata.Items(schema) {
			in.addSchema(one, "", unchecked, meta)
		}
		return
	}
	id := in.id(schema)
	if jsdata.Defined(id) && jsdata.KindOf(id) != jsdata.KindString {
		in.fail("schema id must be string")
	}
	if key == "" && jsdata.Defined(id) {
		key = id.String()
	}
	key = normalID(key)
	in.unique(key)
	in.schemas[key] = in.register(schema, unchecked, meta, true)
}

// checkSchema validates a schema by its meta-schema and sets errors on the instance. With
// throw, an invalid schema throws, or warns by the option validateSchema: "log".
func (in *instance) checkSchema(schema goja.Value, throw bool) bool {
	meta := jsvalue.Field(schema, "$schema")
	if jsdata.Defined(meta) && jsdata.KindOf(meta) != jsdata.KindString {
		in.fail("$schema must be a string")
	}
	if !meta.ToBoolean() {
		meta = in.metaRef
	}
	var f *function
	switch {
	case meta == nil:
		e, ok := in.schemas[metaID]
		if !ok {
			in.warn("meta-schema not available")
			_ = in.object.Set("errors", goja.Null())
			return true
		}
		f = in.compiled(e)
	case jsdata.KindOf(meta) == jsdata.KindString:
		f = in.byName(meta.String())
	default:
		f = in.compiledFor(meta)
	}
	failures, valid := in.validate(f, &spot{value: schema})
	errs := errorList(in.vm, failures)
	_ = in.object.Set("errors", errs)
	if !valid && throw {
		message := "schema is invalid: " + in.errorsText(errs, goja.Undefined())
		if in.opts.logSchemaCheck {
			in.warn(message)
		} else {
			in.fail(message)
		}
	}
	return valid
}

// byName finds a schema by key or reference, and throws when it is not known.
func (in *instance) byName(name string) *function {
	f := in.find(name)
	if f == nil {
		in.fail(`no schema with key or ref "` + name + `"`)
	}
	return f
}

// find is getSchema: by key, id, or a reference into a schema that is known. It is nil when
// nothing is found.
func (in *instance) find(name string) *function {
	name = normalID(name)
	if e, ok := in.schemas[name]; ok {
		return in.compiled(e)
	}
	if f, ok := in.fragments[name]; ok {
		return f
	}
	p, ok := in.lookup(nil, name, 0)
	if !ok || name == "" && !strings.Contains(name, "#") && p.root == nil {
		return nil
	}
	in.nodes = 0
	if p.root != nil && p.root.schema.StrictEquals(p.schema) {
		return in.compiled(p.root)
	}
	f := in.function(p)
	in.fragments[name] = f
	return f
}

// removeSchema forgets one schema, by key, pattern or by itself, or without an argument all
// but meta-schemas.
func (in *instance) removeSchema(what goja.Value) {
	forget := func(e *entry) {
		delete(in.byKey, e.key)
		for key, known := range in.schemas {
			if known == e {
				delete(in.schemas, key)
			}
		}
		for key, p := range in.refs {
			if p.root == e {
				delete(in.refs, key)
			}
		}
	}
	var match func(e *entry, key string) bool
	switch {
	case jsdata.KindOf(what) == jsdata.KindString:
		match = func(e *entry, key string) bool { return key == normalID(what.String()) }
	case jsdata.IsThing(what) && what.(*goja.Object).ClassName() == "RegExp":
		match = func(e *entry, key string) bool {
			return !e.meta && in.matches(what.(*goja.Object), in.vm.ToValue(key))
		}
	case jsdata.IsThing(what):
		var identityOf strings.Builder
		jsdata.Identity(&identityOf, what, 0)
		match = func(e *entry, _ string) bool { return e.key == identityOf.String() }
	default:
		match = func(e *entry, _ string) bool { return !e.meta }
	}
	for key, e := range in.schemas {
		if match(e, key) {
			forget(e)
		}
	}
	for key, p := range in.refs {
		if p.root != nil && match(p.root, key) {
			forget(p.root)
		}
	}
	if e, ok := in.cachedBy(what); ok {
		forget(e)
	}
}

// cachedBy finds the entry of a schema by its content: ajv caches by the JSON, so an equal
// schema is the same one.
func (in *instance) cachedBy(schema goja.Value) (*entry, bool) {
	if !jsdata.IsThing(schema) {
		return nil, false
	}
	var key strings.Builder
	jsdata.Identity(&key, schema, 0)
	e, ok := in.byKey[key.String()]
	return e, ok
}
