package message

import (
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// A borrowed function of the engine is one that a script calls through call or apply, as
// Array.prototype.map.call(list, f). The engine names only call, so the text says which
// function it was, and on what V8 would say it was called.
type borrowed struct {
	shown string // all of it, "Array.prototype.map"
	class string // "Array", "" when the text does not say
	name  string // "map"
	from  bool   // it belongs to the class itself and not to its prototype
}

// borrowedAt finds the call through call or apply at f's place. ok is false where the text
// has no such call there; b may be nearly empty where what is called is no name. compiled
// gives the text that the engine ran, made only when it is needed.
func borrowedAt(f *failure.Fault, compiled func() string) (b borrowed, ok bool) {
	text := compiled()
	// It parsed when it was compiled; the error is for text that eval made.
	tree, err := syntax.Parse(failure.ScriptName, text)
	if err != nil {
		return b, false
	}
	// Positions in the tree are offsets from 1.
	at := offset(text, f.Raw.Line, f.Raw.Col) + 1
	var visit func(n ast.Node)
	// The first call at the place wins; others cannot have the same parenthesis.
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

// functionOf names the function that an expression stands for: of [].slice the class Array,
// of Map.prototype.get the class Map, of Promise.all the class itself.
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

// text words what the engine says of what the function was called on, m being the engine's
// message. V8 has a wording for each kind of built-in: of arrays, of texts, of collections,
// of Promise. Messages that are not about the receiver stay.
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

// keyed are the classes whose methods name what they were called on: "Method
// Map.prototype.get called on incompatible receiver 5".
//
//nolint:gochecknoglobals // a table
var keyed = names("Map Set WeakMap WeakSet RegExp")
