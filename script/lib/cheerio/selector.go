package cheerio

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// maxSelector is the longest selector that is accepted, in bytes; maxNesting is how deep :not
// and its like nest.
const (
	maxSelector = 1 << 16
	maxNesting  = 50
)

// A test decides on one element.
type test func(el *goja.Object) bool

// A step is a compound selector, such as a.b[c], with the combinator that leads to it from
// the one before. '<' is css-select's parent combinator.
type step struct {
	combinator byte // ' ', '>', '+', '~', '<'; 0 for the first
	tests      []test
}

// A selector is alternatives, separated by commas, each a chain of steps.
type selector struct {
	library *library
	chains  [][]step
}

// selector compiles a selector, or returns the one that was compiled before. It throws a
// SyntaxError for what is not a selector.
func (l *library) selector(source string) *selector {
	if s, ok := l.compiled[source]; ok {
		return s
	}
	if len(source) > maxSelector {
		l.env.Throw("RangeError", "the selector is too long")
	}
	p := &scanner{library: l, text: source}
	s := p.selector()
	if p.text != "" {
		l.env.Throw("SyntaxError", "Unmatched selector: "+p.text)
	}
	// Forgetting all of them from time to time bounds the memory.
	if len(l.compiled) >= 100 || l.compiled == nil {
		l.compiled = map[string]*selector{}
	}
	l.compiled[source] = s
	return s
}

// matches says whether an element matches. A chain that begins with a combinator has no node
// to start from, and matches nothing.
func (s *selector) matches(el *goja.Object) bool { return s.within(el, nil) }

// within is matches where a leading combinator starts from one of the context's nodes, as in
// find("> a").
func (s *selector) within(el *goja.Object, context []*goja.Object) bool {
	for _, chain := range s.chains {
		if fits(el, chain, len(chain)-1, context) {
			return true
		}
	}
	return false
}

// fits tests a chain from its end: el against step i, then what the combinator reaches
// against the steps before. i below 0 asks whether el is one of the context's nodes.
func fits(el *goja.Object, chain []step, i int, context []*goja.Object) bool {
	if i < 0 {
		for _, c := range context {
			if c.SameAs(el) {
				return true
			}
		}
		return false
	}
	for _, t := range chain[i].tests {
		if !t(el) {
			return false
		}
	}
	switch chain[i].combinator {
	case 0:
		return true
	case '>':
		p := parentOrRoot(el)
		return p != nil && fits(p, chain, i-1, context)
	case '+':
		before := previous(el)
		return before != nil && fits(before, chain, i-1, context)
	case '~':
		for before := previous(el); before != nil; before = previous(before) {
			if fits(before, chain, i-1, context) {
				return true
			}
		}
		return false
	// A child of el must match what is before the combinator.
	case '<':
		for _, child := range elements(el) {
			if fits(child, chain, i-1, context) {
				return true
			}
		}
		return false
	}
	for up := parentOrRoot(el); up != nil; up = parentOrRoot(up) {
		if fits(up, chain, i-1, context) {
			return true
		}
	}
	return false
}

// parentOrRoot is the node that an element is in, the root included.
func parentOrRoot(el *goja.Object) *goja.Object {
	if p := parent(el); p != nil {
		return p
	}
	return jsvalue.Object(el.Get("root"))
}

// previous is the element before, or nil. Elements at the top have no siblings in cheerio.
func previous(el *goja.Object) *goja.Object {
	if parent(el) == nil {
		return nil
	}
	for at := jsvalue.Object(el.Get("prev")); at != nil; at = jsvalue.Object(at.Get("prev")) {
		if isElement(at) {
			return at
		}
	}
	return nil
}

