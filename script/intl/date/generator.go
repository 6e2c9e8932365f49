package date

import (
	"slices"
	"strings"

	"posthaste/script/intl/cldr"
)

// A known pattern is one that the locale has, taken apart once so that comparing it is cheap.
type known struct {
	skeleton skeleton
	pattern  []item
	given    bool // CLDR names its skeleton
}

// A Generator finds patterns for one locale. It is the part of ICU's DateTimePatternGenerator
// that Intl needs. Making one takes about a thousand comparisons, so callers cache it.
type Generator struct {
	locale *cldr.Locale // ICU's table of fields
	rows   []row
	all    []*known          // in the order in which they are tried
	byBase map[string]*known // by skeleton without widths; see add
	// Hour is the hour letter that the locale prefers.
	Hour    byte
	decimal string // separator before parts of a second
}

// NewGenerator collects the patterns of a locale. The region of tag says which hours are
// usual; decimal stands before parts of a second ("." or ",").
func NewGenerator(locale *cldr.Locale, tag, decimal string) *Generator {
	g := &Generator{locale: locale, rows: rows(), byBase: map[string]*known{}, decimal: decimal, Hour: hourOf(tag)}
	// Each field alone, so that every skeleton finds something.
	for _, letter := range strings.Split("G y Q M w W E D F d a H m s S v", " ") {
		g.add(letter, "")
	}
	// Then the standard formats, then the named ones: the order decides which of two patterns
	// with one skeleton is kept.
	for _, style := range styles() {
		g.add(locale.Text("df."+style), "")
		g.add(locale.Text("tf."+style), "")
	}
	var skeletons []string
	locale.Each("av.", func(key, _ string) { skeletons = append(skeletons, key) })
	// Each has no order, and the result must not depend on it.
	slices.Sort(skeletons)
	for _, key := range skeletons {
		g.add(locale.Text(key), strings.TrimPrefix(key, "av."))
	}
	// Stable: patterns whose first field is the same stay in the order in which they were
	// added.
	slices.SortStableFunc(g.all, func(a, b *known) int { return int(a.first()) - int(b.first()) })
	return g
}

// styles are the widths of the standard formats, in ICU's order.
func styles() []string { return []string{"full", "long", "medium", "short"} }

// first is the first letter of the fields, capitals before others by their byte: the order in
// which patterns are tried. It is 0 for a pattern without fields.
func (k *known) first() byte {
	for i, kind := range k.skeleton.kinds {
		if kind != 0 {
			return "GyQMwWEDFdaHmsSv"[i]
		}
	}
	return 0
}

// add keeps a pattern under its skeleton; one that CLDR names goes before one that was
// derived. name is the skeleton that CLDR gives it, or "" to derive it from the pattern.
func (g *Generator) add(pattern, name string) {
	items := parse(pattern)
	k := &known{pattern: items, skeleton: g.skeleton(items), given: name != ""}
	if name != "" {
		k.skeleton = g.skeleton(parse(name))
	}
	base := g.base(&k.skeleton)
	if old, ok := g.byBase[base]; ok && !k.given && !old.given {
		return // a standard pattern gives way to one before it with the same fields
	}
	g.byBase[base] = k
	// The same fields in the same widths: at most one pattern is kept.
	for _, old := range g.all {
		if key(&old.skeleton) == key(&k.skeleton) {
			if k.given {
				*old = *k
			}
			return
		}
	}
	g.all = append(g.all, k)
}

// base is a skeleton without what only widens its fields, so MMMM and MMM are one base.
// Numeric fields have the length 1.
func (g *Generator) base(s *skeleton) string {
	var b strings.Builder
	for i := range fieldCount {
		if s.kinds[i] == 0 {
			continue
		}
		n := 1
		if r := g.row(s.letters[i], s.lengths[i]); s.kinds[i] < 0 {
			n = r.least
		}
		b.WriteString(strings.Repeat(string("GyQMwWEDFdaHmsSv"[i]), n))
	}
	return b.String()
}

// key is a skeleton as text, widths included.
func key(s *skeleton) string {
	var b strings.Builder
	for i := range fieldCount {
		b.WriteString(strings.Repeat(string(s.letters[i]), s.lengths[i]))
	}
	return b.String()
}

// hourOf is the hour letter that is usual in the region of a locale: 'h' in the US, 'H' in
// Norway. The language can matter within a region (fr-CA). 001, the world, is the default.
func hourOf(tag string) byte {
	t := cldr.Parse(tag)
	region := cldr.Maximize(t).Region
	times := cldr.Rules().Time
	for _, name := range []string{t.Language + "-" + region, t.Language + "_" + region, region, "001"} {
		if set, ok := times[name]; ok && set["_preferred"] != "" {
			return set["_preferred"][0]
		}
	}
	return 'H'
}

// Best is the pattern for a skeleton such as "yMMMd". It always finds one: where no pattern
// of the locale has all fields, date and time are found separately and joined, and single
// fields appended. Fields of hours have the length that the skeleton gives them.
func (g *Generator) Best(want string) string {
	s := g.skeleton(parse(want))
	best, missing, extra := g.nearest(&s, 1<<fieldCount-1) // all fields
	if missing == 0 && extra == 0 {
		return text(g.adjust(best, &s, false))
	}
	fields := s.mask()
	dates := g.appended(&s, fields&dateMask)
	times := g.appended(&s, fields&timeMask)
	switch {
	case len(dates) == 0:
		return text(times)
	case len(times) == 0:
		return text(dates)
	}
	// How date and time are joined depends on the width of the month (UTS 35, part 4, Missing
	// Skeleton Fields).
	style := "short"
	switch {
	case s.lengths[month] == 4 && s.lengths[weekday] > 0:
		style = "full"
	case s.lengths[month] == 4:
		style = "long"
	case s.lengths[month] == 3:
		style = "medium"
	}
	return g.Join(text(dates), text(times), style)
}

