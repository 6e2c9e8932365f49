// Package resume makes the options of a run that gives back what an earlier one has left: its variables, its teardown, and
// searches for what only the server knows.
package resume

import (
	"io"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/data"
	"posthaste/internal/redact"
	"posthaste/internal/secret/naming"
	"posthaste/lint"
	"posthaste/runner"
	"posthaste/runner/teardown"
)

// From makes a run begin where the recorded one was: the same variables, and a row of data
// with the local ones. Secrets are masked in recordings, so variables with a mask are left to
// the environment, or to the requests that set them: those are run before the teardown. opt's
// collection and scopes are copied and not changed.
//
// extend adds further requests to the teardown, before it is found out what they need.
func From(opt *runner.Options, left teardown.Left, extend func()) {
	environment := collection.Environment{}
	if opt.Environment != nil {
		environment = *opt.Environment
	}
	globals := collection.Environment{}
	if opt.Globals != nil {
		globals = *opt.Globals
	}
	c := *opt.Collection
	environment.Values, globals.Values = slices.Clone(environment.Values), slices.Clone(globals.Values)
	c.Variables = slices.Clone(c.Variables)
	var row data.Row
	masked := map[string]bool{}
	for _, v := range left.Variables {
		// A mask anywhere in the value: the rest of it is useless.
		if strings.Contains(v.Value, redact.Mask) || strings.Contains(v.Key, redact.Mask) {
			masked[v.Key] = true
			continue
		}
		switch v.Scope {
		case "environment":
			environment.Values = set(environment.Values, v.Key, v.Value, v.Unset)
		case "globals":
			globals.Values = set(globals.Values, v.Key, v.Value, v.Unset)
		case "collection":
			c.Variables = set(c.Variables, v.Key, v.Value, v.Unset)
		case "data", "local": // a local variable goes before one of the row
			row = slices.DeleteFunc(row, func(f data.Field) bool { return f.Key == v.Key && v.Scope == "local" })
			if !v.Unset && !slices.ContainsFunc(row, func(f data.Field) bool { return f.Key == v.Key }) {
				row = append(row, data.Field{Key: v.Key, Value: collection.JSONValue(v.Value)})
			}
		}
	}
	opt.Collection, opt.Environment, opt.Globals = &c, &environment, &globals
	// One iteration with the row that the recorded one had.
	if len(row) > 0 {
		opt.Data, opt.Iterations = &oneRow{row: row}, 1
	}
	extend()
	needed := lint.Providers(opt.Collection, opt.Teardown, func(name string) bool {
		// A run that was killed before its token came has none, and the teardown needs one all the same.
		return masked[name] || naming.Names(name) && !given(name, environment.Values, globals.Values, c.Variables)
	})
	// Only what sets secrets that are missing; the teardown itself always runs.
	opt.Select = func(item *collection.Item) bool { return slices.Contains(needed, item) }
	// A teardown runs in order and to its end.
	opt.Parallel, opt.Bail, opt.Folders = runner.Parallel{}, runner.Bail{}, nil
}

// given reports whether one of the scopes has a value for a variable that is not empty.
// Disabled variables do not count.
func given(name string, scopes ...[]collection.Variable) bool {
	return slices.ContainsFunc(slices.Concat(scopes...), func(v collection.Variable) bool {
		return v.Key == name && !v.Disabled && v.Value.String() != ""
	})
}

// set gives a variable the value that a recording has, as JSON text, or removes it when
// unset. Other variables keep their places. The result may share the memory of list, so
// callers pass a clone.
func set(list []collection.Variable, key, value string, unset bool) []collection.Variable {
	i := slices.IndexFunc(list, func(v collection.Variable) bool { return v.Key == key && !v.Disabled })
	switch {
	case unset && i >= 0:
		return slices.Delete(list, i, i+1)
	case unset:
		return list
	case i < 0:
		list = append(list, collection.Variable{Key: key})
		i = len(list) - 1
	}
	list[i].Value = collection.JSONValue(value)
	return list
}

// oneRow is iteration data of one row. It implements runner's data source.
type oneRow struct {
	row  data.Row
	read bool
}

// Next returns the row once, then io.EOF.
func (o *oneRow) Next() (data.Row, bool, error) {
	if o.read {
		return nil, false, io.EOF
	}
	o.read = true
	return o.row, true, nil
}

// Count is 1: it is known beforehand.
func (o *oneRow) Count() (int, bool) { return 1, true }
