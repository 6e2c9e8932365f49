package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// maxItems and minItems count holes of arrays too, as length does.
func (c site) maxItems(string) check {
	return c.count("maxItems", "have more", "items", true, jsdata.Length)
}

func (c site) minItems(string) check {
	return c.count("minItems", "have fewer", "items", false, jsdata.Length)
}

// items makes the check of elements: all by one schema, or each by its own (a list of
// schemas) and those beyond by additionalItems.
func (c site) items(string) check {
	given := jsvalue.Field(c.schema, "items")
	if jsdata.KindOf(given) != jsdata.KindArray {
		return c.elements(given, "items", 0)
	}
	schemas := jsdata.Items(given)
	more := jsvalue.Field(c.schema, "additionalItems")
	var checks []check
	if jsdata.IsFalse(more) {
		checks = append(checks, c.noMoreItems(len(schemas)))
	}
	for i, schema := range schemas {
		// Schemas that check nothing are left out; the positions of the others stay.
		if !c.in.hasRules(schema, c.opts) {
			continue
		}
		n := c.sub(schema, c.path+"/items/"+strconv.Itoa(i)).compile()
		checks = append(checks, func(r *run, s *spot) bool {
			return jsdata.Length(s.value) <= i || n.check(r, s.index(i))
		})
	}
	if jsdata.IsThing(more) {
		if rest := c.elements(more, "additionalItems", len(schemas)); rest != nil {
			checks = append(checks, rest)
		}
	}
	return c.sequence(checks)
}

// noMoreItems is additionalItems: false. It looks only at what the list of schemas does not
// cover.
func (c site) noMoreItems(limit int) check {
	return func(r *run, s *spot) bool {
		return jsdata.Length(s.value) <= limit || c.fail(r, s, report{
			keyword: "additionalItems", message: fmt.Sprintf("should NOT have more than %d items", limit),
			params: []param{{"limit", c.in.vm.ToValue(limit)}},
		})
	}
}

// elements checks those from index first on by one schema, and stops at the first error
// unless all are wanted. It is nil for a schema that checks nothing.
func (c site) elements(schema goja.Value, keyword string, first int) check {
	if !c.in.hasRules(schema, c.opts) {
		return nil
	}
	n := c.sub(schema, c.path+"/"+keyword).compile()
	return func(r *run, s *spot) bool {
		valid := true
		for i := first; i < jsdata.Length(s.value); i++ {
			if !n.check(r, s.index(i)) {
				valid = false
				if !c.all {
					break
				}
			}
		}
		return valid
	}
}

// sequence runs checks one after the other, as far as errors are wanted.
func (c site) sequence(checks []check) check {
	return func(r *run, s *spot) bool {
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

// contains passes on the first element that matches. The errors of elements before are
// dropped then, as in ajv; a nil node is a schema that everything matches.
func (c site) contains(string) check {
	schema := jsvalue.Field(c.schema, "contains")
	var n *node
	if c.in.hasRules(schema, c.opts) {
		n = c.branch(schema, c.path+"/contains").compile()
	}
	return func(r *run, s *spot) bool {
		before := len(r.errs)
		for i := range jsdata.Length(s.value) {
			if n == nil || n.check(r, s.index(i)) {
				r.errs = r.errs[:before]
				return true
			}
		}
		return c.fail(r, s, report{keyword: "contains", message: "should contain a valid item"})
	}
}

// uniqueItems finds equal elements. params.i is the later element and params.j the earlier,
// and the message has them the other way round, as in ajv.
func (c site) uniqueItems(string) check {
	if !jsvalue.Field(c.schema, "uniqueItems").ToBoolean() || c.opts.noUnique {
		return nil
	}
	types := scalarTypes(jsvalue.Field(jsvalue.Field(c.schema, "items"), "type"))
	return func(r *run, s *spot) bool {
		i, j, found := c.duplicate(jsdata.Items(s.value), types)
		vm := c.in.vm
		return !found || c.fail(r, s, report{
			keyword: "uniqueItems",
			message: fmt.Sprintf("should NOT have duplicate items (items ## %d and %d are identical)", j, i),
			params:  []param{{"i", vm.ToValue(i)}, {"j", vm.ToValue(j)}},
		})
	}
}

// scalarTypes are the types of elements when they allow no arrays or objects; nil otherwise.
// ajv has a faster algorithm for them, with other results.
func scalarTypes(given goja.Value) []string {
	if !given.ToBoolean() {
		return nil
	}
	types := []string{given.String()}
	if jsdata.KindOf(given) == jsdata.KindArray {
		types = jsdata.Texts(given)
	}
	if slices.Contains(types, "object") || slices.Contains(types, "array") {
		return nil
	}
	return types
}

// duplicate finds the pair that ajv finds when it looks from the end. Elements of known
// scalar types are looked up, which gives the pair the other way round and leaves elements of
// other types out. It takes linear time: equal values have equal texts.
func (c site) duplicate(values []goja.Value, types []string) (i, j int, found bool) {
	seen := map[string]int{}
	at := make([]int, len(values)) // the nearest equal element before each, or -1
	for i, v := range values {
		var key strings.Builder
		if !jsdata.Identity(&key, v, 0) {
			c.in.tooMuch()
		}
		before, ok := seen[key.String()]
		if !ok {
			before = -1
		}
		at[i] = before
		seen[key.String()] = i
	}
	if types != nil {
		return scalarDuplicate(values, types, c.opts.strictNumbers)
	}
	for i := len(values) - 1; i >= 0; i-- {
		if at[i] >= 0 {
			return i, at[i], true
		}
	}
	return 0, 0, false
}

// scalarDuplicate is duplicate for elements that are no arrays or objects. Texts get a quote
// in front where other types are allowed too, so that "1" and 1 stay apart (ajv does the
// same).
func scalarDuplicate(values []goja.Value, types []string, strict bool) (i, j int, found bool) {
	seen := map[string]int{}
	for i := len(values) - 1; i >= 0; i-- {
		v := values[i]
		if !isOneOf(types, v, strict) {
			continue
		}
		key := v.String()
		if len(types) > 1 && jsdata.KindOf(v) == jsdata.KindString {
			key = `"` + key
		}
		if j, ok := seen[key]; ok {
			return i, j, true
		}
		seen[key] = i
	}
	return 0, 0, false
}
