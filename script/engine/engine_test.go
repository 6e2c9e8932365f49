package engine

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/engine/failure"
)

// outcome is what a script did, as the tests below look at it.
type outcome struct {
	limit   *failure.Fault   // what ended the run from outside
	fault   *failure.Fault   // what ended the script's text
	settled int              // how often its end was told
	later   []*failure.Fault // errors outside it
	said    []string         // what it passed to say()
}

// runIn runs source in realm with the host functions say and setTimeout.
func runIn(ctx context.Context, t *testing.T, r *Realm, source string, timeout time.Duration) outcome {
	t.Helper()
	var o outcome
	hosts := map[string]bool{"say": true, "setTimeout": true, "setInterval": true, "clearTimeout": true, "later": true}
	script, err := r.Cache.Script(source, "test", hosts)
	if err != nil {
		o.fault = r.Fault(nil, err)
		return o
	}
	timer := func(repeat bool) goja.Value {
		return r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
			fn, _ := goja.AssertFunction(call.Argument(0))
			return r.VM.ToValue(r.Loop().SetTimer(func() error {
				_, err := fn(goja.Undefined())
				return err
			}, time.Duration(call.Argument(1).ToInteger())*time.Millisecond, repeat))
		})
	}
	values := map[string]goja.Value{
		"say": r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
			o.said = append(o.said, call.Argument(0).String())
			return goja.Undefined()
		}),
		"setTimeout":  timer(false),
		"setInterval": timer(true),
		"clearTimeout": r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
			r.Loop().ClearTimer(call.Argument(0).ToInteger())
			return goja.Undefined()
		}),
		"later": r.VM.ToValue(func(call goja.FunctionCall) goja.Value { // a completion from another goroutine
			p, resolve, _ := r.VM.NewPromise()
			loop := r.Loop()
			loop.Begin()
			v := call.Argument(0)
			go loop.Post(func() error { return resolve(v) })
			return r.VM.ToValue(p)
		}),
	}
	args := make([]goja.Value, len(script.Names))
	for i, name := range script.Names {
		args[i] = values[name]
	}
	o.limit = r.Run(ctx, Job{
		Script: script, This: r.VM.NewObject(), Args: args, Timeout: timeout,
		Settled:   func(f *failure.Fault) { o.fault = f; o.settled++ },
		Exception: func(f *failure.Fault) { o.later = append(o.later, f) },
	})
	return o
}

func run(t *testing.T, source string) outcome {
	t.Helper()
	return runIn(t.Context(), t, New(Options{}), source, 5*time.Second)
}

