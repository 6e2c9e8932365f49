package rewrite

import (
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// maxWorded is how long a text may be that gets guards for the words of errors: each costs the engine a jump or a call, and
// longer texts are libraries, whose errors nobody reads.
const maxWorded = 1 << 16

// wordEdits puts the guards that a Rewriter puts into a tree for the words of errors into a
// text: around what is read, written, taken apart, spread, searched and extended. What has no
// certain end in the text gets none. It changes the tree.
func wordEdits(tree *ast.Program, text string, offset int) []textEdit {
	if len(text) > maxWorded {
		return nil
	}
	m := New(text)
	m.Fn = &Function{List: &tree.DeclarationList, Strict: syntax.IsStrict(tree.Body)}
	for _, s := range tree.Body {
		m.Visit(s)
	}
	w := wordText{text: text, offset: offset}
	for _, u := range m.unpackings { // these stand around the others
		w.around(*u.value, InText(u.guard)+"(", u.rest)
	}
	for _, l := range m.lookups {
		w.lookup(l)
	}
	return w.edits
}

// InText is the name of a guard in the text of eval and Function, "" for one that is not used
// there. Each is one invisible letter longer than the one before.
func InText(guard string) string {
	for i, g := range TextGuards() {
		if g == guard {
			return ReadInText + strings.Repeat(StackGuardInText, i)
		}
	}
	return ""
}

// TextGuards are the guards for the words of errors that stand in the text of eval and
// Function. Their order gives their names.
func TextGuards() []string {
	return []string{ReadGuard, SetGuard, IterableGuard, PatternGuard, SpreadGuard, SpreadableGuard, ExtendsGuard, InGuard, InstanceGuard, DepthGuard, HostGuard}
}

// A wordText collects the edits of one text; offset is the position of its first byte.
type wordText struct {
	text   string
	offset int
	edits  []textEdit
}

// lookup guards the owner of a property. A bracket that begins a line would go on with the
// statement before it, so that a call is used there.
func (w *wordText) lookup(l lookup) {
	from, to := w.span(*l.owner)
	if from >= 0 && !w.opens(from) && w.follows(from, "new") {
		return // the guard would be what is made
	}
	if l.again == nil || from < 0 || !w.opens(from) {
		w.around(*l.owner, InText(l.guard)+"(", []ast.Expression{l.key})
		return
	}
	if key, ok := w.arguments([]ast.Expression{l.key}); ok {
		again := "??" + InText(l.guard) + "(" + w.text[from:to] + key + "))"
		w.edits = append(w.edits, textEdit{from, from, "("}, textEdit{to, to, again})
	}
}

// around puts a guard around an expression, with more arguments behind it. Nothing happens
// where an end is uncertain.
func (w *wordText) around(e ast.Expression, head string, rest []ast.Expression) {
	from, to := w.span(e)
	if from < 0 {
		return
	}
	if tail, ok := w.arguments(rest); ok {
		w.edits = append(w.edits, textEdit{from, from, head}, textEdit{to, to, tail + ")"})
	}
}

// arguments is the text of further arguments, false where one has no certain end.
func (w *wordText) arguments(rest []ast.Expression) (text string, ok bool) {
	for _, r := range rest {
		if literal, ok := r.(*ast.StringLiteral); ok {
			text += "," + strconv.QuoteToASCII(literal.Value.String())
			continue
		}
		from, to := w.span(r)
		if from < 0 {
			return "", false
		}
		text += "," + w.text[from:to]
	}
	return text, true
}

// span is where an expression stands, -1 where that is not certain: the parser's
// ends leave out brackets.
func (w *wordText) span(e ast.Expression) (from, to int) {
	switch e.(type) {
	case *ast.Identifier, *ast.DotExpression, *ast.BracketExpression, *ast.CallExpression, *ast.NullLiteral, *ast.NumberLiteral,
		*ast.BooleanLiteral, *ast.StringLiteral, *ast.ArrayLiteral, *ast.ObjectLiteral, *ast.AwaitExpression, *ast.BinaryExpression,
		*ast.ConditionalExpression:
	default:
		return -1, -1
	}
	from, to = int(e.Idx0())-w.offset, int(e.Idx1())-w.offset
	if from < 0 || to > len(w.text) || from >= to {
		return -1, -1
	}
	for !syntax.Balanced(w.text[from:to]) { // the first operand stands in brackets
		before := strings.TrimRight(w.text[:from], blanks)
		if !strings.HasSuffix(before, "(") {
			return -1, -1
		}
		from = len(before) - 1
	}
	return from, to
}

// opens says whether a bracket at a place begins an operand, and not the arguments of a call.
func (w *wordText) opens(at int) bool {
	before := strings.TrimRight(w.text[:at], " \t")
	if before == "" {
		return false
	}
	if strings.IndexByte("=(,:?&|!+-*%<>[{;~^", before[len(before)-1]) >= 0 {
		return true
	}
	for _, word := range []string{"return", "typeof", "new", "case", "throw", "delete", "void"} {
		if w.follows(at, word) {
			return true
		}
	}
	return false
}

// follows says whether a word stands before a place, in its line.
func (w *wordText) follows(at int, word string) bool {
	before, ok := strings.CutSuffix(strings.TrimRight(w.text[:at], " \t"), word)
	if !ok || before == "" {
		return ok
	}
	c := before[len(before)-1]
	return c != '.' && c != '$' && failure.Word(before[len(before)-1:]) == ""
}
