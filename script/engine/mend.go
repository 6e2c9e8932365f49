package engine

import (
	"math/big"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// A mender walks a parsed script once. It notes what names the script mentions, puts guards where the engine
// could not be stopped (see bounds.go) and mends four gaps of the engine on the way (measured with goja 2026-09): \p{…} in regular expressions never matches, `arguments` in
// an arrow function fails where the enclosing function does not mention it, and a function declared in a
// block is not visible outside it, and variables of a function that uses arguments begin as one of those (see startVars).
type mender struct {
	names  map[string]bool
	evals  bool
	fn     *function // the function being walked; nil at the top
	blocks []map[string]bool

	bigints    bool // a BigInt literal or the name BigInt stands in the text
	powers     []*ast.BinaryExpression
	raises     []*ast.AssignExpression
	spots      []spot   // where other guards go
	indirect   bool     // eval stands where it is not called
	lookups    []lookup // of properties whose owner may be nothing, see reads.go
	unpackings []unpacking
	assertions []*ast.CallExpression       // of properties that assertions end with, see assertioncall.go
	targets    map[ast.Expression]bool     // properties that are written
	chained    int                         // optional chains around
	patterns   map[*ast.RegExpLiteral]bool // that the engine matches by backtracking
}

// function is what the mender keeps about a function that is not an arrow, or about the top.
type function struct {
	outer     *function
	list      *[]*ast.VariableDeclaration
	depth     int // len(blocks) at its body
	arrows    int // arrow functions open inside it
	direct    bool
	throughIt bool // an arrow inside mentions arguments
	strict    bool
}

func newMender() *mender { return &mender{names: map[string]bool{}} }

// arrow walks an arrow function whose body is a block as the top of a script.
func (m *mender) arrow(top *ast.ArrowFunctionLiteral) {
	m.fn = &function{list: &top.DeclarationList}
	m.visit(top.Body)
}

func (m *mender) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Identifier:
		m.mention(string(n.Name))
		if n.Name == "eval" {
			n.Name, m.indirect = evalGuard, true
		}
	case *ast.NumberLiteral:
		if _, ok := n.Value.(*big.Int); ok {
			m.bigints = true
		}
	case *ast.RegExpLiteral:
		n.Pattern = mendPattern(n.Pattern, n.Flags)
		if backtracks(n.Pattern) {
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
		m.fn.arrows++
		m.body(n, &n.DeclarationList)
		m.fn.arrows--
	case *ast.ClassLiteral:
		strict := m.fn.strict
		m.fn.strict = true
		children(n, m.visit)
		m.fn.strict = strict
	case *ast.BlockStatement:
		n.List = m.block(n.List)
	case *ast.SwitchStatement:
		m.visit(n.Discriminant)
		m.push(nil)
		for _, c := range n.Body {
			children(c, m.visit)
		}
		m.pop()
	case *ast.IfStatement:
		m.visit(n.Test)
		n.Consequent = m.branch(n.Consequent)
		if n.Alternate != nil {
			n.Alternate = m.branch(n.Alternate)
		}
	default:
		if !m.visitParts(n) {
			m.bounded(n)
			children(n, m.visit)
			m.kernel(n)
		}
	}
}

// visitParts walks what reads properties or takes values apart; false for other nodes.
func (m *mender) visitParts(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.DotExpression, *ast.BracketExpression:
		m.property(n.(ast.Expression))
		children(n, m.visit)
	case *ast.Binding:
		if n.Initializer != nil {
			m.destructured(n.Target, &n.Initializer)
		}
		children(n, m.visit)
	case *ast.ForOfStatement:
		m.unpack(iterableGuard, &n.Source, &ast.StringLiteral{Idx: n.For, Value: unistring.NewFromString(shown(n.Source))})
		children(n, m.visit)
	case *ast.OptionalChain:
		m.chained++
		children(n, m.visit)
		m.chained--
	case *ast.ForInStatement:
		m.guard(walkGuard, &n.Source)
		children(n, m.visit)
	default:
		return false
	}
	return true
}

