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
	construct, _ := goja.AssertConstructor(original)
	read := func(text string) goja.Value {
		f, ok := datetext.Parse(text)
		switch {
		case !ok:
			return r.VM.ToValue(math.NaN())
		case f.Zoned:
			return r.VM.ToValue(float64(f.UTC()))
		}
		return localTime(r, construct, f)
	}
	r.guardConstructor("Date", true, func(args []goja.Value) []goja.Value {
		if len(args) != 1 {
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
		if f := ms.ToFloat(); math.Abs(f) > maxDate {
			return r.VM.ToValue(math.NaN())
		}
		return ms
	}).(*goja.Object)
	named(r, parse, "parse", 1)
	_ = original.DefineDataProperty("parse", parse, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proto := r.prototype("Date")
	altered(r, proto, "toISOString", func(_ goja.FunctionCall, v goja.Value) goja.Value {
		m := shortYear.FindStringSubmatch(v.String())
		if m == nil {
			return v
		}
		return r.VM.ToValue(m[1] + strings.Repeat("0", 6-len(m[2])) + m[2] + strings.TrimPrefix(v.String(), m[1]+m[2]))
	})
}

// maxDate is the farthest time of a Date, in milliseconds.
const maxDate = 8.64e15

// localTime is a time of the local zone in milliseconds. The years below 100 are no short ones here.
func localTime(r *Realm, construct func(*goja.Object, ...goja.Value) (*goja.Object, error), f datetext.Fields) goja.Value {
	parts := []int{2000, f.Month, 1, 0, 0, 0, 0}
	args := make([]goja.Value, len(parts))
	for i, n := range parts {
		args[i] = r.VM.ToValue(n)
	}
	o, err := construct(nil, args...)
	if err != nil {
		panic(r.Rethrow(err))
	}
	for _, set := range []struct {
		name string
		args []int
	}{{"setFullYear", []int{f.Year, f.Month, f.Day}}, {"setHours", []int{f.Hour, f.Minute, f.Second, f.Milli}}} {
		method, _ := goja.AssertFunction(o.Get(set.name))
		values := make([]goja.Value, len(set.args))
		for i, n := range set.args {
			values[i] = r.VM.ToValue(n)
		}
		if _, err := method(o, values...); err != nil {
			panic(r.Rethrow(err))
		}
	}
	time, _ := goja.AssertFunction(o.Get("getTime"))
	v, err := time(o)
	if err != nil {
		panic(r.Rethrow(err))
	}
	return v
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
