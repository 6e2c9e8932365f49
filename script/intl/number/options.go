package number

// Options say how numbers are written, under the names that ECMA-402 gives them. Everything has been resolved.
type Options struct {
	Style           string // decimal, percent, currency, unit
	Currency        string
	CurrencyDisplay string // symbol, narrowSymbol, code, name
	CurrencySign    string // standard, accounting
	Unit            string
	UnitDisplay     string // short, narrow, long
	Notation        string // standard, scientific, engineering, compact
	CompactDisplay  string // short, long
	SignDisplay     string // auto, always, never, exceptZero, negative
	UseGrouping     string // always, auto, min2, false

	MinimumIntegerDigits                               int
	MinimumFractionDigits, MaximumFractionDigits       int
	MinimumSignificantDigits, MaximumSignificantDigits int // 0 means no limit
	// Rounding is which digits decide: fraction, significant, more, less.
	Rounding            string
	RoundingMode        string
	RoundingIncrement   int
	TrailingZeroDisplay string // auto, stripIfInteger
}

// A Part is a piece of a formatted number. Source is set in ranges: startRange, endRange, shared.
type Part struct{ Type, Value, Source string }

// round rounds as the options say, and gives how many digits must stand after the point.
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
		if (placeS <= placeF) == (o.Rounding == "more") {
			out, least = s, leastS
		} else {
			out, least = f, leastF
		}
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
