// Package rewrite changes the tree, or the text, of a script before it is compiled: it puts guards where the engine could not
// be stopped or would word an error in its own way, and corrects what the engine gets wrong.
package rewrite

import (
	"math/big"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"posthaste/script/engine/syntax"
)

// A Rewriter walks a parsed script once. It notes what names the script mentions, puts guards where the engine
// could not be stopped and closes four gaps of the engine (measured with goja 2026-09): \p{…} in regular expressions never matches; `arguments`
// in an arrow function fails where the enclosing function does not mention it; a function that is declared in a block is
// not visible outside it; variables of a function that uses arguments begin as one of those (see startVars).
type Rewriter struct {
	Text string // what was parsed
	// Each name that stands in the text: what is not named need not be defined for the
	// script.
	Names map[string]bool
	// eval stands in the text, so that any name may be used.
	Evals  bool
	Fn     *Function // the function being walked; nil at the top
	blocks []map[string]bool

	bigints bool // a BigInt literal or the name BigInt stands in the text
	// Powers and shifts, and assignments by these operators.
	powers   []*ast.BinaryExpression
	raises   []*ast.AssignExpression
	spots    []spot   // where other guards go
	indirect bool     // eval stands where it is not called
	lookups  []lookup // of properties whose owner may be nothing, see reads.go
	// Values that patterns, loops and spreads take apart.
	unpackings []unpacking
	assertions []*ast.CallExpression       // of properties that assertions end with, see assertion.go
	targets    map[ast.Expression]bool     // properties that are written
	deleted    map[ast.Expression]bool     // properties that are deleted
	chained    int                         // optional chains around
	patterns   map[*ast.RegExpLiteral]bool // that the engine matches by backtracking
	catches    []*ast.CatchStatement
	script     bool              // a script is walked, whose variables may begin as the sandbox's
	declared   []*[]*ast.Binding // the lists in which such variables are, see hostvars.go
}

// Function is what a Rewriter keeps about a function that is not an arrow, or about the top.
// It is on a stack by outer.
type Function struct {
	outer *Function
	// Where variables of the function are declared: the parser's list, which the compiler
	// reads.
	List   *[]*ast.VariableDeclaration
	depth  int // len(blocks) at its body
	arrows int // arrow functions open inside it
	// The function itself mentions arguments.
	direct    bool
	throughIt bool // an arrow inside mentions arguments
	Strict    bool
}

// New returns a rewriter for the tree of a text. It is for one tree, and one goroutine.
func New(text string) *Rewriter { return &Rewriter{Text: text, Names: map[string]bool{}} }

// Arrow walks an arrow function whose body is a block as the top of a script.
func (m *Rewriter) Arrow(top *ast.ArrowFunctionLiteral) {
	m.Fn, m.script = &Function{List: &top.DeclarationList}, true
	m.Visit(top.Body)
}

// Visit walks a node. Most of the tree changes when Finish is called; names, patterns and
// blocks change at once.
func (m *Rewriter) Visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Identifier:
		m.mention(string(n.Name))
		// Direct calls are recognised by call, which never comes here with the name.
		if n.Name == "eval" {
			n.Name, m.indirect = EvalGuard, true
		}
	case *ast.NumberLiteral:
		if _, ok := n.Value.(*big.Int); ok {
			m.bigints = true
		}
	case *ast.RegExpLiteral:
		n.Pattern = Pattern(n.Pattern, n.Flags)
		if Backtracks(n.Pattern) {
			if m.patterns == nil {
				m.patterns = map[*ast.RegExpLiteral]bool{}
			}
			m.patterns[n] = true
		}
	case *ast.CallExpression:
		m.call(n)
	case *ast.FunctionLiteral:
		m.function(n)
	case *ast.ArrowFunctionLiteral:
		m.Fn.arrows++
		m.body(n, &n.DeclarationList)
		m.Fn.arrows--
	case *ast.ClassLiteral:
		if n.SuperClass != nil {
			m.unpack(ExtendsGuard, &n.SuperClass)
		}
		// Class bodies are strict (ECMA-262 11.2.2).
		strict := m.Fn.Strict
		m.Fn.Strict = true
		syntax.Children(n, m.Visit)
		m.Fn.Strict = strict
	case *ast.BlockStatement:
		n.List = m.block(n.List)
	case *ast.SwitchStatement:
		m.cases(n)
	case *ast.CatchStatement:
		catchVars(n)
		syntax.Children(n, m.Visit)
		m.catches = append(m.catches, n)
	case *ast.IfStatement:
		m.Visit(n.Test)
		n.Consequent = m.branch(n.Consequent)
		if n.Alternate != nil {
			n.Alternate = m.branch(n.Alternate)
		}
	default:
		if !m.visitParts(n) {
			m.bounded(n)
			syntax.Children(n, m.Visit)
			m.kernel(n)
		}
	}
}

