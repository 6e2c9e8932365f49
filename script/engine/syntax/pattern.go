package syntax

import (
	"errors"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
)

// The engine's parser refuses a pattern in a pattern whose parts have defaults, when it has a
// default itself and is in a pattern of an object, as in {a: [b = 1] = []}: it has read that
// as an assignment first (goja, 2026-09). Its compiler accepts such trees. So the defaults
// that are in the way are left out of the text, parsed alone, and put into the tree. Every
// other byte keeps its place, so errors and stack traces are right.

// Parse parses a program that errors call name. The error is goja's for the text as it was
// given.
func Parse(name, text string) (*ast.Program, error) {
	tree, err := parser.ParseFile(nil, name, text, 0, parser.WithDisableSourceMaps)
	if err == nil {
		return tree, nil
	}
	p := patterns{name: name, text: text, blanked: []byte(text), defaults: map[file.Idx]ast.Expression{}, rests: map[file.Idx]ast.BindingTarget{}}
	if tree = p.parse(err); tree == nil {
		return nil, err
	}
	return tree, nil
}

// The messages of goja's parser for defaults and for patterns behind "..." that it cannot
// read.
const (
	badTarget = "Invalid destructuring binding target"
	badRest   = "Invalid binding rest"
)

// maxPatternRounds bounds how often a text is parsed: once for each level of patterns.
const maxPatternRounds = 20

// patterns is a text whose patterns are parsed in parts.
type patterns struct {
	name, text string
	blanked    []byte                         // the text without what was left out, of the same length
	defaults   map[file.Idx]ast.Expression    // by the place of the element
	rests      map[file.Idx]ast.BindingTarget // by the place of what stands behind "..."
}

// parse returns the tree of the text, nil when something else is wrong with it than err says.
// Each round finds the faults of one level.
func (p *patterns) parse(err error) *ast.Program {
	for range maxPatternRounds {
		var list parser.ErrorList
		if !errors.As(err, &list) || !p.blank(list) {
			return nil
		}
		var tree *ast.Program
		if tree, err = parser.ParseFile(nil, p.name, string(p.blanked), 0, parser.WithDisableSourceMaps); err == nil {
			// Every part must be back in the tree, or the program would mean something else.
			want := len(p.defaults) + len(p.rests)
			if p.restore(tree) != want {
				return nil
			}
			return tree
		}
	}
	return nil
}

// blank leaves out what the errors name. It is false when the first error is about something
// else.
func (p *patterns) blank(list parser.ErrorList) bool {
	found := false
	for _, e := range list {
		at := offsetOf(p.text, e.Position.Line, e.Position.Column)
		switch {
		case at < 0 || at >= len(p.text):
			return false
		case e.Message == badTarget:
			if !p.leaveDefault(at) {
				return found // an error that follows from another one
			}
		case e.Message == badRest:
			if !p.leaveRest(at) {
				return found
			}
		default:
			return found
		}
		found = true
	}
	return found
}

// leaveDefault removes the default of the element at a place from the text and stores its
// tree. It is first parsed within an async function, where await is allowed.
func (p *patterns) leaveDefault(at int) bool {
	sign, end := elementOf(string(p.blanked), at)
	if sign < 0 {
		return false
	}
	value := p.alone("(async()=>(", sign+1, end, "))")
	if value == nil {
		value = p.alone("(", sign+1, end, ")")
	}
	if arrow, ok := value.(*ast.ArrowFunctionLiteral); ok && arrow.Async && arrow.Idx0() <= file.Idx(sign+1) {
		body, ok := arrow.Body.(*ast.ExpressionBody)
		if !ok {
			return false
		}
		value = body.Expression
	}
	if value == nil {
		return false
	}
	p.defaults[file.Idx(at+1)] = value
	p.spaces(sign, end)
	return true
}

