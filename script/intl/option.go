package intl

import (
	"math"
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// options reads the options object of a constructor. owner is the constructor's name in
// errors. Reading an option may run a getter of the script.
type options struct {
	l      *Intl
	object *goja.Object // nil when no options were given
	owner  string
}

// optionsOf reads the argument as an object. Where strict is set a value that is no object is
// refused, as in the younger constructors; the older ones turn it into one.
func (l *Intl) optionsOf(v goja.Value, owner string, strict bool) options {
	if v == nil || goja.IsUndefined(v) {
		return options{l, nil, owner}
	}
	if jsvalue.Object(v) == nil && (strict || goja.IsNull(v)) {
		if goja.IsNull(v) && !strict {
			l.env.Throw("TypeError", owner+" called on null or undefined")
		}
		l.env.Throw("TypeError", "invalid_argument")
	}
	return options{l, v.ToObject(l.vm), owner}
}

// get is undefined for what is missing, and without options.
func (o options) get(name string) goja.Value {
	if o.object == nil {
		return goja.Undefined()
	}
	if v := o.object.Get(name); v != nil {
		return v
	}
	return goja.Undefined()
}

// text reads an option that must be one of values, where there are any. Undefined gives the
// fallback; null is the text "null".
func (o options) text(name, fallback string, values ...string) string {
	v := o.get(name)
	if goja.IsUndefined(v) {
		return fallback
	}
	text := v.ToString().String()
	if len(values) > 0 && !slices.Contains(values, text) {
		o.l.rangeError("Value %s out of range for %s options property %s", text, o.owner, name)
	}
	return text
}

// boolean reads an option; set is false when it was not given. Any value counts by whether it
// is truthy.
func (o options) boolean(name string) (is, set bool) {
	v := o.get(name)
	if goja.IsUndefined(v) {
		return false, false
	}
	return v.ToBoolean(), true
}

// whole reads an integer from low to high; ok is false when it was not given. Outside of them
// it throws.
func (o options) whole(name string, low, high int) (n int, ok bool) {
	v := o.get(name)
	if goja.IsUndefined(v) {
		return 0, false
	}
	return o.number(v, name, low, high), true
}

// number reads a bound of digits, rounded down; it throws outside of low to high.
func (o options) number(v goja.Value, name string, low, high int) int {
	f := v.ToNumber().ToFloat()
	if math.IsNaN(f) || f < float64(low) || f > float64(high) {
		o.l.rangeError("%s value is out of range.", name)
	}
	return int(math.Floor(f))
}
