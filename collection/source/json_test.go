package source

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestCheckerAgreesWithEncodingJSON(t *testing.T) {
	for _, s := range []string{
		`0`, `-0`, `01`, `1.`, `.5`, `1e5`, `1e`, `1E+2`, `-`, `+1`, `"\u12"`, `"\x"`, `"a` + "\t" + `"`, `tru`, `true`, `truex`, `nul`, `[`, `]`, `[1,]`, `[,1]`, `{"a":1,}`,
		`{"a"}`, `{"a":}`, `{a:1}`, `{} {}`, `[] ,`, `"\ud800"`, `{"a":{"b":[{}]}}`, ``, ` `, `[[],[[]]]`, `{"a":1 "b":2}`, `[1 2]`, "\"\x7f\"", `nulll`, `1x`, `"a""b"`,
	} {
		if got, want := CheckJSON(s, 0) == nil, json.Valid([]byte(s)); got != want {
			t.Errorf("%s: accepted %v, want %v", s, got, want)
		}
	}
}

func FuzzChecker(f *testing.F) {
	for _, s := range []string{`{"a":[1,true,null,"x\n"]}`, `[1,]`, `"\u12G"`, `1e+`, `{"a" 1}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Count(s, "[")+strings.Count(s, "{") >= maxDepth {
			return
		}
		if got, want := CheckJSON(s, 0) == nil, json.Valid([]byte(s)); got != want {
			t.Errorf("%q: accepted %v, want %v", s, got, want)
		}
	})
}
