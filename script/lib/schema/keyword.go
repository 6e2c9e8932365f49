package schema

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// addKeyword defines a keyword of the script's own: {validate | compile | macro, type, …}. It
// throws for a name that is taken or no identifier, and for inline keywords, which would need
// ajv's code generator.
func (in *instance) addKeyword(name string, definition goja.Value) {
	if in.known[name] {
		in.fail("Keyword " + name + " is already defined")
	}
	if !isIdentifier(strings.ReplaceAll(name, "-", "_")) || strings.HasPrefix(name, "-") {
		in.fail("Keyword " + name + " is not a valid identifier")
	}
	if d, ok := definition.(*goja.Object); ok {
		in.checkDefinition(d, true)
		if jsdata.Has(d, "inline") {
			in.fail("keyword " + name + ": inline keywords are not supported here; use validate, compile or macro")
		}
		kinds := []string{""}
		switch t := jsvalue.Field(d, "type"); jsdata.KindOf(t) {
		case jsdata.KindArray:
			kinds = jsdata.Texts(t)
		case jsdata.KindString:
			kinds = []string{t.String()}
		default:
		}
		in.custom[name] = d
		for _, kind := range kinds {
			in.addRule(kind, &rule{keyword: name, with: jsdata.Texts(jsvalue.Field(d, "implements")), build: func(c site, _ string) check {
				return custom(c, name, d)
			}})
		}
		if meta := jsvalue.Field(d, "metaSchema"); meta.ToBoolean() {
			if jsvalue.Field(d, "$data").ToBoolean() && in.opts.data {
				meta = in.orData(meta)
			}
			_ = d.Set("validateSchema", in.compiled(in.register(meta, false, true, false)).object())
		}
	}
	in.known[name], in.rules[name] = true, true
}

// addRule adds to the group of a type, or begins one after ajv's own.
func (in *instance) addRule(kind string, r *rule) {
	for _, g := range in.groups {
		if g.kind == kind {
			g.rules = append(g.rules, r)
			return
		}
	}
	in.groups = append(in.groups, &group{kind: kind, rules: []*rule{r}})
}

// removeKeyword forgets a keyword, also one of ajv's own; schemas that are compiled already
// keep it.
func (in *instance) removeKeyword(name string) {
	delete(in.known, name)
	delete(in.rules, name)
	delete(in.custom, name)
	for _, g := range in.groups {
		g.rules = slices.DeleteFunc(g.rules, func(r *rule) bool { return r.keyword == name })
	}
}

// custom makes the check of a script's own keyword. The keyword's value may be a reference to
// data, if its definition allows it.
func custom(c site, name string, d *goja.Object) check {
	in, value := c.in, jsvalue.Field(c.schema, name)
	pointer, refers := dataPointer(c, name)
	refers = refers && jsvalue.Field(d, "$data").ToBoolean()
	checkCustom(c, d, value)
	if refers {
		checkPointer(c, pointer)
	}
	p := report{
		keyword: name, message: `should pass "` + name + `" keyword validation`,
		params: []param{{"keyword", in.vm.ToValue(name)}},
	}
	if macro := jsvalue.Field(d, "macro"); macro.ToBoolean() {
		return byMacro(c, in.env.Call(macro, in.object, "macro", value, c.schema), p)
	}
	validate, args := keywordFunction(c, name, d, value)
	if !validate.ToBoolean() {
		return nil
	}
	withParent := len(args) > 0
	return func(r *run, s *spot) bool {
		args := args
		if refers {
			given := resolveData(r, s, pointer)
			if !jsdata.Defined(given) {
				return true
			}
			args = []goja.Value{given}
			if !fitsKeyword(c, d, given) {
				return failCustom(c, r, s, nil, p, true)
			}
		}
		f, ok := validate.(*goja.Object)
		if ok {
			_ = f.Set("errors", goja.Null())
		}
		given := append(slices.Clone(args), s.value)
		if withParent {
			given = append(given, c.schema)
		}
		result := in.env.Call(validate, r.this, name, append(given, placeArguments(c, r, s)...)...)
		// The result is a promise; whether it is true is known later.
		if jsvalue.Field(d, "async").ToBoolean() {
			r.pending = append(r.pending, pending{result, func() *failure { return c.failure(s, p) }})
			return true
		}
		valid := result.ToBoolean()
		// The keyword may have replaced the value that the next ones check.
		if jsvalue.Field(d, "modifying").ToBoolean() && s.holder != nil {
			s.value = jsvalue.Field(s.holder, s.key)
		}
		if always := jsvalue.Field(d, "valid"); jsdata.Defined(always) {
			valid = always.ToBoolean()
		}
		return valid || failCustom(c, r, s, f, p, jsdata.IsFalse(jsvalue.Field(d, "errors")))
	}
}

