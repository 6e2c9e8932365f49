package sdk

import (
	"errors"

	"github.com/dop251/goja"
)

// call calls fn and throws what it throws.
func (s *SDK) call(fn, this goja.Value, a ...goja.Value) goja.Value {
	f, ok := goja.AssertFunction(fn)
	if !ok {
		panic(s.vm.NewTypeError("%s is not a function", fn.String()))
	}
	v, err := f(this, a...)
	s.check(err)
	return v
}

// invoke calls a method by its name.
func (s *SDK) invoke(o *goja.Object, name string, a ...goja.Value) goja.Value {
	return s.call(get(o, name), o, a...)
}

// check throws err. Exceptions keep value and stack; interrupts go on as they are.
func (s *SDK) check(err error) {
	if err == nil {
		return
	}
	var exception *goja.Exception
	if errors.As(err, &exception) {
		panic(exception)
	}
	panic(err)
}

// throw throws a new Error.
func (s *SDK) throw(message string) {
	e, err := s.vm.New(s.engine.errorClass, s.vm.ToValue(message))
	s.check(err)
	panic(e)
}

// maxDepth is how deep Go follows values that scripts nest; beyond, a script sees what V8 throws there.
const maxDepth = 5000

// enter counts one step down into a value; the function it returns counts it back.
func (s *SDK) enter() func() {
	if s.depth >= maxDepth {
		e, err := s.vm.New(s.engine.rangeError, s.vm.ToValue("Maximum call stack size exceeded"))
		s.check(err)
		panic(e)
	}
	s.depth++
	return func() { s.depth-- }
}
