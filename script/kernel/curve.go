package kernel

import "math/big"

// A field is what a curve y² = x³ + ax + b over the integers mod p needs for adding points.
type field struct{ p, a *big.Int }

// An affine point; x is nil at infinity.
type affine struct{ x, y *big.Int }

// A jacobian point is (X/Z², Y/Z³); Z is 0 at infinity.
type jacobian struct{ x, y, z *big.Int }

func (f field) mul(a, b *big.Int) *big.Int {
	r := new(big.Int).Mul(a, b)
	return r.Mod(r, f.p)
}

func (f field) sub(a, b *big.Int) *big.Int {
	r := new(big.Int).Sub(a, b)
	return r.Mod(r, f.p)
}

func (f field) times(n int64, a *big.Int) *big.Int {
	r := new(big.Int).Mul(a, big.NewInt(n))
	return r.Mod(r, f.p)
}

// double doubles a point in Jacobian coordinates, which need no division. z = 0 is the point at infinity.
func (f field) double(p jacobian) jacobian {
	if p.z.Sign() == 0 || p.y.Sign() == 0 {
		return jacobian{big.NewInt(1), big.NewInt(1), new(big.Int)}
	}
	yy := f.mul(p.y, p.y)
	s := f.times(4, f.mul(p.x, yy))
	zz := f.mul(p.z, p.z)
	m := f.times(3, f.mul(p.x, p.x))
	m.Add(m, f.mul(f.a, f.mul(zz, zz))).Mod(m, f.p)
	x := f.sub(f.mul(m, m), f.times(2, s))
	y := f.sub(f.mul(m, f.sub(s, x)), f.times(8, f.mul(yy, yy)))
	return jacobian{x, y, f.times(2, f.mul(p.y, p.z))}
}

// add adds two points. Equal points must be doubled: the formula divides by their difference.
func (f field) add(p, q jacobian) jacobian {
	switch {
	case p.z.Sign() == 0:
		return q
	case q.z.Sign() == 0:
		return p
	}
	pz, qz := f.mul(p.z, p.z), f.mul(q.z, q.z)
	u1, u2 := f.mul(p.x, qz), f.mul(q.x, pz)
	s1, s2 := f.mul(p.y, f.mul(qz, q.z)), f.mul(q.y, f.mul(pz, p.z))
	h, r := f.sub(u2, u1), f.sub(s2, s1)
	if h.Sign() == 0 {
		if r.Sign() == 0 {
			return f.double(p)
		}
		return jacobian{big.NewInt(1), big.NewInt(1), new(big.Int)}
	}
	hh := f.mul(h, h)
	hhh, v := f.mul(hh, h), f.mul(u1, hh)
	x := f.sub(f.sub(f.mul(r, r), hhh), f.times(2, v))
	y := f.sub(f.mul(r, f.sub(v, x)), f.mul(s1, hhh))
	return jacobian{x, y, f.mul(f.mul(p.z, q.z), h)}
}

// affine is the zero point at infinity, and false where p is no point of a curve over a prime.
func (f field) affine(p jacobian) (affine, bool) {
	if p.z.Sign() == 0 {
		return affine{}, true
	}
	inverse := new(big.Int).ModInverse(p.z, f.p)
	if inverse == nil {
		return affine{}, false
	}
	square := f.mul(inverse, inverse)
	return affine{f.mul(p.x, square), f.mul(p.y, f.mul(square, inverse))}, true
}

// product multiplies by doubling and adding. Its time depends on the factor, which no attacker can measure here.
func (f field) product(p affine, factor *big.Int) jacobian {
	sum := jacobian{big.NewInt(1), big.NewInt(1), new(big.Int)}
	one := jacobian{p.x, p.y, big.NewInt(1)}
	for i := factor.BitLen() - 1; i >= 0; i-- {
		sum = f.double(sum)
		if factor.Bit(i) == 1 {
			sum = f.add(sum, one)
		}
	}
	return sum
}

// multiply is factor times p; ok is false where that is not a point, or the factor not a number.
func (f field) multiply(p affine, factor *big.Int) (affine, bool) {
	if factor.Sign() <= 0 || factor.BitLen() > maxCurve || f.p.BitLen() > maxCurve || f.p.Sign() <= 0 {
		return affine{}, false
	}
	return f.affine(f.product(p, factor))
}

// multiplyAdd is m·p + n·q.
func (f field) multiplyAdd(p affine, m *big.Int, q affine, n *big.Int) (affine, bool) {
	if m.Sign() < 0 || n.Sign() < 0 || max(m.BitLen(), n.BitLen(), f.p.BitLen()) > maxCurve || f.p.Sign() <= 0 {
		return affine{}, false
	}
	return f.affine(f.add(f.product(p, m), f.product(q, n)))
}

// maxCurve is how many bits a curve may have.
const maxCurve = 1024
