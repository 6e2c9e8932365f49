package moment

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// An instant is a moment as scripts hold it. Its state is in the object's own properties: _d
// is a Date that is ahead by _offset minutes where _isUTC is set, and whose local fields
// count otherwise. It is read again each time, since plugins write it.
type instant struct {
	l *library
	o *goja.Object
}

// of is the moment that a method was called on; without one it throws.
func (l *library) of(o *goja.Object) instant {
	if o == nil {
		l.env.Throw("TypeError", "this is not a moment")
	}
	return instant{l, o}
}

func (m instant) get(name string) goja.Value  { return jsvalue.Get(m.o, name) }
func (m instant) set(name string, v any)      { _ = m.o.Set(name, v) }
func (m instant) utc() bool                   { return jsvalue.Truthy(m.o.Get("_isUTC")) }
func (m instant) locale() locale              { return locale{m.l, jsvalue.Object(m.o.Get("_locale"))} }
func (m instant) shifted() float64            { return timeOf(m.o.Get("_d")) }
func (m instant) updateOffset(keep ...any)    { m.l.updateOffset(m.o, keep...) }
func (m instant) clone() instant              { return instant{m.l, m.l.clone(m.o)} }
func (m instant) number(f float64) goja.Value { return m.l.number(f) }
func (m instant) before(other instant) bool   { return m.value() < other.value() }

