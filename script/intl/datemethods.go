package intl

import (
	"math"
	"strings"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/intl/date"
)

// dateTimeFormatClass makes Intl.DateTimeFormat. format is a bound function, as of a
// collator; formatRange wants both ends.
func (l *Intl) dateTimeFormatClass() *goja.Object {
	const name = "Intl.DateTimeFormat.prototype."
	class, proto := l.newClass("DateTimeFormat", true, func(locales, options goja.Value) any {
		return l.newDateFormat(locales, options, "any", "date")
	})
	l.env.Method(proto, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		return l.dateOptions(stateOf[*dateFormat](l, call.This, name+"resolvedOptions"))
	})
	l.env.Getter(proto, "format", false, func(this goja.Value) goja.Value {
		f := stateOf[*dateFormat](l, this, "get "+name+"format")
		if f.bound == nil {
			f.bound = l.env.Func("", 1, func(call goja.FunctionCall) goja.Value {
				return l.vm.ToValue(f.write(l.moment(call.Argument(0))))
			})
		}
		return f.bound
	})
	l.env.Method(proto, "formatToParts", 1, func(call goja.FunctionCall) goja.Value {
		f := stateOf[*dateFormat](l, call.This, name+"formatToParts")
		return l.dateParts(f.Parts(l.moment(call.Argument(0))), false)
	})
	// V8 says the same of a missing start and a missing end.
	both := func(call goja.FunctionCall, method string) []date.Part {
		f := stateOf[*dateFormat](l, call.This, name+method)
		if goja.IsUndefined(call.Argument(0)) || goja.IsUndefined(call.Argument(1)) {
			l.env.Throw("TypeError", "Invalid time value")
		}
		return f.Range(f.generator, f.pattern, l.moment(call.Argument(0)), l.moment(call.Argument(1)))
	}
	l.env.Method(proto, "formatRange", 2, func(call goja.FunctionCall) goja.Value { return l.vm.ToValue(joinDate(both(call, "formatRange"))) })
	l.env.Method(proto, "formatRangeToParts", 2, func(call goja.FunctionCall) goja.Value {
		return l.dateParts(both(call, "formatRangeToParts"), true)
	})
	return class
}

// write is a date in one text. Its narrow spaces are plain ones, as in V8, which does so
// since programs broke over them (Node 20 and later). formatToParts keeps them.
func (f *dateFormat) write(ms float64) string {
	return strings.ReplaceAll(joinDate(f.Parts(ms)), "\u202f", " ")
}

// joinDate puts the values of parts together. One part is common, as of {hour: "numeric"},
// and needs no builder.
func joinDate(parts []date.Part) string {
	if len(parts) == 1 {
		return parts[0].Value
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Value)
	}
	return b.String()
}

// dateParts makes the array of formatToParts. ranged ones say which end they belong to:
// "startRange", "endRange" or "shared".
func (l *Intl) dateParts(parts []date.Part, ranged bool) goja.Value {
	out := make([]any, len(parts))
	for i, p := range parts {
		if ranged {
			out[i] = l.record("type", p.Type, "value", p.Value, "source", p.Source)
		} else {
			out[i] = l.record("type", p.Type, "value", p.Value)
		}
	}
	return l.vm.NewArray(out...)
}

// moment reads a date argument: a Date, a number, or nothing for now. The result is in
// milliseconds since 1970, whole; ±8.64e15 is as far as JavaScript's dates go.
func (l *Intl) moment(v goja.Value) float64 {
	if goja.IsUndefined(v) {
		if l.now != nil {
			return float64(l.now().UnixMilli())
		}
		made, err := l.vm.New(l.vm.Get("Date"))
		l.env.Check(err)
		v = made
	}
	ms := v.ToNumber().ToFloat()
	if math.IsNaN(ms) || math.Abs(ms) > 8.64e15 {
		l.rangeError("Invalid time value")
	}
	return math.Trunc(ms)
}

// dateToLocale is toLocaleString of a Date and its kin. Formatters without options are kept,
// since scripts call these in loops.
func (l *Intl) dateToLocale(call goja.FunctionCall, method string) goja.Value {
	o, ok := call.This.(*goja.Object)
	if !ok || o.ClassName() != "Date" {
		shown := call.This.String()
		if ok {
			shown = "#<" + className(o) + ">"
		}
		l.env.Throw("TypeError", "Method Date.prototype."+method+" called on incompatible receiver "+shown)
	}
	if _, valid := o.Export().(time.Time); !valid {
		return l.vm.ToValue("Invalid Date")
	}
	// ECMA-402, 18.4: toLocaleString shows date and time unless the options name fields; the
	// others one of them.
	required, defaults := "any", "all"
	switch method {
	case "toLocaleDateString":
		required, defaults = "date", "date"
	case "toLocaleTimeString":
		required, defaults = "time", "time"
	}
	if goja.IsNull(call.Argument(1)) {
		l.env.Throw("TypeError", "Cannot convert undefined or null to object")
	}
	name, plain := key(call.Argument(0), call.Argument(1))
	name = method + " " + name // the three methods have different defaults
	f := l.dates[name]
	if !plain || f == nil {
		f = l.newDateFormat(call.Argument(0), call.Argument(1), required, defaults)
		if plain {
			l.dates[name] = f
		}
	}
	ms := o.Export().(time.Time).UnixMilli()
	return l.vm.ToValue(f.write(float64(ms)))
}
