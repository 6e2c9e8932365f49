// Package number writes numbers as Intl.NumberFormat does, after CLDR's patterns.
//
// It computes with decimal digits, since binary floating point would round differently from V8. Nothing here knows
// JavaScript: package intl reads options and shows results.
package number

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// A Decimal is an exact decimal number: 0.D1D2D3… × 10^Point. The zero Decimal is 0. Equal
// numbers have equal fields. A Decimal is a value; methods return new ones.
type Decimal struct { // also of -0 and -Infinity
	Negative bool
	Digits   string // without zeros at either end
	Point    int    // how many of the digits stand before the point
	NaN, Inf bool
}

// FromFloat is the shortest decimal that reads back as f, which is what JavaScript prints:
// 0.1 is 0.1 and not 0.1000000000000000055.
func FromFloat(f float64) Decimal {
	switch {
	case math.IsNaN(f):
		return Decimal{NaN: true}
	case math.IsInf(f, 0):
		return Decimal{Inf: true, Negative: f < 0}
	}
	d, _ := Parse(strconv.FormatFloat(f, 'e', -1, 64))
	d.Negative = math.Signbit(f)
	return d
}

// FromInt is an integer of any size, for BigInt.
func FromInt(n *big.Int) Decimal {
	d, _ := Parse(n.String())
	return d
}

// Parse reads digits with sign, point and exponent, or Infinity, with blanks around:
// "-1.50e3". ok is false for everything else, the empty text and hexadecimal numbers
// included. d is not to be used then.
func Parse(text string) (d Decimal, ok bool) {
	text = strings.TrimSpace(text)
	if text, d.Negative = strings.CutPrefix(text, "-"); !d.Negative {
		text = strings.TrimPrefix(text, "+")
	}
	if text == "Infinity" {
		d.Inf = true
		return d, true
	}
	mantissa, exponent := text, 0
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		n, err := strconv.Atoi(text[i+1:])
		if err != nil {
			return d, false
		}
		mantissa, exponent = text[:i], n
	}
	integer, fraction, _ := strings.Cut(mantissa, ".")
	if integer+fraction == "" || strings.Trim(integer+fraction, "0123456789") != "" {
		return d, false
	}
	d.Digits, d.Point = integer+fraction, len(integer)+exponent
	d.trim()
	return d, true
}

// trim removes zeros at both ends, so that equal numbers have equal digits.
func (d *Decimal) trim() {
	for strings.HasPrefix(d.Digits, "0") {
		d.Digits = d.Digits[1:]
		d.Point--
	}
	d.Digits = strings.TrimRight(d.Digits, "0")
	if d.Digits == "" {
		d.Point = 0
	}
}

// Zero says whether the number is 0 of either sign.
func (d Decimal) Zero() bool { return d.Digits == "" && !d.NaN && !d.Inf }

// Magnitude is the power of ten of the first digit: 2 for 345, -1 for 0.5. That of 0 is 0.
func (d Decimal) Magnitude() int {
	if d.Digits == "" {
		return 0
	}
	return d.Point - 1
}

// Shift multiplies by a power of ten. NaN, infinities and 0 stay.
func (d Decimal) Shift(n int) Decimal {
	if d.Digits != "" {
		d.Point += n
	}
	return d
}

// Round keeps the digits down to the power of ten place (-2 keeps hundredths), in steps of
// increment, as mode says. Modes are those of ECMA-402: ceil, floor, expand, trunc, and
// half…; everything else is halfExpand, away from zero at a half. The sign of a result of 0
// stays, which is how "-0" comes about.
func (d Decimal) Round(place int, mode string, increment int) Decimal {
	keep := d.Point + -place // digits that stay
	// Nothing to cut off.
	if d.NaN || d.Inf || d.Digits == "" || increment <= 1 && keep >= len(d.Digits) {
		return d
	}
	// Scaled so that the place is at the point: whole are the digits that stay, rest those
	// that go.
	scaled := d.Shift(-place)
	whole, rest := "0", ""
	if scaled.Point > 0 {
		n := min(scaled.Point, len(scaled.Digits))
		whole, rest = scaled.Digits[:n]+strings.Repeat("0", scaled.Point-n), scaled.Digits[n:]
	} else {
		rest = strings.Repeat("0", -scaled.Point) + scaled.Digits
	}
	n, _ := new(big.Int).SetString(whole, 10)
	// An increment rounds to its multiples, such as 5 for 0.05 steps.
	step := big.NewInt(int64(max(increment, 1)))
	q, r := new(big.Int).QuoRem(n, step, new(big.Int))
	if up(d.Negative, q, compareHalf(r, step, rest), r.Sign() == 0 && strings.Trim(rest, "0") == "", mode) {
		q.Add(q, big.NewInt(1))
	}
	out := Decimal{Negative: d.Negative, Digits: q.Mul(q, step).String()}
	out.Point = len(out.Digits) + place
	out.trim()
	return out
}

// compareHalf compares r.rest with the half of step: -1, 0 or 1. r is the remainder of the
// whole digits, rest the digits behind the point.
func compareHalf(r, step *big.Int, rest string) int {
	twice := new(big.Int).Lsh(r, 1)
	fraction := strings.TrimRight(rest, "0")
	// The usual case: only rest matters, and texts of digits compare like fractions.
	if step.Cmp(big.NewInt(1)) == 0 {
		switch {
		case fraction == "5":
			return 0
		case fraction > "5":
			return 1
		}
		return -1
	}
	if c := twice.Cmp(step); c != 0 {
		if c < 0 && fraction != "" && new(big.Int).Add(twice, big.NewInt(2)).Cmp(step) > 0 {
			return strings.Compare(fraction, "5") // an odd step has its half between two integers
		}
		return c
	}
	// Exactly half, plus something.
	if fraction != "" {
		return 1
	}
	return 0
}

// up says whether a magnitude goes up from q. half compares what is cut off with the half of
// a step; exact says that nothing is cut off.
func up(negative bool, q *big.Int, half int, exact bool, mode string) bool {
	if exact {
		return false
	}
	switch mode {
	case "ceil":
		return !negative
	case "floor":
		return negative
	case "expand":
		return true
	case "trunc":
		return false
	case "halfCeil":
		return half > 0 || half == 0 && !negative
	case "halfFloor":
		return half > 0 || half == 0 && negative
	case "halfTrunc":
		return half > 0
	case "halfEven":
		return half > 0 || half == 0 && q.Bit(0) == 1
	}
	return half >= 0 // halfExpand, the default
}

// split gives the digits before and after the point, filled up with zeros to the least
// numbers of digits on either side.
func (d Decimal) split(leastInteger, leastFraction int) (integer, fraction string) {
	switch {
	case d.Point <= 0:
		fraction = strings.Repeat("0", -d.Point) + d.Digits
		if d.Digits == "" {
			fraction = ""
		}
	case d.Point >= len(d.Digits):
		integer = d.Digits + strings.Repeat("0", d.Point-len(d.Digits))
	default:
		integer, fraction = d.Digits[:d.Point], d.Digits[d.Point:]
	}
	if n := leastInteger - len(integer); n > 0 {
		integer = strings.Repeat("0", n) + integer
	}
	if n := leastFraction - len(fraction); n > 0 {
		fraction += strings.Repeat("0", n)
	}
	return integer, fraction
}
