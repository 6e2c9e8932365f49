package script

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"posthaste/runner/event"
)

const lazyAnswer = `{"b":1,"a":{"list":[3,1,2,{"deep":[{"x":null}]}],"text":"å","none":{},"empty":[]},"10":true,"2":false,"__proto__":{"p":1},` +
	`"bytes":[72,105,33],"rows":[["h","i"],["1","2"]],"buffer":{"type":"Buffer","data":[1,2]},"people":[{"name":"Ola","age":3},{"name":"Kari","age":4}]}`

// lazyScripts use a response in the ways of the sandbox and its libraries. They find the response in v and log what they saw.
func lazyScripts() []string {
	return []string{
		`console.log(v, v.a, v.a.list, [v.a], {v}); console.table && console.log('%o %j %s', v.a, v, v.people)`,
		`console.log(String(v.a.list), v.people.toString(), v + '')`,
		`pm.test('deep', () => pm.expect(v).to.eql(JSON.parse(pm.response.text()))); pm.test('own', () => pm.expect(v.a.list).to.deep.equal([3, 1, 2, {deep: [{x: null}]}]))`,
		`pm.test('not', () => pm.expect(v.a).to.eql({list: [3, 1, 2, {deep: [{x: 1}]}]})); pm.test('strict', () => pm.expect(v.people).to.equal([]))`,
		`pm.test('a', () => pm.expect(v.people).to.be.an('array').that.has.lengthOf(3)); pm.test('o', () => pm.expect(v.a).to.be.an('array'))`,
		`pm.test('p', () => pm.expect(v).to.have.nested.property('people[1].name', 'Kari')); pm.test('q', () => pm.expect(v.a).to.have.property('zz'))`,
		`pm.test('k', () => pm.expect(v.a).to.have.all.keys('list', 'text')); pm.test('k2', () => pm.expect(v).to.include({b: 2})); pm.test('e', () => pm.expect(v.a.empty).to.be.empty)`,
		`pm.test('m', () => pm.expect(v.people).to.deep.include({name: 'Ola', age: 3})); pm.test('s', () => pm.expect(v.a.list).to.have.members([1])); pm.test('f', () => pm.expect(v.a).to.be.frozen)`,
		`pm.test('i', () => pm.expect(v.people).to.be.instanceof(Array)); pm.test('i2', () => pm.expect(v).to.be.instanceof(Map)); pm.test('n', () => pm.expect(v.none).to.exist)`,
		`pm.test('body', () => pm.response.to.have.jsonBody('a.list[3].deep')); pm.test('body2', () => pm.response.to.have.jsonBody(v)); pm.test('body3', () => pm.response.to.have.jsonBody('x.y'))`,
		`pm.test('schema', () => pm.response.to.have.jsonSchema({type: 'object', properties: {people: {type: 'array', maxItems: 1, items: {type: 'object', required: ['name']}}}}))`,
		`console.log(tv4.validate(v, {properties: {a: {properties: {list: {type: 'array', uniqueItems: true}}}, people: {items: {required: ['zip']}}}}), tv4.error && tv4.error.message)`,
		`const Ajv = require('ajv'); const a = new Ajv({allErrors: true}); console.log(a.validate({properties: {people: {items: {properties: {age: {maximum: 3}}}}, a: {const: {}}}}, v), a.errors)`,
		`pm.environment.set('v', v.a); pm.globals.set('list', v.a.list); console.log(pm.environment.get('v'), pm.globals.get('list'), pm.environment.toObject(), typeof pm.environment.get('v'))`,
		`console.log(pm.variables.replaceIn(v.a), pm.variables.replaceIn(v.a.list))`,
		`console.log(structuredClone(v), structuredClone(v.people) === v.people)`,
		`const u = require('util'); console.log(u.inspect(v, {depth: 9, compact: false}), u.types.isProxy(v.a), u.isDeepStrictEqual(v.a.list, [3]), u.isArray(v.people), u.format('%O', v.a))`,
		`const assert = require('assert'); assert.deepEqual(v.a, JSON.parse(JSON.stringify(v.a))); try { assert.deepStrictEqual(v.people, []) } catch (e) { console.log(e.message) }`,
		`console.log(Buffer.from(v.bytes).toString(), Buffer.from(v.buffer).toString('hex'), Buffer.concat([Buffer.from(v.bytes)]).length, new Uint8Array(v.bytes).length, Buffer.isBuffer(v.bytes))`,
		`console.log(CryptoJS.lib.WordArray.create(v.bytes).toString(), CryptoJS.HmacSHA256(JSON.stringify(v), 'k').toString())`,
		`console.log(require('querystring').stringify(v.people[0]), require('querystring').stringify({l: v.bytes}), new URLSearchParams(v.people[0]).toString(), new URLSearchParams(v.rows).toString())`,
		`console.log(new Headers ? 1 : 0)`,
		`console.log(btoa(v.bytes), encodeURIComponent(v.bytes), parseInt(v.bytes), new Set(v.bytes).size, new Map(v.rows).get('h'), Object.fromEntries(v.rows), Promise.all(v.bytes) instanceof Promise, await Promise.all(v.bytes))`,
		`pm.visualizer.set('<b>{{a}}</b>', v)`,
		`const r = new (require('postman-collection').Request)({url: 'http://x/', header: [], body: {mode: 'raw', raw: JSON.stringify(v)}}); console.log(r.body.toString()); console.log(new (require('postman-collection').ItemGroup)({item: v.people}).toJSON().item.length)`,
		`const h = new (require('postman-collection').HeaderList)(null, [{key: 'a', value: 'b'}]); h.assimilate(v.people); console.log(h.toJSON())`,
		`pm.sendRequest({url: 'http://127.0.0.1:1/', method: 'POST', header: {A: 'b'}, body: {mode: 'raw', raw: v.people}}, (e, r) => console.log(e ? 'error' : r.code))`,
		`const p = require('csv-parse/lib/sync'); console.log(p('1,2\n3,4', {columns: v.rows[0]}))`,
		`console.log(responseBody === pm.response.text(), JSON.parse(responseBody, (k, x) => Array.isArray(x) ? x.length : x), pm.response.json((k, x) => typeof x === 'number' ? x + 1 : x))`,
		`tests['list'] = v.people.length === 2; tests['name'] = v.people[1].name === 'Kari'; v.people.push({name: 'Per'}); console.log(JSON.stringify(v, null, 1), v.people.map(x => x.name).sort().join())`,
		`v.a.b.c`, `v.people()`, `v.people[0].name()`, `v.a.list.x.y`, `null.x`, `throw v.a`, `throw v.people`, `for (const x of v.a) {}`, `new v.people()`, `v.a.list = v; JSON.stringify(v)`, `const {x: {y}} = v.a`, `v.people.map(v.a)`,
		`'use strict'; Object.freeze(v.people); v.people[0].name = 'x'; console.log(v.people[0].name, Object.isFrozen(v.people)); v.people[0] = 1`,
		`const x = v.people; x.extra = 1; console.log(x, Object.entries(x)); delete x[0]; console.log(x, 0 in x, x.length); x.length = 1; console.log(x)`,
		`const moment = require('moment'); console.log(moment.isMoment(v), moment.utc([2020, 1, 2]).isSame(moment.utc(v.bytes.map(x => x)))); console.log(moment.utc(JSON.parse('[2020,1,2]')).format())`,
	}
}

