package rewrite

import (
	"github.com/dop251/goja/ast"

	"posthaste/script/engine/syntax"
)

// An assertion that is a property, as in pm.expect(a).to.be.true, is often written with brackets. The engine says of such
// a call that a "Dynamic object is not callable", which nobody understands. So a call at the end of an assertion goes
// through a guard, which says what V8 says.

// assertion notes a call of a property that ends an assertion. The call becomes one of what the guard returns.
func (m *Rewriter) assertion(n *ast.CallExpression) {
	dot, ok := n.Callee.(*ast.DotExpression)
	if !ok || m.chained > 0 || !endsAssertion(dot.Identifier.Name.String()) || !isAssertion(dot.Left) {
		return
	}
	m.assertions = append(m.assertions, n)
}

// guardAssertions puts the guard in: a.b() becomes guard(a, "b", "a.b")(). used notes that it
// is needed.
func (m *Rewriter) guardAssertions(used map[string]bool) {
	for _, n := range m.assertions {
		used[AssertionGuard] = true
		dot := n.Callee.(*ast.DotExpression)
		at := dot.Identifier.Idx
		text := func(s string) ast.Expression {
			return &ast.StringLiteral{Idx: at, Literal: s, Value: syntax.Ident(s, at).Name}
		}
		n.Callee = &ast.CallExpression{
			Callee: syntax.Ident(AssertionGuard, at), LeftParenthesis: at, RightParenthesis: at + 1,
			ArgumentList: []ast.Expression{dot.Left, text(dot.Identifier.Name.String()), text(syntax.Shown(dot))},
		}
	}
}

// isAssertion recognises expressions with a word of chai's chains in them, or a call of
// expect.
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

// endsAssertion recognises the names of assertions that are properties: chai 4's and
// those of responses (Postman's chai-postman).
func endsAssertion(name string) bool {
	switch name {
	case "ok", "true", "false", "null", "undefined", "NaN", "exist", "empty", "arguments", "Arguments", "extensible", "sealed",
		"frozen", "finite", "json", "info", "success", "redirection", "clientError", "serverError", "error", "accepted",
		"badRequest", "unauthorized", "forbidden", "notFound", "rateLimited", "withBody", "postmanRequest", "postmanResponse":
		return true
	}
	return false
}
