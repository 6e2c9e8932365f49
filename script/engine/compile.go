package engine

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync/atomic"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// ScriptName is the file name of user scripts in stack traces.
const ScriptName = "sandbox-script.js"

// A Script is a compiled script. It is immutable and may run in any realm.
type Script struct {
	Source string
	Names  []string // the host names it mentions, in the order of its parameters
	Evals  bool     // it calls eval, which may mention more
	inner  []string // names of the engine's own parameters, before Names
	file   bool     // a file of a package
	waits  bool     // it may await: its function gives a promise, not a value
	prog   *goja.Program
	lower  *lowering    // what was compiled in its place, nil for itself
	wants  atomic.Int32 // whether it mentions a word of the polyfill: 0 not looked yet, else one of the below
}

const (
	mentionsNot = 1
	mentions    = 2
)

// compiled is the text that was compiled, wrapper included.
func (s *Script) compiled() string {
	if s.lower != nil {
		return s.lower.text
	}
	return wrapOpen + s.Source + wrapClose
}

// place turns a place of the compiled text into one of the wrapped text. What is no part of that gives false.
func (s *Script) place(line, col int) (int, int, bool) {
	if s.lower != nil {
		return s.lower.original(line, col)
	}
	return line, col, true
}

// Mentions tells whether the script's parameters include name.
func (s *Script) Mentions(name string) bool {
	i := sort.SearchStrings(s.Names, name)
	return i < len(s.Names) && s.Names[i] == name
}

// mentionsAny tells whether one of the words stands in the script.
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

// The wrapper is Postman's (sandbox HEAD): a sloppy function whose parameters are the host names, around an
// async arrow function, so that await and return stand at the top level and let may shadow a host name.
// The user's first line is the wrapped text's second. The semicolon keeps "use strict" from being a directive.
const (
	wrapOpen  = "(function(arguments){return(async()=>{;\n"
	wrapClose = "\n;})()})"
	wrapLines = 1
)

func compileScript(source string, hosts map[string]bool, newer *lowerer) (s *Script, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, &Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script cannot be compiled: %v", r)}
		}
	}()
	if fault := checkNesting(source); fault != nil {
		return nil, fault
	}
	if s, err = buildScript(source, nil, hosts); err != nil {
		return newer.script(source, hosts, err)
	}
	return s, nil
}

// buildScript compiles a script, or what it was lowered to.
func buildScript(source string, l *lowering, hosts map[string]bool) (*Script, error) {
	script := &Script{Source: source, lower: l}
	tree, err := parser.ParseFile(nil, ScriptName, script.compiled(), 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, script.syntaxFault(err)
	}
	outer, body := unwrap(tree, l != nil)
	if body == nil {
		return nil, &Fault{Name: "SyntaxError", Message: "Unexpected token '}'"}
	}
	m := newMender()
	m.arrow(body)
	script.Evals = m.evals
	// Without an await the promise would tell nothing, and it takes a third of what an empty script does.
	script.waits = l != nil || strings.Contains(source, "await")
	body.Async = script.waits
	for name := range hosts {
		if m.names[name] || (m.evals && strings.Contains(source, name)) {
			script.Names = append(script.Names, name)
		}
	}
	sort.Strings(script.Names)
	script.inner = m.finish(body)
	outer.ParameterList.List = parameters(append(script.inner[:len(script.inner):len(script.inner)], script.Names...), outer.ParameterList.List)
	script.prog, err = goja.CompileAST(tree, false)
	if err != nil {
		return nil, script.syntaxFault(err)
	}
	return script, nil
}

// parameters puts one parameter for each name before those there are.
func parameters(names []string, rest []*ast.Binding) []*ast.Binding {
	list := make([]*ast.Binding, 0, len(names)+len(rest))
	for _, name := range names {
		list = append(list, &ast.Binding{Target: ident(name, rest[0].Idx0())})
	}
	return append(list, rest...)
}

// unwrap finds the wrapper's function and the arrow function with the user's text in it. A text that closes
// the wrapper's braces and opens its own gives nil. What lowering put before the wrapper is moved into it.
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

// libraryOpen wraps a CommonJS module: what a bundle may use beside the language itself.
const libraryOpen = "(function(exports,require,module,global,console,setTimeout,clearTimeout){"

