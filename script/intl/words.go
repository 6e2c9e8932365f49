package intl

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/intl/cldr"
	"posthaste/script/intl/number"
)

// A pluralRules is the state of an Intl.PluralRules. Which form is used depends on the digits
// that are shown: "1.0" is not "one" in English. So it has a number format.
type pluralRules struct {
	*numberFormat
	kind string
}

// pluralRulesClass makes Intl.PluralRules.
func (l *Intl) pluralRulesClass() *goja.Object {
	const name = "Intl.PluralRules.prototype."
	class, proto := l.newClass("PluralRules", false, func(locales, v goja.Value) any {
		r := l.resolve(locales)
		o := l.optionsOf(v, "Intl.PluralRules", false)
		o.text("localeMatcher", "best fit", "lookup", "best fit")
		kind := o.text("type", "cardinal", "cardinal", "ordinal")
		n := number.Options{Style: "decimal", Notation: "standard", SignDisplay: "auto", UseGrouping: "false"}
		priority := l.digitOptions(o, &n, 0, 3, false)
		f := &numberFormat{locale: r.tag, system: "latn", priority: priority, Formatter: number.New(r.data, r.tag, "latn", n)}
		return &pluralRules{f, kind}
	})
	l.env.Method(proto, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		p := stateOf[*pluralRules](l, call.This, name+"resolvedOptions")
		o := l.record("locale", p.locale, "type", p.kind)
		l.showDigits(o, &p.Options)
		categories := cldr.Categories(p.locale, p.kind == "ordinal")
		order := []string{"few", "many", "one", "two", "zero", "other"} // V8's order
		slices.SortFunc(categories, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
		_ = o.Set("pluralCategories", l.texts(categories))
		return o
	})
	l.env.Method(proto, "select", 1, func(call goja.FunctionCall) goja.Value {
		p := stateOf[*pluralRules](l, call.This, name+"select")
		return l.vm.ToValue(p.Plural(number.FromFloat(call.Argument(0).ToNumber().ToFloat()), p.kind == "ordinal"))
	})
	l.env.Method(proto, "selectRange", 2, func(call goja.FunctionCall) goja.Value {
		p := stateOf[*pluralRules](l, call.This, name+"selectRange")
		for i, which := range []string{"start", "end"} {
			if goja.IsUndefined(call.Argument(i)) {
				l.env.Throw("TypeError", "Invalid "+which+"Range : undefined")
			}
		}
		a, b := l.decimal(call.Argument(0)), l.decimal(call.Argument(1))
		if a.NaN || b.NaN {
			l.rangeError("Invalid %s : NaN", map[bool]string{true: "start", false: "end"}[a.NaN])
		}
		ordinal := p.kind == "ordinal"
		// V8 takes the end for ordinals; CLDR has ranges for cardinals only.
		if ordinal {
			return l.vm.ToValue(p.Plural(b, ordinal))
		}
		return l.vm.ToValue(cldr.PluralRange(p.locale, p.Plural(a, false), p.Plural(b, false)))
	})
	return class
}

// A listFormat is the state of an Intl.ListFormat, which joins words: "a, b, and c".
type listFormat struct {
	locale, kind, style string
	data                *cldr.Locale
}

// listFormatClass makes Intl.ListFormat.
func (l *Intl) listFormatClass() *goja.Object {
	const name = "Intl.ListFormat.prototype."
	class, proto := l.newClass("ListFormat", false, func(locales, v goja.Value) any {
		r := l.resolve(locales)
		o := l.optionsOf(v, "Intl.ListFormat", true)
		o.text("localeMatcher", "best fit", "lookup", "best fit")
		return &listFormat{
			r.tag, o.text("type", "conjunction", "conjunction", "disjunction", "unit"),
			o.text("style", "long", "long", "short", "narrow"), r.data,
		}
	})
	l.env.Method(proto, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		f := stateOf[*listFormat](l, call.This, name+"resolvedOptions")
		return l.record("locale", f.locale, "type", f.kind, "style", f.style)
	})
	l.env.Method(proto, "format", 1, func(call goja.FunctionCall) goja.Value {
		f := stateOf[*listFormat](l, call.This, name+"format")
		var b strings.Builder
		for _, p := range f.parts(l.strings(call.Argument(0))) {
			b.WriteString(p.Value)
		}
		return l.vm.ToValue(b.String())
	})
	l.env.Method(proto, "formatToParts", 1, func(call goja.FunctionCall) goja.Value {
		f := stateOf[*listFormat](l, call.This, name+"formatToParts")
		return l.numberParts(f.parts(l.strings(call.Argument(0))), false)
	})
	return class
}

