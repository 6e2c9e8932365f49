package syntax

import (
	"strings"

	"posthaste/script/engine/failure"
)

// The engine's parser and compiler recurse, and a goroutine whose stack is exhausted ends the
// process. So texts are checked before: how many brackets are open at once, and how many
// words and signs follow each other without an end of a statement between them, which bounds
// every way to nest without brackets, such as a long chain of "!" or "?:".
const (
	maxNesting = 4000
	maxChain   = 40000
)

// CheckNesting refuses text that nests too deeply, nil for text that does not. No script that
// people write comes near the limits.
func CheckNesting(source string) *failure.Fault { return CheckDepth(source, maxNesting, maxChain) }

// CheckDepth refuses text with more open brackets, or longer statements, than these. The
// fault has the place where the limit was passed. It takes linear time.
func CheckDepth(source string, maxNesting, maxChain int) *failure.Fault {
	// Every level takes at least a byte.
	if len(source) < maxNesting {
		return nil
	}
	n := nesting{source: source, open: []level{{}}}
	for n.i < len(source) {
		at := n.i
		n.step()
		if len(n.open) > maxNesting || n.total > maxChain || n.elses > maxChain/2 {
			line := 1 + strings.Count(source[:at], "\n")
			return &failure.Fault{
				Name: "SyntaxError", Message: "the script is nested too deeply",
				Line: line, Col: 1 + at - (strings.LastIndexByte(source[:at], '\n') + 1),
			}
		}
	}
	return nil
}

// A level is one open bracket, or the top.
type level struct {
	chain    int  // words and signs since the last end of a statement here
	template bool // the bracket is the ${ of a template
}

// nesting is a walk over a text by words and signs. It need not be right for broken text: a
// wrong guess only counts more or less.
type nesting struct {
	source string
	i      int
	open   []level
	total  int  // of the chains of all levels
	elses  int  // which nest although a statement ends before each
	value  bool // the last word or sign ended a value, so that a slash divides
}

// step reads one token: blanks, a comment, a bracket, a literal, a word, or one sign.
func (n *nesting) step() {
	switch c := n.source[n.i]; {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		n.i++
	case strings.HasPrefix(n.source[n.i:], "//"):
		n.skipTo("\n")
	case strings.HasPrefix(n.source[n.i:], "/*"):
		n.skipTo("*/")
	case c == '(' || c == '[' || c == '{':
		n.count()
		n.push(false)
		n.i++
		n.value = false
	case c == ')' || c == ']' || c == '}':
		n.close(c)
	case c == ';' || c == ',':
		n.reset()
		n.i++
		n.value = false
	case c == '\'' || c == '"':
		n.count()
		n.i = quotedEnd(n.source, n.i)
		n.value = true
	case c == '`':
		n.count()
		n.i++
		n.template()
	// A slash that cannot divide begins a regular expression, in which brackets mean nothing.
	case c == '/' && !n.value:
		n.count()
		n.i = patternEnd(n.source, n.i)
		n.value = true
	case isWordByte(c):
		n.count()
		n.word()
	default:
		n.count()
		n.i++
		n.value = false
	}
}

// count adds one to the chain of the innermost level.
func (n *nesting) count() {
	n.open[len(n.open)-1].chain++
	n.total++
}

// reset ends a statement, or an item of a list, on the innermost level.
func (n *nesting) reset() {
	last := &n.open[len(n.open)-1]
	n.total -= last.chain
	last.chain = 0
}

func (n *nesting) push(template bool) { n.open = append(n.open, level{template: template}) }

// close ends a bracket. The one that ends a placeholder of a template goes on with the
// template's text. A bracket that was never opened is ignored.
func (n *nesting) close(c byte) {
	n.i++
	n.value = c != '}'
	if len(n.open) == 1 {
		return
	}
	n.reset()
	template := n.open[len(n.open)-1].template
	n.open = n.open[:len(n.open)-1]
	switch {
	case template:
		n.template()
	case c == '}':
		n.reset()
	}
}

// template goes to the end of a template's text: the closing backquote, or the next ${, which
// opens a level.
func (n *nesting) template() {
	for ; n.i < len(n.source); n.i++ {
		switch {
		case n.source[n.i] == '\\':
			n.i++
		case n.source[n.i] == '`':
			n.i++
			n.value = true
			return
		case strings.HasPrefix(n.source[n.i:], "${"):
			n.i += 2
			n.push(true)
			n.value = false
			return
		}
	}
}

// word reads a word. After some a slash begins a regular expression, after all others it
// divides.
func (n *nesting) word() {
	start := n.i
	for n.i < len(n.source) && isWordByte(n.source[n.i]) {
		n.i++
	}
	if n.source[start:n.i] == "else" {
		n.elses++
	}
	switch n.source[start:n.i] {
	case "return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "new", "throw", "await", "yield", "instanceof":
		n.value = false
	default:
		n.value = true
	}
}

// skipTo goes behind the next end, or to the end of the text.
func (n *nesting) skipTo(end string) {
	at := strings.Index(n.source[n.i:], end)
	if at < 0 {
		n.i = len(n.source)
		return
	}
	n.i += at + len(end)
}

// isWordByte counts all of UTF-8 beyond ASCII as letters.
func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// quotedEnd returns where the string that begins at i ends, at the latest with its line.
func quotedEnd(s string, i int) int {
	quote := s[i]
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		case '\n':
			return i
		}
	}
	return len(s)
}

// patternEnd returns where a regular expression ends, or the next byte when it does not end
// in its line: then it was a division. A slash in a class, [/], does not end it.
func patternEnd(s string, start int) int {
	class := false
	for i := start + 1; i < len(s) && s[i] != '\n'; i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '[':
			class = true
		case s[i] == ']':
			class = false
		case s[i] == '/' && !class:
			return i + 1
		}
	}
	return start + 1
}

// Balanced says whether each bracket of a part of a text has its partner in it.
func Balanced(text string) bool {
	n := nesting{source: text, open: []level{{}}}
	for n.i < len(text) {
		c := text[n.i]
		if (c == ')' || c == ']' || c == '}') && len(n.open) == 1 {
			return false
		}
		n.step()
	}
	return len(n.open) == 1
}
