package intl

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// compare orders two texts: -1, 0 or 1. Texts that are the same are not looked at; that is
// most of what sort asks of a list with repetitions.
func (c *collator) compare(a, b string) int {
	if a == b {
		return 0
	}
	if c.ignorePunctuation {
		a, b = withoutPunctuation(a), withoutPunctuation(b)
	}
	// The order of scripts comes before the letters': x/text's tables do not have it (CLDR:
	// the reorder setting of a locale).
	if order := c.byScript(a, b); order != 0 {
		return order
	}
	order := c.first.CompareString(a, b)
	// caseFirst only decides between texts whose letters and accents are the same.
	if order != 0 && c.sensitivity == "variant" && c.caseFirst != "false" && c.folded.CompareString(a, b) == 0 {
		if first := c.byCase(a, b); first != 0 {
			return first
		}
	}
	if order == 0 && c.sensitivity == "case" {
		return c.byCase(a, b)
	}
	return order
}

// scriptsOf are the scripts that a language puts before all others (CLDR 44, collation
// reorder).
func scriptsOf(language string) []string {
	return map[string][]string{
		"ar": {"Arabic"}, "bg": {"Cyrillic"}, "el": {"Greek"}, "he": {"Hebrew"}, "hi": {"Devanagari"}, "hr": {"Latin", "Cyrillic"},
		"ja": {"Latin", "Kana", "Han"}, "ko": {"Korean"}, "mk": {"Cyrillic"}, "ru": {"Cyrillic"}, "sr": {"Cyrillic"},
		"uk": {"Cyrillic"}, "zh": {"Han"},
	}[language]
}

// byScript orders two texts by the scripts of the first letters that differ, where the
// language puts some first. It is 0 where both are of one script, or the texts differ before.
// So a Russian reader finds Cyrillic names before Latin ones.
func (c *collator) byScript(a, b string) int {
	if len(c.scripts) == 0 {
		return 0
	}
	x, y := []rune(a), []rune(b)
	for i := range min(len(x), len(y)) {
		p, q := c.rank(x[i]), c.rank(y[i])
		if p == q {
			continue
		}
		if p == 0 || q == 0 || c.letters.CompareString(string(x[:i]), string(y[:i])) != 0 {
			return 0 // signs and digits come first in every language
		}
		if p < q {
			return -1
		}
		return 1
	}
	return 0
}

// rank is 0 for what is no letter, then the place of the letter's script; those that the
// language does not name share one, the last.
func (c *collator) rank(r rune) int {
	if !unicode.IsLetter(r) {
		return 0
	}
	for i, script := range c.scripts {
		tables := []string{script}
		switch script {
		case "Kana":
			tables = []string{"Hiragana", "Katakana"}
		case "Korean":
			tables = []string{"Hangul", "Han"} // by their reading, one among the other
		}
		for _, name := range tables {
			if unicode.Is(unicode.Scripts[name], r) {
				return i + 1
			}
		}
	}
	return len(c.scripts) + 1
}

// byCase compares the cases of two texts whose letters are the same. Without caseFirst
// "upper", small letters come first. Accents are taken off, so that the letters stand at the
// same places.
func (c *collator) byCase(a, b string) int {
	upper := func(text string) []bool {
		var out []bool
		for _, r := range norm.NFD.String(text) {
			if unicode.IsLetter(r) {
				out = append(out, unicode.IsUpper(r))
			}
		}
		return out
	}
	x, y := upper(a), upper(b)
	for i := range min(len(x), len(y)) {
		if x[i] == y[i] {
			continue
		}
		if x[i] == (c.caseFirst == "upper") {
			return -1
		}
		return 1
	}
	return 0
}

// withoutPunctuation drops spaces too, as ICU's "alternate shifted" does.
func withoutPunctuation(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}
