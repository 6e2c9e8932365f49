package moment

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"posthaste/script/lib/moment/civil"
)

// The formats of ISO 8601 in their two writings. A year has four digits, or six with a sign.
var (
	isoExtended = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*((?:[+-]\d{6}|\d{4})-(?:\d\d-\d\d|W\d\d-\d|W\d\d|\d\d\d|\d\d))(?:(T| )(\d\d(?::\d\d(?::\d\d(?:[.,]\d+)?)?)?)([+-]\d\d(?::?\d\d)?|\s*Z)?)?$`)
	})
	isoBasic = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*((?:[+-]\d{6}|\d{4})(?:\d\d\d\d|W\d\d\d|W\d\d|\d\d\d|\d\d|))(?:(T| )(\d\d(?:\d\d(?:\d\d(?:[.,]\d+)?)?)?)([+-]\d\d(?::?\d\d)?|\s*Z)?)?$`)
	})
	jsonDate = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^/?Date\((-?\d+)`) })
)

// isoDate gives the format of the date of an ISO string, and whether a time may follow it. It
// goes by the shape of the digits; "" when moment has no format for it.
func isoDate(s string) (format string, timed bool) {
	var shape strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			shape.WriteByte('0')
		case r == '+':
			shape.WriteByte('-')
		default:
			shape.WriteRune(r)
		}
	}
	switch shape.String() {
	case "-000000-00-00":
		return "YYYYYY-MM-DD", true
	case "0000-00-00":
		return "YYYY-MM-DD", true
	case "0000-W00-0", "-000000-W00-0":
		return "GGGG-[W]WW-E", true
	case "0000-W00", "-000000-W00":
		return "GGGG-[W]WW", false
	case "0000-000", "-000000-000":
		return "YYYY-DDD", true
	case "0000-00", "-000000-00":
		return "YYYY-MM", false
	case "-0000000000":
		return "YYYYYYMMDD", true
	case "00000000", "-00000000", "-000000000":
		return "YYYYMMDD", true
	case "0000W000", "-000000W000":
		return "GGGG[W]WWE", true
	case "0000W00", "-000000W00":
		return "GGGG[W]WW", false
	case "0000000":
		return "YYYYDDD", true
	case "000000", "-000000":
		return "YYYYMM", false
	case "0000":
		return "YYYY", false
	}
	return "", false
}

// isoTime gives the format of the time of an ISO string: "HH:mm:ss.SSSS" or a beginning of
// it.
func isoTime(s string) string {
	format := ""
	for i, r := range s {
		switch r {
		case '.', ',':
			return format + string(r) + "SSSS"
		case ':':
			format += ":"
		default:
			digit := len(strings.ReplaceAll(s[:i], ":", ""))
			format += "HHmmss"[digit : digit+1]
		}
	}
	return format
}

// fromISO reads a string by ISO 8601, as a format that it then is read by: scripts see that
// format in creationData().
func (c *config) fromISO() {
	s := c.l.str(c.input)
	m := isoExtended().FindStringSubmatch(s)
	if m == nil {
		m = isoBasic().FindStringSubmatch(s)
	}
	if m == nil {
		c.refuse()
		return
	}
	c.flags.iso = true
	format, timed := isoDate(m[1])
	if format == "" || m[3] != "" && !timed {
		c.refuse()
		return
	}
	if m[3] != "" {
		format += m[2] + isoTime(m[3])
	}
	if m[4] != "" {
		format += "Z"
	}
	c.format = c.l.text(format)
	c.fromFormat()
}

// fromString reads a string that came without a format: as a JSON date, by ISO 8601, by RFC
// 2822, and then by the hook. strict leaves the hook out.
func (c *config) fromString(s string) {
	if m := jsonDate().FindStringSubmatch(s); m != nil {
		t, _ := strconv.ParseFloat(m[1], 64)
		c.date = some(civil.Clip(t))
		return
	}
	if c.fromISO(); !c.failed() {
		return
	}
	if c.fromRFC(); !c.failed() {
		return
	}
	if truthy(c.strict) {
		c.refuse()
		return
	}
	c.fallBack()
}

// refuse says that the input has not the form that was tried.
func (c *config) refuse() {
	c.decide(false)
	c.refused = true
}

// failed says that the last attempt found nothing, and forgets that, so that the next one can
// be made.
func (c *config) failed() bool {
	if c.decided.given && c.decided.value == 0 {
		c.decided, c.refused = part{}, false
		return true
	}
	return false
}

// The date of RFC 2822, 3.3, with the names of American zones; comments in brackets are taken
// out before.
var (
	rfcDate = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s)?(\d{1,2})\s(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s(\d{2,4})\s(\d\d):(\d\d)(?::(\d\d))?\s(?:(UT|GMT|[ECMP][SD]T)|([Zz])|([+-]\d{4}))$`)
	})
	rfcComment = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\([^()]*\)|[\n\t]`) })
	blanks     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\s\s+`) })
)

// englishMonths are those of RFC 2822, whatever the locale.
func englishMonths() []string {
	return []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
}

// englishDays are its weekdays.
func englishDays() []string { return []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"} }

// fromRFC reads a string by RFC 2822. Years of two digits are of this century up to 49, those
// of three are counted from 1900. A weekday that is not that of the date makes it invalid.
func (c *config) fromRFC() {
	s := blanks().ReplaceAllString(rfcComment().ReplaceAllString(c.l.str(c.input), " "), " ")
	m := rfcDate().FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		c.refuse()
		return
	}
	number := func(i int) float64 { return parseInt(m[i]) }
	y := number(4)
	switch {
	case y <= 49:
		y += 2000
	case y <= 999:
		y += 1900
	}
	f := civil.Fields{Year: y, Month: float64(slices.Index(englishMonths(), m[3])), Day: number(2), Hour: number(5), Minute: number(6)}
	parts := []part{some(f.Year), some(f.Month), some(f.Day), some(f.Hour), some(f.Minute)}
	if m[7] != "" {
		f.Second = number(7)
		parts = append(parts, some(f.Second))
	}
	if m[1] != "" && float64(slices.Index(englishDays(), m[1])) != civil.Split(civil.Date(f.Year, f.Month, f.Day)).Weekday {
		c.flags.weekdayMismatch = true
		c.refuse()
		return
	}
	c.parts = parts
	c.zone = some(rfcZone(m[8], m[10]))
	c.date = some(civil.Join(f) - c.zone.value*civil.Minute)
	c.flags.rfc2822 = true
}

// rfcZone is an offset in minutes: by an American name, a number such as +0130, or that of Z.
func rfcZone(name, number string) float64 {
	switch {
	case name == "UT" || name == "GMT":
		return 0
	case name != "":
		hours := map[byte]float64{'E': -5, 'C': -6, 'M': -7, 'P': -8}[name[0]]
		return (hours + pick(name[1] == 'D', 1.0, 0)) * 60
	case number != "":
		hm := parseInt(number)
		m := math.Mod(hm, 100)
		return (hm-m)/100*60 + m
	}
	return 0
}
