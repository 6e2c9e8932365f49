package value

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Damage is what happened to a value when it was copied.
type Damage struct {
	What string // "a space at the end"
	Do   string // "take the space at the end out", "" when nothing but copying again helps
}

// Damages finds what a text has that is no part of a value, and repairs it as far as that can be done. It shows none of
// the value's own characters. fits reports whether a text could be the value.
func Damages(text string, fits func(string) bool) (list []Damage, repaired string) {
	for range 8 { // each pass takes one kind of damage off
		d, next := damage(text, fits)
		if d.What == "" {
			break
		}
		list = append(list, d)
		if next == text {
			break
		}
		text = next
	}
	return list, text
}

// damage finds the first that is wrong with a text, and the text without it.
func damage(text string, fits func(string) bool) (d Damage, without string) {
	if d, without = prefixed(text); d.What != "" {
		return d, without
	}
	if d, without = blanks(text); d.What != "" {
		return d, without
	}
	if d, without = wrapped(text); d.What != "" && !fits(text) {
		return d, without
	}
	if d, without = lookalike(text); d.What != "" {
		return d, without
	}
	if d, without = encoded(text, fits); d.What != "" {
		return d, without
	}
	if text != "" && strings.ContainsAny(text[len(text)-1:], ",;.") && !fits(text) {
		sign := map[byte]string{',': "comma", ';': "semicolon", '.': "full stop"}[text[len(text)-1]]
		return Damage{"a " + sign + " at the end", "take the " + sign + " at the end out"}, text[:len(text)-1]
	}
	if half := len(text) / 2; half > 0 && text[:half] == text[half:] && !fits(text) && fits(text[:half]) {
		return Damage{"the value twice, one behind the other", "take one of the two out"}, text[:half]
	}
	return Damage{}, text
}

// blanks are characters that nobody sees.
func blanks(text string) (d Damage, without string) {
	for i, r := range text {
		name := invisible(r)
		if name == "" {
			continue
		}
		at := where(text, r)
		if at == " inside" {
			at = fmt.Sprintf(" at character %d", 1+utf8.RuneCountInString(text[:i]))
		}
		return Damage{name + at, "take the " + name[strings.IndexByte(name, ' ')+1:] + at + " out"}, strings.Map(func(one rune) rune {
			if invisible(one) == name {
				return -1
			}
			return one
		}, text)
	}
	return Damage{}, text
}

// isBlank reports whether nobody sees a character.
func isBlank(r rune) bool { return invisible(r) != "" }

// invisible names a character that nobody sees.
func invisible(r rune) string {
	switch {
	case r == '\r' || r == '\n' || r == '\u2028' || r == '\u2029' || r == '\u0085':
		return "a line break"
	case r == '\t':
		return "a tab"
	case r == ' ':
		return "a space"
	case r == '\u00a0' || r == '\u202f' || r == '\u2007' || unicode.Is(unicode.Zs, r):
		return "a non-breaking space"
	case r == '\ufeff':
		return "a byte order mark"
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || r == '\u034f' || r == '\u115f' || r == '\u3164':
		return "an invisible character"
	case unicode.IsControl(r) || r == utf8.RuneError:
		return "a control character"
	}
	return ""
}

// where says at which end of text a character stands.
func where(text string, r rune) string {
	core := strings.TrimFunc(text, isBlank)
	if core == "" {
		return ""
	}
	before, after, _ := strings.Cut(text, core)
	switch {
	case strings.ContainsRune(core, r):
		return " inside"
	case strings.ContainsRune(after, r) && strings.ContainsRune(before, r):
		return " at both ends"
	case strings.ContainsRune(after, r):
		return " at the end"
	}
	return " at the beginning"
}

// wrapped says what stands around a value.
func wrapped(text string) (d Damage, without string) {
	const quotes = "\"'`\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a"
	inner := strings.Trim(text, quotes)
	switch {
	case text == "":
		return Damage{}, text
	case inner != text && strings.ContainsAny(text[:1]+text[len(text)-1:], "\"'`") && len(text)-len(inner) == 1:
		return Damage{"a quote at one end", "take the quote out"}, inner
	case inner != text && !strings.ContainsAny(text, quotes[3:]):
		return Damage{"quotes around it", "take the quotes out"}, inner
	case inner != text:
		return Damage{"typographic quotes", "take the quotes out"}, inner
	case text[0] == '<' || text[len(text)-1] == '>':
		return Damage{"the angle brackets of the placeholder", "take the angle brackets out"}, strings.Trim(text, "<>")
	case strings.HasPrefix(text, "{{") || strings.HasSuffix(text, "}}"):
		return Damage{"the braces of a placeholder", "take the braces out"}, strings.Trim(text, "{}")
	}
	return Damage{}, text
}

// prefixed finds a word or a name in front of a value.
func prefixed(text string) (d Damage, without string) {
	if hasPrefixFold(text, "bearer ") || hasPrefixFold(text, "basic ") {
		word, rest, _ := strings.Cut(text, " ")
		return Damage{`the word "` + word + `" in front`, `take "` + word + `" out`}, strings.TrimLeft(rest, " ")
	}
	for _, between := range []string{":", "="} {
		name, rest, ok := strings.Cut(text, between)
		if ok && isName(name) && rest != "" && rest != "=" && !strings.Contains(text, "://") {
			sign := map[string]string{":": "a colon", "=": "an equals sign"}[between]
			return Damage{"a name and " + sign + " in front", "take the name and the sign behind it out"}, strings.TrimLeft(rest, " ")
		}
	}
	return Damage{}, text
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// isName reports whether a text is a header's or a variable's name.
func isName(text string) bool {
	for _, r := range text {
		if r != '-' && r != '_' && !unicode.IsLetter(r) {
			return false
		}
	}
	return text != "" && strings.ContainsAny(text, "-_") || strings.EqualFold(text, "msn")
}

// encoded finds values that were encoded for another place.
func encoded(text string, fits func(string) bool) (d Damage, without string) {
	switch plain, err := url.PathUnescape(text); {
	case fits(text):
		return Damage{}, text
	case err == nil && plain != text:
		at := 1 + utf8.RuneCountInString(text[:strings.IndexByte(text, '%')])
		code := text[strings.IndexByte(text, '%'):][:3]
		return Damage{
			fmt.Sprintf("characters encoded as in a URL, from character %d (%s)", at, code),
			fmt.Sprintf("decode what is encoded as in a URL (%s becomes %q)", code, plain[strings.IndexByte(text, '%'):][:1]),
		}, plain
	case html.UnescapeString(text) != text:
		at := strings.IndexByte(text, '&')
		return Damage{
			fmt.Sprintf("characters encoded as in HTML, from character %d (&..;)", 1+utf8.RuneCountInString(text[:at])),
			"decode what is encoded as in HTML (&#61; becomes \"=\", &amp; becomes \"&\")",
		}, html.UnescapeString(text)
	case strings.Contains(text, `\`):
		return Damage{"a backslash", "take the backslash out"}, strings.ReplaceAll(text, `\`, "")
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err == nil && fits(string(data)) {
		return Damage{"encoded in Base64 once more", "decode the Base64 around it"}, string(data)
	}
	return Damage{}, text
}
