package kernel

import (
	"math/big"
	"strconv"

	"github.com/dop251/goja"
)

// Tom Wu's jsbn, which jsrsasign and forge carry, keeps a number in the object itself: digits of DB bits as properties
// 0 to t-1, the lowest first, and s, which is -1 for a negative number. Its value is s·2^(DB·t) and the digits.

func object(v goja.Value) *goja.Object {
	o, _ := v.(*goja.Object)
	return o
}

// number reads a property that must be an integer from low to high.
func number(o *goja.Object, name string, low, high int64) (int64, bool) {
	v := o.Get(name)
	if v == nil || !goja.IsNumber(v) {
		return 0, false
	}
	n := v.ToInteger()
	return n, n >= low && n <= high
}

// readJSBN is the value of a number of jsbn.
func readJSBN(v goja.Value) (*big.Int, bool) {
	o := object(v)
	if o == nil {
		return nil, false
	}
	bits, ok := number(o, "DB", 8, 32)
	if !ok {
		return nil, false
	}
	t, ok := number(o, "t", 0, maxBits/bits)
	if !ok {
		return nil, false
	}
	s, ok := number(o, "s", -1, 0)
	if !ok {
		return nil, false
	}
	n := new(big.Int)
	digits := digitsOf(o)
	for i := t - 1; i >= 0; i-- {
		d, ok := number(digits, strconv.FormatInt(i, 10), 0, 1<<bits-1)
		if !ok {
			return nil, false
		}
		n.Lsh(n, uint(bits)).Add(n, big.NewInt(d))
	}
	if s < 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(bits*t)))
	}
	return n, true
}

// digitsOf is the object that has the digits: the number itself, or in forge its data.
func digitsOf(o *goja.Object) *goja.Object {
	if data := object(o.Get("data")); data != nil {
		return data
	}
	return o
}

// makeJSBN makes a number as like, which is one of jsbn. n is not negative.
func makeJSBN(vm *goja.Runtime, like *goja.Object, n *big.Int) (goja.Value, bool) {
	bits, ok := number(like, "DB", 8, 32)
	if !ok {
		return nil, false
	}
	o, err := vm.New(like.Get("constructor"), goja.Null())
	if err != nil || !o.Prototype().SameAs(like.Prototype()) {
		return nil, false
	}
	mask := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(bits)), big.NewInt(1))
	rest := new(big.Int).Set(n)
	t := 0
	digits := digitsOf(o)
	for ; rest.Sign() > 0; t++ {
		_ = digits.Set(strconv.Itoa(t), new(big.Int).And(rest, mask).Int64())
		rest.Rsh(rest, uint(bits))
	}
	_ = o.Set("t", t)
	_ = o.Set("s", 0)
	return o, true
}

// operands reads this and count arguments. A plain number may stand for one of jsbn.
func (k *kernel) operands(call goja.FunctionCall, count int) ([]*big.Int, bool) {
	n, ok := readJSBN(call.This)
	if !ok {
		return nil, false
	}
	out := []*big.Int{n}
	for i := range count {
		v := call.Argument(i)
		if goja.IsNumber(v) {
			out = append(out, big.NewInt(v.ToInteger()))
			continue
		}
		n, ok := readJSBN(v)
		if !ok {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

// jsbnShape computes with numbers of jsbn. Before it does, it compares a few results with the library's own.
func (k *kernel) jsbnShape(count int, compute func(...*big.Int) *big.Int) shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		n, ok := k.operands(call, count)
		if !ok {
			return nil, false
		}
		result := compute(n...)
		if result == nil {
			return nil, false
		}
		return makeJSBN(k.vm, object(call.This), result)
	}
	check := func(call goja.FunctionCall) bool {
		like := object(call.This)
		for _, s := range samples() {
			args := make([]goja.Value, 3)
			n := []*big.Int{big.NewInt(s[0]), big.NewInt(s[1]), big.NewInt(s[2])}
			if count == 1 {
				n[1] = n[2]
			}
			for i := range count + 1 {
				made, ok := makeJSBN(k.vm, like, n[i])
				if !ok {
					return false
				}
				args[i] = made
			}
			if goja.IsNumber(call.Argument(0)) {
				args[1] = k.vm.ToValue(s[1])
			}
			v, err := k.original(args[0], args[1:count+1]...)
			if err != nil {
				return false
			}
			got, ok := readJSBN(v)
			if !ok || got.Cmp(compute(n[:count+1]...)) != 0 {
				return false
			}
		}
		return true
	}
	return shape{do, check}
}

// primeShape tells primes. The library's answer is probable, too.
func (k *kernel) primeShape() shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		n, ok := readJSBN(call.This)
		if !ok || n.Sign() <= 0 {
			return nil, false
		}
		return k.vm.ToValue(n.ProbablyPrime(10)), true
	}
	check := func(call goja.FunctionCall) bool {
		for n, want := range map[int64]bool{97: true, 91: false, 1000003: true, 1000001: false, 4294967291: true, 3215031751: false} {
			made, ok := makeJSBN(k.vm, object(call.This), big.NewInt(n))
			if !ok {
				return false
			}
			v, err := k.original(made, k.vm.ToValue(10))
			if err != nil || v.ToBoolean() != want {
				return false
			}
		}
		return true
	}
	return shape{do, check}
}

