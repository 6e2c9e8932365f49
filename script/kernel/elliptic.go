package kernel

import (
	"math/big"

	"github.com/dop251/goja"
)

// bn.js keeps a number in words of 26 bits, the lowest first; negative is 1 or 0. Numbers of a field have red and stand
// for another value, which fromRed gives.

const bnBits = 26

// readBN reads a number of bn.js, also one in Montgomery form. ok is false for what is laid out otherwise.
func (k *kernel) readBN(v goja.Value) (*big.Int, bool) {
	o := object(v)
	if o == nil {
		return nil, false
	}
	if red := o.Get("red"); red == nil {
		return nil, false
	} else if object(red) != nil {
		o = object(k.method(o, "fromRed"))
	}
	return k.readWords(o)
}

// readWords is the value of the words alone.
func (k *kernel) readWords(v goja.Value) (*big.Int, bool) {
	o := object(v)
	if o == nil {
		return nil, false
	}
	words := object(o.Get("words"))
	length, ok := number(o, "length", 1, maxBits/bnBits)
	if !ok || words == nil {
		return nil, false
	}
	if negative, ok := number(o, "negative", 0, 1); !ok || negative != 0 {
		return nil, false
	}
	n := new(big.Int)
	for i := length - 1; i >= 0; i-- {
		v := words.Get(k.vm.ToValue(i).String())
		if v == nil || !goja.IsNumber(v) {
			return nil, false
		}
		n.Lsh(n, bnBits).Add(n, big.NewInt(v.ToInteger()))
	}
	return n, true
}

// makeBN makes a number of the same class. It fills in the words itself, which is what the class would do.
func (k *kernel) makeBN(like *goja.Object, n *big.Int) (*goja.Object, bool) {
	o, err := k.vm.New(like.Get("constructor"), k.vm.ToValue(0))
	if err != nil || !o.Prototype().SameAs(like.Prototype()) {
		return nil, false
	}
	mask := big.NewInt(1<<bnBits - 1)
	rest := new(big.Int).Set(n)
	words := []any{}
	for rest.Sign() > 0 || len(words) == 0 {
		words = append(words, new(big.Int).And(rest, mask).Int64())
		rest.Rsh(rest, bnBits)
	}
	_ = o.Set("words", k.vm.NewArray(words...))
	_ = o.Set("length", len(words))
	_ = o.Set("negative", 0)
	return o, true
}

// bnShape computes with this and one number.
func (k *kernel) bnShape(compute func(...*big.Int) *big.Int, read func(goja.Value) (*big.Int, bool)) shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		a, ok1 := read(call.This)
		b, ok2 := read(call.Argument(0))
		if !ok1 || !ok2 {
			return nil, false
		}
		result := compute(a, b)
		if result == nil {
			return nil, false
		}
		return k.makeBN(object(call.This), result)
	}
	check := func(call goja.FunctionCall) bool {
		for _, s := range samples() {
			a, ok1 := k.makeBN(object(call.This), big.NewInt(s[0]))
			b, ok2 := k.makeBN(object(call.This), big.NewInt(s[2]))
			if !ok1 || !ok2 {
				return false
			}
			v, err := k.original(a, b)
			if err != nil {
				return false
			}
			got, ok := read(v)
			if !ok || got.Mod(got, big.NewInt(s[2])).Cmp(compute(big.NewInt(s[0]), big.NewInt(s[2]))) != 0 {
				return false // _invmp leaves the last reduction to its callers
			}
		}
		return true
	}
	return shape{do, check}
}

// A place is a point of elliptic, read.
type place struct {
	curve *goja.Object
	field field
	point affine
}

// place reads a point and its curve. Points that are not affine are left to the library.
func (k *kernel) place(v goja.Value) (p place, ok bool) {
	o := object(v)
	if o == nil {
		return p, false
	}
	p.curve = object(o.Get("curve"))
	if p.curve == nil || p.curve.Get("type") == nil || p.curve.Get("type").String() != "short" || o.Get("z") != nil {
		return p, false
	}
	var oks [4]bool
	p.field.p, oks[0] = k.readBN(p.curve.Get("p"))
	p.field.a, oks[1] = k.readBN(p.curve.Get("a"))
	p.point.x, oks[2] = k.readBN(o.Get("x"))
	p.point.y, oks[3] = k.readBN(o.Get("y"))
	return p, oks[0] && oks[1] && oks[2] && oks[3]
}