// visitParts walks what reads properties or takes values apart; false for other nodes.
func (m *Rewriter) visitParts(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.DotExpression, *ast.BracketExpression:
		m.property(n.(ast.Expression))
		syntax.Children(n, m.Visit)
	case *ast.Binding:
		if n.Initializer != nil {
			m.destructured(n.Target, &n.Initializer)
		}
		syntax.Children(n, m.Visit)
	case *ast.ForOfStatement:
		m.unpack(IterableGuard, &n.Source, &ast.StringLiteral{Idx: n.For, Value: unistring.NewFromString(syntax.Shown(n.Source))})
		syntax.Children(n, m.Visit)
	case *ast.VariableStatement:
		m.hostVars(&n.List)
		syntax.Children(n, m.Visit)
	case *ast.ForLoopInitializerVarDeclList:
		m.hostVars(&n.List)
		syntax.Children(n, m.Visit)
	case *ast.OptionalChain:
		m.chained++
		syntax.Children(n, m.Visit)
		m.chained--
	case *ast.ForInStatement:
		m.guard(WalkGuard, &n.Source)
		syntax.Children(n, m.Visit)
	default:
		return false
	}
	return true
}

// bounded marks the operands of n that go through a guard, because a single operation of the
// engine cannot be stopped.
func (m *Rewriter) bounded(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpression:
		m.leftToRight(n)
		m.operands(n)
		if n.Operator == token.EXPONENT || n.Operator == token.SHIFT_LEFT {
			m.powers = append(m.powers, n)
		}
		if n.Operator == token.PLUS && mentionsTwice(n.Left, n.Right) {
			m.guard(TextGuard, &n.Left)
		}
	case *ast.TemplateLiteral:
		if len(n.Expressions) > 1 && mentionsTwice(n.Expressions...) {
			for i := range n.Expressions {
				m.guard(TextGuard, &n.Expressions[i])
			}
		}
	case *ast.AssignExpression:
		if n.Operator == token.EXPONENT || n.Operator == token.SHIFT_LEFT {
			m.raises = append(m.raises, n)
		}
		if n.Operator == token.ASSIGN {
			if m.targets == nil {
				m.targets = map[ast.Expression]bool{}
			}
			m.targets[n.Left] = true
			m.taken(n)
		}
		// a.length = 1e9 makes an array of that size.
		if dot, ok := n.Left.(*ast.DotExpression); ok && dot.Identifier.Name == "length" && n.Operator == token.ASSIGN {
			m.guard(LengthGuard, &n.Right)
		}
		if n.Operator == token.PLUS && mentionsTwice(n.Left, n.Right) {
			m.guard(TextGuard, &n.Right)
		}
	case *ast.NewExpression:
		m.arguments(n.Callee, n.ArgumentList)
	case *ast.ArrayLiteral:
		for _, e := range n.Value {
			if spread, ok := e.(*ast.SpreadElement); ok {
				m.unpack(SpreadableGuard, &spread.Expression, shownText(spread.Expression))
			}
		}
	case *ast.UnaryExpression:
		if n.Operator == token.DELETE {
			if m.deleted == nil {
				m.deleted = map[ast.Expression]bool{}
			}
			m.deleted[n.Operand] = true
		}
	case *ast.YieldExpression:
		if n.Delegate {
			m.unpack(DepthGuard, &n.Argument)
		}
	}
}

