package engine

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/module/lazy"
)

// called is the guard: a function that calls the property of its first argument.
func (b *bounds) called() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		owner, name := call.Argument(0), call.Argument(1).String()
		if goja.IsUndefined(owner) || goja.IsNull(owner) {
			panic(jsvalue.NewError(b.vm, "TypeError", "Cannot read properties of "+owner.String()+" (reading '"+name+"')"))
		}
		value := owner.ToObject(b.vm).Get(name)
		fn, ok := goja.AssertFunction(value)
		if !ok {
			panic(jsvalue.NewError(b.vm, "TypeError", call.Argument(2).String()+" is not a function"))
		}
		return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			v, err := fn(owner, call.Arguments...)
			if err != nil {
				if exception, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
					panic(exception.Value())
				}
				panic(err)
			}
			return v
		})
	})
}

// reading returns the guard of reads, or of writes: it hands on what is something and throws for nothing.
func (b *bounds) reading(does, doing string) goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
			return v
		}
		key := call.Argument(1)
		panic(jsvalue.NewError(b.vm, "TypeError", "Cannot "+does+" properties of "+call.Argument(0).String()+" ("+doing+" '"+keyShown(key)+"')"))
	})
}

func keyShown(v goja.Value) string {
	if s, ok := v.(*goja.Symbol); ok {
		return "Symbol(" + s.String() + ")"
	}
	if o, ok := v.(*goja.Object); ok {
		return lazy.Class(o)
	}
	return v.String()
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
		panic(jsvalue.NewError(b.vm, "TypeError", call.Argument(1).String()+" is not iterable"))
	})
}

// unpacked hands on what has properties.
func (b *bounds) unpacked() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if !goja.IsUndefined(v) && !goja.IsNull(v) {
			return v
		}
		panic(jsvalue.NewError(b.vm, "TypeError",
			"Cannot destructure property '"+call.Argument(2).String()+"' of '"+call.Argument(1).String()+"' as it is "+v.String()+"."))
	})
}
