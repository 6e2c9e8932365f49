package report

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// MaxText is how much text an outcome shows at most, in bytes. GitLab reads no more than 30 MB of JUnit a file.
const MaxText = 64 << 10

// Plain takes control characters and a terminal's colour codes out of a text; line breaks and tabs stay. What
// is no UTF-8 becomes U+FFFD.
func Plain(text string) string {
	if IsPrintable(text) {
		return text
	}
	escape := 0 // 1 after ESC, 2 within its sequence
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\x1b':
			escape = 1
			return -1
		case escape == 1 && r == '[':
			escape = 2
			return -1
		case escape == 2 && (r == ';' || r >= '0' && r <= '9'):
			return -1
		case escape == 2 && (r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'):
			escape = 0
			return -1
		}
		escape = 0
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20, r == 0x7f, r >= 0x80 && r < 0xa0, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, text)
}

// IsPrintable reports whether a text is printable ASCII and line breaks, as most are.
func IsPrintable(text string) bool {
	for i := range len(text) {
		if c := text[i]; c != '\n' && (c < 0x20 || c > 0x7e) {
			return false
		}
	}
	return true
}

// OneLine is a text as part of a line: control characters gone, every run of white space one space.
func OneLine(text string) string {
	if IsPrintable(text) && !strings.Contains(text, "\n") && !strings.Contains(text, "  ") {
		return strings.TrimSpace(text)
	}
	return strings.Join(strings.Fields(Plain(text)), " ")
}

// Clip cuts a text to at most n bytes, between characters, and says how much it left out.
func Clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	cut := n
	for cut > 0 && text[cut]&0xc0 == 0x80 {
		cut--
	}
	return fmt.Sprintf("%s… (%d more bytes)", text[:cut], len(text)-cut)
}

// Count is a number with its noun, in the plural unless it is 1.
func Count(n int, singular string) string {
	if n == 1 {
		return "1 " + singular
	}
	return strconv.Itoa(n) + " " + singular + "s"
}

// Unescaped undoes percent encoding where a text has it.
func Unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// Defused is a line that no CI system takes for a command: a body or a name from outside could be one.
func Defused(line string) string {
	rest := strings.TrimLeft(line, " ")
	if strings.HasPrefix(rest, "::") {
		line = line[:len(line)-len(rest)] + ": :" + rest[2:]
	}
	if !strings.Contains(line, "##") {
		return line
	}
	return strings.NewReplacer("##[", "## [", "##vso[", "## vso[", "##teamcity[", "## teamcity[").Replace(line)
}
