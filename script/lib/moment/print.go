package moment

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
	"posthaste/script/lib/moment/token"
)

// A piece is a token of a format, or text. Text is shown as it is.
type piece struct {
	token string // "" for text
	text  string
}

// pieces are the parts of a format; they are kept, since programs use few formats. Beyond a
// thousand, formats are scanned each time.
func (l *library) pieces(format string) []piece {
	if list, ok := l.formats[format]; ok {
		return list
	}
	var list []piece
	for _, t := range token.Scan(format) {
		if formats(t) {
			list = append(list, piece{token: t})
		} else {
			list = append(list, piece{text: token.Text(t)})
		}
	}
	if len(l.formats) < 1000 && len(format) < 1000 {
		l.formats[format] = list
	}
	return list
}

// formats says that a token stands for a value of the moment. Runs of S are fractions of a
// second.
func formats(t string) bool {
	switch t {
	case "M", "MM", "Mo", "MMM", "MMMM", "Y", "YY", "YYYY", "YYYYY", "YYYYYY", "y", "yy", "yyy", "yyyy", "yo",
		"w", "ww", "wo", "W", "WW", "Wo", "d", "do", "dd", "ddd", "dddd", "e", "E", "H", "HH", "h", "hh", "k", "kk",
		"hmm", "hmmss", "Hmm", "Hmmss", "a", "A", "Z", "ZZ", "X", "x", "N", "NN", "NNN", "NNNN", "NNNNN",
		"gg", "gggg", "ggggg", "GG", "GGGG", "GGGGG", "Q", "Qo", "D", "DD", "Do", "DDD", "DDDD", "DDDo",
		"m", "mm", "s", "ss", "z", "zz":
		return true
	}
	return t != "" && len(t) <= 9 && strings.Trim(t, "S") == ""
}

// print writes the moment by a format, before the locale's postformat. An invalid moment is
// the locale's text for that.
func (m instant) print(format string) string {
	f, ok := m.fields()
	lc := m.locale()
	if !ok {
		return m.l.str(lc.invalidDate())
	}
	format = lc.expand(format)
	p := printer{m: m, f: f, lc: lc, format: format}
	for i, part := range m.l.pieces(format) {
		m.l.env.Pause(i)
		if part.token == "" {
			p.b.WriteString(part.text)
		} else {
			p.token(part.token)
		}
	}
	return p.b.String()
}

// A printer writes one moment. The fields are worked out once for all tokens.
type printer struct {
	m      instant
	f      civil.Fields
	lc     locale
	format string
	b      strings.Builder
}

// pad writes a number with zeros before it up to a length, and a sign where it is negative,
// or plus where sign is set (moment: zeroFill).
func (p *printer) pad(v float64, length int, sign bool) {
	s := strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	switch {
	case !(v >= 0): // also NaN, as in moment
		p.b.WriteByte('-')
	case sign:
		p.b.WriteByte('+')
	}
	for n := len(s); n < length; n++ {
		p.b.WriteByte('0')
	}
	p.b.WriteString(s)
}

// plain writes a number as JavaScript does, without an exponent.
func (p *printer) plain(v float64) { p.b.WriteString(strconv.FormatFloat(v, 'f', -1, 64)) }

// ordinal writes "1st" in the locale's words; t is the token, by which some locales choose
// the gender.
func (p *printer) ordinal(v float64, t string) {
	p.b.WriteString(p.m.l.str(p.lc.invoke("ordinal", p.m.l.number(v), p.m.l.text(t))))
}

// hour12 counts from 1 to 12.
func (p *printer) hour12() float64 {
	if h := math.Mod(p.f.Hour, 12); h != 0 {
		return h
	}
	return 12
}

