package main

import (
	"fmt"
	"strings"
)

// A loop is a script that does something n times.
func loop(body string) func(n int) string {
	return func(n int) string { return fmt.Sprintf("for (let i = 0; i < %d; i++) { %s }", n, body) }
}

// scripts are inputs whose scripts do much.
func scripts() []input {
	script := func(source func(n int) string) func(w *workspace, n int) []string {
		return func(w *workspace, n int) []string { return w.script(source(n)) }
	}
	return []input{
		{name: "assertions in a script", first: 2_000, make: script(loop("pm.test('test ' + i, () => pm.expect(i).to.equal(i))"))},
		{name: "assertions of one name", first: 2_000, make: script(loop("pm.test('test', () => pm.expect(i).to.equal(i))"))},
		{name: "failed assertions", first: 500, exit: 1, make: script(loop("pm.test('test ' + i, () => pm.expect(i).to.equal(-1))"))},
		{name: "legacy tests", first: 2_000, make: script(loop("tests['test ' + i] = true"))},
		{name: "variables that a script sets", first: 5_000, make: script(loop("pm.environment.set('v' + i, 'value')"))},
		{name: "variables that a script sets and takes away", first: 5_000, make: func(w *workspace, n int) []string {
			return w.script(loop("pm.environment.set('v' + i, 'value')")(n) + "\n" + loop("pm.environment.unset('v' + i)")(n))
		}},
		{name: "one variable set again and again", first: 5_000, make: script(loop("pm.environment.set('v', 'value' + i)"))},
		{name: "a long variable that a script sets", first: 1 << 20, make: func(w *workspace, n int) []string {
			return w.script(fmt.Sprintf("pm.environment.set('v', 'a text '.repeat(%d))", n/7))
		}},
		{name: "variables that a script reads", first: 20_000, make: func(w *workspace, n int) []string {
			return w.script(loop("pm.variables.get('variable' + i)")(n), "-e", w.environment(n, pair))
		}},
		{name: "replaceIn of a long text", first: 20_000, make: func(w *workspace, n int) []string {
			return w.script(fmt.Sprintf("pm.variables.replaceIn('{{a}} {{$guid}} <b>'.repeat(%d))", n), "--env-var", "a=value")
		}},
		{name: "replaceIn of many texts", first: 5_000, make: func(w *workspace, n int) []string {
			return w.script(fmt.Sprintf("pm.variables.replaceIn(Array.from({length: %d}, () => '{{a}}'))", n), "--env-var", "a=value")
		}},
		{name: "lines of a script", first: 5_000, make: func(w *workspace, n int) []string {
			return w.script(text(n, func(i int) string { return fmt.Sprintf("var v%d = %d;\n", i, i) }))
		}},
		{name: "a long script of one line", first: 5_000, make: func(w *workspace, n int) []string {
			return w.script(text(n, func(i int) string { return fmt.Sprintf("var v%d = %d;", i, i) }))
		}},
		{name: "eval of long code", first: 5_000, most: 80_000, make: script(func(n int) string { return fmt.Sprintf("eval('var v = 1;'.repeat(%d))", n) })},
		{name: "timers", first: 2_000, make: script(loop("setTimeout(() => {}, 1)"))},
		{name: "promises", first: 10_000, make: script(loop("Promise.resolve(i).then(() => {})"))},
		{name: "requests of a script, in turn", first: 200, make: script(func(n int) string {
			return fmt.Sprintf("for (let i = 0; i < %d; i++) { await pm.sendRequest(pm.request.url.toString()) }", n)
		})},
		{name: "requests of a script, at once", first: 200, make: script(loop("pm.sendRequest(pm.request.url.toString(), () => {})"))},
		{name: "headers that a script adds", first: 2_000, make: func(w *workspace, n int) []string {
			item := w.item("request", w.base+"/", "")
			item["event"] = []any{object{"listen": "prerequest", "script": object{"exec": loop("pm.request.headers.add({key: 'X-' + i, value: 'v'})")(n)}}}
			return w.run(w.collection(item))
		}},
		{name: "headers that a script upserts", first: 2_000, make: func(w *workspace, n int) []string {
			item := w.item("request", w.base+"/", "")
			item["event"] = []any{object{"listen": "prerequest", "script": object{"exec": loop("pm.request.headers.upsert({key: 'X-' + i, value: 'v'})")(n)}}}
			return w.run(w.collection(item))
		}},
		{name: "cookies that a script sets", first: 500, make: script(func(n int) string {
			return fmt.Sprintf("const jar = pm.cookies.jar(); for (let i = 0; i < %d; i++) { await jar.set(pm.request.url.toString(), 'c' + i, 'v') }", n)
		})},
		{name: "deep equality of long lists", first: 5_000, make: script(func(n int) string {
			return fmt.Sprintf("const l = () => Array.from({length: %d}, (_, i) => ({id: i, tags: ['a', 'b']})); pm.test('equal', () => pm.expect(l()).to.eql(l()))", n)
		})},
		{name: "members of long lists", first: 5_000, make: script(func(n int) string {
			return fmt.Sprintf("const l = Array.from({length: %d}, (_, i) => i); pm.test('members', () => pm.expect(l).to.include(-1 + l.length))", n)
		})},
	}
}

