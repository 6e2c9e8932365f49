package moment

import (
	"math"
	"regexp"
	"strconv"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
	"posthaste/script/lib/moment/civil"
)

// create makes a moment of the arguments (input, format, locale, strict), where format or
// locale may be left out. A boolean in their place is strict. An empty object or array is
// now, as in moment.
func (l *library) create(a args, utc bool) *goja.Object {
	c := &config{
		l: l, utc: utc, useUTC: utc, flags: newFlags(),
		input: a.at(0), format: a.at(1), localeArg: a.at(2), strict: a.at(3),
	}
	if isBool(c.format) {
		c.strict, c.format = c.format, goja.Undefined()
	}
	if isBool(c.localeArg) {
		c.strict, c.localeArg = c.localeArg, goja.Undefined()
	}
	if isPlain(c.input) && len(lazy.Real(c.input.(*goja.Object)).GetOwnPropertyNames()) == 0 || isArray(c.input) && lengthOf(c.input) == 0 {
		c.input = goja.Undefined()
	}
	return c.make()
}

// createUTC is moment.utc(…): read as UTC, and shown in it.
func (l *library) createUTC(a args) *goja.Object {
	o := l.create(a, true)
	instant{l, o}.setOffset(0, false, false)
	return o
}

// moment makes a local moment of one value, undefined for now.
func (l *library) moment(v goja.Value) instant { return instant{l, l.create(args{v}, false)} }

// given is a moment as it is, or one made of any other value. The moment is not copied.
func (l *library) given(v goja.Value) instant {
	if l.isMoment(v) {
		return instant{l, v.(*goja.Object)}
	}
	return l.moment(v)
}

// isBool knows booleans, not objects of Boolean.
func isBool(v goja.Value) bool { return v != nil && jsvalue.TypeOf(v) == "boolean" }

// lengthOf is the length of an array or of anything with a length, 0 without.
func lengthOf(v goja.Value) int {
	o := jsvalue.Object(v)
	if o == nil {
		return 0
	}
	return int(jsvalue.Number(o.Get("length")))
}

// item is an element of an array, undefined for a hole.
func item(v goja.Value, i int) goja.Value {
	return jsvalue.OrUndefined(v.(*goja.Object).Get(strconv.Itoa(i)))
}

// make reads the input and makes the moment of it. null and "" without a format are invalid,
// and say so by the flag nullInput.
func (c *config) make() *goja.Object {
	l := c.l
	c.locale = l.locale(c.localeArg)
	if goja.IsNull(c.input) || isUndefined(c.format) && jsvalue.IsString(c.input) && c.input.String() == "" {
		o := l.vm.NewObject()
		_ = o.Set("nullInput", true)
		return l.clone(l.invalid(o))
	}
	// A locale may have digits of its own, which preparse turns into ASCII.
	if jsvalue.IsString(c.input) {
		c.input = c.locale.preparse(c.input)
	}
	switch {
	case l.isMoment(c.input):
		return l.clone(c.input.(*goja.Object))
	case isDate(c.input):
		c.date = some(timeOf(c.input))
	case isArray(c.format):
		c.fromFormats()
	case truthy(c.format):
		c.fromFormat()
	default:
		c.fromInput()
	}
	if !c.valid() {
		c.date = part{}
	}
	c.checkOverflow()
	return c.build()
}

// invalid makes an invalid moment with flags that say why; nil says that the user wanted one
// (userInvalidated).
func (l *library) invalid(flags *goja.Object) *goja.Object {
	o := l.createUTC(args{goja.NaN()})
	f := l.flagsOf(o)
	if flags == nil {
		_ = f.Set("userInvalidated", true)
	}
	entries(flags, func(key string, v goja.Value) { _ = f.Set(key, v) })
	return o
}

// fromInput reads an input that came without a format: nothing, a text, an array of parts, an
// object of units, a number of milliseconds. All else is left to the hook.
func (c *config) fromInput() {
	switch in := c.input; {
	case isUndefined(in):
		c.date = some(c.l.now())
	case jsvalue.IsString(in):
		c.fromString(in.String())
	case isArray(in):
		n := lengthOf(in)
		c.parts = make([]part, max(n, 7))
		for i := range n {
			c.parts[i] = some(parseInt(c.l.str(item(in, i))))
		}
		c.fromParts()
	case isPlain(in):
		c.fromObject(in.(*goja.Object))
	case isNumber(in):
		c.date = some(civil.Clip(in.ToFloat()))
	default:
		c.fallBack()
	}
}