func TestScriptsSpeakTheLanguageOfPostman(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"top-level await":                           {"say(await later(3))", "3"},
		"top-level return":                          {"say(1); return; say(2)", "1"},
		"use strict has no effect":                  {"'use strict'; undeclared = 1; say(undeclared)", "1"},
		"a host name can be shadowed":               {"const say2 = say; { let say = 1; say2(say) }", "1"},
		"let shadows a host name at the top":        {"let setTimeout = 4; say(setTimeout)", "4"},
		"arguments is undefined":                    {"say(typeof arguments)", "undefined"},
		"a comment may end the script":              {"say(1) // done", "1"},
		"globalThis is not there":                   {"say(typeof globalThis)", "undefined"},
		"await in nested async functions":           {"const f = async x => (await later(x)) + 1; say(await f(1))", "2"},
		"promises settle in order":                  {"Promise.resolve().then(()=>say('b')); say('a'); await 0; say('c')", "a|b|c"},
		"timers run after the text, by due time":    {"setTimeout(()=>say('c'),20); setTimeout(()=>say('b'),1); say('a')", "a|b|c"},
		"equal delays keep their order":             {"for (const x of 'abcd') setTimeout(()=>say(x), 5)", "a|b|c|d"},
		"a zero delay counts as one millisecond":    {"setTimeout(()=>say('a'),1); setTimeout(()=>say('b'),0)", "a|b"},
		"an interval ends when cleared":             {"let n=0; const id=setInterval(()=>{say(++n); if(n==3) clearTimeout(id)}, 1)", "1|2|3"},
		"timer ids count from one":                  {"say(setTimeout(()=>{},1)); say(setTimeout(()=>{},1))", "1|2"},
		"unicode properties match":                  {`say(/^\p{L}+$/u.test('Blåbær')); say(/\p{Lu}/u.test('abc'))`, "true|false"},
		"unicode properties in a class":             {`say('a-1-ß'.replace(/[^\p{Letter}]/gu, ''))`, "aß"},
		"unicode scripts by their long name":        {`say(/\p{Script=Greek}/u.test('α'))`, "true"},
		"arguments in an arrow":                     {"function f(){ return (() => arguments[0])() } say(f(7))", "7"},
		"arguments in an arrow within an arrow":     {"function f(){ return [1].map(() => (() => arguments.length)())[0] } say(f(1,2))", "2"},
		"a function in a block is seen outside":     {"if (true) { function f(){ return 5 } } say(f())", "5"},
		"a function in a block is hoisted in it":    {"{ say(g()); function g(){ return 6 } }", "6"},
		"a function in a branch is seen outside":    {"if (1) function f(){ return 8 } say(f())", "8"},
		"a function in a block does not beat a let": {"let f = 1; { function f(){} } say(f)", "1"},
		"strict functions keep block scope":         {"(function(){ 'use strict'; { function f(){} } say(typeof f) })()", "undefined"},
		"eval by another name is global":            {"var x = 1; say((0, eval)('typeof x'))", "undefined"},
		"Array with a length":                       {"say(Array(3).length); say(new Array(2).fill(1).join()); let a = [1,2,3]; a.length = 1; say(a.join())", "3|1,1|1"},
		"spread arguments":                          {"say(Math.max(...[1, 5, 3])); say([...'ab'].join())", "5|a,b"},
		"generators that delegate":                  {"function* f(){ yield 1; yield* [2, 3] } say([...f()].join())", "1,2,3"},
		"powers":                                    {"let x = 2; x **= 3; say(x); say(2n ** 10n); say(1n << 4n); let y = 3n; y **= 2n; say(y)", "8|1024|16|9"},
		"dynamic unicode properties":                {`say(new RegExp('^\\p{L}+$', 'u').test('øl'))`, "true"},
		"RegExp and Function stay what they are":    {"say(/a/ instanceof RegExp); say((() => {}) instanceof Function); say(new Function('a', 'return a + 1')(1)); say(RegExp('b', 'g').flags)", "true|true|2|g"},
		"typed arrays can be extended":              {"class B extends Uint8Array {} const b = new B(2); say(b instanceof Uint8Array); say(b.length)", "true|2"},
		"eval sees host names":                      {"eval('say(1)')", "1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := run(t, test.give)
			if o.limit != nil || o.fault != nil || len(o.later) > 0 {
				t.Fatalf("script failed: %v %v %v", o.limit, o.fault, o.later)
			}
			if got := strings.Join(o.said, "|"); got != test.want {
				t.Errorf("said %q, want %q", got, test.want)
			}
		})
	}
}

