// Package message words errors that the engine throws as V8 does.
//
// Tests compare error texts, and newman's users know V8's. goja's text and the place of the error in the tree give
// V8's words.
package message

import (
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/rewrite"
	"posthaste/script/engine/syntax"
)

// Translate words an error that the engine threw at f's place as V8 does. Texts that it does
// not know stay.
// Whether a value was undefined or null is not known any more: undefined is said unless the text itself
// stands there as null. native is the engine's own function that threw, "" when the script's text did.
func Translate(f *failure.Fault, compiled func() string, native string) string {
	m := f.Message
	switch {
	case f.Name != "TypeError" && f.Name != "ReferenceError":
		return rangeText(m, f)
	case native == "" && strings.HasPrefix(m, "Value is not callable: "):
		if worded := byNode(f, compiled); worded != m {
			return worded
		}
		return Text(m)
	case Text(m) != m && m != "object is not iterable":
		return Text(m)
	case m == "proxy target is not a function": // lazy JSON was called
		return byNode(f, compiled)
	case native == "call" && strings.HasSuffix(m, " is not a function"), native == "call" && strings.HasPrefix(m, "Not a function"):
		if b, ok := borrowedAt(f, compiled); ok && (b.name == "bind" || b.name == "call" || b.name == "apply") {
			return b.text(m)
		}
		return Text(m)
	case native == "call" || native == "apply":
		if b, ok := borrowedAt(f, compiled); ok {
			return b.text(m)
		}
		return nativeText(m, native)
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
		m == "object is not iterable", m == "Value is not a constructor", m == "Class constructor cannot be invoked without 'new'",
		m == "Cannot convert undefined or null to object", m == "Value is not object coercible",
		strings.HasPrefix(m, "Receiver is not an object: "), strings.Contains(m, " private member #"):
		return byNode(f, compiled)
	}
	return m
}

// rangeText words errors that are neither TypeError nor ReferenceError. Most depend on the
// message alone; for the size of an array, it matters what was constructed.
func rangeText(m string, f *failure.Fault) string {
	if index, ok := strings.CutPrefix(m, "Invalid index "); ok && f.Name == "RangeError" && !strings.HasPrefix(index, ":") {
		switch rest := tail(f); {
		case strings.HasPrefix(rest, "new ArrayBuffer"):
			return "Invalid array buffer length"
		case strings.HasPrefix(rest, "new "):
			return "Invalid typed array length: " + index
		}
		return "Invalid index : " + index
	}
	return Text(m)
}

// nativeText words what a function of the engine says of its arguments: the one that wants a
// callback says what it got instead.
func nativeText(m, native string) string {
	switch {
	case m == "Cannot convert undefined or null to object" && arrayMethods[native]:
		return "Array.prototype." + native + " called on null or undefined"
	case m == "Value is not object coercible" && textMethods[native]:
		return "String.prototype." + native + " called on null or undefined"
	case m == "Value is not object coercible" && native == "setPrototypeOf":
		return "Object.setPrototypeOf called on null or undefined"
	case m == "Value is not object coercible" && native == "fromEntries":
		return "undefined is not iterable"
	case m == "Cannot convert undefined or null to object" && iterating[native]:
		return "undefined is not iterable (cannot read property Symbol(Symbol.iterator))"
	case strings.HasPrefix(m, "Value is not a number: ") && numberMethods[native]:
		return "Number.prototype." + native + " requires that 'this' be a Number"
	case m == native+" called on non-object" && reflectMethods[native]:
		return "Reflect." + m
	}
	value, ok := strings.CutPrefix(m, "Value is not an object: ")
	if !ok {
		return m
	}
	switch native {
	case "flatMap":
		return "flatMap mapper function is not callable"
	case "set":
		return "Invalid value used as weak map key"
	case "add":
		return "Invalid value used in weak set"
	case "then":
		return "Method Promise.prototype.then called on incompatible receiver " + value
	case "bind":
		return "Bind must be called on a function"
	case "ownKeys", "has", "get", "deleteProperty", "defineProperty", "getPrototypeOf", "isExtensible", "preventExtensions":
		return "Reflect." + native + " called on non-object"
	case "map", "filter", "forEach", "some", "every", "find", "findIndex", "findLast", "findLastIndex":
		return value + " is not a function"
	case "fromEntries":
		return "Iterator value " + value + " is not an entry object"
	case "call", "apply":
		return m
	}
	return native + " called on non-object"
}

