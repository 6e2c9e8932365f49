package moment

import (
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
	"posthaste/script/lib/moment/token"
)

// A locale is what scripts get of moment.localeData(). Its configuration stands in fields
// that begin with "_"; what was given as a function is a method in the place of ours.
type locale struct {
	l *library
	o *goja.Object
}

// get reads a field of the configuration.
func (lc locale) get(name string) goja.Value { return jsvalue.Get(lc.o, name) }

// builtin says that a method is ours, so that its work can be done in Go without a call.
func (lc locale) builtin(method string) bool {
	o, _ := lc.o.Get(method).(*goja.Object)
	return o != nil && o == lc.l.own["locale "+method]
}

// invoke calls a method, whoever made it.
func (lc locale) invoke(method string, list ...goja.Value) goja.Value {
	return lc.l.call(lc.o.Get(method), lc.o, list...)
}

// preparse turns a text of the locale into the one that is parsed, such as Arabic digits.
func (lc locale) preparse(v goja.Value) goja.Value {
	if lc.builtin("preparse") {
		return v
	}
	return lc.invoke("preparse", v)
}

// postformat is the other way round, for what was formatted.
func (lc locale) postformat(s string) goja.Value {
	if lc.builtin("postformat") {
		return lc.l.text(s)
	}
	return lc.invoke("postformat", lc.l.text(s))
}

// invalidDate is the text for an invalid moment.
func (lc locale) invalidDate() goja.Value { return lc.invoke("invalidDate") }

// week is how the locale divides a year.
func (lc locale) week() civil.Week {
	w := jsvalue.Object(lc.get("_week"))
	if w == nil {
		lc.l.cannotRead("dow")
	}
	return civil.Week{First: jsvalue.Number(w.Get("dow")), Pivot: jsvalue.Number(w.Get("doy"))}
}

// maxFormat is the longest format, in bytes. Formats that name each other grow a thousandfold with each step.
const maxFormat = 1 << 22

// expand replaces the locale's own formats in a format; they may name each other, up to five
// deep (moment: expandFormat).
func (lc locale) expand(format string) string {
	for range 6 {
		grown := len(format)
		if grown > maxFormat {
			lc.l.env.Throw("RangeError", "Invalid string length")
		}
		next, changed := token.Long(format, func(t string) string {
			v := lc.invoke("longDateFormat", lc.l.text(t))
			if !truthy(v) {
				return ""
			}
			full := lc.l.str(v)
			if grown += len(full); grown > maxFormat {
				lc.l.env.Throw("RangeError", "Invalid string length")
			}
			return full
		})
		if !changed {
			break
		}
		format = next
	}
	return format
}

// name is the name of a month or weekday of a moment: method is one of a family's. A plain
// list is read directly; other locales choose the form by the format.
func (lc locale) name(method string, at float64, m instant, format string) string {
	if list := jsvalue.Object(lc.get("_" + method)); list != nil && lc.builtin(method) && isArray(list) {
		return lc.l.str(item(list, int(at)))
	}
	return lc.l.str(lc.invoke(method, m.o, lc.l.text(format)))
}

// hour is the hour of 24 that an hour with words like "pm" means: by the locale's
// meridiemHour, else by its isPM.
func (lc locale) hour(h part, word goja.Value) part {
	value := goja.Undefined()
	if h.given {
		value = lc.l.number(h.value)
	}
	if f := lc.get("meridiemHour"); !jsvalue.IsNullish(f) {
		if v := lc.l.call(f, lc.o, value, word); !jsvalue.IsNullish(v) {
			return some(v.ToFloat())
		}
		return part{}
	}
	if jsvalue.IsNullish(lc.get("isPM")) {
		return h
	}
	switch pm := truthy(lc.invoke("isPM", word)); {
	case pm && h.given && h.value < 12:
		return some(h.value + 12)
	case !pm && h.given && h.value == 12:
		return some(0)
	}
	return h
}

// dayPattern is the locale's pattern of "1st". The lenient one takes plain numbers too.
func (lc locale) dayPattern(strict bool) goja.Value {
	if !strict {
		return lc.get("_dayOfMonthOrdinalParseLenient")
	}
	if v := lc.get("_dayOfMonthOrdinalParse"); truthy(v) {
		return v
	}
	return lc.get("_ordinalParse")
}

