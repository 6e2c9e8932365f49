// Package cryptojs is crypto-js 3.3.0 for scripts: its names and results over Go's crypto
// packages, thousands of times faster than the original inside the engine.
//
// Results, quirks that can be seen in results, and error texts are those of crypto-js 3.3.0,
// the version that Postman ships; testdata of package module has what the original returned.
// Random words come from the injected source, so they are not the original's. Internals below
// the documented surface (a mode's processBlock, a hasher's _process) do not exist here.
package cryptojs

import (
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// library is one runtime's CryptoJS. The objects are those that its parts refer to, even if a
// script replaces the properties.
type library struct {
	env *native.Env
	sym *goja.Symbol // carries Go state on script objects

	base, words, params *goja.Object
	enc                 map[string]*goja.Object // CryptoJS.enc, by name
	algo, lib           *goja.Object            // CryptoJS.algo and CryptoJS.lib
	openssl             *goja.Object            // format.OpenSSL
	serial, password    *goja.Object            // the two cipher wrappers
	hmac, md5, sha1     *goja.Object
}

// New makes the CryptoJS object, the value of require('crypto-js'). The order matters: later
// parts refer to earlier ones.
func New(env *native.Env) goja.Value {
	l := &library{env: env, sym: goja.NewSymbol("native"), enc: map[string]*goja.Object{}}
	root := env.VM.NewObject()
	l.lib, l.algo = env.VM.NewObject(), env.VM.NewObject()
	l.set(root, "lib", l.lib)
	l.makeBase()
	l.makeWordArray()
	l.set(root, "enc", l.encoders())
	l.set(root, "algo", l.algo)
	buffered := l.extend(l.base, nil)
	l.set(l.lib, "BufferedBlockAlgorithm", buffered)
	l.makeHashers(root, buffered)
	l.makeKDFs(root)
	l.makeFormats(root)
	l.makeCiphers(root, buffered)
	return root
}

// set assigns a property; on our own objects that cannot fail.
func (l *library) set(o *goja.Object, name string, v any) { _ = o.Set(name, v) }

// fn sets a method that scripts see as an ordinary, enumerable property, since mixIn copies
// such.
func (l *library) fn(o *goja.Object, name string, length int, f func(goja.FunctionCall) goja.Value) {
	l.set(o, name, l.env.Func(name, length, f))
}

// attach puts Go state on a script object, under a symbol that no script can name. Objects
// that inherit from it find the state too.
func (l *library) attach(o *goja.Object, state any) {
	_ = o.DefineDataPropertySymbol(l.sym, l.env.VM.ToValue(&holder{state}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// A holder hides Go state from the engine's conversion of maps and slices.
type holder struct{ state any }

// state finds Go state of type T on a script object or on what it inherits from. ok is false
// for state of another type.
func state[T any](l *library, v goja.Value) (found T, ok bool) {
	o := jsvalue.Object(v)
	if o == nil {
		return found, false
	}
	held := o.GetSymbol(l.sym)
	if held == nil {
		return found, false
	}
	h, ok := held.Export().(*holder)
	if !ok {
		return found, false
	}
	found, ok = h.state.(T)
	return found, ok
}

func itoa(i int) string { return strconv.Itoa(i) }

// property reads v.name as scripts do, with V8's error for undefined and null. It is also
// called for its error alone.
func (l *library) property(v goja.Value, name string) goja.Value {
	if jsvalue.IsNullish(v) {
		kind := "undefined"
		if v != nil && goja.IsNull(v) {
			kind = "null"
		}
		l.env.Throwf("TypeError", "Cannot read properties of %s (reading '%s')", kind, name)
	}
	got := v.ToObject(l.env.VM).Get(name)
	if got == nil {
		return goja.Undefined()
	}
	return got
}

// integer reads a number property, or returns otherwise when it is missing.
func (l *library) integer(v goja.Value, name string, otherwise int) int {
	got := l.property(v, name)
	if jsvalue.IsNullish(got) {
		return otherwise
	}
	return int(got.ToInteger())
}
