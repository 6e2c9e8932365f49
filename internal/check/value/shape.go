package value

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"posthaste/internal/check/rule"
)

// Break says where a text leaves the shape of a value, "" where that cannot be said. A character is shown only where all
// others are right, and never of a secret.
func Break(rules *rule.Rules, v *rule.Value, text string) string {
	if v.Exact == "" {
		return ""
	}
	wrong, at, first := 0, 0, rune(0)
	n := 0
	for _, r := range text {
		if n++; !rules.Matches(v.Exact, string(r)) {
			if wrong++; wrong == 1 {
				at, first = n, r
			}
		}
	}
	kind, _, _ := strings.Cut(v.Looks, ",")
	switch {
	case wrong == 1 && v.Secret:
		return fmt.Sprintf("character %d is not one that %s has", at, kind)
	case wrong == 1 && rules.Matches(v.Shape, strings.Replace(text, string(first), "0", 1)):
		return fmt.Sprintf("character %d is %q, which %s does not have", at, first, kind)
	case wrong > 0:
		return ""
	}
	return lengths(v, text)
}

// lengths says how long a text is in the place of how long.
func lengths(v *rule.Value, text string) string {
	if len(v.Groups) == 0 {
		return ""
	}
	whole := len(v.Groups) - 1
	for _, n := range v.Groups {
		whole += n
	}
	count := utf8.RuneCountInString(text)
	how := ""
	switch off := count - whole; {
	case off == -1:
		how = "one character is missing"
	case off == 1:
		how = "one character too many"
	case off < 0:
		how = fmt.Sprintf("%d characters are missing", -off)
	case off > 0:
		how = fmt.Sprintf("%d characters too many", off)
	default:
		how = "a dash stands in the wrong place"
	}
	if v.Secret || len(v.Groups) == 1 {
		return how
	}
	groups := strings.Split(text, "-")
	for i, g := range groups {
		if i >= len(v.Groups) {
			return how + ": there is a dash too many"
		}
		if n := utf8.RuneCountInString(g); n != v.Groups[i] {
			if len(groups) < len(v.Groups) && i == len(groups)-1 && n < v.Groups[i] {
				return how + fmt.Sprintf(": it ends in the %s group", ordinal(i))
			}
			return how + fmt.Sprintf(": the %s group has %d in the place of %d", ordinal(i), n, v.Groups[i])
		}
	}
	return how + fmt.Sprintf(": it ends behind the %s group", ordinal(len(groups)-1))
}

func ordinal(i int) string {
	names := []string{"first", "second", "third", "fourth", "fifth"}
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%dth", i+1)
}