// leaveRest replaces the pattern behind "..." by a name and stores the pattern's tree. The
// name is as long as the pattern.
func (p *patterns) leaveRest(at int) bool {
	_, end := elementOf(string(p.blanked), at)
	for end > at && strings.IndexByte(" \t\r\n", p.blanked[end-1]) >= 0 {
		end--
	}
	const head = "let["
	if at < len(head) || end-at < 2 {
		return false
	}
	tree, err := Parse(p.name, head+spaced(string(p.blanked), at, end)[len(head):]+"]=0")
	if err != nil || len(tree.Body) != 1 {
		return false
	}
	declaration, ok := tree.Body[0].(*ast.LexicalDeclaration)
	if !ok || len(declaration.List) != 1 {
		return false
	}
	outer, ok := declaration.List[0].Target.(*ast.ArrayPattern)
	if !ok || len(outer.Elements) != 1 {
		return false
	}
	target, ok := outer.Elements[0].(ast.BindingTarget)
	if !ok {
		return false
	}
	p.rests[file.Idx(at+1)] = target
	for i := at; i < end; i++ {
		if p.blanked[i] != '\n' {
			p.blanked[i] = '_'
		}
	}
	return true
}

// alone parses a part of the text as an expression between head and tail, nil when it is not
// an expression. Places stay right, because the text before becomes blanks.
func (p *patterns) alone(head string, from, to int, tail string) ast.Expression {
	if from < len(head) {
		return nil
	}
	tree, err := Parse(p.name, head+spaced(string(p.blanked), from, to)[len(head):]+tail)
	if err != nil || len(tree.Body) != 1 {
		return nil
	}
	statement, ok := tree.Body[0].(*ast.ExpressionStatement)
	if !ok {
		return nil
	}
	return statement.Expression
}

// spaces blanks a part of the text. Line breaks stay, so that places of errors stay.
func (p *patterns) spaces(from, to int) {
	for i := from; i < to; i++ {
		if p.blanked[i] != '\n' {
			p.blanked[i] = ' '
		}
	}
}

// spaced is the first to bytes of a text with nothing but line ends before from.
func spaced(text string, from, to int) string {
	b := []byte(text[:to])
	for i := range b[:from] {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
	return string(b)
}

// elementOf returns where the "=" of the list element at a place is, -1 without one, and
// where the element ends. Brackets inside are skipped.
func elementOf(text string, at int) (sign, end int) {
	n := nesting{source: text, i: at, open: []level{{}}}
	sign = -1
	for n.i < len(text) {
		if len(n.open) == 1 {
			switch c := text[n.i]; {
			case c == ',' || c == ']' || c == '}' || c == ')':
				return sign, n.i
			case c == '=' && sign < 0:
				if strings.HasPrefix(text[n.i:], "=>") || strings.HasPrefix(text[n.i:], "==") {
					return -1, n.i
				}
				sign = n.i
			}
		}
		n.step()
	}
	return sign, len(text)
}

// restore puts the parts back into the tree and returns how many it put. Functions get their
// original text back, which toString shows.
func (p *patterns) restore(tree *ast.Program) (count int) {
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.ArrayPattern:
			for i, e := range n.Elements {
				if e == nil {
					continue
				}
				if value := p.defaults[e.Idx0()]; value != nil {
					n.Elements[i] = &ast.AssignExpression{Operator: token.ASSIGN, Left: e, Right: value}
					delete(p.defaults, e.Idx0())
					count++
				}
			}
			if n.Rest != nil {
				if target := p.rests[n.Rest.Idx0()]; target != nil {
					n.Rest = target
					count++
				}
			}
		case *ast.FunctionLiteral:
			n.Source = p.source(n.Source, n.Idx0())
		case *ast.ArrowFunctionLiteral:
			n.Source = p.source(n.Source, n.Idx0())
		case *ast.ClassLiteral:
			n.Source = p.source(n.Source, n.Idx0())
		}
		Children(n, visit)
	}
	for _, s := range tree.Body {
		visit(s)
	}
	return count
}

// source is the original text of a function that was parsed from what was blanked.
func (p *patterns) source(parsed string, at file.Idx) string {
	from := int(at) - 1
	if to := from + len(parsed); from >= 0 && to <= len(p.text) && string(p.blanked[from:to]) == parsed {
		return p.text[from:to]
	}
	return parsed
}

// offsetOf returns the byte that a line and a column of a text mean, from 1 each; -1 beyond
// the last line.
func offsetOf(text string, line, col int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return -1
		}
		at += i + 1
	}
	return at + col - 1
}
