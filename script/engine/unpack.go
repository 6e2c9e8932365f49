package engine

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

// What destructuring and for…of take apart goes through guards that say what is wrong as V8 does, and where: the
// engine gives no place, and does not tell null from undefined.
const (
	iterableGuard = "%iterable"
	patternGuard  = "%pattern"
)

// An unpacking is an expression that is taken apart.
type unpacking struct {
	guard string
	value *ast.Expression
	rest  []ast.Expression
	at    file.Idx
}

func (m *mender) unpack(guard string, value *ast.Expression, rest ...ast.Expression) {
	m.unpackings = append(m.unpackings, unpacking{guard, value, rest, (*value).Idx0()})
}

// destructured guards the value of a pattern.
func (m *mender) destructured(target ast.Node, value *ast.Expression) {
	literal := func(text string) ast.Expression {
		return &ast.StringLiteral{Idx: (*value).Idx0(), Value: unistring.NewFromString(text)}
	}
	switch target := target.(type) {
	case *ast.ArrayPattern:
		m.unpack(iterableGuard, value, literal(shown(*value)))
	case *ast.ObjectPattern:
		if key, ok := firstKey(target); ok {
			m.unpack(patternGuard, value, literal(shown(*value)), literal(key))
		}
	}
}

func (m *mender) guardUnpackings(used map[string]bool) {
	for _, u := range m.unpackings {
		used[u.guard] = true
		args := append([]ast.Expression{*u.value}, u.rest...)
		*u.value = &ast.CallExpression{Callee: ident(u.guard, u.at), LeftParenthesis: u.at, ArgumentList: args, RightParenthesis: u.at + 1}
	}
}

// iterable hands on what can be iterated.
func (b *bounds) iterable() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		switch o, isObject := v.(*goja.Object); {
		case isObject:
			if _, ok := goja.AssertFunction(o.GetSymbol(goja.SymIterator)); ok {
				return v
			}
		case goja.IsString(v):
			return v
		}
		panic(newError(b.vm, "TypeError", call.Argument(1).String()+" is not iterable"))
	})
}

// unpacked hands on what has properties.
func (b *bounds) unpacked() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if !goja.IsUndefined(v) && !goja.IsNull(v) {
			return v
		}
		panic(newError(b.vm, "TypeError",
			"Cannot destructure property '"+call.Argument(2).String()+"' of '"+call.Argument(1).String()+"' as it is "+v.String()+"."))
	})
}
