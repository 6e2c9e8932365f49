package moment

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// lapseOf is the duration that a method was called on. A method that was taken off its object
// throws.
func (l *library) lapseOf(this *goja.Object) lapse {
	if this == nil {
		l.env.Throw("TypeError", "this is not a duration")
	}
	return lapse{l, this}
}

// measured is a method of a duration that gives a number; an invalid duration gives NaN.
func measured(fn func(d lapse) float64) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, _ args) goja.Value {
		d := l.lapseOf(this)
		if !d.valid() {
			return goja.NaN()
		}
		return l.number(fn(d))
	}
}

// asUnit is asDays and the like.
func asUnit(u string) func(l *library, this *goja.Object, a args) goja.Value {
	return measured(func(d lapse) float64 { return d.as(u) })
}

// dataOf is a method that gives a part as it is carried over: minutes() of 90 minutes is 30.
func dataOf(name string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, _ args) goja.Value {
		if !l.lapseOf(this).valid() {
			return goja.NaN()
		}
		return jsvalue.Field(this.Get("_data"), name)
	}
}

// value is valueOf() in milliseconds: a year is 365 days and a month 30, unlike in as.
func (d lapse) value() float64 {
	s := d.span()
	return s.ms + s.days*864e5 + math.Mod(s.months, 12)*2592e6 + wholeOf(s.months/12)*31536e6
}

// durationAs is as(unit), which throws for an unknown unit.
func durationAs(l *library, this *goja.Object, a args) goja.Value {
	d := l.lapseOf(this)
	if !d.valid() {
		return goja.NaN()
	}
	return l.number(d.as(unit(a.at(0))))
}

// durationGet is get(unit): the method of that name, which a script may have replaced.
func durationGet(l *library, this *goja.Object, a args) goja.Value {
	u := unit(a.at(0))
	if !l.lapseOf(this).valid() {
		return goja.NaN()
	}
	name := pick(u == "", "undefined", u) + "s"
	return l.env.Call(this.Get(name), this, "this[(units + \"s\")]")
}

// durationAdd is add or subtract: the parts are added one by one, and then carried over.
func durationAdd(sign float64) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		s, other := l.lapseOf(this).span(), l.duration(a.at(0), a.at(1)).span()
		setSpan(l, this, span{s.ms + sign*other.ms, s.days + sign*other.days, s.months + sign*other.months})
		return bubble(l, this, nil)
	}
}

// durationAbs makes all parts positive. moment forgets the days in _data, and so they are not
// in the list.
func durationAbs(l *library, this *goja.Object, _ args) goja.Value {
	s := l.lapseOf(this).span()
	setSpan(l, this, span{math.Abs(s.ms), math.Abs(s.days), math.Abs(s.months)})
	data := this.Get("_data").ToObject(l.vm)
	for _, name := range []string{"milliseconds", "seconds", "minutes", "hours", "months", "years"} {
		_ = data.Set(name, l.number(math.Abs(jsvalue.Number(data.Get(name)))))
	}
	return this
}

