package engine

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// A locale is how a language writes numbers and dates. The few that scripts ask for are here; others are
// written as English is.
type locale struct {
	group, decimal string
	unitAfter      bool   // "12 kr", "26 %"
	date           string // numeric date: d, dd, M, MM, y
	months         string // names, comma separated; "" for English
	days           string
	dayFirst       bool   // in dates with names
	dayMark        string // after the day there
	weekday        string // between weekday and day
	hour12         bool
	timeMark       string
	join           string // between date and time
}

const (
	noBreak      = "\u00a0"
	narrow       = "\u202f"
	english      = "January,February,March,April,May,June,July,August,September,October,November,December"
	englishDays  = "Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday"
	nordic       = "januar,februar,mars,april,mai,juni,juli,august,september,oktober,november,desember"
	nordicDays   = "søndag,mandag,tirsdag,onsdag,torsdag,fredag,lørdag"
	danish       = "januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,december"
	swedish      = "januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,december"
	swedishDays  = "söndag,måndag,tisdag,onsdag,torsdag,fredag,lördag"
	german       = "Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember"
	germanDays   = "Sonntag,Montag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag"
	americanDate = "M/d/y"
)

// localeOf finds the locale of a tag such as "nb-NO"; anything unknown is American English.
func localeOf(tag string) locale {
	us := locale{group: ",", decimal: ".", date: americanDate, months: english, days: englishDays, weekday: ", ", hour12: true, timeMark: ":", join: ", "}
	continental := locale{group: ".", decimal: ",", unitAfter: true, date: "d.M.y", months: english, days: englishDays, dayFirst: true, weekday: ", ", timeMark: ":", join: ", "}
	language, _, _ := strings.Cut(tag, "-")
	l := continental
	switch language {
	case "nb", "no", "nn":
		l.group, l.months, l.days, l.dayMark, l.weekday = noBreak, nordic, nordicDays, ".", " "
	case "sv":
		l.group, l.months, l.days, l.weekday, l.date, l.join = noBreak, swedish, swedishDays, " ", "y-MM-dd", " "
	case "da":
		l.months, l.days, l.dayMark, l.weekday, l.timeMark = danish, nordicDays, ".", " den ", "."
	case "de":
		l.months, l.days, l.dayMark = german, germanDays, "."
	case "fr":
		l.group, l.date, l.join = narrow, "dd/MM/y", " "
	case "fi":
		l.group, l.timeMark, l.join = noBreak, ".", " klo "
	case "es", "it", "pt":
		l.date = "d/M/y"
	case "nl":
		l.date = "d-M-y"
	default:
		l = us
		switch tag {
		case "en-GB", "en-AU", "en-NZ", "en-IE":
			l.date, l.dayFirst, l.hour12 = "dd/MM/y", true, false
		case "en-CA":
			l.date = "y-MM-dd"
		}
	}
	return l
}

// formatOptions reads the options object of a formatter; what is missing is "".
type formatOptions struct{ object *goja.Object }

func (o formatOptions) text(name string) string {
	if o.object == nil {
		return ""
	}
	if v := o.object.Get(name); v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
		return v.String()
	}
	return ""
}

func (o formatOptions) number(name string, fallback int) int {
	if s := o.text(name); s != "" {
		if n, err := strconv.Atoi(s); err == nil && n >= 0 && n <= 100 {
			return n
		}
	}
	return fallback
}

func optionsOf(v goja.Value) formatOptions {
	o, _ := v.(*goja.Object)
	return formatOptions{o}
}

// tagOf is the language that a formatter's first argument names.
func tagOf(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		v = o.Get("0")
	}
	if v == nil || !goja.IsString(v) {
		return "en-US"
	}
	return v.String()
}

// formatNumber writes n as Intl.NumberFormat does.
func formatNumber(n float64, l locale, o formatOptions) string {
	style, code := o.text("style"), strings.ToUpper(o.text("currency"))
	low, high := 0, 3
	switch {
	case style == "percent":
		n, high = n*100, 0
	case style == "currency" && (code == "JPY" || code == "ISK"):
		high = 0
	case style == "currency":
		low, high = 2, 2
	}
	low = o.number("minimumFractionDigits", low)
	high = max(o.number("maximumFractionDigits", max(high, low)), low)
	text := digits(math.Abs(n), low, high, o.number("minimumIntegerDigits", 1), l, o.text("useGrouping") != "false")
	sign := ""
	if n < 0 && strings.ContainsAny(text, "123456789∞") {
		sign = "-"
	}
	switch style {
	case "percent":
		if l.unitAfter {
			return sign + text + noBreak + "%"
		}
		return sign + text + "%"
	case "currency":
		return withCurrency(sign, text, code, l)
	}
	return sign + text
}

func digits(n float64, low, high, whole int, l locale, grouped bool) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 0):
		return "∞"
	}
	integer, fraction := rounded(n, high)
	for len(fraction) > low && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	if len(integer) < whole {
		integer = strings.Repeat("0", whole-len(integer)) + integer
	}
	for i := len(integer) - 3; grouped && i > 0; i -= 3 {
		integer = integer[:i] + l.group + integer[i:]
	}
	if fraction == "" {
		return integer
	}
	return integer + l.decimal + fraction
}

// rounded gives the decimal digits of n, with as many after the point as there are up to high. Halves of the
// shortest decimal form go up, as ICU rounds.
func rounded(n float64, high int) (integer, fraction string) {
	integer, fraction, _ = strings.Cut(strconv.FormatFloat(n, 'f', -1, 64), ".")
	if len(fraction) <= high {
		return integer, fraction + strings.Repeat("0", high-len(fraction))
	}
	all, _ := new(big.Int).SetString(integer+fraction[:high], 10)
	if fraction[high] >= '5' {
		all.Add(all, big.NewInt(1))
	}
	text := all.String()
	if len(text) <= high {
		text = strings.Repeat("0", high+1-len(text)) + text
	}
	return text[:len(text)-high], text[len(text)-high:]
}

func withCurrency(sign, text, code string, l locale) string {
	symbol := code
	if s, ok := map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}[code]; ok {
		symbol = s
	} else if l.months == nordic && code == "NOK" || l.months == danish && code == "DKK" || l.months == swedish && code == "SEK" {
		symbol = "kr"
		if code == "DKK" {
			symbol = "kr."
		}
	}
	switch {
	case l.unitAfter:
		return sign + text + noBreak + symbol
	case symbol == code:
		return sign + symbol + noBreak + text
	}
	return sign + symbol + text
}
