package schema

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// properties checks, in this order, what is additional, what has a schema by name, and what
// has one by pattern. A required property that is missing is reported where its schema is,
// see required.
func (c site) properties(string) check {
	named := slices.DeleteFunc(jsdata.Keys(jsvalue.Field(c.schema, "properties")), isProto)
	patterns := c.patterns()
	var checks []check
	if additional := c.additional(named, patterns); additional != nil {
		checks = append(checks, additional)
	}
	required := jsdata.Texts(jsvalue.Field(c.schema, "required"))
	for _, name := range named {
		if one := c.property(name, slices.Contains(required, name)); one != nil {
			checks = append(checks, one)
		}
	}
	for _, p := range patterns {
		if !c.in.hasRules(p.schema, c.opts) {
			continue
		}
		n := c.sub(p.schema, c.path+"/patternProperties/"+escapeFragment(p.source)).compile()
		checks = append(checks, c.eachKey(func(r *run, s *spot, key string) bool {
			return !c.in.matches(p.re, c.in.vm.ToValue(key)) || n.check(r, s.property(key, byKey))
		}))
	}
	return c.sequence(checks)
}

// isProto: ajv leaves __proto__ out everywhere, since it cannot be an own property of a
// literal.
func isProto(name string) bool { return name == "__proto__" }

// A patterned is one member of patternProperties.
type patterned struct {
	source string
	re     *goja.Object
	schema goja.Value
}

// patterns compiles patternProperties. A source that is no regular expression throws.
func (c site) patterns() []patterned {
	given := jsvalue.Field(c.schema, "patternProperties")
	var out []patterned
	for _, source := range jsdata.Keys(given) {
		if !isProto(source) {
			out = append(out, patterned{source, c.in.pattern(source), jsvalue.Field(given, source)})
		}
	}
	return out
}

// eachKey checks every property of the data, in its order, as far as errors are wanted.
func (c site) eachKey(one func(r *run, s *spot, key string) bool) check {
	return func(r *run, s *spot) bool {
		valid := true
		for _, key := range jsdata.Keys(s.value) {
			if !one(r, s, key) {
				valid = false
				if !c.all {
					break
				}
			}
		}
		return valid
	}
}

// property checks one property if it exists, or if a default will fill it in. It is nil for a
// schema that checks nothing.
func (c site) property(name string, required bool) check {
	properties := jsvalue.Field(c.schema, "properties")
	schema := jsvalue.Field(properties, name)
	if !c.in.hasRules(schema, c.opts) {
		return nil
	}
	filled := c.opts.useDefaults != "" && !c.composite && jsdata.Has(schema, "default")
	n := c.sub(schema, c.path+"/properties/"+escapeFragment(name)).compile()
	return func(r *run, s *spot) bool {
		switch {
		case filled || c.holds(s, name):
			return n.check(r, s.property(name, byName))
		case required:
			return c.failRequired(r, s, name, name, properties)
		}
		return true
	}
}

// additional makes the check of properties that neither a name nor a pattern covers; with
// removeAdditional it removes them. It is nil when nothing is to be done.
func (c site) additional(named []string, patterns []patterned) check {
	given, remove := jsvalue.Field(c.schema, "additionalProperties"), c.opts.removeAdditional
	schema := jsdata.IsThing(given) && len(jsdata.Keys(given)) > 0
	if !jsdata.IsFalse(given) && !schema && remove == "" {
		return nil
	}
	handle := c.handleAdditional(given, schema)
	if handle == nil {
		return nil
	}
	known := map[string]bool{}
	for _, name := range named {
		known[name] = true
	}
	return c.eachKey(func(r *run, s *spot, key string) bool {
		if known[key] {
			return true
		}
		for _, p := range patterns {
			if c.in.matches(p.re, c.in.vm.ToValue(key)) {
				return true
			}
		}
		return handle(r, s, key)
	})
}

// handleAdditional is what happens to a property that the schema does not name: it is
// removed, refused, or checked by the schema of additionalProperties. removeAdditional
// "failing" removes those that do not match.
func (c site) handleAdditional(given goja.Value, schema bool) func(r *run, s *spot, key string) bool {
	remove := c.opts.removeAdditional
	drop := func(_ *run, s *spot, key string) bool {
		_ = s.value.(*goja.Object).Delete(key)
		return true
	}
	switch {
	case remove == "all", jsdata.IsFalse(given) && remove != "":
		return drop
	case jsdata.IsFalse(given):
		return c.failAdditional
	case !schema:
		return nil
	}
	path := c.path + "/additionalProperties"
	if remove == "failing" {
		n := c.branch(given, path).compile()
		return func(r *run, s *spot, key string) bool {
			// The errors stay, though the data is now valid: so ajv has it.
			return n.check(r, s.property(key, byKey)) || drop(r, s, key)
		}
	}
	n := c.sub(given, path).compile()
	return func(r *run, s *spot, key string) bool { return n.check(r, s.property(key, byKey)) }
}

// failAdditional reports a property that is not allowed.
func (c site) failAdditional(r *run, s *spot, key string) bool {
	p := report{
		keyword: "additionalProperties", message: "should NOT have additional properties",
		params: []param{{"additionalProperty", c.in.vm.ToValue(key)}},
	}
	if c.opts.pathOfProperty {
		p.message, p.suffix = "is an invalid additional property", (&spot{key: key, step: byKey}).segment(c.opts.jsonPointers)
	}
	return c.fail(r, s, p)
}
