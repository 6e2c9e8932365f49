package intl

import (
	"slices"
	"strings"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/intl/cldr"
	"posthaste/script/intl/date"
)

// A dateFormat is the state of an Intl.DateTimeFormat. Everything is worked out when it is
// made; formatting only fills the pattern.
type dateFormat struct {
	date.Formatter
	locale, system       string
	zone                 string
	cycle                string // the hour cycle, "" where no hour is shown
	dateStyle, timeStyle string
	shown                []field // what resolvedOptions shows of the fields
	pattern              string
	generator            *date.Generator
	bound                goja.Value
}

// A field is an option that names a part of a date, with its value, such as month and
// "2-digit".
type field struct{ name, value string }

// fieldKinds are the options in the order that their letters have in a skeleton: letters by
// value. The letters are those of CLDR's date patterns (UTS 35, part 4); "j" stands for the
// hour letter that is chosen later.
func fieldKinds() []struct {
	name   string
	values map[string]string
} {
	type kind = struct {
		name   string
		values map[string]string
	}
	// How long a name is, is said by how often its letter stands: three, four or five times.
	names := func(letter string) map[string]string {
		return map[string]string{"narrow": strings.Repeat(letter, 5), "long": strings.Repeat(letter, 4), "short": strings.Repeat(letter, 3)}
	}
	digits := func(letter string) map[string]string {
		return map[string]string{"numeric": letter, "2-digit": letter + letter}
	}
	months := names("M")
	months["numeric"], months["2-digit"] = "M", "MM"
	return []kind{
		{"weekday", names("E")},
		{"era", names("G")},
		{"year", digits("y")},
		{"month", months},
		{"day", digits("d")},
		{"dayPeriod", map[string]string{"narrow": "BBBBB", "long": "BBBB", "short": "B"}},
		{"hour", digits("j")},
		{"minute", digits("m")},
		{"second", digits("s")},
		{"timeZoneName", map[string]string{"long": "zzzz", "short": "z", "longOffset": "OOOO", "shortOffset": "O", "longGeneric": "vvvv", "shortGeneric": "v"}},
	}
}

// dateFields are the options that make a format one of dates.
func dateFields() []string { return []string{"weekday", "year", "month", "day"} }

// timeFields are those that make it one of times. Era and time zone name belong to neither.
func timeFields() []string {
	return []string{"dayPeriod", "hour", "minute", "second", "fractionalSecondDigits"}
}

// newDateFormat reads the arguments. required and defaults are what ECMA-402 calls so: date,
// time, any or all. The options are read in the order of the specification.
func (l *Intl) newDateFormat(locales, v goja.Value, required, defaults string) *dateFormat {
	r := l.resolve(locales, "nu", "ca", "hc")
	o := l.optionsOf(v, "Intl.DateTimeFormat", false)
	o.text("localeMatcher", "best fit", "lookup", "best fit")
	l.calendar(o, r)
	system, effective := l.numbering(o, r)
	hour12, has12 := o.boolean("hour12")
	cycle := o.text("hourCycle", "", "h11", "h12", "h23", "h24")
	if has12 { // hour12 wins over hourCycle
		cycle = ""
	}
	f := &dateFormat{system: system}
	f.Locale, f.Tag = r.data, r.tag
	l.zoneOf(f, o)
	given := map[string]string{}
	for _, k := range fieldKinds() {
		values := make([]string, 0, len(k.values))
		for name := range k.values {
			// The values are only checked against, so their order does not matter.
			values = append(values, name)
		}
		given[k.name] = o.text(k.name, "", values...)
		if k.name == "second" {
			if n, ok := o.whole("fractionalSecondDigits", 1, 3); ok {
				given["fractionalSecondDigits"] = string(rune('0' + n))
			}
		}
	}
	o.text("formatMatcher", "best fit", "basic", "best fit")
	f.dateStyle = o.text("dateStyle", "", "full", "long", "medium", "short")
	f.timeStyle = o.text("timeStyle", "", "full", "long", "medium", "short")
	symbols := func(name string) string { return r.data.First("sym."+system+"."+name, "sym.latn."+name) }
	// Patterns depend on the decimal sign, which stands before fractions of a second.
	name := r.tag + " " + symbols("decimal")
	if l.patterns[name] == nil {
		l.patterns[name] = date.NewGenerator(r.data, r.tag, symbols("decimal"))
	}
	f.generator = l.patterns[name]
	f.Minus = symbols("minusSign")
	if system != "latn" {
		f.Digits = strings.Split(cldr.Rules().Digits[system], "")
	}
	// A keyword of the tag counts where no option says otherwise, and is then shown in the
	// locale.
	if ext := r.ext["hc"]; ext != "" && !has12 && slices.Contains([]string{"h11", "h12", "h23", "h24"}, ext) && (cycle == "" || cycle == ext) {
		effective["hc"], cycle = ext, ext
	}
	f.locale = r.shown(effective)
	l.choose(f, given, cycleOf(f.generator.Hour, r.tag, cycle, has12, hour12), required, defaults)
	f.SetPattern(f.pattern)
	f.show()
	return f
}