// bounded marks the operands of n that go through a guard.
func (m *mender) bounded(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpression:
		if n.Operator == token.EXPONENT || n.Operator == token.SHIFT_LEFT {
			m.powers = append(m.powers, n)
		}
		if n.Operator == token.PLUS && mentionsTwice(n.Left, n.Right) {
			m.guard(textGuard, &n.Left)
		}
	case *ast.TemplateLiteral:
		if len(n.Expressions) > 1 && mentionsTwice(n.Expressions...) {
			for i := range n.Expressions {
				m.guard(textGuard, &n.Expressions[i])
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
		}
		if dot, ok := n.Left.(*ast.DotExpression); ok && dot.Identifier.Name == "length" && n.Operator == token.ASSIGN {
			m.guard(lengthGuard, &n.Right)
		}
		if n.Operator == token.PLUS && mentionsTwice(n.Left, n.Right) {
			m.guard(textGuard, &n.Right)
		}
	case *ast.NewExpression:
		m.arguments(n.Callee, n.ArgumentList)
	case *ast.ArrayLiteral:
		for _, e := range n.Value {
			if spread, ok := e.(*ast.SpreadElement); ok {
				m.guard(walkGuard, &spread.Expression)
			}
		}
	case *ast.YieldExpression:
		if n.Delegate {
			m.guard(depthGuard, &n.Argument)
		}
	}
}

func (m *mender) mention(name string) {
	m.names[name] = true
	switch name {
	case "eval":
		m.evals = true
	case "BigInt":
		m.bigints = true
	case "arguments":
		if m.fn.arrows > 0 {
			m.fn.throughIt = true
		} else {
			m.fn.direct = true
		}
	}
}

// call walks a call. One of eval by that name stays a direct eval: the name is left alone.
func (m *mender) call(n *ast.CallExpression) {
	m.arguments(n.Callee, n.ArgumentList)
	if id, ok := n.Callee.(*ast.Identifier); ok && id.Name == "eval" {
		m.mention("eval")
		if len(n.ArgumentList) > 0 {
			m.guard(sourceGuard, &n.ArgumentList[0])
		}
		for _, a := range n.ArgumentList {
			m.visit(a)
		}
		return
	}
	m.assertion(n)
	children(n, m.visit)
}

// arguments marks what a call or new does that the engine does in one step: Array(n) and spread lists.
func (m *mender) arguments(callee ast.Expression, list []ast.Expression) {
	if id, ok := callee.(*ast.Identifier); ok && id.Name == "Array" && len(list) == 1 {
		m.guard(lengthGuard, &list[0])
	}
	for _, a := range list {
		if spread, ok := a.(*ast.SpreadElement); ok {
			m.guard(spreadGuard, &spread.Expression)
		}
	}
}

// body walks the parameters and the body of an arrow function, whose var declarations go to list.
func (m *mender) body(n *ast.ArrowFunctionLiteral, list *[]*ast.VariableDeclaration) {
	outer, chained := *m.fn, m.chained
	m.fn.list, m.fn.depth, m.chained = list, len(m.blocks), 0
	children(n, m.visit)
	m.chained = chained
	m.fn.list, m.fn.depth = outer.list, outer.depth
}

func (m *mender) function(n *ast.FunctionLiteral) {
	inner := &function{outer: m.fn, list: &n.DeclarationList, depth: len(m.blocks), strict: m.fn.strict || isStrict(n.Body.List)}
	m.fn = inner
	chained := m.chained
	m.chained = 0
	children(n, m.visit)
	m.fn, m.chained = inner.outer, chained
	if inner.throughIt || inner.direct {
		startVars(n)
	}
	if inner.throughIt && !inner.direct {
		mention := &ast.ExpressionStatement{Expression: ident("arguments", n.Body.LeftBrace)}
		n.Body.List = insert(n.Body.List, mention)
	}
}

