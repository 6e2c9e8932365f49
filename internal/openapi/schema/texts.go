package schema

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/pattern"
)

// free is a text for a property of a name, where nothing else is asked.
func (m *maker) free(name string) string {
	text := "text"
	if name != "" {
		text = "example " + name
	}
	if m.random != nil && (m.fresh || m.vary) {
		text += " " + strconv.Itoa(m.random.IntN(1000))
	}
	return text
}

// stringLimits are what all parts of a conjunction ask of a text.
type stringLimits struct {
	least, most int // characters; most is -1 for no limit
	formats     []string
	rules       []*stringRules // those with a pattern
}

func limitsOf(k *conjunction) *stringLimits {
	l := &stringLimits{most: -1}
	for _, s := range k.parts {
		t := s.strings
		if t == nil {
			continue
		}
		l.least = max(l.least, t.minLength)
		if t.maxLength >= 0 && (l.most < 0 || t.maxLength < l.most) {
			l.most = t.maxLength
		}
		if t.format != "" {
			l.formats = append(l.formats, t.format)
		}
		if t.pattern != nil {
			l.rules = append(l.rules, t)
		}
	}
	return l
}

// fit reports whether a text is as all parts ask.
func (l *stringLimits) fit(text string) bool {
	if n := utf8.RuneCountInString(text); n < l.least || l.most >= 0 && n > l.most {
		return false
	}
	for _, format := range l.formats {
		if !isFormat(format, text) {
			return false
		}
	}
	for _, t := range l.rules {
		if !matches(t.pattern, text) {
			return false
		}
	}
	return true
}

func matches(re *regexp2.Regexp, text string) bool {
	ok, err := re.MatchString(text)
	return err == nil && ok
}

// mostOfText is how long a text is made, in characters: who asks for more gets one that does not fit.
const mostOfText = 1 << 20

// text makes a text of format, pattern and length. Where no text was found that is as all of them ask, it is one that is not.
func (m *maker) text(k *conjunction, name string) string {
	l := limitsOf(k)
	for _, format := range l.formats {
		if text, known := m.formatted(format, l); known && l.fit(text) {
			return text
		}
	}
	for _, t := range l.rules {
		if text, ok := pattern.Text(t.patternText, pattern.Limits{Least: l.least, Most: l.most, Fits: l.fit, Rand: m.random}); ok {
			return text
		}
	}
	if text, ok := m.joined(l); ok {
		return text
	}
	text := m.free(name)
	if l.most >= 0 && utf8.RuneCountInString(text) > l.most {
		text = strings.TrimPrefix(text, "example ")
	}
	// A short text has little room to differ: its end does.
	if r := []rune(text); l.most >= 0 && len(r) > l.most {
		if text = string(r[:l.most]); m.random != nil && l.most > 0 {
			text = string(r[len(r)-l.most:])
		}
	}
	if n := l.least - utf8.RuneCountInString(text); n > 0 && n <= mostOfText {
		text += strings.Repeat("x", n)
	}
	return text
}

// joined is a text of several patterns, one behind the other: one may ask for the beginning and another for the end.
func (m *maker) joined(l *stringLimits) (string, bool) {
	if len(l.rules) < 2 {
		return "", false
	}
	var texts []string
	for i, t := range l.rules {
		texts = append(texts, m.textFor(t.pattern, t.patternText, i))
	}
	for range 2 {
		plain := strings.Join(texts, "")
		for _, fill := range []string{"", strings.Repeat("a", max(0, min(l.least-utf8.RuneCountInString(plain), mostOfText)))} {
			if text := texts[0] + fill + strings.Join(texts[1:], ""); l.fit(text) {
				return text, true
			}
		}
		slices.Reverse(texts)
	}
	return "", false
}

// textFor is a text for a pattern alone: the i-th, so that several names differ.
func (m *maker) textFor(re *regexp2.Regexp, expression string, i int) string {
	l := pattern.Limits{Most: -1, Fits: func(text string) bool { return matches(re, text) }, Rand: m.random}
	if i > 1 && l.Rand == nil {
		l.Rand = m.again(i)
	}
	text, _ := pattern.Text(expression, l)
	return text
}

// formatted is a text of a format, always the same but for what is chosen at random, and as long as it must be where the format
// has texts of several lengths; false for a format that is not known.
func (m *maker) formatted(format string, l *stringLimits) (text string, known bool) {
	digit := func() string { return strconv.Itoa(m.pick(10)) }
	some := ""
	if m.random != nil {
		some = strconv.Itoa(m.random.IntN(10000))
	}
	// fill makes a text longer in the middle.
	fill := func(before, after string) string {
		n := l.least - len(before) - len(after)
		return before + strings.Repeat("a", max(0, min(n, mostOfText))) + after
	}
	day := "2026-01-0" + strconv.Itoa(1+m.pick(9))
	switch format {
	case "date-time":
		return day + "T12:00:0" + digit() + "Z", true
	case "date":
		return day, true
	case "time":
		return "12:00:0" + digit() + "Z", true
	case "duration":
		return "P1" + strings.TrimPrefix(some, "0") + "D", true
	case "email", "idn-email":
		text := fill("user"+some, "@example.com")
		if l.most >= 0 && len(text) > l.most {
			text = "a" + digit() + "@b.no"
		}
		return text, true
	case "hostname", "idn-hostname":
		return m.host(l, some), true
	case "ipv4":
		return "192.0.2." + strconv.Itoa(1+m.pick(250)), true
	case "ipv6":
		return "2001:db8::" + strconv.Itoa(1+m.pick(999)), true
	case "uuid", "guid":
		return "3fa85f64-5717-4562-b3fc-2c963f66a" + strconv.Itoa(100+m.pick(900)), true
	case "uri", "url", "iri":
		text := fill("https://example.com/"+some, "")
		if l.most >= 0 && len(text) > l.most {
			text = "urn:a" + digit()
		}
		return text, true
	case "uri-reference", "iri-reference":
		return fill("/path"+some, ""), true
	case "byte":
		return fourfold("ZXhhbXBsZQ==", l.least, some), true
	case "json-pointer":
		return fill("/a/0"+some, ""), true
	case "regex":
		return fill("^a"+some, "$"), true
	case "binary":
		return fill("binary"+some, ""), true
	}
	return "", false
}

// host is the name of a host, of labels of at most 63 letters.
func (m *maker) host(l *stringLimits, some string) string {
	text := "api" + some + ".example.com"
	if l.most >= 0 && len(text) > l.most {
		return "a" + strconv.Itoa(m.pick(10))
	}
	for len(text) < l.least {
		text = strings.Repeat("a", max(1, min(60, l.least-len(text)-1))) + "." + text
	}
	return text
}

// fourfold is base64 of at least so many characters, which come by fours.
func fourfold(text string, least int, some string) string {
	if some != "" {
		text = (some + "aaaa")[:4] + text
	}
	if n := (min(least, mostOfText) - len(text) + 3) / 4; n > 0 {
		text = strings.Repeat("aaaa", n) + text
	}
	return text
}

// isInt reports whether a schema asks for whole numbers only.
func (s *Schema) isInt() bool { return s.types&integer != 0 && !s.types.has(node.Number) }
