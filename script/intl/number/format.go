package number

import (
	"strconv"
	"strings"

	"posthaste/script/intl/cldr"
)

// A Formatter writes numbers of one locale with one set of options. It is made once, used
// often, and never changes, so goroutines may share it.
type Formatter struct {
	Options
	locale  *cldr.Locale
	tag     string   // for plural rules
	system  string   // numbering system
	digits  []string // its ten digits
	pattern pattern  // of the style, without compact notation
	minimum int      // digits that must stand before the first group
}

// New makes a formatter. tag names the locale for plural rules, system is the numbering
// system; locale must not be nil. The options must be resolved, nothing is checked.
func New(locale *cldr.Locale, tag, system string, o Options) *Formatter {
	f := &Formatter{Options: o, locale: locale, tag: tag, system: system, digits: digitsOf(system), minimum: 1}
	if n, err := strconv.Atoi(locale.Text("mgd")); err == nil {
		f.minimum = n
	}
	key := "dec"
	switch {
	case o.Style == "percent":
		key = "pct"
	// The name of a currency is put around a plain number, see wrap.
	case o.Style == "currency" && o.CurrencyDisplay != "name":
		key = "cur." + "%" + ".standard"
		if o.CurrencySign == "accounting" {
			key = "cur." + "%" + ".accounting"
		}
	}
	f.pattern = parsePattern(f.get(key, ""))
	return f
}

// get reads a text of the numbering system, or of latn where that has none. The system stands
// in the key in the place of %, or after it: get("cur.%.standard", "") reads
// cur.latn.standard.
func (f *Formatter) get(key, name string) string {
	full := func(system string) string {
		if strings.Contains(key, "%") {
			return strings.Replace(key, "%", system, 1) + name
		}
		return key + "." + system + name
	}
	// Most locales have no signs for Arabic digits, and inherit those of the root locale, not
	// those of their own latn.
	if f.system == "arab" && strings.HasPrefix(key, "sym") && name != ".nan" {
		if text := f.locale.Text(full("arab")); text != "" {
			return text
		}
		// The data has no root locale; Arabic has the same signs.
		return cldr.Find("ar").First(full("arab"), full("latn")) // the signs of the root locale
	}
	return f.locale.First(full(f.system), full("latn"))
}

// symbol is one of the locale's signs, such as "decimal" or "group".
func (f *Formatter) symbol(name string) string { return f.get("sym", "."+name) }

// digitsOf are the ten digits of a numbering system; unknown ones have ASCII's.
func digitsOf(system string) []string {
	text, ok := cldr.Rules().Digits[system]
	if !ok {
		text = "0123456789"
	}
	out := make([]string, 0, 10)
	for _, r := range text {
		out = append(out, string(r))
	}
	return out
}

// A result is a number with what was needed to write it. Range compares two of them to find
// what can be written once.
type result struct {
	parts    []Part
	prefix   int    // parts before the number that belong to its sign and currency
	suffix   int    // as prefix, after the number
	outer    [2]int // parts of a unit or a currency's name around all of it
	plural   string // plural category of the number
	middle   int    // characters of prefix and suffix
	hasOuter bool
	// key is equal for results with equal affixes, outerKey for those with an equal unit.
	key      string // equal for equal affixes
	outerKey string
}

// Format writes a number as text.
func (f *Formatter) Format(d Decimal) string {
	var b strings.Builder
	for _, p := range f.Parts(d) {
		b.WriteString(p.Value)
	}
	return b.String()
}

// Parts writes a number in pieces, as formatToParts returns them. The slice is the caller's.
func (f *Formatter) Parts(d Decimal) []Part { return f.write(d, false).parts }

// Plural is the category of a number as it would be written: 1.0 with a fraction digit is
// "other" in English. It is what Intl.PluralRules selects; NaN and infinities are "other".
func (f *Formatter) Plural(d Decimal, ordinal bool) string {
	if d.NaN || d.Inf {
		return "other"
	}
	scaled, least, exponent, _ := f.scale(d)
	integer, fraction := scaled.split(1, least)
	return cldr.Plural(f.tag, ordinal, cldr.Number{Integer: integer, Fraction: fraction, Exponent: exponent})
}

