package date

import (
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones are known on machines without zone files

	"posthaste/script/intl/cldr"
)

// CanonicalZone is the name of a zone as CLDR spells it; ok is false for an unknown zone.
// Case does not matter. All names of UTC are "UTC", as V8 resolves them.
func CanonicalZone(name string) (canonical string, ok bool) {
	lower := strings.ToLower(name)
	switch lower {
	case "utc", "gmt", "etc/utc", "etc/gmt", "etc/uct", "etc/zulu", "etc/universal", "uct", "zulu", "universal", "etc/greenwich", "etc/gmt+0", "etc/gmt-0", "etc/gmt0", "gmt0", "gmt+0", "gmt-0", "greenwich":
		return "UTC", true
	}
	canonical, ok = byName()[lower]
	return canonical, ok
}

// byName are the canonical names of zones by all their names in lower case.
//
//nolint:gochecknoglobals // an index of data that never changes
var byName = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, names := range cldr.TimeZones().Aliases {
		for _, n := range names {
			out[strings.ToLower(n)] = names[0]
		}
	}
	return out
})

// Load is the zone of a name that CanonicalZone returned. It can fail only if the time zone
// data of the program lacks it.
func Load(name string) (*time.Location, error) { return time.LoadLocation(name) }

// LongZone is the full name of the zone at a time: "Central European Summer Time".
// Date.prototype.toString ends with it.
func (f *Formatter) LongZone(t time.Time) string {
	const full = 4
	return f.zoneName(item{letter: 'z', n: full}, t.In(f.Zone))
}

// zoneName is the name of a zone at a time, by the letter and length of a field. Where the
// language has no name it is the offset from UTC. Ireland's summer time is its standard time
// in the data, hence the exception.
func (f *Formatter) zoneName(it item, t time.Time) string {
	width := "short"
	if it.n >= 4 {
		width = "long"
	}
	switch it.letter {
	case 'z':
		kind := "standard"
		if t.IsDST() && f.ZoneID != "Europe/Dublin" || f.ZoneID == "Europe/Dublin" && offset(t) != 0 {
			kind = "daylight"
		}
		if text := f.specific(t, width, kind); text != "" {
			return text
		}
	case 'v':
		if text := f.generic(t, width); text != "" {
			return text
		}
	}
	return f.localized(t, width)
}

// offset is seconds east of UTC.
func offset(t time.Time) int {
	_, o := t.Zone()
	return o
}

// specific is a name such as "Central European Summer Time", from the zone itself or from its
// metazone; "" when there is none. width is "short" or "long", kind "standard" or "daylight".
// Short names are rare: most languages have them only for their own zones.
func (f *Formatter) specific(t time.Time, width, kind string) string {
	if text, ok := f.Locale.Get("zn." + f.ZoneID + "." + width + "." + kind); ok {
		return text
	}
	if f.ZoneID == "UTC" {
		return f.Locale.First("zn.Etc/UTC."+width+".standard", "zn.UTC."+width+".standard")
	}
	meta := metazone(f.ZoneID, t)
	if meta == "" {
		return ""
	}
	return cleared(f.Locale.Text("mz." + meta + "." + width + "." + kind))
}

// cleared is a name, "" where a locale takes an inherited name away: CLDR writes three of
// these signs for that.
func cleared(text string) string {
	if strings.HasPrefix(text, "∅∅∅") {
		return ""
	}
	return text
}

// metazone is the group of zones that a zone belonged to at a time, such as "Europe_Central".
// Zones of a group share their names. A zone can change its group, hence the time. The data
// has one name of each zone, which may be another one than id.
func metazone(id string, t time.Time) string {
	zones := cldr.TimeZones()
	spans, ok := zones.Metazones.Zones[id]
	if !ok {
		for _, names := range zones.Aliases {
			for _, n := range names {
				if n == id {
					for _, other := range names {
						if found, ok := zones.Metazones.Zones[other]; ok {
							spans = found
						}
					}
				}
			}
		}
	}
	// The same form as in the data, so that texts compare like times.
	at := t.UTC().Format("2006-01-02 15:04")
	for _, s := range spans {
		if (s[1] == "" || s[1] <= at) && (s[2] == "" || at < s[2]) {
			return s[0]
		}
	}
	return ""
}