// token writes one token, the usual ones first.
func (p *printer) token(t string) {
	f := &p.f
	switch t {
	case "YYYY":
		p.pad(f.Year, 4, false)
	case "MM":
		p.pad(f.Month+1, 2, false)
	case "DD":
		p.pad(f.Day, 2, false)
	case "HH":
		p.pad(f.Hour, 2, false)
	case "mm":
		p.pad(f.Minute, 2, false)
	case "ss":
		p.pad(f.Second, 2, false)
	case "M":
		p.plain(f.Month + 1)
	case "Mo":
		p.ordinal(f.Month+1, "M")
	case "D":
		p.plain(f.Day)
	case "Do":
		p.ordinal(f.Day, "D")
	case "Z", "ZZ":
		p.zone(pick(t == "Z", ":", ""))
	case "z":
		p.b.WriteString(p.m.zoneAbbr())
	case "zz":
		p.b.WriteString(p.m.zoneName())
	case "X":
		p.plain(math.Floor(p.m.value() / 1000))
	case "x":
		p.plain(p.m.value())
	default:
		p.less(t)
	}
}

// zone writes the offset as +01:00 or +0100.
func (p *printer) zone(colon string) {
	z := p.m.offset()
	p.b.WriteByte(pick[byte](z < 0, '-', '+'))
	z = math.Trunc(math.Abs(z))
	p.pad(math.Trunc(z/60), 2, false)
	p.b.WriteString(colon)
	p.pad(math.Mod(z, 60), 2, false)
}

// less writes the tokens that are used less often, by their first letter.
func (p *printer) less(t string) {
	f := &p.f
	switch t[0] {
	case 'S':
		// The first digits of the fraction; what is below a millisecond is zeros.
		p.pad(math.Trunc(f.Milli*math.Pow10(len(t)-3)), len(t), false)
	case 'M', 'd', 'e', 'E', 'a', 'A':
		p.name(t)
	case 'H', 'h', 'k', 'm', 's':
		p.clock(t)
	case 'w', 'W', 'g', 'G':
		p.week(t)
	case 'N', 'y':
		p.era(t)
	case 'Q':
		q := math.Ceil((f.Month + 1) / 3)
		if t == "Qo" {
			p.ordinal(q, "Q")
		} else {
			p.plain(q)
		}
	case 'D':
		n := p.m.dayOfYear(*f)
		switch t {
		case "DDDo":
			p.ordinal(n, "DDD")
		case "DDDD":
			p.pad(n, 3, false)
		default:
			p.plain(n)
		}
	case 'Y':
		p.year(t)
	}
}

// year writes the forms of the year; Y has a plus from 10000 on, as ISO 8601 wants.
func (p *printer) year(t string) {
	y := p.f.Year
	switch t {
	case "YY":
		p.pad(math.Mod(y, 100), 2, false)
	case "YYYYY":
		p.pad(y, 5, false)
	case "YYYYYY":
		p.pad(y, 6, true)
	default:
		if y <= 9999 {
			p.pad(y, 4, false)
			return
		}
		p.b.WriteByte('+')
		p.plain(y)
	}
}

// name writes names of months and weekdays, numbers of weekdays, and the word for the part of
// the day.
func (p *printer) name(t string) {
	f, lc := &p.f, p.lc
	switch t {
	case "MMM":
		p.b.WriteString(lc.name("monthsShort", f.Month, p.m, p.format))
	case "MMMM":
		p.b.WriteString(lc.name("months", f.Month, p.m, p.format))
	case "dd":
		p.b.WriteString(lc.name("weekdaysMin", f.Weekday, p.m, p.format))
	case "ddd":
		p.b.WriteString(lc.name("weekdaysShort", f.Weekday, p.m, p.format))
	case "dddd":
		p.b.WriteString(lc.name("weekdays", f.Weekday, p.m, p.format))
	case "d":
		p.plain(f.Weekday)
	case "do":
		p.ordinal(f.Weekday, "d")
	case "e":
		p.plain(math.Mod(f.Weekday+7-lc.week().First, 7))
	case "E":
		p.plain(pick(f.Weekday == 0, 7, f.Weekday))
	case "a", "A":
		if lc.builtin("meridiem") {
			p.b.WriteString(meridiem(f.Hour, t == "a"))
			return
		}
		l := p.m.l
		p.b.WriteString(l.str(lc.invoke("meridiem", l.number(f.Hour), l.number(f.Minute), l.vm.ToValue(t == "a"))))
	}
}

