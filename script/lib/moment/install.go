package moment

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// install makes the module and the prototypes. The order in which properties are defined is
// moment's, since Object.keys shows it.
func (l *library) install() {
	vm := l.vm
	l.module = l.env.Constructor("hooks", 0, func(call goja.ConstructorCall) *goja.Object {
		return l.create(call.Arguments, false)
	})
	_ = l.module.Set("momentProperties", vm.NewArray())
	_ = l.module.Set("suppressDeprecationWarnings", false)
	_ = l.module.Set("deprecationHandler", goja.Null())
	l.construct = l.env.Constructor("Moment", 1, func(call goja.ConstructorCall) *goja.Object {
		if from := jsvalue.Object(call.Argument(0)); from != nil {
			return l.clone(from)
		}
		l.env.Throw("TypeError", "Cannot read properties of undefined (reading '_isAMomentObject')")
		return nil
	})
	l.proto = l.construct.Get("prototype").(*goja.Object)
	l.durations = l.prototype("Duration", durationMembers())
	l.locales = l.prototype("Locale", nil)
	for _, m := range localeMembers() {
		l.own["locale "+m.name] = l.function(m)
		_ = l.locales.Set(m.name, l.own["locale "+m.name])
	}
	l.hooks()
	l.installMethods()
	l.share()
	list := moduleMembers()
	l.members(l.module, list[:2])
	_ = l.module.Set("version", version)
	_ = l.module.Set("fn", l.proto)
	l.members(l.module, list[2:])
	calendarHook := l.function(member{"calendarFormat", 2, calendarFormat})
	l.own["calendarFormat"] = calendarHook
	_ = l.module.Set("calendarFormat", calendarHook)
	_ = l.module.DefineDataProperty("prototype", l.proto, goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	duration := l.module.Get("duration").ToObject(vm)
	_ = duration.Set("fn", l.durations)
	_ = duration.Set("invalid", l.function(member{"createInvalid", 0, func(l *library, _ *goja.Object, _ args) goja.Value {
		return l.createDuration(goja.NaN(), nil)
	}}))
	formats := vm.NewObject()
	for _, p := range html5() {
		_ = formats.Set(p[0], p[1])
	}
	_ = l.module.Set("HTML5_FMT", formats)
}

// html5 are the formats of the values of HTML's inputs: moment.HTML5_FMT.
func html5() [][2]string {
	return [][2]string{
		{"DATETIME_LOCAL", "YYYY-MM-DDTHH:mm"},
		{"DATETIME_LOCAL_SECONDS", "YYYY-MM-DDTHH:mm:ss"},
		{"DATETIME_LOCAL_MS", "YYYY-MM-DDTHH:mm:ss.SSS"},
		{"DATE", "YYYY-MM-DD"},
		{"TIME", "HH:mm"},
		{"TIME_SECONDS", "HH:mm:ss"},
		{"TIME_MS", "HH:mm:ss.SSS"},
		{"WEEK", "GGGG-[W]WW"},
		{"MONTH", "YYYY-MM"},
	}
}

// prototype makes a class that scripts cannot call, for its prototype. Its name shows in
// messages.
func (l *library) prototype(name string, list []member) *goja.Object {
	class := l.env.Constructor(name, 1, func(goja.ConstructorCall) *goja.Object {
		l.env.Throw("TypeError", name+" is made by moment")
		return nil
	})
	o := class.Get("prototype").(*goja.Object)
	l.members(o, list)
	return o
}

// hooks are the functions of the module that scripts may replace, which the code asks for by
// hook. Ours are kept in own, to be recognised.
func (l *library) hooks() {
	for _, m := range []member{
		{"parseTwoDigitYear", 1, func(l *library, _ *goja.Object, a args) goja.Value {
			// Two digits up to 68 are of this century, as in POSIX.
			y := whole(a.at(0))
			return l.number(y + pick(y > 68, 1900.0, 2000))
		}},
		deprecated(member{"createFromInputFallback", 0, byDate},
			"value provided is not in a recognized RFC2822 or ISO format. moment construction falls back to js Date(), "+
				"which is not reliable across all browsers and versions. Non RFC2822/ISO date formats are discouraged. "+
				"Please refer to http://momentjs.com/guides/#/warnings/js-date/ for more info."),
		{"ISO_8601", 0, nothing},
		{"RFC_2822", 0, nothing},
		{"updateOffset", 0, nothing},
	} {
		l.own[m.name] = l.function(m)
		_ = l.module.Set(m.name, l.own[m.name])
	}
	_ = l.module.Set("defaultFormat", "YYYY-MM-DDTHH:mm:ssZ")
	_ = l.module.Set("defaultFormatUtc", "YYYY-MM-DDTHH:mm:ss[Z]")
}

// nothing is a function that only has to be there.
func nothing(*library, *goja.Object, args) goja.Value { return goja.Undefined() }

// moduleMembers are the functions of the module besides the hooks, in moment's order.
func moduleMembers() []member {
	lang := deprecated(member{"lang", 0, use}, "moment.lang is deprecated. Use moment.locale instead.")
	data := func(l *library, _ *goja.Object, a args) goja.Value { return l.locale(a.at(0)).o }
	return []member{
		lang,
		deprecated(member{"langData", 0, data}, "moment.langData is deprecated. Use moment.localeData instead."),
		{"min", 0, extreme("isBefore")},
		{"max", 0, extreme("isAfter")},
		{"now", 0, clock},
		{"utc", 4, func(l *library, _ *goja.Object, a args) goja.Value { return l.createUTC(a) }},
		{"unix", 1, func(l *library, _ *goja.Object, a args) goja.Value {
			return l.moment(l.number(a.at(0).ToFloat() * 1000)).o
		}},
		{"months", 2, listMonths("months")},
		{"isDate", 1, func(l *library, _ *goja.Object, a args) goja.Value { return l.vm.ToValue(isDate(a.at(0))) }},
		{"locale", 2, use},
		{"invalid", 1, func(l *library, _ *goja.Object, a args) goja.Value { return l.invalid(jsvalue.Object(a.at(0))) }},
		{"duration", 2, func(l *library, _ *goja.Object, a args) goja.Value { return l.createDuration(a.at(0), a.at(1)) }},
		{"isMoment", 1, func(l *library, _ *goja.Object, a args) goja.Value { return l.vm.ToValue(l.isMoment(a.at(0))) }},
		{"weekdays", 3, listWeekdays("weekdays")},
		{"parseZone", 0, createInZone},
		{"localeData", 1, data},
		{"isDuration", 1, func(l *library, _ *goja.Object, a args) goja.Value { return l.vm.ToValue(l.isDuration(a.at(0))) }},
		{"monthsShort", 2, listMonths("monthsShort")},
		{"weekdaysMin", 3, listWeekdays("weekdaysMin")},
		{"defineLocale", 2, func(l *library, _ *goja.Object, a args) goja.Value {
			if lc := l.define(l.str(a.at(0)), a.at(1)); lc != nil {
				return lc
			}
			return goja.Null()
		}},
		{"updateLocale", 2, func(l *library, _ *goja.Object, a args) goja.Value { return l.update(l.str(a.at(0)), a.at(1)) }},
		{"locales", 0, listLocales},
		{"weekdaysShort", 3, listWeekdays("weekdaysShort")},
		{"normalizeUnits", 1, func(l *library, _ *goja.Object, a args) goja.Value {
			if u := unit(a.at(0)); u != "" {
				return l.text(u)
			}
			return goja.Undefined()
		}},
		{"relativeTimeRounding", 1, relativeTimeRounding},
		{"relativeTimeThreshold", 2, relativeTimeThreshold},
	}
}

// installMethods fills the prototype of moments. Names that are two words for one method have
// one function: m.day === m.days.
func (l *library) installMethods() {
	aliases := map[string]string{
		"quarter": "quarters", "week": "weeks", "isoWeek": "isoWeeks", "day": "days", "hour": "hours", "minute": "minutes",
		"second": "seconds", "millisecond": "milliseconds",
	}
	for _, m := range methods() {
		f := l.function(m)
		l.own["fn "+m.name] = f
		if other := aliases[m.name]; other != "" {
			_ = l.proto.Set(other, f)
		}
		_ = l.proto.Set(m.name, f)
		if m.name == "inspect" {
			_ = l.proto.SetSymbol(l.inspectSymbol(), l.function(member{"", 0, func(l *library, this *goja.Object, _ args) goja.Value {
				return l.text("Moment<" + l.str(formatMember(l, this, nil)) + ">")
			}}))
		}
	}
}

// share makes one function of those that moment has under several names or in several classes: a script can compare them,
// and a deprecated one warns once.
func (l *library) share() {
	one := func(from *goja.Object, name string, to *goja.Object, others ...string) {
		for _, other := range others {
			_ = to.Set(other, from.Get(name))
		}
	}
	one(l.durations, "toISOString", l.durations, "toString", "toJSON")
	one(l.proto, "isUTC", l.proto, "isUtc")
	one(l.locales, "preparse", l.locales, "postformat")
	l.own["locale postformat"] = l.own["locale preparse"]
	for _, name := range []string{"lang", "locale", "localeData"} {
		one(l.durations, name, l.proto, name)
		l.own["fn "+name] = l.durations.Get(name).(*goja.Object)
	}
}

// inspectSymbol is the symbol by which Node's util.inspect asks an object for its text.
func (l *library) inspectSymbol() *goja.Symbol {
	symbol := l.vm.GlobalObject().Get("Symbol").ToObject(l.vm)
	s, _ := l.call(symbol.Get("for"), symbol, l.text("nodejs.util.inspect.custom")).(*goja.Symbol)
	return s
}

// methods are those of a moment, but for the getters and setters below.
func methods() []member {
	list := []member{
		{"add", 2, adder(1, "add")},
		{"calendar", 2, calendar},
		{"clone", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.clone(this) }},
		{"diff", 3, diff},
		{"endOf", 1, edgeMember(true)},
		{"format", 1, formatMember},
		{"from", 2, fromMember(true, false)},
		{"fromNow", 1, fromMember(true, true)},
		{"to", 2, fromMember(false, false)},
		{"toNow", 1, fromMember(false, true)},
		{"get", 1, getUnit},
		{"invalidAt", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.flagsOf(this).Get("overflow") }},
		{"isAfter", 2, compare(after, afterUnit)},
		{"isBefore", 2, compare(earlier, earlierUnit)},
		{"isBetween", 4, isBetween},
		{"isSame", 2, compare(equal, equalUnit)},
		{"isSameOrAfter", 2, compare(notBefore, notBeforeUnit)},
		{"isSameOrBefore", 2, compare(notAfter, notAfterUnit)},
		{"isValid", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.vm.ToValue(l.of(this).valid()) }},
		deprecated(member{"lang", 0, langMember}, "moment().lang() is deprecated. Instead, use moment().localeData() to get the language configuration. "+
			"Use moment().locale() to change languages."),
		{"locale", 1, localeMember},
		{"localeData", 0, localeDataMember},
		deprecated(member{"max", 0, prototypeExtreme(func(a, b float64) bool { return a > b })},
			"moment().max is deprecated, use moment.min instead. http://momentjs.com/guides/#/warnings/min-max/"),
		deprecated(member{"min", 0, prototypeExtreme(func(a, b float64) bool { return a < b })},
			"moment().min is deprecated, use moment.max instead. http://momentjs.com/guides/#/warnings/min-max/"),
		{"parsingFlags", 0, parsingFlags},
		{"set", 2, setUnit},
		{"startOf", 1, edgeMember(false)},
		{"subtract", 2, adder(-1, "subtract")},
		{"toArray", 0, toArray},
		{"toObject", 0, toObject},
		{"toDate", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.newDate(l.of(this).value()) }},
		{"toISOString", 1, toISOString},
		{"inspect", 0, inspect},
		{"toJSON", 0, toJSON},
		{"toString", 0, toText},
		{"unix", 0, func(l *library, this *goja.Object, _ args) goja.Value {
			return l.number(math.Floor(l.of(this).value() / 1000))
		}},
		{"valueOf", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.number(l.of(this).value()) }},
		{"creationData", 0, creationData},
		{"eraName", 0, eraMember("name")},
		{"eraNarrow", 0, eraMember("narrow")},
		{"eraAbbr", 0, eraMember("abbr")},
		{"eraYear", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.number(l.of(this).eraYear()) }},
	}
	return append(list, append(fieldMethods(), zoneMethods()...)...)
}

