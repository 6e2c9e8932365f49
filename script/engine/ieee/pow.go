// Package ieee computes powers with the digits that V8 gives.
//
// A power is 2 raised to y*log2(x). The logarithm is a series with twice the digits of a number, so that nothing of it is lost.
// The last steps are rounded as V8's are: a power that is rounded only once, as the nearest number, is not V8's in one of ten cases.
package ieee

import "math"

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
	return sign * power(log2(math.Abs(x)), y)
}

// pair is the sum of two numbers; low is less than the last digit of high.
type pair struct{ high, low float64 }

// sum is a+b without a loss, where a is 0 or the greater one.
func sum(a, b float64) pair {
	high := a + b
	return pair{high, b - (high - a)}
}

// plus takes an a that is 0 or greater than p.
func (p pair) plus(a, b float64) pair {
	total := sum(a, p.high)
	return sum(total.high, total.low+(p.low+b))
}

// times leaves out the product of the low parts. A fused product has what the rounded one lacks: float64 keeps that one apart.
func (p pair) times(a, b float64) pair {
	high := float64(p.high * a)
	return sum(high, math.FMA(p.high, a, -high)+(p.high*b+p.low*a))
}

// What is not a fraction, and the fractions of which twice the digits count, each in two parts; TestConstants computes them.
const (
	ln2, ln2Low           = 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56
	twoLog2e, twoLog2eLow = 0x1.71547652b82fep+1, 0x1.777d0ffda0d24p-55 // 2/log(2)
	third, thirdLow       = 0x1.5555555555555p-2, 1.0 / 3 / (1 << 54)
	fifth, fifthLow       = 0x1.999999999999ap-3, -2.0 / 5 / (1 << 55)
)

// log2 is the logarithm of x, which is m*2**n; c is the eighth next to m, and log(m/c) is twice the artanh of (m-c)/(m+c).
func log2(x float64) pair {
	m, n := math.Frexp(x)
	if m < 11.0/16 { // so that n is 0 on both sides of 1
		m *= 2
		n--
	}
	eighths := math.Round(m * 8)
	c := eighths / 8
	over := sum(max(m, c), min(m, c))
	s := (m - c) / over.high
	rest := (math.FMA(-s, over.high, m-c) - s*over.low) / over.high
	ofC := log2Eighths(int(eighths))
	return artanh(pair{s, rest}).times(twoLog2e, twoLog2eLow).plus(ofC.high, ofC.low).plus(float64(n), 0)
}

// log2Eighths is the logarithm of k/8.
func log2Eighths(k int) pair {
	switch k {
	case 6:
		return pair{-0x1.a8ff971810a5ep-2, -0x1.817fd3b7d7e5dp-58}
	case 7:
		return pair{-0x1.8a8980abfbd32p-3, -0x1.99aa6df8b7d83p-57}
	case 9:
		return pair{0x1.5c01a39fbd688p-3, -0x1.817fd3b7d7e5dp-57}
	case 10:
		return pair{0x1.49a784bcd1b8bp-2, -0x1.b6d40900b2502p-62}
	case 11:
		return pair{0x1.d6753e032ea0fp-2, -0x1.c141e66faaaadp-62}
	}
	return pair{} // of 1
}

// artanh is s + s**3/3 + s**5/5 and so on, for s below 1/22. The terms after the third are too small to count twice.
func artanh(s pair) pair {
	square := s.times(s.high, s.low)
	t := square.high
	rest := t * (1.0/7 + t*(1.0/9+t*(1.0/11+t*(1.0/13+t*(1.0/15+t*(1.0/17+t/19))))))
	series := pair{rest, 0}.plus(fifth, fifthLow)
	series = series.times(square.high, square.low).plus(third, thirdLow)
	series = series.times(square.high, square.low)
	return series.times(s.high, s.low).plus(s.high, s.low)
}

// power is 2 raised to y*log: 2**n times e**z, where z is no greater than half of log(2).
func power(log pair, y float64) float64 {
	if about := log.high * y; math.Abs(about) > 1100 {
		return math.Exp2(about) // nothing, or infinite
	}
	exponent := log.times(y, 0)
	n := 0.0
	if math.Abs(exponent.high) > 0.5 {
		n = math.Round(exponent.high)
	}
	// V8 rounds z, each of the sums, and once more a number that is too small for all of its digits.
	z := sum(exponent.high-n, exponent.low).times(ln2, ln2Low).high
	return math.Ldexp(1+(z+beyond(z)), int(n))
}

// beyond is what e**z is more than 1+z: z*c/(2-c), where 2-c is 2*z/(e**z-1). The series of that has the numbers of
// Bernoulli divided by factorials. A quotient rounds where V8 rounds, which decides about one last digit in ten.
func beyond(z float64) float64 {
	t := float64(z * z)
	series := 0.0
	for _, c := range [...]float64{691.0 / 653837184000, 1.0 / 23950080, 1.0 / 604800, 1.0 / 15120, 1.0 / 360, 1.0 / 6} {
		series = c - float64(t*series) // the conversions keep machines that fuse from giving other digits
	}
	c := z - float64(t*series)
	return float64(z*c) / (2 - c)
}