var zeros = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\.?0+$`) })

// durationISO is toISOString of a duration. A part whose sign is not that of the whole has a
// sign of its own. Seconds have up to three decimals (moment: toISOString).
func durationISO(l *library, this *goja.Object, _ args) goja.Value {
	d := l.lapseOf(this)
	if !d.valid() {
		return d.locale().invalidDate()
	}
	total := d.as("second")
	if total == 0 || math.IsNaN(total) {
		return l.text("P0D")
	}
	s := d.span()
	var b strings.Builder
	b.WriteString(pick(total < 0, "-P", "P"))
	number := func(v float64) string { return l.str(l.number(v)) }
	some := func(v float64) bool { return v != 0 && !math.IsNaN(v) }
	write := func(of, v float64, text, letter string) {
		if v == 0 || math.IsNaN(v) {
			return
		}
		if sign(of) != sign(total) {
			b.WriteByte('-')
		}
		b.WriteString(text + letter)
	}
	months, days, seconds := math.Abs(s.months), math.Abs(s.days), math.Abs(s.ms)/1000
	years := math.Floor(months / 12)
	months = math.Mod(months, 12)
	minutes := math.Floor(seconds / 60)
	hours := math.Floor(minutes / 60)
	seconds, minutes = math.Mod(seconds, 60), math.Mod(minutes, 60)
	write(s.months, years, number(years), "Y")
	write(s.months, months, number(months), "M")
	write(s.days, days, number(days), "D")
	if some(hours) || some(minutes) || some(seconds) {
		b.WriteByte('T')
	}
	write(s.ms, hours, number(hours), "H")
	write(s.ms, minutes, number(minutes), "M")
	write(s.ms, seconds, zeros().ReplaceAllString(strconv.FormatFloat(seconds, 'f', 3, 64), ""), "S")
	return l.text(b.String())
}

// sign is -1, 0 or 1.
func sign(f float64) float64 {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return 0
}

// humanizeMember is humanize(withSuffix, thresholds), either of which may be left out. Given
// thresholds are laid over the global ones for this call.
func humanizeMember(l *library, this *goja.Object, a args) goja.Value {
	d := l.lapseOf(this)
	if !d.valid() {
		return d.locale().invalidDate()
	}
	suffix, limits := a.at(0), a.at(1)
	if jsvalue.TypeOf(suffix) == "object" {
		limits, suffix = suffix, goja.Undefined()
	}
	var o *goja.Object
	if jsvalue.TypeOf(limits) == "object" {
		o = l.vm.NewObject()
		entries(l.limits(), func(k string, v goja.Value) { _ = o.Set(k, v) })
		if given := jsvalue.Object(limits); given != nil {
			entries(given, func(k string, v goja.Value) { _ = o.Set(k, v) })
			if s := given.Get("s"); !jsvalue.IsNullish(s) && jsvalue.IsNullish(given.Get("ss")) {
				_ = o.Set("ss", l.number(s.ToFloat()-1))
			}
		} else {
			l.env.Throw("TypeError", "Cannot read properties of null (reading 's')")
		}
	}
	return l.humanize(this, isBool(suffix) && suffix.ToBoolean(), o)
}

// limits are the thresholds from which on a larger unit is named: 45 seconds are "a minute",
// 22 hours "a day". They are global, and scripts may change them.
func (l *library) limits() *goja.Object {
	if l.thresholds == nil {
		o := l.vm.NewObject()
		for _, p := range []struct {
			name  string
			value any
		}{{"ss", 44}, {"s", 45}, {"m", 45}, {"h", 22}, {"d", 26}, {"w", goja.Null()}, {"M", 11}} {
			_ = o.Set(p.name, p.value)
		}
		l.thresholds = o
	}
	return l.thresholds
}

// humanize says a duration in words, with "in" or "ago" where that is wanted. The words are
// the locale's. limits nil are the global ones.
func (l *library) humanize(o *goja.Object, suffix bool, limits *goja.Object) goja.Value {
	d := lapse{l, o}
	lc := d.locale()
	if limits == nil {
		limits = l.limits()
	}
	positive := d.lapseValue() > 0
	abs := l.createDuration(o, nil)
	durationAbs(l, abs, nil)
	key, n := (lapse{l, abs}).largest(limits)
	number := l.vm.ToValue(1)
	if truthy(n) {
		number = n
	}
	out := lc.invoke("relativeTime", number, l.vm.ToValue(!suffix), l.text(key), l.vm.ToValue(positive))
	if suffix {
		out = lc.invoke("pastFuture", l.number(d.lapseValue()), out)
	}
	return lc.postformat(l.str(out))
}

// lapseValue is valueOf(), NaN for an invalid duration.
func (d lapse) lapseValue() float64 {
	if !d.valid() {
		return math.NaN()
	}
	return d.value()
}

// largest is the unit that a duration is told in, by the key that locales know it by, and how
// many there are. n nil is one. The keys are "s" for a few seconds, "ss" for many, and so on
// to "yy".
func (d lapse) largest(limits *goja.Object) (key string, n goja.Value) {
	count := map[string]goja.Value{}
	for _, u := range []string{"second", "minute", "hour", "day", "month", "week", "year"} {
		v, err := d.l.round(goja.Undefined(), d.l.number(d.as(u)))
		d.l.env.Check(err)
		count[u] = v
	}
	limit := func(name string) float64 { return jsvalue.Number(limits.Get(name)) }
	at := func(u string) float64 { return count[u].ToFloat() }
	if at("second") <= limit("ss") {
		return "s", count["second"]
	}
	if at("second") < limit("s") {
		return "ss", count["second"]
	}
	for _, u := range [][3]string{{"minute", "m", "m"}, {"hour", "h", "h"}, {"day", "d", "d"}, {"week", "w", "w"}, {"month", "M", "M"}} {
		if u[0] == "week" && jsvalue.IsNullish(limits.Get("w")) {
			continue
		}
		if at(u[0]) <= 1 {
			return u[1], nil
		}
		if at(u[0]) < limit(u[2]) {
			return u[1] + u[1], count[u[0]]
		}
	}
	if at("year") <= 1 {
		return "y", nil
	}
	return "yy", count["year"]
}

// relativeTimeRounding gets or sets the function that humanize rounds with. What is no
// function is refused with false.
func relativeTimeRounding(l *library, _ *goja.Object, a args) goja.Value {
	if isUndefined(a.at(0)) {
		return l.roundValue
	}
	if !isFunction(a.at(0)) {
		return l.vm.ToValue(false)
	}
	l.roundValue = a.at(0)
	l.round, _ = goja.AssertFunction(l.roundValue)
	return l.vm.ToValue(true)
}

// relativeTimeThreshold gets or sets a threshold; false for an unknown one. The threshold for
// "a few seconds" follows that of seconds.
func relativeTimeThreshold(l *library, _ *goja.Object, a args) goja.Value {
	limits, name := l.limits(), l.str(a.at(0))
	old := limits.Get(name)
	if isUndefined(old) {
		return l.vm.ToValue(false)
	}
	if isUndefined(a.at(1)) {
		return old
	}
	_ = limits.Set(name, a.at(1))
	if name == "s" {
		_ = limits.Set("ss", l.number(a.at(1).ToFloat()-1))
	}
	return l.vm.ToValue(true)
}
