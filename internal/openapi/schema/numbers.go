package schema

import (
	"math/big"
	"strings"

	"posthaste/internal/openapi/node"
)

// numberLimits are what all parts of a conjunction ask of a number. Fractions keep every digit.
type numberLimits struct {
	low, high         *big.Rat // nil: no limit
	lowOpen, highOpen bool     // the limit itself is no value
	step              *big.Rat // values are multiples of it; nil: any
}

// atLeast and atMost make limits narrower.
func (l *numberLimits) atLeast(text string, open bool) {
	x, ok := node.Rat(text)
	if text == "" || !ok {
		return
	}
	if l.low != nil {
		if c := l.low.Cmp(x); c > 0 || c == 0 && l.lowOpen {
			return
		}
	}
	l.low, l.lowOpen = x, open
}

func (l *numberLimits) atMost(text string, open bool) {
	x, ok := node.Rat(text)
	if text == "" || !ok {
		return
	}
	if l.high != nil {
		if c := l.high.Cmp(x); c < 0 || c == 0 && l.highOpen {
			return
		}
	}
	l.high, l.highOpen = x, open
}

// multipleOf adds a step: values are multiples of both.
func (l *numberLimits) multipleOf(x *big.Rat) {
	if x.Sign() <= 0 {
		return
	}
	if l.step == nil {
		l.step = x
		return
	}
	// The least common multiple of a/b and c/d is that of a*d and c*b, over b*d.
	a, c := new(big.Int).Mul(l.step.Num(), x.Denom()), new(big.Int).Mul(x.Num(), l.step.Denom())
	least := new(big.Int).Div(new(big.Int).Mul(a, c), new(big.Int).GCD(nil, nil, a, c))
	l.step = new(big.Rat).SetFrac(least, new(big.Int).Mul(l.step.Denom(), x.Denom()))
}

// numbersOf are the limits of a conjunction.
func numbersOf(k *conjunction) *numberLimits {
	l := &numberLimits{}
	for _, s := range k.parts {
		if s.isInt() {
			l.multipleOf(big.NewRat(1, 1))
		}
		n := s.numbers
		if n == nil {
			continue
		}
		l.atLeast(n.minimum, n.exclusiveMinimum)
		l.atLeast(n.above, true)
		l.atMost(n.maximum, n.exclusiveMax)
		l.atMost(n.below, true)
		if step, ok := node.Rat(n.multipleOf); ok && n.multipleOf != "" {
			l.multipleOf(step)
		}
		switch n.bits {
		case 32:
			l.atLeast("-2147483648", false)
			l.atMost("2147483647", false)
		case 64:
			l.atLeast("-9223372036854775808", false)
			l.atMost("9223372036854775807", false)
		}
	}
	return l
}

// numberText makes a number within the limits: a small one above zero where these allow that.
func (m *maker) numberText(k *conjunction) string {
	l := numbersOf(k)
	most := 10
	if m.fresh || m.vary {
		most = 100_000 // another than those before is wanted
	}
	value := big.NewRat(int64(1+m.pick(most)), 1)
	if l.high != nil && value.Cmp(l.high) >= 0 {
		value = l.nearHigh()
	}
	if l.low != nil && value.Cmp(l.low) <= 0 {
		value = l.nearLow(m.pick(5))
	}
	if l.step != nil {
		value = l.stepped(value)
	}
	if value.IsInt() {
		return value.Num().String()
	}
	// Limits and steps are decimals, so that the value is one, too.
	digits, exact := value.FloatPrec()
	if !exact {
		digits = 10
	}
	return strings.TrimRight(value.FloatString(digits), "0")
}

// nearHigh is a value at the upper limit, or just below it.
func (l *numberLimits) nearHigh() *big.Rat {
	if !l.highOpen {
		return new(big.Rat).Set(l.high)
	}
	below := new(big.Rat).Sub(l.high, big.NewRat(1, 1))
	if l.low != nil && below.Cmp(l.low) <= 0 {
		return l.middle()
	}
	return below
}

// nearLow is a value at the lower limit, or just above it.
func (l *numberLimits) nearLow(more int) *big.Rat {
	value := new(big.Rat).Add(l.low, big.NewRat(int64(more), 1))
	if l.lowOpen {
		value.Add(value, big.NewRat(1, 1))
	}
	if l.high == nil || value.Cmp(l.high) < 0 || value.Cmp(l.high) == 0 && !l.highOpen {
		return value
	}
	if !l.lowOpen {
		return new(big.Rat).Set(l.low)
	}
	return l.middle()
}

// middle is between the limits.
func (l *numberLimits) middle() *big.Rat {
	sum := new(big.Rat).Add(l.low, l.high)
	return sum.Quo(sum, big.NewRat(2, 1))
}

// stepped is a multiple of the step near a value: the next above it, or the last below the upper limit.
func (l *numberLimits) stepped(value *big.Rat) *big.Rat {
	multiple := func(n *big.Int) *big.Rat { return new(big.Rat).Mul(new(big.Rat).SetInt(n), l.step) }
	q := new(big.Rat).Quo(value, l.step)
	n := new(big.Int).Div(q.Num(), q.Denom()) // rounded down
	if !q.IsInt() || n.Sign() == 0 && (l.low == nil || l.low.Sign() > 0) {
		n.Add(n, big.NewInt(1))
	}
	up := multiple(n)
	if l.low != nil && l.lowOpen && up.Cmp(l.low) == 0 {
		up = multiple(n.Add(n, big.NewInt(1)))
	}
	if l.high == nil || up.Cmp(l.high) < 0 || up.Cmp(l.high) == 0 && !l.highOpen {
		return up
	}
	q = new(big.Rat).Quo(l.high, l.step)
	n = new(big.Int).Div(q.Num(), q.Denom())
	if q.IsInt() && l.highOpen {
		n.Sub(n, big.NewInt(1))
	}
	return multiple(n)
}
