package rewrite

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"

	"posthaste/script/engine/syntax"
)

// A callSpotter finds the functions that call something: only these can recurse, and overflow
// the stack.
type callSpotter struct {
	calls  bool // the function that is walked does
	forced bool // the next function is called without a call that can be seen
	found  []calling
}

// A calling is one such function, or an expression that is evaluated for each call or each
// new object. One of the fields is set.
type calling struct {
	function *ast.FunctionLiteral
	arrow    *ast.ArrowFunctionLiteral
	value    *ast.Expression
}

// visit walks a node. A class field's initialiser runs as a function of its own, so its calls
// do not count for what is around it.
func (c *callSpotter) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpression, *ast.NewExpression:
		c.calls = true
		syntax.Children(n, c.visit)
	case *ast.TemplateLiteral:
		c.calls = c.calls || n.Tag != nil
		syntax.Children(n, c.visit)
	case *ast.FunctionLiteral:
		c.function(n.ParameterList, n.Body, calling{function: n})
	case *ast.ArrowFunctionLiteral:
		c.function(n.ParameterList, n.Body, calling{arrow: n})
	case *ast.PropertyKeyed:
		c.member(n, n.Key, n.Value, n.Kind, n.Computed)
	case *ast.MethodDefinition:
		c.member(n, n.Key, n.Body, n.Kind, n.Computed)
	case *ast.FieldDefinition:
		outside := c.calls
		c.calls = false
		syntax.Children(n, c.visit)
		c.note(&n.Initializer)
		c.calls = outside
	default:
		syntax.Children(n, c.visit)
	}
}

// function walks a function and notes it when it calls something. Defaults of parameters run
// outside of the body, and are noted by themselves.
func (c *callSpotter) function(parameters *ast.ParameterList, body ast.Node, f calling) {
	outside, forced := c.calls, c.forced
	c.forced = false
	if parameters != nil {
		for _, p := range parameters.List {
			c.calls = false
			c.visit(p)
			c.note(&p.Initializer)
		}
		if parameters.Rest != nil {
			c.visit(parameters.Rest)
		}
	}
	c.calls = false
	c.visit(body)
	if c.calls || forced {
		c.found = append(c.found, f)
	}
	c.calls = outside
}

// note notes a value that calls something. Functions stay as they are: they are named by
// where they stand (const f = () => 1).
func (c *callSpotter) note(value *ast.Expression) {
	switch (*value).(type) {
	case nil, *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
		return
	}
	if c.calls {
		c.found = append(c.found, calling{value: value})
	}
}

// member walks a property that may be a function which the engine calls by itself, as a
// getter, which can recurse without a call in the text.
func (c *callSpotter) member(n ast.Node, key, value ast.Expression, kind ast.PropertyKind, computed bool) {
	_, isFunction := value.(*ast.FunctionLiteral)
	name, _ := key.(*ast.StringLiteral)
	c.forced = isFunction && (computed || kind == ast.PropertyKindGet || kind == ast.PropertyKindSet || name != nil && calledByItself(name.Value.String()))
	syntax.Children(n, c.visit)
	c.forced = false
}

// calledByItself recognises the names of functions that the engine itself calls: for
// conversions, iteration, and traps of proxies. A computed name may be any of them.
func calledByItself(name string) bool {
	switch name {
	case "toString", "valueOf", "toJSON", "toLocaleString", "then", "next", "return", "throw",
		"get", "set", "has", "deleteProperty", "apply", "construct", "ownKeys", "getPrototypeOf", "setPrototypeOf",
		"getOwnPropertyDescriptor", "defineProperty", "isExtensible", "preventExtensions":
		return true
	}
	return false
}

// guardCalls puts the guard into the functions below top, which is one itself, and says
// whether there are any. The guard counts how deep calls nest.
func guardCalls(top ast.Node) bool {
	c := &callSpotter{}
	syntax.Children(top, c.visit)
	for _, f := range c.found {
		switch {
		case f.function != nil:
			at := f.function.Body.LeftBrace
			f.function.Body.List = syntax.Insert(f.function.Body.List, &ast.ExpressionStatement{Expression: checkOfStack(at)})
		case f.value != nil:
			*f.value = behindCheck(*f.value)
		default:
			switch body := f.arrow.Body.(type) {
			case *ast.BlockStatement:
				body.List = syntax.Insert(body.List, &ast.ExpressionStatement{Expression: checkOfStack(body.LeftBrace)})
			case *ast.ExpressionBody:
				body.Expression = behindCheck(body.Expression)
			}
		}
	}
	return len(c.found) > 0
}

// behindCheck is (guard(), e), which has e's value.
func behindCheck(e ast.Expression) ast.Expression {
	return &ast.SequenceExpression{Sequence: []ast.Expression{checkOfStack(e.Idx0()), e}}
}

// checkOfStack is a call of the guard with a place in the text.
func checkOfStack(at file.Idx) ast.Expression {
	return &ast.CallExpression{Callee: syntax.Ident(StackGuard, at), LeftParenthesis: at, RightParenthesis: at + 1}
}

// textEdits returns what puts the guard into the functions of a program's text that call
// something. Offset is the position of the text's first byte. A place where the end of an
// expression would have to be known gets no guard.
func textEdits(tree *ast.Program, offset int) (edits []textEdit) {
	c := &callSpotter{}
	for _, s := range tree.Body {
		c.visit(s)
	}
	add := func(at file.Idx, text string) {
		edits = append(edits, textEdit{int(at) - offset, int(at) - offset, text})
	}
	for _, f := range c.found {
		body := ast.Node(nil)
		switch {
		case f.function != nil:
			body = f.function.Body
		case f.arrow != nil:
			body = f.arrow.Body
		}
		switch body := body.(type) {
		case *ast.BlockStatement:
			// Behind directives, which must come first to count: "use strict".
			at := body.LeftBrace + 1
			for _, s := range body.List {
				if syntax.Directive(s) == "" {
					break
				}
				at = s.Idx1()
			}
			add(at, ";"+StackGuardInText+"();")
		case *ast.ExpressionBody:
			// The guard returns undefined, so that guard()||e is e.
			if standsBehindOr(body.Expression) {
				add(body.Expression.Idx0(), StackGuardInText+"()||")
			}
		}
	}
	return edits
}

// standsBehindOr says whether an expression keeps its meaning behind ||: its leftmost
// operator must bind no weaker.
func standsBehindOr(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.CallExpression:
		return standsBehindOr(e.Callee)
	case *ast.DotExpression:
		return standsBehindOr(e.Left)
	case *ast.BracketExpression:
		return standsBehindOr(e.Left)
	case *ast.BinaryExpression:
		return e.Operator != token.COALESCE && standsBehindOr(e.Left)
	case *ast.ConditionalExpression:
		return standsBehindOr(e.Test)
	case *ast.Identifier, *ast.ThisExpression, *ast.NumberLiteral, *ast.StringLiteral, *ast.ArrayLiteral, *ast.ObjectLiteral, *ast.NewExpression:
		return true
	}
	return false
}
