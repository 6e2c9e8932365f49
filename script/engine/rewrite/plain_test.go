package rewrite

import (
	"testing"

	"posthaste/script/engine/syntax"
)

func TestPlainUses(t *testing.T) {
	t.Parallel()
	const none = Plain(0)
	for _, test := range []struct {
		name, script string
		want         Plain
	}{
		{"a script without pm", "let a = 1", plain},
		{"a test with an assertion", "pm.test('a', () => pm.expect(1).to.equal(1))", plain},
		{"a test with a block", "pm.test('a', function () { pm.expect(1).to.be.a('number').that.is.above(0); pm.response.to.be.ok; })", plain},
		{"members of info", "pm.environment.set('a', pm.info.iteration + pm.info.requestName.length)", plain},
		{"the usual of a response", "const b = pm.response.json(); if (pm.response.code === 200) b.c(pm.response.text())", plain},
		{"a request to come", "pm.sendRequest(pm.environment.get('u'), (e, r) => { pm.expect(r.code).to.eql(200) })", plain},
		{"a member that pm has for itself", "const r = pm.request; r.headers.add({key: 'a'})", plain},

		{"pm in a variable", "const p = pm", none},
		{"pm as an argument", "f(pm)", none},
		{"pm in a list", "[pm]", none},
		{"pm in an object", "({pm})", none},
		{"pm taken apart", "const {test} = pm", none},
		{"pm by a computed name", "pm['test']('a')", none},
		{"an optional chain of pm", "pm?.test('a')", none},
		{"a variable of that name", "{ let pm = 1 }", none},
		{"a parameter of that name", "((pm) => 1)(2)", none},
		{"a function of that name", "(function pm() {})", none},
		{"a class of that name", "(class pm {})", none},
		{"a caught error of that name", "try { f() } catch (pm) {}", none},
		{"a member that is written", "pm.mine = 1", none},
		{"a member that is counted up", "pm.mine++", none},
		{"a member that is deleted", "delete pm.test", none},
		{"a member that a pattern writes", "[pm.a] = [1]", none},
		{"a member that a loop writes", "for (pm.a of [1]) ;", none},
		{"a member of a member that is written", "pm.response.code = 1", none},
		{"the result of pm.test", "pm.test('a').b = 1", none},
		{"the result of pm.test in a variable", "const p = pm.test('a', () => 1)", none},
		{"the result of pm.test from an arrow function", "const f = () => pm.test('a')", none},
		{"pm.test itself", "const test = pm.test", none},
		{"pm.test.skip", "pm.test.skip('a')", none},
		{"arguments", "arguments[0]", none},
		{"eval", "eval('pm')", none},

		{"info itself", "console.log(pm.info)", plain &^ PlainInfo},
		{"another member of info", "pm.info.toString()", plain &^ PlainInfo},
		{"a scope itself", "const e = pm.environment", plain &^ PlainScopes},
		{"a property of a scope", "pm.environment.values", plain &^ PlainScopes},
		{"a method of a scope that is kept", "const get = pm.environment.get", plain &^ PlainScopes},
		{"a response itself", "const r = pm.response", plain &^ PlainResponse},
		{"headers of a response", "pm.response.headers.get('a')", plain &^ PlainResponse},
		{"a method of a response that is kept", "const json = pm.response.json", plain &^ PlainResponse},
		{"a step of an assertion on a response", "const to = pm.response.to", plain &^ PlainResponse},
		{"an assertion on a response that is returned", "function f() { return pm.response.to.be.ok }", plain &^ PlainResponse},
		{"a flag of an assertion", "pm.response.to._obj.json()", plain &^ PlainResponse},
		{"a step of an assertion", "const e = pm.expect(1).to", plain &^ PlainAssertions},
		{"expect itself", "const expect = pm.expect", plain &^ PlainAssertions},
		{"expect.fail", "pm.expect.fail('a')", plain &^ PlainAssertions},
		{"an assertion that is returned", "pm.test('a', () => { return pm.expect(1).to.equal(1) })", plain &^ PlainAssertions},
		{"an assertion in a condition", "if (pm.expect(1).to.equal(1)) f()", plain &^ PlainAssertions},
		{"an assertion by a computed name", "pm.expect(1).to['equal'](1)", plain &^ PlainAssertions},
		{"an assertion of another's", "pm.expect(1).to.be.mine", plain &^ PlainAssertions},
		{"an async function's assertion", "pm.test('a', async () => pm.expect(1).to.equal(1))", plain &^ PlainAssertions},
		{"an assertion within another", "pm.expect(pm.expect(1).to).to.be.ok", plain &^ PlainAssertions},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tree, err := syntax.Parse("test", "(() => {\n"+test.script+"\n})")
			if err != nil {
				t.Fatal(err)
			}
			if got := PlainUses(tree.Body[0]); got != test.want {
				t.Errorf("PlainUses = %05b, want %05b", got, test.want)
			}
		})
	}
}
