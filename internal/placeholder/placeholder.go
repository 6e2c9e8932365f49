// Package placeholder knows values that ask to be replaced.
//
// Such as <client id>, or "insert your key here": they are what a template has in the place of a value.
package placeholder

import "strings"

// Is reports whether a value is a text such as "<copy the key here>", with or without its closing bracket, or a
// sentence in quotes (docs/vipps.md). Markup such as "<a b>…</a>" is not a placeholder, and neither is one word in brackets.
func Is(value string) bool {
	value = strings.TrimSpace(value)
	if len(value) < 3 {
		return false
	}
	quoted := value[0] == '"' && value[len(value)-1] == '"' && strings.Contains(value, " ")
	angled := value[0] == '<' && value[1] != '/' && value[1] != '?' && value[1] != '!' && strings.Contains(value, " ") &&
		!strings.Contains(value, "</") && !strings.Contains(value, "=\"") && !strings.HasSuffix(value, "/>")
	return quoted || angled
}
