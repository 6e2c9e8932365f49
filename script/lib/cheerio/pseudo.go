package cheerio

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// pseudo reads a pseudo-class, such as :first-child, :not(.a), :nth-child(2n+1) or
// :contains(text). Unknown ones throw the SyntaxError of css-select.
func (p *scanner) pseudo() test {
	p.text = strings.TrimPrefix(p.text[1:], ":")
	name := strings.ToLower(p.name())
	if !strings.HasPrefix(p.text, "(") {
		if t := p.simplePseudo(name); t != nil {
			return t
		}
		p.env.Throw("SyntaxError", "unmatched pseudo-class :"+name)
	}
	p.text = p.text[1:]
	switch name {
	case "not", "has", "matches", "is":
		s := p.selector()
		p.closing()
		return selectorPseudo(name, s)
	case "contains", "icontains":
		return containsTest(p.argument(), name == "icontains")
	}
	argument := p.argument()
	position, ok := p.positions()[name]
	if !ok {
		p.env.Throw("SyntaxError", "unmatched pseudo-class :"+name)
	}
	step, first, ok := nth(argument)
	if !ok {
		p.env.Throw("SyntaxError", "n-th rule couldn't be parsed ('"+argument+"')")
	}
	return func(el *goja.Object) bool {
		i := position(el)
		if step == 0 {
			return i == first
		}
		// Position i is first + n·step for a whole n ≥ 0; step may be negative.
		return (i-first)/step >= 0 && (i-first)%step == 0
	}
}

// closing takes the bracket that ends an argument.
func (p *scanner) closing() {
	p.blanks()
	if !strings.HasPrefix(p.text, ")") {
		p.env.Throw("SyntaxError", "Parenthesis not matched")
	}
	p.text = p.text[1:]
}

// argument reads the text in brackets, with or without quotes, and the closing bracket.
// Brackets inside nest.
func (p *scanner) argument() string {
	p.blanks()
	if p.text != "" && (p.text[0] == '"' || p.text[0] == '\'') {
		value := p.quoted()
		p.closing()
		return value
	}
	depth := 1
	for i := range len(p.text) {
		switch p.text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				value := strings.TrimSpace(p.text[:i])
				p.text = p.text[i+1:]
				return value
			}
		}
	}
	p.env.Throw("SyntaxError", "Parenthesis not matched")
	return ""
}

// selectorPseudo is the test of :not, :has, :is and :matches with the selector in their
// brackets.
func selectorPseudo(name string, s *selector) test {
	switch name {
	case "not":
		return func(el *goja.Object) bool { return !s.matches(el) }
	case "has":
		return func(el *goja.Object) bool {
			return len(s.find(elements(el), []*goja.Object{el})) > 0
		}
	}
	return s.matches
}

// containsTest looks into the text of an element and of all elements in it. fold ignores
// case.
func containsTest(want string, fold bool) test {
	if fold {
		want = strings.ToLower(want)
	}
	return func(el *goja.Object) bool {
		var b strings.Builder
		content(&b, el, 0)
		got := b.String()
		if fold {
			got = strings.ToLower(got)
		}
		return strings.Contains(got, want)
	}
}

// content gathers the text inside of a node. What is nested too deeply, such as a tree that
// contains itself, is cut off.
func content(b *strings.Builder, n *goja.Object, depth int) {
	if text(n, "type") == "text" {
		b.WriteString(text(n, "data"))
		return
	}
	if depth > 2*maxDepth {
		return
	}
	for _, child := range children(n) {
		content(b, child, depth+1)
	}
}

// nth reads the formula of :nth-child: "2n+1", "odd", "even" or a number. i matches when it
// is first plus a multiple of step. ok is false for what is no formula.
func nth(formula string) (step, first int, ok bool) {
	switch formula = strings.ToLower(strings.TrimSpace(formula)); formula {
	case "even":
		return 2, 0, true
	case "odd":
		return 2, 1, true
	}
	m := regexp.MustCompile(`^([+-]?\d*n)?\s*(?:([+-]?)\s*(\d+))?$`).FindStringSubmatch(formula)
	if m == nil || formula == "" {
		return 0, 0, false
	}
	if m[1] != "" {
		switch factor := strings.TrimSuffix(m[1], "n"); factor {
		case "", "+":
			step = 1
		case "-":
			step = -1
		default:
			step, _ = strconv.Atoi(factor)
		}
	}
	if m[3] != "" {
		first, _ = strconv.Atoi(m[3])
		if m[2] == "-" {
			first = -first
		}
	}
	return step, first, true
}

// A row is the children of one element, and the place of each.
type row map[*goja.Object]place

// A place is the number of an element among its siblings, from 1, counted from the start
// and from the end, of all and of those of its name.
type place struct{ all, allLast, name, nameLast int }

