package rewrite

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"

	"posthaste/script/engine/syntax"
)

// The engine says "of undefined" when a property of null is read, and scripts that handle errors see its words
// and not V8's. So a read through a name, as in body.data.id, is compiled as (body.data ?? read(body.data, "id")).id,
// which costs one jump; read throws with V8's text. What is read from a call goes through read each time.

// A lookup is a read or write of a property whose owner may be nothing.
type lookup struct {
	owner *ast.Expression // in the tree
	again ast.Expression  // the same once more, nil for what must not be evaluated twice
	key   ast.Expression
	at    file.Idx
	guard string
}

// property notes that the owner of a property goes through a guard, unless it surely exists
// or cannot be evaluated twice nor passed.
func (m *Rewriter) property(n ast.Expression) {
	if m.chained > 0 || m.deleted[n] {
		return // within a?.b.c, nothing is what the chain may be; of what is deleted V8 says something else
	}
	l := lookup{guard: ReadGuard}
	if m.targets[n] {
		l.guard = SetGuard
	}
	switch n := n.(type) {
	case *ast.DotExpression:
		l.owner, l.at = &n.Left, n.Identifier.Idx
		l.key = &ast.StringLiteral{Idx: l.at, Literal: string(n.Identifier.Name), Value: n.Identifier.Name}
	case *ast.BracketExpression:
		if l.key = repeated(n.Member); l.key == nil {
			return
		}
		l.owner, l.at = &n.Left, n.LeftBracket
	}
	if isKnown(*l.owner) {
		return
	}
	if l.again = repeated(*l.owner); l.again != nil || isPassed(*l.owner) {
		m.lookups = append(m.lookups, l)
	}
}

// isPassed recognises owners that go through the guard as a value: what is called, chosen or
// awaited, and members of these.
func isPassed(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.CallExpression, *ast.AwaitExpression, *ast.ConditionalExpression, *ast.AssignExpression, *ast.SequenceExpression:
		return true
	case *ast.BinaryExpression:
		return e.Operator == token.LOGICAL_OR || e.Operator == token.LOGICAL_AND || e.Operator == token.COALESCE
	case *ast.DotExpression:
		return isPassed(e.Left)
	case *ast.BracketExpression:
		return true
	}
	return false
}

// repeated copies an expression that may be evaluated twice: names, members of names, and
// literals. Other expressions give nil, since a second evaluation might do something. Getters
// are taken for harmless.
func repeated(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.Identifier:
		// A read of eval goes through a guard of its own.
		if e.Name == "eval" {
			return nil
		}
		return &ast.Identifier{Name: e.Name, Idx: e.Idx}
	case *ast.StringLiteral, *ast.NumberLiteral, *ast.NullLiteral:
		return e
	case *ast.DotExpression:
		if left := repeated(e.Left); left != nil {
			return &ast.DotExpression{Left: left, Identifier: e.Identifier}
		}
	case *ast.ThisExpression:
		return e
	case *ast.BracketExpression:
		left, member := repeated(e.Left), repeated(e.Member)
		if left != nil && member != nil {
			return &ast.BracketExpression{Left: left, Member: member, LeftBracket: e.LeftBracket, RightBracket: e.RightBracket}
		}
	}
	return nil
}

// isKnown recognises the owners that always exist: the host's objects and what hangs on pm,
// the language's own. A script that redefines one gets the engine's words.
func isKnown(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.ThisExpression:
		return true
	case *ast.Identifier:
		switch e.Name {
		case "pm", "console", "JSON", "Math", "Object", "Array", "String", "Number", "Date", "Promise", "Reflect",
			"Symbol", "Error", "Buffer", "CryptoJS", "_", "tests", "postman", "arguments":
			return true
		}
	case *ast.DotExpression:
		root, ok := e.Left.(*ast.Identifier)
		// pm.response is undefined in a pre-request script.
		return ok && root.Name == "pm" && e.Identifier.Name != "response"
	case *ast.CallExpression: // pm.expect(…).to
		callee, ok := e.Callee.(*ast.DotExpression)
		return ok && isKnown(callee.Left) && callee.Identifier.Name == "expect"
	}
	return false
}

// guardLookups puts the guards in and notes which are used: a.b becomes (a ?? guard(a,
// "b")).b, or guard(f(), "b").b.
func (m *Rewriter) guardLookups(used map[string]bool) {
	for _, l := range m.lookups {
		used[l.guard] = true
		call := &ast.CallExpression{Callee: syntax.Ident(l.guard, l.at), LeftParenthesis: l.at, RightParenthesis: l.at + 1}
		if l.again == nil {
			call.ArgumentList = []ast.Expression{*l.owner, l.key}
			*l.owner = call
			continue
		}
		call.ArgumentList = []ast.Expression{l.again, l.key}
		*l.owner = &ast.BinaryExpression{Operator: token.COALESCE, Left: *l.owner, Right: call}
	}
}