// names makes a set of words.
func names(list string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(list) {
		set[name] = true
	}
	return set
}

// Methods by the word that V8 puts in front of their names. A name alone says enough: the
// engine's message has told already what kind of mistake it is.
var (
	//nolint:gochecknoglobals // a table
	arrayMethods = names("concat every filter find findIndex findLast findLastIndex forEach indexOf map reduce reduceRight some")
	//nolint:gochecknoglobals // a table
	textMethods = names(`at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf localeCompare match matchAll
		normalize padEnd padStart repeat replace replaceAll search slice split startsWith substr substring toLowerCase toUpperCase trim
		trimEnd trimStart`)
	//nolint:gochecknoglobals // a table
	numberMethods = names("toFixed toPrecision toExponential toString valueOf")
	//nolint:gochecknoglobals // a table
	reflectMethods = names("ownKeys has deleteProperty isExtensible preventExtensions")
	//nolint:gochecknoglobals // a table
	iterating = names("all allSettled any race from")
)

// tail is the line of the script from f's column on, "" where the place is not known.
func tail(f *failure.Fault) string {
	if f.Col > 0 && f.Col <= len(f.Source) {
		return f.Source[f.Col-1:]
	}
	return ""
}

// nullish says which of null and undefined V8 would name. goja does not say, so the text of
// the script is looked at: null.x and (null).x are seen, a variable that is null is not.
func nullish(f *failure.Fault) string {
	if f.Col > 1 && f.Col <= len(f.Source) && strings.HasSuffix(strings.TrimRight(f.Source[:f.Col-1], ".[?"), "null") {
		return "null"
	}
	if strings.HasPrefix(tail(f), "null") {
		return "null"
	}
	return "undefined"
}

// byNode finds the expression at f's place in the text and words the message by what it is:
// "x.y is not a function". The message stays where nothing stands at that place.
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

// offset returns the byte, from 0, that line and col (both from 1) of source name.
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
	source string
	at     int
	// The engine's message at first, V8's when the node was found.
	message string
	found   bool
}

// visit looks for the node at the place of an error and words the error by it as V8 does. The
// engine gives a place that differs with the kind of node: of a call its parenthesis, of new
// the keyword, of a loop its source.
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
			if id, ok := n.Callee.(*ast.Identifier); ok && isGuard(id.Name.String()) {
				w.say(guarded(id.Name.String(), w.message))
				return
			}
			if w.message == "Class constructor cannot be invoked without 'new'" {
				w.say("Class constructor " + syntax.Shown(n.Callee) + " cannot be invoked without 'new'")
				return
			}
			if w.message == "Value is not object coercible" || w.message == "object is not iterable" || strings.HasPrefix(w.message, "Cannot convert undefined") {
				break // in a pattern of what is called, or in its list of arguments
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
		w.loop(n)
	case *ast.AssignExpression:
		w.assignment(n)
	case *ast.ClassLiteral:
		w.private(n)
	case *ast.TemplateLiteral:
		if n.Tag != nil && (w.tagged(n) || int(n.Idx0()) <= w.at && w.at <= int(n.Tag.Idx1())+1) && notCallable(w.message) {
			w.say(syntax.Shown(n.Tag) + " is not a function")
			return
		}
	// A declaration that takes apart what is undefined.
	case *ast.Binding:
		w.binding(n)
	}
	if !w.found {
		syntax.Children(n, w.visit)
	}
	if w.found {
		return
	}
	// Patterns of parameters come last, so that what stands in the body is found first.
	switch n := n.(type) {
	case *ast.FunctionLiteral:
		w.parameters(n, n.ParameterList)
	case *ast.ArrowFunctionLiteral:
		w.parameters(n, n.ParameterList)
	}
}

