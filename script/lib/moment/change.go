package moment

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// A span is what a duration adds: the three parts that do not follow from each other. A month
// has no fixed number of days, and a day no fixed number of milliseconds where a zone jumps.
// All three may have fractions or be NaN.
type span struct{ ms, days, months float64 }

// roundAway rounds halves away from zero (moment: absRound). Math.round, on which it is
// built, rounds them up.
func roundAway(f float64) float64 {
	if f < 0 {
		return -jsRound(-f)
	}
	return jsRound(f)
}

// jsRound is Math.round: halves go up, so -2.5 becomes -2. Go's math.Round would give -3.
func jsRound(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return f
	}
	r := math.Floor(f)
	if f-r >= 0.5 {
		r++
	}
	return r
}

// add adds a span times sign: months and days by the calendar, the rest on the line of time.
// Adding a month to 31 January gives the last day of February. The hook updateOffset is told
// whether days or months have moved.
func (m instant) add(s span, sign float64) {
	if m.move(s, sign) {
		m.updateOffset(m.number(pick(roundAway(s.days) != 0, roundAway(s.days), roundAway(s.months))))
	}
}

// move is add without the hook. It reports false for an invalid moment, which stays as it is.
// The order, months before days before milliseconds, is moment's and shows in the result.
func (m instant) move(s span, sign float64) bool {
	if !m.valid() {
		return false
	}
	if months := roundAway(s.months); months != 0 && !math.IsNaN(months) {
		if f, ok := m.fields(); ok {
			m.setMonth(f.Month + months*sign)
		}
	}
	if days := roundAway(s.days); days != 0 && !math.IsNaN(days) {
		if f, ok := m.fields(); ok {
			f.Day += days * sign
			m.setFields(f)
		}
	}
	if s.ms != 0 && !math.IsNaN(s.ms) {
		m.setTime(m.shifted() + s.ms*sign)
	}
	return true
}

// adder makes the methods add and subtract: (amount, unit), a duration, an object or a text.
// The old order, unit before amount, still works and warns once, as in moment.
func adder(sign float64, name string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		m, value, period := l.of(this), a.at(0), a.at(1)
		if u := unit(period); u != "" && goja.IsNumber(value) {
			if s, ok := simple(u, value.ToFloat()); ok {
				m.add(s, sign)
				return this
			}
		}
		if !goja.IsNull(period) && !math.IsNaN(period.ToFloat()) {
			l.deprecateSimple(name, "moment()."+name+"(period, number) is deprecated. Please use moment()."+name+"(number, period). "+
				"See http://momentjs.com/guides/#/warnings/add-inverted-param/ for more info.")
			value, period = period, value
		}
		m.add(l.duration(value, period).span(), sign)
		return this
	}
}

// simple is the span of a number of units, without a duration being made for it: the most
// frequent call by far. ok is false for NaN, whose handling is left to durations.
func simple(u string, n float64) (s span, ok bool) {
	if math.IsNaN(n) {
		return s, false
	}
	switch u {
	case "year":
		s.months = n * 12
	case "quarter":
		s.months = n * 3
	case "month":
		s.months = n
	case "week", "isoWeek":
		s.days = n * 7
	case "day":
		s.days = n
	case "hour":
		s.ms = n * 1000 * 60 * 60
	case "minute":
		s.ms = n * civil.Minute
	case "second":
		s.ms = n * civil.Second // written as moment multiplies, since the order of factors shows in the last digit
	case "millisecond":
		s.ms = n
	}
	return s, true
}

// startOf moves to the first moment of a unit; a unit without one leaves the moment alone.
// The hook updateOffset is called with true: the clock's time is kept.
func (m instant) startOf(u string) {
	if t, ok := m.edge(u, false); ok {
		m.setTime(t)
		m.updateOffset(true)
	}
}

// endOf moves to the last millisecond of a unit, in the same way.
func (m instant) endOf(u string) {
	if t, ok := m.edge(u, true); ok {
		m.setTime(t)
		m.updateOffset(true)
	}
}

// edge is the time value in _d of the first moment of a unit, or of its last. ok is false for
// no unit, for milliseconds and for an invalid moment, none of which have edges.
func (m instant) edge(u string, end bool) (t float64, ok bool) {
	if u == "" || u == "millisecond" {
		return 0, false
	}
	f, ok := m.fields()
	if !ok {
		return 0, false
	}
	n := pick(end, 1.0, 0)
	less := n // a last moment is one millisecond before the next unit
	switch u {
	case "year":
		return m.start(f.Year+n, 0, 1) - less, true
	case "quarter":
		return m.start(f.Year, f.Month-math.Mod(f.Month, 3)+3*n, 1) - less, true
	case "month":
		return m.start(f.Year, f.Month+n, 1) - less, true
	case "week":
		// Weeks begin on the locale's first weekday, ISO weeks on Monday.
		return m.start(f.Year, f.Month, f.Day-math.Mod(f.Weekday+7-m.locale().week().First, 7)+7*n) - less, true
	case "isoWeek":
		return m.start(f.Year, f.Month, f.Day-math.Mod(f.Weekday+6, 7)+7*n) - less, true
	case "day", "date":
		return m.start(f.Year, f.Month, f.Day+n) - less, true
	}
	return m.clockEdge(u, end), true
}

