package node_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"posthaste/internal/openapi/node"
)

// texts are JSON and what is nearly JSON.
func texts() []string {
	return []string{
		`{}`, `[]`, `""`, `null`, `true`, `false`, `0`, `-0`, `-1.5e+10`, `1E-2`, `"a\"\\\/\b\f\n\r\t\u00e5\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx"`, ` { "a" : [ 1 , 2 ] } `,
		`{"a":1,"a":2}`, `{"a":{"b":{"c":[{"d":null}]}}}`, `12345678901234567890`, "\"å\u2028\"",
		``, ` `, `{`, `}`, `[1,]`, `{"a":1,}`, `{"a"}`, `{a:1}`, `[1 2]`, `01`, `1.`, `.5`, `+1`, `1e`, `--1`, `nul`, `truex`, `"a`, "\"a\nb\"", `"\x"`, `"\u12g4"`, `"\u123"`, `1 2`, `{"a":1}}`, `[`, `'a'`, `NaN`,
	}
}

// same compares a text as it is read here and by the standard library.
func same(t *testing.T, text string) {
	t.Helper()
	n, err := node.ParseJSON(text, nil)
	if valid := json.Valid([]byte(text)); (err == nil) != valid {
		t.Errorf("%q: the error is %v, but it is JSON: %v", text, err, valid)
		return
	}
	if err != nil {
		return
	}
	var want, got any
	if json.Unmarshal([]byte(text), &want) != nil {
		return // a number that no float holds
	}
	if err := json.Unmarshal([]byte(n.JSON()), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q is read as %s, %v", text, n.JSON(), err)
	}
}

func TestParseJSONReadsWhatIsJSONAndNothingElse(t *testing.T) {
	for _, text := range texts() {
		same(t, text)
	}
	if _, err := node.ParseJSON(strings.Repeat("[", 100_000), nil); err == nil || !strings.Contains(err.Error(), "nests deeper") {
		t.Errorf("deep nesting: %v", err)
	}
}

func FuzzParseJSON(f *testing.F) {
	for _, text := range texts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, "[")+strings.Count(text, "{") > 500 || strings.HasPrefix(text, "\ufeff") || strings.ToValidUTF8(text, "") != text {
			t.Skip("skipped: deeper than is read, or no text")
		}
		same(t, text)
	})
}

func FuzzParseFile(f *testing.F) {
	for _, text := range append(texts(), "a: &x {b: 1}\nc: *x\n", "a: &x\n  <<: *x\n", "- 1\n- 0x1F\n- .inf\n", "? [a]\n: 1\n", "a: 1\n---\nb: 2\n") {
		f.Add(text)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		if file, err := node.ParseFile("f", []byte(text)); err == nil {
			_ = file.Root.Short()
		}
	})
}

func TestNodesKnowTheirPlace(t *testing.T) {
	for name, text := range map[string]string{
		"f.json": "{\n \"a\": {\n  \"b\": [1,\n   2]\n }\n}", "f.yaml": "#\na:\n  b:\n    - 1\n    - 2\n",
	} {
		f, err := node.ParseFile(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"f.json": "f.json:3:3", "f.yaml": "f.yaml:3:3"}[name]
		if got := f.Root.Pointer("/a/b").Place(); got != want {
			t.Errorf("/a/b stands at %s, want %s", got, want)
		}
	}
}