// Join puts the pattern of a time to that of a date, in the way of a style: "{1} 'at' {0}"
// for example. dta are the patterns with "at", which only some locales have.
func (g *Generator) Join(dates, times, style string) string {
	pattern := g.locale.First("dta."+style, "dtf."+style)
	return strings.NewReplacer("{1}", dates, "{0}", times).Replace(pattern)
}

// nearest finds the pattern that comes closest to a skeleton in the fields of mask, as ICU's
// DateTimePatternGenerator does, with the fields that it lacks and those that it has too
// many. Of two at the same distance the later one wins when it lacks other fields: ICU's
// rule, on which results depend.
func (g *Generator) nearest(s *skeleton, mask int) (best *known, missing, extra int) {
	low, bestMissing := int(^uint(0)>>1), -1
	for _, k := range g.all {
		d, m, e := s.distance(&k.skeleton, mask)
		if d < low || d == low && bestMissing < m {
			best, low, bestMissing, missing, extra = k, d, m, m, e
			if d == 0 {
				break
			}
		}
	}
	return best, missing, extra
}

// appended is the pattern for some of the fields, put together from several where none has
// them all. It is nil for no fields.
func (g *Generator) appended(s *skeleton, fields int) []item {
	if fields == 0 {
		return nil
	}
	best, missing, _ := g.nearest(s, fields)
	out := g.adjust(best, s, false)
	// Each turn finds at least one more field, or ends the loop: a field that no pattern has
	// would otherwise go on for ever.
	for last := 0; missing != 0 && missing != last; {
		// A missing fraction alone is added to the seconds; patterns of the data never have
		// one.
		if missing&(secondMask|fractionMask) == fractionMask && fields&(secondMask|fractionMask) == secondMask|fractionMask {
			out = g.fixFraction(out, s)
			missing &^= fractionMask
			continue
		}
		last = missing
		start := missing
		var more *known
		more, missing, _ = g.nearest(s, missing)
		// What this turn found; its last field names the way to append it.
		found := start &^ missing
		top := 0
		for i := range fieldCount {
			if found&(1<<i) != 0 {
				top = i
			}
		}
		pattern := g.locale.Text("ap." + appendName(top))
		// The root locale's own pattern (ICU shows it for languages without one).
		if pattern == "" {
			pattern = "{0} ├{2}: {1}┤"
		}
		name := g.locale.Text("fn." + fieldName(top))
		joined := strings.NewReplacer("{0}", text(out), "{1}", text(g.adjust(more, s, false)), "{2}", "'"+name+"'").Replace(pattern)
		out = parse(joined)
	}
	return out
}

// appendName is CLDR's name of a field in appendItems, by the constants of skeleton.go. "*"
// has no entry.
func appendName(field int) string {
	return []string{
		"Era", "Year", "Quarter", "Month", "Week", "*", "Day-Of-Week", "*", "*", "Day", "*", "Hour", "Minute", "Second", "*", "Timezone",
	}[field]
}

// fieldName is CLDR's name of a field in its display names.
func fieldName(field int) string {
	return []string{
		"era", "year", "quarter", "month", "week", "*", "weekday", "*", "*", "day", "dayperiod", "hour", "minute", "second", "*", "zone",
	}[field]
}

// fixFraction puts the parts of a second after the second, with the locale's decimal
// separator. Nothing is added to a pattern without seconds.
func (g *Generator) fixFraction(items []item, s *skeleton) []item {
	var out []item
	for _, it := range items {
		out = append(out, it)
		if it.letter == 's' {
			out = append(out, item{text: g.decimal}, item{letter: 'S', n: s.lengths[fraction]})
		}
	}
	return out
}

// adjust gives the fields of a pattern the lengths that were asked for, following ICU's
// adjustFieldTypes. The pattern of k is not changed. The last parameter is not used.
func (g *Generator) adjust(k *known, s *skeleton, _ bool) []item {
	out := make([]item, len(k.pattern))
	copy(out, k.pattern)
	for i := range out {
		it := &out[i]
		if it.letter == 0 {
			continue
		}
		r := g.row(it.letter, it.n)
		// A field that nobody asked for stays as the pattern has it.
		if r == nil || s.kinds[r.field] == 0 {
			continue
		}
		want, n := s.letters[r.field], s.lengths[r.field]
		// E, EE and EEE are the same width.
		if want == 'E' && n < 3 {
			n = 3
		}
		switch {
		// Minutes and seconds always have two digits, as the locale writes them.
		case r.field == minute || r.field == second:
			n = it.n
		// A named pattern knows best: its own length stays when it is what was asked for, or
		// when names and numbers would be mixed.
		case k.given && want != 'c' && want != 'e':
			patternNumeric, wantNumeric := r.kind > 0, s.kinds[r.field] > 0
			if k.skeleton.lengths[r.field] == n || patternNumeric != wantNumeric {
				n = it.n
			}
		}
		letter := it.letter
		// The letter of hours, months and weekdays is the locale's choice.
		if r.field != hour && r.field != month && r.field != weekday && (r.field != year || want == 'Y') {
			letter = want
		}
		if r.field == hour {
			// hour12 and hourCycle may ask for the other way of counting in the same half of
			// the clock.
			switch string(want) + string(it.letter) {
			case "hK", "Kh", "Hk", "kH":
				letter = want
			}
		}
		// A numeric weekday has the letter e.
		if letter == 'E' && n < 3 {
			letter = 'e'
		}
		it.letter, it.n = letter, n
	}
	return out
}
