package main

import (
	"encoding/json"
	"strings"
)

// supplemental writes what belongs to no language: one JSON object, and another for time
// zones, which only some scripts need.
func (g *generator) supplemental() error {
	out := tree{}
	files := []struct {
		name, file string
		path       []string
	}{
		{"likely", "likelySubtags.json", []string{"likelySubtags"}},
		{"plurals", "plurals.json", []string{"plurals-type-cardinal"}},
		{"ordinals", "ordinals.json", []string{"plurals-type-ordinal"}},
		{"ranges", "pluralRanges.json", []string{"plurals"}},
		{"time", "timeData.json", []string{"timeData"}},
		{"periods", "dayPeriods.json", []string{"dayPeriodRuleSet"}},
		{"fractions", "currencyData.json", []string{"currencyData", "fractions"}},
		{"digits", "numberingSystems.json", []string{"numberingSystems"}},
		{"calendars", "calendarPreferenceData.json", []string{"calendarPreferenceData"}},
		{"primary", "primaryZones.json", []string{"primaryZones"}},
		{"language", "aliases.json", []string{"metadata", "alias", "languageAlias"}},
		{"territory", "aliases.json", []string{"metadata", "alias", "territoryAlias"}},
		{"week", "weekData.json", []string{"weekData"}},
		{"metazones", "metaZones.json", []string{"metaZones"}},
	}
	for _, f := range files {
		t, err := g.read("cldr-core", "supplemental", f.file)
		if err != nil {
			return err
		}
		out[f.name] = slim(f.name, sub(t, append([]string{"supplemental"}, f.path...)...))
	}
	available, err := g.read("cldr-core", "availableLocales.json")
	if err != nil {
		return err
	}
	content, err := g.read("cldr-core", "defaultContent.json")
	if err != nil {
		return err
	}
	// Locales whose content is that of their parent (de-DE) have no files and are supported
	// all the same.
	out["available"] = append(at(available, "availableLocales", "full").([]any), content["defaultContent"].([]any)...)
	zones, err := g.read("cldr-bcp47", "bcp47", "timezone.json")
	if err != nil {
		return err
	}
	byZone := tree{"aliases": zoneAliases(sub(zones, "keyword", "u", "tz")), "metazones": out["metazones"], "primary": out["primary"]}
	delete(out, "metazones")
	delete(out, "primary")
	data, err := json.Marshal(byZone)
	if err != nil {
		return err
	}
	if err := g.write("zones", data); err != nil {
		return err
	}
	data, err = json.Marshal(out)
	if err != nil {
		return err
	}
	return g.write("supplemental", data)
}

// slim leaves out what nothing asks for, such as the samples of plural rules, and shortens
// the shape of what is kept.
func slim(name string, t tree) tree {
	out := tree{}
	for key, v := range t {
		m, isTree := v.(tree)
		switch name {
		case "plurals", "ordinals":
			rules := tree{}
			for count, rule := range m {
				// Behind the @ are samples: "n = 1 @integer 1".
				text, _, _ := strings.Cut(rule.(string), "@")
				rules[strings.TrimPrefix(count, "pluralRule-count-")] = strings.TrimSpace(text)
			}
			out[key] = rules
		case "digits":
			// Algorithmic systems (Roman numerals) have no digits, and ECMA-402 does not have
			// them.
			if m["_type"] == "numeric" {
				out[key] = m["_digits"]
			}
		case "language", "territory":
			if isTree {
				out[key] = m["_replacement"]
			}
		case "metazones":
			if key == "metazoneInfo" {
				flatZones("", sub(m, "timezone"), out)
			}
		default:
			out[key] = v
		}
	}
	if name == "metazones" {
		// The zone that stands for a metazone in a territory, "001" being the world.
		golden := tree{}
		for _, v := range list(t["metazones"]) {
			z := sub(v.(tree), "mapZone")
			golden[z["_other"].(string)+"|"+z["_territory"].(string)] = z["_type"]
		}
		return tree{"zones": out, "golden": golden}
	}
	return out
}

// list is a JSON array, nil for anything else.
func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// flatZones lists for each zone its metazones: name, from, to. Times are CLDR's texts in UTC,
// "" for no bound.
func flatZones(name string, t, out tree) {
	for part, v := range t {
		path := strings.TrimPrefix(name+"/"+part, "/")
		if uses, ok := v.([]any); ok {
			var spans []any
			for _, u := range uses {
				m := sub(u.(tree), "usesMetazone")
				spans = append(spans, []any{m["_mzone"], text(m["_from"]), text(m["_to"])})
			}
			out[path] = spans
			continue
		}
		flatZones(path, v.(tree), out)
	}
}

// text is a JSON string, "" for anything else.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// zoneAliases lists zones by their CLDR code: [canonical, aliases …], such as uslax:
// America/Los_Angeles, US/Pacific.
func zoneAliases(t tree) tree {
	out := tree{}
	for code, v := range t {
		if m, ok := v.(tree); ok && m["_alias"] != nil {
			out[code] = strings.Fields(m["_alias"].(string))
		}
	}
	return out
}
