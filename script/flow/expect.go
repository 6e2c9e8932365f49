package flow

import (
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
)

// chain takes an expectation apart: its root, "pm.expect" or "pm.response" or "expect" or "",
// and the words behind it, calls and properties alike. pm.expect(x).to.equal(1) gives
// "pm.expect" and to, equal. It goes from the end of the chain to its beginning, hence the
// reversing.
func (a *analyser) chain(e ast.Expression) (root string, words []string) {
	for {
		switch n := unwrapped(e).(type) {
		case *ast.CallExpression:
			if root = a.expectRoot(n.Callee); root != "" {
				slices.Reverse(words)
				return root, words
			}
			e = n.Callee
		case *ast.DotExpression:
			words = append(words, string(n.Identifier.Name))
			e = n.Left
			if a.hostOf(e) == "pm.response" && (words[len(words)-1] == "to" || words[len(words)-1] == "should") {
				slices.Reverse(words)
				return "pm.response", words
			}
		default:
			slices.Reverse(words)
			return "", words
		}
	}
}

// expectRoot says whether a call is pm.expect, or an expect of chai that the script got by
// itself; "" for others.
func (a *analyser) expectRoot(callee ast.Expression) string {
	switch host := a.hostOf(callee); {
	case host == "pm.expect":
		return host
	case a.dotted(callee) == "expect", strings.HasSuffix(a.dotted(callee), ".expect"):
		return "expect"
	}
	return ""
}

// hostOf is the host's name of an expression that is not a call, for calls have a value of
// their own; "" for what is not the sandbox's.
func (a *analyser) hostOf(e ast.Expression) string {
	switch unwrapped(e).(type) {
	case *ast.Identifier, *ast.DotExpression:
		return a.eval(e).host
	}
	return ""
}

// dotted is the text of names with dots between them, "" for any other expression, such as a
// call within.
func (a *analyser) dotted(e ast.Expression) string {
	switch n := unwrapped(e).(type) {
	case *ast.Identifier:
		return string(n.Name)
	case *ast.DotExpression:
		if left := a.dotted(n.Left); left != "" {
			return left + "." + string(n.Identifier.Name)
		}
	}
	return ""
}

// subject is the host's name of what an expectation looks at, such as pm.response.code of
// pm.expect(pm.response.code).
func (a *analyser) subject(e ast.Expression) string {
	if call := a.subjectCall(e); call != nil && len(call.ArgumentList) > 0 {
		return a.hostOf(call.ArgumentList[0])
	}
	return ""
}

// subjectCall finds the call of pm.expect in a chain; nil without one.
func (a *analyser) subjectCall(e ast.Expression) *ast.CallExpression {
	for {
		switch n := unwrapped(e).(type) {
		case *ast.CallExpression:
			if a.expectRoot(n.Callee) != "" {
				return n
			}
			e = n.Callee
		case *ast.DotExpression:
			e = n.Left
		default:
			return nil
		}
	}
}

// hollow notes an expectation, standing as a statement, that wants nothing: pm.expect(x),
// pm.expect(x).to.be, pm.expect(x).to.equal without a call. chai accepts all of them in
// silence.
func (a *analyser) hollow(e ast.Expression) {
	root, words := a.chain(e)
	if root == "" {
		return
	}
	_, isCall := unwrapped(e).(*ast.CallExpression)
	if isCall && len(words) > 0 || a.calls(e) {
		return // the call is looked at by itself
	}
	last := ""
	if len(words) > 0 {
		last = words[len(words)-1]
	}
	switch {
	case last == "" || isLanguage(last) || isMethod(last):
		a.out.Hollow = append(a.out.Hollow, a.place(e))
		if a.test != nil {
			a.test.hollow = true
		}
	case a.always(e, last):
		if a.test != nil {
			a.test.always = true
		}
	// A property such as true or empty, which asserts by being read.
	default:
		a.canFail()
	}
}

// calls reports whether a chain calls one of its words, behind which further words stand.
func (a *analyser) calls(e ast.Expression) bool {
	dot, ok := unwrapped(e).(*ast.DotExpression)
	if !ok {
		return false
	}
	call, ok := unwrapped(dot.Left).(*ast.CallExpression)
	if ok {
		_, words := a.chain(call)
		return len(words) > 0
	}
	return a.calls(dot.Left)
}

// always knows pm.expect(true).to.be.true, often left from a template.
func (a *analyser) always(e ast.Expression, last string) bool {
	call := a.subjectCall(e)
	if call == nil || len(call.ArgumentList) == 0 {
		return false
	}
	literal, ok := call.ArgumentList[0].(*ast.BooleanLiteral)
	return ok && literal.Value && (last == "true" || last == "ok")
}

