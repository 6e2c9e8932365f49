package rewrite

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"posthaste/script/engine/syntax"
	"posthaste/script/kernel"
)

// localKernel is the kind of kernel that a declared function may stand for, with its own name and those of its three
// parameters; "" for others. Such a function gets a guard that it begins with, "if (guard(kind, id, a, b, c)) return;", and is
// told to the guard behind its declaration: "guard(kind, id, f);". In the function itself its name may mean a variable.
func localKernel(f *ast.FunctionLiteral) (kind string, names []string) {
	if f.Name == nil || f.Async || f.Generator || f.ParameterList.Rest != nil || len(f.ParameterList.List) != 3 {
		return "", nil
	}
	if kind = kernel.Kind(f.Source); kind == "" {
		return "", nil
	}
	names = []string{string(f.Name.Name)}
	for _, p := range f.ParameterList.List {
		id, ok := p.Target.(*ast.Identifier)
		if !ok || p.Initializer != nil {
			return "", nil
		}
		names = append(names, string(id.Name))
	}
	if !contained(f, names[1:]) {
		return "", nil
	}
	return kind, names
}

// contained says whether a function changes nothing but what its parameters hold and its own variables, and calls nothing but
// Math.floor, so that it may be called to see what it does.
func contained(f *ast.FunctionLiteral, params []string) bool {
	own := map[string]bool{}
	for _, p := range params {
		own[p] = true
	}
	add := func(list []*ast.Binding) {
		for _, b := range list {
			syntax.BoundNames(b.Target, func(name string) { own[name] = true })
		}
	}
	for _, d := range f.DeclarationList {
		add(d.List)
	}
	ok := true
	target := func(e ast.Expression) {
		if member, is := e.(*ast.BracketExpression); is {
			e = member.Left
		}
		id, is := e.(*ast.Identifier)
		ok = ok && is && own[string(id.Name)]
	}
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.ForLoopInitializerLexicalDecl:
			add(n.LexicalDeclaration.List)
		case *ast.LexicalDeclaration:
			add(n.List)
		case *ast.AssignExpression:
			target(n.Left)
		case *ast.UnaryExpression:
			if n.Operator == token.INCREMENT || n.Operator == token.DECREMENT || n.Operator == token.DELETE {
				target(n.Operand)
			}
		case *ast.CallExpression:
			dot, is := n.Callee.(*ast.DotExpression)
			ok = ok && is && syntax.Shown(dot) == "Math.floor"
		case *ast.NewExpression, *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral, *ast.TemplateLiteral,
			*ast.YieldExpression, *ast.AwaitExpression, *ast.ThisExpression:
			ok = false
		}
		if ok {
			syntax.Children(n, visit)
		}
	}
	visit(f.Body)
	return ok
}

// kernelID tells functions of different sources apart.
func kernelID(f *ast.FunctionLiteral) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(f.Source))
	return strconv.FormatUint(h.Sum64(), 36)
}

// tellKernels puts the statements behind declarations in a list that tell the guard of functions.
func tellKernels(list []ast.Statement) []ast.Statement {
	for i := len(list) - 1; i >= 0; i-- {
		d, ok := list[i].(*ast.FunctionDeclaration)
		if !ok {
			continue
		}
		if kind, names := localKernel(d.Function); kind != "" {
			at := d.Function.Function
			call := localCall(at, kind, kernelID(d.Function), names[:1])
			list = slices.Insert(list, i+1, ast.Statement(&ast.ExpressionStatement{Expression: call}))
		}
	}
	return list
}

func localCall(at file.Idx, kind, id string, names []string) *ast.CallExpression {
	var args []ast.Expression
	for _, text := range []string{kind, id} {
		args = append(args, &ast.StringLiteral{Idx: at, Value: unistring.NewFromString(text)})
	}
	for _, name := range names {
		args = append(args, syntax.Ident(name, at))
	}
	return &ast.CallExpression{Callee: syntax.Ident(LocalKernelGuard, at), LeftParenthesis: at, RightParenthesis: at + 1, ArgumentList: args}
}

// localKernel puts the guard into a function of a tree.
func (m *Rewriter) localKernel(f *ast.FunctionLiteral) {
	kind, names := localKernel(f)
	if kind == "" {
		return
	}
	at := f.Body.LeftBrace
	guard := localCall(at, kind, kernelID(f), names[1:])
	f.Body.List = syntax.Insert(f.Body.List, &ast.IfStatement{If: at, Test: guard, Consequent: &ast.ReturnStatement{Return: at}})
}

// localKernelEdits is the same for a declaration in a text.
func localKernelEdits(f *ast.FunctionLiteral, offset int) []textEdit {
	kind, names := localKernel(f)
	if kind == "" {
		return nil
	}
	call := LocalKernelGuard + "(" + strconv.Quote(kind) + "," + strconv.Quote(kernelID(f)) + ","
	begin, end := int(f.Body.LeftBrace)+1-offset, int(f.Idx1())-offset
	return []textEdit{
		{begin, begin, "if(" + call + strings.Join(names[1:], ",") + "))return;"},
		{end, end, ";" + call + names[0] + ");"},
	}
}
