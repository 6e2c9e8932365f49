package rewrite

import (
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"posthaste/script/engine/syntax"
	"posthaste/script/kernel"
)

// kernelName is the name under which n assigns a function that a kernel may stand for, and
// where the function is; "" and nil for others. A kernel is a function in Go that replaces a
// slow one of a library, when the text of that is known.
func kernelName(n ast.Node) (name string, value *ast.Expression) {
	switch n := n.(type) {
	case *ast.AssignExpression:
		dot, ok := n.Left.(*ast.DotExpression)
		if !ok || n.Operator != token.ASSIGN {
			return "", nil
		}
		name, value = string(dot.Identifier.Name), &n.Right
	case *ast.PropertyKeyed:
		key, ok := n.Key.(*ast.StringLiteral)
		if !ok || n.Kind != ast.PropertyKindValue {
			return "", nil
		}
		name, value = string(key.Value), &n.Value
	default:
		return "", nil
	}
	word, known := kernel.Name(name)
	if !known {
		return "", nil
	}
	switch f := (*value).(type) {
	case *ast.FunctionLiteral:
		if strings.Contains(f.Source, word) {
			return name, value
		}
	case *ast.Identifier:
		if _, isProperty := n.(*ast.PropertyKeyed); word == "" && !isProperty {
			return name, value
		}
	}
	return "", nil
}

// kernel puts the guard around a function that a kernel may stand for: x.f = guard("f",
// function …). The guard decides which it returns.
func (m *Rewriter) kernel(n ast.Node) {
	name, value := kernelName(n)
	if value == nil {
		return
	}
	at := (*value).Idx0()
	*value = &ast.CallExpression{
		Callee: syntax.Ident(KernelGuard, at), LeftParenthesis: at, RightParenthesis: at + 1,
		ArgumentList: []ast.Expression{&ast.StringLiteral{Idx: at, Value: unistring.NewFromString(name)}, *value},
	}
}

// kernelEdits puts the guard into a text, as kernel does into a tree.
func kernelEdits(tree *ast.Program, offset int) (edits []textEdit) {
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		if d, ok := n.(*ast.FunctionDeclaration); ok {
			edits = append(edits, localKernelEdits(d.Function, offset)...)
		}
		if name, value := kernelName(n); value != nil {
			from, to := int((*value).Idx0())-offset, int((*value).Idx1())-offset
			edits = append(edits, textEdit{from, from, KernelGuard + "(" + strconv.Quote(name) + ","}, textEdit{to, to, ")"})
		}
		syntax.Children(n, visit)
	}
	for _, s := range tree.Body {
		visit(s)
	}
	return edits
}