// cached keeps lists that follow from a locale's configuration until that is changed by
// configure.
func (lc locale) cached(key string, make func() []string) []string {
	of := lc.l.registry.lists[lc.o]
	if of == nil {
		of = map[string][]string{}
		lc.l.registry.lists[lc.o] = of
	}
	list, ok := of[key]
	if !ok {
		list = make()
		of[key] = list
	}
	return list
}

// localeMembers are Locale.prototype. Each may be replaced by a function of the
// configuration.
func localeMembers() []member {
	list := []member{
		{"calendar", 3, localeCalendar},
		{"longDateFormat", 1, longDateFormat},
		{"invalidDate", 0, func(l *library, this *goja.Object, _ args) goja.Value { return locale{l, this}.get("_invalidDate") }},
		{"ordinal", 1, func(l *library, this *goja.Object, a args) goja.Value {
			return l.text(strings.Replace(l.str(this.Get("_ordinal")), "%d", l.str(a.at(0)), 1))
		}},
		{"preparse", 1, func(_ *library, _ *goja.Object, a args) goja.Value { return a.at(0) }},
		{"postformat", 1, func(_ *library, _ *goja.Object, a args) goja.Value { return a.at(0) }},
		{"relativeTime", 4, relativeTime},
		{"pastFuture", 2, pastFuture},
		{"set", 1, func(l *library, this *goja.Object, a args) goja.Value {
			l.configure(this, a.at(0))
			return goja.Undefined()
		}},
		{"eras", 2, func(l *library, this *goja.Object, _ args) goja.Value { return locale{l, this}.eras() }},
		{"erasParse", 3, erasParse},
		{"erasConvertYear", 2, erasConvertYear},
		{"erasAbbrRegex", 1, eraRegexp("_erasAbbrRegex")},
		{"erasNameRegex", 1, eraRegexp("_erasNameRegex")},
		{"erasNarrowRegex", 1, eraRegexp("_erasNarrowRegex")},
		{"months", 2, localeMonths("_months", true)},
		{"monthsShort", 2, localeMonths("_monthsShort", false)},
		{"monthsParse", 3, parseName(monthFamily())},
		{"monthsRegex", 1, giveRegexp("monthsRegex")},
		{"monthsShortRegex", 1, giveRegexp("monthsShortRegex")},
		{"week", 1, func(l *library, this *goja.Object, a args) goja.Value {
			w, _ := l.of(jsvalue.Object(a.at(0))).week(locale{l, this}.week())
			return l.number(w)
		}},
		{"firstDayOfYear", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.number(locale{l, this}.week().Pivot) }},
		{"firstDayOfWeek", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.number(locale{l, this}.week().First) }},
		{"weekdays", 2, localeWeekdays("_weekdays")},
		{"weekdaysMin", 1, localeWeekdays("_weekdaysMin")},
		{"weekdaysShort", 1, localeWeekdays("_weekdaysShort")},
		{"weekdaysParse", 3, parseName(weekdayFamily())},
		{"weekdaysRegex", 1, giveRegexp("weekdaysRegex")},
		{"weekdaysShortRegex", 1, giveRegexp("weekdaysShortRegex")},
		{"weekdaysMinRegex", 1, giveRegexp("weekdaysMinRegex")},
		{"isPM", 1, func(l *library, _ *goja.Object, a args) goja.Value {
			return l.vm.ToValue(strings.HasPrefix(strings.ToLower(l.str(a.at(0))), "p"))
		}},
		{"meridiem", 3, func(l *library, _ *goja.Object, a args) goja.Value {
			return l.text(meridiem(a.at(0).ToFloat(), truthy(a.at(2))))
		}},
	}
	return list
}

// meridiem is that of English.
func meridiem(hours float64, small bool) string {
	word := pick(hours > 11, "PM", "AM")
	if small {
		return strings.ToLower(word)
	}
	return word
}

// table reads a key of a field that is an object. A locale without it throws as
// moment does.
func (l *values) table(o *goja.Object, field, key string) *goja.Object {
	v := o.Get(field)
	if jsvalue.IsNullish(v) {
		l.cannotRead(key)
	}
	return v.ToObject(l.vm)
}

// cannotRead throws what Node throws of a property of undefined.
func (l *values) cannotRead(key string) {
	l.env.Throw("TypeError", "Cannot read properties of undefined (reading '"+key+"')")
}

