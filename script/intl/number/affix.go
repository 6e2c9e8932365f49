package number

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