// fieldMethods get and set parts of the date and clock.
func fieldMethods() []member {
	return []member{
		{"year", 1, field("year", true)},
		{"isLeapYear", 0, isLeapYear},
		{"weekYear", 1, weekYearOf(false)},
		{"isoWeekYear", 1, weekYearOf(true)},
		{"quarter", 1, quarter},
		{"month", 1, monthOf},
		{"daysInMonth", 0, counted(func(_ instant, f civil.Fields) float64 { return civil.MonthLength(f.Year, f.Month) })},
		{"week", 1, weekOf(false)},
		{"isoWeek", 1, weekOf(true)},
		{"weeksInYear", 0, counted(func(m instant, f civil.Fields) float64 { return m.locale().week().Count(f.Year) })},
		{"weeksInWeekYear", 0, counted(func(m instant, _ civil.Fields) float64 {
			w := m.locale().week()
			_, y := m.week(w)
			return w.Count(y)
		})},
		{"isoWeeksInYear", 0, counted(func(_ instant, f civil.Fields) float64 { return isoWeek().Count(f.Year) })},
		{"isoWeeksInISOWeekYear", 0, counted(func(m instant, _ civil.Fields) float64 {
			_, y := m.week(isoWeek())
			return isoWeek().Count(y)
		})},
		{"date", 1, field("date", true)},
		{"day", 1, dayOf},
		{"weekday", 1, weekdayOf},
		{"isoWeekday", 1, isoWeekdayOf},
		{"dayOfYear", 1, dayOfYear},
		{"hour", 1, field("hour", true)},
		{"minute", 1, field("minute", false)},
		{"second", 1, field("second", false)},
		{"millisecond", 1, field("millisecond", false)},
	}
}