// pick chooses between two values that are both known. It must not be used where
// one of them costs something or may fail.
func pick[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

// lag is _offset, 0 if missing, in minutes.
func (m instant) lag() float64 {
	v := m.o.Get("_offset")
	if jsvalue.IsNullish(v) {
		return 0
	}
	if f := v.ToFloat(); !math.IsNaN(f) {
		return f + 0
	}
	return 0
}

// value is the time value of the moment: valueOf(), NaN when it is invalid.
func (m instant) value() float64 { return m.shifted() - m.lag()*civil.Minute }

// setTime changes _d in place: scripts may hold that Date.
func (m instant) setTime(t float64) {
	_, err := m.l.setTime(m.o.Get("_d"), m.l.vm.ToValue(t))
	m.l.env.Check(err)
}

// fields are what the getters show; ok is false for an invalid moment, which has none.
func (m instant) fields() (f civil.Fields, ok bool) {
	t := m.shifted()
	if math.IsNaN(t) || !m.valid() {
		return f, false
	}
	if !m.utc() {
		t = civil.Local(t)
	}
	return civil.Split(t), true
}

// setFields changes the moment to fields that may be out of their ranges; they are carried
// over.
func (m instant) setFields(f civil.Fields) {
	t := civil.Join(f)
	if !m.utc() {
		t = civil.FromLocal(t)
	}
	m.setTime(t)
}

// start is the time value in _d of a day, by the moment's fields, in UTC or in the local
// zone.
func (m instant) start(year, month, day float64) float64 {
	t := civil.Date(year, month, day)
	if m.utc() {
		return t
	}
	return civil.FromLocal(t)
}

// zone is how far the local zone is ahead of UTC, in whole minutes, at the moment's time.
func (m instant) zone() float64 {
	t := m.shifted()
	if math.IsNaN(t) {
		return math.NaN()
	}
	return -(math.Trunc(-civil.Offset(t)/civil.Minute) + 0) // -0 in UTC, as in moment
}

// offset is utcOffset(): in minutes, that of the moment or that of the zone.
func (m instant) offset() float64 {
	if m.utc() {
		return m.lag()
	}
	return m.zone()
}

// valid is isValid(): what was found out when the moment was made, unless somebody has taken that away.
func (m instant) valid() bool {
	if v := m.o.Get("_isValid"); !jsvalue.IsNullish(v) {
		return v.ToBoolean()
	}
	valid := m.l.judge(m.o)
	_ = m.o.Set("_isValid", valid)
	return valid
}

// judge finds out whether a moment is valid by its date and its parsing flags, as they are in
// the object.
func (l *library) judge(o *goja.Object) bool {
	flags := l.flagsOf(o)
	if math.IsNaN(timeOf(o.Get("_d"))) || !(flags.Get("overflow").ToFloat() < 0) {
		return false
	}
	for _, name := range failing() {
		if jsvalue.Truthy(flags.Get(name)) {
			return false
		}
	}
	if jsvalue.Truthy(flags.Get("meridiem")) && !l.someParsed(flags) {
		return false
	}
	if jsvalue.Truthy(o.Get("_strict")) {
		return flags.Get("charsLeftOver").ToFloat() == 0 && flags.Get("unusedTokens").ToObject(l.vm).Get("length").ToInteger() == 0 &&
			isUndefined(flags.Get("bigHour"))
	}
	return true
}

// failing are the flags that make a moment invalid: one is enough.
func failing() []string {
	return []string{"empty", "invalidEra", "invalidMonth", "invalidWeekday", "weekdayMismatch", "nullInput", "invalidFormat", "userInvalidated"}
}

// someParsed reports whether any part of a date was read.
func (l *library) someParsed(flags *goja.Object) bool {
	some := false
	entries(jsvalue.Object(flags.Get("parsedDateParts")), func(_ string, v goja.Value) { some = some || !jsvalue.IsNullish(v) })
	return some
}

// flagsOf returns the parsing flags of a moment or of the configuration of one, made if need be.
func (l *library) flagsOf(o *goja.Object) *goja.Object {
	if f, ok := o.Get("_pf").(*goja.Object); ok {
		return f
	}
	f := newFlags().object(l)
	_ = o.Set("_pf", f)
	return f
}

// isMoment says that a value is a moment, of this library or another.
func (l *library) isMoment(v goja.Value) bool {
	o := jsvalue.Object(v)
	return o != nil && !jsvalue.IsNullish(o.Get("_isAMomentObject"))
}

// updateOffset calls the hook of that name, for those who put one there (moment-timezone
// does): moment's own does nothing.
func (l *library) updateOffset(o *goja.Object, keep ...any) {
	f := l.hook("updateOffset")
	if f == nil {
		return
	}
	list := []goja.Value{o}
	for _, k := range keep {
		list = append(list, l.vm.ToValue(k))
	}
	l.call(f, l.module, list...)
}

// kept are the properties that a moment made of another one takes over, in the order in which they are seen.
func kept() []string {
	return []string{"_isAMomentObject", "_i", "_f", "_l", "_strict", "_tzm", "_isUTC", "_offset", "_pf", "_locale"}
}

// clone makes a moment of another one, or of an object that looks like one. The flags are
// shared with it, as in moment.
func (l *library) clone(from *goja.Object) *goja.Object {
	o := l.vm.CreateObject(l.proto)
	for _, name := range kept() {
		if v := from.Get(name); !isUndefined(v) {
			if name == "_pf" {
				v = l.flagsOf(from)
			}
			_ = o.Set(name, v)
		}
	}
	l.copyExtra(o, from)
	l.finish(o, timeOf(from.Get("_d")))
	return o
}

// copyExtra copies the properties that plugins have named in moment.momentProperties.
func (l *library) copyExtra(to, from *goja.Object) {
	list := jsvalue.Object(l.module.Get("momentProperties"))
	if list == nil {
		return
	}
	for i := range list.Get("length").ToInteger() {
		name := list.Get(l.vm.ToValue(i).String()).String()
		if v := from.Get(name); !isUndefined(v) {
			_ = to.Set(name, v)
		}
	}
}

// finish gives a moment its date, and finds out whether it is valid. The Date of an invalid
// moment is invalid too.
func (l *library) finish(o *goja.Object, t float64) {
	_ = o.Set("_d", l.newDate(t))
	if !(instant{l, o}).valid() && !math.IsNaN(t) {
		_ = o.Set("_d", l.newDate(math.NaN()))
	}
	l.made(o)
}

// made tells the hook about a new moment; the moments that the hook itself makes are not told.
func (l *library) made(o *goja.Object) {
	if !l.updating {
		l.updating = true
		l.updateOffset(o)
		l.updating = false
	}
}
