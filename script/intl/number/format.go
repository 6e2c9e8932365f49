package number

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// scale rounds d, as a compact number or with an exponent where the notation says so. out is
// to be written, with least digits after the point, multiplied by 10^exponent; compact is the
// key of the pattern for a compact number, "" for others.
func (f *Formatter) scale(d Decimal) (out Decimal, least, exponent int, compact string) {
	if f.Style == "percent" {
		d = d.Shift(2) // percent
	}
	switch f.Notation {
	case "scientific", "engineering":
		return f.scaleScientific(d)
	case "compact":
		// Rounding may lead to the next power, whose pattern is another; a second turn is
		// enough.
		for range 2 {
			exponent, compact = f.compact(d.Magnitude())
			out, least = f.round(d.Shift(-exponent))
			if again, _ := f.compact(out.Magnitude() + exponent); again == exponent || out.Zero() {
				break
			}
			d = out.Shift(exponent) // 999,999 is 1M
		}
		return out, least, exponent, compact
	}
	out, least = f.round(d)
	return out, least, 0, ""
}

// scaleScientific splits a number into digits and exponent. The exponent is a multiple of
// three in engineering notation. Rounding may carry into the next power: 9.99 becomes 1e1.
func (f *Formatter) scaleScientific(d Decimal) (out Decimal, least, exponent int, compact string) {
	power := func(magnitude int) int {
		if f.Notation == "engineering" {
			// Go's remainder is negative for negative magnitudes.
			return magnitude - ((magnitude%3)+3)%3
		}
		return magnitude
	}
	exponent = power(d.Magnitude())
	out, least = f.round(d.Shift(-exponent))
	if moved := power(out.Magnitude() + exponent); moved != exponent && !out.Zero() {
		exponent = moved
		out, least = f.round(d.Shift(-exponent))
	}
	return out, least, exponent, ""
}

// compact is the exponent that a number of a magnitude is shortened by, and the key of the
// pattern for it: 12,345 has magnitude 4, is shortened by 3 and has the key "04". Exponent 0
// and key "" mean that the language does not shorten it.
func (f *Formatter) compact(magnitude int) (exponent int, key string) {
	if magnitude < 3 {
		return 0, ""
	}
	key = twoDigits(min(magnitude, 14)) // the data ends at 10¹⁴
	// "0" alone is CLDR's way to say that there is no short form.
	text := f.compactPattern(key, "other")
	if text == "" || text == "0" {
		return 0, ""
	}
	// The zeros are the digits that stay before the point: "00K" for tens of thousands.
	zeros := parsePattern(text).integers
	if zeros == 0 {
		return 0, ""
	}
	return min(magnitude, 14) - zeros + 1, key
}

