package write

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"posthaste/collection/v3/format"
)

// The library's encoder writes a text with a blank at a line's end, which most scripts have,
// as one quoted line. Files are for people, so what is written here is laid out here: block
// style, literal blocks for texts of several lines, quotes wherever a reader of YAML 1.1 or
// 1.2 might see something else than text.

// A yamlNode is what is written: a text, a word that stands as it is (a number, true), a map or a list.
type yamlNode interface {
	// write appends the node behind a key or a dash that is indented by the given number of blanks.
	write(b *strings.Builder, indent int)
}

type (
	yamlText string
	yamlWord string
	yamlMap  []yamlPair
	yamlList []yamlNode
)

// A yamlPair is a key of a map. Keys keep the order in which they were added.
type yamlPair struct {
	key   string
	value yamlNode
}

// add appends a key; nil adds nothing.
func (m *yamlMap) add(key string, value yamlNode) {
	if value != nil {
		*m = append(*m, yamlPair{key, value})
	}
}

// text appends a key and text; "" adds nothing.
func (m *yamlMap) text(key, value string) {
	if value != "" {
		m.add(key, yamlText(value))
	}
}

// document returns the map as a file.
func (m yamlMap) document() []byte {
	if len(m) == 0 {
		return []byte("{}\n")
	}
	var b strings.Builder
	m.lines(&b, 0, false)
	return []byte(b.String())
}

// A word needs no quotes: whoever made it has seen to that.
func (w yamlWord) write(b *strings.Builder, _ int) { b.WriteString(" " + string(w) + "\n") }

// A text of several lines is written as a literal block, so that diffs show lines; scalar
// quotes everything else. Empty lines get no blanks.
func (t yamlText) write(b *strings.Builder, indent int) {
	if head, ok := literalHead(string(t)); ok {
		b.WriteString(" " + head + "\n")
		text := strings.TrimSuffix(string(t), "\n")
		for line := range strings.SplitSeq(text, "\n") {
			if line != "" {
				b.WriteString(strings.Repeat(" ", indent+2) + line)
			}
			b.WriteByte('\n')
		}
		return
	}
	b.WriteString(" " + scalar(string(t)) + "\n")
}

// An empty map must be {}, or it would read as null.
func (m yamlMap) write(b *strings.Builder, indent int) {
	if len(m) == 0 {
		b.WriteString(" {}\n")
		return
	}
	b.WriteByte('\n')
	m.lines(b, indent+2, false)
}

// lines writes the keys; the first goes on behind a dash when told so.
func (m yamlMap) lines(b *strings.Builder, indent int, behindDash bool) {
	for i, p := range m {
		if i > 0 || !behindDash {
			b.WriteString(strings.Repeat(" ", indent))
		}
		b.WriteString(scalar(p.key) + ":")
		p.value.write(b, indent)
	}
}

// A map inside of a list begins on the line of its dash, as Postman writes it.
func (l yamlList) write(b *strings.Builder, indent int) {
	if len(l) == 0 {
		b.WriteString(" []\n")
		return
	}
	b.WriteByte('\n')
	for _, e := range l {
		b.WriteString(strings.Repeat(" ", indent+2) + "-")
		switch e := e.(type) {
		case yamlMap:
			if len(e) > 0 {
				b.WriteByte(' ')
				e.lines(b, indent+4, true)
				continue
			}
			b.WriteString(" {}\n")
		case yamlText:
			b.WriteString(" " + scalar(string(e)) + "\n")
		default:
			e.write(b, indent+2)
		}
	}
}

// literalHead returns the header of a literal block, and whether the text can stand in one as
// it is. "|2" gives the indentation where the first line begins with a blank, "-" and "+" say
// what ends the text.
func literalHead(s string) (string, bool) {
	if !strings.Contains(s, "\n") || !utf8.ValidString(s) || strings.IndexFunc(s, func(r rune) bool { return r != '\n' && format.NeedsEscape(r) }) >= 0 {
		return "", false
	}
	first := strings.TrimLeft(s, "\n")
	line, _, _ := strings.Cut(first, "\n")
	if strings.Trim(line, " \t") == "" { // the block's indentation would be taken from a line of blanks
		return "", false
	}
	head := "|"
	if line[0] == ' ' || line[0] == '\t' {
		head += "2"
	}
	switch {
	case !strings.HasSuffix(s, "\n"):
		head += "-"
	case strings.HasSuffix(s, "\n\n"):
		head += "+"
	}
	return head, true
}

// scalar returns a text in one line: plain where every reader takes it for text, else quoted.
func scalar(s string) string {
	if isPlainText(s) {
		return s
	}
	return format.Quote(s)
}

// isPlainText reports whether a text may stand without quotes. It is stricter than YAML, for
// readers of either version and for people who edit the file. Numbers and words such as "yes"
// are quoted.
func isPlainText(s string) bool {
	if isUUID(s) {
		return true
	}
	if strings.HasPrefix(s, "./") {
		s = s[1:]
	}
	for i, r := range s {
		letter := unicode.IsLetter(r) || r == '_' || r == '/' || r == '$'
		if !letter && (i == 0 || !unicode.IsNumber(r) && !strings.ContainsRune(" .()+'@&=?%~;,:#*!<>|^-", r)) {
			return false
		}
	}
	switch {
	case s == "", !utf8.ValidString(s), strings.Contains(s, ": "), strings.Contains(s, " #"), strings.HasSuffix(s, " "), strings.HasSuffix(s, ":"):
		return false
	}
	return !slices.Contains([]string{"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}, strings.ToLower(s))
}

// isUUID knows ids in lower case, as Postman makes them. They may go unquoted: no YAML reader
// takes them for a number.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (s[i] == '-') || !dash && !strings.Contains("0123456789abcdef", s[i:i+1]) {
			return false
		}
	}
	return true
}

func yamlBool(b bool) yamlNode { return yamlWord(strconv.FormatBool(b)) }
