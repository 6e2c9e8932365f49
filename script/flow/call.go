package flow

import (
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
)

// call looks at a call: it may read or set a variable, jump, test or assert. Then it visits
// what it is called on, and its arguments.
func (a *analyser) call(n *ast.CallExpression) {
	host := a.eval(n.Callee).host
	if host == "" {
		host = a.dotted(n.Callee)
	}
	switch {
	case host == "pm.test", host == "pm.test.only", host == "pm.test.skip":
		a.pmTest(n)
		return
	case isJump(host):
		a.jump(n)
	default:
		scope, action := variableCall(host)
		if action == "" {
			scope, action = a.variableCallOf(n)
		}
		if action != "" {
			a.variable(scope, action, n)
		}
	}
	a.out.SetsUnknown = a.out.SetsUnknown || a.runsText(n, host)
	a.assertion(n, host)
	// A name was followed by eval already, and visiting it would find nothing.
	if _, chained := unwrapped(n.Callee).(*ast.Identifier); !chained {
		children(n.Callee, a.visit)
	}
	for _, argument := range n.ArgumentList {
		a.escapes(argument)
		a.visit(argument)
	}
}

// variableCallOf is variableCall for pm under another name, such as that of a parameter:
// p.environment.set. Only the last two names count.
func (a *analyser) variableCallOf(n *ast.CallExpression) (scope, action string) {
	parts := strings.Split(a.dotted(n.Callee), ".")
	const least = 3 // p.environment.set
	if len(parts) < least || parts[0] == "pm" || isHost(parts[0]) {
		return "", ""
	}
	return variableCall("pm." + strings.Join(parts[len(parts)-2:], "."))
}

// isJump knows the names of setNextRequest in all generations of the sandbox.
func isJump(host string) bool {
	switch host {
	case "pm.setNextRequest", "postman.setNextRequest", "pm.execution.setNextRequest":
		return true
	}
	return false
}

// variableCall returns which scope a call concerns and whether it is "get", "set", "expand"
// or, for others, "". host is the dotted name of what is called.
func variableCall(host string) (scope, action string) {
	switch host {
	case "postman.setEnvironmentVariable":
		return "environment", "set"
	case "postman.getEnvironmentVariable":
		return "environment", "get"
	case "postman.setGlobalVariable":
		return "global", "set"
	case "postman.getGlobalVariable":
		return "global", "get"
	}
	rest, ok := strings.CutPrefix(host, "pm.")
	if !ok {
		return "", ""
	}
	name, method, _ := strings.Cut(rest, ".")
	scope, ok = scopeOf(name)
	if !ok {
		return "", ""
	}
	switch method {
	case "get":
		return scope, "get"
	case "set":
		// pm.variables.set writes the local scope; get reads all scopes (Postman: pm.variables).
		if name == "variables" {
			scope = "local"
		}
		return scope, "set"
	case "replaceIn":
		return scope, "expand"
	}
	return "", ""
}

// scopeOf is the scope that a member of pm stands for; pm.variables reads all of them, which
// "" says.
func scopeOf(name string) (string, bool) {
	switch name {
	case "environment":
		return "environment", true
	case "globals":
		return "global", true
	case "collectionVariables":
		return "collection", true
	case "variables":
		return "", true
	case "iterationData":
		return "data", true
	}
	return "", false
}

// variable notes a call that reads or sets one. A name that may be several constants gives an
// entry for each.
func (a *analyser) variable(scope, action string, n *ast.CallExpression) {
	if len(n.ArgumentList) == 0 {
		return
	}
	name := a.eval(n.ArgumentList[0])
	at := a.place(n.ArgumentList[0])
	switch action {
	case "expand":
		for _, text := range name.texts {
			for used := range placeholders(text) {
				a.out.Uses = append(a.out.Uses, Use{Name: used, Place: at})
			}
		}
	case "get":
		for _, text := range name.texts {
			a.out.Uses = append(a.out.Uses, Use{Name: text, Scope: scope, Place: at, Optional: a.present.optional(n, text)})
		}
	case "set":
		a.out.SetsUnknown = a.out.SetsUnknown || name.open
		set := Set{Scope: scope, Place: at, Codes: slices.Clone(a.codes)}
		if len(n.ArgumentList) > 1 {
			v := a.eval(n.ArgumentList[1])
			set.Reads, set.Bare = v.reads, v.bare
			// The value, or whether the call is reached at all, depends on the response.
			set.Optional = v.soft || a.guards > 0 || a.swallowed > 0
			set.Empty = !v.open && len(v.texts) == 1 && v.texts[0] == ""
			// set("a") sets undefined, which reads back as nothing.
		} else {
			set.Empty = true
		}
		for _, text := range name.texts {
			set.Name = text
			a.out.Sets = append(a.out.Sets, set)
		}
	}
}

