package rewrite

import (
	"slices"
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/syntax"
)

// catchEdits does for a text that the engine itself parses what catchVars does for a tree: a
// var with the name of its catch's parameter becomes an assignment, and what it declares is
// declared at the end of the function. offset is the position of the text's first byte.
func catchEdits(tree *ast.Program, text string, offset int) (edits []textEdit) {
	// Function by function, since each gets the declarations that were taken from it.
	var body func(list []ast.Statement, end int)
	body = func(list []ast.Statement, end int) {
		c := catchText{text: text, offset: offset}
		var visit func(n ast.Node)
		visit = func(n ast.Node) {
			switch n := n.(type) {
			case *ast.FunctionLiteral:
				body(n.Body.List, int(n.Body.RightBrace)-offset)
				return
			case *ast.ArrowFunctionLiteral:
				if block, ok := n.Body.(*ast.BlockStatement); ok {
					body(block.List, int(block.RightBrace)-offset)
					return
				}
			case *ast.CatchStatement:
				if name, ok := n.Parameter.(*ast.Identifier); ok {
					c.statement(n.Body, string(name.Name))
				}
			}
			syntax.Children(n, visit)
		}
		for _, s := range list {
			visit(s)
		}
		if len(c.edits) > 0 && end >= 0 && end <= len(text) {
			edits = append(append(edits, c.edits...), textEdit{end, end, "\n;var " + strings.Join(c.names, ",") + ";"})
		}
	}
	body(tree.Body, len(text))
	return edits
}

// A catchText collects the edits of one function, and the names to declare.
type catchText struct {
	text   string
	offset int
	edits  []textEdit
	names  []string
}

// statement looks for var statements that declare the name of a catch's parameter, outside of
// functions.
func (c *catchText) statement(n ast.Node, name string) {
	switch n := n.(type) {
	case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
		return
	case *ast.VariableStatement:
		c.assign(n.List, name)
	case *ast.ForStatement:
		if vars, ok := n.Initializer.(*ast.ForLoopInitializerVarDeclList); ok {
			c.assign(vars.List, name)
		}
	case *ast.CatchStatement:
		if inner, ok := n.Parameter.(*ast.Identifier); ok && string(inner.Name) == name {
			return // which has been looked at by itself
		}
	}
	syntax.Children(n, func(child ast.Node) { c.statement(child, name) })
}

// assign takes the word var away from a statement that declares a name. Blanks in its place
// keep all positions.
func (c *catchText) assign(list []*ast.Binding, name string) {
	const word = "var"
	if !declares(list, name) {
		return
	}
	first := int(list[0].Target.Idx0()) - c.offset
	if first < 0 || first > len(c.text) {
		return
	}
	before := strings.TrimRight(c.text[:first], blanks)
	from := len(before) - len(word)
	if !strings.HasSuffix(before, word) {
		return // a comment stands between
	}
	instead := "  "
	for _, b := range list {
		if _, plain := b.Target.(*ast.Identifier); !plain {
			instead = " 0," // a pattern cannot begin a statement
		}
		syntax.BoundNames(b.Target, func(name string) {
			if !slices.Contains(c.names, name) {
				c.names = append(c.names, name)
			}
		})
	}
	c.edits = append(c.edits, textEdit{from, from + len(word), instead})
}