// clockEdge is edge for hours, minutes and seconds, which are cut out of the line of time and
// not out of the clock: an hour that a jump repeats has two beginnings. Half-hour zones are
// why the offset is added for hours.
func (m instant) clockEdge(u string, end bool) float64 {
	t := m.shifted()
	length, ahead := math.NaN(), 0.0
	switch u {
	case "hour":
		length = civil.Hour
		if !m.utc() {
			ahead = m.zone() * civil.Minute
		}
	case "minute":
		length = civil.Minute
	case "second":
		length = civil.Second
	}
	t -= civil.Mod(t+ahead, length)
	if end {
		t += length - 1
	}
	return t
}

// edgeMember is the method startOf or endOf, which change the moment and return it.
func edgeMember(end bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		m, u := l.of(this), unit(a.at(0))
		if end {
			m.endOf(u)
		} else {
			m.startOf(u)
		}
		return this
	}
}

// unitBounds are the first and last moment of a unit as time values of the moment. With a
// hook that changes offsets they can only be found by moving copies.
func (m instant) unitBounds(u string) (first, last float64) {
	if m.l.hook("updateOffset") != nil {
		a, b := m.clone(), m.clone()
		a.startOf(u)
		b.endOf(u)
		return a.value(), b.value()
	}
	first, ok := m.edge(u, false)
	if !ok {
		return m.value(), m.value()
	}
	last, _ = m.edge(u, true)
	lag := m.lag() * civil.Minute
	return first - lag, last - lag
}

// compare is a method like isBefore: of(value, other) for milliseconds, and by(first, last,
// other) for a unit. The unit is the moment's own; the other is a point in time.
func compare(of func(v, other float64) bool, by func(first, last, other float64) bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		return l.vm.ToValue(l.of(this).compared(l.given(a.at(0)), unit(a.at(1)), of, by))
	}
}

// compared is false where either moment is invalid, whatever is asked.
func (m instant) compared(other instant, u string, of func(v, other float64) bool, by func(first, last, other float64) bool) bool {
	if !m.valid() || !other.valid() {
		return false
	}
	if u == "" || u == "millisecond" {
		return of(m.value(), other.value())
	}
	first, last := m.unitBounds(u)
	return by(first, last, other.value())
}

// The pairs of functions for compare: the first compares milliseconds, the second the bounds
// of a unit with the other moment.
func after(v, other float64) bool               { return v > other }
func afterUnit(first, _, other float64) bool    { return other < first }
func earlier(v, other float64) bool             { return v < other }
func earlierUnit(_, last, other float64) bool   { return last < other }
func equal(v, other float64) bool               { return v == other }
func equalUnit(first, last, other float64) bool { return first <= other && other <= last }
func notBefore(v, other float64) bool           { return v >= other }
func notBeforeUnit(_, last, other float64) bool { return other <= last }
func notAfter(v, other float64) bool            { return v <= other }
func notAfterUnit(first, _, other float64) bool { return first <= other }

// isBetween has a last argument like "[)", whose brackets say which ends count. Round
// brackets, the default, leave the end out.
func isBetween(l *library, this *goja.Object, a args) goja.Value {
	m, from, to, u := l.of(this), l.given(a.at(0)), l.given(a.at(1)), unit(a.at(2))
	ends := "()"
	if truthy(a.at(3)) {
		ends = l.str(a.at(3)) + "  " // two characters are read, however short the text
	}
	if !m.valid() || !from.valid() || !to.valid() {
		return l.vm.ToValue(false)
	}
	low := pick(ends[0] == '(', m.compared(from, u, after, afterUnit), !m.compared(from, u, earlier, earlierUnit))
	high := pick(ends[1] == ')', m.compared(to, u, earlier, earlierUnit), !m.compared(to, u, after, afterUnit))
	return l.vm.ToValue(low && high)
}

// extreme is moment.min and moment.max: the first invalid moment, or the one that no other is
// beyond. method is the comparison that replaces the best so far; it is called as scripts see
// it. Without arguments it is now.
func extreme(method string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, _ *goja.Object, a args) goja.Value {
		if len(a) == 1 && isArray(a[0]) {
			list := a[0]
			a = make(args, lengthOf(list))
			for i := range a {
				a[i] = item(list, i)
			}
		}
		if len(a) == 0 {
			return l.create(nil, false)
		}
		best := a[0]
		for _, v := range a[1:] {
			o := v.ToObject(l.vm)
			if !truthy(l.env.Call(o.Get("isValid"), o, "moments[i].isValid")) || truthy(l.env.Call(o.Get(method), o, "moments[i]."+method, best)) {
				best = v
			}
		}
		return best
	}
}

// prototypeExtreme is the old method min or max of a moment. Its names are the wrong way
// round, which is why moment deprecated it; beyond(other, this) keeps the moment.
func prototypeExtreme(beyond func(a, b float64) bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		m, other := l.of(this), instant{l, l.create(a, false)}
		if !m.valid() || !other.valid() {
			return l.invalid(nil)
		}
		if beyond(other.value(), m.value()) {
			return this
		}
		return other.o
	}
}

// isNullish knows undefined and null.
func isNullish(v goja.Value) bool { return jsvalue.IsNullish(v) }