// localized is the offset as the language writes it: GMT+1, GMT+05:30 (UTS 35, localized GMT
// format). The long form always has two digits and minutes.
func (f *Formatter) localized(t time.Time, width string) string {
	o := offset(t)
	positive, negative, _ := strings.Cut(f.Locale.Text("tz.hour"), ";")
	pattern := positive
	if o < 0 {
		pattern, o = negative, -o
	}
	h, m, s := o/3600, o/60%60, o%60
	var b strings.Builder
	whole := false // short offsets of full hours end after the hour
	for _, it := range parse(pattern) {
		if whole {
			break
		}
		switch it.letter {
		case 0:
			b.WriteString(it.text)
		case 'H':
			if width == "long" {
				b.WriteString(f.number(h, 2))
			} else {
				b.WriteString(f.number(h, 1))
			}
		case 'm':
			if width == "short" && m == 0 && s == 0 {
				// The separator before the minutes goes too.
				text := strings.TrimRight(b.String(), ":.")
				b.Reset()
				b.WriteString(text)
				whole = true
				continue
			}
			b.WriteString(f.number(m, 2))
			if s != 0 {
				b.WriteString(":" + f.number(s, 2))
			}
		}
	}
	return strings.Replace(f.Locale.Text("tz.gmt"), "{0}", b.String(), 1)
}

// generic is the name of a zone whatever the season: "Central European Time", or the place
// where the group has no such name. A zone that does not change its clocks uses its standard
// name.
func (f *Formatter) generic(t time.Time, width string) string {
	if f.ZoneID == "UTC" {
		return ""
	}
	if meta := metazone(f.ZoneID, t); meta != "" {
		key := "mz." + meta + "." + width + "."
		if !f.changes(t) {
			if text := cleared(f.Locale.Text(key + "standard")); text != "" {
				return text
			}
		}
		if text := cleared(f.Locale.Text(key + "generic")); text != "" {
			return text
		}
	}
	return f.location(f.ZoneID)
}

// changes says that the zone changes its clocks within half a year of a time. Steps of eight
// days find every summer time that lasts longer.
func (f *Formatter) changes(t time.Time) bool {
	if t.IsDST() {
		return true
	}
	half := 184 * 24 * time.Hour
	for d := -half; d <= half; d += 8 * 24 * time.Hour {
		if t.Add(d).IsDST() {
			return true
		}
	}
	return false
}

// location names a zone by its country, where that has one zone or a chief one, or by its
// city: "Norway Time", "Los Angeles Time". It is "" for zones without a country.
func (f *Formatter) location(id string) string {
	zones := cldr.TimeZones()
	code := ""
	count := map[string]int{}
	for c, names := range zones.Aliases {
		// CLDR's codes begin with the country: "nooso" is Norway, Oslo.
		if len(c) >= 5 && !strings.HasPrefix(c, "utc") {
			count[c[:2]]++
		}
		if names[0] == id {
			code = c
		}
	}
	if code == "" || strings.HasPrefix(code, "utc") {
		return ""
	}
	place := ""
	country := strings.ToUpper(code[:min(2, len(code))])
	// Codes of other lengths are exceptions, such as former zones.
	if len(code) == 5 && (count[code[:2]] == 1 || zones.Primary[country] == id) {
		place = f.Locale.Text("nr." + country)
	}
	if place == "" {
		if place = f.Locale.Text("tc." + id); place == "" {
			// The city out of the zone's name, for languages that have no own word for it.
			place = strings.ReplaceAll(id[strings.LastIndexByte(id, '/')+1:], "_", " ")
		}
	}
	return strings.Replace(f.Locale.Text("tz.region"), "{0}", place, 1)
}
