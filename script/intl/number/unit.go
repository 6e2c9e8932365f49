package number

import "strings"

// wrap puts the unit, or the name of a currency, around a number. Both depend on the plural
// category of the number: "1 kilometer", "2 kilometers". Other styles stay as they are.
func (f *Formatter) wrap(r *result) {
	switch {
	case f.Style == "unit":
		r.around("unit", f.unitPattern(r.plural))
	case f.Style == "currency" && f.CurrencyDisplay == "name":
		pattern := f.get("cur.%.unit.", r.plural)
		if pattern == "" {
			pattern = f.get("cur.%.unit.", "other")
		}
		// The plural's own name, the general one, the plain one, then the code.
		name := f.locale.First("cu."+f.Currency+"."+r.plural, "cu."+f.Currency+".other", "cu."+f.Currency+".name")
		if name == "" {
			name = f.Currency
		}
		r.around("currency", strings.Replace(pattern, "{1}", name, 1))
	}
}

// around puts the text of a pattern that stands around {0} around the parts, with the type
// kind. A pattern without {0} replaces the number, as languages do for "two" of something.
func (r *result) around(kind, pattern string) {
	before, after, found := strings.Cut(pattern, "{0}")
	r.hasOuter, r.outerKey = true, pattern
	if !found {
		r.parts = outside(kind, pattern)
		return
	}
	first, last := outside(kind, before), outside(kind, after)
	r.outer = [2]int{len(first), len(last)}
	r.parts = append(append(first, r.parts...), last...)
}

// unitPattern is the pattern of the unit for a plural, with {0} for the number. A compound
// unit that the language has no pattern for, such as liter-per-hour, is put together from its
// parts.
func (f *Formatter) unitPattern(plural string) string {
	one := func(unit, plural string) string {
		key := "u." + f.UnitDisplay + "." + unit + "."
		return f.locale.First(key+plural, key+"other")
	}
	if text := one(f.Unit, plural); text != "" {
		return text
	}
	first, second, _ := strings.Cut(f.Unit, "-per-")
	number := one(first, plural)
	if per := f.locale.Text("u." + f.UnitDisplay + "." + second + ".per"); per != "" {
		return strings.Replace(per, "{0}", number, 1)
	}
	compound := f.locale.Text("u." + f.UnitDisplay + ".per")
	// The divisor is named without its number, in the singular.
	divisor := strings.TrimSpace(strings.Replace(one(second, "one"), "{0}", "", 1))
	divisor = strings.Trim(divisor, "\u00a0\u202f ")
	return strings.NewReplacer("{0}", number, "{1}", divisor).Replace(compound)
}
