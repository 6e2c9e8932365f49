package script

import (
	"strings"
	"testing"
)

// Each snippet is accepted by V8 of Node 20 inside Postman's wrapper, and gives there what stands beside it.
func syntaxTable() map[string]struct{ give, want string } {
	return map[string]struct{ give, want string }{
		"class static block":                     {"class A { static { this.x = 1 } } return A.x", "1"},
		"private methods and accessors":          {"class A { #m() { return 1 } get #g() { return 2 } static #s() { return 3 } t() { return this.#m() + this.#g + A.#s() } } return new A().t()", "6"},
		"private in":                             {"class A { #x; static has(o) { return #x in o } } return A.has(new A())", "true"},
		"class fields":                           {"class A { a = 1; static b = 2; ['c'] = 3 } return new A().c + A.b", "5"},
		"numeric separators":                     {"return 1_000_000", "1000000"},
		"logical assignment":                     {"let a = null; a ??= 1; a ||= 2; a &&= 3; const o = {}; o.b ??= 4; return a + o.b", "7"},
		"optional chaining":                      {"const o = null; return o?.a.b?.(1)?.[2]", "undefined"},
		"optional catch binding":                 {"try { throw 1 } catch { return 'ok' }", "ok"},
		"nullish coalescing":                     {"return (null ?? 1) || 2", "1"},
		"bigint":                                 {"return 2n ** 64n + 0xffn + 1_0n", "18446744073709551881"},
		"object rest and spread":                 {"const {a, ...r} = {a: 1, b: 2}; return ({...r, c: 3}).c + r.b", "5"},
		"exponent assignment":                    {"let a = 2; a **= 3; return a", "8"},
		"invalid escape in a tagged template":    {"return (s => s.raw[0])`\\unicode`", "\\unicode"},
		"flag s":                                 {"return /a.b/s.test('a\\nb')", "true"},
		"lookbehind":                             {"return /(?<=a)b/.test('ab') && /(?<!a)b/.test('cb')", "true"},
		"named groups":                           {"return /(?<y>\\d+)-(?<m>\\d+)/.exec('20-12').groups.m + '20-12'.replace(/(?<y>\\d+)-(?<m>\\d+)/, '$<m>')", "1212"},
		"named back reference":                   {"return /(?<q>['\"])x\\k<q>/.test('\"x\"')", "true"},
		"unicode properties":                     {"return /\\p{Lu}\\p{Script=Greek}/u.test('Øα')", "true"},
		"flag d":                                 {"const m = /a(?<n>b)(c)?/d.exec('xab'); return [m.indices[0], m.indices[1], m.indices[2], m.indices.groups.n].join('|')", "1,3|2,3||2,3"},
		"flag d, asked for":                      {"const r = new RegExp('b', 'dg'); r.exec('abb'); return r.hasIndices + r.flags + r.exec('abb').indices[0]", "truedg2,3"},
		"flag d, replace and match":              {"return 'aXbX'.replace(/X/dg, '-') + 'aXbX'.match(/X/dg).length + [...'aXbX'.matchAll(/X/dg)].map(m => m.indices[0])", "a-b-21,2,3,4"},
		"flag v":                                 {"return /^\\p{L}+$/v.test('Ærø') + /a/v.flags + /a/v.unicodeSets", "truevtrue"},
		"flag v, difference and intersection":    {"return [/^[\\w--[a-z]]$/v.test('A'), /^[\\w--[a-z]]$/v.test('a'), /^[\\w&&\\d]+$/v.test('12'), /^[\\w&&\\d]$/v.test('a'), /^[[a-c][x-z]]+$/v.test('ax')]", "true,false,true,false,true"},
		"import()":                               {"const m = await import('lodash').catch(e => 'refused'); return typeof m === 'string' || typeof m.default", "function"},
		"async generator":                        {"async function* g() { const x = yield 1; yield x + 1 } const i = g(); const a = await i.next(); const b = await i.next(5); return [a.value, b.value, (await i.next()).done]", "1,6,true"},
		"async generator method":                 {"const o = {async *m() { yield* [1, Promise.resolve(2)] }}; const all = []; for await (const x of o.m()) all.push(x); return all", "1,2"},
		"async generator of a class":             {"class A { #n = 2; async *m() { yield this.#n } static async *s() { yield 3 } async *#p() { yield 4 } p() { return this.#p() } } return [(await new A().m().next()).value, (await A.s().next()).value, (await new A().p().next()).value]", "2,3,4"},
		"async generator that throws":            {"async function* g() { try { yield 1 } finally { said = 'closed' } } var said; for await (const x of g()) break; return said", "closed"},
		"async generator, return and throw":      {"async function* g() { try { yield 1 } catch (e) { yield 'caught ' + e } } const i = g(); await i.next(); const r = await i.throw('x'); return r.value + JSON.stringify(await i.return(7))", `caught x{"value":7,"done":true}`},
		"yield* of an async generator":           {"async function* a() { yield 1; return 2 } async function* b() { yield (yield* a()) * 10 } const all = []; for await (const x of b()) all.push(x); return all", "1,20"},
		"for await over promises":                {"const all = []; for await (const x of [Promise.resolve(1), 2, new Promise(r => setTimeout(() => r(3), 5))]) all.push(x); return all", "1,2,3"},
		"for await with destructuring":           {"let s = ''; for await (const [k, {v = 'd'}] of [['a', {}], ['b', {v: 1}]]) s += k + v; return s", "adb1"},
		"for await with labels":                  {"let n = 0; outer: for await (const x of [1, 2, 3]) { for await (const y of [1]) { if (x === 2) continue outer; n += x } } return n", "4"},
		"for await and an existing variable":     {"let q; for await (q of [1, 2]); return q", "2"},
		"for await in a function":                {"const f = async list => { let n = 0; for await (const x of list) n += x; return n }; return f([1, Promise.resolve(2)])", "3"},
		"for await over an iterator of its own":  {"const o = {[Symbol.asyncIterator]() { let n = 0; return {next: async () => ({value: ++n, done: n > 3})} }}; let s = 0; for await (const x of o) s += x; return s", "6"},
		"for await, a rejected item":             {"try { for await (const x of [Promise.reject(new Error('no'))]); } catch (e) { return e.message }", "no"},
		"the symbol is the same everywhere":      {"async function* g() {} return typeof g()[Symbol.asyncIterator]", "function"},
		"page after page":                        {"async function* pages() { for (let n = 1; n < 4; n++) yield (await new Promise(r => setTimeout(() => r(n), 1))) } let s = 0; for await (const c of pages()) s += c; return s", "6"},
		"host names beside newer syntax":         {"for await (const x of [1]) pm.globals.set('x', x); return pm.globals.get('x') + typeof console.log + typeof _ + typeof require", "1functionfunctionfunction"},
		"names as lowering has them":             {"const __forAwait = 1, __asyncGenerator = 2; for await (const x of [3]) return __forAwait + __asyncGenerator + x", "6"},
		"implicit globals and sloppy mode":       {"for await (const x of [1]); undeclared = 010; return undeclared + (function () { return typeof this })()", "8object"},
		"a return inside for await":              {"for await (const x of [1, 2]) return x", "1"},
		"functions in blocks beside for await":   {"for await (const x of [1]) { function f() { return x } } return f()", "1"},
		"an HTML comment":                        {"let x = 1\n--> never\nreturn x <!-- never", "1"},
		"a labelled function":                    {"l: function f() { return 1 } return f()", "1"},
		"for in with a start":                    {"for (var i = 0 in {a: 1}); return i", "a"},
		"using for what async is a name of":      {"var async = 1, of = [2], get = 3; for (const x of of) return async + x + get", "6"},
		"await, yield, let and static as names":  {"return (function () { var await = 1, yield = 2, let = 3, static = 4; return await + yield + let + static })()", "10"},
		"with, octal numbers and octal escapes":  {"with ({a: 1}) return a + 010 + '\\01'.length", "10"},
		"with beside for await":                  {"for await (const x of [1]); with ({a: 2}) return a", "2"},
		"nested patterns with defaults":          {"const {a: {b = 1} = {}, c: [d] = [2]} = {}; return b + d", "3"},
		"methods of newer versions":              {"return [[3, 1].toSorted(), [1, 2].at(-1), [1, 2].findLast(x => x), Object.hasOwn({a: 1}, 'a'), 'aa'.replaceAll('a', 'b'), Object.fromEntries([['a', 1]]).a, [1, [2]].flat().length, [1, 2].with(0, 5)].join()", "1,3,2,2,true,bb,1,2,5,2"},
		"Promise.any, allSettled, withResolvers": {"const p = Promise.withResolvers(); p.resolve(3); return [await Promise.any([Promise.reject(1), 2]), (await Promise.allSettled([1]))[0].status, await p.promise]", "2,fulfilled,3"},
		"Array.fromAsync":                        {"return Array.fromAsync((async function* () { yield 1; yield 2 })())", "1,2"},
	}
}

