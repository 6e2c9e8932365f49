package rewrite

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"

	"posthaste/script/engine/syntax"
)

// An unpacking is an expression that is taken apart. rest are further arguments of the guard,
// and at is where the value begins.
type unpacking struct {
	guard string
	value *ast.Expression
	rest  []ast.Expression
	at    file.Idx
}

// unpack notes that a value goes through a guard, with what the guard needs for its message.
func (m *Rewriter) unpack(guard string, value *ast.Expression, rest ...ast.Expression) {
	m.unpackings = append(m.unpackings, unpacking{guard, value, rest, (*value).Idx0()})
}

// taken guards the value of a pattern that is assigned to: [a, b] = f().
func (m *Rewriter) taken(n *ast.AssignExpression) {
	switch n.Right.(type) {
	case *ast.ArrayLiteral, *ast.ObjectLiteral:
		if _, list := n.Left.(*ast.ArrayPattern); list == isList(n.Right) {
			return // defaults, mostly
		}
	}
	switch n.Left.(type) {
	case *ast.ArrayPattern: // V8 shows the value
		m.unpack(IterableGuard, &n.Right, &ast.StringLiteral{Idx: n.Right.Idx0()})
	case *ast.ObjectPattern:
		m.destructured(n.Left, &n.Right)
	}
}

// isList reports whether an expression is an array literal.
func isList(e ast.Expression) bool {
	_, ok := e.(*ast.ArrayLiteral)
	return ok
}

// destructured guards the value of a pattern. The guard gets the text that V8 shows and, for
// objects, the first key.
func (m *Rewriter) destructured(target ast.Node, value *ast.Expression) {
	literal := func(text string) ast.Expression {
		return &ast.StringLiteral{Idx: (*value).Idx0(), Value: unistring.NewFromString(text)}
	}
	switch target := target.(type) {
	case *ast.ArrayPattern:
		shown := syntax.Shown(*value)
		switch (*value).(type) {
		case *ast.DotExpression, *ast.BracketExpression, *ast.CallExpression, *ast.AwaitExpression:
			shown = "" // V8 shows the value
		}
		m.unpack(IterableGuard, value, literal(shown))
	case *ast.ObjectPattern:
		rest := []ast.Expression{literal(syntax.Shown(*value))}
		if key, ok := syntax.FirstKey(target); ok {
			rest = append(rest, literal(key))
		}
		m.unpack(PatternGuard, value, rest...)
	}
}

// guardUnpackings puts the guards in. They are made after those within the values, around
// which they stand.
func (m *Rewriter) guardUnpackings(used map[string]bool) {
	for _, u := range m.unpackings {
		used[u.guard] = true
		args := append([]ast.Expression{*u.value}, u.rest...)
		*u.value = &ast.CallExpression{Callee: syntax.Ident(u.guard, u.at), LeftParenthesis: u.at, ArgumentList: args, RightParenthesis: u.at + 1}
	}
}
