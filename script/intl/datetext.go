package intl

import (
	"strings"
	"time"

	"github.com/dop251/goja"
)

// installZones makes a Date's texts name their zone in full, as V8's do: the interpreter
// writes its letters. "(CET)" becomes "(Central European Standard Time)".
func (l *Intl) installZones(proto *goja.Object) {
	for _, name := range []string{"toString", "toTimeString"} {
		original, ok := goja.AssertFunction(proto.Get(name))
		if !ok {
			continue
		}
		l.env.Method(proto, name, 0, func(call goja.FunctionCall) goja.Value {
			v, err := original(call.This)
			l.env.Check(err)
			text := v.String()
			open := strings.LastIndexByte(text, '(')
			o, isObject := call.This.(*goja.Object)
			if open < 0 || !isObject {
				return v
			}
			t, valid := o.Export().(time.Time)
			if !valid {
				return v
			}
			return l.vm.ToValue(text[:open] + "(" + l.longZone(t) + ")")
		})
	}
}

// longZone is the English name of the local zone at a time, whatever the locale. Its
// formatter is made once.
func (l *Intl) longZone(t time.Time) string {
	if name, _ := t.Zone(); name == "UTC" {
		return "Coordinated Universal Time"
	}
	const key = "the zone's name" // no method's name has a space before a locale like this
	f := l.dates[key]
	if f == nil {
		f = l.newDateFormat(l.vm.ToValue("en-US"), goja.Undefined(), "any", "all")
		l.dates[key] = f
	}
	return f.LongZone(t)
}
