package rewrite

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"posthaste/script/engine/syntax"
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

// isRelational knows the operators of one precedence, RelationalExpression of ECMA-262 13.10.
func isRelational(t token.Token) bool {
	switch t { //nolint:exhaustive // of some hundred
	case token.LESS, token.LESS_OR_EQUAL, token.GREATER, token.GREATER_OR_EQUAL, token.INSTANCEOF, token.IN:
		return true
	}
	return false
}

// inBrackets says whether a comparison stands in brackets of its own.
func (m *Rewriter) inBrackets(n *ast.BinaryExpression) bool { return inBrackets(m.Text, 1, n) }

// inBrackets is the same for a text whose first byte has the position offset. True, which
// changes nothing, is the answer where the text is another.
func inBrackets(text string, offset int, n *ast.BinaryExpression) bool {
	from, left, right := int(n.Left.Idx0())-offset, int(n.Left.Idx1())-offset, int(n.Right.Idx0())-offset
	if from < 0 || left > right || right > len(text) {
		return true
	}
	// Brackets that open before the left side, less those that close behind it.
	opened := 0
	for before := strings.TrimRight(text[:from], blanks+"("); from > len(before); from-- {
		if text[from-1] == '(' {
			opened++
		}
	}
	return opened > strings.Count(text[left:right], ")")
}

// blanks are what may stand between tokens, without comments.
const blanks = " \t\r\n"

// chainEdits puts brackets around the first parts of chains of comparisons, for a text that
// the engine itself parses: a<b<c becomes (a<b)<c.
func chainEdits(tree *ast.Program, text string, offset int) (edits []textEdit) {
	inner := map[*ast.BinaryExpression]bool{} // parts of chains that have been seen
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		if first, ok := n.(*ast.BinaryExpression); ok && isRelational(first.Operator) && !inner[first] {
			for at := first; ; {
				next, ok := at.Right.(*ast.BinaryExpression)
				if !ok || !isRelational(next.Operator) || inBrackets(text, offset, next) {
					break
				}
				inner[next] = true
				from, to := startOf(text, offset, first), endOf(text, offset, next)
				if from < 0 || to < from {
					break
				}
				edits = append(edits, textEdit{from, from, "("}, textEdit{to, to, ")"})
				at = next
			}
		}
		syntax.Children(n, visit)
	}
	for _, s := range tree.Body {
		visit(s)
	}
	return edits
}

// startOf returns where the left side of a comparison begins, with its brackets, -1 where the
// text is another.
func startOf(text string, offset int, n *ast.BinaryExpression) int {
	from, left, right := int(n.Left.Idx0())-offset, int(n.Left.Idx1())-offset, int(n.Right.Idx0())-offset
	if from < 0 || left > right || right > len(text) {
		return -1
	}
	for range strings.Count(text[left:right], ")") {
		if from = strings.LastIndexByte(text[:from], '('); from < 0 {
			return -1
		}
	}
	return from
}

// endOf returns where the left side of a comparison ends, with its brackets, -1 where the
// text is another.
func endOf(text string, offset int, n *ast.BinaryExpression) int {
	left, right := int(n.Left.Idx1())-offset, int(n.Right.Idx0())-offset
	if left < 0 || left > right || right > len(text) {
		return -1
	}
	return left + strings.LastIndexByte(text[left:right], ')') + 1
}
