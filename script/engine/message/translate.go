// Package message words errors that the engine throws as V8 does.
package message

import (
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// Translate words an error that the engine threw at f's place as V8 does. Texts that it does not know stay.
// Whether a value was undefined or null is not known any more: undefined is said unless the text itself
// stands there as null. native is the engine's own function that threw, "" when the script's text did.
func Translate(f *failure.Fault, compiled func() string, native string) string {
	m := f.Message
	switch {
	case f.Name != "TypeError" && f.Name != "ReferenceError":
		return otherText(m)
	case m == "proxy target is not a function": // lazy JSON was called
		return byNode(f, compiled)
	case native != "":
		return nativeText(m, native)
	case strings.HasPrefix(m, "Cannot read property '"):
		name, _, ok := strings.Cut(strings.TrimPrefix(m, "Cannot read property '"), "' of ")
		if !ok {
			return m
		}
		if strings.HasPrefix(name, "Symbol.") {
			name = "Symbol(" + name + ")"
		}
		return "Cannot read properties of " + nullish(f) + " (reading '" + name + "')"
	case m == "Cannot access a variable before initialization":
		if name := failure.Word(tail(f)); name != "" {
			return "Cannot access '" + name + "' before initialization"
		}
	case strings.HasPrefix(m, "Object has no member '"), strings.HasPrefix(m, "Value is not an object"),
		strings.HasPrefix(m, "Value is not callable"), strings.HasPrefix(m, "Not a function"),
		m == "Dynamic object is not callable", // a property of an assertion was called
		m == "object is not iterable", m == "Value is not a constructor",
		m == "Cannot convert undefined or null to object", m == "Value is not object coercible":
		return byNode(f, compiled)
	}
	return m
}

// otherText words errors of the engine's own functions that are neither TypeError nor ReferenceError.
func otherText(m string) string {
	switch m {
	case "Malformed URI":
		return "URI malformed"
	case "toFixed() precision must be between 0 and 100":
		return "toFixed() digits argument must be between 0 and 100"
	}
	if rest, ok := strings.CutPrefix(m, "SyntaxError: <eval>: Line "); ok { // of eval and Function
		if _, text, ok := strings.Cut(rest, " "); ok {
			return text
		}
	}
	return m
}

// nativeText words what a function of the engine says of its arguments: the one that wants a callback says
// what it got instead.
func nativeText(m, native string) string {
	value, ok := strings.CutPrefix(m, "Value is not an object: ")
	switch {
	case m == "No initial value":
		return "Reduce of empty array with no initial value"
	case !ok:
		return m
	}
	switch native {
	case "map", "filter", "forEach", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap":
		return value + " is not a function"
	case "fromEntries":
		return "Iterator value " + value + " is not an entry object"
	case "call", "apply":
		return m
	}
	return native + " called on non-object"
}

func tail(f *failure.Fault) string {
	if f.Col > 0 && f.Col <= len(f.Source) {
		return f.Source[f.Col-1:]
	}
	return ""
}

func nullish(f *failure.Fault) string {
	if f.Col > 1 && f.Col <= len(f.Source) && strings.HasSuffix(strings.TrimRight(f.Source[:f.Col-1], ".[?"), "null") {
		return "null"
	}
	if strings.HasPrefix(tail(f), "null") {
		return "null"
	}
	return "undefined"
}

// byNode finds the expression at f's place in the text and words the message by what it is.
func byNode(f *failure.Fault, compiled func() string) string {
	text := compiled()
	tree, err := syntax.Parse(failure.ScriptName, text)
	if err != nil {
		return f.Message
	}
	finder := &finder{source: text, at: offset(text, f.Raw.Line, f.Raw.Col) + 1, message: f.Message}
	for _, s := range tree.Body {
		finder.visit(s)
	}
	return finder.message
}

// offset returns the byte that line and col of source name.
func offset(source string, line, col int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(source[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at + col - 1
}

// finder looks for the node whose position the engine gave for an error. Positions are 1-based offsets, as
// goja's file.Idx is.
type finder struct {
	source  string
	at      int
	message string
	found   bool
}

func (w *finder) visit(n ast.Node) {
	if w.found {
		return
	}
	switch n := n.(type) {
	case *ast.CallExpression:
		if int(n.LeftParenthesis) == w.at {
			if of, ok := n.Callee.(*ast.Identifier); ok && strings.HasPrefix(of.Name.String(), "__forAwait") && len(n.ArgumentList) > 0 {
				w.say(syntax.Shown(n.ArgumentList[0]) + " is not async iterable") // what lowering made of for await
				return
			}
			w.say(syntax.Shown(n.Callee) + " is not a function")
			return
		}
	case *ast.NewExpression:
		if int(n.New) == w.at {
			w.say(construction(n, w.message))
			return
		}
	case *ast.ForOfStatement:
		if int(n.For) == w.at || int(n.Source.Idx0()) == w.at {
			w.say(syntax.Shown(n.Source) + " is not iterable")
			return
		}
	case *ast.AssignExpression:
		w.assignment(n)
	case *ast.Binding:
		w.binding(n)
	}
	if !w.found {
		syntax.Children(n, w.visit)
	}
}

// construction words what failed in a new expression: the callee, or what Promise, Map and their kin were given.
func construction(n *ast.NewExpression, message string) string {
	name := syntax.Shown(n.Callee)
	value, isValue := strings.CutPrefix(message, "Value is not an object: ")
	switch name {
	case "Promise":
		if isValue {
			return "Promise resolver " + value + " is not a function"
		}
	case "Map", "Set", "WeakMap", "WeakSet":
		if isValue {
			return "Iterator value " + value + " is not an entry object"
		}
		return message
	}
	return name + " is not a constructor"
}

// assignment covers a property set on undefined or null.
func (w *finder) assignment(n *ast.AssignExpression) {
	if !strings.HasPrefix(w.message, "Cannot convert undefined") {
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
		w.say("Cannot set properties of undefined (setting '" + name + "')")
	}
}

// binding covers destructuring of undefined or null.
func (w *finder) binding(n *ast.Binding) {
	pattern, ok := n.Target.(*ast.ObjectPattern)
	if !ok || n.Initializer == nil || !strings.HasPrefix(w.message, "Value is not object coercible") {
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

// destructured prints the value of a pattern: undefined is a name here, not a literal.
func destructured(e ast.Expression) string { return syntax.Shown(e) }

func (w *finder) say(message string) { w.message, w.found = message, true }

// text returns the source of n; end bounds it where the node does not know its own end.
func (w *finder) text(n ast.Node, end int) string {
	from, to := int(n.Idx0())-1, int(n.Idx1())-1
	if end > 0 {
		to = end - 1
	}
	if from < 0 || to > len(w.source) || from >= to {
		return "value"
	}
	return strings.TrimSpace(w.source[from:to])
}
