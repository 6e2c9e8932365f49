package rewrite

import (
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/syntax"
)

// A script is an arrow function within a function that has the host names and the guards as parameters, so that it may declare
// names of its own. The engine makes the arrow function anew at each run, which takes a while; for a script that declares none
// of those names the outer function alone would do.

// Joins says whether the body of a script can stand in the function around it, with the parameters that it has now, and nobody
// notices: it declares no name of a parameter, has no directive, and cannot print a stack, which has a line for each function.
func Joins(source string, outer *ast.FunctionLiteral, body *ast.ArrowFunctionLiteral) bool {
	for _, word := range []string{"arguments", "new.target", "Error", "catch", "then", "stack", "trace"} {
		if strings.Contains(source, word) {
			return false
		}
	}
	block, ok := body.Body.(*ast.BlockStatement)
	if !ok || len(block.List) > 0 && syntax.Directive(block.List[0]) != "" {
		return false
	}
	parameters := map[string]bool{}
	for _, p := range outer.ParameterList.List {
		syntax.BoundNames(p.Target, func(name string) { parameters[name] = true })
	}
	joins := true
	declare := func(name string) { joins = joins && !parameters[name] }
	for _, d := range body.DeclarationList {
		for _, b := range d.List {
			syntax.BoundNames(b.Target, declare)
		}
	}
	for _, s := range block.List {
		switch s := s.(type) {
		case *ast.LexicalDeclaration:
			for _, b := range s.List {
				syntax.BoundNames(b.Target, declare)
			}
		case *ast.ClassDeclaration:
			declare(string(s.Class.Name.Name))
		case *ast.FunctionDeclaration:
			declare(string(s.Function.Name.Name))
		}
	}
	return joins
}
