package csv

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// push turns the line into a record: the header where one is expected, otherwise an array or
// an object. Lines of one empty field are no error whatever the number of columns.
func (r *reader) push() error {
	if r.skipBlank && r.blank() {
		return nil
	}
	if r.header() {
		return nil
	}
	if r.width == 0 {
		r.width = len(r.line)
		if r.columns != nil {
			r.width = len(r.names)
		}
	}
	switch {
	case len(r.line) == 1 && r.line[0].String() == "":
	case len(r.line) == r.width || r.relaxCount:
		r.count++
	case r.columns != nil:
		return fmt.Errorf("Number of columns on line %d does not match header", r.lines) //nolint:staticcheck // csv-parse's text
	default:
		return fmt.Errorf("Number of columns is inconsistent on line %d", r.lines) //nolint:staticcheck // csv-parse's text
	}
	// Records are numbered from 1; from and to are included.
	if r.from >= 0 && r.count < r.from || r.to >= 0 && r.count > r.to {
		return nil
	}
	r.keep()
	return nil
}

// blank says whether all fields of the line are blank.
func (r *reader) blank() bool {
	for _, v := range r.line {
		if strings.TrimSpace(v.String()) != "" {
			return false
		}
	}
	return true
}

// header takes the first line as column names where the columns option is true or a function,
// which gets the line and returns the names.
func (r *reader) header() bool {
	if r.columns == nil || r.names != nil {
		return false
	}
	if fn, ok := goja.AssertFunction(r.columns); ok {
		names, err := fn(goja.Null(), r.env.VM.NewArray(items(r.line)...))
		r.env.Check(err)
		r.env.VM.ForOf(names, func(name goja.Value) bool {
			r.names = append(r.names, name)
			return true
		})
		return true
	}
	if jsvalue.Object(r.columns) == nil && r.columns.ToBoolean() {
		r.names = r.line
		return true
	}
	return false
}

// items are values as NewArray takes them.
func items(values []goja.Value) []any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}

// keep adds a record as a list or object. Properties are defined, not set, so that __proto__
// is a column like others. A field without a name is called "undefined", as in csv-parse.
func (r *reader) keep() {
	if r.columns == nil {
		r.records = append(r.records, r.env.VM.NewArray(items(r.line)...))
		return
	}
	o := r.env.VM.NewObject()
	for i, v := range r.line {
		name := "undefined"
		if i < len(r.names) {
			if off, ok := r.names[i].Export().(bool); ok && !off {
				continue // a column named false is left out
			}
			name = r.names[i].String()
		}
		_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	// With objname: a later record of the same key replaces an earlier one.
	if r.byName == nil {
		r.records = append(r.records, o)
		return
	}
	key := "undefined"
	if v := o.Get(r.object); v != nil {
		key = v.String()
	}
	_ = r.byName.DefineDataProperty(key, o, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}
