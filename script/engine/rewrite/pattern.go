package rewrite

import (
	"fmt"
	"strings"
	"unicode"
)

// Pattern rewrites \p{…} of a regular expression with the u flag. goja hands such a pattern to RE2 in a
// form that never matches; an empty lookahead in front makes it use regexp2, which knows general categories
// and scripts by their short names.
func Pattern(pattern, flags string) string {
	if !strings.ContainsAny(flags, "uv") || !strings.Contains(pattern, `\p{`) && !strings.Contains(pattern, `\P{`) {
		return pattern
	}
	var b strings.Builder
	b.WriteString("(?=)")
	class := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\' && i+1 < len(pattern):
			if next := pattern[i+1]; (next == 'p' || next == 'P') && strings.HasPrefix(pattern[i+2:], "{") {
				if end := strings.IndexByte(pattern[i:], '}'); end > 0 {
					b.WriteString(property(pattern[i+3:i+end], next == 'P', class))
					i += end
					continue
				}
			}
			b.WriteString(pattern[i : i+2])
			i++
			continue
		case c == '[':
			class = true
		case c == ']':
			class = false
		}
		b.WriteByte(c)
	}
	return b.String()
}

// property returns a class or, inside a class, the part of one for a Unicode property.
func property(name string, negated, inClass bool) string {
	for _, prefix := range []string{"General_Category=", "gc=", "Script=", "sc=", "Script_Extensions=", "scx="} {
		name = strings.TrimPrefix(name, prefix)
	}
	if short, ok := categories()[name]; ok {
		name = short
	}
	set, ok := sets()[name]
	if table := unicode.Scripts[name]; table != nil {
		set, ok = ranges(table), true
	}
	if ok {
		switch {
		case inClass && !negated:
			return set
		case negated:
			return "[^" + set + "]"
		}
		return "[" + set + "]"
	}
	if negated {
		return `\P{` + name + "}"
	}
	return `\p{` + name + "}"
}

// ranges spells out a table of code points.
func ranges(table *unicode.RangeTable) string {
	var b strings.Builder
	add := func(lo, hi, stride uint32) {
		if stride == 1 {
			fmt.Fprintf(&b, `\u{%x}-\u{%x}`, lo, hi)
			return
		}
		for c := lo; c <= hi; c += stride {
			fmt.Fprintf(&b, `\u{%x}`, c)
		}
	}
	for _, r := range table.R16 {
		add(uint32(r.Lo), uint32(r.Hi), uint32(r.Stride))
	}
	for _, r := range table.R32 {
		add(r.Lo, r.Hi, r.Stride)
	}
	return b.String()
}

// sets spells out binary properties that are neither a category nor a script.
func sets() map[string]string {
	return map[string]string{
		"ASCII":                 `\x00-\x7F`,
		"Any":                   `\s\S`,
		"Alphabetic":            `\p{L}\p{Nl}\p{M}`,
		"Alpha":                 `\p{L}\p{Nl}\p{M}`,
		"Uppercase":             `\p{Lu}`,
		"Lowercase":             `\p{Ll}`,
		"White_Space":           `\s`,
		"ASCII_Hex_Digit":       `0-9a-fA-F`,
		"Emoji_Presentation":    `\u231A-\u23FF\u2600-\u27BF\uD83C\uD83D\uD83E`,
		"Emoji":                 `#*0-9\u00A9\u00AE\u203C-\u3299\uD83C\uD83D\uD83E`,
		"Extended_Pictographic": `\u00A9\u00AE\u203C-\u3299\uD83C\uD83D\uD83E`,
	}
}

// categories maps the long names of general categories to the short ones.
func categories() map[string]string {
	return map[string]string{
		"Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
		"Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo",
		"Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
		"Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
		"Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd",
		"Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
		"Final_Punctuation": "Pf", "Other_Punctuation": "Po",
		"Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
		"Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
		"Other": "C", "Control": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
	}
}
