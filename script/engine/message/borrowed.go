package message

import (
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// A borrowed function of the engine is one that a script calls through call or apply, as Array.prototype.map.call(list, f).
// The engine names only call, so the text says which function it was.
type borrowed struct {
	shown string // all of it, "Array.prototype.map"
	class string // "Array", "" when the text does not say
	name  string // "map"
	from  bool   // it belongs to the class itself and not to its prototype
}

// borrowedAt finds the call through call or apply at f's place.
func borrowedAt(f *failure.Fault, compiled func() string) (b borrowed, ok bool) {
	text := compiled()
	tree, err := syntax.Parse(failure.ScriptName, text)
	if err != nil {
		return b, false
	}
	at := offset(text, f.Raw.Line, f.Raw.Col) + 1
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		if call, isCall := n.(*ast.CallExpression); isCall && int(call.LeftParenthesis) == at {
			callee, isDot := call.Callee.(*ast.DotExpression)
			if isDot && (callee.Identifier.Name == "call" || callee.Identifier.Name == "apply") {
				b, ok = functionOf(syntax.Unguarded(callee.Left)), true
			}
		}
		if !ok {
			syntax.Children(n, visit)
		}
	}
	for _, s := range tree.Body {
		visit(s)
	}
	return b, ok
}

// functionOf names the function that an expression stands for.
func functionOf(e ast.Expression) borrowed {
	dot, ok := e.(*ast.DotExpression)
	if !ok {
		return borrowed{shown: syntax.Shown(e)}
	}
	b := borrowed{shown: syntax.Shown(e), name: string(dot.Identifier.Name)}
	switch owner := syntax.Unguarded(dot.Left).(type) {
	case *ast.Identifier:
		b.class, b.from = string(owner.Name), true
	case *ast.DotExpression:
		if owner.Identifier.Name == "prototype" {
			b.class = syntax.Shown(owner.Left)
		}
	case *ast.StringLiteral:
		b.class = "String"
	case *ast.ArrayLiteral:
		b.class = "Array"
	}
	return b
}

// text words what the engine says of what the function was called on.
func (b borrowed) text(m string) string {
	method := b.class + ".prototype." + b.name
	value, isValue := strings.CutPrefix(m, "Value is not an object: ")
	nothing := m == "Cannot convert undefined or null to object" || m == "Value is not object coercible"
	switch {
	case strings.HasPrefix(b.shown, "Function.prototype.") && (b.name == "call" || b.name == "apply") || b.name == "call":
		return b.shown + ".call is not a function"
	case b.name == "bind":
		return "Bind must be called on a function"
	case nothing && arrayMethods[b.name] && (b.class == "Array" || b.class == ""):
		return "Array.prototype." + b.name + " called on null or undefined"
	case nothing && b.class == "String":
		return method + " called on null or undefined"
	case nothing && b.class == "Object" && b.name == "toLocaleString":
		return method + " called on null or undefined"
	case strings.HasPrefix(m, "Value is not a number"), m == "requires that 'this' be a BigInt":
		return method + " requires that 'this' be a " + b.class
	case !isValue:
		return m
	case b.class == "Date":
		return "this is not a Date object."
	case b.class == "Promise" && b.from && b.name == "resolve":
		return "PromiseResolve called on non-object"
	case b.class == "Promise" && b.from, b.name == "finally":
		return strings.TrimPrefix(b.shown, "(intermediate value).") + " called on non-object"
	case b.name == "then":
		return "Method Promise.prototype.then called on incompatible receiver " + value
	case b.name == "catch":
		return "undefined is not a function"
	case keyed[b.class] && !b.from:
		return "Method " + method + " called on incompatible receiver " + value
	}
	return m
}

// keyed are the classes whose methods name what they were called on.
//
//nolint:gochecknoglobals // a table
var keyed = names("Map Set WeakMap WeakSet RegExp")
