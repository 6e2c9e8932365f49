package rewrite

import (
	"strconv"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"

	"posthaste/script/engine/syntax"
)

// Shared code often begins with "var tests = tests || {}". In newman a script's variables stand beside the sandbox's names, so
// that this is the sandbox's value; here, and in Postman's newest sandbox, they stand in a function of their own, where the
// name would be undefined. So a variable of a script whose first value mentions its own name begins as what the sandbox has:
// "var tests = host("tests", tests), tests = tests || {}". The guard gives its second argument where that is something.

// selfNamed returns the places of bindings whose first value mentions their own name.
func selfNamed(list []*ast.Binding) (places []int) {
	for i, b := range list {
		id, ok := b.Target.(*ast.Identifier)
		if ok && b.Initializer != nil && mentionsName(b.Initializer, string(id.Name)) {
			places = append(places, i)
		}
	}
	return places
}

// mentionsName says whether a name is used by an expression itself, and not only by functions in it.
func mentionsName(e ast.Expression, name string) (found bool) {
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Identifier:
			found = found || string(n.Name) == name
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
		default:
			syntax.Children(n, visit)
		}
	}
	visit(e)
	return found
}

// hostVars notes declarations by var of the script itself, and not of its functions.
func (m *Rewriter) hostVars(list *[]*ast.Binding) {
	if m.script && m.Fn.outer == nil && m.Fn.arrows == 0 && len(selfNamed(*list)) > 0 {
		m.declared = append(m.declared, list)
	}
}

// beginHostVars puts the guards in.
func (m *Rewriter) beginHostVars(used map[string]bool) {
	for _, list := range m.declared {
		used[HostGuard] = true
		places := selfNamed(*list)
		var all []*ast.Binding
		for i, b := range *list {
			if len(places) > 0 && places[0] == i {
				places = places[1:]
				id := b.Target.(*ast.Identifier)
				all = append(all, &ast.Binding{Target: syntax.Ident(string(id.Name), id.Idx), Initializer: hostCall(id)})
			}
			all = append(all, b)
		}
		*list = all
	}
}

func hostCall(id *ast.Identifier) ast.Expression {
	at := id.Idx
	name := &ast.StringLiteral{Idx: at, Value: unistring.NewFromString(string(id.Name))}
	return &ast.CallExpression{
		Callee: syntax.Ident(HostGuard, at), LeftParenthesis: at, RightParenthesis: at + file.Idx(1),
		ArgumentList: []ast.Expression{name, syntax.Ident(string(id.Name), at)},
	}
}

// HostVars puts the guards into a text that a script evaluates outside of its functions, as beginHostVars does into a tree.
func HostVars(tree *ast.Program, text string) string {
	if syntax.IsStrict(tree.Body) {
		return text // its variables are its own
	}
	var edits []textEdit
	list := func(bindings []*ast.Binding) {
		for _, i := range selfNamed(bindings) {
			id := bindings[i].Target.(*ast.Identifier)
			at, name := int(id.Idx)-1, string(id.Name)
			edits = append(edits, textEdit{at, at, name + "=" + InText(HostGuard) + "(" + strconv.Quote(name) + "," + name + "),"})
		}
	}
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
			return
		case *ast.VariableStatement:
			list(n.List)
		case *ast.ForLoopInitializerVarDeclList:
			list(n.List)
		}
		syntax.Children(n, visit)
	}
	for _, s := range tree.Body {
		visit(s)
	}
	if len(edits) == 0 {
		return text
	}
	return edited(text, edits)
}
