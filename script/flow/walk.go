package flow

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// children calls visit for the nodes directly below n, in the order of their fields, which is that of the text.
// It goes by reflection: the parser has some sixty node types and adds to them. Two fields
// are left out: DeclarationList repeats declarations that stand in the body, and File is the
// whole text.
func children(n ast.Node, visit func(ast.Node)) {
	v := reflect.ValueOf(n)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() && field.Name != "DeclarationList" && field.Name != "File" {
			below(v.Field(i), visit)
		}
	}
}

// below visits what one field holds: a node, a list of them, or a struct that may be one.
func below(v reflect.Value, visit func(ast.Node)) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			below(v.Index(i), visit)
		}
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if n, ok := v.Interface().(ast.Node); ok {
			visit(n)
			return
		}
		below(v.Elem(), visit)
	case reflect.Struct:
		if !v.CanAddr() {
			return
		}
		if n, ok := v.Addr().Interface().(ast.Node); ok {
			visit(n)
		}
	default:
	}
}

// A binding is one thing that a name may stand for.
type binding struct {
	value ast.Expression // nil: unknown, as a parameter is
	path  []string       // of keys to take from value, by destructuring
}

// collect notes what every name of the script is declared as or assigned. Scopes are not told
// apart: scripts are short, and a name that is used twice stands for either.
func (a *analyser) collect(n ast.Node) {
	switch n := n.(type) {
	case *ast.Binding:
		a.bind(n.Target, n.Initializer, nil)
	case *ast.AssignExpression:
		if target, ok := n.Left.(*ast.Identifier); ok && n.Operator == token.ASSIGN {
			a.bind(target, n.Right, nil)
		}
	case *ast.ForOfStatement:
		a.into(n.Into)
	case *ast.ForInStatement:
		a.into(n.Into)
	case *ast.CatchStatement:
		if n.Parameter != nil {
			a.bind(n.Parameter, nil, nil)
		}
	case *ast.FunctionLiteral:
		if n.Name != nil {
			a.functions = append(a.functions, string(n.Name.Name))
			a.bind(n.Name, nil, nil)
		}
	}
	children(n, a.collect)
}

// into notes the variable of a loop, whose values are not followed.
func (a *analyser) into(into ast.ForInto) {
	switch into := into.(type) {
	case *ast.ForDeclaration:
		a.bind(into.Target, nil, nil)
	case *ast.ForIntoVar:
		a.bind(into.Binding.Target, nil, nil)
	}
}

// bind notes what a name gets, also through patterns: path leads to the part of the value.
// value nil is unknown.
func (a *analyser) bind(target, value ast.Expression, path []string) {
	switch target := target.(type) {
	case *ast.Identifier:
		name := string(target.Name)
		if len(path) == 0 {
			a.present.gives(target, value)
		}
		if _, function := value.(*ast.FunctionLiteral); function {
			a.functions = append(a.functions, name)
		}
		if _, function := value.(*ast.ArrowFunctionLiteral); function {
			a.functions = append(a.functions, name)
		}
		a.names[name] = append(a.names[name], binding{value, path})
	case *ast.ObjectPattern:
		a.bindKeys(target, value, path)
	case *ast.ArrayPattern:
		// An element of a list, whichever it is.
		for _, element := range target.Elements {
			if element != nil {
				a.bind(element, value, append(path[:len(path):len(path)], "[]"))
			}
		}
	case *ast.AssignExpression: // a default
		a.bind(target.Left, value, path)
	}
}

// bindKeys is bind for the keys of a pattern. Keys that are computed make their names
// unknown; the rest (...others) is not followed.
func (a *analyser) bindKeys(pattern *ast.ObjectPattern, value ast.Expression, path []string) {
	for _, property := range pattern.Properties {
		switch p := property.(type) {
		case *ast.PropertyShort:
			name := p.Name
			a.bind(&name, value, append(path[:len(path):len(path)], string(name.Name)))
		case *ast.PropertyKeyed:
			if key, ok := p.Key.(*ast.StringLiteral); ok && !p.Computed {
				a.bind(p.Value, value, append(path[:len(path):len(path)], string(key.Value)))
			} else {
				a.bind(p.Value, nil, nil)
			}
		}
	}
}
