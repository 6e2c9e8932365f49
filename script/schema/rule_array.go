package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

func (c site) maxItems(string) check { return c.count("maxItems", "have more", "items", true, length) }

func (c site) minItems(string) check {
	return c.count("minItems", "have fewer", "items", false, length)
}

// items makes the check of elements: all by one schema, or each by its own and those beyond by
// additionalItems.
func (c site) items(string) check {
	given := get(c.schema, "items")
	if kindOf(given) != kindArray {
		return c.elements(given, "items", 0)
	}
	schemas := items(given)
	more := get(c.schema, "additionalItems")
	var checks []check
	if isFalse(more) {
		checks = append(checks, c.noMoreItems(len(schemas)))
	}
	for i, schema := range schemas {
		if !c.in.hasRules(schema, c.opts) {
			continue
		}
		n := c.sub(schema, c.path+"/items/"+strconv.Itoa(i)).compile()
		checks = append(checks, func(r *run, s *spot) bool {
			return length(s.value) <= i || n.check(r, s.index(i))
		})
	}
	if isThing(more) {
		if rest := c.elements(more, "additionalItems", len(schemas)); rest != nil {
			checks = append(checks, rest)
		}
	}
	return c.sequence(checks)
}

func (c site) noMoreItems(limit int) check {
	return func(r *run, s *spot) bool {
		return length(s.value) <= limit || c.fail(r, s, report{
			keyword: "additionalItems", message: fmt.Sprintf("should NOT have more than %d items", limit),
			params: []param{{"limit", c.in.vm.ToValue(limit)}},
		})
	}
}

// elements checks those from index first on by one schema.
func (c site) elements(schema goja.Value, keyword string, first int) check {
	if !c.in.hasRules(schema, c.opts) {
		return nil
	}
	n := c.sub(schema, c.path+"/"+keyword).compile()
	return func(r *run, s *spot) bool {
		valid := true
		for i := first; i < length(s.value); i++ {
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

// sequence does checks one after the other.
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

func (c site) contains(string) check {
	schema := get(c.schema, "contains")
	var n *node
	if c.in.hasRules(schema, c.opts) {
		n = c.branch(schema, c.path+"/contains").compile()
	}
	return func(r *run, s *spot) bool {
		before := len(r.errs)
		for i := range length(s.value) {
			if n == nil || n.check(r, s.index(i)) {
				r.errs = r.errs[:before]
				return true
			}
		}
		return c.fail(r, s, report{keyword: "contains", message: "should contain a valid item"})
	}
}

func (c site) uniqueItems(string) check {
	if !get(c.schema, "uniqueItems").ToBoolean() || c.opts.noUnique {
		return nil
	}
	types := scalarTypes(get(get(c.schema, "items"), "type"))
	return func(r *run, s *spot) bool {
		i, j, found := c.duplicate(items(s.value), types)
		vm := c.in.vm
		return !found || c.fail(r, s, report{
			keyword: "uniqueItems",
			message: fmt.Sprintf("should NOT have duplicate items (items ## %d and %d are identical)", j, i),
			params:  []param{{"i", vm.ToValue(i)}, {"j", vm.ToValue(j)}},
		})
	}
}

// scalarTypes are the types of elements when none is an array or object; nil otherwise.
func scalarTypes(given goja.Value) []string {
	if !given.ToBoolean() {
		return nil
	}
	types := []string{given.String()}
	if kindOf(given) == kindArray {
		types = texts(given)
	}
	if slices.Contains(types, "object") || slices.Contains(types, "array") {
		return nil
	}
	return types
}

// duplicate finds the pair that ajv finds when it looks from the end. Elements of known scalar types are
// looked up, which gives the pair the other way round and leaves elements of other types out.
func (c site) duplicate(values []goja.Value, types []string) (i, j int, found bool) {
	seen := map[string]int{}
	at := make([]int, len(values)) // the nearest equal element before each, or -1
	for i, v := range values {
		var key strings.Builder
		if !identity(&key, v, 0) {
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

func scalarDuplicate(values []goja.Value, types []string, strict bool) (i, j int, found bool) {
	seen := map[string]int{}
	for i := len(values) - 1; i >= 0; i-- {
		v := values[i]
		if !isOneOf(types, v, strict) {
			continue
		}
		key := v.String()
		if len(types) > 1 && kindOf(v) == kindString {
			key = `"` + key
		}
		if j, ok := seen[key]; ok {
			return i, j, true
		}
		seen[key] = i
	}
	return 0, 0, false
}
