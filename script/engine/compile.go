package engine

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync/atomic"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/newer"
	"posthaste/script/engine/rewrite"
	"posthaste/script/engine/syntax"
)

// A Script is a compiled script. It is immutable and may run in any realm, also in several at
// a time.
type Script struct {
	Source string
	Names  []string // the host names it mentions, in the order of its parameters
	Evals  bool     // it calls eval, which may mention more
	inner  []string // names of the engine's own parameters, before Names
	file   bool     // a file of a package
	waits  bool     // it may await: its function gives a promise, not a value
	this   bool     // it may read this
	plain  rewrite.Plain
	prog   *goja.Program
	lower  *newer.Lowering // what was compiled in its place, nil for itself
	wants  atomic.Int32    // whether it mentions a word of the polyfill: 0 not looked yet, else one of the below
}

const (
	mentionsNot = 1
	mentions    = 2
)

// compiled is the text that was compiled, wrapper included. Messages quote from it.
func (s *Script) compiled() string {
	if s.lower != nil {
		return s.lower.Text
	}
	return failure.WrapOpen + s.Source + failure.WrapClose
}

// place turns a place of the compiled text into one of the wrapped text. What is no part of
// that gives false, such as helpers that a translation added. Lines and columns count from 1.
func (s *Script) place(line, col int) (int, int, bool) {
	if s.lower != nil {
		return s.lower.Original(line, col)
	}
	return line, col, true
}

// Mentions says whether the script's parameters include name.
func (s *Script) Mentions(name string) bool {
	i := sort.SearchStrings(s.Names, name)
	return i < len(s.Names) && s.Names[i] == name
}

// ReadsThis says whether a script may read this, which is made for those alone.
func (s *Script) ReadsThis() bool { return s.this }

// Plain says in which ways a script uses pm plainly.
func (s *Script) Plain() rewrite.Plain { return s.plain }

// mentionsAny says whether one of the words stands in the script. It is asked before each
// run, so the answer is kept; the words are always the same ones.
func (s *Script) mentionsAny(words []string) bool {
	if s.wants.Load() == 0 {
		wants := int32(mentionsNot)
		for _, word := range words {
			if strings.Contains(s.Source, word) {
				wants = mentions
				break
			}
		}
		s.wants.Store(wants)
	}
	return s.wants.Load() == 2
}

// compileScript compiles as goja can, and only then translates newer syntax: translating
// costs more. A panic of the compiler is an error of the script. The error is a
// *failure.Fault.
func compileScript(source string, hosts map[string]bool, lower *newer.Lowerer) (s *Script, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, &failure.Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script cannot be compiled: %v", r)}
		}
	}()
	if fault := syntax.CheckNesting(source); fault != nil {
		return nil, fault
	}
	if s, err = buildScript(source, nil, hosts); err != nil {
		return lowerScript(lower, source, hosts, err)
	}
	return s, nil
}

// buildScript compiles a script, or what it was lowered to. It parses, puts the guards in,
// makes the host names that the script mentions parameters, and compiles.
func buildScript(source string, l *newer.Lowering, hosts map[string]bool) (*Script, error) {
	script := &Script{Source: source, lower: l}
	tree, err := syntax.Parse(failure.ScriptName, script.compiled())
	if err != nil {
		return nil, script.syntaxFault(err)
	}
	// The user's text must still be the only thing in the wrapper.
	outer, body := unwrap(tree, l != nil)
	if body == nil {
		return nil, &failure.Fault{Name: "SyntaxError", Message: "Unexpected token '}'"}
	}
	if l == nil {
		script.plain = rewrite.PlainUses(body.Body)
	}
	m := rewrite.New(script.compiled())
	m.Arrow(body)
	script.Evals = m.Evals
	// Without an await the promise would tell nothing, and it takes a third of what an empty script does.
	script.waits = l != nil || strings.Contains(source, "await")
	body.Async = script.waits
	script.this = l != nil || m.Evals || strings.Contains(source, "this")
	// eval may name hosts in a text, which stands in the source when it is a literal.
	for name := range hosts {
		if m.Names[name] || (m.Evals && strings.Contains(source, name)) {
			script.Names = append(script.Names, name)
		}
	}
	sort.Strings(script.Names)
	script.inner = m.Finish(body)
	outer.ParameterList.List = parameters(append(script.inner[:len(script.inner):len(script.inner)], script.Names...), outer.ParameterList.List)
	if !script.waits && !script.this && rewrite.Joins(source, outer, body) {
		outer.Body, outer.DeclarationList = body.Body.(*ast.BlockStatement), body.DeclarationList
	}
	script.prog, err = goja.CompileAST(tree, false)
	if err != nil {
		return nil, script.syntaxFault(err)
	}
	return script, nil
}

// parameters puts one parameter for each name before those there are. They stand at the place
// of the first, which no message shows.
func parameters(names []string, rest []*ast.Binding) []*ast.Binding {
	list := make([]*ast.Binding, 0, len(names)+len(rest))
	for _, name := range names {
		list = append(list, &ast.Binding{Target: syntax.Ident(name, rest[0].Idx0())})
	}
	return append(list, rest...)
}

