package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A table collects the keys of one locale, such as "mon.f.w": "January|February|…".
type table map[string]string

// put keeps a text. Line ends and tabs would break the format, and no text of CLDR has them;
// a panic tells that a new version of CLDR does. The same for a value that is no text: the
// shape of the JSON has changed.
func (t table) put(key string, v any) {
	text, ok := v.(string)
	if !ok || strings.ContainsAny(text, "\n\t") {
		panic(fmt.Sprintf("%s is no plain text: %v", key, v))
	}
	t[key] = text
}

// list keeps texts in order under one key, divided by bars. A name that is missing is an
// empty part.
func (t table) list(key string, from tree, names ...string) {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i], _ = from[name].(string)
		if strings.Contains(parts[i], "|") {
			panic(key + " has a bar in it")
		}
	}
	t[key] = strings.Join(parts, "|")
}

// locale reads all that is kept of one locale, from the packages in which CLDR has it. A file
// that a locale does not have is passed over: its values come from the parent then.
func (g *generator) locale(tag string) (table, error) {
	t := table{}
	steps := []struct {
		pkg, file string
		path      []string
		keep      func(table, tree)
	}{
		{"cldr-dates-full", "ca-gregorian.json", []string{"dates", "calendars", "gregorian"}, calendar},
		{"cldr-dates-full", "dateFields.json", []string{"dates", "fields"}, fields},
		{"cldr-dates-full", "timeZoneNames.json", []string{"dates", "timeZoneNames"}, zones},
		{"cldr-numbers-full", "numbers.json", []string{"numbers"}, numbers},
		{"cldr-numbers-full", "currencies.json", []string{"numbers", "currencies"}, currencies},
		{"cldr-misc-full", "listPatterns.json", []string{"listPatterns"}, lists},
		{"cldr-units-full", "units.json", []string{"units"}, units},
		{"cldr-localenames-full", "languages.json", []string{"localeDisplayNames", "languages"}, names("nl.")},
		{"cldr-localenames-full", "territories.json", []string{"localeDisplayNames", "territories"}, names("nr.")},
		{"cldr-localenames-full", "scripts.json", []string{"localeDisplayNames", "scripts"}, names("ns.")},
		{"cldr-localenames-full", "variants.json", []string{"localeDisplayNames", "variants"}, names("nv.")},
		{"cldr-localenames-full", "localeDisplayNames.json", []string{"localeDisplayNames"}, display},
	}
	for _, s := range steps {
		path := []string{s.pkg, "main", tag, s.file}
		if _, err := os.Stat(filepath.Join(append([]string{g.packages}, path...)...)); os.IsNotExist(err) {
			continue
		}
		got, err := g.read(path...)
		if err != nil {
			return nil, err
		}
		s.keep(t, sub(got, append([]string{"main", tag}, s.path...)...))
	}
	return t, nil
}

// widths are CLDR's widths of names, and the letters for them in keys.
func widths() map[string]string {
	return map[string]string{"wide": "w", "abbreviated": "a", "narrow": "n", "short": "s"}
}

