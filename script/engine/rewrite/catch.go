package rewrite

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"posthaste/script/engine/syntax"
)

// A var with the name of its catch's parameter is a variable of the function, but what it is set to goes to the parameter
// (ECMAScript, Annex B.3.4). The engine takes it for a second declaration of the parameter. The names are declared in the
// function already, so that such statements become assignments.

// catchVars rewrites the statements of a catch whose parameter is a name.
func catchVars(c *ast.CatchStatement) {
	if name, ok := c.Parameter.(*ast.Identifier); ok {
		c.Body.List = assignedList(c.Body.List, string(name.Name))
	}
}

// assignedList is assigned for each statement of a list, in place.
func assignedList(list []ast.Statement, name string) []ast.Statement {
	for i, s := range list {
		list[i] = assigned(s, name)
	}
	return list
}

// assigned returns a statement whose var statements that declare a name are assignments. It
// stays outside of functions, and of an inner catch of the same name, which has been
// rewritten on its own. The statement itself is changed where it contains others.
func assigned(s ast.Statement, name string) ast.Statement {
	switch s := s.(type) {
	case *ast.VariableStatement:
		if e := assignments(s.List, name); e != nil {
			return &ast.ExpressionStatement{Expression: e}
		}
		// var e; without a value does nothing here.
		if declares(s.List, name) {
			return &ast.EmptyStatement{Semicolon: s.Var}
		}
	case *ast.BlockStatement:
		s.List = assignedList(s.List, name)
	case *ast.IfStatement:
		s.Consequent = assigned(s.Consequent, name)
		if s.Alternate != nil {
			s.Alternate = assigned(s.Alternate, name)
		}
	case *ast.ForStatement:
		if vars, ok := s.Initializer.(*ast.ForLoopInitializerVarDeclList); ok {
			if e := assignments(vars.List, name); e != nil {
				s.Initializer = &ast.ForLoopInitializerExpression{Expression: e}
			} else if declares(vars.List, name) {
				s.Initializer = nil
			}
		}
		s.Body = assigned(s.Body, name)
	case *ast.ForInStatement:
		s.Body = assigned(s.Body, name)
	case *ast.ForOfStatement:
		s.Body = assigned(s.Body, name)
	case *ast.WhileStatement:
		s.Body = assigned(s.Body, name)
	case *ast.DoWhileStatement:
		s.Body = assigned(s.Body, name)
	case *ast.WithStatement:
		s.Body = assigned(s.Body, name)
	case *ast.LabelledStatement:
		s.Statement = assigned(s.Statement, name)
	case *ast.SwitchStatement:
		for _, c := range s.Body {
			c.Consequent = assignedList(c.Consequent, name)
		}
	case *ast.TryStatement:
		s.Body.List = assignedList(s.Body.List, name)
		if s.Catch != nil {
			s.Catch.Body.List = assignedList(s.Catch.Body.List, name)
		}
		if s.Finally != nil {
			s.Finally.List = assignedList(s.Finally.List, name)
		}
	}
	return s
}

// declares says whether a list of declarations has a name, also within patterns.
func declares(list []*ast.Binding, name string) (found bool) {
	for _, b := range list {
		syntax.BoundNames(b.Target, func(bound string) { found = found || bound == name })
	}
	return found
}

// assignments returns the declarations of a list that have a value as assignments, nil when
// the list does not declare the name or has no values. The other names of the list are
// assigned, too: they are variables of the function already.
func assignments(list []*ast.Binding, name string) ast.Expression {
	if !declares(list, name) {
		return nil
	}
	var all []ast.Expression
	for _, b := range list {
		if b.Initializer != nil {
			if target, ok := b.Target.(ast.Expression); ok {
				all = append(all, &ast.AssignExpression{Operator: token.ASSIGN, Left: target, Right: b.Initializer})
			}
		}
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return &ast.SequenceExpression{Sequence: all}
}

// guardCatches begins each catch of a name with a guard, which words an error of the engine
// as V8 does before the script sees it. A catch with a pattern, or without a parameter, gets
// none.
func (m *Rewriter) guardCatches(used map[string]bool) {
	for _, c := range m.catches {
		name, ok := c.Parameter.(*ast.Identifier)
		if !ok {
			continue
		}
		used[CaughtGuard] = true
		call := &ast.CallExpression{
			Callee: syntax.Ident(CaughtGuard, c.Catch), LeftParenthesis: c.Catch, RightParenthesis: c.Catch + 1,
			ArgumentList: []ast.Expression{syntax.Ident(string(name.Name), c.Catch)},
		}
		c.Body.List = syntax.Insert(c.Body.List, &ast.ExpressionStatement{Expression: call})
	}
}

// operands guards the right side of in and instanceof: what the engine says of a wrong one
// does not name it. #a in b is another operation.
func (m *Rewriter) operands(n *ast.BinaryExpression) {
	switch n.Operator { //nolint:exhaustive // of some hundred
	case token.INSTANCEOF:
		m.unpack(InstanceGuard, &n.Right)
	case token.IN:
		if _, private := n.Left.(*ast.PrivateIdentifier); private {
			return
		}
		if key := repeated(n.Left); key != nil {
			m.unpack(InGuard, &n.Right, key)
		} else {
			m.unpack(InGuard, &n.Right)
		}
	}
}