// strings reads an iterable of texts. Anything else in it throws, as ECMA-402 says; undefined
// is empty.
func (l *Intl) strings(v goja.Value) []string {
	out := []string{}
	if goja.IsUndefined(v) {
		return out
	}
	l.vm.ForOf(v, func(item goja.Value) bool {
		if !goja.IsString(item) {
			l.env.Throw("TypeError", "Iterable yielded "+item.String()+" which is not a string")
		}
		out = append(out, item.String())
		return true
	})
	return out
}

// pattern is how two parts are joined. Spanish and Italian change their words before certain
// sounds, see adapt. part is start, middle, end or 2; right is the text that follows.
func (f *listFormat) pattern(part, right string) string {
	kind := map[string]string{"conjunction": "standard", "disjunction": "or", "unit": "unit"}[f.kind]
	keys := []string{"l." + kind + "-" + f.style + "." + part}
	if f.style == "narrow" {
		keys = append(keys, "l."+kind+"-short."+part)
	}
	text := f.data.First(append(keys, "l."+kind+"."+part)...)
	language, _, _ := strings.Cut(f.locale, "-")
	return adapt(text, language, right)
}

// adapt changes a pattern for what follows it, as Spanish does in speech: "o" is "u" before
// an o, "y" is "e" before an i. Hebrew puts a hyphen before what is not Hebrew (ICU:
// listformatter.cpp).
func adapt(text, language, right string) string {
	next := strings.ToLower(right)
	starts := func(list ...string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(next, s) })
	}
	switch {
	case language == "es" && strings.Contains(text, " o ") && (starts("o", "ho", "8") || next == "11" || starts("11 ")):
		return strings.Replace(text, " o ", " u ", 1)
	case language == "es" && strings.Contains(text, " y ") && (starts("i", "hi") && !starts("hia", "hie") || next == "y"):
		return strings.Replace(text, " y ", " e ", 1)
	case language == "he" && strings.Contains(text, " ו{1}") && right != "" && (right < "א" || right > "ת~"):
		return strings.Replace(text, " ו{1}", " ו-{1}", 1)
	}
	return text
}

// parts joins a list by the patterns of its start, middle and end. Two items have a pattern
// of their own.
func (f *listFormat) parts(items []string) []number.Part {
	element := func(text string) number.Part { return number.Part{Type: "element", Value: text} }
	switch len(items) {
	case 0:
		return nil
	case 1:
		return []number.Part{element(items[0])}
	case 2:
		return fill(f.pattern("2", items[1]), []number.Part{element(items[0])}, []number.Part{element(items[1])})
	}
	last := len(items) - 1
	// The pattern of the end stands around what the others give.
	body := fill(f.pattern("start", items[1]), []number.Part{element(items[0])}, []number.Part{element(items[1])})
	for i := 2; i < last; i++ {
		body = fill(f.pattern("middle", items[i]), body, []number.Part{element(items[i])})
	}
	return fill(f.pattern("end", items[last]), body, []number.Part{element(items[last])})
}

// fill puts parts in the place of {0} and {1} of a pattern; what stands around them is
// literal.
func fill(pattern string, first, second []number.Part) []number.Part {
	var out []number.Part
	for pattern != "" {
		i := strings.IndexByte(pattern, '{')
		if i < 0 || i+2 >= len(pattern) {
			return append(out, number.Part{Type: "literal", Value: pattern})
		}
		if i > 0 {
			out = append(out, number.Part{Type: "literal", Value: pattern[:i]})
		}
		if pattern[i+1] == '0' {
			out = append(out, first...)
		} else {
			out = append(out, second...)
		}
		pattern = pattern[i+3:]
	}
	return out
}

