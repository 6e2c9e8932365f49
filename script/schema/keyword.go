package schema

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// addKeyword defines a keyword of the script's own.
func (in *instance) addKeyword(name string, definition goja.Value) {
	if in.known[name] {
		in.fail("Keyword " + name + " is already defined")
	}
	if !isIdentifier(strings.ReplaceAll(name, "-", "_")) || strings.HasPrefix(name, "-") {
		in.fail("Keyword " + name + " is not a valid identifier")
	}
	if d, ok := definition.(*goja.Object); ok {
		in.checkDefinition(d, true)
		if has(d, "inline") {
			in.fail("keyword " + name + ": inline keywords are not supported here; use validate, compile or macro")
		}
		kinds := []string{""}
		switch t := get(d, "type"); kindOf(t) {
		case kindArray:
			kinds = texts(t)
		case kindString:
			kinds = []string{t.String()}
		default:
		}
		in.custom[name] = d
		for _, kind := range kinds {
			in.addRule(kind, &rule{keyword: name, with: texts(get(d, "implements")), build: func(c site, _ string) check {
				return c.custom(name, d)
			}})
		}
		if meta := get(d, "metaSchema"); meta.ToBoolean() {
			if get(d, "$data").ToBoolean() && in.opts.data {
				meta = in.orData(meta)
			}
			_ = d.Set("validateSchema", in.compiled(in.register(meta, false, true, false)).object())
		}
	}
	in.known[name], in.rules[name] = true, true
}

func (in *instance) addRule(kind string, r *rule) {
	for _, g := range in.groups {
		if g.kind == kind {
			g.rules = append(g.rules, r)
			return
		}
	}
	in.groups = append(in.groups, &group{kind: kind, rules: []*rule{r}})
}

func (in *instance) removeKeyword(name string) {
	delete(in.known, name)
	delete(in.rules, name)
	delete(in.custom, name)
	for _, g := range in.groups {
		g.rules = slices.DeleteFunc(g.rules, func(r *rule) bool { return r.keyword == name })
	}
}

// custom makes the check of a script's own keyword.
func (c site) custom(name string, d *goja.Object) check {
	in, value := c.in, get(c.schema, name)
	pointer, refers := c.dataPointer(name)
	refers = refers && get(d, "$data").ToBoolean()
	c.checkCustom(d, value)
	if refers {
		c.checkPointer(pointer)
	}
	p := report{
		keyword: name, message: `should pass "` + name + `" keyword validation`,
		params: []param{{"keyword", in.vm.ToValue(name)}},
	}
	if macro := get(d, "macro"); macro.ToBoolean() {
		return c.macro(in.env.Call(macro, in.object, "macro", value, c.schema), p)
	}
	validate, args := get(d, "validate"), []goja.Value{value}
	if compile := get(d, "compile"); compile.ToBoolean() {
		validate, args = in.env.Call(compile, in.object, "compile", value, c.schema), nil
		if !defined(validate) {
			in.fail(`custom keyword "` + name + `"failed to compile`)
		}
	} else if isFalse(get(d, "schema")) {
		args = nil
	}
	if !validate.ToBoolean() {
		return nil
	}
	withParent := len(args) > 0
	return func(r *run, s *spot) bool {
		args := args
		if refers {
			given := resolveData(r, s, pointer)
			if !defined(given) {
				return true
			}
			args = []goja.Value{given}
			if check := get(d, "validateSchema"); check.ToBoolean() &&
				!in.env.Call(check, goja.Undefined(), "validateSchema", given).ToBoolean() {
				return c.failCustom(r, s, nil, p, true)
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
		holder, key := goja.Undefined(), goja.Undefined()
		if s.holder != nil {
			holder, key = s.holder, in.vm.ToValue(s.key)
		}
		given = append(given, in.vm.ToValue(s.path(c.opts.jsonPointers)), holder, key, r.root)
		result := in.env.Call(validate, r.this, name, given...)
		if get(d, "async").ToBoolean() {
			r.pending = append(r.pending, pending{result, func() *failure { return c.failure(s, p) }})
			return true
		}
		valid := result.ToBoolean()
		if get(d, "modifying").ToBoolean() && s.holder != nil {
			s.value = get(s.holder, s.key)
		}
		if always := get(d, "valid"); defined(always) {
			valid = always.ToBoolean()
		}
		return valid || c.failCustom(r, s, f, p, isFalse(get(d, "errors")))
	}
}

// checkCustom checks a keyword's own value.
func (c site) checkCustom(d *goja.Object, value goja.Value) {
	if c.opts.skipSchemaCheck {
		return
	}
	needed := texts(get(d, "dependencies"))
	for _, name := range needed {
		if o, ok := c.schema.(*goja.Object); !ok || !slices.Contains(o.Keys(), name) {
			c.in.fail("parent schema must have all required keywords: " + strings.Join(needed, ","))
		}
	}
	check := get(d, "validateSchema")
	if check.ToBoolean() && !c.in.env.Call(check, goja.Undefined(), "validateSchema", value).ToBoolean() {
		c.in.fail("keyword schema is invalid: " + c.in.errorsText(get(check, "errors"), goja.Undefined()))
	}
}

// failCustom reports the errors that the keyword's function left, or one in ajv's words.
func (c site) failCustom(r *run, s *spot, f *goja.Object, p report, ignore bool) bool {
	var own []goja.Value
	if f != nil && !ignore {
		own = items(get(f, "errors"))
	}
	if len(own) == 0 {
		return c.fail(r, s, p)
	}
	for _, e := range own {
		o, ok := e.(*goja.Object)
		if !ok {
			continue
		}
		if !has(o, "dataPath") {
			_ = o.Set("dataPath", s.path(c.opts.jsonPointers))
		}
		if !has(o, "schemaPath") {
			_ = o.Set("schemaPath", c.path+"/"+p.keyword)
		}
		if c.opts.verbose {
			_ = o.Set("schema", get(c.schema, p.keyword))
			_ = o.Set("data", s.value)
		}
		r.errs = append(r.errs, &failure{given: o, spot: s, opts: c.opts})
	}
	return false
}

// macro checks by the schema that a keyword's macro made.
func (c site) macro(schema goja.Value, p report) check {
	if !c.opts.skipSchemaCheck {
		c.in.checkSchema(schema, true)
	}
	n := c.branch(schema, c.path).compile()
	return func(r *run, s *spot) bool { return n.check(r, s) || c.failAfter(r, s, p) }
}
