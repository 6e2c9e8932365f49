package moment

import (
	"math"
	"slices"

	"github.com/dop251/goja"
)

// A part is a field of a date that was given or not. The zero part was not given.
type part struct {
	given bool
	value float64
}

// some is a part that was given.
func some(v float64) part { return part{true, v} }

// or is the value, or another one where none was given.
func (p part) or(v float64) float64 {
	if p.given {
		return p.value
	}
	return v
}

// The places of the parts of a date, in moment's order, which the flag overflow shows to
// scripts. Weeks have places only for that flag.
const (
	year = iota
	month
	day
	hour
	minute
	second
	milli
	week
	weekday
)

// A config is what a moment is made of: the arguments, and what was read of them. In moment
// it becomes the moment itself; here it stays in Go, and an object is made of it for hooks
// that ask.
type config struct {
	l *library

	input, format, localeArg, strict goja.Value
	utc                              bool // _isUTC
	useUTC                           bool

	locale    locale
	parts     []part // nil where the input was not read into parts
	weeks     map[string]float64
	dayOfYear part
	date      part // _d, where something has set it
	zone      part // _tzm, in minutes
	meridiem  goja.Value
	flags     flags
	decided   part         // _isValid: 0 or 1
	refused   bool         // the input has no form of the format that was asked for
	pf        *goja.Object // the flags, where a script has seen them
}

// flags are the parsing flags, which moment(…).parsingFlags() shows. They decide whether a
// moment is valid.
type flags struct {
	empty, nullInput, invalidFormat, iso, rfc2822, weekdayMismatch bool
	unusedTokens, unusedInput                                      []string
	overflow, charsLeftOver                                        int
	invalidEra, invalidMonth, era, meridiem                        goja.Value
	parsedDateParts                                                []part

	invalidWeekday                                    goja.Value // nil: not there
	bigHour                                           goja.Value // nil: not there
	overflowDayOfYear, overflowWeeks, overflowWeekday bool
	score                                             part
	noted                                             []string // bigHour and invalidWeekday, in the order in which they were set
}

// note keeps the order of the flags that are not always there, which scripts can see.
func (f *flags) note(name string) {
	if !slices.Contains(f.noted, name) {
		f.noted = append(f.noted, name)
	}
}

// big says that the hour is one of twelve.
func (f *flags) big(l *library) {
	f.note("bigHour")
	f.bigHour = l.vm.ToValue(true)
}

// newFlags are those of a moment that nothing was parsed for. overflow -2 means that nobody
// has looked yet, -1 that all is in range.
func newFlags() flags {
	return flags{overflow: -2, invalidEra: goja.Null(), invalidMonth: goja.Null(), era: goja.Null(), meridiem: goja.Null()}
}

// object shows the flags to scripts, in moment's order of keys.
func (f flags) object(l *library) *goja.Object {
	o := l.vm.NewObject()
	for _, p := range []struct {
		name  string
		value any
	}{
		{"empty", f.empty},
		{"unusedTokens", l.strings(f.unusedTokens)},
		{"unusedInput", l.strings(f.unusedInput)},
		{"overflow", f.overflow},
		{"charsLeftOver", f.charsLeftOver},
		{"nullInput", f.nullInput},
		{"invalidEra", f.invalidEra},
		{"invalidMonth", f.invalidMonth},
		{"invalidFormat", f.invalidFormat},
		{"userInvalidated", false},
		{"iso", f.iso},
		{"parsedDateParts", l.parts(f.parsedDateParts)},
		{"era", f.era},
		{"meridiem", f.meridiem},
		{"rfc2822", f.rfc2822},
		{"weekdayMismatch", f.weekdayMismatch},
	} {
		_ = o.Set(p.name, p.value)
	}
	f.rare(l, o)
	return o
}

