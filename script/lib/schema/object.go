package schema

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// propertyCount counts own enumerable properties.
func propertyCount(v goja.Value) int { return len(jsdata.Keys(v)) }

func (c site) maxProperties(string) check {
	return c.count("maxProperties", "have more", "properties", true, propertyCount)
}

func (c site) minProperties(string) check {
	return c.count("minProperties", "have fewer", "properties", false, propertyCount)
}

// required checks the names that properties will not: a property with a schema reports that
// it is missing itself, where that schema is (ajv's order of errors).
func (c site) required(string) check {
	names := jsdata.Texts(jsvalue.Field(c.schema, "required"))
	properties := jsvalue.Field(c.schema, "properties")
	names = slices.DeleteFunc(names, func(name string) bool {
		schema := jsvalue.Field(properties, name)
		return schema.ToBoolean() && c.in.hasRules(schema, c.opts)
	})
	if len(names) == 0 {
		return nil
	}
	return func(r *run, s *spot) bool {
		valid := true
		for _, name := range names {
			if c.holds(s, name) {
				continue
			}
			shown := name
			if !c.all && !c.opts.jsonPointers && c.original == nil {
				shown = access(name) // ajv shows the way to the property when it stops here
			}
			c.failRequired(r, s, name, shown, jsvalue.Field(c.schema, "required"))
			valid = false
			if !c.all {
				break
			}
		}
		return valid
	}
}

// failRequired reports a missing property. shown is its name in the message.
func (c site) failRequired(r *run, s *spot, name, shown string, schema goja.Value) bool {
	message, suffix := "should have required property '"+shown+"'", ""
	if c.opts.pathOfProperty {
		message, suffix = "is a required property", (&spot{key: name, step: byName}).segment(c.opts.jsonPointers)
	}
	return c.fail(r, s, report{
		keyword: "required", message: message, suffix: suffix, schema: schema,
		params: []param{{"missingProperty", c.in.vm.ToValue(shown)}},
	})
}

// holds says whether a property exists. Inherited ones count, unless the option ownProperties
// is set.
func (c site) holds(s *spot, name string) bool {
	o, ok := s.value.(*goja.Object)
	if !ok || !jsdata.Has(o, name) {
		return false
	}
	return !c.opts.ownProperties || slices.Contains(o.GetOwnPropertyNames(), name)
}

// propertyNames checks the names as data of their own; errors have the name.
func (c site) propertyNames(string) check {
	schema := jsvalue.Field(c.schema, "propertyNames")
	if !c.in.hasRules(schema, c.opts) {
		return nil
	}
	n := c.branch(schema, c.path+"/propertyNames").compile()
	vm := c.in.vm
	return func(r *run, s *spot) bool {
		valid := true
		for _, name := range jsdata.Keys(s.value) {
			before := len(r.errs)
			if n.check(r, s.child(vm.ToValue(name), name, sameAs)) {
				continue
			}
			for _, f := range r.errs[before:] {
				f.name, f.named = name, true
			}
			valid = c.failAfter(r, s, report{
				keyword: "propertyNames", message: "property name '" + name + "' is invalid",
				params: []param{{"propertyName", vm.ToValue(name)}},
			})
			if !c.all {
				break
			}
		}
		return valid
	}
}

// dependencies checks lists of names first, then schemas, as ajv does whatever their order in
// the schema.
func (c site) dependencies(string) check {
	given := jsvalue.Field(c.schema, "dependencies")
	var lists, schemas []check
	for _, name := range jsdata.Keys(given) {
		v := jsvalue.Field(given, name)
		if jsdata.KindOf(v) == jsdata.KindArray {
			lists = append(lists, c.dependsOn(name, jsdata.Texts(v)))
			continue
		}
		if !c.in.hasRules(v, c.opts) {
			continue
		}
		n := c.sub(v, c.path+"/dependencies/"+escapeFragment(name)).compile()
		schemas = append(schemas, func(r *run, s *spot) bool { return !c.holds(s, name) || n.check(r, s) })
	}
	return c.sequence(append(lists, schemas...))
}

// dependsOn requires all of names where name exists.
func (c site) dependsOn(name string, names []string) check {
	vm := c.in.vm
	message := "should have property " + strings.Join(names, ", ")
	if len(names) > 1 {
		message = "should have properties " + strings.Join(names, ", ")
	}
	message += " when property " + name + " is present"
	return func(r *run, s *spot) bool {
		if !c.holds(s, name) {
			return true
		}
		valid := true
		for _, needed := range names {
			if c.holds(s, needed) {
				continue
			}
			shown := needed
			if !c.all && !c.opts.jsonPointers {
				shown = access(needed)
			}
			valid = c.fail(r, s, report{
				keyword: "dependencies", message: message,
				params: []param{
					{"property", vm.ToValue(name)},
					{"missingProperty", vm.ToValue(shown)},
					{"depsCount", vm.ToValue(len(names))},
					{"deps", vm.ToValue(strings.Join(names, ", "))},
				},
			})
			if !c.all {
				break
			}
		}
		return valid
	}
}
