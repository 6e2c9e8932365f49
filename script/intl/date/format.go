package date

import (
	"strconv"
	"strings"
	"time"

	"posthaste/script/intl/cldr"
)

// A Part is a piece of a formatted date, as formatToParts returns it: Type is "year",
// "literal" and so on, Value the text. Source is set in ranges only: startRange, endRange or
// shared.
type Part struct{ Type, Value, Source string }

// A Formatter writes dates by one pattern. Its fields are set before use; after SetPattern it
// is not changed by writing, so several goroutines may use it.
type Formatter struct {
	Locale *cldr.Locale
	Tag    string // BCP 47 tag, for the parts of the day
	// items are those of the pattern; SetPattern sets them.
	items  []item
	Zone   *time.Location
	ZoneID string   // canonical IANA name, such as "Europe/Oslo"
	Digits []string // of the numbering system, nil for 0 to 9
	Minus  string   // the locale's minus sign, for years before 1 BC
}

// SetPattern sets what Parts writes. pattern is one of CLDR, such as "d. MMM y HH:mm"; text
// in it is quoted by apostrophes.
func (f *Formatter) SetPattern(pattern string) { f.items = parse(pattern) }

// Letters calls fn for each field of the pattern, in order, with its letter and the length of
// its run: "MMM" is ('M', 3).
func Letters(pattern string, fn func(letter byte, n int)) {
	for _, it := range parse(pattern) {
		if it.letter != 0 {
			fn(it.letter, it.n)
		}
	}
}

// ReplaceHour writes a pattern with another hour letter: h and K count to twelve, H and k to
// twenty-four. Day periods are left as they are; the caller asks the Generator for a pattern
// with or without one.
func ReplaceHour(pattern string, letter byte) string {
	items := parse(pattern)
	for i := range items {
		// IndexByte also finds 0 in no text, hence the second condition: 0 is literal text.
		if strings.IndexByte("hHkK", items[i].letter) >= 0 && items[i].letter != 0 {
			items[i].letter = letter
		}
	}
	return text(items)
}

// Parts writes a moment, in milliseconds since 1970 UTC, in the formatter's time zone. A
// fraction of a millisecond is cut off.
func (f *Formatter) Parts(ms float64) []Part { return f.write(f.items, ms) }

// write fills a pattern in. Literals beside each other are one part, as in V8.
func (f *Formatter) write(items []item, ms float64) []Part {
	t := time.UnixMilli(int64(ms)).In(f.Zone)
	var out []Part
	add := func(kind, value string) {
		if n := len(out); n > 0 && kind == "literal" && out[n-1].Type == "literal" {
			out[n-1].Value += value
			return
		}
		out = append(out, Part{Type: kind, Value: value})
	}
	for _, it := range items {
		if it.letter == 0 {
			add("literal", it.text)
			continue
		}
		add(typeOf(it.letter), f.field(it, t))
	}
	return out
}

// typeOf is the name that formatToParts gives to a field of a pattern (ECMA-402, table of
// components; UTS 35, part 4, for the letters). Letters that no Intl option asks for are
// "unknown".
func typeOf(letter byte) string {
	switch letter {
	case 'G':
		return "era"
	case 'y', 'Y', 'u', 'r':
		return "year"
	case 'M', 'L':
		return "month"
	case 'd':
		return "day"
	case 'E', 'c', 'e':
		return "weekday"
	case 'a', 'b', 'B':
		return "dayPeriod"
	case 'h', 'H', 'k', 'K':
		return "hour"
	case 'm':
		return "minute"
	case 's':
		return "second"
	case 'S':
		return "fractionalSecond"
	case 'z', 'O', 'v', 'V', 'Z':
		return "timeZoneName"
	}
	return "unknown"
}

// number pads n with zeros to width and spells it in the locale's digits. The sign stands
// before the padding.
func (f *Formatter) number(n, width int) string {
	negative := n < 0
	if negative {
		n = -n
	}
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	s = f.spell(s)
	if negative {
		s = f.Minus + s
	}
	return s
}

