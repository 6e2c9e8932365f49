package rewrite

import (
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"posthaste/script/engine/syntax"
)

// Plain says in which ways a script uses pm plainly: so that it cannot tell an object made for it from one that all scripts
// share and that answers alike. Most scripts do, and making the objects takes longer than what they do with them.
type Plain uint8

// The ways. All but the first count only beside it.
const (
	PlainPM         Plain = 1 << iota // pm is only read from, by name; what pm.test returns is dropped
	PlainInfo                         // a member of pm.info is read
	PlainScopes                       // methods of pm.environment and its kin are called
	PlainResponse                     // pm.response.json() and text() are called, code and its like read, assertions on it begun as below
	PlainAssertions                   // an assertion that begins with pm.expect is followed to its end at once, and dropped

	plain = PlainPM | PlainInfo | PlainScopes | PlainResponse | PlainAssertions
)

// PlainUses says how the body of a script uses pm. It must be called before the guards are put in.
func PlainUses(body ast.Node) Plain {
	p := &plainness{}
	p.visit(body)
	if p.not&PlainPM != 0 {
		return 0
	}
	return plain &^ p.not
}

// A plainness is a walk that notes what is not plain.
type plainness struct{ not Plain }

func (p *plainness) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.ExpressionStatement:
		p.dropped(n.Expression)
		return
	case *ast.Identifier:
		if n.Name == "pm" || n.Name == "arguments" || n.Name == "eval" {
			p.not |= PlainPM
		}
	case *ast.FunctionLiteral:
		p.named(n.Name)
	case *ast.ClassLiteral:
		p.named(n.Name)
	case *ast.AssignExpression:
		p.changed(n.Left)
	case *ast.UnaryExpression:
		if n.Operator == token.DELETE || n.Operator == token.INCREMENT || n.Operator == token.DECREMENT {
			p.changed(n.Operand)
		}
	case *ast.ForIntoExpression:
		p.changed(n.Expression)
	case *ast.ArrayPattern, *ast.ObjectPattern:
		p.changed(n)
	case *ast.WithStatement:
		p.not |= PlainPM
	case *ast.CallExpression:
		if p.call(n) {
			return
		}
	case *ast.DotExpression:
		if p.dot(n) {
			return
		}
	}
	syntax.Children(n, p.visit)
}

// named notes a function or class that may be called pm.
func (p *plainness) named(name *ast.Identifier) {
	if name != nil && name.Name == "pm" {
		p.not |= PlainPM
	}
}

// changed notes what is assigned to, counted up or deleted: pm must not be in it.
func (p *plainness) changed(n ast.Node) {
	if id, ok := n.(*ast.Identifier); ok && id.Name == "pm" {
		p.not |= PlainPM
	}
	if n != nil {
		syntax.Children(n, p.changed)
	}
}

// call walks a call whose value is used; false for one that has nothing to do with pm.
func (p *plainness) call(n *ast.CallExpression) bool {
	dot, ok := n.Callee.(*ast.DotExpression)
	if !ok {
		return false
	}
	method := string(dot.Identifier.Name)
	member := memberOfPM(dot.Left)
	switch {
	case isPM(dot.Left) && method == "expect":
		p.not |= PlainAssertions
	case isScope(member) && isScopeMethod(method):
	case member == "response" && (method == "json" || method == "text"):
	default:
		return false
	}
	p.all(n.ArgumentList)
	return true
}

// dot walks a read of a property; false for one that has nothing to do with pm.
func (p *plainness) dot(n *ast.DotExpression) bool {
	name := string(n.Identifier.Name)
	if isPM(n.Left) {
		switch {
		case name == "test":
			p.not |= PlainPM
		case name == "info":
			p.not |= PlainInfo
		case name == "response":
			p.not |= PlainResponse
		case name == "expect":
			p.not |= PlainAssertions
		case isScope(name):
			p.not |= PlainScopes
		}
		return true
	}
	switch memberOfPM(n.Left) {
	case "info":
		return slices.Contains([]string{"eventName", "iteration", "iterationCount", "requestName", "requestId"}, name)
	case "response":
		return slices.Contains([]string{"code", "status", "responseTime", "responseSize"}, name)
	}
	return false
}

