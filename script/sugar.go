package script

import (
	"strings"

	"github.com/dop251/goja"
)

// installSugar adds the one method of the library Sugar that Postman's own snippets taught: the old
// tests["Body contains"] = responseBody.has("text"). The rest of Sugar is left out.
func (s *Sandbox) installSugar() {
	text := s.vm.Get("String").ToObject(s.vm).Get("prototype").ToObject(s.vm)
	s.env.Method(text, "has", 1, func(call goja.FunctionCall) goja.Value {
		this := call.This.String()
		if o, ok := call.Argument(0).(*goja.Object); ok && o.ClassName() == "RegExp" {
			if search, ok := goja.AssertFunction(text.Get("search")); ok {
				at, err := search(call.This, o)
				if err != nil {
					panic(s.realm.Rethrow(err))
				}
				return s.vm.ToValue(at.ToInteger() >= 0)
			}
		}
		return s.vm.ToValue(strings.Contains(this, call.Argument(0).String()))
	})
}
