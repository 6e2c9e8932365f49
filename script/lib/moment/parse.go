package moment

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
	"posthaste/script/lib/moment/token"
)

// fromFormat reads the input by a format. A token takes the first text that it matches,
// wherever that stands; what is passed over is kept as unused. strict makes unused text a
// fault. (moment: configFromStringAndFormat)
func (c *config) fromFormat() {
	if f := jsvalue.Object(c.format); f != nil {
		switch f {
		case c.l.module.Get("ISO_8601"):
			c.fromISO()
			return
		case c.l.module.Get("RFC_2822"):
			c.fromRFC()
			return
		}
	}
	c.l.needString(c.format, "expandFormat(...)")
	c.parts, c.flags.empty = []part{}, true // a list without parts, which differs from no list
	rest := c.l.str(c.input)
	left := units(rest)
	for _, t := range token.Scan(c.locale.expand(c.l.str(c.format))) {
		c.l.pause()
		text, ok := c.matcher(t)(rest)
		if ok = ok && text != ""; ok {
			i := strings.Index(rest, text)
			if i > 0 {
				c.flags.unusedInput = append(c.flags.unusedInput, rest[:i])
			}
			rest = rest[i+len(text):]
			left -= units(text)
		}
		c.took(t, text, ok)
	}
	c.flags.charsLeftOver = left
	if rest != "" {
		c.flags.unusedInput = append(c.flags.unusedInput, rest)
	}
	c.complete()
}

// units is the length of a text as scripts count it, in UTF-16 units: charsLeftOver is
// counted so.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// took is told of each token, with its text when it matched. Text of the format itself only
// has to be there when strict.
func (c *config) took(t, text string, ok bool) {
	switch {
	case formats(t):
		if !ok {
			c.flags.unusedTokens = append(c.flags.unusedTokens, t)
			return
		}
		c.flags.empty = false
		c.read(t, text)
	case !ok && truthy(c.strict):
		c.flags.unusedTokens = append(c.flags.unusedTokens, t)
	}
}

// complete is what is done with the parts when all tokens were read: the hour by its word,
// the year by its era, and then the date itself.
func (c *config) complete() {
	f := &c.flags
	// "13 pm" is wrong only when the hour is more than twelve.
	if h := c.part(hour); f.bigHour != nil && truthy(f.bigHour) && h.given && h.value <= 12 && h.value > 0 {
		f.bigHour = goja.Undefined()
	}
	f.parsedDateParts = append([]part(nil), c.parts...)
	f.meridiem = jsvalue.OrUndefined(c.meridiem)
	if !jsvalue.IsNullish(c.meridiem) {
		if h := c.locale.hour(c.part(hour), c.meridiem); h.given {
			c.setPart(hour, h.value)
		}
	}
	if !goja.IsNull(f.era) {
		y := goja.Undefined()
		if p := c.part(year); p.given {
			y = c.l.number(p.value)
		}
		c.setPart(year, c.locale.invoke("erasConvertYear", f.era, y).ToFloat())
	}
	c.fromParts()
	c.checkOverflow()
}

// fromFormats tries formats one after the other, and keeps the one that leaves least of the
// input, the first valid one before any that is not. A token that found nothing counts as ten
// characters (moment: configFromStringAndArray).
func (c *config) fromFormats() {
	n := lengthOf(c.format)
	if n == 0 {
		c.flags.invalidFormat = true
		c.date = some(math.NaN())
		return
	}
	var best *config
	score, found := 0, false
	for i := range n {
		try := &config{
			l: c.l, input: c.input, localeArg: c.localeArg, strict: c.strict, utc: c.utc, useUTC: c.useUTC,
			locale: c.locale, flags: newFlags(), format: item(c.format, i),
		}
		try.fromFormat()
		valid := try.valid()
		s := try.flags.charsLeftOver + 10*len(try.flags.unusedTokens)
		try.flags.score = some(float64(s))
		if best == nil || s < score || !found && valid {
			best, score = try, s
		}
		found = found || valid
	}
	*c = *best
}

// matcher is how a token finds its text. Numbers are matched in Go, names as the locale says,
// all else literally.
func (c *config) matcher(t string) token.Matcher {
	strict := truthy(c.strict)
	if m := token.Numeric(t, strict); m != nil {
		return m
	}
	lc := c.locale
	switch t {
	case "MMM":
		return lc.matcher("monthsShortRegex", strict)
	case "MMMM":
		return lc.matcher("monthsRegex", strict)
	case "dd":
		return lc.matcher("weekdaysMinRegex", strict)
	case "ddd":
		return lc.matcher("weekdaysShortRegex", strict)
	case "dddd":
		return lc.matcher("weekdaysRegex", strict)
	case "N", "NN", "NNN":
		return lc.matcher("erasAbbrRegex", strict)
	case "NNNN":
		return lc.matcher("erasNameRegex", strict)
	case "NNNNN":
		return lc.matcher("erasNarrowRegex", strict)
	case "a", "A":
		return lc.pattern(lc.get("_meridiemParse"))
	case "yo":
		if re := lc.get("_eraYearOrdinalRegex"); truthy(re) {
			return lc.pattern(re)
		}
		return token.Numeric("y", false)
	case "Do":
		return lc.pattern(lc.dayPattern(strict))
	}
	return token.Literal(t)
}

