package date

import (
	"strings"
	"time"
)

// Range writes two moments, in ms since 1970 UTC, as a range: "10.–12. mai 2024". pattern is
// the formatter's own, without a range. Two moments that show alike are written once. What
// differs decides how much of the end is repeated (ECMA-402, PartitionDateTimeRangePattern;
// UTS 35, intervalFormats).
func (f *Formatter) Range(g *Generator, pattern string, start, end float64) []Part {
	a, b := time.UnixMilli(int64(start)).In(f.Zone), time.UnixMilli(int64(end)).In(f.Zone)
	items := parse(pattern)
	s := g.skeleton(items)
	field := different(a, b, &s)
	if field == "" {
		parts := marked(f.write(items, start), "shared")
		// V8 writes a narrow space before AM in a single date, but not here; it replaces it
		// for compatibility.
		for i := range parts { // as for a date alone
			parts[i].Value = strings.ReplaceAll(parts[i].Value, "\u202f", " ")
		}
		return parts
	}
	if found := f.interval(g, &s, field); found != nil {
		return f.writeInterval(found, start, end)
	}
	// Both ends whole, joined by the locale's dash.
	fallback := f.Locale.Text("ivf")
	if dates, times := intervalSkeleton(&s); dates == "" && times != "" && strings.Contains("GyMd", field) {
		// A time of other days is shown with its date.
		items = parse(g.Join(g.Best("yMd"), pattern, "short"))
	}
	// The same fields, in the pattern that joins date and time.
	if dates, times := intervalSkeleton(&s); dates != "" && times != "" && strings.Contains("GyMd", field) {
		items = parse(g.Best(whole(&s)))
	}
	return f.writeAround(fallback, items, start, end)
}

// marked sets the source of all parts, in place, and returns them.
func marked(parts []Part, source string) []Part {
	for i := range parts {
		parts[i].Source = source
	}
	return parts
}

// writeAround writes both ends whole. fallback is CLDR's pattern, such as "{0} – {1}".
func (f *Formatter) writeAround(fallback string, items []item, start, end float64) []Part {
	before, rest, _ := strings.Cut(fallback, "{0}")
	dash, after, _ := strings.Cut(rest, "{1}")
	var out []Part
	lit := func(text string) {
		if text != "" {
			out = append(out, Part{"literal", text, "shared"})
		}
	}
	lit(before)
	out = append(out, marked(f.write(items, start), "startRange")...)
	lit(dash)
	out = append(out, marked(f.write(items, end), "endRange")...)
	lit(after)
	return out
}

// different is the largest field that differs between two times, of those that are shown or
// stand above them, as the letter by which CLDR keys its intervals; "" when nothing that is
// shown differs. With a date alone, two times of one day do not differ.
func different(a, b time.Time, s *skeleton) string {
	half := func(t time.Time) int { return t.Hour() / 12 }
	// The smallest field that is shown; the zone is no part of a time.
	least := 0
	for i, kind := range s.kinds {
		if kind != 0 && i != zone {
			least = i
		}
	}
	switch {
	case a.Year() > 0 != (b.Year() > 0):
		return "G"
	case a.Year() != b.Year():
		return "y"
	case least <= year:
		return ""
	case a.Month() != b.Month():
		return "M"
	case least <= month:
		return ""
	case a.Day() != b.Day():
		return "d"
	case least < dayPeriod:
		return ""
	case half(a) != half(b):
		return "a"
	case a.Hour() != b.Hour():
		return "h"
	case least <= hour:
		return ""
	case a.Minute() != b.Minute():
		return "m"
	case least <= minute:
		return ""
	case a.Second() != b.Second():
		return "s"
	case least <= second:
		return ""
	case a.Nanosecond()/1e6 != b.Nanosecond()/1e6:
		return "S"
	}
	return ""
}

// interval is the pattern for a range whose largest difference is field; nil where the locale
// has none for it and both ends are written whole.
func (f *Formatter) interval(g *Generator, s *skeleton, field string) []item {
	dates, times := intervalSkeleton(s)
	switch {
	case dates != "" && times != "":
		// With date and time, a range over days has no short form.
		if strings.Contains("Gyd M", field) {
			return nil // both ends whole
		}
		// Within a day: the date once, then a range of times.
		part := f.found(g, times, field, s)
		if part == nil {
			return nil
		}
		joint := f.Locale.Text("dtf.medium")
		return parse(strings.NewReplacer("{1}", g.Best(onlyDate(s)), "{0}", text(part)).Replace(joint))
	case dates != "":
		if s.letters[month] == 'L' {
			return nil // a month alone: both ends whole
		}
		return f.found(g, dates, field, s)
	}
	if strings.Contains("GyMd", field) {
		// a time of other days is shown with its date
		return nil
	}
	return f.found(g, times, field, s)
}

// whole is a skeleton in letters, the inverse of Generator.skeleton; a day period that came
// with the hour is left out, since the hour implies it.
func whole(s *skeleton) string {
	var b strings.Builder
	for i := range fieldCount {
		if i != dayPeriod || s.letters[i] == 'B' {
			b.WriteString(strings.Repeat(string(s.letters[i]), s.lengths[i]))
		}
	}
	return b.String()
}

