package sugar_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
	"posthaste/script/sugar"
)

func newRuntime(tb testing.TB) *goja.Runtime {
	tb.Helper()
	vm := goja.New()
	sugar.Install(&native.Env{VM: vm})
	return vm
}

func TestAnswersAreThoseOfNewmansSandbox(t *testing.T) {
	var recorded map[string]string
	readJSON(t, "testdata/recorded.json", &recorded)
	show, err := os.ReadFile("testdata/show.js")
	if err != nil {
		t.Fatal(err)
	}
	vm := newRuntime(t)
	// Some expressions are about now, and were recorded on a day that has no odd neighbours.
	vm.SetTimeSource(func() time.Time { return time.Date(2026, 11, 18, 10, 30, 0, 0, time.Local) })
	if _, err := vm.RunString(string(show)); err != nil {
		t.Fatal(err)
	}
	for code, want := range recorded {
		if err := vm.Set("code", code); err != nil {
			t.Fatal(err)
		}
		got, err := vm.RunString("show(code)")
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		if got.String() != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func TestEveryNameIsThereAndHidden(t *testing.T) {
	vm := newRuntime(t)
	// As Object.getOwnPropertyNames has them in newman, without what is said to be missing.
	v, err := vm.RunString(`(function () {
		var missing = []
		function see(o, where, names) { names.split(' ').forEach(n => { if (typeof o[n] !== 'function') missing.push(where + n) }) }
		see([], 'Array#', 'findAll count removeAt include exclude clone unique flatten union intersect subtract first last from to min max least most sum average inGroups inGroupsOf isEmpty sortBy randomize zip sample each add remove compact groupBy none all any insert')
		see('', 'String#', 'escapeRegExp escapeURL unescapeURL escapeHTML unescapeHTML encodeBase64 decodeBase64 each shift codes chars words lines paragraphs isBlank has add remove reverse compact from to dasherize underscore camelize spacify stripTags removeTags truncate pad padLeft padRight first last toNumber capitalize assign insert pluralize singularize humanize titleize parameterize hankaku zenkaku hiragana katakana isKana hasThai')
		see(1, 'Number#', 'duration hours hourAgo daysFromNow millisecondsBefore log abbr metric bytes isInteger isOdd isEven isMultipleOf format hex upto downto times chr pad ordinalize toNumber round floor ceil abs pow sin asin cos acos tan atan exp sqrt')
		see(new Date(), 'Date#', 'set setWeekday setISOWeek getISOWeek getUTCOffset utc isUTC advance rewind isValid isAfter isBefore isBetween isLeapYear daysInMonth format relative is reset clone iso getWeekday getUTCWeekday yearsAgo weeksUntil hoursSince addMilliseconds isLastYear isThisMonth isNextWeek beginningOfDay endOfYear short long full isToday isWeekend isPast isSunday isDecember')
		see(function () {}, 'Function#', 'lazy delay throttle debounce cancel after once fill')
		see(/a/, 'RegExp#', 'getFlags setFlags addFlag removeFlag')
		see(Object, 'Object.', 'map reduce each size any all none count find findAll isEmpty sum average min max least most watch isObject isNaN equal extended merge clone fromQueryString toQueryString tap has select reject isArray isBoolean isDate isFunction isNumber isString isRegExp')
		see(Date, 'Date.', 'create past future'); see(Array, 'Array.', 'create from of'); see(Number, 'Number.', 'random'); see(RegExp, 'RegExp.', 'escape')
		for (var k in 'a') if (k !== '0') missing.push('seen ' + k)
		for (var k in [1]) if (k !== '0') missing.push('seen ' + k)
		for (var o of [new Date(), /a/, Object(1), function () {}, {}]) for (var k in o) missing.push('seen ' + k)
		return missing.join()
	})()`)
	if err != nil || v.String() != "" {
		t.Errorf("got %v, %v", v, err)
	}
}

func TestScriptsKeepTheirOwn(t *testing.T) {
	tests := map[string]struct{ code, want string }{
		"a method of the script's own wins":         {`String.prototype.has = function () { return 'mine' }; 'x'.has('y')`, "mine"},
		"also after the first touch":                {`'x'.capitalize(); String.prototype.capitalize = () => 'mine'; 'x'.capitalize()`, "mine"},
		"on arrays":                                 {`Array.prototype.first = () => 'mine'; [1].first()`, "mine"},
		"on one object":                             {`var a = [1]; a.sum = () => 'mine'; a.sum()`, "mine"},
		"a test for the method finds it":            {`String(!!String.prototype.capitalize && 'titleize' in String.prototype)`, "true"},
		"a method that was taken away is gone":      {`'x'.capitalize(); delete String.prototype.capitalize; delete Object.getPrototypeOf(String.prototype).capitalize; typeof 'x'.capitalize`, "undefined"},
		"native methods stay native":                {`[[].map, [].find, ''.startsWith, ''.trim, ''.padStart, Object.keys, [].includes, ''.at].every(f => /native code/.test(f))`, "true"},
		"JSON is the same":                          {`JSON.stringify({a: [1, 'x', new Date(0)]})`, `{"a":[1,"x","1970-01-01T00:00:00.000Z"]}`},
		"spread and loops are the same":             {`var n = 0; for (var x of [1, 2]) n += x; [...'ab'].length + n`, "5"},
		"strings by index":                          {`'abc'[1] + 'abc'.length`, "b3"},
		"properties of strings that do not exist":   {`typeof 'x'.nothing + typeof (5).nothing + typeof new Date().nothing`, "undefinedundefinedundefined"},
		"toString and valueOf":                      {`'' + (5).toString() + 'x'.valueOf() + Object.prototype.hasOwnProperty.call('x', 'length')`, "5xtrue"},
		"a method called on something else":         {`[].first.call({0: 'a', length: 1})`, "a"},
		"a method has its name":                     {`'x'.capitalize.name + [].sum.name`, "capitalizesum"},
		"a groupBy cannot reach the prototype":      {`[1].groupBy(() => '__proto__'); ({}).a === undefined`, "true"},
		"a merge cannot reach the prototype":        {`Object.merge({}, JSON.parse('{"__proto__": {"bad": 1}}'), true); ({}).bad === undefined`, "true"},
		"a query string cannot reach the prototype": {`try { Object.fromQueryString('__proto__[bad]=1&constructor[prototype][bad]=1') } catch (e) {} ({}).bad === undefined`, "true"},
		"dates in other zones than UTC":             {`new Date(2020, 5, 15, 12).utc().isUTC()`, "true"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := newRuntime(t).RunString(test.code)
			if err != nil {
				t.Fatal(err)
			}
			if v.String() != test.want {
				t.Errorf("%s: got %s, want %s", test.code, v, test.want)
			}
		})
	}
}

func TestErrorsAreThrown(t *testing.T) {
	tests := map[string]string{
		"merging what contains itself":   `var a = {}; a.a = a; Object.merge({}, a, true)`,
		"comparing what contains itself": `var a = {}, b = {}; a.a = a; b.a = b; Object.equal(a, b)`,
		"cloning what contains itself":   `var a = {}; a.a = a; Object.clone(a, true)`,
		"flattening without end":         `var a = []; a.push(a); a.flatten()`,
		"a query without end":            `var a = {}; a.a = a; Object.toQueryString(a)`,
		"counting without end":           `(1).upto(Infinity)`,
		"padding without end":            `(1).pad(1e9)`,
		"each without function":          `[1].each('x')`,
		"any of nothing":                 `[1].any()`,
		"timers that are not there":      `(function () {}).delay(1)`,
		"a callback that throws":         `[1].sum(() => { throw new TypeError('mine') })`,
		"the size of nothing":            `Object.size(null)`,
	}
	for name, code := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := newRuntime(t).RunString(`try { ` + code + `; 'nothing' } catch (e) { e instanceof Error ? 'thrown' : 'odd' }`)
			if err != nil || v.String() != "thrown" {
				t.Errorf("got %v, %v", v, err)
			}
		})
	}
}