func TestErrorsAreWordedAsV8Does(t *testing.T) {
	tests := map[string]struct {
		give, want string
		line, col  int
	}{
		"property of undefined":        {"let a;\na.b", "TypeError: Cannot read properties of undefined (reading 'b')", 2, 3},
		"property of a missing member": {"let o = {}\no.x.y", "TypeError: Cannot read properties of undefined (reading 'y')", 2, 5},
		"property of null written out": {"null.x", "TypeError: Cannot read properties of null (reading 'x')", 1, 6},
		"index of undefined":           {"let a; a[0]", "TypeError: Cannot read properties of undefined (reading '0')", 1, 9},
		"property of null":             {"let o = {a: null}; o.a.b", "TypeError: Cannot read properties of null (reading 'b')", 1, 24},
		"method of null":               {"let o = null; o.foo()", "TypeError: Cannot read properties of null (reading 'foo')", 1, 17},
		"property of a call's null":    {"(() => null)().x", "TypeError: Cannot read properties of null (reading 'x')", 1, 16},
		"write to null":                {"let o = null; o.a = 1", "TypeError: Cannot set properties of null (setting 'a')", 1, 17},
		"write below undefined":        {"let o = {}; o.a.b = 1", "TypeError: Cannot set properties of undefined (setting 'b')", 1, 17},
		"element of null":              {"let o = null, k = 'x'; o[k]", "TypeError: Cannot read properties of null (reading 'x')", 1, 25},
		"a chain that ends":            {"let o = null; if (o?.a.b.c !== undefined) throw 1; throw new Error('fine')", "Error: fine", 1, 58},
		"loop over undefined":          {"let o = {};\nfor (const x of o.list) {}", "TypeError: o.list is not iterable", 2, 17},
		"loop over an object":          {"let o = {};\nfor (const x of o) {}", "TypeError: o is not iterable", 2, 17},
		"parts of null":                {"let o = null; const {a} = o", "TypeError: Cannot destructure property 'a' of 'o' as it is null.", 1, 27},
		"items of undefined":           {"let o; const [a] = o", "TypeError: o is not iterable", 1, 20},
		"parts of a call":              {"const {a} = (() => undefined)()", "TypeError: Cannot destructure property 'a' of '(intermediate value)(...)' as it is undefined.", 1, 14},
		"parts and items":              {"const {a, b: [c]} = {a: 1, b: [2]}; let d; for (const [k, v] of Object.entries({x: 1})) d = k + v; for (const ch of 'ab') d += ch; throw new Error(a + c + d)", "Error: 3x1ab", 1, 138},
		"method of undefined":          {"let o = {}; o.foo.bar()", "TypeError: Cannot read properties of undefined (reading 'bar')", 1, 19},
		"missing method":               {"let o = {};\n\n  o.foo(1)", "TypeError: o.foo is not a function", 3, 8},
		"missing nested method":        {"let o = {a:{}}; o.a.foo()", "TypeError: o.a.foo is not a function", 1, 24},
		"method of a call's result":    {"let f = () => ({}); f(1, 2).foo()", "TypeError: f(...).foo is not a function", 1, 32},
		"method of a literal":          {"({}).foo()", "TypeError: {}.foo is not a function", 1, 9},
		"calling a number":             {"let f = 3; f()", "TypeError: f is not a function", 1, 13},
		"unknown name":                 {"foo", "ReferenceError: foo is not defined", 1, 1},
		"too early":                    {"x; let x = 1", "ReferenceError: Cannot access 'x' before initialization", 1, 1},
		"constant":                     {"const c = 1; c = 2", "TypeError: Assignment to constant variable.", 1, 14},
		"not a constructor":            {"let x = 3; new x()", "TypeError: x is not a constructor", 1, 12},
		"not iterable":                 {"let x = 3; for (const y of x) {}", "TypeError: x is not iterable", 1, 28},
		"setting on undefined":         {"let a; a.b = 1", "TypeError: Cannot set properties of undefined (setting 'b')", 1, 10},
		"thrown error":                 {"function f() {\n  throw new RangeError('no')\n}\nf()", "RangeError: no", 2, 9},
		"thrown string":                {"throw 'x'", "x", 0, 0},
		"after an await":               {"await later(1)\nundefined.x", "TypeError: Cannot read properties of undefined (reading 'x')", 2, 11},
		"unexpected token":             {"var a = ;", "SyntaxError: Unexpected token ';'", 1, 9},
		"unexpected end":               {"if (x) {\n  y()", "SyntaxError: Unexpected end of input", 2, 6},
		"unexpected identifier":        {"var a b", "SyntaxError: Unexpected identifier 'b'", 1, 7},
		"a string without end":         {"x = 'abc", "SyntaxError: Invalid or unexpected token", 1, 5},
		"twice declared":               {"let a; let a", "SyntaxError: Identifier 'a' has already been declared", 1, 12},
		"closing the wrapper":          {"});(async()=>{", "SyntaxError: Unexpected token '}'", 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := run(t, test.give)
			if o.fault == nil {
				t.Fatalf("no error; limit %v, later %v", o.limit, o.later)
			}
			if got := o.fault.Error(); got != test.want {
				t.Errorf("error %q, want %q", got, test.want)
			}
			if o.fault.Line != test.line || o.fault.Col != test.col {
				t.Errorf("at %d:%d, want %d:%d", o.fault.Line, o.fault.Col, test.line, test.col)
			}
		})
	}
}

