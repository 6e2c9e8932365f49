package engine

import "github.com/dop251/goja"

// maxArguments is how many arguments Function.prototype.apply may spread. V8's stack ends not far beyond.
const maxArguments = 1 << 18

// maxPatternNesting bounds the groups of a regular expression, whose parsers recurse.
const maxPatternNesting = 500

// installConstructors guards constructors that allocate or parse what they are told to. A proxy stands for
// each, so that prototypes, statics, subclasses and instanceof stay what they are.
func (r *Realm) installConstructors() {
	buffer := func(unit float64) func([]goja.Value) []goja.Value {
		return func(args []goja.Value) []goja.Value {
			if len(args) == 0 {
				return args
			}
			size := float64(0)
			if o, ok := args[0].(*goja.Object); ok {
				size = float64(lengthOf(o))
			} else {
				size = args[0].ToFloat()
			}
			r.allocated += size * unit
			if size*unit > maxBuffer || r.memory > 0 && r.allocated > float64(r.memory) {
				panic(newError(r.VM, "RangeError", "Array buffer allocation failed"))
			}
			return args
		}
	}
	for name, unit := range map[string]float64{
		"ArrayBuffer": 1, "Int8Array": 1, "Uint8Array": 1, "Uint8ClampedArray": 1, "Int16Array": 2, "Uint16Array": 2,
		"Int32Array": 4, "Uint32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
	} {
		r.guardConstructor(name, false, buffer(unit))
	}
	r.guardConstructor("RegExp", true, r.patternArguments)
	function := r.guardConstructor("Function", true, func(args []goja.Value) []goja.Value {
		for _, a := range args {
			r.bounds.source(a)
		}
		return args
	})
	proto := r.prototype("Function")
	_ = proto.DefineDataProperty("constructor", function, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	r.bound(proto, "apply", func(call goja.FunctionCall) { r.bounds.spread(call.Argument(1)) })
	reflect := r.VM.Get("Reflect").ToObject(r.VM)
	r.bound(reflect, "apply", func(call goja.FunctionCall) { r.bounds.spread(call.Argument(2)) })
	r.bound(reflect, "construct", func(call goja.FunctionCall) { r.bounds.spread(call.Argument(1)) })
	eval, _ := goja.AssertFunction(r.VM.Get("eval"))
	r.bounds.indirect = r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		r.bounds.source(call.Argument(0))
		v, err := eval(goja.Undefined(), call.Arguments...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		return v
	})
}

// guardConstructor puts a proxy for the global constructor name that passes its arguments through check.
func (r *Realm) guardConstructor(name string, callable bool, check func([]goja.Value) []goja.Value) goja.Value {
	original, ok := r.VM.Get(name).(*goja.Object)
	if !ok {
		return goja.Undefined()
	}
	construct, _ := goja.AssertConstructor(original)
	call, _ := goja.AssertFunction(original)
	instance := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		return r.VM.ToValue(r.VM.InstanceOf(call.Argument(0), original))
	})
	traps := &goja.ProxyTrapConfig{
		GetSym: func(target *goja.Object, property *goja.Symbol, _ goja.Value) goja.Value {
			if property == goja.SymHasInstance {
				return instance // the engine's instanceof does not know proxies
			}
			return target.GetSymbol(property)
		},
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			o, err := construct(newTarget, check(args)...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			return o
		},
	}
	if callable {
		traps.Apply = func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			v, err := call(this, check(args)...)
			if err != nil {
				panic(r.Rethrow(err))
			}
			return v
		}
	}
	proxy := r.VM.ToValue(r.VM.NewProxy(original, traps))
	_ = r.VM.GlobalObject().DefineDataProperty(name, proxy, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return proxy
}

// patternArguments mends the pattern given to RegExp and refuses one that nests too deeply.
func (r *Realm) patternArguments(args []goja.Value) []goja.Value {
	if len(args) == 0 || !goja.IsString(args[0]) {
		return args
	}
	pattern, flags := args[0].String(), ""
	if len(args) > 1 && goja.IsString(args[1]) {
		flags = args[1].String()
	}
	depth := 0
	for i := range len(pattern) {
		switch pattern[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(depth-1, 0)
		}
		if depth > maxPatternNesting {
			panic(newError(r.VM, "SyntaxError", "Invalid regular expression: the pattern is nested too deeply"))
		}
	}
	mended := mendPattern(pattern, flags)
	if mended == pattern {
		return args
	}
	return append([]goja.Value{r.VM.ToValue(mended)}, args[1:]...)
}
