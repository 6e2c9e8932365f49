package engine

import (
	"errors"
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/newer"
	"posthaste/script/engine/syntax"
)

// lowerScript compiles a script by way of a lowerer. known is what the engine says of it as
// it stands, which is told when lowering knows nothing better.
func lowerScript(w *newer.Lowerer, source string, hosts map[string]bool, known error) (*Script, error) {
	l, fault := w.Lower(failure.ScriptName, failure.WrapOpen+source+failure.WrapClose)
	if fault != nil {
		return nil, furthest(source, known, fault)
	}
	script, err := buildScript(source, l, hosts)
	if err != nil {
		if errors.As(err, &fault) {
			fault.Line += failure.WrapLines
			return nil, furthest(source, known, fault)
		}
		return nil, known
	}
	script.wants.Store(mentions) // what lowering adds uses Symbol.asyncIterator
	return script, nil
}

// furthest picks the better of two reasons: of the parsers the engine's stops at what is only
// newer than itself, and the other goes on to what is wrong.
func furthest(source string, known error, other *failure.Fault) error {
	fault, ok := known.(*failure.Fault) //nolint:errorlint // it is made here and never wrapped
	if ok && other.Line <= failure.WrapLines && strings.Contains(fault.Message, syntax.NotHere) {
		return &failure.Fault{Name: "SyntaxError", Message: other.Message, Line: fault.Line, Col: fault.Col, Source: fault.Source}
	}
	line := other.Line - failure.WrapLines
	if !ok || fault.End || line > strings.Count(source, "\n")+1 || line < fault.Line || line == fault.Line && !strings.Contains(fault.Message, syntax.NotHere) {
		return known
	}
	return (&failure.Fault{Name: "SyntaxError", Message: other.Message}).At(source, other.Line, other.Col)
}

// adopt moves what lowering put before the wrapper into its function, so that it does not
// become global and no other script sees it.
func adopt(tree *ast.Program, outer *ast.FunctionLiteral) {
	last := len(tree.Body) - 1
	outer.Body.List = append(tree.Body[:last:last], outer.Body.List...)
	outer.DeclarationList = append(outer.DeclarationList, tree.DeclarationList...)
	tree.Body, tree.DeclarationList = tree.Body[last:], nil
}
