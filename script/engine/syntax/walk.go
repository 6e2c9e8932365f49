package syntax

import "github.com/dop251/goja/ast"

// Children calls visit for each node directly below n, in the order of the text. Nodes that
// goja does not put into the tree as interfaces (identifiers of property names, labels) are
// left out: they name no variable.
func Children(n ast.Node, visit func(ast.Node)) {
	if !expressionChildren(n, visit) {
		statementChildren(n, visit)
	}
}

// expressionChildren visits what is inside of an expression; it is false for other nodes.
func expressionChildren(n ast.Node, visit func(ast.Node)) bool {
	one := func(list ...ast.Expression) {
		for _, e := range list {
			if e != nil {
				visit(e)
			}
		}
	}
	switch n := n.(type) {
	case *ast.YieldExpression:
		one(n.Argument)
	case *ast.AwaitExpression:
		one(n.Argument)
	case *ast.ArrayLiteral:
		one(n.Value...)
	case *ast.AssignExpression:
		one(n.Left, n.Right)
	case *ast.BinaryExpression:
		one(n.Left, n.Right)
	case *ast.BracketExpression:
		one(n.Left, n.Member)
	case *ast.CallExpression:
		one(n.Callee)
		one(n.ArgumentList...)
	case *ast.NewExpression:
		one(n.Callee)
		one(n.ArgumentList...)
	case *ast.ConditionalExpression:
		one(n.Test, n.Consequent, n.Alternate)
	case *ast.DotExpression:
		one(n.Left)
	case *ast.PrivateDotExpression:
		one(n.Left)
	case *ast.OptionalChain:
		one(n.Expression)
	case *ast.Optional:
		one(n.Expression)
	case *ast.SpreadElement:
		one(n.Expression)
	case *ast.SequenceExpression:
		one(n.Sequence...)
	case *ast.TemplateLiteral:
		one(n.Tag)
		one(n.Expressions...)
	case *ast.UnaryExpression:
		one(n.Operand)
	case *ast.ExpressionBody:
		one(n.Expression)
	default:
		return structureChildren(n, one, visit)
	}
	return true
}

// structureChildren covers object literals, patterns, functions and classes; it is false for
// other nodes.
func structureChildren(n ast.Node, one func(...ast.Expression), visit func(ast.Node)) bool {
	switch n := n.(type) {
	case *ast.ArrayPattern:
		one(n.Elements...)
		one(n.Rest)
	case *ast.ObjectLiteral:
		for _, p := range n.Value {
			visit(p)
		}
	case *ast.ObjectPattern:
		for _, p := range n.Properties {
			visit(p)
		}
		one(n.Rest)
	case *ast.PropertyShort:
		visit(&n.Name)
		one(n.Initializer)
	case *ast.PropertyKeyed:
		if n.Computed {
			one(n.Key)
		}
		one(n.Value)
	case *ast.Binding:
		visit(n.Target)
		one(n.Initializer)
	case *ast.FunctionLiteral:
		parameterChildren(n.ParameterList, visit)
		visit(n.Body)
	case *ast.ArrowFunctionLiteral:
		parameterChildren(n.ParameterList, visit)
		visit(n.Body)
	case *ast.ClassLiteral:
		one(n.SuperClass)
		for _, e := range n.Body {
			visit(e)
		}
	default:
		return false
	}
	return true
}

// parameterChildren visits the parameters of a function.
func parameterChildren(list *ast.ParameterList, visit func(ast.Node)) {
	if list == nil {
		return
	}
	bindings(list.List, visit)
	if list.Rest != nil {
		visit(list.Rest)
	}
}

func bindings(list []*ast.Binding, visit func(ast.Node)) {
	for _, b := range list {
		visit(b)
	}
}

// statementChildren visits what is inside of a statement, expressions included.
func statementChildren(n ast.Node, visit func(ast.Node)) {
	expr := func(e ast.Expression) {
		if e != nil {
			visit(e)
		}
	}
	stmt := func(s ast.Statement) {
		if s != nil {
			visit(s)
		}
	}
	stmts := func(list []ast.Statement) {
		for _, s := range list {
			stmt(s)
		}
	}
	switch n := n.(type) {
	case *ast.BlockStatement:
		stmts(n.List)
	case *ast.ExpressionStatement:
		expr(n.Expression)
	case *ast.IfStatement:
		expr(n.Test)
		stmt(n.Consequent)
		stmt(n.Alternate)
	case *ast.ReturnStatement:
		expr(n.Argument)
	case *ast.ThrowStatement:
		expr(n.Argument)
	case *ast.LabelledStatement:
		stmt(n.Statement)
	case *ast.WithStatement:
		expr(n.Object)
		stmt(n.Body)
	case *ast.SwitchStatement:
		expr(n.Discriminant)
		for _, c := range n.Body {
			visit(c)
		}
	case *ast.CaseStatement:
		expr(n.Test)
		stmts(n.Consequent)
	case *ast.VariableStatement:
		bindings(n.List, visit)
	case *ast.LexicalDeclaration:
		bindings(n.List, visit)
	case *ast.FunctionDeclaration:
		visit(n.Function)
	case *ast.ClassDeclaration:
		visit(n.Class)
	default:
		tryChildren(n, visit)
	}
}

// tryChildren covers try and catch, and passes everything else on to loopChildren.
func tryChildren(n ast.Node, visit func(ast.Node)) {
	switch n := n.(type) {
	case *ast.TryStatement:
		visit(n.Body)
		if n.Catch != nil {
			visit(n.Catch)
		}
		if n.Finally != nil {
			visit(n.Finally)
		}
	case *ast.CatchStatement:
		if n.Parameter != nil {
			visit(n.Parameter)
		}
		visit(n.Body)
	default:
		loopChildren(n, visit)
	}
}

// loopChildren covers loops and the parts of classes. Nodes without children end here.
func loopChildren(n ast.Node, visit func(ast.Node)) {
	expr := func(e ast.Expression) {
		if e != nil {
			visit(e)
		}
	}
	switch n := n.(type) {
	case *ast.DoWhileStatement:
		visit(n.Body)
		expr(n.Test)
	case *ast.WhileStatement:
		expr(n.Test)
		visit(n.Body)
	case *ast.ForInStatement:
		visit(n.Into)
		expr(n.Source)
		visit(n.Body)
	case *ast.ForOfStatement:
		visit(n.Into)
		expr(n.Source)
		visit(n.Body)
	case *ast.ForStatement:
		if n.Initializer != nil {
			visit(n.Initializer)
		}
		expr(n.Test)
		expr(n.Update)
		visit(n.Body)
	case *ast.ForLoopInitializerExpression:
		expr(n.Expression)
	case *ast.ForLoopInitializerVarDeclList:
		bindings(n.List, visit)
	case *ast.ForLoopInitializerLexicalDecl:
		bindings(n.LexicalDeclaration.List, visit)
	case *ast.ForIntoVar:
		visit(n.Binding)
	case *ast.ForDeclaration:
		visit(n.Target)
	case *ast.ForIntoExpression:
		expr(n.Expression)
	case *ast.FieldDefinition:
		if n.Computed {
			expr(n.Key)
		}
		expr(n.Initializer)
	case *ast.MethodDefinition:
		if n.Computed {
			expr(n.Key)
		}
		visit(n.Body)
	case *ast.ClassStaticBlock:
		visit(n.Block)
	}
}
