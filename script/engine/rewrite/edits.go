package rewrite

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/syntax"
)

// Bodies are what the text of a Function may stand in: of an ordinary one, of an async one,
// of a generator.
func Bodies() [][2]string {
	return [][2]string{{"(function(){\n", "\n})"}, {"(async function(){\n", "\n})"}, {"(function*(){\n", "\n})"}}
}

// GuardText returns the text of a function's body as it is compiled, see GuardTree. around
// are the pairs to try in turn; the first in which the text parses is taken. A text that does
// not parse stays, for the engine to refuse.
func GuardText(text string, around ...[2]string) string {
	for _, pair := range around {
		if plain, tree, err := syntax.Plain(pair[0] + text + pair[1]); err == nil {
			body := strings.TrimSuffix(strings.TrimPrefix(plain, pair[0]), pair[1])
			return GuardTree(tree, body, pair)
		}
	}
	return text
}

// A textEdit replaces a part of a text, from one byte offset up to another; both are equal
// where it only inserts.
type textEdit struct {
	from, to int
	text     string
}

// GuardTree returns a text that was parsed with its regular expressions watched, with guards in its functions, for the words
// of errors too, and with chains of comparisons in their order. Around is what the text stands in. The tree changes.
func GuardTree(tree *ast.Program, text string, around [2]string) string {
	offset := len(around[0]) + 1
	p := &patternSpotter{}
	for _, s := range tree.Body {
		p.visit(s)
	}
	patterns, ok := p.edits(text, offset)
	if !ok {
		// The text is not what was parsed: no literal can be found in it for certain.
		patterns = nil
	}
	chains := chainEdits(tree, text, offset)
	edits := append(patterns, catchEdits(tree, text, offset)...)
	edits = append(append(edits, blockEdits(tree, text, offset)...), textEdits(tree, offset)...)
	edits = append(append(edits, kernelEdits(tree, offset)...), labelEdits(tree, offset)...)
	edits = append(edits, caughtEdits(tree, text, offset)...)
	if words := wordEdits(tree, text, offset); len(words) > 0 {
		// The guards for words must lie within brackets of chains; one wrong place, and they
		// are left out altogether.
		worded := edited(text, slices.Concat(opening(chains), words, closing(chains), edits))
		if _, err := syntax.ParseText(around[0] + worded + around[1]); err == nil {
			return worded
		}
	}
	return edited(text, append(chains, edits...))
}

// opening are the edits that open a bracket: what is around stands before what is in it.
func opening(edits []textEdit) (list []textEdit) {
	for _, e := range edits {
		if e.text == "(" {
			list = append(list, e)
		}
	}
	return list
}

// closing are the edits that close one; they follow what is in it.
func closing(edits []textEdit) (list []textEdit) {
	for _, e := range edits {
		if e.text == ")" {
			list = append(list, e)
		}
	}
	return list
}

// edited returns a text with its edits. Those of one place keep their order; one that lies
// within another, which was made before, is left out.
func edited(text string, edits []textEdit) string {
	slices.SortStableFunc(edits, func(a, b textEdit) int { return a.from - b.from })
	var b strings.Builder
	done := 0
	for _, e := range edits {
		if e.from < done || e.to > len(text) {
			continue
		}
		b.WriteString(text[done:e.from])
		b.WriteString(e.text)
		done = e.to
	}
	return b.String() + text[done:]
}

// A patternSpotter finds the regular expressions of a text that the engine alone would get
// wrong.
type patternSpotter struct{ found []*ast.RegExpLiteral }

// visit notes expressions that must be rewritten, or guarded because they may take
// exponential time.
func (p *patternSpotter) visit(n ast.Node) {
	if re, ok := n.(*ast.RegExpLiteral); ok {
		if rewritten := Pattern(re.Pattern, re.Flags); rewritten != re.Pattern || Backtracks(rewritten) || strings.ContainsAny(re.Flags, "dv") {
			p.found = append(p.found, re)
		}
		return
	}
	syntax.Children(n, p.visit)
}

// edits puts calls in the place of what was found. It is false where the text is not what was
// parsed. /x/.constructor is RegExp, whatever a script has made of that name.
func (p *patternSpotter) edits(text string, offset int) (edits []textEdit, ok bool) {
	for _, re := range p.found {
		from := int(re.Idx) - offset
		whole := "/" + re.Pattern + "/" + re.Flags
		to := from + len(whole)
		pattern, err := json.Marshal(re.Pattern)
		if err != nil || from < 0 || to > len(text) || text[from:to] != whole {
			return nil, false
		}
		edits = append(edits, textEdit{from, to, " new (/x/.constructor)(" + string(pattern) + ",\"" + re.Flags + "\")"})
	}
	return edits, true
}

// labelEdits leaves out labels before functions, which the engine does not compile. Nothing
// can name them: break and continue need a loop or a block.
func labelEdits(tree *ast.Program, offset int) (edits []textEdit) {
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		if label, ok := n.(*ast.LabelledStatement); ok {
			if f := labelled(label); f != nil {
				edits = append(edits, textEdit{int(label.Idx0()) - offset, int(f.Function.Function) - offset, ""})
			}
		}
		syntax.Children(n, visit)
	}
	for _, s := range tree.Body {
		visit(s)
	}
	return edits
}

// labelled is the function behind a label, or behind several; nil for another statement.
func labelled(label *ast.LabelledStatement) *ast.FunctionDeclaration {
	switch s := label.Statement.(type) {
	case *ast.LabelledStatement:
		return labelled(s)
	case *ast.FunctionDeclaration:
		return s
	}
	return nil
}
