package completion

import (
	"strings"
)

// Split takes a line of bash apart, up to the cursor, into the words behind the program's name. The last one is the word
// at the cursor, "" behind a blank. quote is the quote that this word is in, 0 for none.
func Split(line string) (words []string, quote rune) {
	var word strings.Builder
	started, escaped := false, false
	for _, c := range line {
		switch {
		case escaped:
			escaped = false
			if quote == '"' && !strings.ContainsRune("$`\"\\", c) {
				word.WriteRune('\\')
			}
			word.WriteRune(c)
		case c == '\\' && quote != '\'':
			escaped, started = true, true
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '\'' || c == '"':
			quote, started = c, true
		case c == ' ' || c == '\t':
			if started {
				words = append(words, word.String())
			}
			word.Reset()
			started = false
		default:
			word.WriteRune(c)
			started = true
		}
	}
	words = append(words, word.String())
	return behindName(words), quote
}

// behindName leaves out the program's name and the variables that are set before it.
func behindName(words []string) []string {
	for i, word := range words[:len(words)-1] {
		if name, _, assigned := strings.Cut(word, "="); assigned && name != "" && !strings.ContainsAny(name, "/.-") {
			continue
		}
		return words[i+1:]
	}
	return words[len(words)-1:]
}

// Bash writes a candidate as bash takes it: what readline replaces is the word at the cursor from its last "=" or ":" on, and
// it stands in the quote that the word began with.
func Bash(text, current string, quote rune) string {
	if quote == 0 {
		if i := strings.LastIndexAny(current, "=:"); i >= 0 && len(text) > i {
			text = text[i+1:]
		}
	}
	var b strings.Builder
	for _, c := range text {
		switch {
		case quote == '\'' && c == '\'':
			b.WriteString(`'\''`)
			continue
		case quote == '"' && strings.ContainsRune("$`\"\\", c),
			quote == 0 && strings.ContainsRune(" \t$`\"'\\()[]{}<>|&;*?#~!", c):
			b.WriteRune('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
