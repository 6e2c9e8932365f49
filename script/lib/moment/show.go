package moment

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// toText is toString, in English whatever the moment's language, as that of Date.
func toText(l *library, this *goja.Object, _ args) goja.Value {
	m := l.of(this).clone()
	m.set("_locale", l.locale(l.text("en")).o)
	return m.locale().postformat(m.print("ddd MMM DD YYYY HH:mm:ss [GMT]ZZ"))
}

// iso is toISOString: in UTC, or as the moment is shown where keep is set. Years beyond 9999
// and before 0 have six digits and a sign. An invalid moment is null.
func (m instant) iso(keep bool) goja.Value {
	if !m.valid() {
		return goja.Null()
	}
	t := m.value()
	if keep {
		t += m.offset() * civil.Minute
	}
	if t = civil.Clip(t); math.IsNaN(t) {
		m.l.env.Throw("RangeError", "Invalid time value")
	}
	p := printer{m: m, f: civil.Split(t), lc: m.locale()}
	y := p.f.Year
	if y < 0 || y > 9999 {
		p.token("YYYYYY")
	} else {
		p.token("YYYY")
	}
	for _, part := range []string{"-", "MM", "-", "DD", "T", "HH", ":", "mm", ":", "ss", ".", "SSS"} {
		if formats(part) {
			p.token(part)
		} else {
			p.b.WriteString(part)
		}
	}
	if keep {
		p.zone(":")
	} else {
		p.b.WriteByte('Z')
	}
	return m.l.text(p.b.String())
}

// toISOString takes true to keep the offset.
func toISOString(l *library, this *goja.Object, a args) goja.Value {
	return l.of(this).iso(isBool(a.at(0)) && a.at(0).ToBoolean())
}

// toJSON asks toISOString as scripts see it, which some replace. An invalid moment is null in
// JSON.
func toJSON(l *library, this *goja.Object, _ args) goja.Value {
	m := l.of(this)
	if !m.valid() {
		return goja.Null()
	}
	if f := this.Get("toISOString"); f != nil && f != l.own["fn toISOString"] {
		return l.call(f, this)
	}
	return m.iso(false)
}

// inspect is code that makes the same moment.
func inspect(l *library, this *goja.Object, _ args) goja.Value {
	m := l.of(this)
	f, ok := m.fields()
	if !ok {
		return l.text("moment.invalid(/* " + l.str(m.get("_i")) + " */)")
	}
	name, zone := "moment", ""
	if m.utc() {
		name, zone = pick(m.offset() == 0, "moment.utc", "moment.parseZone"), "Z"
	}
	y := pick(f.Year >= 0 && f.Year <= 9999, "YYYY", "YYYYYY")
	return m.locale().postformat(m.print("[" + name + `("]` + y + "-MM-DD[T]HH:mm:ss.SSS" + zone + `[")]`))
}

// toArray lists year to millisecond, months from 0.
func toArray(l *library, this *goja.Object, _ args) goja.Value {
	f := l.of(this).all()
	out := make([]any, len(f))
	for i, v := range f {
		out[i] = l.number(v)
	}
	return l.vm.NewArray(out...)
}

// toObject has the same under names.
func toObject(l *library, this *goja.Object, _ args) goja.Value {
	f, o := l.of(this).all(), l.vm.NewObject()
	for i, name := range []string{"years", "months", "date", "hours", "minutes", "seconds", "milliseconds"} {
		_ = o.Set(name, l.number(f[i]))
	}
	return o
}

// all are the parts that toArray lists, all of them NaN where the moment is invalid.
func (m instant) all() []float64 {
	f, ok := m.fields()
	list := []float64{f.Year, f.Month, f.Day, f.Hour, f.Minute, f.Second, f.Milli}
	for i := range list {
		if !ok {
			list[i] = math.NaN()
		}
	}
	return list
}

// creationData is what the moment was made of, as it was given.
func creationData(l *library, this *goja.Object, _ args) goja.Value {
	m, o := l.of(this), l.vm.NewObject()
	for _, p := range [][2]string{{"input", "_i"}, {"format", "_f"}, {"locale", "_locale"}, {"isUTC", "_isUTC"}, {"strict", "_strict"}} {
		_ = o.Set(p[0], m.get(p[1]))
	}
	return o
}