func TestFaultShowsTheSourceLine(t *testing.T) {
	o := run(t, "let a = 1\n  a.b.c()\n")
	if o.fault == nil || o.fault.Source != "  a.b.c()" {
		t.Errorf("fault %+v, want the second line as its source", o.fault)
	}
}

func TestErrorsOutsideTheTextAreToldApart(t *testing.T) {
	tests := map[string]string{
		"in a timer":                 "setTimeout(() => { throw new Error('x') }, 1)",
		"in a promise nobody awaits": "later(1).then(() => { throw new Error('x') })",
		"rejected at once":           "Promise.reject(new Error('x'))",
	}
	for name, source := range tests {
		t.Run(name, func(t *testing.T) {
			o := run(t, source)
			if o.fault != nil || o.limit != nil || len(o.later) != 1 || o.later[0].Error() != "Error: x" {
				t.Errorf("got text %v, limit %v, later %v", o.fault, o.limit, o.later)
			}
		})
	}
	if o := run(t, "const p = Promise.reject(1); p.catch(() => {})"); len(o.later) != 0 {
		t.Errorf("a handled rejection was told: %v", o.later)
	}
}

func TestWhatAScriptLeaves(t *testing.T) {
	r := New(Options{})
	runIn(t.Context(), t, r, "leaked = 1; var kept = 2; say = 3; String.prototype.yell = function(){ return this + '!' }", 0)
	o := runIn(t.Context(), t, r, "say(typeof leaked); say(typeof kept); say('a'.yell())", 0)
	if got, want := strings.Join(o.said, "|"), "number|undefined|a!"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}

func TestAScriptThatCannotFinish(t *testing.T) {
	o := run(t, "await new Promise(() => {})")
	if o.limit == nil || !strings.Contains(o.limit.Message, "never finished") {
		t.Errorf("limit %v, want that the script never finished", o.limit)
	}
}

func TestTimeouts(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"endless loop":       {"for(;;){}", "sandbox: synchronous script execution timeout"},
		"loop after a timer": {"setTimeout(()=>{for(;;){}},1)", "sandbox: asynchronous script execution timeout"},
		"a timer too far":    {"setTimeout(()=>{},1e6)", "sandbox: asynchronous script execution timeout"},
		"endless interval":   {"setInterval(()=>{},1)", "sandbox: asynchronous script execution timeout"},
		"catching it":        {"for(;;){try{for(;;){}}catch(e){}finally{continue}}", "sandbox: synchronous script execution timeout"},
		// The time ends in a callback or between two, which decides between synchronous and asynchronous.
		"endless microtasks": {"function f(){return Promise.resolve().then(f)} f()", "synchronous script execution timeout"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := New(Options{})
			o := runIn(t.Context(), t, r, test.give, 30*time.Millisecond)
			if o.limit == nil || !strings.HasSuffix(o.limit.Message, test.want) || o.limit.Limit != "timeout" {
				t.Fatalf("limit %+v, want %q", o.limit, test.want)
			}
			if o = runIn(t.Context(), t, r, "say(1)", time.Second); len(o.said) != 1 {
				t.Errorf("the realm is unusable afterwards: %+v", o)
			}
		})
	}
}

func TestCancelling(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	o := runIn(ctx, t, New(Options{}), "for(;;){}", 0)
	if o.limit == nil || o.limit.Limit != "canceled" {
		t.Errorf("limit %+v, want a cancelled script", o.limit)
	}
}

func TestTimersWaitRealTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		o := runIn(t.Context(), t, New(Options{}), "await new Promise(r => setTimeout(r, 90000)); say('done')", 0)
		if len(o.said) != 1 || time.Since(start) != 90*time.Second {
			t.Errorf("said %v after %v, want done after 90s", o.said, time.Since(start))
		}
	})
}

func TestRecursionEnds(t *testing.T) {
	o := run(t, "function f(){ f() }\nf()")
	got := o.fault
	if got == nil {
		got = o.limit
	}
	if got == nil || got.Error() != "RangeError: Maximum call stack size exceeded" {
		t.Errorf("got %v, want V8's RangeError", got)
	}
}

func TestDeepNestingIsRefusedBeforeParsing(t *testing.T) {
	for name, unit := range map[string]string{"brackets": "(", "arrays": "[", "unary": "!", "arrows": "a=>"} {
		t.Run(name, func(t *testing.T) {
			_, err := NewCache().Script(strings.Repeat(unit, 1_000_000)+"1", "", nil)
			var f *failure.Fault
			if !errors.As(err, &f) || f.Name != "SyntaxError" {
				t.Errorf("error %v, want a SyntaxError", err)
			}
		})
	}
}

// Node says the same with TZ set to these zones.
func TestDatesThatClocksSkipOrShowTwice(t *testing.T) {
	tests := map[string]struct{ zone, source, want string }{
		"parts":               {"America/New_York", "new Date(2024, 2, 10, 2, 30)", "2024-03-10T07:30:00.000Z"},
		"a text":              {"America/New_York", "new Date('2024-03-10 02:30')", "2024-03-10T07:30:00.000Z"},
		"a subclass":          {"America/New_York", "new (class extends Date {})(2024, 2, 10, 2, 30)", "2024-03-10T07:30:00.000Z"},
		"hours are set":       {"America/New_York", "(d => (d.setHours(2, 30), d))(new Date(2024, 2, 10))", "2024-03-10T07:30:00.000Z"},
		"a day is added":      {"America/New_York", "(d => (d.setDate(d.getDate() + 1), d))(new Date(2024, 2, 9, 2, 30))", "2024-03-10T07:30:00.000Z"},
		"a month is set":      {"Europe/Oslo", "(d => (d.setMonth(9), d))(new Date(2024, 8, 27, 2, 30))", "2024-10-27T00:30:00.000Z"},
		"a year is set":       {"Europe/Oslo", "(d => (d.setFullYear(2024, 9, 27), d))(new Date(2020, 0, 1, 2, 30))", "2024-10-27T00:30:00.000Z"},
		"minutes are set":     {"Europe/Oslo", "(d => (d.setMinutes(30, 15, 7), d))(new Date(2024, 9, 27, 2))", "2024-10-27T00:30:15.007Z"},
		"years of two digits": {"Europe/Oslo", "new Date(99, 0)", "1998-12-31T23:00:00.000Z"},
		"no number":           {"Europe/Oslo", "({toISOString: () => String(new Date(2024, NaN)) + new Date(2024, 0).setHours('x')})", "Invalid DateNaN"},
		"an invalid date":     {"Europe/Oslo", "({toISOString: () => new Date(NaN).setHours(1) + ' ' + Date.prototype.setHours.length + Date.prototype.setHours.name})", "NaN 4setHours"},
		"no date":             {"Europe/Oslo", "({toISOString() { try { Date.prototype.setHours.call({}, 1) } catch (e) { return e.name } }})", "TypeError"},
	}
	before := time.Local
	t.Cleanup(func() { time.Local = before })
	for name, test := range tests {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Skipf("skipped: the machine has no zones: %v", err)
		}
		time.Local = zone
		o := runIn(t.Context(), t, New(Options{}), "say(("+test.source+").toISOString())", time.Minute)
		if len(o.said) != 1 || o.said[0] != test.want {
			t.Errorf("%s: %v %v, want %s", name, o.said, o.fault, test.want)
		}
	}
}
