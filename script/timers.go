package script

import (
	"time"

	"github.com/dop251/goja"
)

// setupTimers makes the six timer functions. As in Postman, ids are small integers, further arguments are
// not handed to the callback, and what is no function is ignored.
func (s *instance) setupTimers() {
	set := func(name string, arm func(fn func() error, d time.Duration) int64) *goja.Object {
		return s.env.Func(name, 2, func(call goja.FunctionCall) goja.Value {
			fn, ok := goja.AssertFunction(call.Argument(0))
			if !ok || s.cur == nil || s.cur.silent {
				return goja.Undefined()
			}
			this := s.vm.NewObject()
			return s.vm.ToValue(arm(func() error {
				_, err := fn(this)
				return err
			}, delay(call.Argument(1))))
		})
	}
	clear := func(name string) *goja.Object {
		return s.env.Func(name, 1, func(call goja.FunctionCall) goja.Value {
			if s.cur != nil {
				s.realm.Loop().ClearTimer(call.Argument(0).ToInteger())
			}
			return goja.Undefined()
		})
	}
	s.env.Timers = map[string]goja.Value{
		"setTimeout": set("setTimeout", func(fn func() error, d time.Duration) int64 {
			return s.realm.Loop().SetTimer(fn, d, false)
		}),
		"setInterval": set("setInterval", func(fn func() error, d time.Duration) int64 {
			return s.realm.Loop().SetTimer(fn, d, true)
		}),
		"setImmediate": set("setImmediate", func(fn func() error, _ time.Duration) int64 {
			return s.realm.Loop().SetImmediate(fn)
		}),
		"clearTimeout":   clear("clearTimeout"),
		"clearInterval":  clear("clearInterval"),
		"clearImmediate": clear("clearImmediate"),
	}
}

// maxDelay is Node's: a longer or unreadable delay is one millisecond.
const maxDelay = 1<<31 - 1

func delay(v goja.Value) time.Duration {
	ms := v.ToFloat()
	if !(ms >= 1 && ms <= maxDelay) {
		return time.Millisecond
	}
	return time.Duration(ms) * time.Millisecond
}