// twoDigits is n from 0 to 99 with a leading zero.
func twoDigits(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

// compactPattern is the pattern of a power of ten in compact notation, with the plural's own
// where there is one. A language without long patterns uses its short ones. It is "" when
// there is none.
func (f *Formatter) compactPattern(key, plural string) string {
	if f.Style == "currency" && f.CurrencyDisplay != "name" {
		if text := f.get("cmpc", "."+key+"."+plural); text != "" {
			return text
		}
		return f.get("cmpc", "."+key+".other")
	}
	for _, width := range []string{f.CompactDisplay, "short"} {
		for _, count := range []string{plural, "other"} {
			if text := f.get("cmp", "."+width+"."+key+"."+count); text != "" {
				return text
			}
		}
	}
	return ""
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

// exactCompact finds patterns for exactly 1, which a few languages have beside their plurals:
// "mille" for 1000 in Italian. It returns "1", the count in the key, or "".
func (f *Formatter) exactCompact(key string, d Decimal) string {
	if d.Digits != "1" || d.Point != 1 {
		return ""
	}
	if f.get("cmp", "."+f.CompactDisplay+"."+key+".1") != "" && f.Style != "currency" {
		return "1"
	}
	return ""
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

// surround puts the affixes of the pattern around the digits and fills in r. A pattern with a
// negative form has its sign in it; for others the minus goes in front. A shown plus takes
// the place of the minus.
func (f *Formatter) surround(r *result, body []Part, p pattern, sign int, approximately, compact bool) {
	prefix, suffix := p.prefix, p.suffix
	minus := strings.Contains(p.negPrefix+p.negSuffix, "-")
	switch {
	// Accounting patterns have brackets and no minus, so they serve negative numbers only.
	case sign < 0 && p.negative || (sign > 0 || approximately) && p.negative && minus:
		prefix, suffix = p.negPrefix, p.negSuffix
	case sign != 0 || approximately:
		prefix = "-" + prefix
	}
	before := f.affix(prefix, sign, approximately, compact)
	after := f.affix(suffix, sign, approximately, compact)
	before, after = f.spaced(before, after, body)
	before = merged(before)
	r.parts = append(append(before, body...), after...)
	r.prefix, r.suffix = len(before), len(after)
	for _, part := range before {
		r.middle += utf8.RuneCountInString(part.Value)
		// 0 and 1 are in no affix, so different affixes never make one key.
		r.key += part.Value + "\x00"
	}
	r.key += "\x01"
	for _, part := range after {
		r.middle += utf8.RuneCountInString(part.Value)
		r.key += part.Value + "\x00"
	}
}

// merged joins literals that stand side by side, since formatToParts has one part for them.
func merged(parts []Part) []Part {
	var out []Part
	for _, p := range parts {
		if n := len(out); n > 0 && p.Type == "literal" && out[n-1].Type == "literal" {
			out[n-1].Value += p.Value
			continue
		}
		out = append(out, p)
	}
	return out
}

// affix shows what stands before or behind the digits, with the signs of the locale. The text
// of a compact pattern is of the type "compact"; other text is a literal.
func (f *Formatter) affix(text string, sign int, approximately, compact bool) []Part {
	var out []Part
	for _, piece := range pieces(text) {
		switch piece.sign {
		// The place of the sign in the pattern, whatever sign is shown.
		case '-':
			if approximately {
				out = append(out, Part{Type: "approximatelySign", Value: f.symbol("approximatelySign")})
			}
			switch {
			case sign < 0:
				out = append(out, signed("minusSign", f.symbol("minusSign"))...)
			case sign > 0:
				out = append(out, signed("plusSign", f.symbol("plusSign"))...)
			}
		case '+':
			out = append(out, Part{Type: "plusSign", Value: f.symbol("plusSign")})
		case '%':
			out = append(out, Part{Type: "percentSign", Value: f.symbol("percentSign")})
		case '¤':
			out = append(out, Part{Type: "currency", Value: f.currencySymbol()})
		default:
			if compact {
				out = append(out, outside("compact", piece.text)...)
				continue
			}
			out = append(out, Part{Type: "literal", Value: piece.text})
		}
	}
	return out
}

// outside gives a text its type, and the blanks and marks of direction around it that of
// literals. A text of blanks only is a literal.
func outside(kind, text string) []Part {
	trimmed := strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f' || isMark(r) })
	if trimmed == "" {
		return literal(text)
	}
	before, after, _ := strings.Cut(text, trimmed)
	return append(append(literal(before), Part{Type: kind, Value: trimmed}), literal(after)...)
}

// signed gives a sign its type; the marks of direction before it are literals, as in Arabic
// and Hebrew.
func signed(kind, text string) []Part {
	sign := strings.TrimLeftFunc(text, isMark)
	return append(literal(strings.TrimSuffix(text, sign)), Part{Type: kind, Value: sign})
}

// isMark recognises the marks of direction: LRM, RLM and ALM.
func isMark(r rune) bool { return r == '\u200e' || r == '\u200f' || r == '\u061c' }

// literal is a part for a text, nil for "".
func literal(text string) []Part {
	if text == "" {
		return nil
	}
	return []Part{{Type: "literal", Value: text}}
}

// currencySymbol is the currency as the option asks for it. It falls back to the code, as V8
// does.
func (f *Formatter) currencySymbol() string {
	code := f.Currency
	switch f.CurrencyDisplay {
	case "code":
		return code
	case "narrowSymbol":
		if s := f.locale.First("cu."+code+".narrow", "cu."+code+".sym"); s != "" {
			return s
		}
	default:
		if s := f.locale.Text("cu." + code + ".sym"); s != "" {
			return s
		}
	}
	return code
}

// spaced puts a space between a currency and digits where the currency ends in a letter: "NOK
// 5" but "$5" (UTS 35, currencySpacing). Symbols and spaces need none. NaN and Infinity get
// none either.
func (f *Formatter) spaced(before, after, body []Part) (b, a []Part) {
	number := len(body) > 0 && (body[0].Type == "integer")
	if n := len(before); n > 0 && before[n-1].Type == "currency" && number {
		r, _ := utf8.DecodeLastRuneInString(before[n-1].Value)
		if !unicode.IsSymbol(r) && !unicode.Is(unicode.Z, r) {
			before = append(before, Part{Type: "literal", Value: f.get("cs", ".before")})
		}
	}
	if len(after) > 0 && after[0].Type == "currency" && number {
		r, _ := utf8.DecodeRuneInString(after[0].Value)
		if !unicode.IsSymbol(r) && !unicode.Is(unicode.Z, r) {
			after = append([]Part{{Type: "literal", Value: f.get("cs", ".after")}}, after...)
		}
	}
	return before, after
}
