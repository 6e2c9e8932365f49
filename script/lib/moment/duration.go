package moment

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// A durationInput is what a duration is made of. An invalid one keeps its span, which scripts
// can see.
type durationInput struct {
	span
	valid bool
}

// ordering are the units of a duration, from the largest. The order matters for fractions:
// see validUnits.
func ordering() []string {
	return []string{"year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond"}
}

// newDuration makes a duration, whose parts scripts see in _milliseconds, _days and _months,
// and carried over in _data. It has the global locale of this moment.
func (l *library) newDuration(in durationInput) *goja.Object {
	o := l.vm.CreateObject(l.durations)
	_ = o.Set("_isValid", in.valid)
	setSpan(l, o, in.span)
	_ = o.Set("_data", l.vm.NewObject())
	_ = o.Set("_locale", l.current())
	bubble(l, o, nil)
	return o
}

// setSpan writes the three parts; _data must be carried over afterwards by bubble.
func setSpan(l *library, o *goja.Object, s span) {
	_ = o.Set("_milliseconds", l.number(s.ms))
	_ = o.Set("_days", l.number(s.days))
	_ = o.Set("_months", l.number(s.months))
}

// A lapse is a duration as scripts hold it. Its parts are read from the object each time,
// because plugins and scripts may change them.
type lapse struct {
	l *library
	o *goja.Object
}

// span reads the three parts.
func (d lapse) span() span {
	return span{ms: jsvalue.Number(d.o.Get("_milliseconds")), days: jsvalue.Number(d.o.Get("_days")), months: jsvalue.Number(d.o.Get("_months"))}
}

func (d lapse) valid() bool    { return truthy(d.o.Get("_isValid")) }
func (d lapse) locale() locale { return locale{d.l, jsvalue.Object(d.o.Get("_locale"))} }

// isDuration says that a value is a duration of this library, by its prototypes. One of
// another copy of moment is an object of units.
func (l *library) isDuration(v goja.Value) bool {
	for o := jsvalue.Object(v); o != nil; o = o.Prototype() {
		if o != v && o == l.durations {
			return true
		}
	}
	return false
}

// ofUnits makes a duration of an object of units. Values that are not truthy count as 0.
// isoWeek stands for week where that is not given.
func (l *library) ofUnits(values map[string]goja.Value) *goja.Object {
	at := func(name string) goja.Value {
		if v := values[name]; truthy(v) {
			return v
		}
		return l.vm.ToValue(0)
	}
	n := func(name string) float64 { return at(name).ToFloat() }
	weeks := n("week")
	if weeks == 0 || math.IsNaN(weeks) && !truthy(values["week"]) {
		weeks = n("isoWeek")
	}
	return l.newDuration(durationInput{
		span: span{
			ms:     n("millisecond") + n("second")*1e3 + n("minute")*6e4 + n("hour")*1000*60*60,
			days:   n("day") + weeks*7,
			months: n("month") + n("quarter")*3 + n("year")*12,
		},
		valid: validUnits(l, values),
	})
}

// validUnits says that all units are those of a duration and numbers, and that only the
// smallest has a fraction (moment: isDurationValid).
func validUnits(l *library, values map[string]goja.Value) bool {
	for name, v := range values {
		if !slices.Contains(ordering(), name) || !jsvalue.IsNullish(v) && math.IsNaN(v.ToFloat()) {
			return false
		}
	}
	fraction := false
	for _, name := range ordering() {
		v := values[name]
		if !truthy(v) {
			continue
		}
		if fraction {
			return false
		}
		f, _ := strconv.ParseFloat(strings.TrimSpace(l.str(v)), 64)
		fraction = f != whole(v)
	}
	return true
}

// The two forms of text: "-3.12:30:45.123" as .NET writes a TimeSpan, and "P1Y2M3DT4H5M6.7S"
// of ISO 8601.
var (
	clockSpan = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(-|\+)?(?:(\d*)[. ])?(\d+):(\d+)(?::(\d+)(\.\d*)?)?$`)
	})
	isoSpan = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(-|\+)?P(?:([-+]?[0-9,.]*)Y)?(?:([-+]?[0-9,.]*)M)?(?:([-+]?[0-9,.]*)W)?(?:([-+]?[0-9,.]*)D)?(?:T(?:([-+]?[0-9,.]*)H)?(?:([-+]?[0-9,.]*)M)?(?:([-+]?[0-9,.]*)S)?)?$`)
	})
)

// createDuration is moment.duration(…): a duration, a number with a unit, a text, an object
// of units or of from and to. Anything else is an empty duration.
func (l *library) createDuration(v, key goja.Value) *goja.Object {
	values := map[string]goja.Value{}
	if l.isDuration(v) {
		from := lapse{l, v.(*goja.Object)}
		s := from.span()
		for _, v := range []*float64{&s.ms, &s.days, &s.months} {
			if math.IsNaN(*v) {
				*v = 0
			}
		}
		d := l.newDuration(durationInput{s, truthy(from.o.Get("_isValid"))})
		_ = d.Set("_locale", from.o.Get("_locale"))
		return d
	}
	switch {
	case isNumber(v) || !isUndefined(v) && !jsvalue.IsNullish(v) && !math.IsNaN(v.ToFloat()) || goja.IsNull(v):
		name := "millisecond"
		if truthy(key) {
			if name = unit(key); name == "" {
				return l.ofUnits(values)
			}
		}
		values[name] = l.number(v.ToFloat())
	case jsvalue.IsNullish(v):
	case l.fromText(values, l.str(v)):
	case jsvalue.TypeOf(v) == "object":
		o := v.(*goja.Object)
		if from, to := o.Get("from"), o.Get("to"); from != nil || to != nil {
			s := l.moment(from).apart(l.moment(to))
			return l.newDuration(durationInput{s, true})
		}
		entries(o, func(k string, v goja.Value) {
			if u := unit(l.text(k)); u != "" {
				values[u] = v
			}
		})
	}
	return l.ofUnits(values)
}