// localeCalendar is the format for a case of calendar(), "sameElse" where the locale has
// none.
func localeCalendar(l *library, this *goja.Object, a args) goja.Value {
	table := l.table(this, "_calendar", l.str(a.at(0)))
	out := table.Get(l.str(a.at(0)))
	if !truthy(out) {
		out = table.Get("sameElse")
	}
	if isFunction(out) {
		return l.call(out, a.at(1), a.at(2))
	}
	return jsvalue.OrUndefined(out)
}

// longDateFormat gives the format of LT, LL and so on. The small letters' are made of the
// capitals' when first asked for, and kept in the locale.
func longDateFormat(l *library, this *goja.Object, a args) goja.Value {
	key := l.str(a.at(0))
	table := l.table(this, "_longDateFormat", key)
	format, long := table.Get(key), table.Get(strings.ToUpper(key))
	if truthy(format) || !truthy(long) {
		return jsvalue.OrUndefined(format)
	}
	_ = table.Set(key, token.Short(l.str(long)))
	return table.Get(key)
}

// relativeTime is "5 minutes": a text with %d, or a function of the locale.
func relativeTime(l *library, this *goja.Object, a args) goja.Value {
	out := jsvalue.OrUndefined(l.table(this, "_relativeTime", l.str(a.at(2))).Get(l.str(a.at(2))))
	if isFunction(out) {
		return l.call(out, goja.Undefined(), a.at(0), a.at(1), a.at(2), a.at(3))
	}
	return l.text(replaceMark(l.str(out), 'd', l.str(a.at(0))))
}

// pastFuture puts that into "in %s" or "%s ago".
func pastFuture(l *library, this *goja.Object, a args) goja.Value {
	key := pick(a.at(0).ToFloat() > 0, "future", "past")
	format := jsvalue.OrUndefined(l.table(this, "_relativeTime", key).Get(key))
	if isFunction(format) {
		return l.call(format, goja.Undefined(), a.at(1))
	}
	return l.text(replaceMark(l.str(format), 's', l.str(a.at(1))))
}

// replaceMark puts a text in the place of the first %d or %s, in either case.
func replaceMark(s string, mark byte, text string) string {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '%' && s[i+1]|0x20 == mark {
			return s[:i] + text + s[i+2:]
		}
	}
	return s
}

// monthInFormat finds a day of the month before the month's name, where many languages have
// another form of the name: Polish "1 stycznia", but "styczeń".
var monthInFormat = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`D[oD]?(\[[^\[\]]*\]|\s)+MMMM?`) })

// localeMonths is months or monthsShort: with a moment the name in the form that the format
// wants, without one the whole list. own says that the locale may have a pattern of its own
// for that choice.
func localeMonths(field string, own bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		short := pick(monthInFormat().MatchString(l.str(a.at(1))), "format", "standalone")
		list := l.table(this, field, pick(own && truthy(a.at(0)), "isFormat", short))
		if !isArray(list) {
			form := "standalone"
			if truthy(a.at(0)) {
				if re := list.Get("isFormat"); own && truthy(re) {
					form = pick(l.test(re, a.at(1)), "format", form)
				} else {
					form = short
				}
			}
			list = list.Get(form).ToObject(l.vm)
		}
		if !truthy(a.at(0)) {
			return list
		}
		return l.pickBy(list, a.at(0), "month")
	}
}

// pickBy takes what a getter of a moment counts, as scripts see that getter.
func (l *values) pickBy(list *goja.Object, m goja.Value, getter string) goja.Value {
	o := m.ToObject(l.vm)
	return jsvalue.OrUndefined(list.Get(l.str(l.call(o.Get(getter), o))))
}

// localeWeekdays is the same for weekdays; true as argument gives the list in the order of
// the locale's weeks.
func localeWeekdays(field string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		list, m := l.table(this, field, "standalone"), a.at(0)
		sorted := isBool(m) && m.ToBoolean()
		if field == "_weekdays" && !isArray(list) {
			form := "standalone"
			if truthy(m) && !sorted && l.test(list.Get("isFormat"), a.at(1)) {
				form = "format"
			}
			list = list.Get(form).ToObject(l.vm)
		}
		switch {
		case sorted:
			return l.rotate(list, int(locale{l, this}.week().First))
		case truthy(m):
			return l.pickBy(list, m, "day")
		}
		return list
	}
}

// rotate begins a list of seven at another place.
func (l *values) rotate(list *goja.Object, first int) goja.Value {
	out := make([]any, 0, 7)
	for i := range 7 {
		out = append(out, item(list, (i+first)%7))
	}
	return l.vm.NewArray(out...)
}
