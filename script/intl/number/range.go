package number

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"posthaste/script/intl/cldr"
)

// Range writes two numbers as a range, in pieces: "3–5 km". What both ends have in common,
// unit and currency, is written once. Ends that show alike are written once with the sign for
// "about". The rules are ICU's NumberRangeFormatter with its default collapsing.
func (f *Formatter) Range(start, end Decimal) []Part {
	a, b := f.write(start, false), f.write(end, false)
	if joined(a.parts) == joined(b.parts) {
		return mark(f.write(start, true).parts, "shared")
	}
	// Whether the unit around both is the same and can be written once.
	outer := !a.hasOuter || a.outerKey == b.outerKey || f.Style == "unit" || f.CurrencyDisplay == "name"
	// ICU collapses affixes only when they are longer than one character: "$3 – $5", but "NOK
	// 3–5".
	middle := outer && a.key == b.key && a.middle > 1
	left, right := a.parts, b.parts
	var before, after []Part
	if a.hasOuter && outer {
		// The unit is written once, for the plural of the range.
		plural := cldr.PluralRange(f.tag, a.plural, b.plural)
		whole := result{plural: plural}
		f.wrap(&whole)
		before, after = whole.parts[:whole.outer[0]], whole.parts[len(whole.parts)-whole.outer[1]:]
		left = left[a.outer[0] : len(left)-a.outer[1]]
		right = right[b.outer[0] : len(right)-b.outer[1]]
		// Capped, so that append copies and does not write into the other result.
	}
	if middle {
		before = append(before[:len(before):len(before)], left[:a.prefix]...)
		after = append(append([]Part{}, left[len(left)-a.suffix:]...), after...)
		left = left[a.prefix : len(left)-a.suffix]
		right = right[b.prefix : len(right)-b.suffix]
	}
	pattern := f.get("misc", ".range")
	_, rest, _ := strings.Cut(pattern, "{0}")
	dash, _, _ := strings.Cut(rest, "{1}")
	// Where the ends carry affixes of their own, the dash needs space around it.
	if repeats := a.middle > 0 && !middle || a.hasOuter && !outer; repeats {
		if r, _ := utf8.DecodeRuneInString(dash); !unicode.IsSpace(r) {
			dash = " " + dash
		}
		if r, _ := utf8.DecodeLastRuneInString(dash); !unicode.IsSpace(r) {
			dash += " "
		}
	}
	parts := mark(before, "shared")
	parts = append(parts, mark(left, "startRange")...)
	parts = append(parts, Part{"literal", dash, "shared"})
	parts = append(parts, mark(right, "endRange")...)
	return append(parts, mark(after, "shared")...)
}

// joined is the text of parts.
func joined(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Value)
	}
	return b.String()
}

// mark returns a copy of parts with a source.
func mark(parts []Part, source string) []Part {
	out := make([]Part, len(parts))
	for i, p := range parts {
		out[i] = Part{p.Type, p.Value, source}
	}
	return out
}
