package core

import (
	"errors"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// Call calls fn and throws what it throws.
func (s *SDK) Call(fn, this goja.Value, a ...goja.Value) goja.Value {
	f, ok := goja.AssertFunction(fn)
	if !ok {
		panic(s.VM.NewTypeError("%s is not a function", fn.String()))
	}
	v, err := f(this, a...)
	s.Check(err)
	return v
}

// Invoke calls a method by its name.
func (s *SDK) Invoke(o *goja.Object, name string, a ...goja.Value) goja.Value {
	return s.Call(jsvalue.Get(o, name), o, a...)
}

// Check throws err. Exceptions keep value and stack; interrupts go on as they are.
func (s *SDK) Check(err error) {
	if err == nil {
		return
	}
	var exception *goja.Exception
	if errors.As(err, &exception) {
		panic(exception)
	}
	panic(err)
}

// Throw throws a new Error.
func (s *SDK) Throw(message string) {
	e, err := s.VM.New(s.Engine.errorClass, s.VM.ToValue(message))
	s.Check(err)
	panic(e)
}

// maxDepth is how deep Go follows values that scripts nest; beyond, a script sees what V8 throws there.
const maxDepth = 5000

// Enter counts one step down into a value; the function it returns counts it back.
func (s *SDK) Enter() func() {
	if s.depth >= maxDepth {
		e, err := s.VM.New(s.Engine.rangeError, s.VM.ToValue("Maximum call stack size exceeded"))
		s.Check(err)
		panic(e)
	}
	s.depth++
	return func() { s.depth-- }
}
