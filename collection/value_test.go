package collection

import (
	"encoding/json"
	"strings"
	"testing"
)

// What newman's SDK 4.4.0 makes of values and types.
func TestVariableTyped(t *testing.T) {
	tests := map[string]struct{ value, kind, want string }{
		"text false is true":       {`"false"`, "boolean", "true"},
		"zero is false":            {`0`, "boolean", "false"},
		"empty text is false":      {`""`, "boolean", "false"},
		"number from text":         {`"3.0"`, "number", "3"},
		"number from hexadecimal":  {`"0x10"`, "number", "16"},
		"number from nothing":      {`""`, "number", "0"},
		"number from a word":       {`"abc"`, "number", "null"},
		"number from Infinity":     {`"Infinity"`, "number", "null"},
		"number from true":         {`true`, "number", "1"},
		"number from a list":       {`[]`, "number", "0"},
		"number from an object":    {`{"a":1}`, "number", "null"},
		"number from null":         {`null`, "number", "0"},
		"text from a number":       {`5`, "string", `"5"`},
		"text from null":           {`null`, "string", `"null"`},
		"text from an object":      {`{"a":1}`, "string", `"[object Object]"`},
		"text from a list":         {`[1,[2,null],"x"]`, "string", `"1,2,,x"`},
		"object from text":         {`"{\"a\": 1}"`, "object", `{"a":1}`},
		"object from a list":       {`"[1]"`, "object", "undefined"},
		"object from null":         {`null`, "object", "undefined"},
		"list from text":           {`"[1]"`, "array", "[1]"},
		"list from an object":      {`"{}"`, "array", "undefined"},
		"list from broken text":    {`"[1"`, "array", "undefined"},
		"secret leaves it alone":   {`"s"`, "secret", `"s"`},
		"unknown leaves it alone":  {`{"a":1}`, "zzz", `{"a":1}`},
		"any leaves null alone":    {`null`, "any", "null"},
		"json is no type it knows": {`"{}"`, "json", `"{}"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := Variable{Value: JSONValue(test.value), Type: test.kind}.Typed()
			got := v.JSONText()
			if v.Kind() == Undefined {
				got = "undefined"
			}
			if got != test.want {
				t.Errorf("%s as %s is %s, want %s", test.value, test.kind, got, test.want)
			}
		})
	}
}

func TestCompactIsJavaScripts(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"white space":            {" { \"a\" : [ 1 , 2 ] } ", `{"a":[1,2]}`},
		"numbers":                {`[1.0,1e3,1E400,-0,0.1e-6]`, `[1,1000,null,0,1e-7]`},
		"indexes come first":     {`{"b":1,"10":2,"2":3,"a":4,"01":5}`, `{"2":3,"10":2,"b":1,"a":4,"01":5}`},
		"a key that comes twice": {`{"a":1,"b":2,"a":3}`, `{"a":3,"b":2}`},
		"escapes":                {`"\u00e6\/\u2028\u0001\t"`, "\"æ/\u2028\\u0001\\t\""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := compact(test.give); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	for _, s := range []string{"", "a\"b\\c", "\x00\x1f\b\f\n\r\t\x7f", "æ\u2028\U0001F600", "<&>"} {
		var back string
		if err := json.Unmarshal([]byte(Quote(s)), &back); err != nil || back != s {
			t.Errorf("Quote(%q) = %s reads back as %q, %v", s, Quote(s), back, err)
		}
	}
	if got := Quote("<&>\xff"); got != "\"<&>\uFFFD\"" {
		t.Errorf("got %s", got)
	}
}

// The checker takes what encoding/json takes, and refuses what it refuses.
func TestNewUUID(t *testing.T) {
	got := NewUUID(strings.NewReader("0123456789abcdef"))
	if want := "30313233-3435-4637-b839-616263646566"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if a, b := (Options{}).ids()(), (Options{}).ids()(); a == b {
		t.Errorf("two ids are equal: %s", a)
	}
}
