package assertion

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai/equal"
)

// defaultThreshold is config.truncateThreshold as chai sets it, in UTF-16 units.
const defaultThreshold = 40

// Config is chai's config object. Until a script asks for it the defaults hold.
func (l *Library) Config() *goja.Object {
	if l.config == nil {
		vm := l.B.VM
		l.config = vm.NewObject()
		for _, p := range []struct {
			name  string
			value goja.Value
		}{
			{"includeStack", vm.ToValue(false)},
			{"showDiff", vm.ToValue(true)},
			{"truncateThreshold", vm.ToValue(defaultThreshold)},
			{"useProxy", vm.ToValue(true)},
			{"proxyExcludedKeys", vm.NewArray("then", "catch", "inspect", "toJSON")},
			{"deepEqual", goja.Null()},
		} {
			jsvalue.Must(l.config.Set(p.name, p.value))
		}
	}
	return l.config
}

// threshold is config.truncateThreshold, 0 for none.
func (l *Library) threshold() int {
	if l.config == nil {
		return defaultThreshold
	}
	v := l.config.Get("truncateThreshold")
	if !jsvalue.Truthy(v) {
		return 0
	}
	return int(v.ToInteger())
}

// showDiff is config.showDiff.
func (l *Library) showDiff() bool {
	if l.config == nil {
		return true
	}
	v := l.config.Get("showDiff")
	return jsvalue.TypeOf(v) == "boolean" && jsvalue.Truthy(v)
}

// includeStack is config.includeStack: stack traces keep chai's own frames.
func (l *Library) includeStack() bool {
	return l.config != nil && jsvalue.Truthy(l.config.Get("includeStack"))
}

// ProxyOn says whether unknown names are an error, which is config.useProxy.
func (l *Library) ProxyOn() bool {
	return l.config == nil || jsvalue.Truthy(l.config.Get("useProxy"))
}

// deepEqual is config.deepEqual, nil when chai's own comparison is to be used.
func (l *Library) deepEqual() goja.Value {
	if l.config == nil {
		return nil
	}
	if v := l.config.Get("deepEqual"); jsvalue.Truthy(v) {
		return v
	}
	return nil
}

// Equal says whether two values are deeply equal by the rules of deep-eql.
func (l *Library) Equal(x, y goja.Value) bool { return equal.Deep(l.B, x, y) }

// EqualFunc is utils.eql.
func (l *Library) EqualFunc() *goja.Object {
	if l.eqlFunc == nil {
		l.eqlFunc = l.B.Func("deepEqual", func(in goja.FunctionCall) goja.Value {
			var comparator goja.Callable
			if o, ok := in.Argument(2).(*goja.Object); ok {
				comparator, _ = goja.AssertFunction(o.Get("comparator"))
			}
			return l.B.VM.ToValue(equal.With(l.B, comparator, in.Argument(0), in.Argument(1)))
		})
		jsvalue.Must(l.eqlFunc.Set("MemoizeMap", l.B.VM.GlobalObject().Get("WeakMap")))
	}
	return l.eqlFunc
}