// place says where an element is among its siblings. Rows are remembered until the search
// ends. An element at the top counts as an only child.
func (l *library) place(el *goja.Object) place {
	p := parent(el)
	if p == nil {
		return place{1, 1, 1, 1}
	}
	r, ok := l.rows[p]
	if !ok {
		r = newRow(elements(p))
		l.rows[p] = r
	}
	return r[el]
}

// newRow counts the places of siblings once for all of them; asking each for its place would take quadratic time.
func newRow(list []*goja.Object) row {
	r, names := row{}, map[string]int{}
	for i, el := range list {
		name := text(el, "name")
		names[name]++
		r[el] = place{all: i + 1, allLast: len(list) - i, name: names[name]}
	}
	for el, at := range r {
		at.nameLast = names[text(el, "name")] - at.name + 1
		r[el] = at
	}
	return r
}

// positions are the pseudo-classes with a formula, and the number that each compares.
func (l *library) positions() map[string]func(el *goja.Object) int {
	return map[string]func(el *goja.Object) int{
		"nth-child":        func(el *goja.Object) int { return l.place(el).all },
		"nth-last-child":   func(el *goja.Object) int { return l.place(el).allLast },
		"nth-of-type":      func(el *goja.Object) int { return l.place(el).name },
		"nth-last-of-type": func(el *goja.Object) int { return l.place(el).nameLast },
	}
}

// simplePseudo returns the test of a pseudo-class without argument, or nil for an unknown
// name. Besides CSS these are jQuery's, for forms.
func (l *library) simplePseudo(name string) test {
	if t := l.structurePseudo(name); t != nil {
		return t
	}
	// One of several tag names, separated by blanks.
	is := func(names string) test {
		return func(el *goja.Object) bool { return containsWord(names, text(el, "name")) }
	}
	kind := func(el *goja.Object) string { v, _ := attribute(el, "type"); return v }
	with := func(attributeName string) test {
		return func(el *goja.Object) bool { _, ok := attribute(el, attributeName); return ok }
	}
	switch name {
	case "checkbox", "file", "image", "password", "radio", "reset", "submit":
		return attributeTest("type", "=", name, false)
	case "checked":
		return func(el *goja.Object) bool { return with("checked")(el) || isSelected(el) }
	case "selected":
		return isSelected
	case "disabled":
		return with("disabled")
	case "enabled":
		return func(el *goja.Object) bool { return !with("disabled")(el) }
	case "header":
		return is("h1 h2 h3 h4 h5 h6")
	case "input":
		return is("input textarea select button")
	case "button":
		return func(el *goja.Object) bool {
			return text(el, "name") == "button" || text(el, "name") == "input" && kind(el) == "button"
		}
	case "text":
		return func(el *goja.Object) bool {
			v, ok := attribute(el, "type")
			return text(el, "name") == "input" && (!ok || strings.EqualFold(v, "text"))
		}
	case "link":
		return with("href")
	}
	return nil
}

// structurePseudo returns the test of a pseudo-class without argument that depends on place
// or content, or nil.
func (l *library) structurePseudo(name string) test {
	switch name {
	case "first-child":
		return func(el *goja.Object) bool { return l.place(el).all == 1 }
	case "last-child":
		return func(el *goja.Object) bool { return l.place(el).allLast == 1 }
	case "only-child":
		return func(el *goja.Object) bool { at := l.place(el); return at.all == 1 && at.allLast == 1 }
	case "first-of-type":
		return func(el *goja.Object) bool { return l.place(el).name == 1 }
	case "last-of-type":
		return func(el *goja.Object) bool { return l.place(el).nameLast == 1 }
	case "only-of-type":
		return func(el *goja.Object) bool { at := l.place(el); return at.name == 1 && at.nameLast == 1 }
	case "root":
		return func(el *goja.Object) bool { return parent(el) == nil }
	case "empty":
		return func(el *goja.Object) bool { return !hasContent(el) }
	case "parent":
		return hasContent
	}
	return nil
}

// hasContent says whether elements or text are inside; comments do not count.
func hasContent(el *goja.Object) bool {
	for _, child := range children(el) {
		if isElement(child) || text(child, "type") == "text" {
			return true
		}
	}
	return false
}

// isSelected says whether an option is the chosen one: by its attribute, or as the first of
// its select where none has the attribute. A select that allows several has no such default.
func isSelected(el *goja.Object) bool {
	if _, ok := attribute(el, "selected"); ok {
		return true
	}
	if text(el, "name") != "option" {
		return false
	}
	p := parent(el)
	if p == nil || text(p, "name") != "select" {
		return false
	}
	if _, many := attribute(p, "multiple"); many {
		return false
	}
	list := elements(p)
	for _, s := range list {
		if _, ok := attribute(s, "selected"); ok {
			return false
		}
	}
	return len(list) > 0 && list[0].SameAs(el)
}