// zoneMethods are about offsets, and at the end the old names that moment still has.
func zoneMethods() []member {
	plain := func(text string) func(l *library, this *goja.Object, a args) goja.Value {
		return func(l *library, this *goja.Object, _ args) goja.Value {
			return l.text(pick(l.of(this).utc(), text, ""))
		}
	}
	isUTC := told(instant.isUTC)
	return []member{
		{"utcOffset", 3, utcOffset},
		{"utc", 1, toUTC},
		{"local", 1, toLocal},
		{"parseZone", 0, func(l *library, this *goja.Object, _ args) goja.Value { l.of(this).parseZone(); return this }},
		{"hasAlignedHourOffset", 1, hasAlignedHourOffset},
		{"isDST", 0, isDST},
		{"isLocal", 0, told(instant.isLocal)},
		{"isUtcOffset", 0, told(instant.isOffset)},
		{"isUtc", 0, isUTC},
		{"isUTC", 0, isUTC},
		{"zoneAbbr", 0, plain("UTC")},
		{"zoneName", 0, plain("Coordinated Universal Time")},
		deprecated(member{"dates", 1, field("date", true)}, "dates accessor is deprecated. Use date instead."),
		deprecated(member{"months", 1, monthOf}, "months accessor is deprecated. Use month instead"),
		deprecated(member{"years", 1, field("year", true)}, "years accessor is deprecated. Use year instead"),
		deprecated(member{"zone", 2, zoneMember}, "moment().zone is deprecated, use moment().utcOffset instead. http://momentjs.com/guides/#/warnings/zone/"),
		deprecated(member{"isDSTShifted", 0, isDSTShifted}, "isDSTShifted is deprecated. See http://momentjs.com/guides/#/warnings/dst-shifted/ for more information"),
	}
}

