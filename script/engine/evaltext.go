package engine

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// Text that a script gives to eval or Function is compiled by the engine itself, without the mender. So its regular
// expressions that need mending, or watching because they backtrack, are rewritten in the text: as calls of the
// constructor, which does both.

// bodies are what the text of a Function may stand in.
func bodies() [][2]string {
	return [][2]string{{"(function(){\n", "\n})"}, {"(async function(){\n", "\n})"}, {"(function*(){\n", "\n})"}}
}

// guardText returns the text of a function's body as it is compiled, see guardTree. A text that does not parse stays, for
// the engine to refuse.
func guardText(text string, around ...[2]string) string {
	for _, pair := range around {
		if tree, err := parseText(pair[0] + text + pair[1]); err == nil {
			return guardTree(tree, text, len(pair[0])+1)
		}
	}
	return text
}

func parseText(text string) (*ast.Program, error) {
	return parser.ParseFile(nil, "", text, 0, parser.WithDisableSourceMaps)
}

// asyncGenerator returns what the engine's compiler says of the async generators of a text, which its parser takes.
func asyncGenerator(text string) error {
	if !strings.Contains(text, "async") || !strings.Contains(text, "*") {
		return nil
	}
	tree, err := parseText(text)
	if err != nil {
		return err
	}
	if _, err = goja.CompileAST(tree, false); err != nil && strings.Contains(err.Error(), "Async generators") {
		return err
	}
	return nil
}

// A textEdit replaces a part of a text.
type textEdit struct {
	from, to int
	text     string
}

// guardTree returns a text that was parsed with its regular expressions watched, and with guards in its functions. Offset
// is the position of its first byte.
func guardTree(tree *ast.Program, text string, offset int) string {
	p := &patternSpotter{}
	for _, s := range tree.Body {
		p.visit(s)
	}
	patterns, ok := p.edits(text, offset)
	if !ok {
		patterns = nil
	}
	edits := append(append(patterns, textEdits(tree, offset)...), kernelEdits(tree, offset)...)
	if len(edits) == 0 {
		return text
	}
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

// A patternSpotter finds the regular expressions of a text that the engine alone would get wrong.
type patternSpotter struct{ found []*ast.RegExpLiteral }

func (p *patternSpotter) visit(n ast.Node) {
	if re, ok := n.(*ast.RegExpLiteral); ok {
		if mended := mendPattern(re.Pattern, re.Flags); mended != re.Pattern || backtracks(mended) {
			p.found = append(p.found, re)
		}
		return
	}
	children(n, p.visit)
}

// edits puts calls in the place of what was found. It is false where the text is not what was parsed.
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

// evalText checks what eval is given and returns what is evaluated in its place: text in a newer syntax than the engine
// knows is translated, and what no version of the language knows is refused in V8's words.
func (b *bounds) evalText(v goja.Value, direct bool) goja.Value {
	b.source(v)
	if !goja.IsString(v) {
		return v
	}
	text := v.String()
	tree, err := parseText(text)
	if err == nil {
		err = asyncGenerator(text)
	}
	if err != nil {
		return b.newerText(v, text, direct, err)
	}
	b.announce(text, tree, direct)
	return b.guardedText(v, tree, text)
}

// guardedText is v, or the text with what guards it. A guard must not break what it guards, so the outcome is parsed.
func (b *bounds) guardedText(v goja.Value, tree *ast.Program, text string) goja.Value {
	guarded := guardTree(tree, text, 1)
	if guarded == text {
		return v
	}
	if _, err := parseText(guarded); err != nil {
		return v
	}
	return b.vm.ToValue(guarded)
}

// newerText is evalText for what the engine does not parse, because of known.
func (b *bounds) newerText(v goja.Value, text string, direct bool, known error) goja.Value {
	message, line, col := syntaxErrors(known)
	if dependsOnPlace(message) {
		b.announce(text, nil, direct)
		return v // the engine knows where the text stands
	}
	fault := (&Fault{Name: "SyntaxError"}).at(text, line+wrapLines, col)
	fault.Message = syntaxMessage(message, fault)
	l, _ := b.newer.lower("eval", text)
	if l == nil {
		panic(newError(b.vm, fault.Name, fault.Message))
	}
	tree, err := parseText(l.text)
	if err != nil {
		panic(newError(b.vm, fault.Name, fault.Message))
	}
	b.announce(text, tree, direct)
	return b.guardedText(b.vm.ToValue(l.text), tree, l.text)
}

// newerBody is the body of a Function in a newer syntax than the engine knows, translated: the function itself within
// another that hands on what it is called with. It is nil for a body that the engine parses, and for one that nothing
// does.
func (b *bounds) newerBody(args []goja.Value) goja.Value {
	last := len(args) - 1
	params := make([]string, last)
	for i := range params {
		params[i] = args[i].String()
	}
	text := args[last].String()
	for _, pair := range bodies() {
		whole := pair[0] + text + pair[1]
		if _, err := parseText(whole); err == nil && asyncGenerator(whole) == nil {
			return nil
		}
	}
	const name = "translated"
	l, _ := b.newer.lower("Function", name+" = function("+strings.Join(params, ",")+"\n) {\n"+text+"\n}")
	if l == nil {
		return nil
	}
	if _, err := parseText(l.text); err != nil {
		return nil
	}
	return b.vm.ToValue("var " + name + "; " + l.text + "\nreturn " + name + ".apply(this, arguments)")
}

// dependsOnPlace tells the errors of a text that may be right where it stands: within a class or a function.
func dependsOnPlace(message string) bool {
	for _, word := range []string{"Private field", "super", "new.target"} {
		if strings.Contains(message, word) {
			return true
		}
	}
	return false
}

// announce says that a text is going to be compiled. What an indirect eval declares belongs to the global object.
func (b *bounds) announce(text string, tree *ast.Program, direct bool) {
	if b.evaluating == nil {
		return
	}
	var declared []string
	if tree != nil && !direct {
		for _, d := range tree.DeclarationList {
			for _, binding := range d.List {
				boundNames(binding.Target, func(name string) { declared = append(declared, name) })
			}
		}
		for _, s := range tree.Body {
			if f, ok := s.(*ast.FunctionDeclaration); ok && f.Function.Name != nil {
				declared = append(declared, string(f.Function.Name.Name))
			}
		}
	}
	b.evaluating(Evaluated{Text: text, Direct: direct, Declares: declared})
}