func months() []string { return strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12") }
func days() []string   { return strings.Fields("sun mon tue wed thu fri sat") }

// calendar keeps the names and patterns of the Gregorian calendar: months, days, quarters,
// day periods, eras, patterns of dates, times and intervals.
func calendar(t table, c tree) {
	for context, short := range map[string]string{"format": "f", "stand-alone": "s"} {
		for width, w := range widths() {
			if m := sub(c, "months", context, width); len(m) > 0 {
				t.list("mon."+short+"."+w, m, months()...)
			}
			if d := sub(c, "days", context, width); len(d) > 0 {
				t.list("day."+short+"."+w, d, days()...)
			}
			if q := sub(c, "quarters", context, width); len(q) > 0 {
				t.list("qtr."+short+"."+w, q, "1", "2", "3", "4")
			}
			for name, v := range sub(c, "dayPeriods", context, width) {
				// Alternatives (-alt-variant) are not what Intl shows.
				if !strings.Contains(name, "-alt-") {
					t.put("dp."+short+"."+w+"."+name, v)
				}
			}
		}
	}
	for kind, w := range map[string]string{"eraNames": "w", "eraAbbr": "a", "eraNarrow": "n"} {
		t.list("era."+w, sub(c, "eras", kind), "0", "1")
	}
	for _, style := range []string{"full", "long", "medium", "short"} {
		for kind, key := range map[string]string{"dateFormats": "df.", "timeFormats": "tf.", "dateTimeFormats": "dtf."} {
			v := sub(c, kind)[style]
			if m, ok := v.(tree); ok { // with a numbering system of its own
				v = m["_value"]
			}
			t.put(key+style, v)
		}
		t.put("dta."+style, at(c, "dateTimeFormats-atTime", "standard", style))
	}
	for skeleton, v := range sub(c, "dateTimeFormats", "availableFormats") {
		// Skeletons with a dash have counts or alternatives.
		if text, ok := v.(string); ok && !strings.Contains(skeleton, "-") {
			t.put("av."+skeleton, text)
		}
	}
	for field, v := range sub(c, "dateTimeFormats", "appendItems") {
		t.put("ap."+field, v)
	}
	for skeleton, v := range sub(c, "dateTimeFormats", "intervalFormats") {
		// The pattern for intervals that no skeleton fits.
		if text, ok := v.(string); ok {
			t.put("ivf", text)
			continue
		}
		for field, pattern := range v.(tree) {
			if !strings.Contains(field, "-alt-") {
				t.put("iv."+skeleton+"."+field, pattern)
			}
		}
	}
}

// fields keeps the names of fields and the relative forms ("tomorrow", "in 3 days") for
// Intl.DisplayNames and Intl.RelativeTimeFormat.
func fields(t table, all tree) {
	wanted := strings.Fields("era year quarter month week weekOfYear weekday day dayperiod hour minute second zone")
	for _, field := range wanted {
		for _, width := range []string{"", "-short", "-narrow"} {
			f := sub(all, field+width)
			for key, v := range f {
				switch {
				case key == "displayName":
					t.put("fn."+field+width, v)
				case strings.HasPrefix(key, "relative-type-"):
					t.put("r."+field+width+"."+strings.TrimPrefix(key, "relative-type-"), v)
				case strings.HasPrefix(key, "relativeTime-type-"):
					for count, pattern := range v.(tree) {
						t.put("r."+field+width+"."+strings.TrimPrefix(key, "relativeTime-type-")+"."+strings.TrimPrefix(count, "relativeTimePattern-count-"), pattern)
					}
				}
			}
		}
	}
}

// zones keeps the names of time zones: of metazones, which many zones share (Central European
// Time), of zones themselves, and of example cities.
func zones(t table, z tree) {
	for key, short := range map[string]string{
		"hourFormat": "tz.hour", "gmtFormat": "tz.gmt", "gmtZeroFormat": "tz.zero", "regionFormat": "tz.region", "fallbackFormat": "tz.fallback",
	} {
		t.put(short, z[key])
	}
	keepNames := func(key string, m tree) {
		for _, width := range []string{"long", "short"} {
			for kind, v := range sub(m, width) {
				t.put(key+"."+width+"."+kind, v)
			}
		}
	}
	for name, v := range sub(z, "metazone") {
		keepNames("mz."+name, v.(tree))
	}
	// Zones nest by the parts of their names: America/Argentina/Ushuaia.
	var walk func(name string, m tree)
	walk = func(name string, m tree) {
		if city, ok := m["exemplarCity"].(string); ok {
			t.put("tc."+name, city)
		}
		if _, leaf := m["_type"]; leaf {
			keepNames("zn."+name, m)
			return
		}
		for part, v := range m {
			if inner, ok := v.(tree); ok {
				walk(strings.TrimPrefix(name+"/"+part, "/"), inner)
			}
		}
	}
	walk("", sub(z, "zone"))
}
