package sdk

import (
	"strings"
	"testing"
	"time"
)

func TestHostileScripts(t *testing.T) {
	const deep = `const deep = () => { let o = {}; for (let i = 0; i < 1e5; i++) o = {o}; return o }; `
	for name, c := range map[string]struct{ script, want string }{
		"placeholders in a deep object":   {deep + `new sdk.VariableScope([]).replaceIn(deep())`, "RangeError: Maximum call stack size exceeded"},
		"a deep object in a request":      {deep + `r.x = deep(); r.toJSON()`, "RangeError: Maximum call stack size exceeded"},
		"deep objects compared":           {deep + `a.to.have.jsonBody('s', deep())`, "AssertionError: expected response body json"},
		"names in a deep object":          {deep + `sdk.Property.findSubstitutions(deep())`, "RangeError: Maximum call stack size exceeded"},
		"a value that holds itself":       {`r.x = {}; r.x.x = r.x; r.toJSON(); 'ok'`, "ok"},
		"an endless array":                {`const l = []; l.length = 4294967295; new sdk.PropertyList(sdk.Header, null, []).assimilate(l); 'ok'`, "ok"},
		"endless members":                 {`r.url.path.length = 4294967295; r.url.path.length = 1; r.url.getPath()`, "/v1"},
		"an object with a length":         {`sdk.Header.unparse({length: 1e9})`, ""},
		"a list in itself":                {`r.headers.insert(r.headers); r.headers.count()`, "4"},
		"a member that is its own parent": {`r.url.__parent = r.url; r.url.findInParents('nope'); r.url.forEachParent({withRoot: true}, () => 1); new sdk.VariableList(r.url, []).substitute({}); 'ok'`, "ok"},
		"a getter that throws":            {`Object.defineProperty(r.url, 'host', {get() { throw new Error('mine') }}); r.url.toString()`, "Error: mine"},
		"methods without a receiver":      {`const {toString} = r.url; toString(); sdk.Header.prototype.toString.call(null); sdk.PropertyList.prototype.all.call(1); 'ok'`, "ok"},
		"methods on prototypes":           {`for (const k of Object.getOwnPropertyNames(sdk)) { if (!sdk[k].prototype) continue; for (const m of Object.getOwnPropertyNames(sdk[k].prototype)) { try { const f = sdk[k].prototype[m]; if (m !== 'constructor') f.call(sdk[k].prototype, undefined, null); f.call({}, {}, []) } catch (e) { if (/internal error/.test(e)) throw new Error(k + '.' + m + ': ' + e) } } } 'ok'`, "ok"},
		"statics without arguments":       {`for (const k of Object.getOwnPropertyNames(sdk)) for (const m of Object.getOwnPropertyNames(sdk[k])) { try { if (typeof sdk[k][m] === 'function') { sdk[k][m](); sdk[k][m](null); sdk[k][m]({}, {}) } } catch (e) { if (/internal error/.test(e)) throw new Error(k + '.' + m + ': ' + e) } } 'ok'`, "ok"},
		"constructors with odd arguments": {`for (const k of Object.getOwnPropertyNames(sdk)) for (const v of [undefined, null, 0, 1, '', 'x', true, [], [1], {}, () => 1, Symbol('s'), 1n, new Map(), new Proxy({}, {})]) { try { new sdk[k](v); sdk[k](v); new sdk[k](v, v, v) } catch (e) { if (/internal error/.test(e)) throw new Error(k + ' of ' + typeof v + ': ' + e) } } 'ok'`, "ok"},
		"every prototype patched": {`for (const p of [Array.prototype, String.prototype, RegExp.prototype, Map.prototype, Function.prototype])
			for (const k of Object.getOwnPropertyNames(p)) { if (k === 'constructor' || k === 'prototype') continue; try { p[k] = null } catch (e) {} }
			JSON.parse = JSON.stringify = Object.keys = Reflect.get = null; Array.prototype[Symbol.iterator] = null;
			[r.url.toString(), r.headers.get('x-a'), r.toJSON().method, a.json().a[1], r.url.query.toObject().a, new sdk.Url('http://h/p').path[0]].length`, "6"},
		"prototypes frozen": {`Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(sdk.Header.prototype);
			r.headers.add('N: n'); r.body.toString = 1; r.headers.get('n') + r.url.getHost()`, "napi.example.com"},
		"a frozen response":           {`Object.freeze(a); a.headers.get('content-type') + a.headers.count() + a.json().a[1] + a.cookies.count()`, "application/json; charset=utf-8320"},
		"a frozen request":            {`Object.freeze(r); r.url = 'x'; r.method = 'x'; r.url.getHost() + r.headers.count() + r.method`, "api.example.com3POST"},
		"setters on Object.prototype": {`Object.defineProperty(Object.prototype, 'zz', {set() { throw 1 }}); r.addHeader('zz: 1'); r.getHeaders({ignoreCase: true})['x-b']`, "b"},
	} {
		t.Run(name, func(t *testing.T) {
			vm, s := world(t)
			req := sample()
			must(t, vm.Set("r", s.Request(&req)))
			must(t, vm.Set("a", s.Response(answer())))
			timer := time.AfterFunc(20*time.Second, func() { vm.Interrupt("too slow") })
			defer timer.Stop()
			got := ""
			v, err := vm.RunString(c.script)
			if err != nil {
				got, _, _ = strings.Cut(err.Error(), " at ")
			} else {
				got = v.String()
			}
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("%s\n got %s\nwant %s", c.script, got, c.want)
			}
		})
	}
}
