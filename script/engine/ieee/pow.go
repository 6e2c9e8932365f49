// Package ieee computes powers with the digits that V8 gives.
//
// The method and its constants are those of e_pow.c in fdlibm:
//
//	Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved.
//	Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
package ieee

import "math"

// Coefficients of the logarithm and of the exponential function, and constants in a high and a low part.
const (
	l1 = 5.99999999999994648725e-01
	l2 = 4.28571428578550184252e-01
	l3 = 3.33333329818377432918e-01
	l4 = 2.72728123808534006489e-01
	l5 = 2.30660745775561754067e-01
	l6 = 2.06975017800338417784e-01

	p1 = 1.66666666666666019037e-01
	p2 = -2.77777777770155933842e-03
	p3 = 6.61375632143793436117e-05
	p4 = -1.65339022054652515390e-06
	p5 = 4.13813679705723846039e-08

	ln2     = 6.93147180559945286227e-01
	ln2High = 6.93147182464599609375e-01
	ln2Low  = -1.90465429995776804525e-09

	log2e     = 1.44269504088896338700e+00 // 1/ln2
	log2eHigh = 1.44269502162933349609e+00
	log2eLow  = 1.92596299112661746887e-08

	third     = 9.61796693925975554329e-01 // 2/(3 ln2)
	thirdHigh = 9.61796700954437255859e-01
	thirdLow  = -7.02846165095275826516e-09

	logOfHalfHigh = 5.84962487220764160156e-01 // log2(1.5)
	logOfHalfLow  = 1.35003920212974897128e-08

	beyond = 8.0085662595372944372e-17 // what is left of 1024 - log2(the largest number)
)

// Pow is x raised to y, as ECMAScript defines it: a power of 1 and an infinite or unknown exponent is no number.
func Pow(x, y float64) float64 {
	switch {
	case y == 0:
		return 1
	case math.IsNaN(x) || math.IsNaN(y), math.IsInf(y, 0) && math.Abs(x) == 1:
		return math.NaN()
	case math.IsInf(x, 0) || math.IsInf(y, 0) || x == 0 || math.Abs(x) == 1:
		return math.Pow(x, y) // exact
	case y == 1:
		return x
	case y == 2:
		return x * x
	case y == -1:
		return 1 / x
	case y == 0.5 && x >= 0:
		return math.Sqrt(x)
	case x < 0 && y != math.Trunc(y):
		return math.NaN()
	}
	sign := 1.0
	if x < 0 && math.Mod(y, 2) != 0 {
		sign = -1
	}
	high, low, ok := log2(math.Abs(x), y)
	if !ok {
		if (math.Abs(x) > 1) == (y > 0) {
			return sign * math.Inf(1)
		}
		return sign * 0
	}
	return sign * exp2(high, low, y)
}

// cut leaves out the lower half of the digits.
func cut(x float64) float64 { return math.Float64frombits(math.Float64bits(x) &^ (1<<32 - 1)) }

func highWord(x float64) int32 { return int32(math.Float64bits(x) >> 32) } //nolint:gosec // the bits

func withHigh(x float64, high int32) float64 {
	return math.Float64frombits(math.Float64bits(x)&(1<<32-1) | uint64(uint32(high))<<32) //nolint:gosec // the bits
}

// log2 is the logarithm of ax in two parts. It is false where the power is beyond every number, or nothing.
func log2(ax, y float64) (high, low float64, ok bool) {
	ix, iy := highWord(ax), highWord(y)&0x7fffffff
	if iy > 0x41e00000 { // |y| > 2**31
		if iy > 0x43f00000 || ix < 0x3fefffff || ix > 0x3ff00000 {
			return 0, 0, false
		}
		t := ax - 1 // 1-x is tiny, so that four terms do
		w := t * t * (0.5 - t*(0.3333333333333333333333-t*0.25))
		u, v := log2eHigh*t, t*log2eLow-w*log2e
		high = cut(u + v)
		return high, v - (high - u), true
	}
	n := int32(0)
	if ix < 0x00100000 { // subnormal
		ax *= 1 << 53
		n -= 53
		ix = highWord(ax)
	}
	n += ix>>20 - 0x3ff
	j := ix & 0x000fffff
	ix = j | 0x3ff00000
	k := j > 0x3988e // |x| is beyond sqrt(3/2)
	if j >= 0xbb67a {
		k = false
		n++
		ix -= 0x00100000
	}
	ax = withHigh(ax, ix)
	return series(ax, float64(n), k, ix)
}

// series is log2 of ax, which lies between sqrt(3)/2 and sqrt(3), with n added; half says that it is taken over 1.5.
func series(ax, n float64, half bool, ix int32) (high, low float64, ok bool) {
	base, logHigh, logLow, k := 1.0, 0.0, 0.0, int32(0)
	if half {
		base, logHigh, logLow, k = 1.5, logOfHalfHigh, logOfHalfLow, 1
	}
	u, v := ax-base, 1/(ax+base)
	s := u * v
	sHigh := cut(s)
	tHigh := withHigh(0, (ix>>1|0x20000000)+0x00080000+k<<18)
	tLow := ax - (tHigh - base)
	sLow := v * ((u - sHigh*tHigh) - sHigh*tLow)
	s2 := s * s
	r := s2 * s2 * (l1 + s2*(l2+s2*(l3+s2*(l4+s2*(l5+s2*l6)))))
	r += sLow * (sHigh + s)
	s2 = sHigh * sHigh
	tHigh = cut(3 + s2 + r)
	tLow = r - ((tHigh - 3) - s2)
	u = sHigh * tHigh
	v = sLow*tHigh + tLow*s
	pHigh := cut(u + v)
	pLow := v - (pHigh - u)
	zHigh := thirdHigh * pHigh
	zLow := thirdLow*pHigh + pLow*third + logLow
	high = cut(((zHigh + zLow) + logHigh) + n)
	return high, zLow - (((high - n) - logHigh) - zHigh), true
}

// exp2 is 2 raised to y times a logarithm in two parts.
func exp2(high, low, y float64) float64 {
	yHigh := cut(y)
	pLow := (y-yHigh)*high + y*low
	pHigh := yHigh * high
	z := pLow + pHigh
	switch {
	case z >= 1024 && (z > 1024 || pLow+beyond > z-pHigh):
		return math.Inf(1)
	case z <= -1075 && (z < -1075 || pLow <= z-pHigh):
		return 0
	}
	n := int32(0)
	if i := highWord(z) & 0x7fffffff; i > 0x3fe00000 { // |z| > 0.5
		k := i>>20 - 0x3ff
		whole := highWord(z) + 0x00100000>>(k+1)
		k = whole&0x7fffffff>>20 - 0x3ff
		t := withHigh(0, whole&^(0x000fffff>>k))
		n = (whole&0x000fffff | 0x00100000) >> (20 - k)
		if highWord(z) < 0 {
			n = -n
		}
		pHigh -= t
	}
	t := cut(pLow + pHigh)
	u := t * ln2High
	v := (pLow-(t-pHigh))*ln2 + t*ln2Low
	z = u + v
	w := v - (z - u)
	t = z * z
	t1 := z - t*(p1+t*(p2+t*(p3+t*(p4+t*p5))))
	r := z * t1 / ((t1 - 2) - (w + z*w)) // not as in fdlibm: where V8 has its brackets decides about the last digit
	return math.Ldexp(1-(r-z), int(n))
}
