package rewrite

import (
	"github.com/dop251/goja/ast"

	"posthaste/script/engine/syntax"
)

// caughtName is the parameter of a catch whose pattern stands in its block instead. The
// letters are invisible and no script has them.
const caughtName = CaughtInText + "1"

// caughtEdits begins each catch of a text with the guard that words an error of the engine as
// V8 does. catch ({message}) {…} becomes catch (x) {guard(x);let {message}=x;…}.
func caughtEdits(tree *ast.Program, text string, offset int) (edits []textEdit) {
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		if c, ok := n.(*ast.CatchStatement); ok && c.Parameter != nil {
			start := int(c.Body.LeftBrace) + 1 - offset
			from, to := int(c.Parameter.Idx0())-offset, int(c.Parameter.Idx1())-offset
			switch name, plain := c.Parameter.(*ast.Identifier); {
			case plain:
				edits = append(edits, textEdit{start, start, CaughtInText + "(" + string(name.Name) + ");"})
			case from >= 0 && from < to && to <= len(text):
				let := CaughtInText + "(" + caughtName + ");let " + text[from:to] + "=" + caughtName + ";"
				edits = append(edits, textEdit{from, to, caughtName}, textEdit{start, start, let})
			}
		}
		syntax.Children(n, visit)
	}
	for _, s := range tree.Body {
		visit(s)
	}
	return edits
}
