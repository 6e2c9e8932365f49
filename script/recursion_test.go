package script

import "testing"

// TestRecursionInAssertions runs assertions that call themselves without end, or that a recursion reaches: each is
// a RangeError that the script asserts, and the script goes on.
func TestRecursionInAssertions(t *testing.T) {
	tests := map[string]string{
		"a subject":         `pm.expect(function f() { f() }).to.throw(RangeError, 'Maximum call stack')`,
		"a getter":          `const o = {get x() { return pm.expect(o).to.have.property('x') }}; pm.expect(() => o.x).to.throw(RangeError)`,
		"deep values":       `let a = {}, b = {}; for (let i = 0; i < 2e4; i++) { a = {a}; b = {a: b} } pm.expect(() => pm.expect(a).to.eql(b)).to.throw(RangeError)`,
		"a matcher":         `pm.expect(() => pm.expect(1).to.satisfy(function f() { return f() })).to.throw(RangeError)`,
		"a plugin's method": `const {Assertion} = require('chai'); Assertion.addMethod('loop', function () { new Assertion(1).loop() }); pm.expect(() => pm.expect(1).to.loop()).to.throw(RangeError)`,
		"a failure":         `try { pm.expect(function f() { f() }).to.not.throw() } catch (e) { pm.expect(e.name).to.equal('AssertionError') }`,
	}
	for name, code := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{}).run("pm.test('this', () => { " + code + " });\npm.test('later', () => {})")
			if s.result.Error != nil || s.result.Failed > 0 || len(s.asserted()) != 2 {
				t.Errorf("ended with %v, assertions %v", s.result.Error, s.asserted())
			}
		})
	}
}
