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

// suggest is the message for a name that the chain does not know, or, behind a chainable method, its function.
func (c *Chai) suggest(name string, function bool) string {
	best, distance := "", suggestBelow
	order := c.order
	if function { // the names of a JavaScript function come before the chain's
		order = slices.Concat([]string{"length", "name", "arguments", "caller", "prototype", "call", "apply"}, order)
	}
	for _, known := range order {
		if d := editDistance(name, known, distance); d < distance {
			best, distance = known, d
		}
	}
	if best == "" {
		return "Invalid Chai property: " + name
	}
	return "Invalid Chai property: " + name + `. Did you mean "` + best + `"?`
}

// editDistance is the Levenshtein distance as chai computes it, most standing for
// any more. Chai starts the last column at 0, which makes endings cheap.
func editDistance(a, b string, most int) int {
	x, y := unitsOf(a), unitsOf(b)
	if d := len(x) - len(y); d >= most || -d >= most {
		return most
	}
	row := make([]int, len(y)+1)
	for j := range y {
		row[j] = j
	}
	for i, u := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, w := range y {
			cost := min(diagonal+1, row[j]+1, row[j+1]+1)
			switch {
			case i-j >= most || j-i >= most:
				cost = most
			case u == w:
				cost = min(cost, diagonal)
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
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