func TestTimersAreTheSandboxs(t *testing.T) {
	vm := goja.New()
	var calls []string
	timer := func(name string) goja.Value {
		return vm.ToValue(func(goja.FunctionCall) goja.Value {
			calls = append(calls, name)
			return vm.ToValue(len(calls))
		})
	}
	sugar.Install(&native.Env{VM: vm, Timers: map[string]goja.Value{
		"setTimeout": timer("setTimeout"), "clearTimeout": timer("clearTimeout"),
	}})
	if _, err := vm.RunString(`var f = function () {}; f.delay(5); f.cancel(); f.debounce(3)()`); err != nil {
		t.Fatal(err)
	}
	if got, want := len(calls), 3; got != want {
		t.Errorf("got %v, want %d calls", calls, want)
	}
}

func BenchmarkInstall(b *testing.B) {
	for b.Loop() {
		sugar.Install(&native.Env{VM: goja.New()})
	}
}

func BenchmarkRuntimeAlone(b *testing.B) {
	for b.Loop() {
		vm := goja.New()
		for _, class := range []string{"Array", "String", "Number", "Date", "Object", "Function", "RegExp"} {
			vm.Get(class).ToObject(vm).Get("prototype")
		}
	}
}

func BenchmarkFirstTouch(b *testing.B) {
	for b.Loop() {
		if _, err := newRuntime(b).RunString(`'hello'.has('ell') && [1, 2].sum()`); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHas(b *testing.B) {
	vm := newRuntime(b)
	program := goja.MustCompile("b", `'hello'.has('ell')`, false)
	for b.Loop() {
		if _, err := vm.RunProgram(program); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	program := goja.MustCompile("b", `(function () { var a = []; for (var i = 0; i < 1000; i++) a[i] = i; return a })()`, false)
	for name, vm := range map[string]*goja.Runtime{"with": newRuntime(b), "without": goja.New()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := vm.RunProgram(program); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
