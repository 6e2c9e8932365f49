package message

import (
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// assignment covers a property set on undefined or null, and on a primitive value in strict
// mode.
func (w *finder) assignment(n *ast.AssignExpression) {
	value, primitive := strings.CutPrefix(w.message, "Receiver is not an object: ")
	if strings.Contains(w.message, " private member #") || !strings.HasPrefix(w.message, "Cannot convert undefined") && !primitive {
		return
	}
	name, at := "", 0
	switch left := n.Left.(type) {
	case *ast.DotExpression:
		name, at = left.Identifier.Name.String(), int(left.Identifier.Idx)
	case *ast.BracketExpression:
		name, at = strings.Trim(w.text(left.Member, int(left.RightBracket)), `'"`), int(left.LeftBracket)
	default:
		return
	}
	if at == w.at || int(n.Left.Idx0()) == w.at {
		if primitive {
			w.say("Cannot create property '" + name + "' on " + kindOf(value) + " '" + value + "'")
			return
		}
		w.say("Cannot set properties of undefined (setting '" + name + "')")
	}
}

// kindOf is the kind of a primitive value that is shown: V8 says "on number '5'". A string
// that reads as a number is taken for one.
func kindOf(value string) string {
	switch _, err := strconv.ParseFloat(value, 64); {
	case value == "true" || value == "false":
		return "boolean"
	case err == nil:
		return "number"
	}
	return "string"
}

// loop covers what a loop goes over, and its items.
func (w *finder) loop(n *ast.ForOfStatement) {
	// The rewriting may have put a guard call around the source; its parenthesis is the place
	// then.
	at := int(n.For) == w.at || int(n.Source.Idx0()) == w.at
	if guard, ok := n.Source.(*ast.CallExpression); ok && int(guard.LeftParenthesis) == w.at {
		at = true
	}
	if !at || w.item(n) {
		return
	}
	if value, ok := strings.CutPrefix(w.message, "Value is not an object: "); ok {
		w.say("Iterator result " + value + " is not an object")
		return
	}
	w.say(syntax.Shown(n.Source) + " is not iterable")
}

// item covers what a loop takes apart by a pattern. The source of the loop goes through a
// guard, so that it is not that. .for is V8's own name for the value.
func (w *finder) item(n *ast.ForOfStatement) bool {
	var target ast.Node
	switch into := n.Into.(type) {
	case *ast.ForIntoVar:
		target = into.Binding.Target
	case *ast.ForDeclaration:
		target = into.Target
	case *ast.ForIntoExpression:
		return w.assigned(into.Expression)
	}
	switch target := target.(type) {
	case *ast.ArrayPattern:
		w.say(".for is not iterable")
	case *ast.ObjectPattern:
		if key, ok := syntax.FirstKey(target); ok {
			w.say("Cannot destructure property '" + key + "' of '.for' as it is undefined.")
		}
	}
	return w.found
}

// assigned covers a loop that assigns to a pattern: for ({a} of list). V8 words it as a read,
// for nothing is declared.
func (w *finder) assigned(e ast.Expression) bool {
	if target, ok := e.(*ast.ObjectPattern); ok {
		if key, ok := syntax.FirstKey(target); ok {
			w.say("Cannot read properties of undefined (reading '" + key + "')")
		}
	}
	return w.found
}

// private covers the methods and accessors of a class that are private: of those V8 says who
// may have them. Of private fields the engine's message is right.
func (w *finder) private(n *ast.ClassLiteral) {
	_, rest, ok := strings.Cut(w.message, " private member #")
	if !ok || w.at < int(n.Idx0()) || w.at > int(n.Idx1()) {
		return
	}
	name := failure.Word(rest)
	for _, element := range n.Body {
		method, ok := element.(*ast.MethodDefinition)
		if !ok {
			continue
		}
		key, ok := method.Key.(*ast.PrivateIdentifier)
		if !ok || string(key.Name) != name {
			continue
		}
		class := "anonymous"
		if n.Name != nil {
			class = string(n.Name.Name)
		}
		if method.Static {
			w.say("Receiver must be class " + class)
		} else {
			w.say("Receiver must be an instance of class " + class)
		}
		return
	}
}

// binding covers destructuring of undefined or null: const {a} = undefined.
func (w *finder) binding(n *ast.Binding) {
	if list, ok := n.Target.(*ast.ArrayPattern); ok && n.Initializer != nil && w.within(n) {
		w.listed(list)
		return
	}
	pattern, ok := n.Target.(*ast.ObjectPattern)
	if !ok || n.Initializer == nil || !strings.HasPrefix(w.message, "Value is not object coercible") {
		return
	}
	if inner := innerKey(pattern); inner != "" {
		w.say("Cannot read properties of undefined (reading '" + inner + "')")
		return
	}
	if first, ok := syntax.FirstKey(pattern); ok {
		is := "undefined"
		if _, null := n.Initializer.(*ast.NullLiteral); null {
			is = "null"
		}
		w.say("Cannot destructure property '" + first + "' of '" + destructured(n.Initializer) + "' as it is " + is + ".")
	}
}

// listed covers patterns in a pattern of an array, of an item that is not there: const [{a}]
// = [].
func (w *finder) listed(list *ast.ArrayPattern) {
	if value, ok := strings.CutPrefix(w.message, "Value is not an object: "); ok {
		w.say("Iterator result " + value + " is not an object") // the iterator itself went through a guard
		return
	}
	for _, e := range list.Elements {
		switch e := e.(type) {
		case *ast.ObjectPattern:
			if key, ok := syntax.FirstKey(e); ok && strings.HasPrefix(w.message, "Value is not object coercible") {
				w.say("Cannot read properties of undefined (reading '" + key + "')")
				return
			}
		case *ast.ArrayPattern:
			if strings.HasPrefix(w.message, "Cannot convert undefined") {
				w.say("undefined is not iterable (cannot read property Symbol(Symbol.iterator))")
				return
			}
		}
	}
}

// destructured prints the value of a pattern as V8 would: undefined is a name here, not a
// literal.
func destructured(e ast.Expression) string { return syntax.Shown(e) }
