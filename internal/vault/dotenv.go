package vault

import (
	"fmt"
	"strings"
)

// parseDotenv reads KEY=value lines: comments with #, "export " in front, single quotes for text as it stands,
// double quotes with \n, \t, \" and \\, values in quotes over several lines. Nothing is substituted.
func parseDotenv(text string) (values, error) {
	v := values{}
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\uFEFF")
	for number := 1; text != ""; number++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok || key == "" {
			return nil, fmt.Errorf("line %d: want KEY=value", number)
		}
		if value != "" && (value[0] == '"' || value[0] == '\'') {
			start := number
			for !closed(value) {
				if text == "" {
					return nil, fmt.Errorf("line %d: the quote is not closed", start)
				}
				var more string
				more, text, _ = strings.Cut(text, "\n")
				value += "\n" + more
				number++
			}
			v[key] = unquote(value)
			continue
		}
		if i := strings.Index(value, " #"); i >= 0 {
			value = strings.TrimSpace(value[:i])
		}
		v[key] = value
	}
	return v, nil
}

// end returns where the quote that s begins with closes, -1 when it does not.
func end(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && s[0] == '"':
			i++
		case s[i] == s[0]:
			return i
		}
	}
	return -1
}

func closed(s string) bool { return end(s) > 0 }

func unquote(s string) string {
	inner := s[1:end(s)]
	if s[0] == '\'' {
		return inner
	}
	return strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\"`, `"`, `\\`, `\`).Replace(inner)
}