// clock writes hours, minutes and seconds without leading zeros, and the forms without
// separators.
func (p *printer) clock(t string) {
	f := &p.f
	k := pick(f.Hour == 0, 24, f.Hour)
	switch t {
	case "H":
		p.plain(f.Hour)
	case "h":
		p.plain(p.hour12())
	case "hh":
		p.pad(p.hour12(), 2, false)
	case "k":
		p.plain(k)
	case "kk":
		p.pad(k, 2, false)
	case "m":
		p.plain(f.Minute)
	case "s":
		p.plain(f.Second)
	default:
		p.plain(pick(t[0] == 'h', p.hour12(), f.Hour))
		p.pad(f.Minute, 2, false)
		if strings.HasSuffix(t, "ss") {
			p.pad(f.Second, 2, false)
		}
	}
}

// week writes week and week-year, of the locale or of ISO 8601. A locale may have its own
// method for weeks.
func (p *printer) week(t string) {
	w := isoWeek()
	if t[0] == 'w' || t[0] == 'g' {
		w = p.lc.week()
	}
	n, y := p.m.week(w)
	if t[0] == 'w' && !p.lc.builtin("week") {
		n = p.lc.invoke("week", p.m.o).ToFloat()
	}
	switch t {
	case "w", "W":
		p.plain(n)
	case "ww", "WW":
		p.pad(n, 2, false)
	case "wo", "Wo":
		p.ordinal(n, t[:1])
	case "gg", "GG":
		p.pad(math.Mod(y, 100), 2, false)
	default:
		p.pad(y, len(t), false)
	}
}

// era writes the names of eras and the years in them.
func (p *printer) era(t string) {
	if t[0] == 'y' {
		y := p.m.eraYear()
		if t == "yo" {
			p.ordinal(y, "y")
			return
		}
		p.pad(y, len(t), false)
		return
	}
	field := "abbr"
	if len(t) > 3 {
		field = pick(t == "NNNN", "name", "narrow")
	}
	if era := p.m.era(); era != nil {
		p.b.WriteString(p.m.l.str(era.Get(field)))
	}
}

// zoneAbbr and zoneName are "" for a local moment: moment knows no names of zones.
func (m instant) zoneAbbr() string { return m.zoneText("zoneAbbr", "UTC") }
func (m instant) zoneName() string { return m.zoneText("zoneName", "Coordinated Universal Time") }

// zoneText asks the method, which plugins for time zones replace.
func (m instant) zoneText(method, utc string) string {
	if f, ok := m.o.Get(method).(*goja.Object); ok && f != m.l.own["fn "+method] {
		return m.l.str(m.l.call(f, m.o))
	}
	return pick(m.utc(), utc, "")
}

// formatMember is format(…). Without a format it is that of the module, one for UTC and one
// for other moments.
func formatMember(l *library, this *goja.Object, a args) goja.Value {
	m, in := l.of(this), a.at(0)
	if !truthy(in) {
		in = jsvalue.Get(l.module, pick(truthy(m.plainUTC()), "defaultFormatUtc", "defaultFormat"))
	}
	if m.valid() {
		l.needString(in, "format")
	}
	return m.locale().postformat(m.print(l.str(in)))
}

var longOrText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[[^\[]*\]|[Ll]`) })

// needString throws what moment throws of a format that is no string, by the step that first
// needs one. name is the function that the message speaks of.
func (l *values) needString(format goja.Value, name string) {
	switch {
	case jsvalue.IsString(format) || class(format) == "String":
	case longOrText().MatchString(l.str(format)):
		l.env.Throw("TypeError", "format.replace is not a function")
	default:
		l.env.Throw("TypeError", name+".match is not a function")
	}
}

// plainUTC is isUtc() of a valid moment, undefined for an invalid one.
func (m instant) plainUTC() goja.Value {
	if !m.valid() {
		return goja.Undefined()
	}
	return m.isUTC()
}
