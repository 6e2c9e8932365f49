package main

import (
	"fmt"
	"strings"
)

// flow are inputs that run much.
func flow() []input {
	return []input{
		{name: "requests", first: 200, make: func(w *workspace, n int) []string { return w.run(w.requests(n)) }},
		{name: "requests, in every report", first: 200, make: func(w *workspace, n int) []string {
			w.requests(n)
			return []string{"run", "c.json", "-r", "cli,junit,html,json,events,ctrf,tap,csv,teamcity,markdown,har,github,gitlab,azure,progress"}
		}},
		{name: "requests of one name", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.collection(list(n, func(int) any { return w.item("same", w.base+"/", "pm.test('ok', () => {})") })...))
		}},
		{name: "requests that fail", first: 200, exit: 1, make: func(w *workspace, n int) []string {
			w.collection(list(n, func(i int) any {
				return w.item(fmt.Sprintf("request %d", i), w.base+"/error", "pm.test('ok', () => pm.response.to.be.ok)")
			})...)
			return []string{"run", "c.json", "-r", "cli,junit,html,json,events,ctrf,tap,csv,teamcity,markdown,har,github,gitlab,azure"}
		}},
		{name: "requests without an answer", first: 200, exit: 3, make: func(w *workspace, n int) []string {
			return w.run(w.collection(list(n, func(i int) any { return w.item(fmt.Sprintf("request %d", i), "http://127.0.0.1:1/", "") })...))
		}},
		{name: "answers of 4xx that no test looks at", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.collection(list(n, func(i int) any { return w.item(fmt.Sprintf("request %d", i), w.base+"/error", "") })...))
		}},
		{name: "folders beside each other", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.collection(list(n, func(i int) any {
				return object{"name": fmt.Sprintf("folder %d", i), "item": []any{w.item("request", w.base+"/", "")}}
			})...))
		}},
		{name: "folders within each other", first: 50, most: 400, make: func(w *workspace, n int) []string {
			var item any = w.item("request", w.base+"/", "pm.test('ok', () => {})")
			for i := range n {
				item = object{"name": fmt.Sprintf("folder %d", i), "item": []any{item}}
			}
			return w.run(w.collection(item), "-n", "25")
		}},
		{name: "scripts of folders within each other", first: 50, most: 400, make: func(w *workspace, n int) []string {
			var item any = w.item("request", w.base+"/", "pm.test('ok', () => {})")
			for i := range n {
				item = object{"name": fmt.Sprintf("folder %d", i), "item": []any{item}, "event": []any{
					object{"listen": "test", "script": object{"exec": fmt.Sprintf("pm.environment.set('f%d', 1)", i)}},
				}}
			}
			return w.run(w.collection(item), "-n", "25")
		}},
		{name: "saved examples", first: 1_000, make: func(w *workspace, n int) []string {
			item := w.item("request", w.base+"/", "")
			item["response"] = list(n, func(i int) any {
				return object{"name": fmt.Sprintf("example %d", i), "code": 200, "body": `{"a": 1}`, "header": []any{object{"key": "A", "value": "b"}}}
			})
			return w.run(w.collection(item))
		}},
		{name: "a long description", first: 1 << 20, make: func(w *workspace, n int) []string {
			item := w.item("request", object{"url": w.base + "/", "description": strings.Repeat("some text\n", n/10)}, "")
			return w.run(w.collection(item))
		}},
	}
}

// rounds are inputs that run the same again and again, or many things side by side.
func rounds() []input {
	return []input{
		{name: "iterations", first: 200, make: func(w *workspace, n int) []string { return w.run(w.requests(1), "-n", fmt.Sprint(n)) }},
		{name: "iterations side by side", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.requests(1), "-n", fmt.Sprint(n), "--parallel", "4", "--parallel-by", "iteration")
		}},
		{name: "folders side by side", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.collection(list(n, func(i int) any {
				return object{"name": fmt.Sprintf("folder %d", i), "item": []any{w.item("request", w.base+"/", "")}}
			})...), "--parallel", "4", "--parallel-by", "folder")
		}},
		{name: "setNextRequest", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.collection(w.item("loop", w.base+"/", fmt.Sprintf(
				"const i = pm.variables.get('i') || 0; pm.variables.set('i', i + 1); if (i < %d) { pm.execution.setNextRequest('loop') }", n))), "--max-jumps", fmt.Sprint(2*n))
		}},
		{name: "setNextRequest among requests", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.collection(list(n, func(i int) any {
				return w.item(fmt.Sprintf("request %d", i), w.base+"/", fmt.Sprintf("pm.execution.setNextRequest('request %d')", i+1))
			})...), "--max-jumps", fmt.Sprint(2*n))
		}},
		{name: "runRequest", first: 200, make: func(w *workspace, n int) []string {
			return w.run(w.collection(
				w.item("caller", w.base+"/", fmt.Sprintf("for (let i = 0; i < %d; i++) { await pm.execution.runRequest('callee') }", n)), w.item("callee", w.base+"/", ""),
			))
		}},
		{name: "retries", first: 100, exit: 1, make: func(w *workspace, n int) []string {
			return w.run(w.collection(w.item("request", w.base+"/error", "pm.test('ok', () => pm.response.to.be.ok)")), "--retry", fmt.Sprint(n), "--retry-on", "5xx", "--retry-delay", "1")
		}},
		{name: "thresholds", first: 200, most: 4_000, make: func(w *workspace, n int) []string {
			args := w.run(w.requests(20))
			for i := range n {
				args = append(args, "--threshold", fmt.Sprintf("p95<%ds", 1000+i))
			}
			return args
		}},
		{name: "collections", first: 50, make: func(w *workspace, n int) []string {
			args := []string{"run"}
			for i := range n {
				name := fmt.Sprintf("c%d.json", i)
				w.json(name, object{"info": object{"name": name}, "item": []any{w.item("request", w.base+"/", "")}})
				args = append(args, name)
			}
			return append(args, "-r", reporters)
		}},
	}
}
