package number

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"posthaste/script/intl/cldr"
)

// A Formatter writes numbers of one locale with one set of options. It is made once and used often.
type Formatter struct {
	Options
	locale  *cldr.Locale
	tag     string // for plural rules
	system  string // numbering system
	digits  []string
	pattern pattern
	minimum int // digits that must stand before the first group
}

// New makes a formatter. tag names the locale for plural rules, system is the numbering system.
func New(locale *cldr.Locale, tag, system string, o Options) *Formatter {
	f := &Formatter{Options: o, locale: locale, tag: tag, system: system, digits: digitsOf(system), minimum: 1}
	if n, err := strconv.Atoi(locale.Text("mgd")); err == nil {
		f.minimum = n
	}
	key := "dec"
	switch {
	case o.Style == "percent":
		key = "pct"
	case o.Style == "currency" && o.CurrencyDisplay != "name":
		key = "cur." + "%" + ".standard"
		if o.CurrencySign == "accounting" {
			key = "cur." + "%" + ".accounting"
		}
	}
	f.pattern = parsePattern(f.get(key, ""))
	return f
}

// get reads a text of the numbering system, or else of latn. The system stands in the key in the place
// of %, or after it.
func (f *Formatter) get(key, name string) string {
	full := func(system string) string {
		if strings.Contains(key, "%") {
			return strings.Replace(key, "%", system, 1) + name
		}
		return key + "." + system + name
	}
	if f.system == "arab" && strings.HasPrefix(key, "sym") && name != ".nan" {
		if text := f.locale.Text(full("arab")); text != "" {
			return text
		}
		return cldr.Find("ar").First(full("arab"), full("latn")) // the signs of the root locale
	}
	return f.locale.First(full(f.system), full("latn"))
}

func (f *Formatter) symbol(name string) string { return f.get("sym", "."+name) }

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

// A result is a number with what was needed to write it.
type result struct {
	parts    []Part
	prefix   int // parts before the number that belong to its sign and currency
	suffix   int
	outer    [2]int // parts of a unit or a currency's name around all of it
	plural   string
	middle   int // characters of prefix and suffix
	hasOuter bool
	key      string // equal for equal affixes
	outerKey string
}

// Format writes a number.
func (f *Formatter) Format(d Decimal) string {
	var b strings.Builder
	for _, p := range f.Parts(d) {
		b.WriteString(p.Value)
	}
	return b.String()
}

// Parts writes a number in pieces.
func (f *Formatter) Parts(d Decimal) []Part { return f.write(d, false).parts }

// Plural is the category of a number as it would be written.
func (f *Formatter) Plural(d Decimal, ordinal bool) string {
	if d.NaN || d.Inf {
		return "other"
	}
	scaled, least, exponent, _ := f.scale(d)
	integer, fraction := scaled.split(1, least)
	return cldr.Plural(f.tag, ordinal, cldr.Number{Integer: integer, Fraction: fraction, Exponent: exponent})
}

// scale rounds d, as a compact number or with an exponent where the notation says so. least is how many digits must
// stand after the point; shown says whether the exponent is written.
func (f *Formatter) scale(d Decimal) (out Decimal, least, exponent int, compact string) {
	if f.Style == "percent" {
		d = d.Shift(2)
	}
	switch f.Notation {
	case "scientific", "engineering":
		return f.scaleScientific(d)
	case "compact":
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

// scaleScientific splits a number into digits and exponent. Rounding may carry into the next power: 9.99 becomes 1e1.
func (f *Formatter) scaleScientific(d Decimal) (out Decimal, least, exponent int, compact string) {
	power := func(magnitude int) int {
		if f.Notation == "engineering" {
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

// compact is the exponent that a magnitude is shortened by, and the key of the pattern for it.
func (f *Formatter) compact(magnitude int) (exponent int, key string) {
	if magnitude < 3 {
		return 0, ""
	}
	key = twoDigits(min(magnitude, 14))
	text := f.compactPattern(key, "other")
	if text == "" || text == "0" {
		return 0, ""
	}
	zeros := parsePattern(text).integers
	if zeros == 0 {
		return 0, ""
	}
	return min(magnitude, 14) - zeros + 1, key
}

func twoDigits(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

// compactPattern is the pattern of a power of ten in compact notation, with the plural's own where there is one.
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

// write does the work. approximately adds the sign for "about".
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

// exactCompact finds patterns for exactly 0 or 1, which a few languages have.
func (f *Formatter) exactCompact(key string, d Decimal) string {
	if d.Digits != "1" || d.Point != 1 {
		return ""
	}
	if f.get("cmp", "."+f.CompactDisplay+"."+key+".1") != "" && f.Style != "currency" {
		return "1"
	}
	return ""
}

// number writes digits with groups.
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

// groups splits an integer into groups; in India the first group has three digits and the others two.
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

// spell writes digits in the numbering system.
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

func (f *Formatter) exponent(n int) []Part {
	parts := []Part{{Type: "exponentSeparator", Value: f.symbol("exponential")}}
	if n < 0 {
		parts = append(parts, Part{Type: "exponentMinusSign", Value: f.symbol("minusSign")})
		n = -n
	}
	return append(parts, Part{Type: "exponentInteger", Value: f.spell(strconv.Itoa(n))})
}

// sign is -1, 1 or 0 for the sign that is shown.
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

// surround puts the affixes of the pattern around the digits.
func (f *Formatter) surround(r *result, body []Part, p pattern, sign int, approximately, compact bool) {
	prefix, suffix := p.prefix, p.suffix
	minus := strings.Contains(p.negPrefix+p.negSuffix, "-")
	switch {
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
		r.key += part.Value + "\x00"
	}
	r.key += "\x01"
	for _, part := range after {
		r.middle += utf8.RuneCountInString(part.Value)
		r.key += part.Value + "\x00"
	}
}

// merged joins literals that stand side by side.
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

// affix shows what stands before or behind the digits, with the signs of the locale.
func (f *Formatter) affix(text string, sign int, approximately, compact bool) []Part {
	var out []Part
	for _, piece := range pieces(text) {
		switch piece.sign {
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

// outside gives a text its type, and the blanks around it that of literals.
func outside(kind, text string) []Part {
	trimmed := strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f' || isMark(r) })
	if trimmed == "" {
		return literal(text)
	}
	before, after, _ := strings.Cut(text, trimmed)
	return append(append(literal(before), Part{Type: kind, Value: trimmed}), literal(after)...)
}

// signed gives a sign its type; the marks of direction before it are literals.
func signed(kind, text string) []Part {
	sign := strings.TrimLeftFunc(text, isMark)
	return append(literal(strings.TrimSuffix(text, sign)), Part{Type: kind, Value: sign})
}

func isMark(r rune) bool { return r == '\u200e' || r == '\u200f' || r == '\u061c' }

func literal(text string) []Part {
	if text == "" {
		return nil
	}
	return []Part{{Type: "literal", Value: text}}
}

// currencySymbol falls back to the code, as V8 does.
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

// spaced puts a space between a currency and digits where the currency ends in a letter.
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
