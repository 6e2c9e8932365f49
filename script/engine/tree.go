package engine

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

func isStrict(list []ast.Statement) bool {
	for _, s := range list {
		d := directive(s)
		if d == "" {
			return false
		}
		if d == "use strict" {
			return true
		}
	}
	return false
}

// directive returns the text of a statement that is a string alone, else "".
func directive(s ast.Statement) string {
	e, ok := s.(*ast.ExpressionStatement)
	if !ok {
		return ""
	}
	lit, ok := e.Expression.(*ast.StringLiteral)
	if !ok {
		return ""
	}
	return lit.Value.String()
}

// insert puts s before the first statement that is no directive.
func insert(list []ast.Statement, s ...ast.Statement) []ast.Statement {
	at := 0
	for at < len(list) && directive(list[at]) != "" {
		at++
	}
	out := make([]ast.Statement, 0, len(list)+len(s))
	out = append(out, list[:at]...)
	out = append(out, s...)
	return append(out, list[at:]...)
}

// boundNames calls add for the names that a binding declares.
func boundNames(n ast.Node, add func(string)) {
	switch n := n.(type) {
	case *ast.Identifier:
		add(string(n.Name))
	case *ast.PropertyShort:
		add(string(n.Name.Name))
	case *ast.PropertyKeyed:
		boundNames(n.Value, add)
	case *ast.AssignExpression:
		boundNames(n.Left, add)
	case *ast.Binding:
		boundNames(n.Target, add)
	case *ast.ObjectPattern, *ast.ArrayPattern, *ast.SpreadElement:
		children(n, func(c ast.Node) { boundNames(c, add) })
	}
}

func ident(name string, at file.Idx) *ast.Identifier {
	return &ast.Identifier{Name: unistring.NewFromString(name), Idx: at}
}
