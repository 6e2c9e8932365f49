package chai

import (
	"slices"

	"github.com/dop251/goja"
)

// suggestBelow is the edit distance from which a name is no likely misspelling.
const suggestBelow = 4

// excluded names may be read from anything without complaint, because promises,
// JSON and loggers probe for them.
func (c *Chai) excluded(name string) bool {
	if c.config == nil {
		return name == "then" || name == "catch" || name == "inspect" || name == "toJSON"
	}
	if !c.proxyOn() {
		return true
	}
	list, ok := c.config.Get("proxyExcludedKeys").(*goja.Object)
	return ok && slices.ContainsFunc(c.items(list), func(v goja.Value) bool {
		return strictEqual(v, c.vm.ToValue(name))
	})
}

// proxyOn says whether unknown names are an error.
func (c *Chai) proxyOn() bool { return c.config == nil || truthy(c.config.Get("useProxy")) }

// suggest is the message for a name that the chain does not know.
func (c *Chai) suggest(name string) string {
	best, distance := "", suggestBelow
	for _, known := range c.order {
		if d := editDistance(name, known); d < distance {
			best, distance = known, d
		}
	}
	if best == "" {
		return "Invalid Chai property: " + name
	}
	return "Invalid Chai property: " + name + `. Did you mean "` + best + `"?`
}

// editDistance is the Levenshtein distance, suggestBelow standing for any more.
func editDistance(a, b string) int {
	x, y := unitsOf(a), unitsOf(b)
	if d := len(x) - len(y); d >= suggestBelow || -d >= suggestBelow {
		return suggestBelow
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, u := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, w := range y {
			cost := diagonal
			if u != w {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return min(row[len(y)], suggestBelow)
}

func chainedLength(name string) string {
	return "Invalid Chai property: " + name + `.length. Due to a compatibility issue, "length" cannot directly follow "` +
		name + `". Use "` + name + `.lengthOf" instead.`
}

// A guard is the prototype of a method's function: it turns the use of a method
// as if it were a link of the chain into an error that says so.
type guard struct {
	nothing
	c      *Chai
	method string
}

// Get passes on what functions have, and throws for the rest.
func (g *guard) Get(name string) goja.Value {
	if name == "length" {
		g.c.throwError("Invalid Chai property: " + g.method + `.length. See docs for proper usage of "` + g.method + `".`)
	}
	if g.c.hasProperty(g.c.in.functionProto, name) {
		return orUndefined(g.c.in.functionProto.Get(name))
	}
	if g.c.excluded(name) {
		return nil
	}
	g.c.throwError("Invalid Chai property: " + g.method + "." + name + `. See docs for proper usage of "` + g.method + `".`)
	return nil
}

// hasProperty is the in operator.
func (c *Chai) hasProperty(o *goja.Object, name string) bool {
	return call(c.in.has, goja.Undefined(), o, c.vm.ToValue(name)).ToBoolean()
}
