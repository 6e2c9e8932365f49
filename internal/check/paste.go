package check

import (
	"strings"
	"unicode"
)

// pasteDamage says what a value has from being copied that is no part of it, "" when there is nothing.
// It shows none of the value's own characters.
func pasteDamage(text string) string {
	trimmed := strings.TrimSpace(text)
	switch {
	case strings.ContainsAny(text, "\r\n"):
		return "a line break" + where(text, "\r\n")
	case strings.Contains(text, "\t"):
		return "a tab" + where(text, "\t")
	}
	for _, r := range text {
		if name := invisible(r); name != "" {
			return name + where(text, string(r))
		}
	}
	if trimmed != text {
		return "a space" + where(text, " ")
	}
	return wrapped(text)
}

// wrapped says what stands around a value or in the place of its characters.
func wrapped(text string) string {
	first, last := text[:1], text[len(text)-1:]
	switch {
	case len(text) > 1 && first == last && strings.Contains("\"'`", first):
		return "quotes around it"
	case strings.ContainsAny(text, "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"):
		return "typographic quotes"
	case strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }):
		return "a letter or sign that is not ASCII"
	case strings.ContainsAny(first+last, "\"'`"):
		return "a quote at one end"
	case first == "<" || last == ">":
		return "the angle brackets of the placeholder"
	case strings.Contains(text, "&amp;"), strings.Contains(text, "&#"):
		return "characters encoded as in HTML (&..;)"
	case last == "," || last == ";":
		return "a " + map[string]string{",": "comma", ";": "semicolon"}[last] + " at the end"
	case hasPrefixFold(text, "bearer "), hasPrefixFold(text, "basic "):
		return "the word \"" + text[:strings.IndexByte(text, ' ')] + "\" in front"
	case strings.Contains(text, "%3D"), strings.Contains(text, "%3d"), strings.Contains(text, "%2B"), strings.Contains(text, "%2F"):
		return "characters encoded as in a URL (%..)"
	}
	if name, _, ok := strings.Cut(text, ":"); ok && isName(name) && !strings.Contains(text, "://") {
		return "a name and a colon in front"
	}
	return ""
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// isName tells whether a text is a header's or a variable's name.
func isName(text string) bool {
	for _, r := range text {
		if r != '-' && r != '_' && !unicode.IsLetter(r) {
			return false
		}
	}
	return text != ""
}

// where says at which end of text one of chars stands.
func where(text, chars string) string {
	core := strings.Trim(text, " \t\r\n"+chars)
	before, after, _ := strings.Cut(text, core)
	switch {
	case core == "":
		return ""
	case strings.ContainsAny(core, chars):
		return " inside"
	case strings.ContainsAny(after, chars):
		return " at the end"
	case strings.ContainsAny(before, chars):
		return " at the beginning"
	}
	return ""
}

// invisible names a character that nobody sees.
func invisible(r rune) string {
	switch {
	case r == '\u00a0' || r == '\u202f' || r == '\u2007':
		return "a non-breaking space"
	case r == '\ufeff':
		return "a byte order mark"
	case r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\u00ad':
		return "an invisible character"
	case unicode.IsControl(r):
		return "a control character"
	}
	return ""
}
