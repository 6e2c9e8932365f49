package migrate

import (
	"strings"
)

// A word is a part of a command line as it stands in a file: with its quotes, and where it begins and ends.
type word struct {
	raw        string
	start, end int
}

// plain is a word without quotes and backslashes.
func (w word) plain() string {
	return strings.NewReplacer(`\"`, "", `"`, "", "'", "", `\`, "").Replace(w.raw)
}

// words takes a command apart that begins at a place in a text, up to what ends a command of a shell: a line break without
// a backslash before it, ; & | ) ` or a quote that is not closed.
func words(text string, at int) []word {
	var list []word
	for at < len(text) {
		switch c := text[at]; {
		case c == ' ' || c == '\t':
			at++
			continue
		case continues(text[at:]) > 0:
			at += continues(text[at:])
			continue
		case strings.IndexByte("\r\n;&|)`<>", c) >= 0:
			return list
		case c == '#' && len(list) > 0 && text[at-1] == ' ':
			return list
		}
		end, closed := wordEnd(text, at)
		if end == at {
			return list
		}
		list = append(list, word{text[at:end], at, end})
		if !closed {
			return list
		}
		at = end
	}
	return list
}

// continues is the length of a backslash and the line break behind it, 0 for anything else. Windows has a caret, PowerShell
// a back quote.
func continues(text string) int {
	for _, sign := range []string{"\\\n", "\\\r\n", "^\r\n", "^\n", "`\r\n", "`\n"} {
		if strings.HasPrefix(text, sign) {
			return len(sign)
		}
	}
	return 0
}

// wordEnd is where a word ends, and whether its quotes are closed: one that is not belongs to the text around the command.
func wordEnd(text string, at int) (end int, closed bool) {
	depth := 0 // of $( and ${{
	for at < len(text) {
		c := text[at]
		switch {
		case strings.HasPrefix(text[at:], "$(") || strings.HasPrefix(text[at:], "${"):
			depth++
			at += 2
			continue
		case depth > 0 && (c == ')' || c == '}'):
			depth--
		case c == '\n' || depth == 0 && strings.IndexByte(" \t\r;&|)`<>", c) >= 0:
			return at, true
		case c == '\\' && at+1 < len(text) && text[at+1] != '\n' && text[at+1] != '"':
			at++
		case c == '"' || c == '\'':
			next := strings.IndexByte(text[at+1:], c)
			if next < 0 || strings.Contains(text[at+1:at+1+next], "\n") {
				return at, false
			}
			at += next + 1
		}
		at++
	}
	return at, true
}
