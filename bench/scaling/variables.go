package main

import (
	"fmt"
	"strings"
)

// variables are inputs that hold placeholders, and what gives them values.
func variables() []input { return append(placeholders(), values()...) }

func placeholders() []input {
	return []input{
		{name: "placeholders in a body, one name", first: 20_000, make: func(w *workspace, n int) []string {
			return w.body(strings.Repeat("<li>{{a}}</li>", n), "--env-var", "a=value")
		}},
		{name: "placeholders in a body, as many names", first: 10_000, make: func(w *workspace, n int) []string {
			env := w.environment(n, func(i int) (string, string) { return fmt.Sprintf("v%d", i), "value" })
			return w.body(text(n, func(i int) string { return fmt.Sprintf("{{v%d}} ", i) }), "-e", env)
		}},
		{name: "placeholders without a value, one name", first: 20_000, make: func(w *workspace, n int) []string {
			return w.body(strings.Repeat("<li>{{item.title}}</li>", n), "-e", w.environment(300, pair))
		}},
		{name: "placeholders without a value, as many names", first: 2_000, make: func(w *workspace, n int) []string {
			return w.body(text(n, func(i int) string { return fmt.Sprintf("{{v%d}} ", i) }))
		}},
		{name: "the same missing variable in requests", first: 500, make: func(w *workspace, n int) []string {
			return w.run(w.collection(list(n, func(i int) any {
				return w.item(fmt.Sprintf("request %d", i), w.base+"/?q={{missing}}", "")
			})...))
		}},
		{name: "placeholders, dynamic", first: 20_000, make: func(w *workspace, n int) []string {
			return w.body(strings.Repeat("{{$guid}} ", n))
		}},
		{name: "open brackets in a body", first: 200_000, make: func(w *workspace, n int) []string {
			return w.body(strings.Repeat("{{ << {<", n) + "{{a}}")
		}},
	}
}

func values() []input {
	return []input{
		{name: "environment values", first: 20_000, make: func(w *workspace, n int) []string {
			return w.run(w.requests(1), "-e", w.environment(n, pair), "--export-environment", "out.json")
		}},
		{name: "environment values of one name", first: 20_000, make: func(w *workspace, n int) []string {
			return w.run(w.requests(1), "-e", w.environment(n, func(i int) (string, string) { return "same", fmt.Sprint(i) }))
		}},
		{name: "a long environment value", first: 1 << 20, make: func(w *workspace, n int) []string {
			env := w.environment(1, func(int) (string, string) { return "a", strings.Repeat("a text ", n/7) })
			return w.body("{{a}}", "-e", env)
		}},
		{name: "secret environment values", first: 2_000, make: func(w *workspace, n int) []string {
			w.json("e.json", object{"name": "e", "values": list(n, func(i int) any {
				return object{"key": fmt.Sprintf("v%d", i), "value": fmt.Sprintf("secret-value-%d", i), "type": "secret"}
			})})
			return w.run(w.requests(20), "-e", "e.json")
		}},
		{name: "collection variables", first: 20_000, make: func(w *workspace, n int) []string {
			w.json("c.json", object{
				"info": object{"name": "c"}, "item": []any{w.item("request", w.base+"/", "")},
				"variable": list(n, func(i int) any { return object{"key": fmt.Sprintf("v%d", i), "value": "value"} }),
			})
			return w.run("c.json")
		}},
		{name: "options --env-var", first: 1_000, most: 20_000, make: func(w *workspace, n int) []string {
			args := w.run(w.requests(1))
			for i := range n {
				args = append(args, "--env-var", fmt.Sprintf("v%d=value", i))
			}
			return args
		}},
		{name: "lines of --env-file", first: 80_000, make: func(w *workspace, n int) []string {
			w.file("env", text(n, func(i int) string { return fmt.Sprintf("V%d=value number %d\n", i, i) }))
			return w.run(w.requests(1), "--env-file", "env")
		}},
	}
}

func pair(i int) (key, value string) { return fmt.Sprintf("variable%d", i), fmt.Sprintf("value%d", i) }

// body is the command line that posts a text.
func (w *workspace) body(raw string, more ...string) []string {
	return w.request(object{"method": "POST", "url": w.base + "/", "body": object{"mode": "raw", "raw": raw}}, more...)
}

// request is the command line that sends one request.
func (w *workspace) request(request object, more ...string) []string {
	return w.run(w.collection(w.item("request", request, "")), more...)
}
