package moment

import (
	"math"
	"strconv"

	"github.com/dop251/goja"
)

// listed asks the global locale for the name of a month or weekday, by a moment that has it:
// locales with several forms of a name choose by the format.
func (l *library) listed(method, setter string, index goja.Value, format string) goja.Value {
	lc := locale{l, l.current()}
	m := l.createUTC(nil)
	if setter == "month" {
		monthOf(l, m, args{index})
	} else {
		dayOf(l, m, args{index})
	}
	return lc.invoke(method, m, l.text(format))
}

// listMonths is moment.months and moment.monthsShort: (format, index), both of them optional.
func listMonths(method string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, _ *goja.Object, a args) goja.Value {
		return l.list(method, "month", 12, 0, a.at(0), a.at(1))
	}
}

// listWeekdays has a first argument that asks for the order of the locale's weeks:
// weekdays(true) begins on Monday in most of Europe.
func listWeekdays(method string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, _ *goja.Object, a args) goja.Value {
		if !isBool(a.at(0)) {
			index := goja.Undefined()
			if isNumber(a.at(0)) {
				index = a.at(0)
			} else if truthy(a.at(0)) {
				index = a.at(0) // as in moment, where the format then counts as an index too
			}
			return l.list(method, "day", 7, 0, a.at(0), index)
		}
		shift := 0.0
		if a.at(0).ToBoolean() {
			shift = locale{l, l.current()}.week().First
		}
		return l.list(method, "day", 7, shift, a.at(1), a.at(2))
	}
}

// list gives one name, or all n of them beginning with the one at shift. A number as format
// is the index.
func (l *library) list(method, setter string, n int, shift float64, format, index goja.Value) goja.Value {
	if isNumber(format) {
		index, format = format, goja.Undefined()
	}
	text := ""
	if truthy(format) {
		text = l.str(format)
	}
	if !isNullish(index) {
		if setter == "day" {
			index = l.number(math.Mod(index.ToFloat()+shift, 7))
		}
		return l.listed(method, setter, index, text)
	}
	out := l.vm.NewArray()
	for i := range n {
		at := math.Mod(float64(i)+shift, float64(n))
		_ = out.Set(strconv.Itoa(i), l.listed(method, setter, l.number(at), text))
	}
	return out
}