// isLanguage knows the words of chains that want nothing by themselves, flags included (chai
// 4: language chains and flags).
func isLanguage(word string) bool {
	switch word {
	case "to", "be", "been", "is", "and", "has", "have", "with", "that", "which", "at", "of", "same", "but", "does", "still", "also",
		"not", "deep", "nested", "own", "ordered", "any", "all", "itself", "should":
		return true
	}
	return false
}

// isMethod knows the words that want something only when they are called. Those of Postman's
// chai plugin are among them.
func isMethod(word string) bool {
	switch word {
	case "equal", "equals", "eq", "eql", "eqls", "above", "gt", "greaterThan", "least", "gte", "below", "lt", "lessThan", "most", "lte",
		"within", "property", "ownProperty", "lengthOf", "match", "matches", "string", "key", "keys", "throw", "throws", "respondTo",
		"satisfy", "satisfies", "closeTo", "approximately", "members", "oneOf", "status", "header", "jsonBody", "jsonSchema", "instanceof":
		return true
	}
	return false
}

// assertion notes a call that can fail on purpose: one of a chain of expect, of assert or
// should, or of a function that is not known to be harmless.
func (a *analyser) assertion(n *ast.CallExpression, host string) {
	root, words := a.chain(n)
	switch {
	case root != "":
		if len(words) > 0 {
			// Under a condition or another status, the assertion does not say what the
			// request must return.
			if codes := a.wanted(n); codes != nil && a.guards == 0 && !underStatus(a.codes) {
				a.out.Expects = append(a.out.Expects, codes...)
			}
			if len(n.ArgumentList) == 1 && len(words) > 0 && isEqual(words[len(words)-1]) && a.sameLiteral(n) {
				if a.test != nil {
					a.test.always = true
				}
				return
			}
			a.canFail()
		}
	case slices.Contains(words, "should"), strings.HasPrefix(a.dotted(n.Callee), "assert"), strings.Contains(a.dotted(n.Callee), ".assert"):
		a.canFail()
	case a.test != nil && !harmless(host):
		a.test.real = true // an unknown function may fail; JSON.parse does for some answers
	}
}

// sameLiteral knows pm.expect(true).to.equal(true), a comparison of two constants.
func (a *analyser) sameLiteral(n *ast.CallExpression) bool {
	subject := a.subjectCall(n)
	if subject == nil || len(subject.ArgumentList) == 0 {
		return false
	}
	left, ok := subject.ArgumentList[0].(*ast.BooleanLiteral)
	right, same := n.ArgumentList[0].(*ast.BooleanLiteral)
	return ok && same && left.Value == right.Value
}

// harmless knows the functions of the sandbox that no response makes fail, so that a test
// with nothing else is found to be empty.
func harmless(host string) bool {
	scope, action := variableCall(host)
	return scope != "" || action != "" || strings.HasPrefix(host, "console.") || strings.HasPrefix(host, "Math.") ||
		host == "pm.response.text" || host == "String" || host == "Number" || host == "Date.now" || isJump(host) ||
		strings.HasPrefix(host, "pm.environment.") || strings.HasPrefix(host, "pm.globals.") ||
		strings.HasPrefix(host, "pm.variables.") || strings.HasPrefix(host, "pm.collectionVariables.")
}

// pmTest walks a test and reports whether it can fail. An outer test, if there is one, is set
// aside meanwhile.
func (a *analyser) pmTest(n *ast.CallExpression) {
	t := Test{Place: a.place(n)}
	if len(n.ArgumentList) > 0 {
		if name := a.eval(n.ArgumentList[0]); len(name.texts) == 1 && !name.open {
			t.Name = name.texts[0]
		}
		t.Place = a.place(n.ArgumentList[0])
	}
	outer, before := a.test, len(a.out.Hollow)
	a.test = &inTest{}
	literal := false
	for _, argument := range n.ArgumentList[min(1, len(n.ArgumentList)):] {
		switch argument.(type) {
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
			literal = true
		}
		a.visit(argument)
	}
	if len(n.ArgumentList) > 1 && !literal {
		a.test.real = true // a function that stands elsewhere
	}
	t.Vacuous = a.test.why()
	if t.Vacuous == "" {
		a.out.Asserts = true
	} else {
		a.out.Hollow = a.out.Hollow[:before] // the test says it
	}
	a.test = outer
	a.out.Tests = append(a.out.Tests, t)
}

// why says why a test cannot fail, "" when it can. The reasons go on from "the test …".
func (t *inTest) why() string {
	switch {
	case t.real:
		return ""
	case t.swallowed:
		return "catches what its assertions throw, so it never fails"
	case t.always:
		return "compares true with true, whatever the answer is"
	case t.hollow:
		return "says what to look at and not what to expect of it"
	}
	return "has no assertion"
}
