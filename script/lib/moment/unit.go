package moment

import (
	"math"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// shorthands are the short names of units, which keep their case: "M" is month, "m" is
// minute.
func shorthands() map[string]string {
	return map[string]string{
		"M": "month", "y": "year", "w": "week", "W": "isoWeek", "d": "day", "e": "weekday", "E": "isoWeekday", "h": "hour",
		"gg": "weekYear", "GG": "isoWeekYear", "Q": "quarter", "D": "date", "DDD": "dayOfYear", "m": "minute", "s": "second", "ms": "millisecond",
	}
}

// priority is the order in which units are set when several are given: a year before its
// months, or the day would be cut for the wrong month.
func priority(unit string) int {
	switch unit {
	case "year", "weekYear", "isoWeekYear":
		return 1
	case "dayOfYear":
		return 4
	case "week", "isoWeek":
		return 5
	case "quarter":
		return 7
	case "month":
		return 8
	case "date":
		return 9
	case "day", "weekday", "isoWeekday":
		return 11
	case "hour":
		return 13
	case "minute":
		return 14
	case "second":
		return 15
	}
	return 16
}

// unit is the name of a unit that a script has given in one of its forms, "" for no unit:
// "y", "Years" and "year" are one. (moment: normalizeUnits)
func unit(v goja.Value) string {
	if v == nil || !jsvalue.IsString(v) {
		return ""
	}
	s := v.String()
	switch s {
	case "year", "month", "day", "hour", "minute", "second":
		return s
	}
	short := shorthands()
	if u, ok := short[s]; ok {
		return u
	}
	low := strings.ToLower(s)
	for _, u := range short {
		if l := strings.ToLower(u); low == l || low == l+"s" {
			return u
		}
	}
	if u, ok := short[low]; ok {
		return u
	}
	return ""
}

// getters and setters of moments, by the name of the unit as the methods have it.

// field is a method that gets or sets a part of the date: hours, date and year keep the
// clock's time where a zone jumps, which the hook is told by keep.
func field(name string, keep bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		m := l.of(this)
		if v := a.at(0); !jsvalue.IsNullish(v) {
			m.setField(name, v.ToFloat())
			m.updateOffset(keep)
			return this
		}
		f, ok := m.fields()
		if !ok {
			return goja.NaN()
		}
		return l.number(*place(&f, name))
	}
}

// place is where a part stands in the fields.
func place(f *civil.Fields, name string) *float64 {
	switch name {
	case "year":
		return &f.Year
	case "month":
		return &f.Month
	case "date":
		return &f.Day
	case "hour":
		return &f.Hour
	case "minute":
		return &f.Minute
	case "second":
		return &f.Second
	}
	return &f.Milli
}

// setField changes one part. A leap day becomes the last of February in a year without it.
// NaN changes nothing.
func (m instant) setField(name string, v float64) {
	f, ok := m.fields()
	if !ok || math.IsNaN(v) {
		return
	}
	if name == "year" && civil.Leap(f.Year) && f.Month == 1 && f.Day == 29 {
		v = wholeOf(v)
		f.Day = civil.MonthLength(v, f.Month)
	}
	*place(&f, name) = v
	m.setFields(f)
}

// setMonth changes the month; a day that the month does not have becomes its last.
func (m instant) setMonth(v float64) {
	f, ok := m.fields()
	if !ok {
		return
	}
	f.Day = math.Min(f.Day, civil.MonthLength(f.Year, v))
	f.Month = v
	m.setFields(f)
}

// monthOf gets or sets the month, by number from 0 or by name in the locale.
func monthOf(l *library, this *goja.Object, a args) goja.Value {
	m, v := l.of(this), a.at(0)
	if jsvalue.IsNullish(v) {
		if f, ok := m.fields(); ok {
			return l.number(f.Month)
		}
		return goja.NaN()
	}
	if !m.valid() {
		m.updateOffset(true)
		return this
	}
	if jsvalue.IsString(v) {
		if s := v.String(); s != "" && strings.Trim(s, "0123456789") == "" {
			v = l.number(whole(v))
		} else if v = m.locale().invoke("monthsParse", v); !isNumber(v) {
			m.updateOffset(true)
			return this
		}
	}
	m.setMonth(v.ToFloat())
	m.updateOffset(true)
	return this
}

// getUnit is get(unit): the getter of that name, which plugins may replace. Without such a
// unit it gives the moment, as in moment.
func getUnit(l *library, this *goja.Object, a args) goja.Value {
	if u := unit(a.at(0)); u != "" {
		if f := this.Get(u); isFunction(f) {
			return l.call(f, this)
		}
	}
	return this
}

// setUnit is set(unit, value) or set({unit: value}), where the order is that of priority.
func setUnit(l *library, this *goja.Object, a args) goja.Value {
	if o := jsvalue.Object(a.at(0)); o != nil && !isFunction(o) {
		values, units := map[string]goja.Value{}, []string{}
		entries(o, func(key string, v goja.Value) {
			if u := unit(l.text(key)); u != "" {
				if _, ok := values[u]; !ok {
					units = append(units, u)
				}
				values[u] = v
			}
		})
		slices.SortStableFunc(units, func(a, b string) int { return priority(a) - priority(b) })
		for _, u := range units {
			l.call(this.Get(u), this, values[u])
		}
		return this
	}
	if u := unit(a.at(0)); u != "" {
		if f := this.Get(u); isFunction(f) {
			return l.call(f, this, a.at(1))
		}
	}
	return this
}

// counted is a method without arguments that gives a number; an invalid moment gives NaN.
func counted(fn func(m instant, f civil.Fields) float64) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, _ args) goja.Value {
		m := l.of(this)
		f, ok := m.fields()
		if !ok {
			return goja.NaN()
		}
		return l.number(fn(m, f))
	}
}

// isLeapYear is false for an invalid moment.
func isLeapYear(l *library, this *goja.Object, _ args) goja.Value {
	f, ok := l.of(this).fields()
	return l.vm.ToValue(ok && civil.Leap(f.Year))
}

// quarter gets or sets the quarter, from 1; the month within it stays.
func quarter(l *library, this *goja.Object, a args) goja.Value {
	f, ok := l.of(this).fields()
	if jsvalue.IsNullish(a.at(0)) {
		if !ok {
			return goja.NaN()
		}
		return l.number(math.Ceil((f.Month + 1) / 3))
	}
	if !ok {
		return this
	}
	return monthOf(l, this, args{l.number((a.at(0).ToFloat()-1)*3 + math.Mod(f.Month, 3))})
}