// calendar refuses the calendars that there is no data of. The calendar is read from the
// option, the tag, or the region: Saudi Arabia's is another than gregory.
func (l *Intl) calendar(o options, r resolved) { // what V8 knows
	known := strings.Fields("buddhist chinese coptic dangi ethioaa ethiopic hebrew indian islamic islamic-civil islamic-rgsa islamic-tbla islamic-umalqura iso8601 japanese persian roc islamicc ethiopic-amete-alem")
	given := o.text("calendar", "")
	if given != "" && !wellFormedType(given) {
		l.rangeError("Invalid calendar : %s", given)
	}
	name := strings.ToLower(given)
	if name == "" {
		name = r.ext["ca"]
	}
	if name == "" || !slices.Contains(known, name) && name != "gregory" {
		region := cldr.Maximize(cldr.Parse(r.tag)).Region
		if list := cldr.Rules().Calendars[region]; len(list) > 0 {
			name = list[0]
		}
	}
	if slices.Contains(known, name) {
		l.rangeError("Intl has no calendar %s in posthaste; it has gregory", name)
	}
}

// zoneOf reads the zone. A machine without a name for its zone is taken for UTC, unless its
// offset says otherwise. Names are matched in any case and replaced by the canonical one.
func (l *Intl) zoneOf(f *dateFormat, o options) {
	v := o.get("timeZone")
	name := time.Local.String()
	if !goja.IsUndefined(v) {
		name = v.ToString().String()
	} else if name == "Local" {
		name = "UTC" // the machine gives its zone no name
		if _, off := time.UnixMilli(0).In(time.Local).Zone(); off != 0 {
			f.Zone = time.Local
		}
	}
	canonical, ok := date.CanonicalZone(name)
	if !ok {
		l.rangeError("Invalid time zone specified: %s", name)
	}
	f.zone, f.ZoneID = canonical, canonical
	if f.Zone == nil {
		zone, err := date.Load(canonical)
		if err != nil {
			l.rangeError("Invalid time zone specified: %s", name)
		}
		f.Zone = zone
	}
}

// cycleOf is the hour letter that is used (UTS 35: h is 1–12, H 0–23, K 0–11, k 1–24). usual
// is the locale's; hour12 counts when has12 says that it was given.
func cycleOf(usual byte, tag, cycle string, has12, hour12 bool) byte {
	if has12 {
		// Japan counts from 0 in both halves of the day.
		japan := cldr.Maximize(cldr.Parse(tag)).Region == "JP"
		switch {
		case hour12 && (usual == 'h' || usual == 'K'):
			return usual
		case hour12 && japan:
			return 'K'
		case hour12:
			return 'h'
		case usual == 'H' || usual == 'k':
			return usual
		case japan:
			return 'H'
		}
		return 'k' // V8: midnight is 24 where twelve hours are usual
	}
	if letter, ok := map[string]byte{"h11": 'K', "h12": 'h', "h23": 'H', "h24": 'k'}[cycle]; ok {
		return letter
	}
	return usual
}

// choose finds the pattern, from a style or from a skeleton of fields. It fills given with
// the defaults.
func (l *Intl) choose(f *dateFormat, given map[string]string, hour byte, required, defaults string) {
	any := func(names []string) bool { // shadows the type; only names are meant here
		return slices.ContainsFunc(names, func(n string) bool { return given[n] != "" })
	}
	if f.dateStyle != "" || f.timeStyle != "" {
		for _, name := range append(append([]string{"era", "timeZoneName"}, dateFields()...), timeFields()...) {
			if given[name] != "" {
				style := "dateStyle"
				if f.dateStyle == "" {
					style = "timeStyle"
				}
				l.env.Throw("TypeError", "Can't set option "+name+" when "+style+" is used")
			}
		}
		if required == "date" && f.timeStyle != "" || required == "time" && f.dateStyle != "" {
			l.env.Throw("TypeError", "Invalid option : "+map[string]string{"date": "timeStyle", "time": "dateStyle"}[required])
		}
		f.pattern = f.styled(hour)
		return
	}
	// ECMA-402, ToDateTimeOptions: defaults only where no field of the required kind is
	// named.
	dated := (required == "date" || required == "any") && any(dateFields())
	timed := (required == "time" || required == "any") && any(timeFields())
	need := !dated && !timed
	if need && (defaults == "date" || defaults == "all") {
		given["year"], given["month"], given["day"] = "numeric", "numeric", "numeric"
	}
	if need && (defaults == "time" || defaults == "all") {
		given["hour"], given["minute"], given["second"] = "numeric", "numeric", "numeric"
	}
	skeleton := ""
	for _, k := range fieldKinds() {
		letters := k.values[given[k.name]]
		if k.name == "hour" {
			letters = strings.ReplaceAll(letters, "j", string(hour))
		}
		skeleton += letters
		if k.name == "second" {
			if n := given["fractionalSecondDigits"]; n != "" {
				skeleton += strings.Repeat("S", int(n[0]-'0'))
			}
		}
	}
	f.pattern = f.generator.Best(skeleton)
	// The best pattern may be one with another hour letter.
	if given["hour"] != "" {
		f.pattern = date.ReplaceHour(f.pattern, hour)
	}
}

