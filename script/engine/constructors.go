package engine

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/message"
	"posthaste/script/engine/rewrite"
	"posthaste/script/engine/syntax"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// maxArguments is how many arguments Function.prototype.apply may spread. V8's stack ends not
// far beyond.
const maxArguments = 1 << 18

// maxPromises is how many promises Promise.all and its kin wait for. Each takes several
// objects, all made in one step.
const maxPromises = 1 << 14

// maxCollected is how long a list may be that Set and Map take in one step.
const maxCollected = 1 << 20

// maxPattern is how long the text of a regular expression may be, in bytes; compiling one
// cannot be interrupted.
const maxPattern = 1 << 18

// maxPatternNesting bounds the groups of a regular expression, whose parsers recurse.
const maxPatternNesting = 500

// installConstructors guards constructors that allocate or parse what they are told to. A
// proxy stands for each, so that prototypes, statics, subclasses and instanceof stay what
// they are.
func (r *Realm) installConstructors() {
	// Bytes for each element. A lone number as argument is a length; an object is copied.
	for name, unit := range map[string]float64{
		"ArrayBuffer": 1, "Int8Array": 1, "Uint8Array": 1, "Uint8ClampedArray": 1, "Int16Array": 2, "Uint16Array": 2,
		"Int32Array": 4, "Uint32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
	} {
		r.guardConstructor(name, false, func(args []goja.Value) []goja.Value { return r.bufferArguments(args, unit) })
	}
	r.guardPatternConstructor()
	r.guardConstructor("Function", true, r.sourceArguments)
	// Constructors without a global name, which (async function () {}).constructor gives.
	for _, literal := range []string{"(async function () {})", "(function* () {})"} {
		r.guardHidden(literal)
	}
	for name, limit := range map[string]int64{"Set": maxCollected, "Map": maxCollected, "WeakSet": maxCollected, "WeakMap": maxCollected} {
		r.guardConstructor(name, false, func(args []goja.Value) []goja.Value {
			if len(args) > 0 && lengthOf(args[0]) > limit {
				panic(jsvalue.NewError(r.VM, "RangeError", "Invalid array length"))
			}
			if len(args) > 0 && !goja.IsUndefined(args[0]) && !goja.IsNull(args[0]) && !r.bounds.canIterate(args[0]) {
				panic(jsvalue.NewError(r.VM, "TypeError", notIterable(args[0])))
			}
			if strings.HasPrefix(name, "Weak") && len(args) > 0 {
				r.bounds.weakKeys(name, args[0])
			}
			return args
		})
	}
	installPromiseBounds(r)
	installArgumentWords(r)
	installEval(r)
}

// bufferArguments counts what a buffer or typed array of so many units takes, each of unit
// bytes. The engine allocates it in one step, which no time limit can interrupt. The sum of a
// script's buffers is held to its memory limit, as nothing else would see them before they
// exist.
func (r *Realm) bufferArguments(args []goja.Value, unit float64) []goja.Value {
	if len(args) == 0 {
		return args
	}
	size := float64(0)
	if o, ok := args[0].(*goja.Object); ok {
		size = float64(lengthOf(o))
		if lazy.Class(o) == "Array" && size > maxWalk {
			panic(jsvalue.NewError(r.VM, "RangeError", "Invalid typed array length: "+args[0].ToObject(r.VM).Get("length").String()))
		}
	} else {
		size = args[0].ToFloat()
	}
	r.allocated += size * unit
	if size*unit > maxBuffer || r.memory > 0 && r.allocated > float64(r.memory) {
		panic(jsvalue.NewError(r.VM, "RangeError", "Array buffer allocation failed"))
	}
	return args
}

// installPromiseBounds guards the functions that take a list of promises in one step.
func installPromiseBounds(r *Realm) {
	promise := r.VM.Get("Promise").ToObject(r.VM)
	for _, name := range []string{"all", "allSettled", "any", "race"} {
		r.bound(promise, name, func(call goja.FunctionCall) {
			if lengthOf(call.Argument(0)) > maxPromises {
				panic(jsvalue.NewError(r.VM, "RangeError", "Invalid array length"))
			}
			if v := call.Argument(0); !r.bounds.canIterate(v) {
				r.refuseIteration(call, v)
			}
		})
	}
}

