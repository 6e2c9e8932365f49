package engine

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
)

// An assertion that is a property, as in pm.expect(a).to.be.true, is often written with brackets. The engine says of such
// a call that a "Dynamic object is not callable", which nobody understands. So a call at the end of an assertion goes
// through a guard, which says what V8 says.

const assertionGuard = "%assertion"

// assertion notes a call of a property that ends an assertion. The call becomes one of what the guard returns.
func (m *mender) assertion(n *ast.CallExpression) {
	dot, ok := n.Callee.(*ast.DotExpression)
	if !ok || m.chained > 0 || !endsAssertion(dot.Identifier.Name.String()) || !isAssertion(dot.Left) {
		return
	}
	m.assertions = append(m.assertions, n)
}

// guardAssertions puts the guard in.
func (m *mender) guardAssertions(used map[string]bool) {
	for _, n := range m.assertions {
		used[assertionGuard] = true
		dot := n.Callee.(*ast.DotExpression)
		at := dot.Identifier.Idx
		text := func(s string) ast.Expression {
			return &ast.StringLiteral{Idx: at, Literal: s, Value: ident(s, at).Name}
		}
		n.Callee = &ast.CallExpression{
			Callee: ident(assertionGuard, at), LeftParenthesis: at, RightParenthesis: at + 1,
			ArgumentList: []ast.Expression{dot.Left, text(dot.Identifier.Name.String()), text(shown(dot))},
		}
	}
}

// isAssertion tells expressions with a word of chai's chains in them.
func isAssertion(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.DotExpression:
		switch e.Identifier.Name {
		case "to", "be", "been", "is", "that", "which", "and", "has", "have", "with", "not", "should":
			return true
		}
		return isAssertion(e.Left)
	case *ast.CallExpression:
		callee, ok := e.Callee.(*ast.DotExpression)
		return ok && (callee.Identifier.Name == "expect" || isAssertion(callee.Left))
	}
	return false
}

// endsAssertion tells the names of assertions that are properties, chai's and those of responses.
func endsAssertion(name string) bool {
	switch name {
	case "ok", "true", "false", "null", "undefined", "NaN", "exist", "empty", "arguments", "Arguments", "extensible", "sealed",
		"frozen", "finite", "json", "info", "success", "redirection", "clientError", "serverError", "error", "accepted",
		"badRequest", "unauthorized", "forbidden", "notFound", "rateLimited", "withBody", "postmanRequest", "postmanResponse":
		return true
	}
	return false
}

// called is the guard: a function that calls the property of its first argument.
func (b *bounds) called() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		owner, name := call.Argument(0), call.Argument(1).String()
		if goja.IsUndefined(owner) || goja.IsNull(owner) {
			panic(newError(b.vm, "TypeError", "Cannot read properties of "+owner.String()+" (reading '"+name+"')"))
		}
		value := owner.ToObject(b.vm).Get(name)
		fn, ok := goja.AssertFunction(value)
		if !ok {
			panic(newError(b.vm, "TypeError", call.Argument(2).String()+" is not a function"))
		}
		return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			v, err := fn(owner, call.Arguments...)
			if err != nil {
				if exception, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
					panic(exception.Value())
				}
				panic(err)
			}
			return v
		})
	})
}
