package number

// Options say how numbers are written, under the names that ECMA-402 gives them. Everything
// has been resolved: no field that its style needs is empty.
type Options struct {
	Style           string // decimal, percent, currency, unit
	Currency        string // ISO 4217 code in capitals
	CurrencyDisplay string // symbol, narrowSymbol, code, name
	CurrencySign    string // standard, accounting
	Unit            string // such as kilometer or kilometer-per-hour
	UnitDisplay     string // short, narrow, long
	Notation        string // standard, scientific, engineering, compact
	CompactDisplay  string // short, long
	SignDisplay     string // auto, always, never, exceptZero, negative
	UseGrouping     string // always, auto, min2, false

	// Limits on digits. A minimum is filled up with zeros, a maximum rounds.
	MinimumIntegerDigits                               int
	MinimumFractionDigits, MaximumFractionDigits       int
	MinimumSignificantDigits, MaximumSignificantDigits int // 0 means no limit
	// Rounding is which digits decide: fraction, significant, or for both kinds given the one
	// that keeps more or less (roundingPriority).
	Rounding            string
	RoundingMode        string // ceil, floor, expand, trunc, half…; see Decimal.Round
	RoundingIncrement   int    // 1, or the step in units of the last digit
	TrailingZeroDisplay string // auto, stripIfInteger
}

// A Part is a piece of a formatted number, as formatToParts returns it. Source is set in
// ranges: startRange, endRange, shared.
type Part struct{ Type, Value, Source string }

// round rounds as the options say, and returns how many digits must stand after the point at
// least. Each inner function also returns the place that it rounded to, by which "more" and
// "less" choose.
func (o *Options) round(d Decimal) (out Decimal, least int) {
	byFraction := func() (Decimal, int, int) {
		r := d.Round(-o.MaximumFractionDigits, o.RoundingMode, o.RoundingIncrement)
		return r, o.MinimumFractionDigits, -o.MaximumFractionDigits
	}
	bySignificant := func() (Decimal, int, int) {
		place := d.Magnitude() - o.MaximumSignificantDigits + 1
		r := d.Round(place, o.RoundingMode, 1)
		return r, max(0, o.MinimumSignificantDigits-1-r.Magnitude()), place
	}
	if d.NaN || d.Inf {
		return d, 0
	}
	switch o.Rounding {
	case "significant":
		out, least, _ = bySignificant()
	case "more", "less":
		f, leastF, placeF := byFraction()
		s, leastS, placeS := bySignificant()
		// The lower place keeps more digits.
		if (placeS <= placeF) == (o.Rounding == "more") {
			out, least = s, leastS
		} else {
			out, least = f, leastF
		}
		// The default of compact notation, where "1.0K" is written "1K".
		if o.Rounding == "more" && o.MaximumFractionDigits == 0 && o.MinimumSignificantDigits == 1 && o.MaximumSignificantDigits == 2 {
			least = 0
		}
	default:
		out, least, _ = byFraction()
	}
	if o.TrailingZeroDisplay == "stripIfInteger" && out.Point >= len(out.Digits) {
		least = 0
	}
	return out, least
}
