package newer

import (
	"strings"
	"testing"
	"time"
)

func TestLowering(t *testing.T) {
	l, fault := (&Lowerer{}).Lower("x.js", "(async () => {\n  for await (const x of y) z()\n})")
	if fault != nil {
		t.Fatal(fault)
	}
	line := 1 + strings.Count(l.Text[:strings.Index(l.Text, "z()")], "\n")
	col := strings.Index(strings.Split(l.Text, "\n")[line-1], "z()") + 1
	if gotLine, gotCol, ok := l.Original(line, col); !ok || gotLine != 2 || gotCol != 28 {
		t.Errorf("z stands at %d:%d (%t), want 2:28", gotLine, gotCol, ok)
	}
	for name, at := range map[string][2]int{"no line": {0, 1}, "behind the end": {9999, 1}} {
		if _, _, ok := l.Original(at[0], at[1]); ok {
			t.Errorf("%s has a place", name)
		}
	}
}

// Nothing can interrupt the translation, so what could make it long is refused, and what takes long is left.
func TestLoweringIsBounded(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"brackets":   {strings.Repeat("(", 200) + strings.Repeat(")", 200), "the script is nested too deeply"},
		"statements": {strings.Repeat("a=>", 600), "the script is nested too deeply"},
		"length":     {strings.Repeat("a;", maxLowered), "the script is too long for its syntax"},
		"growth":     {"async () => { for await (const x of y) " + strings.Repeat("{", 140) + strings.Repeat(";", 1<<16) + strings.Repeat("}", 140) + "}", "the script's newer syntax grows too large"},
		"no script":  {"async () => { for await }", "Expected \"(\" but found \"}\""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, fault := (&Lowerer{limit: time.Minute}).Lower("x.js", test.give); fault == nil || fault.Message != test.want {
				t.Errorf("got %v, want %s", fault, test.want)
			}
		})
	}
	slow := &Lowerer{limit: time.Nanosecond}
	const text = "async () => { for await (const x of y); }"
	for range 2 {
		if _, fault := slow.Lower("x.js", text); fault == nil || fault.Message != "the script's newer syntax takes too long to translate" {
			t.Fatalf("got %v, want that it takes too long", fault)
		}
		slow.limit = 0 // one that did not end keeps all others from beginning
	}
}

func TestVariableLengthNumbers(t *testing.T) {
	tests := map[string][]int{
		"":       nil,
		"AAAA":   {0, 0, 0, 0},
		"CADgB":  {1, 0, -1, 16},
		"!":      nil,
		"gggggg": nil,
	}
	for give, want := range tests {
		got := variableLength(give)
		if len(got) != len(want) {
			t.Errorf("%q gives %v, want %v", give, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q gives %v, want %v", give, got, want)
			}
		}
	}
}