// onlyDate is the part of a skeleton before the day period.
func onlyDate(s *skeleton) string {
	var b strings.Builder
	for i := range dayPeriod {
		b.WriteString(strings.Repeat(string(s.letters[i]), s.lengths[i]))
	}
	return b.String()
}

// intervalSkeleton is the skeleton as CLDR's intervals are keyed, its date and its time.
// Widths that the keys do not distinguish are made equal: "dd" is "d", "EEE" is "E".
func intervalSkeleton(s *skeleton) (dates, times string) {
	one := func(f int, letter string, n int) string {
		if s.kinds[f] == 0 {
			return ""
		}
		return strings.Repeat(letter, n)
	}
	m := s.lengths[month]
	if m == 2 {
		m = 1
	}
	e := s.lengths[weekday]
	if e > 0 && e <= 3 {
		e = 1
	}
	dates = one(era, "G", 1) + one(year, "y", 1) + one(month, "M", m) + one(weekday, "E", e) + one(day, "d", 1)
	if s.kinds[hour] != 0 {
		letter := "H"
		if s.letters[hour] == 'h' || s.letters[hour] == 'K' {
			letter = "h"
		}
		times = letter
		if s.letters[dayPeriod] == 'B' {
			times = "B" + times
		}
	}
	times += one(minute, "m", 1) + one(second, "s", 1) + one(zone, "v", 1)
	return dates, times
}

// found looks for a pattern among the locale's intervals: that of the skeleton name, or of
// the nearest with the same fields. field is the largest difference, s what was asked for. It
// is nil when no interval has exactly these fields, or none for this difference.
func (f *Formatter) found(g *Generator, name, field string, s *skeleton) []item {
	letters := []string{field}
	// A change of half-day or hour is keyed in several ways, by the clock of the skeleton.
	switch field {
	case "a":
		letters = []string{"a", "B", "H", "h"}
	case "h":
		letters = []string{"h", "H"}
	}
	want := g.skeleton(parse(name))
	best, low := "", 1<<30
	seen := map[string]bool{}
	f.Locale.Each("iv.", func(key, _ string) {
		candidate := strings.Split(key, ".")[1]
		if seen[candidate] {
			return
		}
		seen[candidate] = true
		other := g.skeleton(parse(candidate))
		d, missing, extra := want.distance(&other, 1<<fieldCount-1)
		// The name decides between equals: Each has no order.
		if missing == 0 && extra == 0 && (d < low || d == low && candidate < best) {
			best, low = candidate, d
		}
	})
	if best == "" {
		return nil
	}
	for _, letter := range letters {
		if pattern, ok := f.Locale.Get("iv." + best + "." + letter); ok {
			return g.lengthen(parse(pattern), s, &want, best)
		}
	}
	return nil
}

// lengthen gives the fields of an interval the lengths that were asked for, in place. Numbers
// keep the locale's lengths; names become as wide as asked. name is the skeleton of the
// interval.
func (g *Generator) lengthen(items []item, s, _ *skeleton, name string) []item {
	have := g.skeleton(parse(name))
	for i := range items {
		it := &items[i]
		if it.letter == 0 {
			continue
		}
		r := g.row(it.letter, it.n)
		if r == nil || s.kinds[r.field] == 0 || r.field == hour || r.field == minute || r.field == second {
			if r != nil && r.field == hour && s.kinds[hour] != 0 {
				it.letter = s.letters[hour]
				it.n = max(it.n, s.lengths[hour])
			}
			continue
		}
		switch {
		case r.field == zone || r.field == dayPeriod:
			it.letter, it.n = s.letters[r.field], s.lengths[r.field]
		// Names on both sides.
		case r.kind < 0 && s.kinds[r.field] < 0 && (have.lengths[r.field] != s.lengths[r.field] || r.field == weekday):
			if n := s.lengths[r.field]; n > it.n {
				it.n = n
			}
		}
	}
	return items
}

// writeInterval writes the pattern of a range: from the first field that comes a second time
// on, the fields are the end's. In "d.–d. MMM y" the second d is the end's, and with it MMM
// and y.
func (f *Formatter) writeInterval(items []item, start, end float64) []Part {
	seen := map[string]bool{}
	cut := len(items)
	for i, it := range items {
		if it.letter == 0 {
			continue
		}
		kind := typeOf(it.letter)
		if seen[kind] {
			cut = i
			break
		}
		seen[kind] = true
	}
	first, second := items[:cut], items[cut:]
	// Fields that are in both halves belong to the start or the end; those in one only are
	// shared by both.
	again := map[string]bool{}
	for _, it := range second {
		if it.letter != 0 {
			again[typeOf(it.letter)] = true
		}
	}
	// source marks what lies between the first and the last such field; literals within
	// belong to it.
	source := func(parts []Part, own string) []Part {
		low, high := len(parts), -1
		for i, p := range parts {
			if p.Type != "literal" && (own == "endRange" && seen[p.Type] || own == "startRange" && again[p.Type]) {
				low, high = min(low, i), i
			}
		}
		for i := range parts {
			parts[i].Source = "shared"
			if i >= low && i <= high {
				parts[i].Source = own
			}
		}
		return parts
	}
	return append(source(f.write(first, start), "startRange"), source(f.write(second, end), "endRange")...)
}
