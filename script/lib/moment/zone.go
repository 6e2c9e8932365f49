package moment

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// setOffset shows the moment at an offset of UTC, in minutes; less than 16 are hours unless
// minutes is set. keep leaves what the clock shows and moves the time instead. Invalid
// moments stay as they are.
func (m instant) setOffset(to float64, keep, minutes bool) {
	if !m.valid() {
		return
	}
	if math.Abs(to) < 16 && !minutes {
		to *= 60
	}
	from, moved := m.lag(), 0.0
	if !m.utc() && keep {
		moved = m.zone()
	}
	m.set("_offset", m.number(to))
	m.set("_isUTC", true)
	if moved != 0 {
		m.add(span{ms: moved * civil.Minute}, 1)
	}
	// With keep, the time moves; the hook may set an offset of its own meanwhile, which the
	// mark in the object tells.
	if from == to {
		return
	}
	changing := truthy(m.o.Get("_changeInProgress"))
	switch {
	case !keep || changing:
		m.move(span{ms: (to - from) * civil.Minute}, 1)
	default:
		m.set("_changeInProgress", true)
		m.updateOffset(true)
		m.set("_changeInProgress", goja.Null())
	}
}

// utcOffset gets the offset in minutes, or sets it by number or text; a text without an
// offset changes nothing.
func utcOffset(l *library, this *goja.Object, a args) goja.Value {
	m, v := l.of(this), a.at(0)
	if !m.valid() {
		return m.orNaN(v)
	}
	if jsvalue.IsNullish(v) {
		return l.number(m.offset())
	}
	keep, minutes := truthy(a.at(1)), truthy(a.at(2))
	if jsvalue.IsString(v) {
		z, ok := offsetIn(v.String(), true)
		if !ok {
			return this
		}
		m.setOffset(z, keep, true)
		return this
	}
	m.setOffset(v.ToFloat(), keep, minutes)
	return this
}

// zoneMember is the old method zone, which counts the other way round.
func zoneMember(l *library, this *goja.Object, a args) goja.Value {
	v := a.at(0)
	if jsvalue.IsNullish(v) {
		return l.number(-utcOffset(l, this, nil).ToFloat())
	}
	if !jsvalue.IsString(v) {
		v = l.number(-v.ToFloat())
	}
	return utcOffset(l, this, args{v, a.at(1)})
}

// toUTC is utc(keepLocalTime).
func toUTC(l *library, this *goja.Object, a args) goja.Value {
	l.of(this).setOffset(0, truthy(a.at(0)), false)
	return this
}

// toLocal is local(keepLocalTime). A local moment stays as it is.
func toLocal(l *library, this *goja.Object, a args) goja.Value {
	m := l.of(this)
	if m.utc() {
		keep := truthy(a.at(0))
		m.setOffset(0, keep, false)
		m.set("_isUTC", false)
		if keep {
			m.add(span{ms: m.zone() * civil.Minute}, -1)
		}
	}
	return this
}

// parseZone shows the moment at the offset that stood in its input; without one, the clock's
// time becomes UTC.
func (m instant) parseZone() {
	if v := m.o.Get("_tzm"); !jsvalue.IsNullish(v) {
		m.setOffset(v.ToFloat(), false, true)
		return
	}
	if in := m.get("_i"); jsvalue.IsString(in) {
		if z, ok := offsetIn(in.String(), false); ok {
			m.setOffset(z, false, false)
		} else {
			m.setOffset(0, true, false)
		}
	}
}

// createInZone is moment.parseZone(…).
func createInZone(l *library, _ *goja.Object, a args) goja.Value {
	m := instant{l, l.create(a, false)}
	m.parseZone()
	return m.o
}

// hasAlignedHourOffset reports whether two offsets differ by whole hours; without another
// moment, from UTC.
func hasAlignedHourOffset(l *library, this *goja.Object, a args) goja.Value {
	m := l.of(this)
	if !m.valid() {
		return l.vm.ToValue(false)
	}
	other := 0.0
	if truthy(a.at(0)) {
		other = math.NaN()
		if in := l.moment(a.at(0)); in.valid() {
			other = in.offset()
		}
	}
	return l.vm.ToValue(math.Mod(m.offset()-other, 60) == 0)
}

// isDST says that the offset is larger than that of January or of June: one of them is winter
// in either hemisphere.
func isDST(l *library, this *goja.Object, _ args) goja.Value {
	m := l.of(this)
	if !m.valid() {
		return l.vm.ToValue(false)
	}
	for _, month := range []float64{0, 5} {
		other := m.clone()
		other.setMonth(month)
		other.updateOffset(true)
		if m.offset() > other.offset() {
			return l.vm.ToValue(true)
		}
	}
	return l.vm.ToValue(false)
}

// isDSTShifted says that the parts that were given are not those that the moment shows,
// because a jump left them out. The answer is kept in the object.
func isDSTShifted(l *library, this *goja.Object, _ args) goja.Value {
	if v := this.Get("_isDSTShifted"); !isUndefined(v) {
		return v
	}
	m := l.of(this)
	c := &config{
		l: l, input: m.get("_i"), format: m.get("_f"), localeArg: m.get("_l"), strict: m.get("_strict"), utc: m.utc(), flags: newFlags(),
	}
	c.make()
	shifted := false
	if c.parts != nil && m.valid() {
		other := instant{l, l.create(args{l.parts(c.parts)}, c.utc)}
		f, ok := other.fields()
		for i, v := range []float64{f.Year, f.Month, f.Day, f.Hour, f.Minute, f.Second, f.Milli} {
			shifted = shifted || ok && wholeOf(c.part(i).value) != v
		}
	}
	_ = this.Set("_isDSTShifted", shifted)
	return l.vm.ToValue(shifted)
}

// told is a method that says something of a valid moment; an invalid one gives false.
func told(fn func(m instant) goja.Value) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, _ args) goja.Value {
		m := l.of(this)
		if !m.valid() {
			return l.vm.ToValue(false)
		}
		return fn(m)
	}
}

// isLocal, isOffset and isUTC are the answers for valid moments, with the values that moment
// gives: isOffset may be undefined.
func (m instant) isLocal() goja.Value  { return m.l.vm.ToValue(!m.utc()) }
func (m instant) isOffset() goja.Value { return m.get("_isUTC") }
func (m instant) isUTC() goja.Value {
	v := m.get("_isUTC")
	if !truthy(v) {
		return v
	}
	return m.l.vm.ToValue(!isUndefined(m.o.Get("_offset")) && m.lag() == 0)
}

// likeThis is a value as a moment that is shown as this one is, for counting between the two
// (moment: cloneWithOffset).
func (m instant) likeThis(v goja.Value) instant {
	if !m.utc() {
		if m.l.isMoment(v) {
			if o := (instant{m.l, v.(*goja.Object)}); !o.utc() && m.l.hook("updateOffset") == nil {
				return o.clone()
			}
		}
		other := m.l.moment(v)
		toLocal(m.l, other.o, nil)
		return other
	}
	t := timeOf(v)
	if m.l.isMoment(v) {
		t = instant{m.l, v.(*goja.Object)}.value()
	} else if !isDate(v) {
		t = m.l.moment(v).value()
	}
	res := m.clone()
	res.setTime(res.shifted() + (t - res.value()))
	res.updateOffset(false)
	return res
}
