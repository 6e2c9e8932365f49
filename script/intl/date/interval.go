package date

import (
	"strings"
	"time"
)

// Range writes two moments as a range. pattern is the formatter's own.
func (f *Formatter) Range(g *Generator, pattern string, start, end float64) []Part {
	a, b := time.UnixMilli(int64(start)).In(f.Zone), time.UnixMilli(int64(end)).In(f.Zone)
	items := parse(pattern)
	s := g.skeleton(items)
	field := different(a, b, &s)
	if field == "" {
		parts := marked(f.write(items, start), "shared")
		for i := range parts { // as for a date alone
			parts[i].Value = strings.ReplaceAll(parts[i].Value, "\u202f", " ")
		}
		return parts
	}
	if found := f.interval(g, &s, field); found != nil {
		return f.writeInterval(found, start, end)
	}
	fallback := f.Locale.Text("ivf")
	if dates, times := intervalSkeleton(&s); dates == "" && times != "" && strings.Contains("GyMd", field) {
		// A time of other days is shown with its date.
		items = parse(g.Join(g.Best("yMd"), pattern, "short"))
	}
	if dates, times := intervalSkeleton(&s); dates != "" && times != "" && strings.Contains("GyMd", field) {
		items = parse(g.Best(whole(&s)))
	}
	return f.writeAround(fallback, items, start, end)
}

func marked(parts []Part, source string) []Part {
	for i := range parts {
		parts[i].Source = source
	}
	return parts
}

// writeAround writes both ends whole.
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

// different is the largest field that differs between two times, of those that are shown or stand above them.
func different(a, b time.Time, s *skeleton) string {
	half := func(t time.Time) int { return t.Hour() / 12 }
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

// interval is the pattern for a range whose largest difference is field; nil where the locale has none for it.
func (f *Formatter) interval(g *Generator, s *skeleton, field string) []item {
	dates, times := intervalSkeleton(s)
	switch {
	case dates != "" && times != "":
		if strings.Contains("Gyd M", field) {
			return nil // both ends whole
		}
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

// whole is a skeleton in letters; a day period that came with the hour is left to the hour.
func whole(s *skeleton) string {
	var b strings.Builder
	for i := range fieldCount {
		if i != dayPeriod || s.letters[i] == 'B' {
			b.WriteString(strings.Repeat(string(s.letters[i]), s.lengths[i]))
		}
	}
	return b.String()
}

func onlyDate(s *skeleton) string {
	var b strings.Builder
	for i := range dayPeriod {
		b.WriteString(strings.Repeat(string(s.letters[i]), s.lengths[i]))
	}
	return b.String()
}

// intervalSkeleton is the skeleton as CLDR's intervals are keyed, its date and its time.
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

// found looks for a pattern among the locale's intervals: that of the skeleton, or of the nearest with the same fields.
func (f *Formatter) found(g *Generator, name, field string, s *skeleton) []item {
	letters := []string{field}
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

// lengthen gives the fields of an interval the lengths that were asked for.
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
		case r.kind < 0 && s.kinds[r.field] < 0 && (have.lengths[r.field] != s.lengths[r.field] || r.field == weekday):
			if n := s.lengths[r.field]; n > it.n {
				it.n = n
			}
		}
	}
	return items
}

// writeInterval writes the pattern of a range: from the first field that comes a second time it is the end's.
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
	again := map[string]bool{}
	for _, it := range second {
		if it.letter != 0 {
			again[typeOf(it.letter)] = true
		}
	}
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