// installEval puts a function in the place of eval that guards the text before it runs it. It
// is an indirect eval: scripts' direct ones are rewritten where they stand.
func installEval(r *Realm) {
	r.bounds.direct = r.VM.Get("eval")
	eval, _ := goja.AssertFunction(r.bounds.direct)
	r.bounds.indirect = r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		v, err := eval(goja.Undefined(), r.bounds.evalText(call.Argument(0), globally))
		if err != nil {
			panic(r.Rethrow(err))
		}
		return v
	})
	// Guards inside of evaluated text are found through global names that cannot be listed or
	// changed.
	_ = r.VM.GlobalObject().DefineDataProperty("eval", r.bounds.indirect, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// guardPatternConstructor guards RegExp, whose results are watched where they backtrack.
func (r *Realm) guardPatternConstructor() {
	check := func(args []goja.Value) []goja.Value { return r.patternArguments(r.newerFlags(args)) }
	r.guardConstructor("RegExp", true, check, func(o goja.Value) {
		if re, ok := o.(*goja.Object); ok {
			defer r.addFlags(re)
			if source := re.Get("source"); source != nil && rewrite.Backtracks(source.String()) {
				r.watchPattern(re)
			}
		}
	})
}

// sourceArguments refuses text for a Function that nests too deeply, and has its regular
// expressions watched. The last argument is the body, those before are parameters.
func (r *Realm) sourceArguments(args []goja.Value) []goja.Value {
	for _, a := range args {
		r.bounds.source(a)
	}
	last := len(args) - 1
	if last < 0 || !goja.IsString(args[last]) {
		return args
	}
	text := args[last].String()
	r.bounds.announce(text, nil, false)
	compiled := r.bounds.guardedArguments(r.bounds.plainParameters(args))
	r.bounds.remember(functionText(args), functionText(compiled))
	return compiled
}

// functionText is what Function compiles (ECMA-262, CreateDynamicFunction), which is what
// toString shows of the function.
func functionText(args []goja.Value) string {
	last := len(args) - 1
	params := make([]string, last)
	for i := range params {
		params[i] = args[i].String()
	}
	return "(function anonymous(" + strings.Join(params, ",") + "\n) {\n" + args[last].String() + "\n})"
}

// guardedArguments returns the arguments of Function with guards in its body, or args
// themselves when it needs none.
func (b *bounds) guardedArguments(args []goja.Value) []goja.Value {
	last := len(args) - 1
	if newer := b.newerBody(args); newer != nil {
		return append(args[:last:last], newer)
	}
	text := args[last].String()
	if guarded := rewrite.GuardText(text, rewrite.Bodies()...); guarded != text {
		return append(args[:last:last], b.vm.ToValue(guarded))
	}
	return args
}

// plainParameters returns the arguments of Function with their parameters as one text that
// the engine's parser takes. Only destructuring with defaults needs it: the parser takes
// "[a]=[]" for something else there.
func (b *bounds) plainParameters(args []goja.Value) []goja.Value {
	last := len(args) - 1
	params := make([]string, last)
	for i := range params {
		params[i] = args[i].String()
	}
	const head, tail = "(async function*(", "\n){})"
	text := head + strings.Join(params, ",") + tail
	if !strings.Contains(text, "]=") && !strings.Contains(text, "] =") {
		return args
	}
	plain, _, err := syntax.Plain(text)
	if err != nil || plain == text {
		return args
	}
	return []goja.Value{b.vm.ToValue(strings.TrimSuffix(strings.TrimPrefix(plain, head), tail)), args[last]}
}

// guardHidden guards the constructor of functions like the one that literal makes, which has
// no global name. Where the engine does not know such functions it does nothing.
func (r *Realm) guardHidden(literal string) {
	v, err := r.VM.RunString(literal)
	if err != nil {
		return
	}
	proto := v.ToObject(r.VM).Prototype()
	if original, ok := proto.Get("constructor").(*goja.Object); ok {
		proxy := r.guardedProxy(original, true, r.sourceArguments)
		_ = proto.DefineDataProperty("constructor", proxy, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}

// guardConstructor puts a proxy for the global constructor name that passes its arguments
// through check and what it made to made. callable says that it may be called without new.
func (r *Realm) guardConstructor(name string, callable bool, check func([]goja.Value) []goja.Value, made ...func(goja.Value)) {
	original, ok := r.VM.Get(name).(*goja.Object)
	if !ok {
		return
	}
	proxy := r.guardedProxy(original, callable, check, made...)
	_ = r.VM.GlobalObject().DefineDataProperty(name, proxy, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proto := original.Get("prototype").ToObject(r.VM)
	_ = proto.DefineDataProperty("constructor", proxy, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// guardedProxy stands for a constructor. What asks the constructor for its species gets the
// proxy as well, or map and slice of a typed array would go around the guard.
func (r *Realm) guardedProxy(
	original *goja.Object, callable bool, check func([]goja.Value) []goja.Value, made ...func(goja.Value),
) goja.Value {
	var proxy goja.Value
	construct, _ := goja.AssertConstructor(original)
	call, _ := goja.AssertFunction(original)
	instance := r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		return r.VM.ToValue(r.VM.InstanceOf(call.Argument(0), original))
	})
	traps := &goja.ProxyTrapConfig{
		GetSym: func(target *goja.Object, property *goja.Symbol, _ goja.Value) goja.Value {
			switch property {
			case goja.SymHasInstance:
				return instance // the engine's instanceof does not know proxies
			case goja.SymSpecies:
				return proxy
			}
			return target.GetSymbol(property)
		},
		// newTarget is handed on, so that subclasses get their own prototype.
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			given := args
			o, err := construct(newTarget, check(args)...)
			if err != nil {
				panic(r.Rethrow(r.reworded(err, original, given)))
			}
			for _, see := range made {
				see(o)
			}
			return o
		},
	}
	if callable {
		traps.Apply = func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			given := args
			v, err := call(this, check(args)...)
			if err != nil {
				panic(r.Rethrow(r.reworded(err, original, given)))
			}
			for _, see := range made {
				see(v)
			}
			return v
		}
	}
	proxy = r.VM.ToValue(r.VM.NewProxy(original, traps))
	return proxy
}

// patternArguments corrects the pattern given to RegExp and refuses one that nests too
// deeply. What V8 refuses and the engine would take is refused too.
func (r *Realm) patternArguments(args []goja.Value) []goja.Value {
	if len(args) == 0 || !goja.IsString(args[0]) {
		return args
	}
	pattern, flags := args[0].String(), ""
	if len(args) > 1 && goja.IsString(args[1]) {
		flags = args[1].String()
	}
	if len(pattern) > maxPattern {
		panic(jsvalue.NewError(r.VM, "SyntaxError", "Invalid regular expression: the pattern is too large"))
	}
	// Brackets inside of classes and behind backslashes are counted as well; that only makes
	// the bound stricter.
	depth := 0
	for i := range len(pattern) {
		switch pattern[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(depth-1, 0)
		}
		if depth > maxPatternNesting {
			panic(jsvalue.NewError(r.VM, "SyntaxError", "Invalid regular expression: the pattern is nested too deeply"))
		}
	}
	if fault := message.PatternFault(pattern, flags); fault != "" {
		if pattern == "" {
			pattern = "(?:)"
		}
		panic(jsvalue.NewError(r.VM, "SyntaxError", "Invalid regular expression: /"+pattern+"/"+flags+": "+fault))
	}
	rewritten := rewrite.Pattern(pattern, flags)
	if rewritten == pattern {
		return args
	}
	return append([]goja.Value{r.VM.ToValue(rewritten)}, args[1:]...)
}
