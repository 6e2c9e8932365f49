package syntax

import (
	"slices"

	"github.com/dop251/goja/ast"
)

// Sources returns the texts of the functions and classes of a program in the order in which they begin.
func Sources(text string) []string {
	tree, err := ParseText(text)
	if err != nil {
		return nil
	}
	type source struct {
		at   int
		text string
	}
	var found []source
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.FunctionLiteral:
			found = append(found, source{int(n.Idx0()), n.Source})
		case *ast.ArrowFunctionLiteral:
			found = append(found, source{int(n.Idx0()), n.Source})
		case *ast.ClassLiteral:
			found = append(found, source{int(n.Idx0()), n.Source})
		}
		Children(n, visit)
	}
	for _, s := range tree.Body {
		visit(s)
	}
	slices.SortStableFunc(found, func(a, b source) int { return a.at - b.at })
	texts := make([]string, len(found))
	for i, f := range found {
		texts[i] = f.text
	}
	return texts
}