// placeholders yields the names of {{placeholders}}. Package variable has the same for
// requests; scripts are below it in the order of imports.
func placeholders(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			_, rest, ok := strings.Cut(text, "{{")
			name, after, closed := strings.Cut(rest, "}}")
			if !ok || !closed {
				return
			}
			if !strings.ContainsAny(name, "{}") && !yield(name) {
				return
			}
			text = after
		}
	}
}

// jump notes where setNextRequest leads. Null and "" end the run and lead nowhere.
func (a *analyser) jump(n *ast.CallExpression) {
	if len(n.ArgumentList) == 0 {
		return
	}
	if _, stop := n.ArgumentList[0].(*ast.NullLiteral); stop {
		return
	}
	target := a.eval(n.ArgumentList[0])
	for _, text := range target.texts {
		if text == "" {
			continue // it ends the run, as null does
		}
		a.out.Jumps = append(a.out.Jumps, Jump{Target: text, Place: a.place(n.ArgumentList[0])})
	}
	a.out.JumpsUnknown = a.out.JumpsUnknown || target.open && len(target.texts) == 0
}

// property notes the legacy ways to read: environment.name, data["name"]. Methods and members
// of members are not variables.
func (a *analyser) property(n ast.Expression) {
	host := a.eval(n).host
	scope, name, ok := strings.Cut(host, ".")
	if !ok || strings.ContainsAny(name, ".(") {
		return
	}
	switch scope {
	case "environment":
	case "globals":
		scope = "global"
	case "data":
	default:
		return
	}
	a.out.Uses = append(a.out.Uses, Use{Name: name, Scope: scope, Place: a.place(n), Optional: a.present.optional(n, name)})
}

// assign knows tests["name"] = …, which is an assertion in old scripts, and visits both sides
// of any other assignment.
func (a *analyser) assign(n *ast.AssignExpression) {
	if host := a.eval(n.Left).host; strings.HasPrefix(host, "tests.") || a.isTestsEntry(n.Left) {
		name := strings.TrimPrefix(host, "tests.")
		t := Test{Name: name, Place: a.place(n.Left)}
		t.Vacuous = a.alwaysTrue(name, n)
		a.out.Tests = append(a.out.Tests, t)
		a.out.Asserts = true
		a.out.Expects = append(a.out.Expects, assertions(a.asked(n.Right))...)
		a.visit(n.Right)
		return
	}
	// A plain name on the left reads nothing.
	if _, plain := n.Left.(*ast.Identifier); !plain {
		children(n.Left, a.visit)
	}
	a.visit(n.Right)
}

// setTrue is the reason in Test.Vacuous, which entries looks for.
const setTrue = "is set to true, whatever the answer is"

// entries takes back what was said of entries that another line gives another value: tests.ok
// = true first, false further down.
func (a *analyser) entries() {
	for i, t := range a.out.Tests {
		if t.Vacuous == setTrue && t.Name != "" && a.judged[t.Name] {
			a.out.Tests[i].Vacuous = ""
		}
	}
}

// alwaysTrue says why an entry of tests never fails, "" when it may. Under a condition, in a
// try, in a function, and where another line gives the entry another value, true tells how
// far the script came.
func (a *analyser) alwaysTrue(name string, n *ast.AssignExpression) string {
	literal, ok := n.Right.(*ast.BooleanLiteral)
	if !ok || !literal.Value {
		a.judged[name] = true
		return ""
	}
	if a.guards+a.swallowed > 0 || a.inside > 1 || a.codes != nil {
		return ""
	}
	return setTrue
}

// isTestsEntry reports whether an expression is tests[…] with a name that is computed.
func (a *analyser) isTestsEntry(e ast.Expression) bool {
	bracket, ok := e.(*ast.BracketExpression)
	return ok && a.eval(bracket.Left).host == "tests"
}

// assertions turns statuses that a script asks about into ones that it demands. The list is a
// copy.
func assertions(codes []Code) []Code {
	list := slices.Clone(codes)
	for i := range list {
		list[i].Guard = false
	}
	return list
}