// A relativeTime is the state of an Intl.RelativeTimeFormat: "in 3 days", "3 days ago".
type relativeTime struct {
	*number.Formatter
	locale, style, numeric, system string
	data                           *cldr.Locale
}

// relativeTimeClass makes Intl.RelativeTimeFormat.
func (l *Intl) relativeTimeClass() *goja.Object {
	const name = "Intl.RelativeTimeFormat.prototype."
	class, proto := l.newClass("RelativeTimeFormat", false, func(locales, v goja.Value) any {
		r := l.resolve(locales, "nu")
		o := l.optionsOf(v, "Intl.RelativeTimeFormat", false)
		o.text("localeMatcher", "best fit", "lookup", "best fit")
		system, effective := l.numbering(o, r)
		n := number.Options{Style: "decimal", Notation: "standard", SignDisplay: "auto", UseGrouping: "auto", MinimumIntegerDigits: 1, MaximumFractionDigits: 3, Rounding: "fraction", RoundingMode: "halfExpand", RoundingIncrement: 1}
		return &relativeTime{
			number.New(r.data, r.tag, system, n), r.shown(effective), o.text("style", "long", "long", "short", "narrow"),
			o.text("numeric", "always", "always", "auto"), system, r.data,
		}
	})
	l.env.Method(proto, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		f := stateOf[*relativeTime](l, call.This, name+"resolvedOptions")
		return l.record("locale", f.locale, "style", f.style, "numeric", f.numeric, "numberingSystem", f.system)
	})
	// work reads the two arguments of both methods. Units may be plural.
	work := func(call goja.FunctionCall, method string) ([]number.Part, string) {
		f := stateOf[*relativeTime](l, call.This, name+method)
		v := call.Argument(0).ToNumber().ToFloat()
		unit := strings.TrimSuffix(call.Argument(1).ToString().String(), "s")
		if !slices.Contains(strings.Fields("second minute hour day week month quarter year"), unit) {
			l.rangeError("Invalid unit argument for %s%s() '%s'", name, method, call.Argument(1).String())
		}
		d := number.FromFloat(v)
		if d.NaN || d.Inf {
			l.rangeError("Value need to be finite number for %s%s()", name, method)
		}
		return f.parts(d, unit), unit
	}
	l.env.Method(proto, "format", 2, func(call goja.FunctionCall) goja.Value {
		parts, _ := work(call, "format")
		var b strings.Builder
		for _, p := range parts {
			b.WriteString(p.Value)
		}
		return l.vm.ToValue(b.String())
	})
	l.env.Method(proto, "formatToParts", 2, func(call goja.FunctionCall) goja.Value {
		parts, unit := work(call, "formatToParts")
		out := make([]any, len(parts))
		for i, p := range parts {
			if p.Type == "literal" {
				out[i] = l.record("type", p.Type, "value", p.Value)
			} else {
				out[i] = l.record("type", p.Type, "value", p.Value, "unit", unit)
			}
		}
		return l.vm.NewArray(out...)
	})
	return class
}

// parts writes an amount. With numeric "auto", -1 day is "yesterday" where the language has
// such a word. -0 is in the past.
func (f *relativeTime) parts(d number.Decimal, unit string) []number.Part {
	field := unit
	if f.style != "long" {
		field += "-" + f.style
	}
	if f.numeric == "auto" {
		key := d.Digits
		if d.Zero() {
			key = "0"
		}
		// Only single digits have words: -2 to 2 in most languages.
		if d.Point <= 1 && len(d.Digits) <= 1 && (d.Zero() || d.Point == 1) {
			if d.Negative && !d.Zero() {
				key = "-" + key
			}
			if text, ok := f.data.Get("r." + field + "." + key); ok {
				return []number.Part{{Type: "literal", Value: text}}
			}
		}
	}
	direction := "future"
	if d.Negative {
		direction = "past"
		d.Negative = false
	}
	key := "r." + field + "." + direction + "."
	pattern := f.data.First(key+f.Plural(d, false), key+"other")
	return fill(pattern, f.Parts(d), nil)
}
