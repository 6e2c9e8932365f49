package cheerio

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// pseudo reads a pseudo-class.
func (p *scanner) pseudo() test {
	p.text = strings.TrimPrefix(p.text[1:], ":")
	name := strings.ToLower(p.name())
	if !strings.HasPrefix(p.text, "(") {
		if t := simplePseudo(name); t != nil {
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
	position, ok := positions()[name]
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
		return (i-first)/step >= 0 && (i-first)%step == 0
	}
}

func (p *scanner) closing() {
	p.blanks()
	if !strings.HasPrefix(p.text, ")") {
		p.env.Throw("SyntaxError", "Parenthesis not matched")
	}
	p.text = p.text[1:]
}

// argument reads the text in brackets, with or without quotes.
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

// content gathers the text inside a node.
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

// nth reads "2n+1", "odd", "even" or a number: i fits when i is first plus a multiple of step.
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

// place is the number of an element among those of list that count, from one.
func place(el *goja.Object, list []*goja.Object, sameName, fromEnd bool) int {
	name, before, after, found := text(el, "name"), 0, 0, false
	for _, s := range list {
		switch {
		case s.SameAs(el):
			found = true
		case sameName && text(s, "name") != name:
		case found:
			after++
		default:
			before++
		}
	}
	if fromEnd {
		return after + 1
	}
	return before + 1
}

func positions() map[string]func(el *goja.Object) int {
	at := func(sameName, fromEnd bool) func(el *goja.Object) int {
		return func(el *goja.Object) int { return place(el, siblings(el), sameName, fromEnd) }
	}
	return map[string]func(el *goja.Object) int{
		"nth-child": at(false, false), "nth-last-child": at(false, true),
		"nth-of-type": at(true, false), "nth-last-of-type": at(true, true),
	}
}

// simplePseudo returns the test of a pseudo-class without argument, nil when there is none.
func simplePseudo(name string) test {
	if t := structurePseudo(name); t != nil {
		return t
	}
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

func structurePseudo(name string) test {
	switch name {
	case "first-child":
		return func(el *goja.Object) bool { return place(el, siblings(el), false, false) == 1 }
	case "last-child":
		return func(el *goja.Object) bool { return place(el, siblings(el), false, true) == 1 }
	case "only-child":
		return func(el *goja.Object) bool { return len(siblings(el)) == 1 }
	case "first-of-type":
		return func(el *goja.Object) bool { return place(el, siblings(el), true, false) == 1 }
	case "last-of-type":
		return func(el *goja.Object) bool { return place(el, siblings(el), true, true) == 1 }
	case "only-of-type":
		return func(el *goja.Object) bool {
			return place(el, siblings(el), true, false) == 1 && place(el, siblings(el), true, true) == 1
		}
	case "root":
		return func(el *goja.Object) bool { return parent(el) == nil }
	case "empty":
		return func(el *goja.Object) bool { return !hasContent(el) }
	case "parent":
		return hasContent
	}
	return nil
}

// hasContent says that elements or text are inside.
func hasContent(el *goja.Object) bool {
	for _, child := range children(el) {
		if isElement(child) || text(child, "type") == "text" {
			return true
		}
	}
	return false
}

// isSelected says that an option is the chosen one: by its attribute, or as the first where none has it.
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
