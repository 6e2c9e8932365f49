package engine

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/engine/jsontext"
)

func jsonCases() map[string]struct{ give, want string } {
	return map[string]struct{ give, want string }{
		"keys keep their order":           {`{"b":1,"a":{"z":1,"y":[true,false,null]}}`, `{"b":1,"a":{"z":1,"y":[true,false,null]}}`},
		"numbers":                         {`[0,-0,1.5,1e3,123456789012345678,1e400,-12]`, `[0,0,1.5,1000,123456789012345680,null,-12]`},
		"a key called __proto__":          {`{"__proto__":{"a":1},"b":2}`, `{"__proto__":{"a":1},"b":2}`},
		"the last of equal keys counts":   {`{"a":1,"a":2}`, `{"a":2}`},
		"escapes":                         {`"\u00e5\n\t\"\\\/\ud83d\ude00"`, `"å\n\t\"\\/😀"`},
		"a lone surrogate":                {`"a\ud800b"`, `"a\ud800b"`},
		"a lone surrogate before another": {`"\ud800\ud83d\ude00"`, `"\ud800😀"`},
		"byte order mark":                 {"\uFEFF[1]", `[1]`},
		"spaces":                          {" \n\t{ \"a\" : [ ] } \r\n", `{"a":[]}`},
		"integer-like keys come first":    {`{"b":1,"2":1,"1":1}`, `{"1":1,"2":1,"b":1}`},
		"scalars":                         {`true`, `true`},
		"text beyond ASCII":               {`{"ø":"日本"}`, `{"ø":"日本"}`},
	}
}

func TestParseJSON(t *testing.T) {
	for name, test := range jsonCases() {
		t.Run(name, func(t *testing.T) {
			vm := goja.New()
			v, err := jsontext.Parse(vm, test.give)
			if err != nil {
				t.Fatal(err)
			}
			stringify, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("stringify"))
			got, err := stringify(goja.Undefined(), v)
			if err != nil || got.String() != test.want {
				t.Errorf("ParseJSON(%q) = %v (%v), want %s", test.give, got, err, test.want)
			}
		})
	}
}

func TestParseJSONErrorsAreWordedAsPostmanDoes(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a page of HTML":       {"<a>", "Unexpected token '<' at 1:1\n<a>\n^"},
		"a bare word":          {"{bad}", "Unexpected token 'b' at 1:2\n{bad}\n ^"},
		"undefined":            {"undefined", "Unexpected token 'u' at 1:1\nundefined\n^"},
		"nothing":              {"", "No data, empty input at 1:1\n\n^"},
		"spaces only":          {"  ", "No data, only a whitespace at 1:3\n  \n  ^"},
		"an end too early":     {`{"a":`, "No value found for key a at 1:6\n{\"a\":\n     ^"},
		"on the third line":    {"{\n  \"a\": 1,\n  b\n}", "Unexpected token 'b' at 3:3\n  b\n  ^"},
		"a word cut short":     {"nul", "Unexpected token 'n' at 1:1\nnul\n^"},
		"text after the end":   {"1 2", "Unexpected token '2' at 1:3\n1 2\n  ^"},
		"a bad escape":         {`"\u12g4"`, "Bad escape sequence at 1:6\n\"\\u12g4\"\n     ^"},
		"an elision":           {`[1,,2]`, "Elisions are not supported at 1:5\n[1,,2]\n    ^"},
		"leading zero":         {`01`, "Unexpected token '1' at 1:2\n01\n ^"},
		"a trailing comma":     {`[1,]`, "Trailing comma in array at 1:4\n[1,]\n   ^"},
		"a last comma":         {`{"a":1,}`, "Trailing comma in object at 1:8\n{\"a\":1,}\n       ^"},
		"a sign alone":         {`-`, "Bad numeric literal - \"-\" at 1:1\n-\n^"},
		"no digits behind":     {`1.`, "Non-json numeric literal - \"1.\" at 1:2\n1.\n ^"},
		"a tab in a text":      {"\"a\tb\"", "Unexpected control character at 1:3\n\"a\tb\"\n  ^"},
		"single quotes":        {`'a'`, "Unexpected token '\\'' at 1:1\n'a'\n^"},
		"far along a long row": {strings.Repeat(" ", 100) + "x", "Unexpected token 'x' at 1:101\n" + strings.Repeat(" ", 69) + "x\n" + strings.Repeat(" ", 69) + "^"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := jsontext.Parse(goja.New(), test.give)
			if err == nil || err.Error() != test.want {
				t.Errorf("ParseJSON(%q): error %v, want\n%s", test.give, err, test.want)
			}
		})
	}
}

func TestJSONParseInScripts(t *testing.T) {
	o := run(t, `
		say(JSON.parse('{"a":[1,2]}', (k, v) => typeof v === 'number' ? v * 2 : v).a.join());
		try { JSON.parse('<') } catch (e) { say(e.name); say(e instanceof SyntaxError) }
		say(JSON.stringify({a: undefined, b: 1}));`)
	if got, want := strings.Join(o.said, "|"), `2,4|JSONError|true|{"b":1}`; got != want {
		t.Errorf("said %q, want %q; fault %v", got, want, o.fault)
	}
}

// What Go takes for JSON is JSON here, and the other way round but for what Go's decoder is lax in.
func FuzzParseJSON(f *testing.F) {
	for _, test := range jsonCases() {
		f.Add(test.give)
	}
	f.Add(`{"a":}`)
	f.Add(strings.Repeat("[", 20000))
	f.Fuzz(func(t *testing.T, text string) {
		_, err := jsontext.Parse(goja.New(), text)
		valid := json.Valid([]byte(strings.TrimPrefix(text, "\uFEFF")))
		if valid && err != nil && !strings.Contains(err.Error(), "deeply") {
			t.Errorf("ParseJSON(%q): %v", text, err)
		}
		if !valid && err == nil {
			t.Errorf("ParseJSON(%q) accepts what is no JSON", text)
		}
	})
}

func BenchmarkParseJSON10MB(b *testing.B) {
	item := `{"id":12345,"name":"Ola Nordmann","tags":["a","b","c"],"price":12.5,"active":true,"note":null,"address":{"street":"Karl Johans gate 1","zip":"0154"}}`
	text := "[" + strings.Repeat(item+",", 10<<20/(len(item)+1)) + item + "]"
	vm := goja.New()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := jsontext.Parse(vm, text); err != nil {
			b.Fatal(err)
		}
	}
}
