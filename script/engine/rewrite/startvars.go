package rewrite

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"posthaste/script/engine/syntax"
)

// startVars begins a function that uses arguments by making its variables undefined. In such a function the engine
// copies arguments beyond the parameters over variables that inner functions use (goja's enterFunc, 2026-09), so a
// var that is read before it is set would hold one of them.
func startVars(f *ast.FunctionLiteral) {
	taken := map[string]bool{"arguments": true}
	for _, p := range f.ParameterList.List {
		syntax.BoundNames(p, func(name string) { taken[name] = true })
	}
	if f.ParameterList.Rest != nil {
		syntax.BoundNames(f.ParameterList.Rest, func(name string) { taken[name] = true })
	}
	for _, s := range f.Body.List {
		if d, ok := s.(*ast.FunctionDeclaration); ok && d.Function.Name != nil {
			taken[string(d.Function.Name.Name)] = true
		}
	}
	// One statement each: x = void 0.
	var starts []ast.Statement
	at := f.Body.LeftBrace
	for _, list := range f.DeclarationList {
		for _, b := range list.List {
			syntax.BoundNames(b.Target, func(name string) {
				if taken[name] {
					return
				}
				taken[name] = true
				nothing := &ast.UnaryExpression{Operator: token.VOID, Idx: at, Operand: &ast.NumberLiteral{Idx: at, Literal: "0", Value: int64(0)}}
				starts = append(starts, &ast.ExpressionStatement{Expression: &ast.AssignExpression{
					Operator: token.ASSIGN, Left: syntax.Ident(name, at), Right: nothing,
				}})
			})
		}
	}
	if len(starts) > 0 {
		f.Body.List = syntax.Insert(f.Body.List, starts...)
	}
}

// Library corrects the tree of a library: nothing but startVars, since its text is known, and
// guards would slow it down.
func Library(tree *ast.Program) {
	w := &argumentUsers{}
	for _, s := range tree.Body {
		w.visit(s)
	}
}

// argumentUsers finds the functions that use arguments.
type argumentUsers struct{ uses bool }

// visit finds functions that use arguments; inner functions have one of their own.
func (w *argumentUsers) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Identifier:
		w.uses = w.uses || n.Name == "arguments"
	case *ast.FunctionLiteral:
		outside := w.uses
		w.uses = false
		syntax.Children(n, w.visit)
		if w.uses {
			startVars(n)
		}
		w.uses = outside
	default:
		syntax.Children(n, w.visit)
	}
}
