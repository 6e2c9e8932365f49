package flow

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// asked returns the statuses that a condition wants, nil when it asks for none. Their codes
// have Guard set.
func (a *analyser) asked(e ast.Expression) []Code {
	switch e := e.(type) {
	case *ast.BinaryExpression:
		switch e.Operator {
		case token.STRICT_EQUAL, token.EQUAL:
			return a.compared(e)
		// Both sides must be about the status, or the branch is reached under others, too.
		case token.LOGICAL_OR:
			left, right := a.asked(e.Left), a.asked(e.Right)
			if left == nil || right == nil {
				return nil
			}
			return append(left, right...)
		// One side is enough: the branch is reached only when both hold.
		case token.LOGICAL_AND:
			if left := a.asked(e.Left); left != nil {
				return left
			}
			return a.asked(e.Right)
		default:
		}
	case *ast.UnaryExpression:
		if e.Operator == token.NOT {
			return a.refused(e.Operand)
		}
	case *ast.CallExpression: // [200, 201].includes(pm.response.code)
		dot, ok := e.Callee.(*ast.DotExpression)
		if ok && dot.Identifier.Name == "includes" && len(e.ArgumentList) == 1 && a.isStatus(e.ArgumentList[0]) {
			return a.listed(dot.Left)
		}
	// const ok = pm.response.code === 200; if (ok) …
	case *ast.Identifier:
		if list := a.names[string(e.Name)]; len(list) == 1 && list[0].value != nil && !a.busy[string(e.Name)] {
			if condition, ok := list[0].value.(*ast.BinaryExpression); ok {
				return a.asked(condition)
			}
		}
	}
	return nil
}

// refused returns the statuses that are left where a condition does not hold, nil for any.
func (a *analyser) refused(e ast.Expression) []Code {
	switch e := e.(type) {
	case *ast.BinaryExpression:
		if e.Operator == token.STRICT_NOT_EQUAL || e.Operator == token.NOT_EQUAL {
			return a.compared(e)
		}
	case *ast.UnaryExpression:
		if e.Operator == token.NOT {
			return a.asked(e.Operand)
		}
	}
	return nil
}

// compared finds `pm.response.code === 200` in either order; nil for other comparisons. The
// operator is the caller's business.
func (a *analyser) compared(e *ast.BinaryExpression) []Code {
	number := e.Right
	switch {
	case a.isStatus(e.Left):
	case a.isStatus(e.Right):
		number = e.Left
	default:
		return nil
	}
	code, ok := a.number(number)
	if !ok {
		return nil
	}
	return []Code{{Status: code, Place: a.place(e), Guard: true}}
}

// isStatus knows the status code in both generations of the sandbox.
func (a *analyser) isStatus(e ast.Expression) bool {
	host := a.eval(e).host
	return host == "pm.response.code" || host == "responseCode.code"
}

// number is a status code that is known before the script runs, from 100 to 599.
func (a *analyser) number(e ast.Expression) (int, bool) {
	v := a.eval(e)
	if len(v.texts) != 1 || v.open {
		return 0, false
	}
	code, err := strconv.Atoi(v.texts[0])
	return code, err == nil && code >= 100 && code <= 599
}

// listed returns the statuses of a list literal; nil when an element is not known, for the
// list would be too short.
func (a *analyser) listed(e ast.Expression) []Code {
	list, ok := e.(*ast.ArrayLiteral)
	if !ok {
		return nil
	}
	var codes []Code
	for _, element := range list.Value {
		code, ok := a.number(element)
		if !ok {
			return nil
		}
		codes = append(codes, Code{Status: code, Place: a.place(e), Guard: true})
	}
	return codes
}

// wanted returns the statuses that an assertion wants, nil when the expression is not about
// the status. Negations (not) want nothing in particular.
func (a *analyser) wanted(e ast.Expression) []Code {
	call, ok := unwrapped(e).(*ast.CallExpression)
	if !ok {
		return nil
	}
	root, words := a.chain(call)
	if slices.Contains(words, "not") || len(words) == 0 || len(call.ArgumentList) == 0 {
		return nil
	}
	last := words[len(words)-1]
	onResponse := root == "pm.response" || root == "pm.expect" && a.subject(call) == "pm.response"
	onCode := root == "pm.expect" && (a.subject(call) == "pm.response.code" || a.subject(call) == "responseCode.code")
	argument := call.ArgumentList[0]
	var codes []Code
	switch {
	case onResponse && last == "status":
		codes = a.statusArgument(argument)
	case onCode && (last == "oneOf"):
		codes = a.listed(argument)
	case onCode && last == "within" && len(call.ArgumentList) == 2:
		codes = a.between(argument, call.ArgumentList[1])
	case onCode && isEqual(last):
		codes = a.statusArgument(argument)
	}
	place := a.place(argument)
	for i := range codes {
		codes[i].Guard, codes[i].Place = false, place
	}
	return codes
}

// between returns the statuses from one to the other, nil when they are not known.
func (a *analyser) between(from, to ast.Expression) []Code {
	least, ok := a.number(from)
	most, also := a.number(to)
	if !ok || !also {
		return nil
	}
	var codes []Code
	for status := least; status <= most; status++ {
		codes = append(codes, Code{Status: status})
	}
	return codes
}

// isEqual knows chai's names for equality.
func isEqual(method string) bool {
	switch method {
	case "equal", "equals", "eq", "eql", "eqls":
		return true
	}
	return false
}

// statusArgument reads a status given by number or by its phrase, as to.have.status takes
// both. The phrases are those of Go's net/http, which agree with Node's for the usual ones.
func (a *analyser) statusArgument(e ast.Expression) []Code {
	if code, ok := a.number(e); ok {
		return []Code{{Status: code}}
	}
	v := a.eval(e)
	if len(v.texts) != 1 || v.open {
		return nil
	}
	for code := 100; code < 600; code++ {
		if phrase := http.StatusText(code); phrase != "" && strings.EqualFold(phrase, v.texts[0]) {
			return []Code{{Status: code}}
		}
	}
	return nil
}

// underStatus reports whether a condition asks for the status before the place at work is
// reached.
func underStatus(codes []Code) bool {
	return slices.ContainsFunc(codes, func(c Code) bool { return c.Guard })
}
