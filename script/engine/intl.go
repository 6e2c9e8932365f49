package engine

import (
	"time"

	"github.com/dop251/goja"
)

// installLocales gives numbers and dates their toLocale methods and the global Intl.
func (r *Realm) installLocales() {
	method := func(owner *goja.Object, name string, fn func(call goja.FunctionCall) goja.Value) {
		_ = owner.DefineDataProperty(name, r.VM.ToValue(fn), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	method(r.prototype("Number"), "toLocaleString", func(call goja.FunctionCall) goja.Value {
		return r.VM.ToValue(formatNumber(call.This.ToFloat(), localeOf(tagOf(call.Argument(0))), optionsOf(call.Argument(1))))
	})
	dates := r.prototype("Date")
	for name, fields := range map[string]dateFields{
		"toLocaleString": dateAndTime, "toLocaleDateString": dateOnly, "toLocaleTimeString": timeOnly,
	} {
		method(dates, name, func(call goja.FunctionCall) goja.Value {
			return r.showDate(call.This, call.Argument(0), call.Argument(1), fields)
		})
	}
	global := r.VM.GlobalObject()
	getter := r.VM.ToValue(func(goja.FunctionCall) goja.Value {
		intl := r.intl()
		_ = global.DefineDataProperty("Intl", intl, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return intl
	})
	_ = global.DefineAccessorProperty("Intl", getter, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (r *Realm) showDate(v, tag, options goja.Value, fields dateFields) goja.Value {
	t, ok := v.Export().(time.Time)
	if !ok {
		return r.VM.ToValue("Invalid Date")
	}
	text, err := formatDate(t, localeOf(tagOf(tag)), optionsOf(options), fields)
	if err != nil {
		panic(newError(r.VM, "RangeError", err.Error()))
	}
	return r.VM.ToValue(text)
}

// intl is the part of Intl that there is: NumberFormat and DateTimeFormat with format and resolvedOptions.
func (r *Realm) intl() *goja.Object {
	intl := r.VM.NewObject()
	formatter := func(name string, show func(v, tag, options goja.Value) goja.Value) {
		_ = intl.Set(name, func(call goja.ConstructorCall) *goja.Object {
			tag, options := call.Argument(0), call.Argument(1)
			o := r.VM.NewObject()
			_ = o.Set("format", func(c goja.FunctionCall) goja.Value { return show(c.Argument(0), tag, options) })
			_ = o.Set("resolvedOptions", func(goja.FunctionCall) goja.Value {
				resolved := r.VM.NewObject()
				_ = resolved.Set("locale", tagOf(tag))
				zone := optionsOf(options).text("timeZone")
				if zone == "" {
					if zone = time.Local.String(); zone == "Local" {
						zone = "UTC"
					}
				}
				_ = resolved.Set("timeZone", zone)
				return resolved
			})
			return o
		})
	}
	formatter("NumberFormat", func(v, tag, options goja.Value) goja.Value {
		return r.VM.ToValue(formatNumber(v.ToFloat(), localeOf(tagOf(tag)), optionsOf(options)))
	})
	formatter("DateTimeFormat", func(v, tag, options goja.Value) goja.Value {
		if goja.IsUndefined(v) || goja.IsNumber(v) {
			var args []goja.Value
			if goja.IsNumber(v) {
				args = append(args, v)
			}
			date, err := r.VM.New(r.VM.Get("Date"), args...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			v = date
		}
		return r.showDate(v, tag, options, dateOnly)
	})
	return intl
}
