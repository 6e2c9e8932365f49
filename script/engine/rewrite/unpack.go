package rewrite

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"

	"posthaste/script/engine/syntax"
)

// An unpacking is an expression that is taken apart.
type unpacking struct {
	guard string
	value *ast.Expression
	rest  []ast.Expression
	at    file.Idx
}

func (m *Rewriter) unpack(guard string, value *ast.Expression, rest ...ast.Expression) {
	m.unpackings = append(m.unpackings, unpacking{guard, value, rest, (*value).Idx0()})
}

// destructured guards the value of a pattern.
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
		if key, ok := syntax.FirstKey(target); ok {
			m.unpack(PatternGuard, value, literal(syntax.Shown(*value)), literal(key))
		}
	}
}

func (m *Rewriter) guardUnpackings(used map[string]bool) {
	for _, u := range m.unpackings {
		used[u.guard] = true
		args := append([]ast.Expression{*u.value}, u.rest...)
		*u.value = &ast.CallExpression{Callee: syntax.Ident(u.guard, u.at), LeftParenthesis: u.at, ArgumentList: args, RightParenthesis: u.at + 1}
	}
}
