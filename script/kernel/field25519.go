package kernel

import (
	"math"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

// tweetnacl and forge compute in the field of Curve25519 with numbers of sixteen limbs in a Float64Array. The few functions for
// that are local ones, whose names a minifier changes, so they are known by what they look like: a loop over sixteen limbs, or
// a product with its two carries written out.

// limbs is how many a number has.
const limbs = 16

// The kinds of these functions.
const (
	fieldProduct    = "25519 product"
	fieldSum        = "25519 sum"
	fieldDifference = "25519 difference"
	fieldSelect     = "25519 select"
)

// loops are the patterns of the short functions, without blanks.
//
//nolint:gochecknoglobals // a table, made when it is first used
var loops = sync.OnceValue(func() map[string]*regexp.Regexp {
	const head, name, limit = `^function[\w$]*\(([\w$]+),([\w$]+),([\w$]+)\)\{`, `([\w$]+)`, `(?:16|0x10)`
	loop := `for\((?:var|let)?` + name + `=0;` + name + `<` + limit + `;(?:` + name + `\+\+|\+\+` + name + `)\)`
	each := func(operator string) string {
		return head + `(?:var` + name + `;)?` + loop + `\{?` + name + `\[` + name + `\]=` + name + `\[` + name + `\]` + operator + name + `\[` + name + `\];?\}?\}$`
	}
	return map[string]*regexp.Regexp{
		fieldSum:        regexp.MustCompile(each(`\+`)),
		fieldDifference: regexp.MustCompile(each(`-`)),
		fieldSelect:     regexp.MustCompile(head + `(?:var|for\(var)` + name + `,` + name + `=~\(` + name + `-1\)`),
	}
})

// Kind says which kernel a function with three parameters may stand for, "" for none, by its source. The caller has made sure
// that it changes nothing but its arguments and its own variables.
func Kind(source string) string {
	if len(source) > 40_000 || !strings.Contains(source, "16") && !strings.Contains(source, "65535") {
		return ""
	}
	if strings.Count(source, "65535") >= limbs && strings.Count(source, "65536") >= limbs {
		return fieldProduct
	}
	if len(source) > 400 {
		return ""
	}
	short := strings.Join(strings.Fields(source), "")
	for kind, pattern := range loops() {
		if pattern.MatchString(short) {
			return kind
		}
	}
	return ""
}

// A fieldKernel computes in the place of one such function.
type fieldKernel struct {
	do      func(o, a []float64, b goja.Value) bool
	fn      goja.Value // the library's own function
	busy    bool       // it is asked what it gives
	checked bool
	usable  bool
}

// Local returns the guard of such functions. It is called with the kind, what tells the function apart, and the function itself
// where that is declared; then, whenever the function begins, with its three arguments, and is true where the work is done. A
// function is compared with the kernel when it is called for the first time.
func Local(vm *goja.Runtime) func(call goja.FunctionCall) goja.Value {
	known := map[string]*fieldKernel{}
	return func(call goja.FunctionCall) goja.Value {
		id := call.Argument(1).String()
		k := known[id]
		if k == nil {
			k = &fieldKernel{do: fieldWork(call.Argument(0).String())}
			known[id] = k
		}
		if len(call.Arguments) == 3 { // a declaration: the newest function of this source, which may have other names around
			k.fn, k.checked, k.usable = call.Argument(2), false, false
			return goja.Undefined()
		}
		if fn, ok := k.fn.(*goja.Object); ok && !k.checked {
			k.checked, k.busy = true, true
			k.usable = k.do != nil && fieldAgrees(vm, fn, k.do)
			k.busy = false
		}
		if k.busy || !k.usable {
			return vm.ToValue(false)
		}
		o, ok1 := floats(call.Argument(2))
		a, ok2 := floats(call.Argument(3))
		return vm.ToValue(ok1 && ok2 && k.do(o, a, call.Argument(4)))
	}
}

// floats is the memory of a Float64Array of sixteen numbers.
func floats(v goja.Value) ([]float64, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	list, ok := o.Export().([]float64)
	return list, ok && len(list) == limbs
}

// fieldWork is what a kind computes, from a and b into o; for select o and a are exchanged where b is 1.
func fieldWork(kind string) func(o, a []float64, b goja.Value) bool {
	with := func(compute func(o, a, b []float64)) func(o, a []float64, b goja.Value) bool {
		return func(o, a []float64, v goja.Value) bool {
			b, ok := floats(v)
			if ok {
				compute(o, a, b)
			}
			return ok
		}
	}
	switch kind {
	case fieldProduct:
		return with(product)
	case fieldSum:
		return with(func(o, a, b []float64) {
			for i := range limbs {
				o[i] = a[i] + b[i]
			}
		})
	case fieldDifference:
		return with(func(o, a, b []float64) {
			for i := range limbs {
				o[i] = a[i] - b[i]
			}
		})
	case fieldSelect:
		return exchange
	}
	return nil
}

// exchange swaps two numbers where v is 1, and leaves them where it is 0. The bits of both are taken for 32-bit integers, as the
// libraries do.
func exchange(p, q []float64, v goja.Value) bool {
	if !goja.IsNumber(v) || v.ToFloat() != 0 && v.ToFloat() != 1 {
		return false
	}
	mask := int32(0)
	if v.ToFloat() == 1 {
		mask = -1
	}
	for i := range limbs {
		if math.Abs(p[i]) >= 1<<31 || math.Abs(q[i]) >= 1<<31 {
			return false
		}
	}
	for i := range limbs {
		t := mask & (int32(p[i]) ^ int32(q[i]))
		p[i], q[i] = float64(int32(p[i])^t), float64(int32(q[i])^t)
	}
	return true
}

// product is a·b in the field, as the libraries compute it: the limbs of the result are theirs too, and not only its value.
func product(o, a, b []float64) {
	var t [2 * limbs]float64
	for i := range limbs {
		for j := range limbs {
			t[i+j] += a[i] * b[j]
		}
	}
	for i := range limbs - 1 {
		t[i] += 38 * t[i+limbs]
	}
	for range 2 {
		carry := 1.0
		for i := range limbs {
			v := t[i] + carry + 65535
			carry = math.Floor(v / 65536)
			t[i] = v - carry*65536
		}
		t[0] += carry - 1 + 37*(carry-1)
	}
	copy(o, t[:limbs])
}

// fieldAgrees compares the library's function with a kernel for a few numbers. A function that throws is another one.
func fieldAgrees(vm *goja.Runtime, fn *goja.Object, do func(o, a []float64, b goja.Value) bool) (agrees bool) {
	original, ok := goja.AssertFunction(fn)
	class := vm.Get("Float64Array")
	if !ok || class == nil {
		return false
	}
	number := func(seed int64) (*goja.Object, []float64) {
		o, err := vm.New(class, vm.ToValue(limbs))
		if err != nil {
			return nil, nil
		}
		list, _ := floats(o)
		for i := range list {
			seed = (seed*1103515245 + 12345) % (1 << 31)
			list[i] = float64(seed>>8%65536) - float64(seed%2*1000)
		}
		return o, list
	}
	for seed := int64(1); seed <= 4; seed++ {
		for _, scalar := range []bool{true, false} {
			o1, l1 := number(seed)
			a1, m1 := number(seed + 10)
			o2, l2 := number(seed)
			a2, m2 := number(seed + 10)
			b, third := number(seed + 20)
			if len(l1) != limbs || len(l2) != limbs || len(m1) != limbs || len(m2) != limbs || len(third) != limbs {
				return false
			}
			last := goja.Value(b)
			if scalar {
				last = vm.ToValue(seed % 2)
			}
			if !do(l2, m2, last) {
				continue // this kind takes the other
			}
			if _, err := original(goja.Undefined(), o1, a1, last); err != nil || o2 == nil || a2 == nil {
				return false
			}
			for i := range limbs {
				if l1[i] != l2[i] || m1[i] != m2[i] {
					return false
				}
			}
			agrees = true
		}
	}
	return agrees
}