// find lists the elements among nodes and below them that match, in the order of the
// document, each once.
func (s *selector) find(nodes, context []*goja.Object) []*goja.Object {
	var out []*goja.Object
	seen := map[*goja.Object]bool{}
	var walk func(list []*goja.Object, depth int)
	walk = func(list []*goja.Object, depth int) {
		if depth > 2*maxDepth {
			s.library.env.Throw("RangeError", "Maximum call stack size exceeded")
		}
		for _, el := range list {
			s.library.tick()
			// Nodes may be inside of each other.
			if seen[el] || !isElement(el) {
				continue
			}
			seen[el] = true
			if s.within(el, context) {
				out = append(out, el)
			}
			walk(elements(el), depth+1)
		}
	}
	walk(nodes, 0)
	return out
}

// A scanner reads a selector from the front of its text.
type scanner struct {
	*library
	text    string
	nesting int // brackets that are open
}

// fail throws the SyntaxError of css-what with what could not be read.
func (p *scanner) fail() {
	p.env.Throw("SyntaxError", "Unmatched selector: "+p.text)
}

// selector reads alternatives up to the end or a closing bracket, which it leaves.
func (p *scanner) selector() *selector {
	if p.nesting++; p.nesting > maxNesting {
		p.env.Throw("RangeError", "the selector nests too deeply")
	}
	defer func() { p.nesting-- }()
	s := &selector{library: p.library}
	for {
		s.chains = append(s.chains, p.chain())
		if !strings.HasPrefix(p.text, ",") {
			return s
		}
		p.text = p.text[1:]
	}
}

// chain reads a selector up to a comma or bracket. A chain without a step, or with a
// combinator at its end, is an error.
func (p *scanner) chain() []step {
	var chain []step
	for {
		combinator := p.combinator(len(chain) == 0)
		if p.text == "" || p.text[0] == ',' || p.text[0] == ')' {
			if len(chain) == 0 || combinator != 0 && combinator != ' ' {
				p.env.Throw("SyntaxError", "empty sub-selector")
			}
			return chain
		}
		if len(chain) > 0 && combinator == 0 {
			p.fail()
		}
		chain = append(chain, step{combinator: combinator, tests: p.compound()})
	}
}

// combinator reads what is between compounds; blanks alone are one, but not at the start. It
// is 0 when there is nothing.
func (p *scanner) combinator(first bool) byte {
	trimmed := strings.TrimLeft(p.text, " \t\n\r\f")
	var c byte
	if len(trimmed) < len(p.text) && !first {
		c = ' '
	}
	if trimmed != "" && strings.IndexByte(">+~<", trimmed[0]) >= 0 {
		c = trimmed[0]
		trimmed = strings.TrimLeft(trimmed[1:], " \t\n\r\f")
	}
	p.text = trimmed
	return c
}

// compound reads tests without blanks between them. All of them must hold.
func (p *scanner) compound() []test {
	var tests []test
	start := p.text
	for p.text != "" {
		switch c := p.text[0]; {
		case c == '*':
			p.text = p.text[1:]
			tests = append(tests, func(*goja.Object) bool { return true })
		case c == '#':
			p.text = p.text[1:]
			tests = append(tests, attributeTest("id", "=", p.name(), false))
		case c == '.':
			p.text = p.text[1:]
			tests = append(tests, attributeTest("class", "~=", p.name(), false))
		case c == '[':
			tests = append(tests, p.attribute())
		case c == ':':
			tests = append(tests, p.pseudo())
		case isNameByte(c):
			tests = append(tests, tagTest(p.name()))
		default:
			if p.text == start {
				p.fail()
			}
			return tests
		}
	}
	return tests
}

// tagTest compares the name as written and in lower case, since XML keeps the case of its
// names.
func tagTest(name string) test {
	lower := strings.ToLower(name)
	return func(el *goja.Object) bool {
		is := text(el, "name")
		return is == name || is == lower
	}
}

// isNameByte recognises the characters of an identifier, escapes and all beyond ASCII
// included.
func isNameByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '\\' || c >= 0x80
}