// lodashScripts read lazy values through lodash.
func lodashScripts() []string {
	return []string{
		`const lo = require('lodash'); console.log(lo.isArray(v.people), lo.isPlainObject(v.a), lo.isEqual(v, lo.cloneDeep(v)), lo.map(v.people, 'name'), lo.keyBy(v.people, 'name'), lo.get(v, 'a.list[3].deep[0].x', 'd'))`,
		`const lo = require('lodash'); console.log(lo.merge({}, v.a, {list: [9]}), lo.sortBy(v.people, 'age').length, lo.find(v.people, {name: 'Kari'}), lo.flattenDeep(v.a.list), lo.pick(v, ['b', 'a.text']), lo.omit(v.a, 'list'))`,
		`const lo = require('lodash'); lo.set(v, 'a.list[0]', 'new'); lo.remove(v.people, x => x.age > 3); console.log(lo.size(v.a), lo.isEmpty(v.none), lo.toPairs(v.a), lo.groupBy(v.people, 'age'), v, lo.isMatch(v, {b: 1}))`,
		`console.log(_.pluck ? _.pluck(v.people, 'name') : _.map(v.people, 'name'), _.where ? _.where(v.people, {age: 4}) : 0, _.clone(v.a, true), _.isArguments(v.people), _.toArray(v.people), _.extend({}, v.a))`,
	}
}

// What the sandbox, its assertions and its libraries make of a response does not depend on whether it is lazy.
func TestLazyAnswersAreLikeOthers(t *testing.T) {
	scripts := append(lazyScripts(), lodashScripts()...)
	see := func(lazy int, source string) ([]event.Event, *event.Error) {
		s := newStage(t, Options{lazy: lazy})
		s.call.Response.Body = []byte(lazyAnswer)
		s.try("const v = pm.response.json();\n" + source)
		return s.events, s.result.Error
	}
	for _, source := range scripts {
		wantEvents, wantError := see(-1, source)
		gotEvents, gotError := see(1, source)
		ignore := cmpopts.IgnoreFields(event.Error{}, "Stack")
		if diff := cmp.Diff(wantEvents, gotEvents, ignore); diff != "" {
			t.Errorf("%s\nevents differ (-at once +lazy): %s", source, diff)
		}
		if diff := cmp.Diff(wantError, gotError, ignore); diff != "" {
			t.Errorf("%s\nerrors differ (-at once +lazy): %s", source, diff)
		}
		if strings.Contains(source, "console.log") && wantError == nil && len(wantEvents) == 0 {
			t.Errorf("%s\nlogs nothing", source)
		}
	}
}
