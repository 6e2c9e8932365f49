package assertion

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// suggestBelow is the edit distance from which a name is no likely misspelling.
const suggestBelow = 4

// excluded names may be read from anything without complaint, because promises,
// JSON and loggers probe for them.
func (l *Library) excluded(name string) bool {
	if l.config == nil {
		return name == "then" || name == "catch" || name == "inspect" || name == "toJSON"
	}
	list, ok := l.config.Get("proxyExcludedKeys").(*goja.Object)
	return ok && slices.ContainsFunc(l.B.Items(list), func(v goja.Value) bool {
		s, isText := v.(goja.String)
		return isText && s.String() == name
	})
}

// suggest is the message for a name that the chain of an assertion does not know.
func (l *Library) suggest(name string, a *Assertion) string {
	if l.shown {
		return nearest(name, l.namesOf(a.target()))
	}
	order := l.order
	if a.chained != "" { // the names of a JavaScript function come before the chain's
		order = slices.Concat([]string{"length", "name", "arguments", "caller", "prototype", "call", "apply"}, order)
	}
	return nearest(name, order)
}

// nearest is the message for a name that does not exist, with the first of the
// names that do which is nearest to it.
func nearest(name string, names []string) string {
	best, distance := "", suggestBelow
	for _, known := range names {
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
	x, y := jsvalue.UnitsOf(a), jsvalue.UnitsOf(b)
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

// nothing is a dynamic object without properties.
type nothing struct{}

// Get finds nothing.
func (nothing) Get(string) goja.Value { return nil }

// Set refuses.
func (nothing) Set(string, goja.Value) bool { return false }

// Has says no.
func (nothing) Has(string) bool { return false }

// Delete has nothing to do.
func (nothing) Delete(string) bool { return true }

// Keys lists nothing.
func (nothing) Keys() []string { return nil }

// A guard is the prototype of a method's function: it turns the use of a method
// as if it were a link of the chain into an error that says so.
type guard struct {
	nothing
	l      *Library
	method string
}

// Get leaves what functions have to the prototype, and throws for the rest.
func (g *guard) Get(name string) goja.Value {
	l := g.l
	if name == "length" {
		l.B.ThrowError("Invalid Chai property: " + g.method + `.length. See docs for proper usage of "` + g.method + `".`)
	}
	if l.excluded(name) || l.B.HasProperty(l.B.FunctionProto, name) {
		return nil
	}
	l.B.ThrowError("Invalid Chai property: " + g.method + "." + name + `. See docs for proper usage of "` + g.method + `".`)
	return nil
}
