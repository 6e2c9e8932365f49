package intl

import (
	"math/big"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/intl/cldr"
	"posthaste/script/intl/number"
)

// A numberFormat is the state of an Intl.NumberFormat. priority is what resolvedOptions
// shows.
type numberFormat struct {
	*number.Formatter
	locale, system string
	priority       string
	bound          goja.Value // the function that format gives
}

// numberFormatClass makes Intl.NumberFormat.
func (l *Intl) numberFormatClass() *goja.Object {
	const name = "Intl.NumberFormat.prototype."
	class, proto := l.newClass("NumberFormat", true, func(locales, options goja.Value) any { return l.newNumberFormat(locales, options) })
	l.env.Method(proto, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		return l.numberOptions(stateOf[*numberFormat](l, call.This, name+"resolvedOptions"))
	})
	l.env.Method(proto, "formatToParts", 1, func(call goja.FunctionCall) goja.Value {
		f := stateOf[*numberFormat](l, call.This, name+"formatToParts")
		return l.numberParts(f.Parts(l.decimal(call.Argument(0))), false)
	})
	l.env.Getter(proto, "format", false, func(this goja.Value) goja.Value {
		f := stateOf[*numberFormat](l, this, "get "+name+"format")
		if f.bound == nil {
			f.bound = l.env.Func("", 1, func(call goja.FunctionCall) goja.Value {
				return l.vm.ToValue(f.Format(l.decimal(call.Argument(0))))
			})
		}
		return f.bound
	})
	// Both ends must be given, and be numbers (ECMA-402, 15.5.19).
	both := func(call goja.FunctionCall, method string) []number.Part {
		f := stateOf[*numberFormat](l, call.This, name+method)
		if goja.IsUndefined(call.Argument(0)) || goja.IsUndefined(call.Argument(1)) {
			which := "start"
			if !goja.IsUndefined(call.Argument(0)) {
				which = "end"
			}
			l.env.Throw("TypeError", "Invalid "+which)
		}
		start, end := l.decimal(call.Argument(0)), l.decimal(call.Argument(1))
		if start.NaN || end.NaN {
			which := "start"
			if !start.NaN {
				which = "end"
			}
			l.rangeError("Invalid %s : NaN", which)
		}
		return f.Range(start, end)
	}
	l.env.Method(proto, "formatRange", 2, func(call goja.FunctionCall) goja.Value {
		var b strings.Builder
		for _, p := range both(call, "formatRange") {
			b.WriteString(p.Value)
		}
		return l.vm.ToValue(b.String())
	})
	l.env.Method(proto, "formatRangeToParts", 2, func(call goja.FunctionCall) goja.Value {
		return l.numberParts(both(call, "formatRangeToParts"), true)
	})
	return class
}