// rare adds the flags that are only there when they were set. Plugins test for their
// presence.
func (f flags) rare(l *library, o *goja.Object) {
	for _, name := range f.noted {
		_ = o.Set(name, pick(name == "bigHour", f.bigHour, f.invalidWeekday))
	}
	for _, p := range []struct { // in the order in which moment finds them
		name string
		set  bool
	}{{"_overflowWeeks", f.overflowWeeks}, {"_overflowWeekday", f.overflowWeekday}, {"_overflowDayOfYear", f.overflowDayOfYear}} {
		if p.set {
			_ = o.Set(p.name, true)
		}
	}
	if f.score.given {
		_ = o.Set("score", l.number(f.score.value))
	}
}

// strings makes an array of strings.
func (l *values) strings(list []string) *goja.Object {
	values := make([]any, len(list))
	for i, s := range list {
		values[i] = l.text(s)
	}
	return l.vm.NewArray(values...)
}

// parts shows parts as an array, which has holes where none was given. Parts that were not
// given at the end are left out.
func (l *values) parts(list []part) *goja.Object {
	n := len(list)
	for n > 0 && !list[n-1].given {
		n--
	}
	a := l.vm.NewArray()
	for i, p := range list[:n] {
		if p.given {
			_ = a.Set(l.vm.ToValue(i).String(), l.number(p.value))
		}
	}
	return a
}

// valid says whether the date that was read is one (moment: isValid). The answer is kept
// until something takes it back.
func (c *config) valid() bool {
	if c.decided.given {
		return c.decided.value != 0
	}
	f := &c.flags
	ok := c.date.given && !math.IsNaN(c.date.value) && f.overflow < 0 && !f.empty && !f.weekdayMismatch && !f.nullInput && !f.invalidFormat &&
		!truthy(f.invalidEra) && !truthy(f.invalidMonth) && !truthy(f.invalidWeekday)
	// A word for the time of day alone, with no part of a date or clock beside it, is not
	// enough.
	if ok && truthy(f.meridiem) {
		ok = false
		for _, p := range f.parsedDateParts {
			ok = ok || p.given
		}
	}
	if ok && truthy(c.strict) {
		ok = f.charsLeftOver == 0 && len(f.unusedTokens) == 0 && isUndefined(f.bigHour)
	}
	c.decide(ok)
	return ok
}

// decide keeps the answer.
func (c *config) decide(ok bool) { c.decided = some(pick(ok, 1.0, 0)) }

// truthy reports whether a script would take a value for true; nil is undefined.
func truthy(v goja.Value) bool { return v != nil && v.ToBoolean() }

// build makes the moment of a config that was read. The order in which properties are set is
// moment's, since scripts can list them.
func (c *config) build() *goja.Object {
	l := c.l
	o := l.vm.CreateObject(l.proto)
	_ = o.Set("_isAMomentObject", true)
	for _, p := range []struct {
		name  string
		value goja.Value
	}{{"_i", c.input}, {"_f", c.format}, {"_l", c.localeArg}, {"_strict", c.strict}} {
		if !isUndefined(p.value) {
			_ = o.Set(p.name, p.value)
		}
	}
	if c.zone.given {
		_ = o.Set("_tzm", l.number(c.zone.value))
	}
	_ = o.Set("_isUTC", c.utc)
	t := c.date.or(math.NaN())
	// The hook for unknown inputs has made the flags itself; they are then taken as they are.
	if c.pf != nil {
		_ = o.Set("_pf", c.pf)
		_ = o.Set("_locale", c.locale.o)
		l.finish(o, t)
		return o
	}
	c.decided = part{} // by what is known now, and not by what a step on the way has said
	valid := c.valid()
	late := c.refused && !isArray(c.format) && !c.flags.score.given && !c.flags.iso && !c.flags.weekdayMismatch // moment has made no flags then
	valid = valid && !c.refused
	if !late {
		_ = o.Set("_pf", c.flags.object(l))
	}
	_ = o.Set("_locale", c.locale.o)
	_ = o.Set("_d", l.newDate(pick(valid, t, math.NaN())))
	if late {
		_ = o.Set("_pf", c.flags.object(l))
	}
	_ = o.Set("_isValid", valid)
	l.made(o)
	return o
}
