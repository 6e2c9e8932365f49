package script

import (
	"encoding/json"
	"fmt"
	"testing"
)

// left is all that a script left behind, as text.
func (s *stage) left() string {
	text, err := json.Marshal(struct{ Events, Result, Environment, Variables any }{
		s.events, s.result, s.call.Environment.Variables(), s.call.Local.Variables(),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprintf("%T %s", s.events, text)
}

// What scripts share must not show: each script here leaves the same when it has everything of its own.
func TestPlainScriptsLeaveTheSame(t *testing.T) {
	t.Parallel()
	const kept = "helper = (f) => { try { return f(pm) } catch (e) { return e.name + e.message } };"
	for _, script := range []string{
		vippsScript, afterPayment, beforePayment,
		"pm.test('a', () => pm.response.to.have.status(404))",
		"pm.test('a', () => pm.response.to.have.status('OK')); pm.test('b', () => pm.response.to.have.status('Nope'))",
		"pm.test('a', () => pm.response.to.not.have.status(200)); pm.test('b', () => pm.response.to.have.status('200'))",
		"pm.test('a', () => pm.response.to.have.statusCode('200')); pm.test('b', () => pm.response.to.have.statusCodeClass(3))",
		"pm.test('a', () => pm.response.to.be.success); pm.test('b', () => pm.response.to.be.clientError)",
		"pm.test('a', () => pm.response.to.be.error); pm.test('b', () => pm.response.to.not.be.error)",
		"pm.test('a', () => pm.response.to.be.ok); pm.test('b', () => pm.response.to.be.notFound)",
		"pm.test('a', () => pm.response.to.be.json); pm.test('b', () => pm.response.to.have.body('x'))",
		"pm.test('a', () => pm.response.to.have.header('Content-Type')); pm.test('b', () => pm.response.to.have.header('x', 'y'))",
		"pm.test('a', () => pm.response.to.have.jsonBody('user.name', 'Ola')); pm.test('b', () => pm.response.to.have.jsonBody('no'))",
		"pm.test('a', () => pm.response.to.have.responseTime(42)); pm.test('b', () => pm.response.to.have.responseTime.below(10))",
		"pm.test('a', () => pm.response.to.be.a('string')); pm.test('b', () => pm.response.to.be.null)",
		"pm.test('a', () => pm.response.to.be.okk); pm.test('b', () => pm.response.to.status(404))",
		"pm.test('a', () => pm.response.to.be.ok()); pm.test('b', () => pm.response.to.have.status)",
		"pm.test('a', () => pm.expect(1).to.equal(2)); pm.test('b', () => pm.expect(1, 'one').to.not.equal(1))",
		"pm.test('a', () => pm.expect({a: [1]}).to.eql({a: [2]})); pm.test('b', () => pm.expect({a: [1]}).to.deep.equal({a: [1]}))",
		"pm.test('a', () => pm.expect([1, 2]).to.be.an('array').that.includes(3)); pm.test('b', () => pm.expect([]).to.be.an('array').that.is.empty)",
		"pm.test('a', () => pm.expect([1]).to.have.length(1)); pm.test('b', () => pm.expect([1]).to.have.length.above(4))",
		"pm.test('a', () => pm.expect([1]).to.be.an('array').length(2)); pm.test('b', () => pm.expect([1]).to.have.lengthOf(2))",
		"pm.test('a', () => pm.expect({a: {b: 1}}).to.have.nested.property('a.b').that.equals(2))",
		"pm.test('a', () => pm.expect({a: 1}).to.have.property('a').above(0).below(1)); pm.test('b', () => pm.expect({a: 1}).to.have.own.property('b'))",
		"pm.test('a', () => pm.expect({a: 1, b: 2}).to.have.any.keys('a', 'c')); pm.test('b', () => pm.expect({a: 1}).to.have.all.keys('a', 'c'))",
		"pm.test('a', () => pm.expect(() => { throw new TypeError('t') }).to.throw(RangeError)); pm.test('b', () => pm.expect('abc').to.match(/x/))",
		"pm.test('a', () => pm.expect('a').to.be.oneOf(['b'])); pm.test('b', () => pm.expect(1).to.satisfy(n => n > 1))",
		"pm.test('a', () => pm.expect(undefined).to.exist); pm.test('b', () => pm.expect(0).to.be.ok); pm.test('c', () => pm.expect(true).to.be.false)",
		"pm.test('a', () => pm.expect(1).to.be.true()); pm.test('b', () => pm.expect(1).to.be.equals)",
		"pm.test('a', () => pm.expect(pm.expect(1).to.equal(1)).to.equal(1))",
		"pm.test('a', () => pm.expect(helper(p => { p.expect(2).to.equal(3) })).to.equal(1))",
		"pm.test('a', () => pm.expect(helper(p => p.response.code)).to.equal(200))",
		"helper(p => { p.response.code = 418 }); pm.test('a', () => pm.response.to.have.status(200)); console.log(pm.response.code)",
		"pm.test('a', () => pm.response.to.have.status(helper(p => { p.response.code = 418; return 418 })))",
		"helper(p => { Object.getPrototypeOf(p.response).json = () => 7 }); console.log(pm.response.json(), pm.response.text().length)",
		"helper(p => { p.response.json = () => 8 }); console.log(pm.response.json())",
		"helper(p => { const {expect} = p; const e = expect(1).to; e.not.equal(2); e.equal(1) })",
		"require('chai').Assertion.addProperty('mine', function () { this.assert(false, 'not mine') }); pm.test('a', () => pm.expect(1).to.be.ok)",
		"require('chai').use((c, u) => c.Assertion.overwriteMethod('equal', f => function (x) { seen = this; f.call(this, x) }));" +
			"pm.test('a', () => pm.expect(1).to.equal(1)); pm.test('b', () => pm.response.to.have.status(200)); console.log(typeof seen)",
		"console.log(pm.response.json(), pm.response.text(), pm.response.code, pm.response.status, pm.response.responseTime, pm.response.responseSize)",
		"console.log(pm.response.json((k, v) => typeof v === 'number' ? -v : v)); pm.response.json().list.push(4); console.log(pm.response.json().list)",
		"console.log(pm.info.eventName, pm.info.iteration, pm.info.iterationCount, pm.info.requestName, pm.info.requestId)",
		"console.log(pm.info.nothing); pm.info.requestName.x.y",
		"pm.environment.set('a', {b: 1}); pm.environment.get('a').b = 2; pm.variables.set('c', pm.environment.replaceIn('{{a}}'))",
		"pm.globals.set('a', 1); pm.collectionVariables.set('b', 2); console.log(pm.variables.get('a'), pm.variables.has('b'), pm.variables.toObject())",
		"pm.environment.unset('a'); pm.environment.clear(); pm.iterationData.get('x'); pm.environment.get('x').y",
		"setTimeout(() => { pm.environment.set('late', pm.response.json().user.name); pm.test('late', () => pm.expect(pm.info.iteration).to.equal(1)) }, 1)",
		"pm.sendRequest('http://x.example', (e, r) => { pm.test('sent', () => pm.expect(String(e)).to.include('ECONN')) })",
		"Promise.resolve(1).finally(() => { pm.test('promise', () => pm.expect(pm.response.code).to.equal(201)) })",
		"pm.test('done', (done) => { setTimeout(() => { pm.expect(1).to.equal(1); done() }, 1) })",
		"pm.test('promise', () => Promise.reject(new Error('no')))",
		"pm.test('nothing'); pm.test('a function', () => {}); pm.test('a value', 5); pm.test()",
		"pm.test('a', () => pm.unknown.thing); pm.nope()",
		"pm.test('a', () => undefinedName)\n\nthrow 5",
		"function again(n) { return n ? again(n - 1) : pm.response.code } pm.test('deep', () => pm.expect(again(50)).to.equal(201))",
		"var a = 1; let b = 2; const c = 3; function d() { return a + b + c } class E { f() { return d() } } console.log(new E().f()); if (a) { function g() {} } console.log(typeof g)",
		"var console = 1; var x = console; pm.environment.set('x', x)",
		"let setTimeout = 5; pm.environment.set('x', setTimeout)",
		"return; pm.test('never')",
		"console.log(typeof this, typeof globalThis, typeof window); pm.environment.set('x', (function () { return typeof this })())",
	} {
		var want string
		for i, end := range []string{"\n;void pm // catch", "", "\n// catch", "\n;void pm"} {
			s := newStage(t, Options{})
			s.call.Response.ID = "6f2ad4fe-9d3c-4f3b-8a55-0d6f4ff6a0c1"
			s.run(kept)
			s.try(script + end)
			got := s.left()
			s.try("pm.test('after', () => pm.expect(pm.info.iteration).to.equal(0)); pm.environment.set('z', pm.response.json().expires_in)")
			if got += s.left(); i == 0 {
				want = got
			} else if got != want {
				t.Errorf("%s%s leaves\n%s, want\n%s", script, end, got, want)
			}
			s.box.Close()
		}
	}
}