// read puts what a token has matched where it belongs. Months are given from 1 and kept from
// 0.
func (c *config) read(t, text string) {
	n := numberOf(text)
	set := func(i int, v float64) { c.setPart(i, wholeOf(v)) }
	switch t {
	case "M", "MM":
		set(month, n-1)
	case "Q":
		set(month, (n-1)*3)
	case "D", "DD":
		set(day, n)
	case "Do":
		d, _ := token.Numeric("D", false)(text)
		set(day, numberOf(d))
	case "DDD", "DDDD":
		c.dayOfYear = some(n)
	case "H", "HH":
		set(hour, n)
	// "k" counts hours from 1 to 24.
	case "k", "kk":
		set(hour, pick(n == 24, 0, n))
	case "h", "hh":
		set(hour, n)
		c.flags.big(c.l)
	case "hmm", "hmmss", "Hmm", "Hmmss":
		c.readClock(t, text)
	case "m", "mm":
		set(minute, n)
	case "s", "ss":
		set(second, n)
	case "x":
		c.date = some(civil.Clip(wholeOf(n)))
	case "X":
		c.date = some(civil.Clip(n * 1000))
	case "Z", "ZZ":
		c.useUTC = true
		if z, ok := offsetIn(text, true); ok {
			c.zone = some(z)
		}
	case "a", "A":
		c.meridiem = c.l.text(text)
	case "YYYYY", "YYYYYY", "y", "yy", "yyy", "yyyy":
		set(year, n)
	case "Y":
		c.setPart(year, parseInt(text))
	case "YY":
		c.setPart(year, c.twoDigits(text))
	case "YYYY":
		c.setPart(year, pick(units(text) == 2, c.twoDigits(text), n))
	case "yo":
		c.setPart(year, c.locale.eraYear(text))
	default:
		c.readName(t, text)
	}
}

// readName is read for names, fractions and weeks, by the first letter of the token.
func (c *config) readName(t, text string) {
	switch t[0] {
	case 'S':
		f, _ := strconv.ParseFloat("0."+text, 64)
		c.setPart(milli, wholeOf(f*1000))
	case 'M':
		if t == "Mo" {
			return // is text here, as all ordinals but that of the day are
		}
		if m := c.locale.invoke("monthsParse", c.l.text(text), c.l.text(t), c.strict); !jsvalue.IsNullish(m) {
			c.setPart(month, m.ToFloat())
		} else {
			c.flags.invalidMonth = c.l.text(text)
		}
	case 'N':
		if era := c.locale.invoke("erasParse", c.l.text(text), c.l.text(t), c.strict); truthy(era) {
			c.flags.era = era
		} else {
			c.flags.invalidEra = c.l.text(text)
		}
	case 'w', 'W', 'd', 'e', 'E', 'g', 'G':
		c.readWeek(t, text)
	}
}

// readWeek keeps what is said by weeks; the date follows when all tokens were read. Two-digit
// week-years go by the hook.
func (c *config) readWeek(t, text string) {
	if strings.HasSuffix(t, "o") {
		return
	}
	if c.weeks == nil {
		c.weeks = map[string]float64{}
	}
	switch t {
	case "w", "ww", "W", "WW":
		c.weeks[t[:1]] = numberOf(text)
	case "d", "e", "E":
		c.weeks[t] = numberOf(text)
	case "dd", "ddd", "dddd":
		if d := c.locale.invoke("weekdaysParse", c.l.text(text), c.l.text(t), c.strict); !jsvalue.IsNullish(d) {
			c.weeks["d"] = d.ToFloat()
		} else {
			c.flags.note("invalidWeekday")
			c.flags.invalidWeekday = c.l.text(text)
		}
	case "gg", "GG":
		c.weeks[t] = c.twoDigits(text)
	case "gggg", "ggggg", "GGGG", "GGGGG":
		c.weeks[t[:2]] = numberOf(text)
	}
}

// readClock reads hours and minutes that stand together: "hmm" takes "130" for 1:30. The last
// two digits are always the smallest unit.
func (c *config) readClock(t, text string) {
	ends := strings.HasSuffix(t, "ss")
	n := len(text)
	if ends {
		c.setPart(second, numberOf(text[n-2:]))
		n -= 2
	}
	c.setPart(minute, numberOf(text[n-2:n]))
	c.setPart(hour, numberOf(text[:n-2]))
	if t[0] == 'h' {
		c.flags.big(c.l)
	}
}

// twoDigits is the year that two digits mean, by the hook of that name.
func (c *config) twoDigits(text string) float64 {
	return c.l.call(c.l.module.Get("parseTwoDigitYear"), c.l.module, c.l.text(text)).ToFloat()
}

// numberOf reads digits as a number; other text is 0.
func numberOf(text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && math.IsInf(f, 0) {
		return f
	}
	if err != nil {
		return 0
	}
	return f
}

// offsetIn is the last offset in a text, in minutes; alone says that hours suffice. The last
// one is taken because a date such as 2020-01-02 has what looks like offsets (moment:
// offsetFromString).
func offsetIn(text string, alone bool) (minutes float64, ok bool) {
	last := ""
	for find := token.Offset(alone); ; {
		m, found := find(text)
		if !found {
			break
		}
		last = m
		text = text[strings.Index(text, m)+len(m):]
	}
	if last == "" {
		return 0, false
	}
	if len(last) < 3 { // Z
		return 0, true
	}
	minutes = numberOf(last[1:3]) * 60
	if len(last) > 3 {
		minutes += numberOf(last[len(last)-2:])
	}
	if last[0] == '-' && minutes != 0 {
		minutes = -minutes
	}
	return minutes, true
}