// sum computes m·this, or m·this + n·other.
func (k *kernel) sum(this goja.Value, args []goja.Value, both bool) (place, affine, bool) {
	p, ok := k.place(this)
	if !ok || len(args) == 0 {
		return p, affine{}, false
	}
	m, ok := k.readBN(args[0])
	if !ok {
		return p, affine{}, false
	}
	if !both {
		result, ok := p.field.multiply(p.point, m)
		return p, result, ok
	}
	if len(args) < 3 {
		return p, affine{}, false
	}
	q, ok1 := k.place(args[1])
	n, ok2 := k.readBN(args[2])
	if !ok1 || !ok2 || !q.curve.SameAs(p.curve) {
		return p, affine{}, false
	}
	result, ok := p.field.multiplyAdd(p.point, m, q.point, n)
	return p, result, ok
}

// ellipticShape multiplies points of elliptic's short curves. both adds the multiple of another; jmulAdd wants the sum as
// a Jacobian point.
func (k *kernel) ellipticShape(both, wantsJacobian bool) shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		p, result, ok := k.sum(call.This, call.Arguments, both)
		if !ok {
			return nil, false
		}
		if result.x == nil {
			return k.method(p.curve, "point", goja.Null(), goja.Null()), !wantsJacobian
		}
		like := object(call.Arguments[0])
		x, ok1 := k.makeBN(like, result.x)
		y, ok2 := k.makeBN(like, result.y)
		if !ok1 || !ok2 {
			return nil, false
		}
		point := k.method(p.curve, "point", x, y)
		if wantsJacobian {
			point = k.method(object(point), "toJ")
		}
		return point, true
	}
	return shape{do, k.understood}
}

// understood says whether a point was read right: a multiple is what adding again and again gives, so the library's own
// adding must give the same.
func (k *kernel) understood(call goja.FunctionCall) bool {
	this := object(call.This)
	twice := k.method(this, "dbl")
	thrice := k.method(object(twice), "add", this)
	for factor, v := range map[int64]goja.Value{2: twice, 3: thrice} {
		p, ok := k.place(this)
		got, ok2 := k.place(v)
		if !ok || !ok2 {
			return false
		}
		want, ok := p.field.multiply(p.point, big.NewInt(factor))
		if !ok || want.x == nil || got.point.x.Cmp(want.x) != 0 || got.point.y.Cmp(want.y) != 0 {
			return false
		}
	}
	return true
}

// tableShape leaves out the tables of multiples that elliptic fills for a base point: what is computed here needs none,
// and the library does without them.
func (k *kernel) tableShape() shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		_, ok := k.place(call.This)
		return call.This, ok
	}
	return shape{do, k.understood}
}

// readSjcl reads a number of sjcl. ok is false for what is not laid out as expected; the library computes then itself.
func (k *kernel) readSjcl(v goja.Value) (n *big.Int, ok bool) {
	const bits = 24
	o := object(v)
	if o == nil || object(o.Get("limbs")) == nil {
		return nil, false
	}
	if radix, ok := number(o, "radix", bits, bits); !ok || radix != bits {
		return nil, false
	}
	limbs := object(o.Get("limbs"))
	n = new(big.Int)
	length, ok := number(limbs, "length", 0, maxBits/bits)
	for i := length - 1; i >= 0 && ok; i-- {
		n.Lsh(n, bits).Add(n, big.NewInt(limbs.Get(k.vm.ToValue(i).String()).ToInteger()))
	}
	return n, ok && n.Sign() >= 0
}

// makeSjcl makes a number of the same class as another one.
func (k *kernel) makeSjcl(like *goja.Object, n *big.Int) (goja.Value, bool) {
	o, err := k.vm.New(like.Get("constructor"), k.vm.ToValue("0x"+n.Text(16)))
	return o, err == nil
}

// sjclShape computes with numbers of sjcl: limbs of 24 bits, the lowest first.
func (k *kernel) sjclShape(count int, compute func(...*big.Int) *big.Int) shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		n := []*big.Int{}
		for _, v := range append([]goja.Value{call.This}, call.Arguments[:min(count, len(call.Arguments))]...) {
			m, ok := k.readSjcl(v)
			if !ok {
				return nil, false
			}
			n = append(n, m)
		}
		if len(n) != count+1 {
			return nil, false
		}
		result := compute(n...)
		if result == nil {
			return nil, false
		}
		return k.makeSjcl(object(call.This), result)
	}
	check := func(call goja.FunctionCall) bool {
		for _, s := range samples() {
			n := []*big.Int{big.NewInt(s[0]), big.NewInt(s[1]), big.NewInt(s[2])}
			if count == 1 {
				n = []*big.Int{n[0], n[2]}
			}
			args := []goja.Value{}
			for _, m := range n {
				v, ok := k.makeSjcl(object(call.This), m)
				if !ok {
					return false
				}
				args = append(args, v)
			}
			v, err := k.original(args[0], args[1:]...)
			if err != nil {
				return false
			}
			got, ok := k.readSjcl(v)
			if !ok || got.Cmp(compute(n...)) != 0 {
				return false
			}
		}
		return true
	}
	return shape{do, check}
}