func TestSyntax(t *testing.T) {
	for name, test := range syntaxTable() {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.run("pm.globals.set('result', String(await (async () => {" + "\n" + test.give + "\n})()))")
			if got := globalText(s, "result"); got != test.want {
				t.Errorf("inside a function: %q, want %q", got, test.want)
			}
		})
	}
}

func globalText(s *stage, key string) string {
	v, _ := s.call.Globals.Lookup(key)
	return v.String()
}

func TestErrorsInNewerSyntaxHaveTheirPlace(t *testing.T) {
	tests := map[string]struct {
		give, want string
		line, col  int
	}{
		"in the loop":             {"let a;\nfor await (const x of [1]) {\n  a.b.c()\n}", "Cannot read properties of undefined (reading 'b')", 3, 5},
		"after a letter like ø":   {"for await (const x of [1]);\nconst s = 'øøø😀'; nope()", "nope is not defined", 2, 25},
		"a missing method":        {"for await (const x of [1]);\n\nlet o = {};   o.foo(1)", "o.foo is not a function", 3, 17},
		"in an async generator":   {"async function* g() {\n  yield 1;\n  null.x\n}\nfor await (const x of g());", "Cannot read properties of null (reading 'x')", 3, 8},
		"thrown":                  {"for await (const x of [1]) {\n  throw new RangeError('no')\n}", "no", 2, 9},
		"in a test":               {"for await (const x of [1]);\npm.test('t', () => {\n  pm.expect(1).to.equal(2)\n})", "", 0, 0},
		"not iterable":            {"for await (const x of 5);", "5 is not async iterable", 1, 1},
		"an error further on":     {"for await (const x of [1]);\nlet y = ;", "Unexpected \";\"", 2, 9},
		"a regular expression":    {"for await (const x of [1]);\n'x'.match(/(/)", "Unterminated group", 2, 11},
		"what is newer than Node": {"let y = 1 |> x", "Unexpected token '>'", 1, 12},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{}).try(test.give)
			e := s.result.Error
			if test.want == "" {
				if e != nil || len(s.asserted()) != 1 || !strings.Contains(s.asserted()[0], "expected 1 to equal 2") {
					t.Errorf("error %+v, assertions %q", e, s.asserted())
				}
				return
			}
			if e == nil || e.Message != test.want || e.Line != test.line || e.Col != test.col {
				t.Errorf("got %+v, want %q at %d:%d", e, test.want, test.line, test.col)
			}
		})
	}
}

func TestNewerSyntaxIsSloppyToo(t *testing.T) {
	s := newStage(t, Options{}).run("'use strict'\nfor await (const x of [1]);\nleft = 010; pm.globals.set('r', left)")
	if got := globalText(s, "r"); got != "8" {
		t.Errorf("got %q, want 8", got)
	}
}