func (p *plainness) all(list []ast.Expression) {
	for _, e := range list {
		p.visit(e)
	}
}

// dropped walks an expression whose value nobody gets.
func (p *plainness) dropped(e ast.Expression) {
	if call, ok := e.(*ast.CallExpression); ok {
		if dot, ok := call.Callee.(*ast.DotExpression); ok && isPM(dot.Left) && dot.Identifier.Name == "test" {
			for _, argument := range call.ArgumentList {
				p.handed(argument)
			}
			return
		}
	}
	if !p.assertion(e) {
		p.visit(e)
	}
}

// handed walks an argument of pm.test, which drops what a function returns but for a promise.
func (p *plainness) handed(e ast.Expression) {
	arrow, ok := e.(*ast.ArrowFunctionLiteral)
	if !ok || arrow.Async {
		p.visit(e)
		return
	}
	body, ok := arrow.Body.(*ast.ExpressionBody)
	if !ok {
		p.visit(e)
		return
	}
	if arrow.ParameterList != nil {
		for _, b := range arrow.ParameterList.List {
			p.visit(b)
		}
		if arrow.ParameterList.Rest != nil {
			p.visit(arrow.ParameterList.Rest)
		}
	}
	p.dropped(body.Expression)
}

// assertion walks an assertion whose value is dropped, such as pm.expect(a).to.be.a("string"); it is false for anything else.
func (p *plainness) assertion(e ast.Expression) bool {
	var arguments []ast.Expression
	for {
		switch n := e.(type) {
		case *ast.CallExpression:
			arguments = append(arguments, n.ArgumentList...)
			dot, ok := n.Callee.(*ast.DotExpression)
			switch {
			case !ok:
				return false
			case isPM(dot.Left) && dot.Identifier.Name == "expect":
				p.all(arguments)
				return true
			case !isLink(string(dot.Identifier.Name)):
				return false
			}
			e = dot.Left
		case *ast.DotExpression:
			if memberOfPM(n.Left) == "response" && n.Identifier.Name == "to" {
				p.all(arguments)
				return true
			}
			if !isLink(string(n.Identifier.Name)) {
				return false
			}
			e = n.Left
		default:
			return false
		}
	}
}

func isPM(e ast.Expression) bool {
	id, ok := e.(*ast.Identifier)
	return ok && id.Name == "pm"
}

// memberOfPM is the name of a member of pm, "" for another expression.
func memberOfPM(e ast.Expression) string {
	if dot, ok := e.(*ast.DotExpression); ok && isPM(dot.Left) {
		return string(dot.Identifier.Name)
	}
	return ""
}

func isScope(name string) bool {
	switch name {
	case "environment", "globals", "collectionVariables", "variables", "iterationData":
		return true
	}
	return false
}

func isScopeMethod(name string) bool {
	switch name {
	case "get", "set", "has", "unset", "clear", "toObject", "replaceIn":
		return true
	}
	return false
}

// isLink recognises the names of chai's chains and of assertions on responses: all that gives an assertion.
func isLink(name string) bool {
	const links = " to be been is and has have with that which at of same but does still also not deep nested own ordered any all " +
		"a an include includes contain contains ok true false null undefined NaN exist exists empty equal equals eq eql eqls " +
		"above gt greaterThan least gte greaterThanOrEqual below lt lessThan most lte lessThanOrEqual within instanceof instanceOf " +
		"property ownProperty haveOwnProperty length lengthOf match matches string keys key throw throws Throw respondTo respondsTo " +
		"itself satisfy satisfies closeTo approximately members oneOf finite " +
		"status statusCode statusCodeClass statusReason info success redirection clientError serverError error accepted withoutContent " +
		"badRequest unauthorised unauthorized forbidden notFound notAcceptable rateLimited header body jsonBody jsonSchema withBody json responseTime responseSize "
	return !strings.Contains(name, " ") && strings.Contains(links, " "+name+" ")
}