func isStrict(list []ast.Statement) bool {
	for _, s := range list {
		d := directive(s)
		if d == "" {
			return false
		}
		if d == "use strict" {
			return true
		}
	}
	return false
}

// directive returns the text of a statement that is a string alone, else "".
func directive(s ast.Statement) string {
	e, ok := s.(*ast.ExpressionStatement)
	if !ok {
		return ""
	}
	lit, ok := e.Expression.(*ast.StringLiteral)
	if !ok {
		return ""
	}
	return lit.Value.String()
}

// insert puts s before the first statement that is no directive.
func insert(list []ast.Statement, s ...ast.Statement) []ast.Statement {
	at := 0
	for at < len(list) && directive(list[at]) != "" {
		at++
	}
	out := make([]ast.Statement, 0, len(list)+len(s))
	out = append(out, list[:at]...)
	out = append(out, s...)
	return append(out, list[at:]...)
}

// block walks a list of statements. Where it is nested in a function, its sloppy function declarations become
// assignments to a variable of the function, at the block's start (ECMAScript, Annex B.3.3).
func (m *mender) block(list []ast.Statement) []ast.Statement {
	nested := len(m.blocks) > m.fn.depth
	m.push(list)
	defer m.pop()
	var hoisted []ast.Statement
	kept := list
	if nested && !m.fn.strict {
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
		m.visit(s)
	}
	for _, s := range hoisted {
		m.visit(s)
	}
	if len(hoisted) == 0 {
		return list
	}
	return insert(kept, hoisted...)
}

// branch walks the statement of an if; a function declaration there counts as if it stood in a block.
func (m *mender) branch(s ast.Statement) ast.Statement {
	if d, ok := s.(*ast.FunctionDeclaration); ok && !m.fn.strict && m.hoistable(d.Function) {
		s = m.hoist(d.Function)
	}
	m.visit(s)
	return s
}

// hoistable says whether a variable of that name would clash with nothing in the blocks around.
func (m *mender) hoistable(f *ast.FunctionLiteral) bool {
	if f.Async || f.Generator || f.Name == nil {
		return false
	}
	for _, names := range m.blocks[m.fn.depth:] {
		if names[string(f.Name.Name)] {
			return false
		}
	}
	return true
}

func (m *mender) hoist(f *ast.FunctionLiteral) ast.Statement {
	name := ident(string(f.Name.Name), f.Name.Idx)
	*m.fn.list = append(*m.fn.list, &ast.VariableDeclaration{Var: f.Function, List: []*ast.Binding{{Target: name}}})
	value := *f
	value.Name = nil // the assignment names it
	return &ast.ExpressionStatement{Expression: &ast.AssignExpression{
		Operator: token.ASSIGN, Left: ident(string(f.Name.Name), f.Name.Idx), Right: &value,
	}}
}

// push opens a block with the names that let, const and class declare in it.
func (m *mender) push(list []ast.Statement) {
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
				boundNames(b.Target, add)
			}
		case *ast.ClassDeclaration:
			if s.Class.Name != nil {
				add(string(s.Class.Name.Name))
			}
		}
	}
	m.blocks = append(m.blocks, names)
}

func (m *mender) pop() { m.blocks = m.blocks[:len(m.blocks)-1] }

// boundNames calls add for the names that a binding declares.
func boundNames(n ast.Node, add func(string)) {
	switch n := n.(type) {
	case *ast.Identifier:
		add(string(n.Name))
	case *ast.PropertyShort:
		add(string(n.Name.Name))
	case *ast.PropertyKeyed:
		boundNames(n.Value, add)
	case *ast.AssignExpression:
		boundNames(n.Left, add)
	case *ast.Binding:
		boundNames(n.Target, add)
	case *ast.ObjectPattern, *ast.ArrayPattern, *ast.SpreadElement:
		children(n, func(c ast.Node) { boundNames(c, add) })
	}
}

func ident(name string, at file.Idx) *ast.Identifier {
	return &ast.Identifier{Name: unistring.NewFromString(name), Idx: at}
}