// shown are inputs that scripts write to the console and into failures.
func shown() []input {
	linked := "let head = null; for (let i = 0; i < %d; i++) { head = {next: head, value: i}; if (head.next) { head.next.prev = head } }\n"
	log := func(source string) func(w *workspace, n int) []string {
		return func(w *workspace, n int) []string { return w.script(fmt.Sprintf(source, n)) }
	}
	return []input{
		{name: "console lines", first: 2_000, make: func(w *workspace, n int) []string { return w.script(loop("console.log('line ' + i)")(n)) }},
		{name: "a long console line", first: 1 << 20, make: log("console.log('x'.repeat(%d))")},
		{name: "console lines within a text", first: 20_000, most: 8_000_000, make: log(`console.log('line\n'.repeat(%d))`)},
		{name: "a list on the console", first: 10_000, make: log("console.log(Array.from({length: %d}, (_, i) => ({id: i})))")},
		{name: "linked objects on the console", first: 1_000, make: log(linked + "console.log(head)")},
		{name: "a list of linked objects on the console", first: 500, make: log(linked + "const all = []; for (let o = head; o; o = o.next) { all.push(o) } console.log(all)")},
		{name: "a tree with parents on the console", first: 500, make: log("const root = {children: []}; for (let i = 0; i < %d; i++) { root.children.push({parent: root, siblings: root.children, id: i}) } console.log(root)")},
		{name: "one object in many places on the console", first: 1_000, make: log("const o = {a: 1}; console.log(Array.from({length: %d}, () => ({o})))")},
		{name: "a deep object on the console", first: 500, most: 4_000, make: log("let o = {}; for (let i = 0; i < %d; i++) { o = {o} } console.log(o)")},
		{name: "a map on the console", first: 5_000, make: log("console.log(new Map(Array.from({length: %d}, (_, i) => [i, {i}])))")},
		{name: "lists that differ, in a failure", first: 1_000, make: func(w *workspace, n int) []string {
			return w.script(fmt.Sprintf("const l = x => Array.from({length: %d}, (_, i) => ({id: i * x})); pm.test('equal', () => pm.expect(l(1)).to.eql(l(2)))", n))
		}, exit: 1},
		{name: "texts that differ, in a failure", first: 1 << 16, make: func(w *workspace, n int) []string {
			return w.script(fmt.Sprintf("pm.test('equal', () => pm.expect('a b\\n'.repeat(%d)).to.equal('a c\\n'.repeat(%d)))", n/4, n/4))
		}, exit: 1},
		{name: "a long name of an assertion", first: 1 << 18, make: log("pm.test('name '.repeat(%d / 5), () => {})")},
		{name: "a long message of an error", first: 1 << 18, make: log("throw new Error('text '.repeat(%d / 5))"), exit: 1},
		{name: "a long name of a request", first: 1 << 16, make: func(w *workspace, n int) []string {
			return w.run(w.collection(w.item(strings.Repeat("name ", n/5), w.base+"/", "")))
		}},
	}
}