// tagged says whether the place is that of a tag that cannot be called. Of a member the engine says the name too, and gives a
// place in what the member belongs to.
func (w *finder) tagged(n *ast.TemplateLiteral) bool {
	if dot, ok := n.Tag.(*ast.DotExpression); ok {
		return w.message == "Object has no member '"+dot.Identifier.Name.String()+"'" && w.at >= int(dot.Idx0())-2 && w.at <= int(n.CloseQuote)
	}
	return w.at == int(n.Tag.Idx0())
}

// isGuard knows the names of guards, which no script has written.
func isGuard(name string) bool { return strings.HasPrefix(name, "%") || rewrite.HasGuard(name) }

// guarded words what failed in what a guard hands on: the iterator of a list or a pattern. Other messages stay.
func guarded(name, m string) string {
	value, ok := strings.CutPrefix(m, "Value is not an object: ")
	switch {
	case ok && (name == rewrite.IterableGuard || name == rewrite.InText(rewrite.IterableGuard)):
		return "Iterator result " + value + " is not an object"
	case ok && (name == rewrite.SpreadableGuard || name == rewrite.InText(rewrite.SpreadableGuard)):
		return "Result of the Symbol.iterator method is not an object"
	}
	return m
}

// notCallable says whether the engine's message is that of a call. There are three, as goja
// words it by what the callee is.
func notCallable(m string) bool {
	return strings.HasPrefix(m, "Not a function") || strings.HasPrefix(m, "Value is not an object: ") || strings.HasPrefix(m, "Object has no member '")
}

// parameters covers patterns of parameters that were not given: of the innermost function
// around the place. The engine gives only a place within the function.
func (w *finder) parameters(n ast.Node, list *ast.ParameterList) {
	if list == nil || w.at < int(n.Idx0()) || w.at > int(n.Idx1()) {
		return
	}
	for _, b := range list.List {
		switch target := b.Target.(type) {
		case *ast.ObjectPattern:
			if strings.HasPrefix(w.message, "Value is not object coercible") {
				if inner := innerKey(target); inner != "" {
					w.say("Cannot read properties of undefined (reading '" + inner + "')")
				} else if first, ok := syntax.FirstKey(target); ok {
					w.say("Cannot destructure property '" + first + "' of 'undefined' as it is undefined.")
				}
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

// innerKey is the first key of a pattern that is the first part of a pattern, "" without one:
// b of {a: {b}}. V8 names that, as it reads a before it finds undefined.
func innerKey(p *ast.ObjectPattern) string {
	for _, property := range p.Properties {
		if keyed, ok := property.(*ast.PropertyKeyed); ok {
			if inner, ok := keyed.Value.(*ast.ObjectPattern); ok {
				key, _ := syntax.FirstKey(inner)
				return key
			}
		}
	}
	return ""
}

// construction words what failed in a new expression: the callee, or what Promise, Map and
// their kin were given.
func construction(n *ast.NewExpression, message string) string {
	name := syntax.Shown(n.Callee)
	value, isValue := strings.CutPrefix(message, "Value is not an object: ")
	switch name {
	case "Promise":
		if strings.HasPrefix(message, "Not a function: ") || strings.HasPrefix(message, "Value is not callable: ") {
			if !strings.HasSuffix(message, ": [object Object]") {
				return "Promise resolver [object Array] is not a function" // the engine shows its items
			}
			return "Promise resolver #<Object> is not a function"
		}
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

// within says whether the place stands in a node, or directly behind it.
func (w *finder) within(n ast.Node) bool { return w.at >= int(n.Idx0()) && w.at <= int(n.Idx1())+1 }

// say words the error, and ends the search.
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