// mention notes names that change what has to be done. arguments inside of an arrow function
// is that of the function around it.
func (m *Rewriter) mention(name string) {
	m.Names[name] = true
	switch name {
	case "eval":
		m.Evals = true
	case "BigInt":
		m.bigints = true
	case "arguments":
		if m.Fn.arrows > 0 {
			m.Fn.throughIt = true
		} else {
			m.Fn.direct = true
		}
	}
}

// call walks a call. One of eval by that name stays a direct eval, which sees the variables
// around it: the name is left alone.
func (m *Rewriter) call(n *ast.CallExpression) {
	m.arguments(n.Callee, n.ArgumentList)
	if id, ok := n.Callee.(*ast.Identifier); ok && id.Name == "eval" {
		m.mention("eval")
		if len(n.ArgumentList) > 0 {
			guard := SourceGuard
			if m.script && m.Fn.outer == nil && m.Fn.arrows == 0 {
				guard = ScriptSourceGuard
			}
			m.guard(guard, &n.ArgumentList[0])
		}
		for _, a := range n.ArgumentList {
			m.Visit(a)
		}
		return
	}
	m.assertion(n)
	syntax.Children(n, m.Visit)
}

// arguments marks what a call or new does that the engine does in one step: Array(n) and
// spread lists.
func (m *Rewriter) arguments(callee ast.Expression, list []ast.Expression) {
	if id, ok := callee.(*ast.Identifier); ok && id.Name == "Array" && len(list) == 1 {
		m.guard(LengthGuard, &list[0])
	}
	for _, a := range list {
		if spread, ok := a.(*ast.SpreadElement); ok {
			m.unpack(SpreadGuard, &spread.Expression, shownText(spread.Expression))
		}
	}
}

// body walks the parameters and the body of an arrow function, whose var declarations go to
// list. Its arguments are those of the function around.
func (m *Rewriter) body(n *ast.ArrowFunctionLiteral, list *[]*ast.VariableDeclaration) {
	outer, chained := *m.Fn, m.chained
	m.Fn.List, m.Fn.depth, m.chained = list, len(m.blocks), 0
	syntax.Children(n, m.Visit)
	m.chained = chained
	m.Fn.List, m.Fn.depth = outer.List, outer.depth
}

// function goes into a function with a scope of its own, and comes back to the one around.
func (m *Rewriter) function(n *ast.FunctionLiteral) {
	inner := &Function{outer: m.Fn, List: &n.DeclarationList, depth: len(m.blocks), Strict: m.Fn.Strict || syntax.IsStrict(n.Body.List)}
	m.Fn = inner
	chained := m.chained
	m.chained = 0
	syntax.Children(n, m.Visit)
	m.localKernel(n)
	m.Fn, m.chained = inner.outer, chained
	if inner.throughIt || inner.direct {
		startVars(n)
	}
	// A mention makes goja provide arguments, which the arrow then finds.
	if inner.throughIt && !inner.direct {
		mention := &ast.ExpressionStatement{Expression: syntax.Ident("arguments", n.Body.LeftBrace)}
		n.Body.List = syntax.Insert(n.Body.List, mention)
	}
}

// block walks a list of statements. Where it is nested in a function, its sloppy function
// declarations become assignments to a variable of the function, at the block's start
// (ECMAScript, Annex B.3.3).
func (m *Rewriter) block(list []ast.Statement) []ast.Statement {
	nested := len(m.blocks) > m.Fn.depth
	list = tellKernels(list)
	m.push(list)
	defer m.pop()
	var hoisted []ast.Statement
	kept := list
	if nested && !m.Fn.Strict {
		kept = make([]ast.Statement, 0, len(list))
		for _, s := range list {
			if d, ok := s.(*ast.FunctionDeclaration); ok && m.hoistable(d.Function) {
				hoisted = append(hoisted, m.hoist(d.Function))
				continue
			}
			kept = append(kept, s)
		}
	}
	for _, s := range kept {
		m.Visit(s)
	}
	for _, s := range hoisted {
		m.Visit(s)
	}
	if len(hoisted) == 0 {
		return list
	}
	return syntax.Insert(kept, hoisted...)
}

