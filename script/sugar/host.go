package sugar

import (
	"encoding/base64"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// hostObject is what the sources need of Go.
func (s *sugar) hostObject() *goja.Object {
	o := s.vm.NewObject()
	_ = o.Set("btoa", s.env.Func("btoa", 1, func(call goja.FunctionCall) goja.Value {
		var b []byte
		for _, unit := range native.UTF16(call.Argument(0)) {
			b = append(b, byte(unit))
		}
		return s.vm.ToValue(base64.StdEncoding.EncodeToString(b))
	}))
	_ = o.Set("atob", s.env.Func("atob", 1, func(call goja.FunctionCall) goja.Value {
		text := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '/' {
				return r
			}
			return -1
		}, call.Argument(0).String())
		b, _ := base64.RawStdEncoding.DecodeString(text)
		return s.env.Latin1(b)
	}))
	for _, name := range []string{"setTimeout", "clearTimeout"} {
		_ = o.Set(name, s.env.Func(name, 2, func(call goja.FunctionCall) goja.Value {
			timer := s.env.Timers[name]
			if timer == nil {
				s.env.Throw("Error", "there are no timers here")
			}
			return s.env.Call(timer, goja.Undefined(), name, call.Arguments...)
		}))
	}
	return o
}