// pointShape multiplies a point of the curves that jsrsasign carries.
func (k *kernel) pointShape() shape {
	multiply := func(this goja.Value, factor *big.Int) (*goja.Object, affine, bool) {
		o := object(this)
		if o == nil || object(o.Get("curve")) == nil || object(o.Get("x")) == nil {
			return nil, affine{}, false
		}
		curve := object(o.Get("curve"))
		q, ok1 := readJSBN(curve.Get("q"))
		a, ok2 := k.element(curve.Get("a"))
		x, ok3 := k.element(k.method(o, "getX"))
		y, ok4 := k.element(k.method(o, "getY"))
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return nil, affine{}, false
		}
		p, ok := field{q, a}.multiply(affine{x, y}, factor)
		return o, p, ok && p.x != nil // infinity is left to the library
	}
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		if o := object(call.This); o == nil || object(o.Get("curve")) == nil {
			return nil, false // multiply of numbers, which is fast enough
		}
		factor, ok := readJSBN(call.Argument(0))
		if !ok {
			return nil, false
		}
		o, p, ok := multiply(call.This, factor)
		if !ok {
			return nil, false
		}
		like := object(call.Argument(0))
		x, ok1 := makeJSBN(k.vm, like, p.x)
		y, ok2 := makeJSBN(k.vm, like, p.y)
		if !ok1 || !ok2 {
			return nil, false
		}
		curve := object(o.Get("curve"))
		v, err := k.vm.New(o.Get("constructor"), curve, k.method(curve, "fromBigInteger", x), k.method(curve, "fromBigInteger", y))
		return v, err == nil && v.Prototype().SameAs(o.Prototype())
	}
	// A multiple is what adding again and again gives, so the library's adding reports whether the point was understood. Its
	// own multiplying takes as long for small factors.
	check := func(call goja.FunctionCall) bool {
		this := object(call.This)
		twice := k.method(this, "twice")
		thrice := k.method(object(twice), "add", this)
		for factor, v := range map[int64]goja.Value{2: twice, 3: thrice} {
			_, p, ok := multiply(call.This, big.NewInt(factor))
			x, ok1 := k.element(k.method(object(v), "getX"))
			y, ok2 := k.element(k.method(object(v), "getY"))
			if !ok || !ok1 || !ok2 || x.Cmp(p.x) != 0 || y.Cmp(p.y) != 0 {
				return false
			}
		}
		return true
	}
	return shape{do, check}
}

// element reads an element of a field: an object whose toBigInteger gives its number.
func (k *kernel) element(v goja.Value) (*big.Int, bool) {
	o := object(v)
	if o == nil {
		return nil, false
	}
	return readJSBN(k.method(o, "toBigInteger"))
}

// method calls a method; it throws for a missing one, which leaves the work to the library.
func (k *kernel) method(o *goja.Object, name string, args ...goja.Value) goja.Value {
	fn, ok := goja.AssertFunction(o.Get(name))
	if !ok {
		panic(k.vm.NewTypeError("no method " + name))
	}
	v, err := fn(o, args...)
	if err != nil {
		panic(rethrown(err))
	}
	return v
}