// cases walks a switch. Its function declarations become assignments in front of it, as those
// of a block do at its start; the place of each declaration stays, empty.
func (m *Rewriter) cases(n *ast.SwitchStatement) {
	var all []ast.Statement
	for _, c := range n.Body {
		all = append(all, c.Consequent...)
	}
	m.push(all)
	defer m.pop()
	var hoisted []ast.Expression
	for _, c := range n.Body {
		for i, s := range c.Consequent {
			if d, ok := s.(*ast.FunctionDeclaration); ok && !m.Fn.Strict && m.hoistable(d.Function) {
				hoisted = append(hoisted, m.hoist(d.Function).(*ast.ExpressionStatement).Expression)
				c.Consequent[i] = &ast.EmptyStatement{Semicolon: d.Function.Function}
			}
		}
	}
	if len(hoisted) > 0 {
		n.Discriminant = &ast.SequenceExpression{Sequence: append(hoisted, n.Discriminant)}
	}
	m.Visit(n.Discriminant)
	for _, c := range n.Body {
		syntax.Children(c, m.Visit)
	}
}

// branch walks the statement of an if; a function declaration there counts as if it stood in
// a block (Annex B.3.3).
func (m *Rewriter) branch(s ast.Statement) ast.Statement {
	if d, ok := s.(*ast.FunctionDeclaration); ok && !m.Fn.Strict && m.hoistable(d.Function) {
		s = m.hoist(d.Function)
	}
	m.Visit(s)
	return s
}

// hoistable says whether a variable of that name would clash with nothing in the blocks
// around. Async functions and generators are not hoisted by the standard either.
func (m *Rewriter) hoistable(f *ast.FunctionLiteral) bool {
	if f.Async || f.Generator || f.Name == nil {
		return false
	}
	for _, names := range m.blocks[m.Fn.depth:] {
		if names[string(f.Name.Name)] {
			return false
		}
	}
	return true
}

// hoist makes a function in a block a variable of the function around it, as sloppy mode
// wants and goja does not do.
func (m *Rewriter) hoist(f *ast.FunctionLiteral) ast.Statement {
	name := syntax.Ident(string(f.Name.Name), f.Name.Idx)
	*m.Fn.List = append(*m.Fn.List, &ast.VariableDeclaration{Var: f.Function, List: []*ast.Binding{{Target: name}}})
	value := *f
	value.Name = nil // the assignment names it
	return &ast.ExpressionStatement{Expression: &ast.AssignExpression{
		Operator: token.ASSIGN, Left: syntax.Ident(string(f.Name.Name), f.Name.Idx), Right: &value,
	}}
}

// push opens a block with the names that let, const and class declare in it. A block without
// any has a nil map.
func (m *Rewriter) push(list []ast.Statement) {
	var names map[string]bool
	add := func(name string) {
		if names == nil {
			names = map[string]bool{}
		}
		names[name] = true
	}
	for _, s := range list {
		switch s := s.(type) {
		case *ast.LexicalDeclaration:
			for _, b := range s.List {
				syntax.BoundNames(b.Target, add)
			}
		case *ast.ClassDeclaration:
			if s.Class.Name != nil {
				add(string(s.Class.Name.Name))
			}
		}
	}
	m.blocks = append(m.blocks, names)
}

// pop closes the innermost block.
func (m *Rewriter) pop() { m.blocks = m.blocks[:len(m.blocks)-1] }

// shownText is the text of an expression as V8's messages have it, as an argument of a guard.
func shownText(e ast.Expression) ast.Expression {
	return &ast.StringLiteral{Idx: e.Idx0(), Value: unistring.NewFromString(syntax.Shown(e))}
}
