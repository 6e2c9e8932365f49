package date

import (
	"slices"
	"strings"

	"posthaste/script/intl/cldr"
)

// A known pattern is one that the locale has.
type known struct {
	skeleton skeleton
	pattern  []item
	given    bool // CLDR names its skeleton
}

// A Generator finds patterns for one locale.
type Generator struct {
	locale *cldr.Locale
	rows   []row
	all    []*known
	byBase map[string]*known
	// Hour is the hour letter that the locale prefers.
	Hour    byte
	decimal string
}

// NewGenerator collects the patterns of a locale. region says which hours are usual, decimal stands before parts of a second.
func NewGenerator(locale *cldr.Locale, tag, decimal string) *Generator {
	g := &Generator{locale: locale, rows: rows(), byBase: map[string]*known{}, decimal: decimal, Hour: hourOf(tag)}
	for _, letter := range strings.Split("G y Q M w W E D F d a H m s S v", " ") {
		g.add(letter, "")
	}
	for _, style := range styles() {
		g.add(locale.Text("df."+style), "")
		g.add(locale.Text("tf."+style), "")
	}
	var skeletons []string
	locale.Each("av.", func(key, _ string) { skeletons = append(skeletons, key) })
	slices.Sort(skeletons)
	for _, key := range skeletons {
		g.add(locale.Text(key), strings.TrimPrefix(key, "av."))
	}
	slices.SortStableFunc(g.all, func(a, b *known) int { return int(a.first()) - int(b.first()) })
	return g
}

func styles() []string { return []string{"full", "long", "medium", "short"} }

// first is the first letter of the fields, capitals before others: the order that patterns are tried in.
func (k *known) first() byte {
	for i, kind := range k.skeleton.kinds {
		if kind != 0 {
			return "GyQMwWEDFdaHmsSv"[i]
		}
	}
	return 0
}

// add keeps a pattern under its skeleton; one that CLDR names goes before one that was derived.
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

// base is a skeleton without what only widens its fields.
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

func key(s *skeleton) string {
	var b strings.Builder
	for i := range fieldCount {
		b.WriteString(strings.Repeat(string(s.letters[i]), s.lengths[i]))
	}
	return b.String()
}

// hourOf is the hour letter that is usual in the region of a locale.
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

// Best is the pattern for a skeleton. Fields of hours have the length that the skeleton gives them.
func (g *Generator) Best(want string) string {
	s := g.skeleton(parse(want))
	best, missing, extra := g.nearest(&s, 1<<fieldCount-1)
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

// Join puts the pattern of a time to that of a date.
func (g *Generator) Join(dates, times, style string) string {
	pattern := g.locale.First("dta."+style, "dtf."+style)
	return strings.NewReplacer("{1}", dates, "{0}", times).Replace(pattern)
}

// nearest finds the pattern that comes closest to a skeleton, as ICU's DateTimePatternGenerator does.
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

// appended is the pattern for some of the fields, put together from several where no one has them all.
func (g *Generator) appended(s *skeleton, fields int) []item {
	if fields == 0 {
		return nil
	}
	best, missing, _ := g.nearest(s, fields)
	out := g.adjust(best, s, false)
	for last := 0; missing != 0 && missing != last; {
		if missing&(secondMask|fractionMask) == fractionMask && fields&(secondMask|fractionMask) == secondMask|fractionMask {
			out = g.fixFraction(out, s)
			missing &^= fractionMask
			continue
		}
		last = missing
		start := missing
		var more *known
		more, missing, _ = g.nearest(s, missing)
		found := start &^ missing
		top := 0
		for i := range fieldCount {
			if found&(1<<i) != 0 {
				top = i
			}
		}
		pattern := g.locale.Text("ap." + appendName(top))
		if pattern == "" {
			pattern = "{0} ├{2}: {1}┤"
		}
		name := g.locale.Text("fn." + fieldName(top))
		joined := strings.NewReplacer("{0}", text(out), "{1}", text(g.adjust(more, s, false)), "{2}", "'"+name+"'").Replace(pattern)
		out = parse(joined)
	}
	return out
}

func appendName(field int) string {
	return []string{
		"Era", "Year", "Quarter", "Month", "Week", "*", "Day-Of-Week", "*", "*", "Day", "*", "Hour", "Minute", "Second", "*", "Timezone",
	}[field]
}

func fieldName(field int) string {
	return []string{
		"era", "year", "quarter", "month", "week", "*", "weekday", "*", "*", "day", "dayperiod", "hour", "minute", "second", "*", "zone",
	}[field]
}

// fixFraction puts the parts of a second after the second.
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

// adjust gives the fields of a pattern the lengths that were asked for.
func (g *Generator) adjust(k *known, s *skeleton, _ bool) []item {
	out := make([]item, len(k.pattern))
	copy(out, k.pattern)
	for i := range out {
		it := &out[i]
		if it.letter == 0 {
			continue
		}
		r := g.row(it.letter, it.n)
		if r == nil || s.kinds[r.field] == 0 {
			continue
		}
		want, n := s.letters[r.field], s.lengths[r.field]
		if want == 'E' && n < 3 {
			n = 3
		}
		switch {
		case r.field == minute || r.field == second:
			n = it.n
		case k.given && want != 'c' && want != 'e':
			patternNumeric, wantNumeric := r.kind > 0, s.kinds[r.field] > 0
			if k.skeleton.lengths[r.field] == n || patternNumeric != wantNumeric {
				n = it.n
			}
		}
		letter := it.letter
		if r.field != hour && r.field != month && r.field != weekday && (r.field != year || want == 'Y') {
			letter = want
		}
		if r.field == hour {
			switch string(want) + string(it.letter) {
			case "hK", "Kh", "Hk", "kH":
				letter = want
			}
		}
		if letter == 'E' && n < 3 {
			letter = 'e'
		}
		it.letter, it.n = letter, n
	}
	return out
}
