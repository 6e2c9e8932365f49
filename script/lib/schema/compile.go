package schema

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A check decides on one place of the data and reports what does not match. It returns
// whether everything did.
type check func(r *run, s *spot) bool

// A run is one validation. Checks share it; it is used by one goroutine.
type run struct {
	in    *instance
	errs  []*failure
	ended bool       // the function that runs has its one error: nothing is added
	steps int        // counts nodes that were checked, see maxSteps
	depth int        // of nested nodes, see maxDepth
	root  goja.Value // the whole data, for references to it
	this  goja.Value // what custom keywords are called on

	// pending are the promises of asynchronous keywords, with what fails when one is false.
	pending []pending
}

// A node is a compiled schema: its checks in ajv's order. It is never changed, and may be
// used by many runs.
type node struct {
	checks []check
	all    bool // go on after a check that failed
	lead   bool // the check after the first is done even when the first failed
}

// check runs the checks of one schema. Depth and steps are bounded, since both the schema and
// the data come from scripts: a schema that refers to itself could recurse for ever, and
// nested alternatives take exponential time.
func (n *node) check(r *run, s *spot) bool {
	r.steps++
	r.depth++
	if r.depth > maxDepth {
		r.in.tooMuch()
	}
	r.in.env.Pause(r.steps)
	if r.steps > maxSteps {
		r.in.env.Throw("RangeError", "the schema asks for too many checks")
	}
	valid := true
	for i, c := range n.checks {
		valid = c(r, s) && valid
		if !valid && !n.all && (i > 0 || !n.lead) {
			break
		}
	}
	r.depth--
	return valid
}

// A site is the place of a schema while it is compiled. It is a value: each schema below gets
// a changed copy.
type site struct {
	in     *instance
	opts   *options
	fn     *function // the function that is compiled, whose root "#" refers to
	schema goja.Value
	// original is the schema as it was given, where references to data were resolved in schema; else nil.
	original goja.Value
	path     string // ajv's schemaPath of this schema
	base     string // the URL that references are relative to
	// composite says that this schema is one of several alternatives: errors are then collected, and defaults
	// are not filled in. all is allErrors, which "not" switches off below it.
	composite, all, top bool
}

// sub is the site of a schema below this one.
func (c site) sub(schema goja.Value, path string) site {
	c.schema, c.path, c.top, c.original = schema, path, false, nil
	return c
}

// branch is the site of an alternative, whose errors may be dropped.
func (c site) branch(schema goja.Value, path string) site {
	c = c.sub(schema, path)
	c.composite = true
	return c
}

// A report is what a check says when data does not match. path is the schemaPath, "" for the
// keyword's own; suffix is added to the dataPath.
type report struct {
	keyword, path, message string
	params                 []param
	schema                 goja.Value
	suffix                 string
	of                     string // the keyword whose value an error shows, "" for keyword
}

// failure makes an error without reporting it. Where references to data were resolved, the
// error shows the schema as it was written.
func (c site) failure(s *spot, p report) *failure {
	if p.path == "" {
		p.path = c.path + "/" + p.keyword
	}
	given := c.schema
	if c.original != nil {
		given = c.original
	}
	if p.schema == nil || c.original != nil {
		p.schema = jsvalue.Field(given, cmp.Or(p.of, p.keyword))
	}
	return &failure{
		keyword: p.keyword, spot: s, schemaPath: p.path, params: p.params, message: p.message,
		schema: p.schema, parent: given, data: s.value, suffix: p.suffix, opts: c.opts,
	}
}

// fail reports an error and returns false. Outside of alternatives the first error of a
// function is its only one, unless all are wanted.
func (c site) fail(r *run, s *spot, p report) bool {
	f := c.failure(s, p)
	if !c.composite && !c.all {
		r.errs, r.ended = []*failure{f}, true
		return false
	}
	r.errs = append(r.errs, f)
	return false
}

// failAfter reports an error that comes after those of alternatives, which stay in the list.
func (c site) failAfter(r *run, s *spot, p report) bool {
	if !r.ended {
		r.errs = append(r.errs, c.failure(s, p))
		r.ended = !c.composite && !c.all
	}
	return false
}

// compile makes the checks of a schema. It throws for schemas that are nested too deeply or
// too large, and for what ajv refuses while it compiles.
func (c site) compile() *node {
	in := c.in
	in.nodes++
	if in.nodes > maxNodes {
		in.env.Throw("RangeError", "the schema is too large")
	}
	in.nesting++
	defer func() { in.nesting-- }()
	if in.nesting > maxDepth {
		in.tooMuch()
	}
	n := &node{all: c.all}
	if jsdata.KindOf(c.schema) == jsdata.KindBoolean {
		// A schema may be true or false; true asks for nothing.
		if !c.schema.ToBoolean() {
			c.all = c.all && !c.top
			n.checks = []check{c.never()}
		}
		return n
	}
	c.checkKeywords()
	// An id changes the base of all references below.
	if id := in.idText(c.schema); id != "" && !c.top {
		c.base = resolveURL(c.base, id)
	}
	types := c.types()
	extends := c.extendsRef()
	if types != nil && c.typeFirst(types) {
		n.checks = append(n.checks, c.typeCheck(types))
		n.lead = c.composite // ajv forgets to stop here among alternatives
	}
	// Keywords beside $ref are ignored in draft 7, unless extendRefs says otherwise.
	if ref := jsvalue.Field(c.schema, "$ref"); ref.ToBoolean() && !extends {
		if leads := c.ref(""); leads != nil {
			n.checks = append(n.checks, leads)
		}
		return n
	}
	for _, g := range in.groups {
		if g.used(c.schema) {
			n.checks = append(n.checks, c.group(g, types))
		}
	}
	return n
}