// str is ToString of ECMA-262: symbols throw, objects are asked for their text.
func (l *values) str(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		l.env.Throw("TypeError", "Cannot convert a Symbol value to a string")
	}
	return jsvalue.OrUndefined(v).ToString().String()
}

var leadingInt = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\s\x{a0}\x{feff}]*([+-]?\d+)`) })

// parseInt is that of scripts, in base 10: blanks and a sign, then digits up to the first
// other character. NaN without digits.
func parseInt(s string) float64 {
	m := leadingInt().FindStringSubmatch(s)
	if m == nil {
		return math.NaN()
	}
	f, _ := strconv.ParseFloat(m[1], 64)
	return f
}

// fromObject reads an object of units, in any of their spellings: {y: 2020, months: 5}. A
// month counts from 0. Units with null are as if not there.
func (c *config) fromObject(o *goja.Object) {
	units := map[string]goja.Value{}
	entries(o, func(key string, v goja.Value) {
		if u := unit(c.l.text(key)); u != "" {
			units[u] = v
		}
	})
	day := units["day"]
	if isUndefined(day) {
		day = units["date"]
	}
	c.parts = make([]part, 7)
	for i, v := range []goja.Value{units["year"], units["month"], day, units["hour"], units["minute"], units["second"], units["millisecond"]} {
		switch {
		case jsvalue.IsNullish(v):
		case truthy(v):
			c.parts[i] = some(parseInt(c.l.str(v)))
		default:
			c.parts[i] = some(whole(v)) // 0, '' and NaN stand as they are
			if jsvalue.IsNaN(v) {
				c.parts[i] = some(math.NaN())
			}
		}
	}
	c.fromParts()
}

// fallBack lets the hook read an input that moment does not know: its own leaves it to Date,
// with a warning. The hook gets the config as an object and sets _d in it.
func (c *config) fallBack() {
	l, o := c.l, c.object()
	l.call(l.module.Get("createFromInputFallback"), l.module, o)
	if v := jsvalue.Object(o.Get("_d")); v != nil {
		c.date = some(timeOf(v))
	}
	if v := o.Get("_isValid"); !jsvalue.IsNullish(v) {
		c.decide(v.ToBoolean())
	}
	if l.hook("createFromInputFallback") != nil {
		c.adopt(o)
	}
}

// object shows the config to a hook, with the fields that moment's has by then.
func (c *config) object() *goja.Object {
	o := c.l.vm.NewObject()
	for _, p := range []struct {
		name  string
		value any
	}{
		{"_isAMomentObject", true},
		{"_isUTC", c.utc},
		{"_useUTC", c.useUTC},
		{"_l", c.localeArg},
		{"_i", c.input},
		{"_f", c.format},
		{"_strict", c.strict},
		{"_locale", c.locale.o},
	} {
		_ = o.Set(p.name, p.value)
	}
	if c.flags.iso || c.flags.weekdayMismatch {
		_ = o.Set("_pf", c.flags.object(c.l))
	}
	return o
}

// adopt takes over what a hook has changed in the config besides the date: plugins put inputs
// and flags there.
func (c *config) adopt(o *goja.Object) {
	c.input, c.format, c.strict = jsvalue.Get(o, "_i"), jsvalue.Get(o, "_f"), jsvalue.Get(o, "_strict")
	c.utc = truthy(o.Get("_isUTC"))
	if v := o.Get("_tzm"); !jsvalue.IsNullish(v) {
		c.zone = some(v.ToFloat())
	}
	if pf := jsvalue.Object(o.Get("_pf")); pf != nil {
		c.pf = pf
	}
	if lc := jsvalue.Object(o.Get("_locale")); lc != nil {
		c.locale.o = lc
	}
}

// byDate is the hook createFromInputFallback as moment has it: new Date(text), in UTC when
// that was asked for.
func byDate(l *library, _ *goja.Object, a args) goja.Value {
	o := a.at(0).ToObject(l.vm)
	text := l.str(o.Get("_i"))
	if truthy(o.Get("_useUTC")) {
		text += " UTC"
	}
	date, err := l.vm.New(l.date, l.text(text))
	l.env.Check(err)
	_ = o.Set("_d", date)
	return goja.Undefined()
}
