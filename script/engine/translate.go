package engine

import (
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// translate words an error that the engine threw at f's place as V8 does. Texts that it does not know stay.
// Whether a value was undefined or null is not known any more: undefined is said unless the text itself
// stands there as null.
func translate(f *Fault, script *Script) string {
	if f.Name != "TypeError" && f.Name != "ReferenceError" {
		return f.Message
	}
	m := f.Message
	switch {
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
		if name := word(tail(f)); name != "" {
			return "Cannot access '" + name + "' before initialization"
		}
	case strings.HasPrefix(m, "Object has no member '"), strings.HasPrefix(m, "Value is not an object"),
		strings.HasPrefix(m, "Value is not callable"), strings.HasPrefix(m, "Not a function"),
		m == "object is not iterable", m == "Value is not a constructor",
		m == "Cannot convert undefined or null to object", m == "Value is not object coercible":
		return byNode(f, script)
	case m == "No initial value":
		return "Reduce of empty array with no initial value"
	}
	return m
}

func tail(f *Fault) string {
	if f.Col > 0 && f.Col <= len(f.Source) {
		return f.Source[f.Col-1:]
	}
	return ""
}

func nullish(f *Fault) string {
	if f.Col > 1 && f.Col <= len(f.Source) && strings.HasSuffix(strings.TrimRight(f.Source[:f.Col-1], ".[?"), "null") {
		return "null"
	}
	if strings.HasPrefix(tail(f), "null") {
		return "null"
	}
	return "undefined"
}

// byNode finds the expression at f's place in the text and words the message by what it is.
func byNode(f *Fault, script *Script) string {
	tree, err := parser.ParseFile(nil, ScriptName, wrapOpen+script.Source+wrapClose, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return f.Message
	}
	finder := &finder{source: wrapOpen + script.Source, at: offset(script.Source, f.Line, f.Col) + len(wrapOpen) + 1, message: f.Message}
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
			w.say(shown(n.Callee) + " is not a function")
			return
		}
	case *ast.NewExpression:
		if int(n.New) == w.at {
			w.say(shown(n.Callee) + " is not a constructor")
			return
		}
	case *ast.ForOfStatement:
		if int(n.For) == w.at || int(n.Source.Idx0()) == w.at {
			w.say(shown(n.Source) + " is not iterable")
			return
		}
	case *ast.AssignExpression:
		w.assignment(n)
	case *ast.Binding:
		w.binding(n)
	}
	if !w.found {
		children(n, w.visit)
	}
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
	if first, ok := firstKey(pattern); ok {
		value := w.text(n.Initializer, 0)
		w.say("Cannot destructure property '" + first + "' of '" + value + "' as it is undefined.")
	}
}

func firstKey(p *ast.ObjectPattern) (string, bool) {
	if len(p.Properties) == 0 {
		return "", false
	}
	switch first := p.Properties[0].(type) {
	case *ast.PropertyShort:
		return first.Name.Name.String(), true
	case *ast.PropertyKeyed:
		if lit, ok := first.Key.(*ast.StringLiteral); ok {
			return lit.Value.String(), true
		}
	}
	return "", false
}

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

// shown prints what was called or constructed as V8's messages do: calls lose their arguments, and what has
// no name is an intermediate value.
func shown(e ast.Expression) string {
	switch e := e.(type) {
	case *ast.Identifier:
		return e.Name.String()
	case *ast.ThisExpression:
		return "this"
	case *ast.DotExpression:
		return shown(e.Left) + "." + e.Identifier.Name.String()
	case *ast.PrivateDotExpression:
		return shown(e.Left) + ".#" + e.Identifier.Name.String()
	case *ast.BracketExpression:
		if key, ok := e.Member.(*ast.StringLiteral); ok {
			return shown(e.Left) + "." + key.Value.String()
		}
		return shown(e.Left) + "[" + shown(e.Member) + "]"
	case *ast.CallExpression:
		return shown(e.Callee) + "(...)"
	case *ast.OptionalChain:
		return shown(e.Expression)
	case *ast.Optional:
		return shown(e.Expression) + "?"
	case *ast.NumberLiteral:
		return e.Literal
	case *ast.StringLiteral:
		return strconv.Quote(e.Value.String())
	}
	return shownLiteral(e)
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
				parts[i] = shown(item)
			}
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return "(intermediate value)"
}
