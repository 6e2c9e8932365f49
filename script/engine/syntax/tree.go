package syntax

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

// IsStrict says whether "use strict" is among the directives at the beginning of a list.
func IsStrict(list []ast.Statement) bool {
	for _, s := range list {
		d := Directive(s)
		if d == "" {
			return false
		}
		if d == "use strict" {
			return true
		}
	}
	return false
}

// Directive returns the text of a statement that is a string alone, otherwise "".
func Directive(s ast.Statement) string {
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

// Insert puts statements before the first one that is no directive, in a new list.
func Insert(list []ast.Statement, s ...ast.Statement) []ast.Statement {
	at := 0
	for at < len(list) && Directive(list[at]) != "" {
		at++
	}
	out := make([]ast.Statement, 0, len(list)+len(s))
	out = append(out, list[:at]...)
	out = append(out, s...)
	return append(out, list[at:]...)
}

// BoundNames calls add for the names that a binding declares, in patterns at every depth.
// Defaults declare nothing.
func BoundNames(n ast.Node, add func(string)) {
	switch n := n.(type) {
	case *ast.Identifier:
		add(string(n.Name))
	case *ast.PropertyShort:
		add(string(n.Name.Name))
	case *ast.PropertyKeyed:
		BoundNames(n.Value, add)
	case *ast.AssignExpression:
		BoundNames(n.Left, add)
	case *ast.Binding:
		BoundNames(n.Target, add)
	case *ast.ObjectPattern, *ast.ArrayPattern, *ast.SpreadElement:
		Children(n, func(c ast.Node) { BoundNames(c, add) })
	}
}

// Ident makes an identifier with a place, for code that is inserted.
func Ident(name string, at file.Idx) *ast.Identifier {
	return &ast.Identifier{Name: unistring.NewFromString(name), Idx: at}
}
