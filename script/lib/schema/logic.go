package schema

import (
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// constant is the keyword const; values are compared deeply.
func (c site) constant(string) check {
	want := jsvalue.Field(c.schema, "const")
	return func(r *run, s *spot) bool {
		return jsdata.Equal(s.value, want, 0) || c.fail(r, s, report{
			keyword: "const", message: "should be equal to constant", params: []param{{"allowedValue", want}},
		})
	}
}

func (c site) enum(string) check {
	given := jsvalue.Field(c.schema, "enum")
	values := jsdata.Items(given)
	return func(r *run, s *spot) bool {
		for _, want := range values {
			if jsdata.Equal(s.value, want, 0) {
				return true
			}
		}
		return c.fail(r, s, report{
			keyword: "enum", message: "should be equal to one of the allowed values",
			params: []param{{"allowedValues", given}},
		})
	}
}

// not checks without allErrors: one error is enough to know.
func (c site) not(string) check {
	schema := jsvalue.Field(c.schema, "not")
	p := report{keyword: "not", message: "should NOT be valid"}
	if !c.in.hasRules(schema, c.opts) {
		return func(r *run, s *spot) bool { return c.failAfter(r, s, p) }
	}
	below := c.branch(schema, c.path+"/not")
	below.all = false
	n := below.compile()
	return func(r *run, s *spot) bool {
		before := len(r.errs)
		if n.check(r, s) {
			return c.fail(r, s, p)
		}
		r.errs = r.errs[:before]
		return true
	}
}

// branches compiles the alternatives of a keyword; nil is one that accepts everything.
func (c site) branches(keyword string) []*node {
	var out []*node
	for i, schema := range jsdata.Items(jsvalue.Field(c.schema, keyword)) {
		if !c.in.hasRules(schema, c.opts) {
			out = append(out, nil)
			continue
		}
		out = append(out, c.branch(schema, c.path+"/"+keyword+"/"+strconv.Itoa(i)).compile())
	}
	return out
}

// anyOf checks nothing when one of its schemas accepts everything.
func (c site) anyOf(string) check {
	nodes := c.branches("anyOf")
	for _, n := range nodes {
		if n == nil {
			return nil
		}
	}
	return func(r *run, s *spot) bool {
		before := len(r.errs)
		for _, n := range nodes {
			if n.check(r, s) {
				r.errs = r.errs[:before]
				return true
			}
		}
		return c.failAfter(r, s, report{keyword: "anyOf", message: "should match some schema in anyOf"})
	}
}

// oneOf stops at the second that matches, and names both.
func (c site) oneOf(string) check {
	nodes := c.branches("oneOf")
	return func(r *run, s *spot) bool {
		before, passing, second := len(r.errs), -1, -1
		for i, n := range nodes {
			if n != nil && !n.check(r, s) {
				continue
			}
			if passing >= 0 {
				second = i
				break
			}
			passing = i
		}
		if passing >= 0 && second < 0 {
			r.errs = r.errs[:before]
			return true
		}
		vm, which := c.in.vm, goja.Null()
		if second >= 0 {
			which = jsvalue.Array(vm, []goja.Value{vm.ToValue(passing), vm.ToValue(second)})
		}
		return c.failAfter(r, s, report{
			keyword: "oneOf", message: "should match exactly one schema in oneOf", params: []param{{"passingSchemas", which}},
		})
	}
}

// allOf is a sequence; its schemas are no alternatives.
func (c site) allOf(string) check {
	var checks []check
	for i, schema := range jsdata.Items(jsvalue.Field(c.schema, "allOf")) {
		if c.in.hasRules(schema, c.opts) {
			checks = append(checks, c.sub(schema, c.path+"/allOf/"+strconv.Itoa(i)).compile().check)
		}
	}
	return c.sequence(checks)
}

// conditional is if with then and else. Errors of the condition are dropped.
func (c site) conditional(string) check {
	arm := func(keyword string) *node {
		if schema := jsvalue.Field(c.schema, keyword); c.in.hasRules(schema, c.opts) {
			return c.sub(schema, c.path+"/"+keyword).compile()
		}
		return nil
	}
	yes, no := arm("then"), arm("else")
	if yes == nil && no == nil {
		return nil
	}
	test := c.branch(jsvalue.Field(c.schema, "if"), c.path+"/if").compile()
	return func(r *run, s *spot) bool {
		before := len(r.errs)
		name, n := "then", yes
		if !test.check(r, s) {
			name, n = "else", no
		}
		r.errs = r.errs[:min(before, len(r.errs))]
		if n == nil || n.check(r, s) {
			return true
		}
		return c.failAfter(r, s, report{
			keyword: "if", message: `should match "` + name + `" schema`,
			params: []param{{"failingKeyword", c.in.vm.ToValue(name)}},
		})
	}
}

// ref checks by what a reference leads to: copied here when it refers to nothing itself, or
// as a function of its own, whose errors count their schemaPath from there (ajv: option
// inlineRefs).
func (c site) ref(string) check {
	in, ref := c.in, jsvalue.Field(c.schema, "$ref").String()
	var at place
	if ref == "#" || ref == "#/" {
		at = place{schema: c.fn.root.schema, root: c.fn.root, base: c.fn.root.id}
	} else {
		full := resolveURL(c.base, ref)
		p, ok := in.lookup(c.fn.root, full, 0)
		if !ok {
			return c.missing(ref, full)
		}
		if jsdata.KindOf(p.schema) == jsdata.KindBoolean || in.inlines(p.schema) {
			return c.sub(p.schema, ref).compile().check
		}
		at = p
	}
	f := in.function(at)
	// The function's errors must not end those that are here already.
	return func(r *run, s *spot) bool {
		mine := r.errs
		r.errs = nil
		valid := f.node.check(r, s)
		r.errs, r.ended = append(mine, r.errs...), false
		return valid
	}
}

// missing is a reference that cannot be resolved. By default compiling throws, which
// compileAsync waits for; the option missingRefs can make it an error of each validation, or
// nothing.
func (c site) missing(ref, full string) check {
	message := "can't resolve reference " + ref
	switch c.opts.missingRefs {
	case "ignore":
		return nil
	case "fail":
		return func(r *run, s *spot) bool {
			return c.fail(r, s, report{keyword: "$ref", message: message, params: []param{{"ref", c.in.vm.ToValue(ref)}}})
		}
	}
	panic(c.in.missingRef(message+" from id "+baseText(c.base), full))
}

// baseText is how ajv shows a base in its message.
func baseText(base string) string {
	document, _ := jsdata.SplitRef(base)
	return document + "#"
}