// write formats a number. approximately adds the sign for "about", which ranges use whose
// ends show alike.
func (f *Formatter) write(d Decimal, approximately bool) result {
	out, least, exponent, compact := f.scale(d)
	r := result{plural: "other"}
	var body []Part
	shortened := "other" // the plural of the digits that are shown, which compact patterns go by
	switch {
	case d.NaN:
		body = []Part{{Type: "nan", Value: f.symbol("nan")}}
	case d.Inf:
		body = []Part{{Type: "infinity", Value: f.symbol("infinity")}}
	default:
		// The plural goes by the number as it is written, without leading zeros.
		integer, fraction := out.split(max(1, f.MinimumIntegerDigits), least)
		plain, _ := out.split(1, 0)
		shownExponent := 0
		if f.Notation == "compact" {
			shownExponent = exponent
		}
		r.plural = cldr.Plural(f.tag, false, cldr.Number{Integer: plain, Fraction: fraction, Exponent: shownExponent})
		shortened = cldr.Plural(f.tag, false, cldr.Number{Integer: plain, Fraction: fraction})
		body = f.number(integer, fraction)
		if f.Notation == "scientific" || f.Notation == "engineering" {
			body = append(body, f.exponent(exponent)...)
		}
	}
	p := f.pattern
	compactText := ""
	if compact != "" {
		count := shortened
		if exact := f.exactCompact(compact, out); exact != "" {
			count = exact
		}
		text := f.compactPattern(compact, count)
		c := parsePattern(text)
		if f.Style == "currency" && f.CurrencyDisplay != "name" {
			// Compact currency patterns have the currency's place in them.
			p = pattern{prefix: c.prefix, suffix: c.suffix, negPrefix: c.negPrefix, negSuffix: c.negSuffix, negative: c.negative}
			compactText = "in"
		} else {
			if f.Style == "percent" {
				p.prefix, p.suffix = p.prefix+c.prefix, c.suffix+p.suffix
			} else {
				p.prefix, p.suffix, p.negative = c.prefix, c.suffix, false
			}
			compactText = "in"
		}
	}
	f.surround(&r, body, p, f.sign(d, out), approximately, compactText != "")
	f.wrap(&r)
	return r
}

// number writes digits with groups and fraction. Currencies may have separators of their own,
// as in Austria.
func (f *Formatter) number(integer, fraction string) []Part {
	var parts []Part
	groups := f.groups(integer)
	for i, g := range groups {
		if i > 0 {
			mark := f.symbol("group")
			if f.Style == "currency" {
				if own := f.locale.First("sym." + f.system + ".currencyGroup"); own != "" {
					mark = own
				}
			}
			parts = append(parts, Part{Type: "group", Value: mark})
		}
		parts = append(parts, Part{Type: "integer", Value: f.spell(g)})
	}
	if fraction != "" {
		mark := f.symbol("decimal")
		if f.Style == "currency" {
			if own := f.locale.First("sym." + f.system + ".currencyDecimal"); own != "" {
				mark = own
			}
		}
		parts = append(parts, Part{Type: "decimal", Value: mark}, Part{Type: "fraction", Value: f.spell(fraction)})
	}
	return parts
}

// groups splits an integer into groups, the first one leftmost. In India the last group has
// three digits and the others two. UseGrouping decides from how many digits on.
func (f *Formatter) groups(integer string) []string {
	primary, secondary := f.pattern.primary, f.pattern.secondary
	least := f.minimum
	switch f.UseGrouping {
	case "false":
		primary = 0
	case "always":
		least = 1
	case "min2":
		least = max(2, least)
	}
	// Some patterns have no groups.
	if f.UseGrouping == "always" && primary == 0 {
		primary, secondary = 3, 3
	}
	if primary == 0 || len(integer) < primary+least {
		return []string{integer}
	}
	out := []string{integer[len(integer)-primary:]}
	rest := integer[:len(integer)-primary]
	for len(rest) > secondary {
		out = append([]string{rest[len(rest)-secondary:]}, out...)
		rest = rest[:len(rest)-secondary]
	}
	if rest != "" {
		out = append([]string{rest}, out...)
	}
	return out
}

// spell writes ASCII digits in the numbering system.
func (f *Formatter) spell(digits string) string {
	if f.system == "latn" {
		return digits
	}
	var b strings.Builder
	for _, r := range digits {
		b.WriteString(f.digits[r-'0'])
	}
	return b.String()
}

// exponent writes an exponent: "E-5". A plus sign is never written.
func (f *Formatter) exponent(n int) []Part {
	parts := []Part{{Type: "exponentSeparator", Value: f.symbol("exponential")}}
	if n < 0 {
		parts = append(parts, Part{Type: "exponentMinusSign", Value: f.symbol("minusSign")})
		n = -n
	}
	return append(parts, Part{Type: "exponentInteger", Value: f.spell(strconv.Itoa(n))})
}

// sign is the sign that is shown: -1, 1 or 0 for none. d is the number as given, rounded as
// it is written: -0.001 rounded to -0 shows a minus with "auto" but not with "negative".
func (f *Formatter) sign(d, rounded Decimal) int {
	zero := rounded.Zero() || d.NaN
	switch f.SignDisplay {
	case "never":
		return 0
	case "always":
		if d.Negative {
			return -1
		}
		return 1
	case "exceptZero":
		if zero {
			return 0
		}
		if d.Negative {
			return -1
		}
		return 1
	case "negative":
		if d.Negative && !zero {
			return -1
		}
		return 0
	}
	if d.Negative {
		return -1
	}
	return 0
}