// styled is the pattern for dateStyle and timeStyle, which CLDR has whole for each locale. An
// hour cycle that is not the locale's needs another pattern with the same fields.
func (f *dateFormat) styled(hour byte) string {
	times := ""
	if f.timeStyle != "" {
		times = f.Locale.Text("tf." + f.timeStyle)
		own := byte(0)
		skeleton := ""
		date.Letters(times, func(letter byte, n int) {
			switch letter {
			case 'h', 'H', 'K', 'k':
				own = letter
				skeleton += strings.Repeat(string(hour), n)
			case 'a', 'B', 'b': // day periods come with the new hour letter
			default:
				skeleton += strings.Repeat(string(letter), n)
			}
		})
		if own != hour && own != 0 {
			times = date.ReplaceHour(f.generator.Best(skeleton), hour)
		}
	}
	switch {
	case f.dateStyle == "":
		return times
	case f.timeStyle == "":
		return f.Locale.Text("df." + f.dateStyle)
	}
	return f.generator.Join(f.Locale.Text("df."+f.dateStyle), times, f.dateStyle)
}

// show reads the fields of the pattern back for resolvedOptions. The pattern may have chosen
// other widths than were asked for.
func (f *dateFormat) show() {
	values := map[string]string{}
	// Letters that stand once or twice are of the short form too.
	name := func(n int) string { return map[int]string{3: "short", 4: "long", 5: "narrow"}[max(n, 3)] }
	digits := func(n int) string { return map[bool]string{true: "2-digit", false: "numeric"}[n == 2] }
	date.Letters(f.pattern, func(letter byte, n int) {
		switch letter {
		case 'E', 'c', 'e':
			values["weekday"] = name(n)
		case 'G':
			values["era"] = name(n)
		case 'y', 'u', 'r', 'Y':
			values["year"] = digits(n)
		case 'M', 'L':
			values["month"] = digits(n)
			if n > 2 {
				values["month"] = name(n)
			}
		case 'd':
			values["day"] = digits(n)
		case 'B':
			values["dayPeriod"] = name(n)
		case 'h', 'H', 'k', 'K':
			values["hour"] = digits(n)
			f.cycle = map[byte]string{'h': "h12", 'H': "h23", 'k': "h24", 'K': "h11"}[letter]
		case 'm':
			values["minute"] = digits(n)
		case 's':
			values["second"] = digits(n)
		case 'S':
			values["fractionalSecondDigits"] = string(rune('0' + n))
		case 'z':
			values["timeZoneName"] = map[bool]string{true: "long", false: "short"}[n > 3]
		case 'O':
			values["timeZoneName"] = map[bool]string{true: "longOffset", false: "shortOffset"}[n > 3]
		case 'v':
			values["timeZoneName"] = map[bool]string{true: "longGeneric", false: "shortGeneric"}[n > 3]
		}
	})
	for _, n := range []string{"weekday", "era", "year", "month", "day", "dayPeriod", "hour", "minute", "second", "fractionalSecondDigits", "timeZoneName"} { // in the order of the specification
		if values[n] != "" {
			f.shown = append(f.shown, field{n, values[n]})
		}
	}
}

// dateOptions lists the options in the order of the specification; a style stands for the
// fields that it chose, which are then not shown.
func (l *Intl) dateOptions(f *dateFormat) goja.Value {
	o := l.record("locale", f.locale, "calendar", "gregory", "numberingSystem", f.system, "timeZone", f.zone)
	if f.cycle != "" {
		_ = o.Set("hourCycle", f.cycle)
		_ = o.Set("hour12", f.cycle == "h11" || f.cycle == "h12")
	}
	if f.dateStyle == "" && f.timeStyle == "" {
		for _, s := range f.shown {
			if s.name == "fractionalSecondDigits" {
				_ = o.Set(s.name, int(s.value[0]-'0'))
			} else {
				_ = o.Set(s.name, s.value)
			}
		}
	}
	if f.dateStyle != "" {
		_ = o.Set("dateStyle", f.dateStyle)
	}
	if f.timeStyle != "" {
		_ = o.Set("timeStyle", f.timeStyle)
	}
	return o
}