// keywordFunction is what checks data, and its first arguments. A compiled function knows the
// keyword's value already.
func keywordFunction(c site, name string, d *goja.Object, value goja.Value) (validate goja.Value, args []goja.Value) {
	in := c.in
	if compile := jsvalue.Field(d, "compile"); compile.ToBoolean() {
		validate = in.env.Call(compile, in.object, "compile", value, c.schema)
		if !jsdata.Defined(validate) {
			in.fail(`custom keyword "` + name + `"failed to compile`)
		}
		return validate, nil
	}
	validate = jsvalue.Field(d, "validate")
	if jsdata.IsFalse(jsvalue.Field(d, "schema")) {
		return validate, nil
	}
	return validate, []goja.Value{value}
}

// fitsKeyword says whether a keyword's value that came from the data matches its metaSchema.
func fitsKeyword(c site, d *goja.Object, given goja.Value) bool {
	check := jsvalue.Field(d, "validateSchema")
	return !check.ToBoolean() || c.in.env.Call(check, goja.Undefined(), "validateSchema", given).ToBoolean()
}

// placeArguments are what ajv passes to a keyword's function about the place: path,
// container, key there, and the whole data.
func placeArguments(c site, r *run, s *spot) []goja.Value {
	holder, key := goja.Undefined(), goja.Undefined()
	if s.holder != nil {
		holder, key = s.holder, c.in.vm.ToValue(s.key)
	}
	return []goja.Value{c.in.vm.ToValue(s.path(c.opts.jsonPointers)), holder, key, r.root}
}

// checkCustom checks a keyword's own value in the schema, and that the keywords it depends on
// are there.
func checkCustom(c site, d *goja.Object, value goja.Value) {
	if c.opts.skipSchemaCheck {
		return
	}
	needed := jsdata.Texts(jsvalue.Field(d, "dependencies"))
	for _, name := range needed {
		if o, ok := c.schema.(*goja.Object); !ok || !slices.Contains(o.Keys(), name) {
			c.in.fail("parent schema must have all required keywords: " + strings.Join(needed, ","))
		}
	}
	check := jsvalue.Field(d, "validateSchema")
	if check.ToBoolean() && !c.in.env.Call(check, goja.Undefined(), "validateSchema", value).ToBoolean() {
		c.in.fail("keyword schema is invalid: " + c.in.errorsText(jsvalue.Field(check, "errors"), goja.Undefined()))
	}
}

// failCustom reports the errors that the keyword's function left in its errors property, or
// one in ajv's words. Missing paths are filled in.
func failCustom(c site, r *run, s *spot, f *goja.Object, p report, ignore bool) bool {
	var own []goja.Value
	if f != nil && !ignore {
		own = jsdata.Items(jsvalue.Field(f, "errors"))
	}
	if len(own) == 0 {
		return c.fail(r, s, p)
	}
	for _, e := range own {
		o, ok := e.(*goja.Object)
		if !ok {
			continue
		}
		if !jsdata.Has(o, "dataPath") {
			_ = o.Set("dataPath", s.path(c.opts.jsonPointers))
		}
		if !jsdata.Has(o, "schemaPath") {
			_ = o.Set("schemaPath", c.path+"/"+p.keyword)
		}
		if c.opts.verbose {
			_ = o.Set("schema", jsvalue.Field(c.schema, p.keyword))
			_ = o.Set("data", s.value)
		}
		r.errs = append(r.errs, &failure{given: o, spot: s, opts: c.opts})
	}
	return false
}

// byMacro checks by the schema that a keyword's macro made.
func byMacro(c site, schema goja.Value, p report) check {
	if !c.opts.skipSchemaCheck {
		c.in.checkSchema(schema, true)
	}
	n := c.branch(schema, c.path).compile()
	return func(r *run, s *spot) bool { return n.check(r, s) || c.failAfter(r, s, p) }
}