// unwrap finds the wrapper's function and the arrow function with the user's text in it. A
// text that closes the wrapper's braces and opens its own gives nil. What lowering put before
// the wrapper is moved into it.
func unwrap(tree *ast.Program, lowered bool) (*ast.FunctionLiteral, *ast.ArrowFunctionLiteral) {
	if len(tree.Body) != 1 && !lowered || len(tree.Body) == 0 {
		return nil, nil
	}
	stmt, ok := tree.Body[len(tree.Body)-1].(*ast.ExpressionStatement)
	if !ok {
		return nil, nil
	}
	outer, ok := stmt.Expression.(*ast.FunctionLiteral)
	if !ok || len(outer.Body.List) != 1 {
		return nil, nil
	}
	ret, ok := outer.Body.List[0].(*ast.ReturnStatement)
	if lowered {
		adopt(tree, outer)
	}
	if !ok {
		return nil, nil
	}
	call, ok := ret.Argument.(*ast.CallExpression)
	if !ok || len(call.ArgumentList) != 0 {
		return nil, nil
	}
	arrow, ok := call.Callee.(*ast.ArrowFunctionLiteral)
	if !ok {
		return nil, nil
	}
	return outer, arrow
}

// moduleParams are what a file of a package sees beside host names, as CommonJS has it, in
// the order of Node's wrapper.
func moduleParams() []string {
	return []string{"exports", "require", "module", "__filename", "__dirname"}
}

// compileModule compiles a file of a package: as a CommonJS module with the guards and the
// host names of scripts. The file's first line is the second of what is compiled, as with
// scripts.
func compileModule(name, source string, hosts map[string]bool, lower *newer.Lowerer) (s *Script, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, &failure.Fault{Name: "SyntaxError", Message: fmt.Sprintf("%s cannot be compiled: %v", name, r)}
		}
	}()
	if fault := syntax.CheckNesting(source); fault != nil {
		return nil, fault.In(name)
	}
	// A line for the shell is a comment for Node; the line must stay, for places.
	if strings.HasPrefix(source, "#!") {
		source = "//" + source
	}
	tree, compiled, l, fault := parseModule(name, source, lower)
	if fault != nil {
		return nil, fault.In(name)
	}
	outer, ok := outerFunction(tree, l != nil)
	if !ok {
		return nil, (&failure.Fault{Name: "SyntaxError", Message: "Unexpected token '}'"}).In(name)
	}
	m := rewrite.New(compiled)
	m.Fn = &rewrite.Function{List: &outer.DeclarationList, Strict: syntax.IsStrict(outer.Body.List)}
	m.Visit(outer.Body)
	script := &Script{Source: source, file: true, lower: l}
	if l != nil {
		adopt(tree, outer)
		script.wants.Store(mentions)
	}
	for host := range hosts {
		if m.Names[host] && !slices.Contains(moduleParams(), host) { // twice is no strict function
			script.Names = append(script.Names, host)
		}
	}
	sort.Strings(script.Names)
	script.inner = m.Finish(outer)
	before := append(script.inner[:len(script.inner):len(script.inner)], script.Names...)
	outer.ParameterList.List = parameters(before, outer.ParameterList.List)
	script.prog, err = goja.CompileAST(tree, false)
	if err != nil {
		return nil, syntaxFault(source, err).In(name)
	}
	return script, nil
}

// parseModule parses a file inside of the function that Node puts around it. What goja does
// not know is translated first; l is then how, and compiled the translation. The fault is
// always that of the file as it was written.
func parseModule(name, source string, lower *newer.Lowerer) (tree *ast.Program, compiled string, l *newer.Lowering, fault *failure.Fault) {
	params := strings.Join(moduleParams(), ",")
	compiled = "(function(" + params + "){\n" + source + "\n})"
	tree, err := syntax.Parse(name, compiled)
	if err == nil {
		return tree, compiled, nil, nil
	}
	fault = syntaxFault(source, err)
	// import and export are syntax that stands in no function, so such a file is translated
	// as a whole.
	if newer.ModuleSyntax.MatchString(source) {
		l, _ = lower.LowerModule(name, source, params)
	} else {
		l, _ = lower.Lower(name, compiled)
	}
	if l == nil {
		return nil, "", nil, fault
	}
	load := parser.WithSourceMapLoader(func(string) ([]byte, error) { return l.File, nil })
	compiled = l.WithMap()
	if tree, err = parser.ParseFile(nil, name, compiled, 0, load); err != nil {
		return nil, "", nil, fault
	}
	return tree, compiled, l, nil
}

// outerFunction is the function around a file. A file that closes it with a brace of its own
// is not one function any more; a translation may put helpers in front of it.
func outerFunction(tree *ast.Program, translated bool) (*ast.FunctionLiteral, bool) {
	stmt, ok := tree.Body[len(tree.Body)-1].(*ast.ExpressionStatement)
	if !ok || len(tree.Body) != 1 && !translated {
		return nil, false
	}
	outer, ok := stmt.Expression.(*ast.FunctionLiteral)
	return outer, ok
}

// syntaxFault words an error of the parser or the compiler as V8 does, for a source that was
// not translated.
func syntaxFault(source string, err error) *failure.Fault {
	return (&Script{Source: source}).syntaxFault(err)
}

// syntaxFault finds the place in the script's own text first, since V8's words depend on what
// stands there.
func (s *Script) syntaxFault(err error) *failure.Fault {
	message, line, col := syntax.Errors(err)
	line, col, _ = s.place(line, col)
	f := (&failure.Fault{Name: "SyntaxError"}).At(s.Source, line, col)
	f.Message = syntax.Message(message, f)
	return f
}