// parsingFlags gives a copy, so that changing it changes nothing.
func parsingFlags(l *library, this *goja.Object, _ args) goja.Value {
	o := l.vm.NewObject()
	entries(l.flagsOf(this), func(key string, v goja.Value) { _ = o.Set(key, v) })
	return o
}

// localeMember gets the name of the locale, or sets the locale of this moment or duration.
func localeMember(l *library, this *goja.Object, a args) goja.Value {
	if isUndefined(a.at(0)) {
		return jsvalue.Field(this.Get("_locale"), "_abbr")
	}
	_ = this.Set("_locale", l.locale(a.at(0)).o)
	return this
}

// langMember is the old method, which gives the locale itself.
func langMember(l *library, this *goja.Object, a args) goja.Value {
	if isUndefined(a.at(0)) {
		return jsvalue.Get(this, "_locale")
	}
	return localeMember(l, this, a)
}

// localeDataMember gives the locale.
func localeDataMember(_ *library, this *goja.Object, _ args) goja.Value {
	return jsvalue.Get(this, "_locale")
}

// diff counts the units between two moments. Months are counted by the calendar, days and
// weeks without the jumps of a zone. Fractions are cut off unless the third argument is set.
func diff(l *library, this *goja.Object, a args) goja.Value {
	m := l.of(this)
	if !m.valid() {
		return goja.NaN()
	}
	other := m.likeThis(a.at(0))
	if !other.valid() {
		return goja.NaN()
	}
	n := m.between(other, unit(a.at(1)))
	if !truthy(a.at(2)) {
		n = math.Trunc(n) + 0
	}
	return l.number(n)
}

// between is diff with its fraction; an unknown unit counts milliseconds.
func (m instant) between(other instant, u string) float64 {
	ms := m.value() - other.value()
	jump := (other.offset() - m.offset()) * civil.Minute
	switch u {
	case "year":
		return m.months(other) / 12
	case "quarter":
		return m.months(other) / 3
	case "month":
		return m.months(other)
	case "week":
		return (ms - jump) / (7 * civil.Day)
	case "day":
		return (ms - jump) / civil.Day
	case "hour":
		return ms / civil.Hour
	case "minute":
		return ms / civil.Minute
	case "second":
		return ms / civil.Second
	}
	return ms
}

// months is the difference in months: whole ones, and the rest as a part of the month in
// which it lies (moment: monthDiff).
func (m instant) months(other instant) float64 {
	f, _ := m.fields()
	g, _ := other.fields()
	if f.Day < g.Day {
		return -other.months(m)
	}
	whole := (g.Year-f.Year)*12 + g.Month - f.Month
	anchor := m.plusMonths(whole)
	rest := other.value() - anchor
	var part float64
	if rest < 0 {
		part = rest / (anchor - m.plusMonths(whole-1))
	} else {
		part = rest / (m.plusMonths(whole+1) - anchor)
	}
	if n := -(whole + part); n != 0 && !math.IsNaN(n) {
		return n
	}
	return 0
}

// plusMonths is the value of the moment some months later. With a hook that changes offsets
// it moves a copy.
func (m instant) plusMonths(n float64) float64 {
	if m.l.hook("updateOffset") != nil {
		c := m.clone()
		c.add(span{months: n}, 1)
		return c.value()
	}
	if n == 0 {
		return m.value()
	}
	f, ok := m.fields()
	if !ok {
		return math.NaN()
	}
	f.Day = math.Min(f.Day, civil.MonthLength(f.Year, f.Month+n))
	f.Month += n
	t := civil.Join(f)
	if !m.utc() {
		t = civil.FromLocal(t)
	}
	return civil.Clip(t) - m.lag()*civil.Minute
}

// apart is what lies between two moments as whole months and milliseconds, negative where to
// is before.
func (m instant) apart(to instant) (s span) {
	if !m.valid() || !to.valid() {
		return s
	}
	to = m.likeThis(to.o)
	if m.before(to) {
		return m.upTo(to)
	}
	s = to.upTo(m)
	return span{ms: -s.ms + 0, months: -s.months + 0}
}

