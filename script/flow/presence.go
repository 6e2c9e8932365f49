package flow

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// presence is what a script asks the presence of: by if, !, ||, ??, &&, a choice, a
// comparison, Boolean. It copes with the absence of those. Its maps are filled by look and
// gives before the walk, and only read in it.
type presence struct {
	nodes map[ast.Expression]bool
	names map[string]bool           // of constants and variables of the script
	has   map[string]bool           // variables asked for by has("name")
	given map[ast.Expression]string // the names that values are declared as or assigned to
}

func newPresence() presence {
	return presence{map[ast.Expression]bool{}, map[string]bool{}, map[string]bool{}, map[ast.Expression]string{}}
}

// look goes through every node, before the script is walked.
func (p presence) look(n ast.Node) {
	switch n := n.(type) {
	case *ast.IfStatement:
		p.asks(n.Test)
	case *ast.ConditionalExpression:
		p.asks(n.Test)
	case *ast.UnaryExpression:
		if n.Operator == token.NOT || n.Operator == token.TYPEOF {
			p.asks(n.Operand)
		}
	case *ast.BinaryExpression:
		switch n.Operator {
		case token.LOGICAL_OR, token.COALESCE:
			p.asks(n.Left)
			p.asks(n.Right) // it is what comes when the other is absent
		case token.LOGICAL_AND:
			p.asks(n.Left)
		// x === "" and x == null ask whether x is there; x === y does not.
		case token.EQUAL, token.STRICT_EQUAL, token.NOT_EQUAL, token.STRICT_NOT_EQUAL:
			if isConstant(n.Left) || isConstant(n.Right) {
				p.asks(n.Left)
				p.asks(n.Right)
			}
		default:
		}
	case *ast.CallExpression:
		if callee, ok := n.Callee.(*ast.Identifier); ok && callee.Name == "Boolean" && len(n.ArgumentList) > 0 {
			p.asks(n.ArgumentList[0])
		}
		if dot, ok := n.Callee.(*ast.DotExpression); ok && dot.Identifier.Name == "has" && len(n.ArgumentList) > 0 {
			if name, ok := n.ArgumentList[0].(*ast.StringLiteral); ok {
				p.has[string(name.Value)] = true
			}
		}
	}
	children(n, p.look)
}

// asks notes an expression that stands where its presence is asked for, with what it consists
// of.
func (p presence) asks(e ast.Expression) {
	switch e := e.(type) {
	case nil:
		return
	case *ast.Identifier:
		p.names[string(e.Name)] = true
	case *ast.BinaryExpression, *ast.UnaryExpression, *ast.ConditionalExpression:
		children(e, func(n ast.Node) {
			if below, ok := n.(ast.Expression); ok && !isOrder(e) {
				p.asks(below)
			}
		})
	}
	p.nodes[e] = true
}

// isOrder knows comparisons by size, and arithmetic, which count on a value.
func isOrder(e ast.Expression) bool {
	binary, ok := e.(*ast.BinaryExpression)
	if !ok {
		return false
	}
	switch binary.Operator {
	case token.LOGICAL_OR, token.COALESCE, token.LOGICAL_AND, token.EQUAL, token.STRICT_EQUAL, token.NOT_EQUAL, token.STRICT_NOT_EQUAL:
		return false
	default:
		return true
	}
}

// isConstant knows literals, and undefined, which is a name to the parser.
func isConstant(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.NullLiteral, *ast.StringLiteral, *ast.BooleanLiteral, *ast.NumberLiteral:
		return true
	case *ast.Identifier:
		return e.Name == "undefined"
	}
	return false
}

// optional reports whether a script copes with the absence of the variable that a call reads,
// n being the call.
func (p presence) optional(n ast.Expression, name string) bool {
	return p.nodes[n] || p.has[name] || p.names[p.given[n]]
}

// gives notes what names are declared as or assigned, for optional: const t =
// pm.environment.get("t"); if (t) ….
func (p presence) gives(target, value ast.Expression) {
	if id, ok := target.(*ast.Identifier); ok && value != nil {
		p.given[value] = string(id.Name)
	}
}

// onlyStatus reports whether a condition asks for the status of the response and for nothing
// else, so that it says when the branch is taken.
func (a *analyser) onlyStatus(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.BinaryExpression:
		switch e.Operator {
		case token.LOGICAL_AND, token.LOGICAL_OR:
			return a.onlyStatus(e.Left) && a.onlyStatus(e.Right)
		default:
		}
	case *ast.UnaryExpression:
		if e.Operator == token.NOT {
			return a.onlyStatus(e.Operand)
		}
	}
	return a.asked(e) != nil || a.refused(e) != nil
}

// guarded walks what is reached under a condition. Under one of the status alone it is known
// when that is, and the place is not counted as guarded.
func (a *analyser) guarded(condition ast.Expression, walk func()) {
	if a.onlyStatus(condition) {
		walk()
		return
	}
	a.guards++
	walk()
	a.guards--
}

// escapes notes that an argument gives a scope of variables away, or all of them: what is set
// with it is not known. helper(pm) is the usual form.
func (a *analyser) escapes(argument ast.Expression) {
	switch a.hostOf(argument) {
	case "pm", "postman", "pm.environment", "pm.globals", "pm.collectionVariables", "pm.variables":
		a.out.SetsUnknown = true
	}
}

// runsText reports whether a call runs code that the script's text does not show: eval,
// Function, a package of the team. A constant text is code that does show, and counts as
// harmless.
func (a *analyser) runsText(n *ast.CallExpression, host string) bool {
	if host == "pm.require" {
		return true
	}
	callee, ok := unwrapped(n.Callee).(*ast.Identifier)
	if !ok || callee.Name != "eval" && callee.Name != "Function" || len(n.ArgumentList) == 0 {
		return false
	}
	return a.eval(n.ArgumentList[len(n.ArgumentList)-1]).open
}

// spread makes every read of a variable optional that the script asks for once: if
// (pm.environment.has("a")) … pm.environment.get("a").
func (s *Script) spread() {
	asked := map[string]bool{}
	for _, u := range s.Uses {
		asked[u.Name] = asked[u.Name] || u.Optional
	}
	for i := range s.Uses {
		s.Uses[i].Optional = asked[s.Uses[i].Name]
	}
}
