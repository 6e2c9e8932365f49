package engine

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/rewrite"
	"posthaste/script/engine/syntax"
	"posthaste/script/jsvalue"
)

// Text that a script gives to eval or Function is compiled by the engine itself, without
// rewrite.Rewriter. So its regular expressions that must be corrected, or watched because
// they backtrack, are rewritten in the text: as calls of the constructor, which does both.

// A callPlace is where eval is called, on which the names depend that its text sees.
type callPlace int

const (
	globally   callPlace = iota // not by its name: the text sees global names alone
	inFunction                  // in a function of a script
	inScript                    // in the script itself, whose variables may begin as the sandbox's
)

// evalText checks what eval is given and returns what is evaluated in its place: text in a
// newer syntax than the engine knows is translated, and what no version of the language knows
// is refused in V8's words. What is no string comes back as it is, as eval does.
func (b *bounds) evalText(v goja.Value, where callPlace) goja.Value {
	direct := where != globally
	b.source(v)
	if !goja.IsString(v) {
		return v
	}
	text := v.String()
	plain, tree, err := syntax.Plain(text)
	if err == nil {
		err = syntax.AsyncGenerator(text)
	}
	if err != nil {
		return b.newerText(v, text, direct, err)
	}
	b.announce(text, tree, direct)
	if where == inScript {
		if with := rewrite.HostVars(tree, plain); with != plain {
			b.showGuards()
			if again, err := syntax.ParseText(with); err == nil {
				plain, tree = with, again
			}
		}
	}
	return b.guardedText(text, tree, plain)
}

// guardedText is the text with what guards it, or plain. A guard must not break what it
// guards, so the outcome is parsed. Text is what the script gave.
func (b *bounds) guardedText(text string, tree *ast.Program, plain string) goja.Value {
	compiled := rewrite.GuardTree(tree, plain, [2]string{})
	if compiled != plain {
		if _, err := syntax.ParseText(compiled); err != nil {
			compiled = plain
		}
	}
	b.remember(text, compiled)
	return b.vm.ToValue(compiled)
}

// newerText is evalText for what the engine does not parse, because of known. It throws known
// in V8's words when a translation does not help.
func (b *bounds) newerText(v goja.Value, text string, direct bool, known error) goja.Value {
	message, line, col := syntax.Errors(known)
	if syntax.DependsOnPlace(message) {
		b.announce(text, nil, direct)
		return v // the engine knows where the text stands
	}
	fault := (&failure.Fault{Name: "SyntaxError"}).At(text, line+failure.WrapLines, col)
	fault.Message = syntax.Message(message, fault)
	l, other := b.newer.Lower("eval", text)
	if other != nil && strings.Contains(fault.Message, syntax.NotHere) {
		fault.Message = other.Message
	}
	if l == nil {
		panic(jsvalue.NewError(b.vm, fault.Name, fault.Message))
	}
	plain, tree, err := syntax.Plain(l.Text)
	if err != nil {
		panic(jsvalue.NewError(b.vm, fault.Name, fault.Message))
	}
	b.announce(text, tree, direct)
	return b.guardedText(text, tree, plain)
}

// newerBody is the body of a Function in a newer syntax than the engine knows, translated:
// the function itself within another that hands on what it is called with. It is nil for a
// body that the engine parses, and for one that nothing does.
func (b *bounds) newerBody(args []goja.Value) goja.Value {
	last := len(args) - 1
	params := make([]string, last)
	for i := range params {
		params[i] = args[i].String()
	}
	text := args[last].String()
	for _, pair := range rewrite.Bodies() {
		whole := pair[0] + text + pair[1]
		if _, err := syntax.ParseText(whole); err == nil && syntax.AsyncGenerator(whole) == nil {
			return nil
		}
	}
	const name = "translated"
	l, _ := b.newer.Lower("Function", name+" = function("+strings.Join(params, ",")+"\n) {\n"+text+"\n}")
	if l == nil {
		return nil
	}
	plain, _, err := syntax.Plain(l.Text)
	if err != nil {
		return nil
	}
	return b.vm.ToValue("var " + name + "; " + plain + "\nreturn " + name + ".apply(this, arguments)")
}

// announce says that a text is going to be compiled. What an indirect eval declares belongs
// to the global object, where the sandbox must find it to clean up.
func (b *bounds) announce(text string, tree *ast.Program, direct bool) {
	if b.evaluating == nil {
		return
	}
	var declared []string
	if tree != nil && !direct {
		for _, d := range tree.DeclarationList {
			for _, binding := range d.List {
				syntax.BoundNames(binding.Target, func(name string) { declared = append(declared, name) })
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

// beginning is the guard of variables that may begin as a name of the sandbox: what the variable has, or the sandbox's value.
func (b *bounds) beginning(call goja.FunctionCall) goja.Value {
	if now := call.Argument(1); b.host == nil || !goja.IsUndefined(now) {
		return now
	}
	return b.host(call.Argument(0).String())
}
