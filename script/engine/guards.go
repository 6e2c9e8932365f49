package engine

import (
	"github.com/dop251/goja"

	"posthaste/script/engine/ieee"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// called is the guard of calls inside of assertions: a function that calls the property of
// its first argument. It says "x.y is not a function" with the text of the script, the third
// argument.
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

// reading returns the guard of reads, or of writes: it hands on what is something and throws
// for nothing. The words are V8's: "Cannot read properties of undefined (reading 'a')".
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

// keyShown is a property's name in these messages.
func keyShown(v goja.Value) string {
	if s, ok := v.(*goja.Symbol); ok {
		return "Symbol(" + s.String() + ")"
	}
	if o, ok := v.(*goja.Object); ok {
		return lazy.Class(o)
	}
	return v.String()
}

// iterable hands on what can be iterated. The second argument is the text of the expression,
// "" where V8 shows the value instead.
func (b *bounds) iterable() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		switch o, isObject := v.(*goja.Object); {
		case isObject:
			if iterate, ok := goja.AssertFunction(o.GetSymbol(goja.SymIterator)); ok {
				return b.sound(o, iterate)
			}
		case goja.IsString(v):
			return v
		}
		if text := call.Argument(1).String(); text != "" {
			panic(jsvalue.NewError(b.vm, "TypeError", text+" is not iterable"))
		}
		panic(jsvalue.NewError(b.vm, "TypeError", notIterable(v)))
	})
}

// sound hands on an object that can be iterated, whose iterator is one. The engine does not
// look where it gets no iterator, or one that has no function next, in a loop.
func (b *bounds) sound(o *goja.Object, iterate goja.Callable) goja.Value {
	// Their iterators are known to be sound, and asking would cost each loop a call.
	switch lazy.Class(o) {
	case "Array", "Map", "Set", "String", "Arguments", "Generator", "Map Iterator", "Set Iterator", "Array Iterator":
		return o
	}
	v, err := iterate(o)
	if err != nil {
		if exception, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
			panic(exception.Value())
		}
		panic(err)
	}
	iterator, ok := v.(*goja.Object)
	if !ok {
		panic(jsvalue.NewError(b.vm, "TypeError", "Result of the Symbol.iterator method is not an object"))
	}
	next := iterator.Get("next")
	if _, ok := goja.AssertFunction(next); !ok {
		shown := jsvalue.TypeOf(next)
		if shown != "undefined" {
			shown += " " + shownValue(next)
		}
		panic(jsvalue.NewError(b.vm, "TypeError", shown+" is not a function"))
	}
	// The iterator was made already, so the loop gets an object that gives this one.
	once := b.vm.NewObject()
	_ = once.DefineDataPropertySymbol(goja.SymIterator, b.vm.ToValue(func(goja.FunctionCall) goja.Value { return iterator }),
		goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return once
}

// soundSpread is sound for what is spread and can be iterated.
func (b *bounds) soundSpread(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	iterate, _ := goja.AssertFunction(o.GetSymbol(goja.SymIterator))
	return b.sound(o, iterate)
}

// notIterable is what V8 says of a value that cannot be iterated, where it shows the value.
func notIterable(v goja.Value) string {
	shown := jsvalue.TypeOf(v)
	switch {
	case shown == "string":
		shown += ` "` + v.String() + `"`
	case v != nil && goja.IsNull(v), shown == "number", shown == "boolean":
		shown += " " + v.String()
	}
	return shown + " is not iterable (cannot read property Symbol(Symbol.iterator))"
}

// canIterate says whether a value can be iterated. It asks for the method and does not call
// it.
func (b *bounds) canIterate(v goja.Value) bool {
	switch o, isObject := v.(*goja.Object); {
	case isObject:
		_, ok := goja.AssertFunction(o.GetSymbol(goja.SymIterator))
		return ok
	case goja.IsString(v):
		return true
	case v == nil || goja.IsUndefined(v) || goja.IsNull(v):
		return false
	}
	_, ok := goja.AssertFunction(v.ToObject(b.vm).GetSymbol(goja.SymIterator))
	return ok
}

