package schema

import (
	"math"

	"github.com/dop251/goja"
)

func isInfinite(n float64) bool { return math.IsInf(n, 0) }

// isInteger takes infinities for integers, as ajv does.
func isInteger(n float64) bool { return n == math.Trunc(n) }

func (c site) maximum(string) check { return c.limit("maximum", "exclusiveMaximum", "<", math.Min) }
func (c site) minimum(string) check { return c.limit("minimum", "exclusiveMinimum", ">", math.Max) }

// limit makes the check of a bound. Of a plain and an exclusive bound the narrower is the one reported; an
// exclusive true is draft 4's.
func (c site) limit(plain, exclusive, op string, narrower func(a, b float64) float64) check {
	bound, edge := get(c.schema, plain), get(c.schema, exclusive)
	if defined(bound) && kindOf(bound) != kindNumber {
		c.in.fail(plain + " must be number")
	}
	if k := kindOf(edge); defined(edge) && k != kindNumber && k != kindBoolean {
		c.in.fail(exclusive + " must be number or boolean")
	}
	keyword, open := plain, isTrue(edge)
	if kindOf(edge) == kindNumber {
		open = !defined(bound) || narrower(edge.ToFloat(), bound.ToFloat()) == edge.ToFloat()
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
	if kindOf(get(get(c.original, exclusive), "$data")) == kindString && has(c.original, plain) {
		keyword, path = exclusive, c.path+"/"+plain
	}
	if !defined(bound) {
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
			keyword: keyword, path: path, message: "should be " + op + " " + bound.String(), schema: get(c.schema, plain), of: plain,
			params: []param{{"comparison", vm.ToValue(op)}, {"limit", bound}, {"exclusive", vm.ToValue(open)}},
		})
	}
}

func (c site) multipleOf(string) check {
	of := get(c.schema, "multipleOf")
	if kindOf(of) != kindNumber {
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

// parseInt is JavaScript's, of a number: what is written with an exponent keeps its leading digits alone.
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

// count makes the check of a size: of texts, arrays or objects.
func (c site) count(keyword, worse, unit string, atMost bool, size func(v goja.Value) int) check {
	limit := get(c.schema, keyword)
	if kindOf(limit) != kindNumber {
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
