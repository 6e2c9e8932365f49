package syntax

import (
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// FirstKey returns the first property that a pattern takes; false for one that is computed,
// and for an empty pattern. V8 names it in "Cannot destructure property 'a' of …".
func FirstKey(p *ast.ObjectPattern) (string, bool) {
	if len(p.Properties) == 0 {
		return "", false
	}
	switch first := p.Properties[0].(type) {
	case *ast.PropertyShort:
		return first.Name.Name.String(), true
	case *ast.PropertyKeyed:
		if lit, ok := first.Key.(*ast.StringLiteral); ok && !first.Computed {
			return lit.Value.String(), true
		}
	}
	return "", false
}

// Shown prints what was called or constructed as V8's messages do (its CallPrinter): calls
// lose their arguments, and what has no name is an intermediate value.
func Shown(e ast.Expression) string {
	switch e := e.(type) {
	case *ast.Identifier:
		return e.Name.String()
	case *ast.ThisExpression:
		return "this"
	case *ast.DotExpression:
		return Shown(e.Left) + "." + e.Identifier.Name.String()
	case *ast.PrivateDotExpression:
		return Shown(e.Left) + ".#" + e.Identifier.Name.String()
	case *ast.BracketExpression:
		if key, ok := e.Member.(*ast.StringLiteral); ok {
			return Shown(e.Left) + "." + key.Value.String()
		}
		return Shown(e.Left) + "[" + Shown(e.Member) + "]"
	case *ast.CallExpression:
		if isGuard(e) {
			return Shown(e.ArgumentList[0])
		}
		return Shown(e.Callee) + "(...)"
	case *ast.BinaryExpression:
		if guard, ok := e.Right.(*ast.CallExpression); ok && isGuard(guard) {
			return Shown(e.Left)
		}
	case *ast.OptionalChain:
		return Shown(e.Expression)
	case *ast.Optional:
		return Shown(e.Expression) + "?"
	case *ast.NumberLiteral:
		return e.Literal
	case *ast.StringLiteral:
		return strconv.Quote(e.Value.String())
	case *ast.RegExpLiteral:
		return e.Literal
	case *ast.BooleanLiteral:
		return e.Literal
	case *ast.NullLiteral:
		return "null"
	case *ast.UnaryExpression:
		if e.Operator == token.VOID && !e.Postfix {
			return "(void " + Shown(e.Operand) + ")"
		}
	case *ast.TemplateLiteral:
		if e.Tag == nil && len(e.Expressions) == 0 && len(e.Elements) == 1 {
			return strconv.Quote(e.Elements[0].Parsed.String())
		}
	}
	return shownLiteral(e)
}

// Unguarded is an expression without the guard that it may stand in.
func Unguarded(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.CallExpression:
		if isGuard(e) {
			return Unguarded(e.ArgumentList[0])
		}
	case *ast.BinaryExpression:
		if guard, ok := e.Right.(*ast.CallExpression); ok && isGuard(guard) {
			return Unguarded(e.Left)
		}
	}
	return e
}

// isGuard recognises the guards in the text of eval and Function: none is a part of what the script's author wrote.
func isGuard(call *ast.CallExpression) bool {
	name, ok := call.Callee.(*ast.Identifier)
	return ok && len(call.ArgumentList) > 0 && strings.HasPrefix(name.Name.String(), plainName)
}

// shownLiteral prints object and array literals, whose parts count as intermediate values.
func shownLiteral(e ast.Expression) string {
	switch e := e.(type) {
	case *ast.ObjectLiteral:
		return "{" + strings.Repeat("(intermediate value)", len(e.Value)) + "}"
	case *ast.ArrayLiteral:
		parts := make([]string, len(e.Value))
		for i, item := range e.Value {
			if item != nil {
				parts[i] = Shown(item)
			}
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return "(intermediate value)"
}