// numberParts makes the array of formatToParts; see dateParts.
func (l *Intl) numberParts(parts []number.Part, ranged bool) goja.Value {
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

// decimal reads a value as a number that keeps all its digits: BigInts and texts lose none,
// as ECMA-402 (2023) asks. Texts that are no number are NaN.
func (l *Intl) decimal(v goja.Value) number.Decimal {
	if o, ok := v.(*goja.Object); ok {
		v = o.ToNumber() // what valueOf gives; a BigInt object's loses nothing that anybody formats
		if big, ok := o.Export().(*big.Int); ok {
			return number.FromInt(big)
		}
	}
	if n, ok := v.Export().(*big.Int); ok {
		return number.FromInt(n)
	}
	if goja.IsString(v) {
		text := strings.TrimSpace(v.String())
		if text == "" {
			return number.Decimal{}
		}
		if d, ok := number.Parse(text); ok {
			return d
		}
	}
	return number.FromFloat(v.ToNumber().ToFloat())
}

// newNumberFormat reads the options in the order of the specification. Currencies have their
// own number of digits: two for most, none for JPY.
func (l *Intl) newNumberFormat(locales, v goja.Value, owner ...string) *numberFormat {
	r := l.resolve(locales, "nu")
	o := l.optionsOf(v, append(owner, "Intl.NumberFormat")[0], false)
	o.owner = "Intl.NumberFormat" // V8 names this class in errors of values, whoever asked
	o.text("localeMatcher", "best fit", "lookup", "best fit")
	system, effective := l.numbering(o, r)
	f := &numberFormat{locale: r.shown(effective), system: system}
	n := l.numberStyle(o)
	lowest, highest := 0, 3
	switch {
	case n.Style == "percent":
		highest = 0
	case n.Style == "currency" && n.Notation != "compact" || n.Style == "currency":
		lowest = currencyDigits(n.Currency)
		highest = lowest
	}
	n.Notation = o.text("notation", "standard", "standard", "scientific", "engineering", "compact")
	if n.Style == "currency" && n.Notation != "standard" {
		lowest, highest = 0, 3
		if n.Notation == "compact" {
			highest = 0
		}
	}
	// How many digits are shown depends on style and notation, so it is read after them.
	f.priority = l.digitOptions(o, &n, lowest, highest, n.Notation == "compact")
	n.CompactDisplay = o.text("compactDisplay", "short", "short", "long")
	n.UseGrouping = l.grouping(o, n.Notation == "compact")
	n.SignDisplay = o.text("signDisplay", "auto", "auto", "never", "always", "exceptZero", "negative")
	f.Formatter = number.New(r.data, r.tag, system, n)
	return f
}

// currencyDigits is how many digits stand after the point of an amount (CLDR, supplemental
// currency data; ISO 4217 differs for few).
func currencyDigits(code string) int {
	set, ok := cldr.Rules().Fractions[code]
	if !ok {
		set = cldr.Rules().Fractions["DEFAULT"]
	}
	if d := set["_digits"]; len(d) == 1 {
		return int(d[0] - '0')
	}
	return 2
}

// numberStyle reads the style and what goes with it. A currency or unit that is given is
// checked even if the style does not use it.
func (l *Intl) numberStyle(o options) number.Options {
	var n number.Options
	n.Style = o.text("style", "decimal", "decimal", "percent", "currency", "unit")
	code := o.text("currency", "")
	if given := o.get("currency"); !goja.IsUndefined(given) {
		if len(code) != 3 || strings.Trim(strings.ToUpper(code), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			l.rangeError("Invalid currency code : %s", code)
		}
	} else if n.Style == "currency" {
		l.env.Throw("TypeError", "Currency code is required with currency style.")
	}
	n.CurrencyDisplay = o.text("currencyDisplay", "symbol", "code", "symbol", "narrowSymbol", "name")
	n.CurrencySign = o.text("currencySign", "standard", "standard", "accounting")
	unit := o.text("unit", "")
	if given := o.get("unit"); !goja.IsUndefined(given) {
		if !knownUnit(unit) {
			l.rangeError("Invalid unit argument for Intl.NumberFormat() '%s'", unit)
		}
	} else if n.Style == "unit" {
		l.env.Throw("TypeError", "Invalid unit argument for Intl.NumberFormat() ''")
	}
	n.UnitDisplay = o.text("unitDisplay", "short", "short", "narrow", "long")
	if n.Style == "currency" {
		n.Currency = strings.ToUpper(code)
	}
	n.Unit = unit
	return n
}

// knownUnits are those that ECMA-402 allows (6.6.1).
func knownUnits() []string {
	return strings.Fields(`acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte
		gram hectare hour inch kilobit kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile mile-scandinavian
		milliliter millimeter millisecond minute month nanosecond ounce percent petabyte pound second stone terabit terabyte week yard year`)
}

// knownUnit accepts one unit, or two as in "kilometer-per-hour".
func knownUnit(unit string) bool {
	first, second, per := strings.Cut(unit, "-per-")
	one := func(name string) bool {
		for _, u := range knownUnits() {
			if u == name {
				return true
			}
		}
		return false
	}
	return one(first) && (!per || one(second))
}

// grouping reads useGrouping, which takes booleans and words. "true" and "false" as texts
// mean the default. Compact notation groups from 10,000 up only.
func (l *Intl) grouping(o options, compact bool) string {
	fallback := "auto"
	if compact {
		fallback = "min2"
	}
	v := o.get("useGrouping")
	if goja.IsUndefined(v) {
		return fallback
	}
	if v.Export() == true {
		return "always"
	}
	if !v.ToBoolean() {
		return "false"
	}
	switch text := v.ToString().String(); text {
	case "true", "false":
		return fallback
	case "min2", "auto", "always":
		return text
	default:
		l.rangeError("Value %s out of range for Intl.NumberFormat options property useGrouping", text)
	}
	return fallback
}

// digitOptions reads the options of rounding, and returns what resolvedOptions shows as
// roundingPriority. lowest and highest are the digits after the point by default (ECMA-402,
// SetNumberFormatDigitOptions).
func (l *Intl) digitOptions(o options, n *number.Options, lowest, highest int, compact bool) string {
	n.MinimumIntegerDigits = 1
	if v, ok := o.whole("minimumIntegerDigits", 1, 21); ok {
		n.MinimumIntegerDigits = v
	}
	lowF, highF := o.get("minimumFractionDigits"), o.get("maximumFractionDigits")
	lowS, highS := o.get("minimumSignificantDigits"), o.get("maximumSignificantDigits")
	l.roundingIncrement(o, n)
	n.RoundingMode = o.text("roundingMode", "halfExpand", "ceil", "floor", "expand", "trunc", "halfCeil", "halfFloor", "halfExpand", "halfTrunc", "halfEven")
	priority := o.text("roundingPriority", "auto", "auto", "morePrecision", "lessPrecision")
	n.TrailingZeroDisplay = o.text("trailingZeroDisplay", "auto", "auto", "stripIfInteger")
	if n.RoundingIncrement != 1 {
		highest = lowest
	}
	given := func(v goja.Value) bool { return !goja.IsUndefined(v) }
	hasS, hasF := given(lowS) || given(highS), given(lowF) || given(highF)
	// Which of the two kinds of bounds is needed: significant digits win where both are
	// given, unless the priority says otherwise.
	needS, needF := true, true
	if priority == "auto" {
		needS = hasS
		if needS || !hasF && compact {
			needF = false
		}
	}
	if needS {
		significantOptions(o, n, lowS, highS)
	}
	if needF {
		l.fractionOptions(o, n, lowF, highF, lowest, highest)
	}
	switch {
	case !needS && !needF:
		n.MaximumSignificantDigits, n.MinimumSignificantDigits, n.Rounding = 2, 1, "more" // compact: two significant digits, or all before the point
		n.MinimumFractionDigits, n.MaximumFractionDigits = 0, 0
		priority = "morePrecision"
	case priority == "morePrecision":
		n.Rounding = "more"
	case priority == "lessPrecision":
		n.Rounding = "less"
	case hasS:
		n.Rounding = "significant"
	default:
		n.Rounding = "fraction"
	}
	// A step of more than one only makes sense at a fixed place.
	if n.RoundingIncrement != 1 {
		if n.Rounding != "fraction" {
			l.env.Throw("TypeError", "RoundingType is not fractionDigits")
		}
		if n.MinimumFractionDigits != n.MaximumFractionDigits {
			l.rangeError("maximumFractionDigits not equal to minimumFractionDigits")
		}
	}
	return priority
}

// roundingIncrement reads the step that the last digit is rounded to; only these steps divide
// a power of ten evenly.
func (l *Intl) roundingIncrement(o options, n *number.Options) {
	n.RoundingIncrement = 1
	if v, ok := o.whole("roundingIncrement", 1, 5000); ok {
		n.RoundingIncrement = v
		if !strings.Contains(" 1 2 5 10 20 25 50 100 200 250 500 1000 2000 2500 5000 ", " "+o.get("roundingIncrement").String()+" ") {
			l.rangeError("roundingIncrement value is out of range.")
		}
	}
}

// significantOptions reads the bounds of significant digits, 1 to 21.
func significantOptions(o options, n *number.Options, low, high goja.Value) {
	n.MinimumSignificantDigits, n.MaximumSignificantDigits = 1, 21
	if !goja.IsUndefined(low) {
		n.MinimumSignificantDigits = o.number(low, "minimumSignificantDigits", 1, 21)
	}
	if !goja.IsUndefined(high) {
		n.MaximumSignificantDigits = o.number(high, "maximumSignificantDigits", n.MinimumSignificantDigits, 21)
	}
}

// maxFraction is how many digits after the point V8 allows. ECMA-402 has 100 since 2023, V8
// of Node 20 does not.
const maxFraction = 20

// fractionOptions reads the digits behind the point. Where one bound is given, the other
// moves out of its way; where both are, they must not cross.
func (l *Intl) fractionOptions(o options, n *number.Options, low, high goja.Value, lowest, highest int) {
	n.MinimumFractionDigits, n.MaximumFractionDigits = lowest, highest
	hasLow, hasHigh := !goja.IsUndefined(low), !goja.IsUndefined(high)
	if hasLow {
		n.MinimumFractionDigits = o.number(low, "minimumFractionDigits", 0, maxFraction)
	}
	if hasHigh {
		n.MaximumFractionDigits = o.number(high, "maximumFractionDigits", 0, maxFraction)
	}
	switch {
	case hasHigh && !hasLow:
		n.MinimumFractionDigits = min(lowest, n.MaximumFractionDigits)
	case hasLow && !hasHigh:
		n.MaximumFractionDigits = max(highest, n.MinimumFractionDigits)
	case n.MinimumFractionDigits > n.MaximumFractionDigits:
		l.rangeError("maximumFractionDigits value is out of range.")
	}
}

// numberOptions lists the resolved options in the order of the specification. Those that do
// not belong to the style are left out.
func (l *Intl) numberOptions(f *numberFormat) goja.Value {
	o := l.record("locale", f.locale, "numberingSystem", f.system, "style", f.Style)
	set := func(name string, v any) { _ = o.Set(name, v) }
	if f.Style == "currency" {
		set("currency", f.Currency)
		set("currencyDisplay", f.CurrencyDisplay)
		set("currencySign", f.CurrencySign)
	}
	if f.Style == "unit" {
		set("unit", f.Unit)
		set("unitDisplay", f.UnitDisplay)
	}
	l.showDigits(o, &f.Options)
	if f.UseGrouping == "false" {
		set("useGrouping", false)
	} else {
		set("useGrouping", f.UseGrouping)
	}
	set("notation", f.Notation)
	if f.Notation == "compact" {
		set("compactDisplay", f.CompactDisplay)
	}
	set("signDisplay", f.SignDisplay)
	set("roundingMode", f.RoundingMode)
	set("roundingIncrement", f.RoundingIncrement)
	set("trailingZeroDisplay", f.TrailingZeroDisplay)
	set("roundingPriority", f.priority)
	return o
}

// showDigits lists the bounds that took effect. It is for plural rules too.
func (l *Intl) showDigits(o *goja.Object, n *number.Options) {
	_ = o.Set("minimumIntegerDigits", n.MinimumIntegerDigits)
	if n.MaximumSignificantDigits > 0 {
		_ = o.Set("minimumSignificantDigits", n.MinimumSignificantDigits)
		_ = o.Set("maximumSignificantDigits", n.MaximumSignificantDigits)
	}
	if n.Rounding != "significant" {
		_ = o.Set("minimumFractionDigits", n.MinimumFractionDigits)
		_ = o.Set("maximumFractionDigits", n.MaximumFractionDigits)
	}
}
