package intl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"posthaste/script/intl/cldr"
)

// installMethods gives the prototypes the methods that follow a locale. They are there from
// the start, but load nothing until they are called.
func (l *Intl) installMethods() {
	proto := func(name string) *goja.Object {
		return l.vm.Get(name).ToObject(l.vm).Get("prototype").ToObject(l.vm)
	}
	numbers := func(call goja.FunctionCall) goja.Value { return l.numberToLocale(call) }
	l.env.Method(proto("Number"), "toLocaleString", 0, numbers)
	l.env.Method(proto("BigInt"), "toLocaleString", 0, numbers)
	for _, name := range []string{"toLocaleString", "toLocaleDateString", "toLocaleTimeString"} {
		l.env.Method(proto("Date"), name, 0, func(call goja.FunctionCall) goja.Value { return l.dateToLocale(call, name) })
	}
	l.installZones(proto("Date"))
	l.env.Method(proto("String"), "localeCompare", 1, func(call goja.FunctionCall) goja.Value {
		a, b := l.thisText(call, "localeCompare"), call.Argument(0).ToString().String()
		return l.vm.ToValue(l.collatorFor(call.Argument(1), call.Argument(2)).compare(a, b))
	})
	for name, upper := range map[string]bool{"toLocaleUpperCase": true, "toLocaleLowerCase": false} {
		l.env.Method(proto("String"), name, 0, func(call goja.FunctionCall) goja.Value {
			return l.cased(call, name, upper)
		})
	}
	l.env.Method(proto("Array"), "toLocaleString", 0, l.arrayToLocale)
}

// thisText throws for null and undefined, like all methods of strings.
func (l *Intl) thisText(call goja.FunctionCall, method string) string {
	if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		l.env.Throw("TypeError", "String.prototype."+method+" called on null or undefined")
	}
	return call.This.ToString().String()
}

// key is what a formatter without options is kept under; ok is false where it must be made
// again: options may differ each time, and a list may be changed.
func key(locales, options goja.Value) (text string, ok bool) {
	if options != nil && !goja.IsUndefined(options) {
		return "", false
	}
	if locales == nil || goja.IsUndefined(locales) {
		return "", true
	}
	if goja.IsString(locales) {
		return locales.String(), true
	}
	return "", false
}

// numberToLocale keeps formatters without options, since scripts call it in loops. It serves
// numbers and BigInts.
func (l *Intl) numberToLocale(call goja.FunctionCall) goja.Value {
	v := call.This
	if o, ok := v.(*goja.Object); ok {
		value, isFunction := goja.AssertFunction(o.Get("valueOf"))
		if !isFunction {
			l.env.Throw("TypeError", "Number.prototype.toLocaleString requires that 'this' be a Number")
		}
		primitive, err := value(o)
		l.env.Check(err)
		v = primitive
	}
	if _, isObject := v.(*goja.Object); isObject || goja.IsString(v) || goja.IsUndefined(v) || goja.IsNull(v) {
		l.env.Throw("TypeError", "Number.prototype.toLocaleString requires that 'this' be a Number")
	}
	name, plain := key(call.Argument(0), call.Argument(1))
	f := l.numbers[name]
	if !plain || f == nil {
		f = l.newNumberFormat(call.Argument(0), call.Argument(1), "Number.prototype.toLocaleString").Formatter
		if plain {
			l.numbers[name] = f
		}
	}
	return l.vm.ToValue(f.Format(l.decimal(v)))
}

// collatorFor keeps collators without options: sort calls localeCompare for every pair.
func (l *Intl) collatorFor(locales, options goja.Value) *collator {
	name, plain := key(locales, options)
	class := "collator " + name
	if held, ok := l.classes[class]; ok && plain {
		return held.GetSymbol(l.state).Export().(*collator)
	}
	c := l.newCollator(locales, options, "String.prototype.localeCompare")
	if plain {
		o := l.vm.NewObject()
		l.keep(o, c)
		l.classes[class] = o
	}
	return c
}

// cased leaves most languages to the engine. In Turkish, Azeri, Lithuanian and Greek case has
// rules of its own: Turkish "i" is "İ" in capitals.
func (l *Intl) cased(call goja.FunctionCall, method string, upper bool) goja.Value {
	text := l.thisText(call, method)
	tag := ""
	if list := l.canonicalList(call.Argument(0)); len(list) > 0 {
		tag = cldr.Parse(list[0]).Language
	}
	if !slices.Contains([]string{"tr", "az", "lt", "el"}, tag) || tag == "el" && !upper {
		plain := "toLowerCase"
		if upper {
			plain = "toUpperCase"
		}
		this := l.vm.ToValue(text)
		if s, ok := call.This.(goja.String); ok {
			this = s // which has halves of surrogate pairs, where there are some
		}
		return l.env.Call(this.ToObject(l.vm).Get(plain), this, plain)
	}
	to := cases.Lower
	if upper {
		to = cases.Upper
	}
	return l.vm.ToValue(to(language.Make(tag)).String(text))
}

// arrayToLocale joins what the items' own toLocaleString gives. A list that contains itself
// gives "" there, as in V8, or this would never end.
func (l *Intl) arrayToLocale(call goja.FunctionCall) goja.Value {
	o := call.This.ToObject(l.vm)
	for _, before := range l.walking {
		if before.SameAs(o) {
			return l.vm.ToValue("")
		}
	}
	l.walking = append(l.walking, o)
	defer func() { l.walking = l.walking[:len(l.walking)-1] }()
	length := o.Get("length").ToInteger()
	if length > maxItems {
		l.rangeError("Invalid array length")
	}
	var parts []string
	for i := range length {
		item := o.Get(index(i))
		text := ""
		if item != nil && !goja.IsUndefined(item) && !goja.IsNull(item) {
			fn := item.ToObject(l.vm).Get("toLocaleString")
			text = l.env.Call(fn, item, "toLocaleString", call.Argument(0), call.Argument(1)).ToString().String()
		}
		parts = append(parts, text)
	}
	return l.vm.ToValue(strings.Join(parts, ","))
}

// maxItems is how long a list may be that is written: one call cannot be interrupted.
const maxItems = 1 << 20

// supportedValues is Intl.supportedValuesOf: sorted, and only what is carried.
func (l *Intl) supportedValues(what string) []string {
	var out []string
	switch what {
	case "numberingSystem":
		for name := range cldr.Rules().Digits {
			out = append(out, name)
		}
	case "calendar":
		out = []string{"gregory", "iso8601"}
	case "collation":
		out = []string{} // V8 lists those that x/text cannot do
	case "currency":
		seen := map[string]bool{}
		cldr.Find("en").Each("cu.", func(k, _ string) {
			if code := strings.Split(k, ".")[1]; !seen[code] {
				seen[code] = true
				out = append(out, code)
			}
		})
	case "timeZone":
		for _, names := range cldr.TimeZones().Aliases {
			if strings.Contains(names[0], "/") && !strings.HasPrefix(names[0], "Etc/") {
				out = append(out, names[0])
			}
		}
	case "unit":
		out = knownUnits()
	default:
		l.rangeError("Invalid key : %s", what)
	}
	slices.Sort(out)
	return out
}

// index is the name of an array's item.
func index(i int64) string { return strconv.FormatInt(i, 10) }
