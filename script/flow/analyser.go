package flow

import (
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// An analyser walks one script. It is used once, by one goroutine, and never runs any of the
// script.
type analyser struct {
	source string
	begins []int // offsets of its lines; see lines
	out    *Script
	// What each name of the script was declared as or assigned, from collect.
	names     map[string][]binding
	functions []string                 // that the script defines
	busy      map[string]bool          // names that are being followed
	known     map[string]value         // what names stand for
	seen      map[ast.Expression]value // what expressions stand for
	depth     int
	codes     []Code // under which the place at work is reached; nil is any
	test      *inTest
	swallowed int             // try statements around it whose catch goes on
	guards    int             // conditions around it that are not of the status alone
	inside    int             // functions around it, the script's own with them
	judged    map[string]bool // entries of tests that are given more than true
	present   presence
}

// inTest is what is known of the test whose function is being walked. why makes words of it.
type inTest struct {
	real      bool // it can fail
	swallowed bool // it could, but for a catch around it
	hollow    bool // it holds an expectation that wants nothing
	always    bool // it holds an expectation about a constant
}

// visit goes through the tree once, in the order in which the script runs. Functions are
// visited where they stand, as if they were called there.
func (a *analyser) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.BlockStatement:
		a.statements(n.List)
	case *ast.CaseStatement:
		if n.Test != nil {
			a.visit(n.Test)
		}
		a.statements(n.Consequent)
	case *ast.IfStatement:
		a.branch(n)
	case *ast.BinaryExpression:
		a.visit(n.Left)
		// a && b: b is reached under a, as in an if.
		if n.Operator == token.LOGICAL_AND {
			a.guarded(n.Left, func() { a.under(a.asked(n.Left), func() { a.visit(n.Right) }) })
			return
		}
		a.visit(n.Right)
	case *ast.TryStatement:
		a.try(n)
	case *ast.ThrowStatement:
		a.canFail()
		children(n, a.visit)
	case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
		// What is narrowed within a function does not hold behind it.
		codes := a.codes
		a.inside++
		children(n, a.visit)
		a.inside--
		a.codes = codes
	case *ast.ExpressionStatement:
		a.hollow(n.Expression)
		a.visit(n.Expression)
	case *ast.ExpressionBody:
		a.hollow(n.Expression)
		a.visit(n.Expression)
	case *ast.ConditionalExpression:
		a.visit(n.Test)
		a.guarded(n.Test, func() {
			a.visit(n.Consequent)
			a.visit(n.Alternate)
		})
	case *ast.CallExpression:
		a.call(n)
	case *ast.AssignExpression:
		a.assign(n)
	case *ast.DotExpression:
		a.property(n)
		a.visit(n.Left)
	case *ast.BracketExpression:
		a.property(n)
		children(n, a.visit)
	default:
		children(n, a.visit)
	}
}

// statements walks a list. What follows an assertion of the status, or an early return for
// other statuses, is reached under that status only. The end of the list takes this back.
func (a *analyser) statements(list []ast.Statement) {
	codes, guards := a.codes, a.guards
	for _, s := range list {
		a.visit(s)
		if more := a.narrowed(s); more != nil {
			a.codes = narrow(a.codes, more)
		}
		// if (!token) return: what follows depends on more than the status.
		if branch, ok := s.(*ast.IfStatement); ok && leaves(branch.Consequent) && !a.onlyStatus(branch.Test) {
			a.guards++
		}
	}
	a.codes, a.guards = codes, guards
}

// narrowed returns the statuses under which the text behind a statement is reached, nil for
// any. An if with an else leaves both ways open.
func (a *analyser) narrowed(s ast.Statement) []Code {
	switch s := s.(type) {
	case *ast.ExpressionStatement:
		return a.wanted(s.Expression)
	case *ast.IfStatement:
		if leaves(s.Consequent) && s.Alternate == nil {
			return a.refused(s.Test)
		}
	}
	return nil
}

// leaves reports whether a statement ends in return or throw, so that what follows it is not
// reached.
func leaves(s ast.Statement) bool {
	switch s := s.(type) {
	case *ast.ReturnStatement, *ast.ThrowStatement:
		return true
	case *ast.BlockStatement:
		return len(s.List) > 0 && leaves(s.List[len(s.List)-1])
	}
	return false
}

// branch remembers what the test asked for while it goes into the branch that the result
// leads to.
func (a *analyser) branch(n *ast.IfStatement) {
	a.visit(n.Test)
	a.guarded(n.Test, func() {
		a.under(a.asked(n.Test), func() { a.visit(n.Consequent) })
		if n.Alternate != nil {
			a.under(a.refused(n.Test), func() { a.visit(n.Alternate) })
		}
	})
}

// under walks with the statuses narrowed, and restores them. nil narrows nothing.
func (a *analyser) under(codes []Code, walk func()) {
	before := a.codes
	if codes != nil {
		a.codes = narrow(before, codes)
	}
	walk()
	a.codes = before
}

// narrow returns the statuses of both lists; nil is any. A contradiction keeps the inner
// list, which is nearer to what is reached.
func narrow(outer, inner []Code) []Code {
	if outer == nil {
		return inner
	}
	var both []Code
	for _, c := range inner {
		if slices.ContainsFunc(outer, func(o Code) bool { return o.Status == c.Status }) {
			both = append(both, c)
		}
	}
	if both == nil {
		return inner
	}
	return both
}

// try notes that errors inside are swallowed, unless the catch block throws again. finally
// always runs and swallows nothing.
func (a *analyser) try(n *ast.TryStatement) {
	swallows := n.Catch != nil && !rethrows(n.Catch.Body)
	if swallows {
		a.swallowed++
	}
	a.visit(n.Body)
	if swallows {
		a.swallowed--
	}
	if n.Catch != nil {
		a.visit(n.Catch.Body)
	}
	if n.Finally != nil {
		a.visit(n.Finally)
	}
}

// rethrows reports whether a catch does anything but tell: a return, an assignment or a call
// other than of console may well make the script fail later.
func rethrows(n ast.Node) bool {
	found := false
	children(n, func(below ast.Node) {
		switch below.(type) {
		case *ast.ThrowStatement, *ast.ReturnStatement, *ast.AssignExpression:
			found = true
		case *ast.CallExpression:
			found = found || !tells(below)
		}
		found = found || rethrows(below)
	})
	return found
}

// tells knows calls of console, which change nothing.
func tells(n ast.Node) bool {
	call, _ := n.(*ast.CallExpression)
	dot, ok := call.Callee.(*ast.DotExpression)
	if !ok {
		return false
	}
	root, ok := dot.Left.(*ast.Identifier)
	return ok && root.Name == "console"
}

// canFail notes that the test at work, and so the script, can fail on purpose here. Inside a
// try that swallows, the assertion fails and the test does not.
func (a *analyser) canFail() {
	a.out.Asserts = true
	if a.test == nil {
		return
	}
	if a.swallowed > 0 {
		a.test.swallowed = true
	} else {
		a.test.real = true
	}
}
