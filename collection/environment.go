package collection

import (
	"errors"
	"fmt"

	"posthaste/collection/source"
)

// ParseEnvironment reads an environment or a globals file: {"values": […]}, a bare list of
// variables, or either in what the Postman API wraps around it. name is what errors call the
// file.
//
// newman: a map of names and values gives no variables; here a notice says so. Entries that
// are no objects are dropped; of several with one key all are kept, and the last enabled one
// counts.
func ParseEnvironment(name string, data []byte, opt Options) (*Environment, error) {
	src := source.New(name, data)
	root, err := rootOf(src)
	if err != nil {
		return nil, err
	}
	if !root.isObject() && !root.isArray() {
		return nil, src.ErrorAt(src.Start, "export the environment from Postman again",
			fmt.Errorf("an environment is an object or a list of variables, found %s", root.kind()))
	}
	r := &reader{src: src, newID: opt.ids()}
	env := &Environment{File: name}
	if root.isArray() {
		env.Values = r.environmentValues(root, env)
	} else if err := r.environment(root.object(), env); err != nil {
		return nil, err
	}
	if r.err != nil {
		return nil, r.err
	}
	if env.ID == "" {
		env.ID = r.newID()
	}
	return env, nil
}

// environment reads an environment in the shapes in which Postman's app and API write it:
// alone, or inside of "environment" or "globals". A collection is recognised, because -e
// before the wrong file is a common slip. The error it returns is final; other faults are in
// r.err.
func (r *reader) environment(o object, env *Environment) error {
	for _, key := range [...]string{"environment", "globals"} {
		if inner := o.get(key); !o.has("values") {
			switch {
			case inner.isArray():
				env.Values = r.environmentValues(inner, env)
				return nil
			case inner.isObject():
				o = inner.object()
			}
		}
		// The API's wrapper is only opened when the outer object has no values of its own.
	}
	if !o.has("values") {
		if o.has("item") || o.has("requests") || o.has("request") && o.has("name") {
			return r.src.ErrorAt(o.Index, "give the collection alone, and the environment with -e",
				errors.New("this is a collection, not an environment"))
		}
	}
	env.ID = o.get("id").text()
	env.Name = o.get("name").text()
	env.HasID = env.ID != ""
	env.Extra = o.extra("id", "name", "values")
	values := o.get("values")
	switch {
	case values.isArray():
		env.Values = r.environmentValues(values, env)
	case values.isObject():
		env.Notices = append(env.Notices, noVariables("its \"values\" is an object"))
	case values.truthy():
		r.wrong(values, "a list of variables")
	case !o.has("values") && len(o.fields) > 0:
		env.Notices = append(env.Notices, noVariables("it has no \"values\" list"))
	}
	return nil
}

// noVariables is a notice; why completes its first sentence.
func noVariables(why string) string {
	return "The environment holds no variables: " + why +
		"; Postman's form is {\"values\": [{\"key\": \"name\", \"value\": \"text\"}]}."
}

// environmentValues reads the variables. Entries that are no variables are left out with a
// notice, not an error: newman runs. n must be a list.
func (r *reader) environmentValues(n node, env *Environment) []Variable {
	var list []Variable
	for _, e := range n.elements() {
		if v, ok := r.variable(e); ok && e.isObject() {
			list = append(list, v)
		}
	}
	if skipped := len(n.elements()) - len(list); skipped > 0 {
		env.Notices = append(env.Notices, fmt.Sprintf("%d entries of the environment are no variables and were left out.", skipped))
	}
	return list
}
