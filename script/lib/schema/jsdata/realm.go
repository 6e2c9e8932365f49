package jsdata

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// A Realm is what the validators need of a runtime. It is made before scripts run, because it remembers the
// runtime's own RegExp.
type Realm struct {
	VM     *goja.Runtime
	Env    *native.Env
	regexp goja.Value
}

// NewRealm remembers what env's runtime begins with.
func NewRealm(env *native.Env) *Realm {
	return &Realm{VM: env.VM, Env: env, regexp: env.VM.Get("RegExp")}
}

// Fail throws an Error.
func (r *Realm) Fail(message string) { r.Env.Throw("Error", message) }

// TooMuch throws what a validator of JavaScript ends with when it recurses without end.
func (r *Realm) TooMuch() { r.Env.Throw("RangeError", "Maximum call stack size exceeded") }

// Pattern makes a regular expression of the realm.
func (r *Realm) Pattern(source string, flags ...string) *goja.Object {
	args := []goja.Value{r.VM.ToValue(source)}
	for _, f := range flags {
		args = append(args, r.VM.ToValue(f))
	}
	re, err := r.VM.New(r.regexp, args...)
	if err != nil {
		panic(Thrown(err))
	}
	return re
}

// Matches asks a regular expression of the realm.
func (r *Realm) Matches(re *goja.Object, text goja.Value) bool {
	return r.Env.Call(re.Get("test"), re, "test", text).ToBoolean()
}
