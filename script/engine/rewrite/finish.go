package rewrite

import (
	"sort"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"

	"posthaste/script/engine/syntax"
)

// A spot is an expression that goes through a guard. at is its place in the tree.
type spot struct {
	guard string
	at    *ast.Expression
}

// guard notes that what stands at e goes through a guard. The tree is changed when the walk
// is over, since a change would be walked into. A spread is no expression that could be
// passed.
func (m *Rewriter) guard(name string, e *ast.Expression) {
	if _, spread := (*e).(*ast.SpreadElement); !spread {
		m.spots = append(m.spots, spot{name, e})
	}
}

// Finish puts the guards into the function that was walked and returns the names of those
// that are used, sorted. It must be called once, after Visit.
func (m *Rewriter) Finish(top ast.Expression) []string {
	used := map[string]bool{EvalGuard: m.indirect, DirectEval: m.Evals, StackGuard: guardCalls(top), RegexpGuard: m.guardPatterns(top)}
	// Only BigInts grow without bound: 2n ** 10000000000n.
	if m.bigints && len(m.powers)+len(m.raises) > 0 {
		used[BaseGuard], used[PowerGuard] = true, true
		for _, n := range m.powers {
			n.Left, n.Right = guarded(BaseGuard, n.Left), guarded(PowerGuard, n.Right)
		}
		for _, n := range m.raises {
			if id, ok := n.Left.(*ast.Identifier); ok { // base(x) before power(y): the same order as above
				first := guarded(BaseGuard, syntax.Ident(string(id.Name), id.Idx))
				n.Right = &ast.SequenceExpression{Sequence: []ast.Expression{first, guarded(PowerGuard, n.Right)}}
			}
		}
	}
	m.guardPowers(used)
	m.guardAssertions(used)
	m.guardCatches(used)
	m.guardLookups(used)
	m.guardUnpackings(used)
	m.beginHostVars(used)
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

// guardPowers has powers computed by a guard, which gives V8's last digit where Go's math.Pow has
// another. The node cannot be replaced where it stands, so it becomes "guard(a, b) ?? null",
// which is the guard's value.
func (m *Rewriter) guardPowers(used map[string]bool) {
	raised := func(at file.Idx, operands ...ast.Expression) ast.Expression {
		used[RaiseGuard] = true
		return &ast.CallExpression{Callee: syntax.Ident(RaiseGuard, at), LeftParenthesis: at, ArgumentList: operands, RightParenthesis: at + 1}
	}
	for _, n := range m.powers {
		if n.Operator == token.EXPONENT {
			at := n.Left.Idx0()
			n.Left, n.Operator, n.Right = raised(at, n.Left, n.Right), token.COALESCE, &ast.NullLiteral{Idx: at, Literal: "null"}
		}
	}
	for _, n := range m.raises {
		if id, ok := n.Left.(*ast.Identifier); ok && n.Operator == token.EXPONENT {
			n.Operator, n.Right = token.ASSIGN, raised(id.Idx, syntax.Ident(string(id.Name), id.Idx), n.Right)
		}
	}
}

// guarded is the call guard(e). Its parentheses stand where e does, so that places in errors
// stay right.
func guarded(guard string, e ast.Expression) ast.Expression {
	at := e.Idx0()
	return &ast.CallExpression{
		Callee: syntax.Ident(guard, at), LeftParenthesis: at, ArgumentList: []ast.Expression{e}, RightParenthesis: file.Idx(int(at) + 1),
	}
}

// mentionsTwice says whether one name stands in two places of expressions that are added up:
// s = s + s doubles a text with each turn of a loop, and thirty turns exhaust the memory.
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
				syntax.Children(n, visit)
			}
		case *ast.TemplateLiteral:
			syntax.Children(n, visit)
		}
	}
	for _, e := range list {
		visit(e)
	}
	return twice
}