// duration makes one and takes hold of it.
func (l *library) duration(v, key goja.Value) lapse { return lapse{l, l.createDuration(v, key)} }

// fromText reads a clock's time or an ISO 8601 duration into values. It reports false for any
// other text, which then is a duration of nothing.
func (l *library) fromText(values map[string]goja.Value, s string) bool {
	set := func(name string, f, sign float64) { values[name] = l.number(f * sign) }
	if m := clockSpan().FindStringSubmatch(s); m != nil {
		sign := pick(m[1] == "-", -1.0, 1)
		set("year", 0, 1)
		set("day", numberOf(m[2]), sign)
		set("hour", numberOf(m[3]), sign)
		set("minute", numberOf(m[4]), sign)
		set("second", numberOf(m[5]), sign)
		set("millisecond", roundAway(numberOf("0"+m[6])*1000), sign)
		return true
	}
	m := isoSpan().FindStringSubmatch(s)
	if m == nil {
		return false
	}
	sign := pick(m[1] == "-", -1.0, 1)
	for i, name := range []string{"year", "month", "week", "day", "hour", "minute", "second"} {
		f := parseFloat(strings.Replace(m[i+2], ",", ".", 1))
		set(name, f, sign)
	}
	return true
}

var leadingFloat = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)`) })

// parseFloat is the number at the start of a text, 0 if missing. A comma was made a
// point before.
func parseFloat(s string) float64 {
	f, _ := strconv.ParseFloat(strings.TrimSuffix(leadingFloat().FindString(s), "."), 64)
	return f
}

// 400 years have 146097 days and 4800 months: the mean that moment converts by.
func daysToMonths(days float64) float64   { return days * 4800 / 146097 }
func monthsToDays(months float64) float64 { return months * 146097 / 4800 }

// ceilAway rounds away from zero (moment: absCeil).
func ceilAway(f float64) float64 {
	if f < 0 {
		return math.Floor(f)
	}
	return math.Ceil(f)
}

// chop cuts the fraction off and makes 0 of -0 (moment: absFloor). NaN stays.
func chop(f float64) float64 {
	if math.IsNaN(f) {
		return f
	}
	return math.Trunc(f) + 0
}

// bubble carries the parts over: _data has no more milliseconds than make a second, and so on
// up to years. Parts of different signs are first made days, or "1 month minus 1 day" would
// show a negative day (moment: bubble).
func bubble(l *library, this *goja.Object, _ args) goja.Value {
	s := lapse{l, this}.span()
	ms, days, months := s.ms, s.days, s.months
	if !(ms >= 0 && days >= 0 && months >= 0 || ms <= 0 && days <= 0 && months <= 0) {
		ms += ceilAway(monthsToDays(months)+days) * civil.Day
		days, months = 0, 0
	}
	data := this.Get("_data").ToObject(l.vm)
	set := func(name string, v float64) { _ = data.Set(name, l.number(v)) }
	set("milliseconds", math.Mod(ms, 1000))
	rest := chop(ms / 1000)
	set("seconds", math.Mod(rest, 60))
	rest = chop(rest / 60)
	set("minutes", math.Mod(rest, 60))
	rest = chop(rest / 60)
	set("hours", math.Mod(rest, 24))
	days += chop(rest / 24)
	more := chop(daysToMonths(days))
	months += more
	days -= ceilAway(monthsToDays(more))
	years := chop(months / 12)
	set("days", days)
	set("months", math.Mod(months, 12))
	set("years", years)
	return this
}

// as is the duration in a unit, with a fraction. From months on it goes by the calendar's
// mean, below by days of 24 hours. An unknown unit throws, as in moment.
func (d lapse) as(u string) float64 {
	s := d.span()
	switch u {
	case "month", "quarter", "year":
		months := s.months + daysToMonths(s.days+s.ms/civil.Day)
		return months / map[string]float64{"month": 1, "quarter": 3, "year": 12}[u]
	}
	days := s.days + jsRound(monthsToDays(s.months))
	switch u {
	case "week":
		return days/7 + s.ms/(7*civil.Day)
	case "day":
		return days + s.ms/civil.Day
	case "hour":
		return days*24 + s.ms/civil.Hour
	case "minute":
		return days*1440 + s.ms/civil.Minute
	case "second":
		return days*86400 + s.ms/1000
	case "millisecond":
		return math.Floor(days*civil.Day) + s.ms // fractions of days can give fractions of milliseconds
	}
	d.l.env.Throw("Error", "Unknown unit "+pick(u == "", "undefined", u))
	return 0
}
