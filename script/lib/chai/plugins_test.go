package chai

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// A pluginCase is a snippet of testdata/plugins.txt with what the real chai came to,
// by testdata/plugins.mjs: a value as JSON, or an error.
type pluginCase struct {
	Case     string  `json:"case"`
	JS       string  `json:"js"`
	Value    *string `json:"value"`
	Name     string  `json:"name"`
	Message  string  `json:"message"`
	Keys     string  `json:"keys"`
	ShowDiff bool    `json:"showDiff"`
	Operator string  `json:"operator"`
	Actual   string  `json:"actual"`
	Expected string  `json:"expected"`
	Frames   string  `json:"frames"` // the functions of the snippet in the stack trace, the innermost first
}

// runSnippet is the outcome of plugins.mjs, in the words of the engine's stack traces.
const runSnippet = `(function (chai, js) {
	const each = list => list.map(f => { try { return f() } catch (e) { return 'throws ' + e.message } })
	const snippet = new Function('chai', 'expect', 'assert', 'utils', 'each', 'return function snippet() {' + js + '\n}')
	try {
		const v = JSON.stringify(snippet(chai, chai.expect, chai.assert, chai.util, each)())
		return JSON.stringify({value: v === undefined ? 'undefined' : v})
	} catch (e) {
		const json = v => { const s = JSON.stringify(v); return s === undefined ? 'undefined' : s }
		const frames = String(e.stack).split('\n').slice(1).map(l => { const m = /^\s*at (?:([^ ]+) \()?/.exec(l); return m && m[1] || '' })
		const end = frames.indexOf('snippet')
		return JSON.stringify({
			name: e.name, message: e.message, keys: Object.keys(e).join(), showDiff: e.showDiff === true, operator: e.operator || '',
			actual: json(e.actual), expected: json(e.expected), frames: frames.slice(0, end < 0 ? frames.length : end).join(),
		})
	}
})`

// TestPluginsSameAsChai runs what plugins do with chai, each snippet in a runtime of
// its own, and compares all of its outcome with that of the real chai.
func TestPluginsSameAsChai(t *testing.T) {
	raw, err := os.ReadFile("testdata/plugins.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []pluginCase
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	texts, err := os.ReadFile("testdata/plugins.txt")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(texts), "\n==== "); n != len(cases) {
		t.Errorf("plugins.txt has %d snippets, plugins.json records %d: run plugins.mjs", n, len(cases))
	}
	for _, want := range cases {
		t.Run(want.Case, func(t *testing.T) {
			vm, c := library(t)
			v, err := vm.RunString(runSnippet)
			if err != nil {
				t.Fatal(err)
			}
			run, _ := goja.AssertFunction(v)
			out, err := run(goja.Undefined(), c.Module(), vm.ToValue(want.JS))
			var ex *goja.Exception
			if errors.As(err, &ex) {
				t.Fatalf("%v\n%s", ex, want.JS)
			}
			if err != nil {
				t.Fatal(err)
			}
			got := pluginCase{Case: want.Case, JS: want.JS}
			if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
				t.Fatal(err)
			}
			diffCases(t, got, want)
		})
	}
}

// diffCases reports each field that differs.
func diffCases(t *testing.T, got, want pluginCase) {
	t.Helper()
	if (got.Value == nil) != (want.Value == nil) {
		t.Errorf("%s\ngot  %s\nwant %s", want.JS, got.text(), want.text())
		return
	}
	if want.Value != nil && *got.Value != *want.Value {
		t.Errorf("%s\ngot  %s\nwant %s", want.JS, *got.Value, *want.Value)
	}
	got.Value, want.Value = nil, nil
	if got != want {
		t.Errorf("%s\ngot  %s\nwant %s", want.JS, got.text(), want.text())
	}
}

func (p pluginCase) text() string {
	p.JS = ""
	b, _ := json.Marshal(p)
	return string(b)
}