func compileLibrary(name, source string) (*Script, error) {
	tree, err := goja.Parse(name, libraryOpen+source+"\n})", parser.WithDisableSourceMaps)
	if err != nil {
		return nil, fmt.Errorf("parsing library %s: %w", name, err)
	}
	mendLibrary(tree)
	prog, err := goja.CompileAST(tree, false)
	if err != nil {
		return nil, fmt.Errorf("compiling library %s: %w", name, err)
	}
	return &Script{Source: source, prog: prog}, nil
}

// moduleParams are what a file of a package sees beside host names, as CommonJS has it.
func moduleParams() []string {
	return []string{"exports", "require", "module", "__filename", "__dirname"}
}

// compileModule compiles a file of a package: as a CommonJS module with the guards and the host names of scripts.
// The file's first line is the second of what is compiled, as with scripts.
func compileModule(name, source string, hosts map[string]bool, newer *lowerer) (s *Script, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, &Fault{Name: "SyntaxError", Message: fmt.Sprintf("%s cannot be compiled: %v", name, r)}
		}
	}()
	if fault := checkNesting(source); fault != nil {
		return nil, fault.in(name)
	}
	if strings.HasPrefix(source, "#!") {
		source = "//" + source
	}
	params := strings.Join(moduleParams(), ",")
	wrapped := "(function(" + params + "){\n" + source + "\n})"
	tree, err := parser.ParseFile(nil, name, wrapped, 0, parser.WithDisableSourceMaps)
	l := (*lowering)(nil)
	if err != nil {
		fault := syntaxFault(source, err)
		if moduleSyntax.MatchString(source) {
			l, _ = newer.lowerModule(name, source, params)
		} else {
			l, _ = newer.lower(name, wrapped)
		}
		if l == nil {
			return nil, fault.in(name)
		}
		load := parser.WithSourceMapLoader(func(string) ([]byte, error) { return l.file, nil })
		if tree, err = parser.ParseFile(nil, name, l.withMap(), 0, load); err != nil {
			return nil, fault.in(name)
		}
	}
	stmt, ok := tree.Body[len(tree.Body)-1].(*ast.ExpressionStatement)
	if !ok || len(tree.Body) != 1 && l == nil {
		return nil, (&Fault{Name: "SyntaxError", Message: "Unexpected token '}'"}).in(name)
	}
	outer, ok := stmt.Expression.(*ast.FunctionLiteral)
	if !ok {
		return nil, (&Fault{Name: "SyntaxError", Message: "Unexpected token '}'"}).in(name)
	}
	m := newMender()
	m.fn = &function{list: &outer.DeclarationList, strict: isStrict(outer.Body.List)}
	m.visit(outer.Body)
	script := &Script{Source: source, file: true, lower: l}
	if l != nil {
		adopt(tree, outer)
		script.wants.Store(mentions)
	}
	for host := range hosts {
		if m.names[host] && !slices.Contains(moduleParams(), host) { // twice is no strict function
			script.Names = append(script.Names, host)
		}
	}
	sort.Strings(script.Names)
	script.inner = m.finish(outer)
	before := append(script.inner[:len(script.inner):len(script.inner)], script.Names...)
	outer.ParameterList.List = parameters(before, outer.ParameterList.List)
	script.prog, err = goja.CompileAST(tree, false)
	if err != nil {
		return nil, syntaxFault(source, err).in(name)
	}
	return script, nil
}

// in says which file a fault of the compiler stands in.
func (f *Fault) in(file string) *Fault {
	f.Message += fmt.Sprintf(" (%s:%d:%d)", file, f.Line, f.Col)
	return f
}

// syntaxErrors unpacks the parser's and the compiler's errors into message and place in the wrapped text.
func syntaxErrors(err error) (message string, line, col int) {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return list[0].Message, list[0].Position.Line, list[0].Position.Column
	}
	var compiler *goja.CompilerSyntaxError
	if errors.As(err, &compiler) {
		if compiler.File != nil {
			p := compiler.File.Position(compiler.Offset)
			line, col = p.Line, p.Column
		}
		return compiler.Message, line, col
	}
	return err.Error(), 0, 0
}
