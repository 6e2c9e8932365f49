package flow

import (
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// A value is what an expression may stand for. Values are copied freely; their slices are
// never changed, only replaced.
type value struct {
	host  string   // a thing of the sandbox by its dotted name: "pm.environment", "pm.response.code"
	texts []string // the constants that it may be
	open  bool     // it may be something else than texts
	reads []Read   // what it takes from the response
	json  bool     // it is the one field that reads names: keys taken of it lengthen the path
	text  bool     // it is the response's text
	bare  bool     // it is a field as it stands
	soft  bool     // it may be something else where the response lacks the field
}

// softly is v where the script has, or knows, another value for what the response lacks: by
// ?., ||, ?? or a choice.
func (v value) softly() value {
	v.soft = true
	return v
}

// unknown is a value about which nothing is known: it is not even known to be a text.
func unknown() value { return value{open: true} }

// constant is a value that is known as a text; numbers are texts as well.
func constant(text string) value { return value{texts: []string{text}} }

// plain returns v as an ingredient of something else: it is unknown by itself, and its reads
// are kept.
func (v value) plain() value {
	return value{open: true, reads: v.reads, soft: v.soft}
}

// either is the value that is one of two. The slices are cut to their length, so that append
// cannot write into v's.
func either(v, w value) value {
	u := value{texts: append(v.texts[:len(v.texts):len(v.texts)], w.texts...), open: v.open || w.open}
	u.reads = append(v.reads[:len(v.reads):len(v.reads)], w.reads...)
	u.bare = v.bare || w.bare
	u.soft = v.soft || w.soft
	if v.host == w.host {
		u.host = v.host
	}
	u.json = v.json && len(w.reads) == 0 || w.json && len(v.reads) == 0
	return u
}

// mixed is a value that is made of others and cannot be known; where it was read from is.
func mixed(list ...value) value {
	u := unknown()
	for _, v := range list {
		u.reads = append(u.reads, v.reads...)
		u.soft = u.soft || v.soft
	}
	return u
}

// Bounds that keep the work in proportion to the text; no script that people write comes near them.
const (
	deepest = 200 // expressions inside each other that are followed
	most    = 16  // constants, or fields of the response, that one value may be made of
)

// bounded leaves out what a value is made of beyond what anybody would read.
func (v value) bounded() value {
	if len(v.texts) > most {
		v.texts, v.open = v.texts[:most:most], true
	}
	if len(v.reads) > most {
		v.reads = v.reads[:most:most]
	}
	return v
}

// eval follows an expression, each once: what it finds while it goes in circles stays as it
// was found. Beyond deepest, everything is unknown.
func (a *analyser) eval(e ast.Expression) value {
	if e == nil || a.depth > deepest {
		return unknown()
	}
	if v, ok := a.seen[e]; ok {
		return v
	}
	a.depth++
	v := a.follow(e).bounded()
	a.depth--
	a.seen[e] = v
	return v
}

// follow works out what an expression can be, as far as that is known without running it.
// Functions stand for nothing; of expressions that are not listed, the parts are followed for
// what they read.
func (a *analyser) follow(e ast.Expression) value {
	switch e := e.(type) {
	case *ast.StringLiteral:
		return constant(string(e.Value))
	case *ast.NumberLiteral:
		return constant(e.Literal)
	case *ast.TemplateLiteral:
		return a.template(e)
	case *ast.Identifier:
		return a.identifier(string(e.Name))
	case *ast.DotExpression:
		return a.member(a.eval(e.Left), string(e.Identifier.Name), e)
	case *ast.BracketExpression:
		return a.bracket(e)
	// a?.b: the script knows that a may be absent.
	case *ast.OptionalChain:
		return a.eval(e.Expression).softly()
	case *ast.Optional:
		return a.eval(e.Expression).softly()
	case *ast.CallExpression:
		return a.callValue(e)
	case *ast.ConditionalExpression:
		return either(a.eval(e.Consequent), a.eval(e.Alternate)).softly()
	case *ast.AwaitExpression:
		return a.eval(e.Argument)
	case *ast.AssignExpression:
		return a.eval(e.Right)
	case *ast.SequenceExpression:
		return a.eval(e.Sequence[len(e.Sequence)-1])
	case *ast.BinaryExpression:
		return a.binary(e)
	}
	u := unknown()
	if _, function := e.(*ast.FunctionLiteral); function {
		return u
	}
	if _, function := e.(*ast.ArrowFunctionLiteral); function {
		return u
	}
	children(e, func(n ast.Node) {
		if below, ok := n.(ast.Expression); ok {
			v := a.eval(below)
			u.reads, u.soft = append(u.reads, v.reads...), u.soft || v.soft
		}
	})
	return u
}

// binary knows what or, and, ?? and + of texts give. Other operators mix both sides.
func (a *analyser) binary(e *ast.BinaryExpression) value {
	left, right := a.eval(e.Left), a.eval(e.Right)
	switch e.Operator {
	case token.LOGICAL_OR, token.COALESCE:
		return either(left, right).softly()
	case token.LOGICAL_AND:
		return right.softly()
	case token.PLUS:
		if len(left.texts) == 1 && !left.open && len(right.texts) == 1 && !right.open {
			return constant(left.texts[0] + right.texts[0])
		}
	default:
	}
	return mixed(left, right)
}

// template is a constant without ${}, and made of its parts with them. `${x}` alone is x as
// it stands.
func (a *analyser) template(e *ast.TemplateLiteral) value {
	if len(e.Expressions) == 0 && e.Tag == nil && len(e.Elements) == 1 {
		return constant(string(e.Elements[0].Parsed))
	}
	var list []value
	for _, part := range e.Expressions {
		list = append(list, a.eval(part))
	}
	bare := len(e.Expressions) == 1
	for _, element := range e.Elements {
		bare = bare && element.Literal == ""
	}
	u := mixed(list...)
	u.bare = bare && list[0].bare
	return u
}

// identifier is what a name was given. busy breaks cycles: a name may be defined by itself. A
// name that is given several values is any of them.
func (a *analyser) identifier(name string) value {
	list, declared := a.names[name]
	if !declared {
		if isHost(name) {
			return a.hostValue(name, nil)
		}
		return unknown()
	}
	if v, ok := a.known[name]; ok {
		return v
	}
	if a.busy[name] {
		return unknown()
	}
	a.busy[name] = true
	defer delete(a.busy, name)
	var u value
	first := true
	for _, b := range list {
		v := unknown()
		if b.value != nil {
			v = a.eval(b.value)
			for _, key := range b.path {
				v = a.member(v, key, b.value)
			}
		}
		if first {
			u, first = v, false
		} else {
			u = either(u, v).bounded()
		}
	}
	a.known[name] = u
	return u
}

// isHost knows the names that the sandbox gives to scripts and that matter here. A script's
// own declaration goes before these.
func isHost(name string) bool {
	switch name {
	case "pm", "postman", "environment", "globals", "data", "responseBody", "responseCode", "tests", "console", "JSON",
		"require", "Math", "Date", "String", "Number", "Object", "Array", "Boolean", "parseInt", "parseFloat":
		return true
	}
	return false
}

// hostValue makes a value of a thing of the sandbox; at, which may be nil, is where it is
// read.
func (a *analyser) hostValue(name string, at ast.Node) value {
	v := value{host: name, open: true}
	if name == "responseBody" {
		v.text = true
		v.reads = []Read{{Place: a.placeOf(at)}}
	}
	return v
}

// placeOf is place for a node that may be nil.
func (a *analyser) placeOf(n ast.Node) Place {
	if n == nil {
		return Place{}
	}
	return a.place(n)
}

// member takes a key of a value: a longer path for fields of the response, a longer name for
// things of the sandbox. length is no field.
func (a *analyser) member(v value, key string, at ast.Node) value {
	switch {
	case v.json && len(v.reads) == 1:
		path := v.reads[0].Path
		read := Read{Path: append(path[:len(path):len(path)], key), Place: a.place(at)}
		if key == "length" {
			read.Path = path
		}
		return value{open: true, json: key != "length", bare: true, reads: []Read{read}, soft: v.soft}
	case v.host != "" && !v.text:
		return a.hostValue(v.host+"."+key, at)
	}
	return v.plain()
}

// bracket is x[key]. An element of a list stands for all of them, also where the index is
// computed.
func (a *analyser) bracket(e *ast.BracketExpression) value {
	left, key := a.eval(e.Left), a.eval(e.Member)
	if len(key.texts) != 1 || key.open {
		u := mixed(left, key)
		if left.json && len(left.reads) == 1 {
			return a.member(left, "[]", e)
		}
		return u
	}
	if _, err := strconv.Atoi(key.texts[0]); err == nil {
		if left.json {
			return a.member(left, "[]", e)
		}
		return left.plain()
	}
	return a.member(left, key.texts[0], e)
}

// callValue is what a call gives: the response's JSON or text, what String was given, or
// something made of the arguments.
func (a *analyser) callValue(e *ast.CallExpression) value {
	callee := a.eval(e.Callee)
	var arguments []value
	for _, argument := range e.ArgumentList {
		arguments = append(arguments, a.eval(argument))
	}
	switch callee.host {
	case "pm.response.json":
		return value{open: true, json: true, bare: true, reads: []Read{{Place: a.place(e)}}}
	case "pm.response.text":
		return value{open: true, text: true, reads: []Read{{Place: a.place(e)}}}
	case "JSON.parse":
		if len(arguments) > 0 && arguments[0].text {
			return value{open: true, json: true, bare: true, reads: []Read{{Place: a.place(e)}}}
		}
		return mixed(arguments...)
	case "require":
		return value{host: "require", open: true}
	case "String":
		if len(arguments) == 1 {
			return arguments[0]
		}
	}
	if dot, ok := unwrapped(e.Callee).(*ast.DotExpression); ok {
		left := a.eval(dot.Left) // a method: what it makes comes from what it is called on
		if left.host == "" || left.text {
			u := mixed(append(arguments, left)...)
			u.bare = left.bare && keeps(string(dot.Identifier.Name))
			return u
		}
	}
	u := mixed(arguments...)
	if callee.host != "" && !strings.HasPrefix(callee.host, "pm.environment") {
		u.host = callee.host + "()"
	}
	return u
}

// keeps reports whether a method of texts leaves what matters of it as it is.
func keeps(method string) bool { return method == "trim" || method == "toString" }

// unwrapped is an expression without the marks of ?. around it.
func unwrapped(e ast.Expression) ast.Expression {
	for {
		switch inner := e.(type) {
		case *ast.OptionalChain:
			e = inner.Expression
		case *ast.Optional:
			e = inner.Expression
		default:
			return e
		}
	}
}
