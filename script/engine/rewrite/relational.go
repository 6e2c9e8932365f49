package rewrite

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// The engine's parser reads a < b < c as a < (b < c): it is (a < b) < c (goja, 2026-09). The tree does not tell brackets
// that a script has written, so the text is looked at.

// leftToRight puts a chain of comparisons into order.
func (m *Rewriter) leftToRight(n *ast.BinaryExpression) {
	for isRelational(n.Operator) {
		right, ok := n.Right.(*ast.BinaryExpression)
		if !ok || !isRelational(right.Operator) || m.inBrackets(right) {
			return
		}
		first := &ast.BinaryExpression{Operator: n.Operator, Left: n.Left, Right: right.Left, Comparison: n.Comparison}
		n.Operator, n.Left, n.Right, n.Comparison = right.Operator, first, right.Right, right.Comparison
	}
}

func isRelational(t token.Token) bool {
	switch t { //nolint:exhaustive // of some hundred
	case token.LESS, token.LESS_OR_EQUAL, token.GREATER, token.GREATER_OR_EQUAL, token.INSTANCEOF, token.IN:
		return true
	}
	return false
}

// inBrackets says whether a comparison stands in brackets of its own.
func (m *Rewriter) inBrackets(n *ast.BinaryExpression) bool {
	from, left, right := int(n.Left.Idx0())-1, int(n.Left.Idx1())-1, int(n.Right.Idx0())-1
	if from < 0 || left > right || right > len(m.Text) {
		return true
	}
	opened := 0
	for before := strings.TrimRight(m.Text[:from], " \t\r\n("); from > len(before); from-- {
		if m.Text[from-1] == '(' {
			opened++
		}
	}
	return opened > strings.Count(m.Text[left:right], ")")
}
