package jsvalue

import (
	"fmt"

	"github.com/dop251/goja"
)

// NewError makes an error of the class that the global object has under that name. Without such a class it is an Error
// with the class in front of the message.
func NewError(vm *goja.Runtime, class, message string) *goja.Object {
	ctor, _ := vm.GlobalObject().Get(class).(*goja.Object)
	o, err := vm.New(ctor, vm.ToValue(message))
	if err != nil {
		return vm.NewGoError(fmt.Errorf("%s: %s", class, message))
	}
	return o
}