// upTo is apart where to is not before (moment: positiveMomentsDifference).
func (m instant) upTo(to instant) span {
	f, _ := m.fields()
	g, _ := to.fields()
	n := g.Month - f.Month + (g.Year-f.Year)*12
	if m.plusMonths(n) > to.value() {
		n--
	}
	return span{months: n, ms: to.value() - m.plusMonths(n)}
}

// fromMember is from, fromNow, to or toNow: toThis counts from the other moment, now takes
// the clock's instead of an argument.
func fromMember(toThis, now bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		m, without := l.of(this), truthy(a.at(1))
		var other instant
		if now {
			other, without = l.moment(nil), truthy(a.at(0))
		} else {
			other = l.given(a.at(0))
		}
		if !m.valid() || !other.valid() {
			return m.locale().invalidDate()
		}
		first, last := m, other
		if toThis {
			first, last = other, m
		}
		d := l.newDuration(durationInput{span: first.apart(last), valid: true})
		_ = d.Set("_locale", m.o.Get("_locale"))
		return l.humanize(d, !without, nil)
	}
}

// calendar says when a moment is as people do: today at some time, last Monday. A lone
// argument is formats where it has their keys and is no date.
func calendar(l *library, this *goja.Object, a args) goja.Value {
	m, when, formats := l.of(this), a.at(0), a.at(1)
	if len(a) == 1 {
		switch {
		case !truthy(when), isMomentInput(l, when):
			formats = goja.Undefined()
			if !truthy(when) {
				when = goja.Undefined()
			}
		case isPlain(when) && ownsAny(when, calendarKeys()):
			formats, when = when, goja.Undefined()
		}
	}
	now := when
	if !truthy(now) {
		now = l.create(nil, false)
	}
	day := m.likeThis(now)
	day.startOf("day")
	key := l.call(l.module.Get("calendarFormat"), l.module, this, day.o)
	name := "sameElse"
	if truthy(key) {
		name = l.str(key)
	}
	out := goja.Undefined()
	if truthy(formats) {
		if out = jsvalue.OrUndefined(formats.ToObject(l.vm).Get(name)); isFunction(out) {
			out = l.call(out, this, now)
		}
	}
	if !truthy(out) {
		out = m.locale().invoke("calendar", l.text(name), this, l.moment(now).o)
	}
	return formatMember(l, this, args{out})
}

// calendarKeys are the cases of calendar().
func calendarKeys() []string {
	return []string{"sameDay", "nextDay", "lastDay", "nextWeek", "lastWeek", "sameElse"}
}

// ownsAny reports whether an object has one of the keys.
func ownsAny(v goja.Value, keys []string) bool {
	for _, k := range keys {
		if owns(v.(*goja.Object), k) {
			return true
		}
	}
	return false
}

// isMomentInput says that moment(…) takes a value. Objects need a key that is a unit.
func isMomentInput(l *library, v goja.Value) bool {
	if l.isMoment(v) || isDate(v) || jsvalue.IsString(v) || class(v) == "String" || isNumber(v) || isArray(v) || jsvalue.IsNullish(v) {
		return true
	}
	if !isPlain(v) {
		return false
	}
	return ownsAny(v, strings.Fields("years year y months month M days day d dates date D hours hour h minutes minute m seconds second s milliseconds millisecond ms"))
}

// calendarFormat is the hook that names the format: by the days from the start of the day
// that counts as today.
func calendarFormat(l *library, _ *goja.Object, a args) goja.Value {
	days := diff(l, a.at(0).ToObject(l.vm), args{a.at(1), l.text("days"), l.vm.ToValue(true)}).ToFloat()
	name := "sameElse"
	switch {
	case days < -6:
	case days < -1:
		name = "lastWeek"
	case days < 0:
		name = "lastDay"
	case days < 1:
		name = "sameDay"
	case days < 2:
		name = "nextDay"
	case days < 7:
		name = "nextWeek"
	}
	return l.text(name)
}