// extended is the guard of what a class extends: a constructor or null.
func (b *bounds) extended() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if goja.IsNull(v) {
			return v
		}
		o, isObject := v.(*goja.Object)
		if isObject {
			if _, ok := goja.AssertConstructor(o); ok {
				return v
			}
		}
		shown := v.String()
		if isObject && !jsvalue.IsFunction(o) {
			shown = "#<" + lazy.Class(o) + ">"
		}
		panic(jsvalue.NewError(b.vm, "TypeError", "Class extends value "+shown+" is not a constructor or null"))
	})
}

// spreadArguments is the guard of a list of arguments. It bounds the list too, since the
// engine copies it in one step.
func (b *bounds) spreadArguments() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		b.spread(v)
		switch {
		case goja.IsUndefined(v) || goja.IsNull(v):
			panic(jsvalue.NewError(b.vm, "TypeError", call.Argument(1).String()+" is not iterable (cannot read property "+v.String()+")"))
		case !b.canIterate(v):
			panic(jsvalue.NewError(b.vm, "TypeError", "Spread syntax requires ...iterable[Symbol.iterator] to be a function"))
		}
		return b.soundSpread(v)
	})
}

// unpacked hands on what has properties. The further arguments are the text of the expression
// and the first property of the pattern, for V8's words.
func (b *bounds) unpacked() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if !goja.IsUndefined(v) && !goja.IsNull(v) {
			return v
		}
		if len(call.Arguments) < 3 {
			panic(jsvalue.NewError(b.vm, "TypeError", "Cannot destructure '"+call.Argument(1).String()+"' as it is "+v.String()+"."))
		}
		panic(jsvalue.NewError(b.vm, "TypeError",
			"Cannot destructure property '"+call.Argument(2).String()+"' of '"+call.Argument(1).String()+"' as it is "+v.String()+"."))
	})
}

// searched is the guard of the right operand of in. Without the key, the left operand has
// effects that must not happen twice.
func (b *bounds) searched() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if _, ok := v.(*goja.Object); ok || len(call.Arguments) < 2 {
			return v
		}
		key := call.Argument(1)
		shown := keyShown(key)
		if s, ok := key.(*goja.Symbol); ok {
			shown = jsvalue.SymbolText(s)
		}
		panic(jsvalue.NewError(b.vm, "TypeError", "Cannot use 'in' operator to search for '"+shown+"' in "+v.String()))
	})
}

// class is the guard of the right operand of instanceof. An object with a method
// Symbol.hasInstance need not be a function.
func (b *bounds) class() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		o, ok := v.(*goja.Object)
		if !ok {
			panic(jsvalue.NewError(b.vm, "TypeError", "Right-hand side of 'instanceof' is not an object"))
		}
		if own := o.GetSymbol(goja.SymHasInstance); own != nil && !goja.IsUndefined(own) {
			if _, callable := goja.AssertFunction(o); !callable {
				return v
			}
		}
		if _, callable := goja.AssertFunction(o); !callable {
			panic(jsvalue.NewError(b.vm, "TypeError", "Right-hand side of 'instanceof' is not callable"))
		}
		return v
	})
}

// spreadable is the guard of what an array literal spreads.
func (b *bounds) spreadable() goja.Value {
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		v, text := call.Argument(0), call.Argument(1).String()
		b.walk(v)
		if b.canIterate(v) {
			return b.soundSpread(v)
		}
		panic(jsvalue.NewError(b.vm, "TypeError", text+" is not iterable"))
	})
}

// raised is the guard of a power whose operands are numbers; others are left to the engine.
func (b *bounds) raised() goja.Value {
	native, err := b.vm.RunString("(a, b) => a ** b")
	if err != nil {
		return goja.Undefined()
	}
	general, _ := goja.AssertFunction(native)
	return b.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		base, exponent := call.Argument(0), call.Argument(1)
		if goja.IsNumber(base) && goja.IsNumber(exponent) {
			return b.vm.ToValue(ieee.Pow(base.ToFloat(), exponent.ToFloat()))
		}
		v, err := general(goja.Undefined(), base, exponent)
		if err != nil {
			if exception, ok := err.(*goja.Exception); ok { //nolint:errorlint // goja returns it bare
				panic(exception.Value())
			}
			panic(err)
		}
		return v
	})
}