// spell writes ASCII digits in the digits of the numbering system.
func (f *Formatter) spell(s string) string {
	if f.Digits == nil {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			b.WriteString(f.Digits[r-'0'])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// name reads the i-th of the names of a kind (months, days, quarters). n is the length of the
// run, which selects the width: 4 wide, 5 narrow, 6 short, otherwise abbreviated. context is
// "f" within a date or "s" alone, as in "May" and "5 May" of inflecting languages. What is
// missing is taken from the other context, then from the abbreviated and the wide names; ""
// when there is none.
func (f *Formatter) name(kind, context string, n, i int) string {
	width := "a"
	switch n {
	case 4:
		width = "w"
	case 5:
		width = "n"
	case 6:
		width = "s"
	}
	// Many languages have the names of one context only.
	other := map[string]string{"f": "s", "s": "f"}[context]
	for _, key := range []string{kind + "." + context + "." + width, kind + "." + other + "." + width, kind + "." + context + ".a", kind + "." + context + ".w"} {
		if list := f.Locale.List(key); i < len(list) {
			return list[i]
		}
	}
	return ""
}

// field is one field of a pattern at a time. Years before the first are counted backwards
// from 1 BC when the pattern has y: the year 0 is 1 BC. Letters that are not supported are
// "".
func (f *Formatter) field(it item, t time.Time) string {
	switch it.letter {
	case 'G':
		width := map[int]string{4: "w", 5: "n"}[it.n]
		if width == "" {
			width = "a"
		}
		names := f.Locale.List("era." + width) // before Christ, after Christ
		if t.Year() <= 0 {
			return names[0]
		}
		return names[1]
	case 'y', 'Y', 'u', 'r':
		y := t.Year()
		if y <= 0 && it.letter == 'y' {
			y = 1 - y
		}
		// "yy" is the last two digits; every other length is a minimum.
		if it.n == 2 {
			return f.number(y%100, 2)
		}
		return f.number(y, it.n)
	case 'M', 'L':
		if it.n <= 2 {
			return f.number(int(t.Month()), it.n)
		}
		return f.name("mon", map[byte]string{'M': "f", 'L': "s"}[it.letter], it.n, int(t.Month())-1)
	case 'Q', 'q':
		return f.name("qtr", "f", it.n, (int(t.Month())-1)/3)
	case 'd':
		return f.number(t.Day(), it.n)
	case 'E', 'e':
		return f.name("day", "f", it.n, int(t.Weekday()))
	case 'c':
		return f.name("day", "s", it.n, int(t.Weekday()))
	case 'a', 'b', 'B':
		return f.period(it, t)
	case 'H':
		return f.number(t.Hour(), it.n)
	// 1 to 24: midnight is 24.
	case 'k':
		return f.number((t.Hour()+23)%24+1, it.n)
	// 1 to 12: midnight and noon are 12.
	case 'h':
		return f.number((t.Hour()+11)%12+1, it.n)
	case 'K':
		return f.number(t.Hour()%12, it.n)
	case 'm':
		return f.number(t.Minute(), it.n)
	case 's':
		return f.number(t.Second(), it.n)
	// One digit for each letter; beyond three, zeros.
	case 'S':
		ms := "00" + strconv.Itoa(t.Nanosecond()/1e6)
		return f.spell((ms[len(ms)-3:] + "000000")[:it.n])
	case 'z', 'O', 'v', 'V', 'Z':
		return f.zoneName(it, t)
	}
	return ""
}

// period names the part of the day: am and pm for the letters a and b, or as the language
// divides the day for B ("in the morning"). A part of the day without a name falls back to am
// or pm.
func (f *Formatter) period(it item, t time.Time) string {
	width := map[int]string{4: "w", 5: "n"}[it.n]
	if width == "" {
		width = "a"
	}
	half := "am"
	if t.Hour() >= 12 {
		half = "pm"
	}
	name := half
	if it.letter == 'B' {
		if found := f.part(t); found != "" {
			name = found
		}
	}
	for _, n := range []string{name, half} {
		if text := f.Locale.First("dp.f."+width+"."+n, "dp.f.a."+n, "dp.f.w."+n); text != "" {
			return text
		}
	}
	return ""
}

// part is the name of the part of the day that a time is in, by the rules of the language,
// such as "morning1" or "noon"; "" for languages without rules. Portuguese and a few others
// have rules of a region.
func (f *Formatter) part(t time.Time) string {
	tag := cldr.Parse(f.Tag)
	rules := cldr.Rules().Periods[tag.Language+"-"+tag.Region]
	if rules == nil {
		if rules = cldr.Rules().Periods[tag.Language]; rules == nil {
			return ""
		}
	}
	now := t.Hour()
	// All limits in the data are full hours.
	clock := func(text string) int {
		h, _ := strconv.Atoi(strings.TrimSuffix(text, ":00"))
		return h
	}
	// Only noon is an exact time that V8 shows; midnight is part of the night.
	exact := t.Minute() == 0 && t.Second() == 0
	for name, rule := range rules {
		if at, ok := rule["_at"]; ok && exact && clock(at) == now && name == "noon" {
			return name
		}
	}
	for name, rule := range rules {
		from, to := rule["_from"], rule["_before"]
		if from == "" {
			continue
		}
		a, b := clock(from), clock(to)
		// A span may go over midnight: 21:00 to 06:00.
		if a < b && now >= a && now < b || a > b && (now >= a || now < b) {
			return name
		}
	}
	return ""
}
