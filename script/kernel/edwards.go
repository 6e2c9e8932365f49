package kernel

import (
	"math/big"

	"github.com/dop251/goja"
)

// A twisted curve is ax² + y² = 1 + dx²y² over the integers mod p, as that of ed25519. Its sums need no case of their own for
// equal points.
type twisted struct{ p, a, d *big.Int }

// An extended point is (X/Z, Y/Z), with T = XY/Z.
type extended struct{ x, y, z, t *big.Int }

func (c twisted) field() field { return field{p: c.p} }

// add adds two points (Hisil, Wong, Carter and Dawson, 2008).
func (c twisted) add(p, q extended) extended {
	f := c.field()
	a, b := f.mul(p.x, q.x), f.mul(p.y, q.y)
	cc, dd := f.mul(f.mul(p.t, c.d), q.t), f.mul(p.z, q.z)
	sum := f.mul(new(big.Int).Add(p.x, p.y), new(big.Int).Add(q.x, q.y))
	e := f.sub(f.sub(sum, a), b)
	ff, g, h := f.sub(dd, cc), new(big.Int).Add(dd, cc), f.sub(b, f.mul(c.a, a))
	return extended{f.mul(e, ff), f.mul(g, h), f.mul(ff, g), f.mul(e, h)}
}

// multiply is factor times p; ok is false where the outcome is no point.
func (c twisted) multiply(p affine, factor *big.Int) (affine, bool) {
	if factor.Sign() < 0 || factor.BitLen() > maxCurve || c.p.BitLen() > maxCurve || c.p.Sign() <= 0 {
		return affine{}, false
	}
	one := extended{p.x, p.y, big.NewInt(1), c.field().mul(p.x, p.y)}
	sum := extended{new(big.Int), big.NewInt(1), big.NewInt(1), new(big.Int)}
	for i := factor.BitLen() - 1; i >= 0; i-- {
		sum = c.add(sum, sum)
		if factor.Bit(i) == 1 {
			sum = c.add(sum, one)
		}
	}
	return c.affine(sum)
}

func (c twisted) affine(p extended) (affine, bool) {
	inverse := new(big.Int).ModInverse(p.z, c.p)
	if inverse == nil {
		return affine{}, false
	}
	f := c.field()
	return affine{f.mul(p.x, inverse), f.mul(p.y, inverse)}, true
}

// twistedAt reads a point of one of elliptic's curves of that type.
func (k *kernel) twistedAt(v goja.Value) (curve *goja.Object, c twisted, point affine, ok bool) {
	o := object(v)
	if o == nil {
		return nil, c, point, false
	}
	if curve = object(o.Get("curve")); curve == nil || curve.Get("type") == nil || curve.Get("type").String() != "edwards" {
		return nil, c, point, false
	}
	if one := curve.Get("oneC"); one == nil || !one.ToBoolean() {
		return nil, c, point, false
	}
	var p extended
	for _, part := range []struct {
		to *(*big.Int)
		v  goja.Value
	}{{&c.p, curve.Get("p")}, {&c.a, curve.Get("a")}, {&c.d, curve.Get("d")}, {&p.x, o.Get("x")}, {&p.y, o.Get("y")}, {&p.z, o.Get("z")}} {
		if *part.to, ok = k.readBN(part.v); !ok {
			return nil, c, point, false
		}
	}
	point, ok = c.affine(p)
	return curve, c, point, ok
}

// edwardsShape multiplies points of elliptic's twisted curves.
func (k *kernel) edwardsShape() shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		curve, c, point, ok := k.twistedAt(call.This)
		if !ok || len(call.Arguments) != 1 {
			return nil, false
		}
		factor, ok := k.readBN(call.Arguments[0])
		if !ok {
			return nil, false
		}
		result, ok := c.multiply(point, factor)
		if !ok {
			return nil, false
		}
		like := object(call.Arguments[0])
		x, ok1 := k.makeBN(like, result.x)
		y, ok2 := k.makeBN(like, result.y)
		if !ok1 || !ok2 {
			return nil, false
		}
		return k.method(curve, "point", x, y), true
	}
	return shape{do, k.understoodTwisted}
}

// twistedTable leaves out the tables of multiples, as tableShape does.
func (k *kernel) twistedTable() shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		_, _, _, ok := k.twistedAt(call.This)
		return call.This, ok
	}
	return shape{do, k.understoodTwisted}
}

// understoodTwisted compares two and three times a point with the library's own sums.
func (k *kernel) understoodTwisted(call goja.FunctionCall) bool {
	this := object(call.This)
	_, c, point, ok := k.twistedAt(this)
	if !ok {
		return false
	}
	twice := k.method(this, "dbl")
	thrice := k.method(object(twice), "add", this)
	for factor, v := range map[int64]goja.Value{2: twice, 3: thrice} {
		_, _, got, ok := k.twistedAt(v)
		want, ok2 := c.multiply(point, big.NewInt(factor))
		if !ok || !ok2 || got.x.Cmp(want.x) != 0 || got.y.Cmp(want.y) != 0 {
			return false
		}
	}
	return true
}
