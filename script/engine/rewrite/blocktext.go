package rewrite

import (
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// blockEdits makes the functions that a text declares in blocks and switches variables of the
// function around them, as ECMAScript's Annex B.3.2 has it and the engine does not. A
// function stays where the outcome would not be the same: when its name stands in the block
// before it, is declared in another way, or is set by the function itself. offset is the
// position of the text's first byte.
func blockEdits(tree *ast.Program, text string, offset int) (edits []textEdit) {
	// In strict mode such a function belongs to its block, which the engine does right. The
	// words may stand in a string; then too little is corrected.
	if strings.Contains(text, "use strict") {
		return nil
	}
	b := blockText{text: text, offset: offset, other: map[string]bool{}}
	for _, s := range tree.Body {
		b.names(s)
	}
	for _, s := range tree.Body {
		b.visit(s)
	}
	return b.edits
}

// A blockText collects the edits of one text.
type blockText struct {
	text   string
	offset int
	other  map[string]bool // names of parameters, classes, let and const
	edits  []textEdit
}

// names notes what is declared in another way than by var and function, in any scope: a name
// that is used for both is left alone.
func (b *blockText) names(n ast.Node) {
	note := func(name string) { b.other[name] = true }
	parameters := func(list *ast.ParameterList) {
		for _, p := range list.List {
			syntax.BoundNames(p.Target, note)
		}
		if rest, ok := list.Rest.(ast.BindingTarget); ok {
			syntax.BoundNames(rest, note)
		}
	}
	switch n := n.(type) {
	case *ast.LexicalDeclaration:
		for _, binding := range n.List {
			syntax.BoundNames(binding.Target, note)
		}
	case *ast.ClassDeclaration:
		if n.Class.Name != nil {
			note(string(n.Class.Name.Name))
		}
	case *ast.FunctionLiteral:
		parameters(n.ParameterList)
	case *ast.ArrowFunctionLiteral:
		parameters(n.ParameterList)
	case *ast.CatchStatement:
		if n.Parameter != nil {
			syntax.BoundNames(n.Parameter, note)
		}
	}
	syntax.Children(n, b.names)
}

// visit looks for blocks. The body of a function is not one itself.
func (b *blockText) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.FunctionLiteral:
		for _, s := range n.Body.List {
			b.visit(s)
		}
		return
	case *ast.ArrowFunctionLiteral:
		if block, ok := n.Body.(*ast.BlockStatement); ok {
			for _, s := range block.List {
				b.visit(s)
			}
			return
		}
	case *ast.BlockStatement:
		b.list(n.List, int(n.LeftBrace)-b.offset)
	case *ast.SwitchStatement:
		for _, c := range n.Body {
			b.list(c.Consequent, int(n.Switch)-b.offset)
		}
	}
	syntax.Children(n, b.visit)
}

// list looks at the statements of a block that begins at a place. function f(){} becomes var
// f=function f(){};
func (b *blockText) list(list []ast.Statement, start int) {
	for _, s := range list {
		declared, ok := s.(*ast.FunctionDeclaration)
		if !ok || declared.Function.Async || declared.Function.Generator || declared.Function.Name == nil {
			continue
		}
		f := declared.Function
		name, from := string(f.Name.Name), int(f.Function)-b.offset
		to := from + len(f.Source)
		if start < 0 || from < start || to > len(b.text) || b.text[from:to] != f.Source || b.other[name] ||
			mentionsWord(b.text[start:from], name) || sets(f.Source, name) {
			continue
		}
		b.edits = append(b.edits, textEdit{from, from, "var " + name + "="}, textEdit{to, to, ";"})
	}
}

// mentionsWord says whether a name may stand in a text, as a word of its own. Strings and
// comments count, too.
func mentionsWord(text, name string) bool {
	for i := strings.Index(text, name); i >= 0; {
		if failure.Word(text[i:]) == name && (i == 0 || failure.Word(text[i-1:i]) == "") {
			return true
		}
		next := strings.Index(text[i+1:], name)
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// sets says whether a text may set a variable. A name that ends in the same letters counts,
// too, which only leaves a function as it is.
func sets(text, name string) bool {
	for rest := text; ; {
		i := strings.Index(rest, name)
		if i < 0 {
			return false
		}
		rest = rest[i+len(name):]
		after := strings.TrimLeft(rest, blanks)
		if strings.HasPrefix(after, "=") && !strings.HasPrefix(after, "==") && !strings.HasPrefix(after, "=>") {
			return true
		}
	}
}
