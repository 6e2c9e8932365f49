package cldr

import (
	"math"
	"strconv"
	"strings"
)

// A Number is what plural rules look at: the digits of a formatted number.
type Number struct {
	Integer, Fraction string // digits, without sign
	Exponent          int    // of compact numbers
}

// operand computes n, i, v, w, f, t, c and e of UTS 35.
func (n Number) operand(name byte) float64 {
	integer, fraction := n.Integer, n.Fraction
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

// Plural is the category of a number: zero, one, two, few, many or other.
func Plural(locale string, ordinal bool, n Number) string {
	table := Rules().Plurals
	if ordinal {
		table = Rules().Ordinals
	}
	set := RulesOf(table, locale)
	for _, category := range categories() {
		if rule, ok := set[category]; ok && rule != "" && matches(rule, n) {
			return category
		}
	}
	return "other"
}

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

// RulesOf finds the entry of a locale in a table by language: pt-PT has one of its own.
func RulesOf(table map[string]map[string]string, locale string) map[string]string {
	t := Parse(locale)
	if set, ok := table[t.Language+"-"+t.Region]; ok {
		return set
	}
	return table[t.Language]
}

// PluralRange is the category of a range by those of its ends.
func PluralRange(locale, start, end string) string {
	set := RulesOf(Rules().Ranges, locale)
	if category, ok := set["pluralRange-start-"+start+"-end-"+end]; ok {
		return category
	}
	return end
}

// matches evaluates a rule such as "v = 0 and i % 10 = 2..4 or f != 1".
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