// durationMembers are Duration.prototype.
func durationMembers() []member {
	return []member{
		{"isValid", 0, func(_ *library, this *goja.Object, _ args) goja.Value { return jsvalue.Get(this, "_isValid") }},
		{"abs", 0, durationAbs},
		{"add", 2, durationAdd(1)},
		{"subtract", 2, durationAdd(-1)},
		{"as", 1, durationAs},
		{"asMilliseconds", 0, asUnit("millisecond")},
		{"asSeconds", 0, asUnit("second")},
		{"asMinutes", 0, asUnit("minute")},
		{"asHours", 0, asUnit("hour")},
		{"asDays", 0, asUnit("day")},
		{"asWeeks", 0, asUnit("week")},
		{"asMonths", 0, asUnit("month")},
		{"asQuarters", 0, asUnit("quarter")},
		{"asYears", 0, asUnit("year")},
		{"valueOf", 0, measured(lapse.value)},
		{"_bubble", 0, bubble},
		{"clone", 0, func(l *library, this *goja.Object, _ args) goja.Value { return l.createDuration(this, nil) }},
		{"get", 1, durationGet},
		{"milliseconds", 0, dataOf("milliseconds")},
		{"seconds", 0, dataOf("seconds")},
		{"minutes", 0, dataOf("minutes")},
		{"hours", 0, dataOf("hours")},
		{"days", 0, dataOf("days")},
		{"weeks", 0, measured(func(d lapse) float64 {
			return chop(jsvalue.Number(jsvalue.Field(d.o.Get("_data"), "days")) / 7)
		})},
		{"months", 0, dataOf("months")},
		{"years", 0, dataOf("years")},
		{"humanize", 2, humanizeMember},
		{"toISOString", 0, durationISO},
		{"toString", 0, durationISO},
		{"toJSON", 0, durationISO},
		{"locale", 1, localeMember},
		{"localeData", 0, localeDataMember},
		deprecated(member{"toIsoString", 0, durationISO}, "toIsoString() is deprecated. Please use toISOString() instead (notice the capitals)"),
		deprecated(member{"lang", 0, langMember}, "moment().lang() is deprecated. Instead, use moment().localeData() to get the language configuration. "+
			"Use moment().locale() to change languages."),
	}
}