// name reads an identifier with its escapes: "a\:b", "\31 0".
func (p *scanner) name() string {
	var b strings.Builder
	i := 0
	for i < len(p.text) && isNameByte(p.text[i]) {
		if p.text[i] == '\\' && i+1 < len(p.text) {
			i++
			if n, value := hexEscape(p.text[i:]); n > 0 {
				b.WriteRune(value)
				i += n
				continue
			}
		}
		b.WriteByte(p.text[i])
		i++
	}
	if i == 0 {
		p.fail()
	}
	p.text = p.text[i:]
	return b.String()
}

// hexEscape reads up to six hex digits and the blank after them (CSS Syntax, 4.3.7). n is the
// length, 0 when there is no digit.
func hexEscape(s string) (n int, value rune) {
	for n < len(s) && n < 6 {
		d := strings.IndexByte("0123456789abcdef", s[n]|0x20)
		if d < 0 {
			break
		}
		value = value<<4 | rune(d)
		n++
	}
	if n > 0 && n < len(s) && isBlank(s[n]) {
		n++
	}
	return n, value
}

func (p *scanner) blanks() { p.text = strings.TrimLeft(p.text, " \t\n\r\f") }

// attribute reads [name], [name=value] and its variants, with "i" at the end to ignore case.
func (p *scanner) attribute() test {
	p.text = p.text[1:]
	p.blanks()
	name := p.name()
	p.blanks()
	op := ""
	// "=" comes first: no other operator begins with it.
	for _, known := range []string{"=", "~=", "|=", "^=", "$=", "*=", "!="} {
		if strings.HasPrefix(p.text, known) {
			op = known
		}
	}
	p.text = p.text[len(op):]
	value, fold := "", false
	if op != "" {
		p.blanks()
		value = p.attributeValue()
		p.blanks()
		if p.text != "" && p.text[0]|0x20 == 'i' {
			fold = true
			p.text = p.text[1:]
			p.blanks()
		}
	}
	if !strings.HasPrefix(p.text, "]") {
		p.fail()
	}
	p.text = p.text[1:]
	return attributeTest(name, op, value, fold)
}

// attributeValue reads a value with or without quotes.
func (p *scanner) attributeValue() string {
	if p.text != "" && (p.text[0] == '"' || p.text[0] == '\'') {
		return p.quoted()
	}
	end := strings.IndexAny(p.text, "] \t\n")
	if end <= 0 {
		p.fail()
	}
	value := p.text[:end]
	p.text = p.text[end:]
	return value
}

// quoted reads a text in quotes; a backslash protects the character after it.
func (p *scanner) quoted() string {
	quote := p.text[0]
	var b strings.Builder
	for i := 1; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == quote:
			p.text = p.text[i+1:]
			return b.String()
		case c == '\\' && i+1 < len(p.text):
			i++
			b.WriteByte(p.text[i])
		default:
			b.WriteByte(c)
		}
	}
	p.fail()
	return ""
}

// attributeTest is the test of an operator: those of CSS, and jQuery's !=, which also holds
// without the attribute. An empty value matches nothing with ^=, $=, *= and ~= (CSS Selectors
// 4).
func attributeTest(name, op, want string, fold bool) test {
	if fold {
		want = strings.ToLower(want)
	}
	lower := strings.ToLower(name)
	return func(el *goja.Object) bool {
		value, ok := attribute(el, name)
		// The attribute may have been stored in lower case, or not (XML).
		if !ok {
			value, ok = attribute(el, lower)
		}
		if fold {
			value = strings.ToLower(value)
		}
		switch op {
		case "":
			return ok
		case "=":
			return ok && value == want
		case "!=":
			return !ok || value != want
		case "~=":
			return ok && want != "" && containsWord(value, want)
		case "|=":
			return ok && (value == want || strings.HasPrefix(value, want+"-"))
		case "^=":
			return ok && want != "" && strings.HasPrefix(value, want)
		case "$=":
			return ok && want != "" && strings.HasSuffix(value, want)
		}
		return ok && want != "" && strings.Contains(value, want)
	}
}

// containsWord looks for a word in a list that is separated by white space.
func containsWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}
