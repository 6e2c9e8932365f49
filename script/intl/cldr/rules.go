package cldr

import (
	"encoding/json"
	"sync"
)

// A Supplement is what belongs to no language, as CLDR's supplemental files have it.
type Supplement struct {
	// By tag or code, in CLDR's notation: likely subtags, aliases of languages and of
	// regions, digits of numbering systems.
	Likely, Language, Territory, Digits map[string]string
	// Plural rules by language and category.
	Plurals, Ordinals, Ranges map[string]map[string]string
	Time                      map[string]map[string]string            // hour letters by region
	Periods                   map[string]map[string]map[string]string // parts of the day, by language and name
	Fractions                 map[string]map[string]string            // digits after the point, by currency
	Calendars                 map[string][]string                     // by region, the preferred one first
	Week                      map[string]json.RawMessage
	// Available are the locales that ICU has data for, in all languages.
	Available []string
}

// Zones is what is known of time zones: names, the main zone of a country, and the groups
// that share names.
type Zones struct {
	// Aliases are the names of each zone, the canonical one first, by CLDR's code, which begins with a country.
	Aliases   map[string][]string
	Primary   map[string]string // the main zone of a country, by its code in capitals
	Metazones struct {
		// Zones has, by zone, spans of name, from and to; "" is an open end. Times are UTC.
		Zones  map[string][][3]string // name, from, to
		Golden map[string]string
	}
}

//nolint:gochecknoglobals // data that never changes, read once
var rules = sync.OnceValue(func() *Supplement { return decode(&Supplement{}, "supplemental") })

//nolint:gochecknoglobals // data that never changes, read once
var zones = sync.OnceValue(func() *Zones { return decode(&Zones{}, "zones") })

// Rules returns the supplement. It is read once and must not be changed.
func Rules() *Supplement { return rules() }

// TimeZones returns what is known of time zones. It is read once and must not be changed.
func TimeZones() *Zones { return zones() }

// decode reads an embedded file of ours; a test reads each, so that it cannot fail here.
func decode[T any](into *T, name string) *T {
	text, err := unpack(name)
	if err == nil {
		err = json.Unmarshal([]byte(text), into)
	}
	if err != nil {
		panic("cldr: " + name + ": " + err.Error())
	}
	return into
}

// available are the tags that ICU knows, with those that stand for others: the language
// alone, and language and region where the script follows from them.
//
//nolint:gochecknoglobals // an index of data that never changes
var available = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, tag := range Rules().Available {
		out[tag] = true
		t := Parse(tag)
		out[t.Language] = true
		if t.Script != "" && t.Region != "" { // zh-TW stands for zh-Hant-TW
			short := Tag{Language: t.Language, Region: t.Region}
			if Maximize(short).Script == t.Script {
				out[short.Base()] = true
			}
		}
	}
	delete(out, "nb-NO") // ICU has it as an alias of no
	return out
})

// Available says whether ICU has data for exactly this locale. Intl resolves to the longest
// available prefix of what a script asks for. Its data need not be carried here.
func Available(tag string) bool { return available()[tag] }

// Carried says whether the language of a tag has its data in this program.
func Carried(tag string) bool {
	_, err := data.Open("data/" + Parse(tag).Language + ".gz")
	return err == nil
}

// CarriedLanguages lists the languages whose data is here, in alphabetical order.
func CarriedLanguages() []string {
	entries, err := data.ReadDir("data")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		name := e.Name()[:len(e.Name())-len(".gz")]
		if name != "supplemental" && name != "zones" {
			out = append(out, name)
		}
	}
	return out
}
