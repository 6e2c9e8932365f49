package schema

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

func isInfinite(n float64) bool { return math.IsInf(n, 0) }

func (c site) maximum(string) check { return c.limit("maximum", "exclusiveMaximum", "<", math.Min) }
func (c site) minimum(string) check { return c.limit("minimum", "exclusiveMinimum", ">", math.Max) }

// limit makes the check of a bound. Of a plain and an exclusive bound the narrower is the one
// reported; an exclusive true is draft 4's form. op is "<" or ">", for the message too.
func (c site) limit(plain, exclusive, op string, narrower func(a, b float64) float64) check {
	bound, edge := jsvalue.Field(c.schema, plain), jsvalue.Field(c.schema, exclusive)
	if jsdata.Defined(bound) && jsdata.KindOf(bound) != jsdata.KindNumber {
		c.in.fail(plain + " must be number")
	}
	if k := jsdata.KindOf(edge); jsdata.Defined(edge) && k != jsdata.KindNumber && k != jsdata.KindBoolean {
		c.in.fail(exclusive + " must be number or boolean")
	}
	keyword, open := plain, jsdata.IsTrue(edge)
	if jsdata.KindOf(edge) == jsdata.KindNumber {
		open = !jsdata.Defined(bound) || narrower(edge.ToFloat(), bound.ToFloat()) == edge.ToFloat()
		if open {
			bound = edge
		}
	}
	if open {
		keyword = exclusive
	} else {
		op += "="
	}
	path := ""
	// ajv's message for a reference to data in the exclusive bound shows the plain keyword's
	// place.
	if jsdata.KindOf(jsvalue.Field(jsvalue.Field(c.original, exclusive), "$data")) == jsdata.KindString && jsdata.Has(c.original, plain) {
		keyword, path = exclusive, c.path+"/"+plain
	}
	if !jsdata.Defined(bound) {
		return nil
	}
	limit := bound.ToFloat()
	fits := map[string]func(n float64) bool{
		"<": func(n float64) bool { return n < limit }, "<=": func(n float64) bool { return n <= limit },
		">": func(n float64) bool { return n > limit }, ">=": func(n float64) bool { return n >= limit },
	}[op]
	vm := c.in.vm
	return func(r *run, s *spot) bool {
		return fits(s.value.ToFloat()) || c.fail(r, s, report{
			keyword: keyword, path: path, message: "should be " + op + " " + bound.String(), schema: jsvalue.Field(c.schema, plain), of: plain,
			params: []param{{"comparison", vm.ToValue(op)}, {"limit", bound}, {"exclusive", vm.ToValue(open)}},
		})
	}
}

// multipleOf divides, with JavaScript's rounding: 0.3 is no multiple of 0.1, unless
// multipleOfPrecision says how near is near enough.
func (c site) multipleOf(string) check {
	of := jsvalue.Field(c.schema, "multipleOf")
	if jsdata.KindOf(of) != jsdata.KindNumber {
		c.in.fail("multipleOf must be number")
	}
	return func(r *run, s *spot) bool {
		division := s.value.ToFloat() / of.ToFloat()
		fits := division == parseInt(division)
		if p := c.opts.precision; p.ToBoolean() {
			fits = !(math.Abs(math.Floor(division+0.5)-division) > math.Pow(10, -p.ToFloat()))
		}
		return fits || c.fail(r, s, report{
			keyword: "multipleOf", message: "should be multiple of " + of.String(), params: []param{{"multipleOf", of}},
		})
	}
}

// parseInt is JavaScript's, of a number: what is written with an exponent keeps its leading
// digits alone (parseInt(1e21) is 1).
func parseInt(n float64) float64 {
	switch abs := math.Abs(n); {
	case math.IsNaN(n) || math.IsInf(n, 0):
		return math.NaN()
	case abs != 0 && abs < 1e-6, abs >= 1e21:
		for math.Abs(n) >= 10 {
			n /= 10
		}
		for math.Abs(n) < 1 {
			n *= 10
		}
	}
	return math.Trunc(n)
}

// count makes the check of a size: of texts, arrays or objects. worse and unit are words of
// the message, atMost the direction.
func (c site) count(keyword, worse, unit string, atMost bool, size func(v goja.Value) int) check {
	limit := jsvalue.Field(c.schema, keyword)
	if jsdata.KindOf(limit) != jsdata.KindNumber {
		c.in.fail(keyword + " must be number")
	}
	message := "should NOT " + worse + " than " + limit.String() + " " + unit
	return func(r *run, s *spot) bool {
		n := float64(size(s.value))
		if atMost && n <= limit.ToFloat() || !atMost && n >= limit.ToFloat() {
			return true
		}
		return c.fail(r, s, report{keyword: keyword, message: message, params: []param{{"limit", limit}}})
	}
}
