package cldr

import (
	"math"
	"strconv"
	"strings"
)

// A Number is what plural rules look at: the digits of a formatted number. "1" and "1.0" are
// different numbers in this sense.
type Number struct {
	Integer, Fraction string // digits, without sign
	Exponent          int    // of compact numbers
}

// operand computes n, i, v, w, f, t, c and e of UTS 35, part 3 (Plural Operand Meanings). An
// unknown name is 0.
func (n Number) operand(name byte) float64 {
	integer, fraction := n.Integer, n.Fraction
	// Rules look at a compact number as if it were written in full: 1.2M is 1200000.
	if n.Exponent > 0 {
		for range n.Exponent {
			if fraction == "" {
				integer += "0"
				continue
			}
			integer, fraction = integer+fraction[:1], fraction[1:]
		}
	}
	number := func(text string) float64 {
		f, err := strconv.ParseFloat("0"+text, 64)
		if err != nil {
			return math.NaN()
		}
		return f
	}
	// w and t are without trailing zeros.
	trimmed := strings.TrimRight(fraction, "0")
	switch name {
	case 'n':
		return number(integer + "." + fraction + "0")
	case 'i':
		return number(integer)
	case 'v':
		return float64(len(fraction))
	case 'w':
		return float64(len(trimmed))
	case 'f':
		return number(fraction)
	case 't':
		return number(trimmed)
	case 'c', 'e':
		return float64(n.Exponent)
	}
	return 0
}

// Plural is the category of a number: zero, one, two, few, many or other. ordinal asks for
// 1st, 2nd instead of 1, 2.
func Plural(locale string, ordinal bool, n Number) string {
	table := Rules().Plurals
	if ordinal {
		table = Rules().Ordinals
	}
	set := RulesOf(table, locale)
	// The rules exclude each other; the order only makes the result definite.
	for _, category := range categories() {
		if rule, ok := set[category]; ok && rule != "" && matches(rule, n) {
			return category
		}
	}
	return "other"
}

// categories are all but "other", which has no rule.
func categories() []string { return []string{"zero", "one", "two", "few", "many"} }

// Categories lists the categories that a language has, "other" last.
func Categories(locale string, ordinal bool) []string {
	table := Rules().Plurals
	if ordinal {
		table = Rules().Ordinals
	}
	var out []string
	for _, category := range categories() {
		if _, ok := RulesOf(table, locale)[category]; ok {
			out = append(out, category)
		}
	}
	return append(out, "other")
}

// RulesOf finds the entry of a locale in a table by language; nil if missing. A
// region may have an entry of its own: pt-PT.
func RulesOf(table map[string]map[string]string, locale string) map[string]string {
	t := Parse(locale)
	if set, ok := table[t.Language+"-"+t.Region]; ok {
		return set
	}
	return table[t.Language]
}

// PluralRange is the category of a range by those of its ends. Without a rule it is that of
// the end.
func PluralRange(locale, start, end string) string {
	set := RulesOf(Rules().Ranges, locale)
	if category, ok := set["pluralRange-start-"+start+"-end-"+end]; ok {
		return category
	}
	return end
}

// matches evaluates a rule such as "v = 0 and i % 10 = 2..4 or f != 1". "or" binds weaker
// than "and"; there are no brackets.
func matches(rule string, n Number) bool {
	for _, alternative := range strings.Split(rule, " or ") {
		all := true
		for _, condition := range strings.Split(alternative, " and ") {
			if !holds(strings.Fields(condition), n) {
				all = false
				break
			}
		}
		if all {
			return true
		}
	}
	return false
}

// holds decides one relation of a plural rule, such as "n % 10 = 2..4" (UTS 35, part 3).
// Ranges contain whole numbers only, so 2.5 is not in 2..4. A rule that cannot be read does
// not hold.
func holds(words []string, n Number) bool {
	value := n.operand(words[0][0])
	words = words[1:]
	if words[0] == "%" {
		mod, err := strconv.ParseFloat(words[1], 64)
		if err != nil {
			return false
		}
		value = math.Mod(value, mod)
		words = words[2:]
	}
	// The right side is a list of numbers and ranges: "1,3,5..7".
	in := false
	for _, span := range strings.Split(words[1], ",") {
		low, high, isRange := strings.Cut(span, "..")
		a, errA := strconv.ParseFloat(low, 64)
		b := a
		if isRange {
			if v, err := strconv.ParseFloat(high, 64); err == nil {
				b = v
			}
		}
		if errA == nil && value >= a && value <= b && value == math.Trunc(value) {
			in = true
		}
	}
	return in == (words[0] == "=")
}
