package number

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
