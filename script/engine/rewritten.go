package engine

import (
	"sort"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
)

// A spot is an expression that goes through a guard.
type spot struct {
	guard string
	at    *ast.Expression
}

// guard notes that what stands at e goes through a guard. The tree is changed when the walk is over.
func (m *mender) guard(name string, e *ast.Expression) {
	if _, spread := (*e).(*ast.SpreadElement); !spread {
		m.spots = append(m.spots, spot{name, e})
	}
}

// finish puts the guards into the function that was walked and returns the names of those that are used.
func (m *mender) finish(top ast.Expression) []string {
	used := map[string]bool{evalGuard: m.indirect, directEval: m.evals, stackGuard: guardCalls(top), regexpGuard: m.guardPatterns(top)}
	if m.bigints && len(m.powers)+len(m.raises) > 0 {
		used[baseGuard], used[powerGuard] = true, true
		for _, n := range m.powers {
			n.Left, n.Right = guarded(baseGuard, n.Left), guarded(powerGuard, n.Right)
		}
		for _, n := range m.raises {
			if id, ok := n.Left.(*ast.Identifier); ok { // base(x) before power(y): the same order as above
				first := guarded(baseGuard, ident(string(id.Name), id.Idx))
				n.Right = &ast.SequenceExpression{Sequence: []ast.Expression{first, guarded(powerGuard, n.Right)}}
			}
		}
	}
	m.guardAssertions(used)
	m.guardLookups(used)
	m.guardUnpackings(used)
	for _, s := range m.spots {
		used[s.guard] = true
		*s.at = guarded(s.guard, *s.at)
	}
	var names []string
	for name, is := range used {
		if is {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// guarded is the call guard(e). Its parentheses stand where e does, so that places in errors stay right.
func guarded(guard string, e ast.Expression) ast.Expression {
	at := e.Idx0()
	return &ast.CallExpression{
		Callee: ident(guard, at), LeftParenthesis: at, ArgumentList: []ast.Expression{e}, RightParenthesis: file.Idx(int(at) + 1),
	}
}

// mentionsTwice tells whether one name stands in two places of expressions that are added up.
func mentionsTwice(list ...ast.Expression) bool {
	seen := map[string]bool{}
	twice := false
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Identifier:
			twice = twice || seen[string(n.Name)]
			seen[string(n.Name)] = true
		case *ast.BinaryExpression:
			if n.Operator == token.PLUS {
				children(n, visit)
			}
		case *ast.TemplateLiteral:
			children(n, visit)
		}
	}
	for _, e := range list {
		visit(e)
	}
	return twice
}