// never is the check of the schema false, which nothing matches.
func (c site) never() check {
	return func(r *run, s *spot) bool {
		return c.fail(r, s, report{keyword: "false schema", message: "boolean schema is false", schema: c.schema})
	}
}

// checkKeywords finds unknown keywords, if the option strictKeywords asks for it: "log" warns
// of the first, anything else throws.
func (c site) checkKeywords() {
	if c.opts.strictKeywords == "" {
		return
	}
	for _, name := range jsdata.Keys(c.schema) {
		if !c.in.known[name] {
			message := "unknown keyword: " + name
			if c.opts.strictKeywords != "log" {
				c.in.fail(message)
			}
			c.in.warn(message)
			return
		}
	}
}

// types are the values of the keyword type, with null where the option nullable adds it; nil
// without the keyword.
func (c site) types() []string {
	given := jsvalue.Field(c.schema, "type")
	if !given.ToBoolean() {
		return nil
	}
	types := []string{given.String()}
	if jsdata.KindOf(given) == jsdata.KindArray {
		types = jsdata.Texts(given)
	}
	if c.opts.nullable && jsdata.IsTrue(jsvalue.Field(c.schema, "nullable")) && !slices.Contains(types, "null") {
		types = append(types, "null")
	}
	return types
}

// extendsRef says whether keywords beside $ref count. By default they do not, and a warning
// says so.
func (c site) extendsRef() bool {
	if !jsvalue.Field(c.schema, "$ref").ToBoolean() {
		return false
	}
	for _, name := range jsdata.Keys(c.schema) {
		if name == "$ref" || !c.in.rules[name] {
			continue
		}
		switch c.opts.extendRefs {
		case "true":
			return true
		case "fail":
			c.in.fail(`$ref: validation keywords used in schema at path "` + c.path + `" (see option extendRefs)`)
		}
		c.in.warn(`$ref: keywords ignored in schema at path "` + c.path + `"`)
		return false
	}
	return false
}

// typeFirst says whether the type is checked before all else; otherwise it is checked
// together with its group of keywords, which gives the error another place in the list.
func (c site) typeFirst(types []string) bool {
	if len(types) != 1 || len(coercible(c, types)) > 0 {
		return true
	}
	for _, g := range c.in.groups {
		if g.kind == types[0] {
			return !g.used(c.schema)
		}
	}
	return true
}

// typeCheck coerces only what does not match already, so a value of one of the types is never
// changed.
func (c site) typeCheck(types []string) check {
	coercible := coercible(c, types)
	return func(r *run, s *spot) bool {
		if isOneOf(types, s.value, c.opts.strictNumbers) {
			return true
		}
		if len(coercible) > 0 && c.in.coerce(s, types, coercible, c.opts) {
			return true
		}
		return c.failType(r, s, types)
	}
}

// failType reports a wrong type. Several types are joined without a blank, as in ajv's
// message.
func (c site) failType(r *run, s *spot, types []string) bool {
	text := strings.Join(types, ",")
	return c.fail(r, s, report{
		keyword: "type", message: "should be " + text, params: []param{{"type", c.in.vm.ToValue(text)}},
	})
}

// group makes the check of a group of keywords: those for one type of data, or for all. Data
// of another type passes, unless the schema asks for this type and no earlier check did.
func (c site) group(g *group, types []string) check {
	var checks []check
	for _, rule := range g.rules {
		if rule.used(c.schema) {
			if built := withData(c, rule, g.kind); built != nil {
				checks = append(checks, built)
				continue
			}
			if built := rule.build(c, g.kind); built != nil {
				checks = append(checks, built)
			}
		}
	}
	wrong := len(types) == 1 && types[0] == g.kind && len(coercible(c, types)) == 0
	fill := defaults(c, g.kind)
	return func(r *run, s *spot) bool {
		if g.kind != "" && !isType(g.kind, s.value, c.opts.strictNumbers) {
			return !wrong || c.failType(r, s, types)
		}
		if fill != nil {
			fill(s)
		}
		valid := true
		for _, one := range checks {
			if !one(r, s) {
				valid = false
				if !c.all {
					break
				}
			}
		}
		return valid
	}
}

// isType is ajv's idea of a type: 1.0 is an integer, and an array is no object. strict
// excludes infinities from numbers.
func isType(name string, v goja.Value, strict bool) bool {
	k := jsdata.KindOf(v)
	switch name {
	case "integer", "number":
		if k != jsdata.KindNumber {
			return false
		}
		n := v.ToFloat()
		if strict && isInfinite(n) {
			return false
		}
		return name == "number" || jsdata.IsInteger(n)
	case "null", "array", "object", "string", "boolean":
		return string(k) == name
	}
	return string(k) == name
}

// isOneOf says whether a value has one of the types.
func isOneOf(names []string, v goja.Value, strict bool) bool {
	for _, name := range names {
		if isType(name, v, strict) {
			return true
		}
	}
	return false
}
