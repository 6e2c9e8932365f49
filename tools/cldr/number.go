package main

import "strings"

// numbers keeps symbols and patterns for each numbering system of the locale: keys of CLDR
// are "symbols-numberSystem-latn".
func numbers(t table, n tree) {
	t.put("ns", n["defaultNumberingSystem"])
	t.put("ns.native", at(n, "otherNumberingSystems", "native"))
	t.put("mgd", n["minimumGroupingDigits"])
	for key, v := range n {
		kind, system, ok := strings.Cut(key, "-numberSystem-")
		m, isTree := v.(tree)
		if !ok || !isTree {
			continue
		}
		switch kind {
		case "symbols":
			for name, symbol := range m {
				if !strings.Contains(name, "-alt-") {
					t.put("sym."+system+"."+name, symbol)
				}
			}
		case "decimalFormats":
			t.put("dec."+system, m["standard"])
			for _, width := range []string{"short", "long"} {
				compact(t, "cmp."+system+"."+width, sub(m, width, "decimalFormat"))
			}
		case "percentFormats":
			t.put("pct."+system, m["standard"])
		case "scientificFormats":
			t.put("sci."+system, m["standard"])
		case "miscPatterns":
			for name, pattern := range m {
				t.put("misc."+system+"."+name, pattern)
			}
		case "currencyFormats":
			currency(t, system, m)
		}
	}
}

// compact keeps the patterns of large numbers: 03.one for "1000-count-one", by the number of
// zeros in two digits, so that keys sort by size.
func compact(t table, key string, m tree) {
	for name, pattern := range m {
		size, count, ok := strings.Cut(name, "-count-")
		if !ok {
			continue
		}
		// The variant for a currency code that is letters, with a blank before it.
		count = strings.Replace(count, "-alt-alphaNextToNumber", ".alpha", 1)
		t.put(key+"."+string(rune('0'+(len(size)-1)/10))+string(rune('0'+(len(size)-1)%10))+"."+count, pattern)
	}
}

// currency keeps the patterns for amounts of money, and what is put between a number and a
// currency's letters.
func currency(t table, system string, m tree) {
	for _, name := range []string{"standard", "standard-alphaNextToNumber", "accounting", "accounting-alphaNextToNumber"} {
		if v, ok := m[name].(string); ok {
			t.put("cur."+system+"."+name, v)
		}
	}
	for _, where := range []string{"before", "after"} {
		s := sub(m, "currencySpacing", where+"Currency")
		t.put("cs."+system+"."+where, s["insertBetween"])
	}
	compact(t, "cmpc."+system, sub(m, "short", "standard"))
	for name, v := range m {
		if count, ok := strings.CutPrefix(name, "unitPattern-count-"); ok {
			t.put("cur."+system+".unit."+count, v)
		}
	}
}

// currencies keeps names and symbols. A symbol that is the code itself is left out, since
// that is the fallback anyway.
func currencies(t table, all tree) {
	for code, v := range all {
		for name, text := range v.(tree) {
			switch {
			case name == "symbol":
				if text != code {
					t.put("cu."+code+".sym", text)
				}
			case name == "symbol-alt-narrow":
				t.put("cu."+code+".narrow", text)
			case name == "displayName":
				t.put("cu."+code+".name", text)
			case strings.HasPrefix(name, "displayName-count-"):
				t.put("cu."+code+"."+strings.TrimPrefix(name, "displayName-count-"), text)
			}
		}
	}
}

// lists keeps the patterns of Intl.ListFormat: "{0} and {1}" in types and widths.
func lists(t table, all tree) {
	for name, v := range all {
		kind := strings.TrimPrefix(name, "listPattern-type-")
		for part, pattern := range v.(tree) {
			t.put("l."+kind+"."+part, pattern)
		}
	}
}

// simple are the units that ECMA-402 knows (table "Single units sanctioned for use in
// ECMAScript"). CLDR has many more, which Intl refuses.
func simple() map[string]bool {
	out := map[string]bool{}
	for _, u := range strings.Fields(`acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte
		gram hectare hour inch kilobit kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile mile-scandinavian
		milliliter millimeter millisecond minute month nanosecond ounce percent petabyte pound second stone terabit terabyte week yard year`) {
		out[u] = true
	}
	return out
}

// units keeps the patterns of these units and of compounds of two, such as
// kilometer-per-hour, for which CLDR has patterns of their own.
func units(t table, all tree) {
	known := simple()
	for _, width := range []string{"long", "short", "narrow"} {
		for name, v := range sub(all, width) {
			m, ok := v.(tree)
			if !ok {
				continue
			}
			if name == "per" {
				t.put("u."+width+".per", m["compoundUnitPattern"])
				continue
			}
			// CLDR's names have the kind in front: length-kilometer.
			_, unit, _ := strings.Cut(name, "-")
			first, second, compound := strings.Cut(unit, "-per-")
			if !known[unit] && !(compound && known[first] && known[second]) {
				continue
			}
			for key, pattern := range m {
				switch {
				case strings.HasPrefix(key, "unitPattern-count-"):
					t.put("u."+width+"."+unit+"."+strings.TrimPrefix(key, "unitPattern-count-"), pattern)
				case key == "perUnitPattern":
					t.put("u."+width+"."+unit+".per", pattern)
				}
			}
		}
	}
}

// names keeps a table of names under a prefix, with their short and other variants, for
// Intl.DisplayNames.
func names(prefix string) func(table, tree) {
	return func(t table, all tree) {
		for code, v := range all {
			if text, ok := v.(string); ok {
				t.put(prefix+code, text)
			}
		}
	}
}

// display keeps how the name of a language is joined with those of its region and script, and
// the names of calendars.
func display(t table, d tree) {
	for key, short := range map[string]string{"localePattern": "np.locale", "localeSeparator": "np.separator", "localeKeyTypePattern": "np.key"} {
		t.put(short, at(d, "localeDisplayPattern", key))
	}
	for name, v := range sub(d, "types", "calendar") {
		t.put("nc."+name, v)
	}
}
