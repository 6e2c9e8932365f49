package engine

import (
	"math"
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/datetext"
)

// shortYear finds a year beyond four digits as the engine writes it. V8 writes six digits.
var shortYear = regexp.MustCompile(`^([+-])(\d{1,5})-`)

// installDates has texts read as dates, and far years written, as V8 does.
func installDates(r *Realm) {
	original, ok := r.VM.Get("Date").(*goja.Object)
	if !ok {
		return
	}
	read := func(text string) goja.Value {
		f, ok := datetext.Parse(text)
		switch {
		case !ok:
			return r.VM.ToValue(math.NaN())
		case f.Zoned:
			return r.VM.ToValue(float64(f.UTC()))
		}
		return r.VM.ToValue(datetext.FromLocal(float64(f.UTC())))
	}
	utc, _ := goja.AssertFunction(original.Get("UTC"))
	r.guardConstructor("Date", true, func(args []goja.Value) []goja.Value {
		if len(args) > 1 {
			wall, err := utc(goja.Undefined(), args...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			return []goja.Value{r.VM.ToValue(datetext.FromLocal(wall.ToFloat()))}
		}
		if len(args) == 0 {
			return args
		}
		o, isObject := args[0].(*goja.Object)
		if goja.IsString(args[0]) || isObject && (o.ClassName() == "Array" || o.ClassName() == "String") {
			return []goja.Value{read(args[0].String())}
		}
		return args
	})
	parse := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		ms := read(call.Argument(0).String())
		if f := ms.ToFloat(); math.Abs(f) > datetext.MaxDate {
			return r.VM.ToValue(math.NaN())
		}
		return ms
	}).(*goja.Object)
	named(r, parse, "parse", 1)
	_ = original.DefineDataProperty("parse", parse, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	installLocalTimes(r, original)
	proto := r.prototype("Date")
	altered(r, proto, "toISOString", func(_ goja.FunctionCall, v goja.Value) goja.Value {
		m := shortYear.FindStringSubmatch(v.String())
		if m == nil {
			return v
		}
		return r.VM.ToValue(m[1] + strings.Repeat("0", 6-len(m[2])) + m[2] + strings.TrimPrefix(v.String(), m[1]+m[2]))
	})
}

// named gives a function of the engine's own its name and the number of its parameters.
func named(r *Realm, f *goja.Object, name string, length int) {
	_ = f.DefineDataProperty("name", r.VM.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = f.DefineDataProperty("length", r.VM.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// altered changes what a native method returns.
func altered(r *Realm, owner *goja.Object, name string, change func(call goja.FunctionCall, v goja.Value) goja.Value) {
	native, ok := goja.AssertFunction(owner.Get(name))
	if !ok {
		return
	}
	old := owner.Get(name).ToObject(r.VM)
	f := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		v, err := native(call.This, call.Arguments...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		return change(call, v)
	}).(*goja.Object)
	named(r, f, old.Get("name").String(), int(old.Get("length").ToInteger()))
	_ = owner.DefineDataProperty(name, f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// installLocalTimes has the setters of local times read them as ECMA-262 says: by the setter of the same name for UTC, on a
// date that shows the local time as its UTC.
func installLocalTimes(r *Realm, original *goja.Object) {
	construct, _ := goja.AssertConstructor(original)
	proto := r.prototype("Date")
	native := func(name string) goja.Callable {
		f, _ := goja.AssertFunction(proto.Get(name))
		return f
	}
	get, set := native("getTime"), native("setTime")
	number := func(f goja.Callable, this goja.Value, args ...goja.Value) float64 {
		v, err := f(this, args...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		return v.ToFloat()
	}
	for part, length := range map[string]int{"Milliseconds": 1, "Seconds": 2, "Minutes": 3, "Hours": 4, "Date": 1, "Month": 2, "FullYear": 3} {
		local, utc := native("set"+part), native("setUTC"+part)
		setter := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
			v, err := get(call.This)
			moment := math.NaN()
			if err == nil {
				moment = v.ToFloat()
			}
			if math.IsNaN(moment) { // not a date, or an invalid one
				v, err := local(call.This, call.Arguments...)
				if err != nil {
					panic(r.Rethrow(err))
				}
				return v
			}
			clock, err := construct(nil, r.VM.ToValue(moment+float64(datetext.OffsetAt(int64(moment)))))
			if err != nil {
				panic(r.Rethrow(err))
			}
			wall := number(utc, clock, call.Arguments...)
			return r.VM.ToValue(number(set, call.This, r.VM.ToValue(datetext.FromLocal(wall))))
		}).(*goja.Object)
		named(r, setter, "set"+part, length)
		_ = proto.DefineDataProperty("set"+part, setter, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}
