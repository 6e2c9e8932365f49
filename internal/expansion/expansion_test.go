package expansion

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// variables is a Lookup of name, value, name, value …
func variables(pairs ...string) func(string) (Value, bool) {
	known := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		known[pairs[i]] = pairs[i+1]
	}
	return func(name string) (Value, bool) {
		v, ok := known[name]
		return Value{Text: v, Fresh: strings.HasPrefix(name, "$")}, ok
	}
}

func chain(n, copies int, end string) []string {
	var pairs []string
	for i := range n {
		pairs = append(pairs, fmt.Sprintf("v%d", i), strings.Repeat(fmt.Sprintf("{{v%d}}", i+1), copies))
	}
	return append(pairs, fmt.Sprintf("v%d", n), end)
}

func TestVariablesThatGrowWithoutEndAreNamed(t *testing.T) {
	tests := map[string]struct {
		text      string
		variables []string
		want      []string
	}{
		"two that double each other":         {"{{a}}", []string{"a", "{{b}}{{b}}", "b", "{{a}}{{a}}"}, []string{"a", "b", "a"}},
		"three copies at each turn":          {"{{a}}", []string{"a", "{{b}}{{b}}{{b}}", "b", "{{a}}{{a}}{{a}}"}, []string{"a", "b", "a"}},
		"one that holds itself":              {"{{a}}", []string{"a", "x{{a}}"}, []string{"a", "a"}},
		"one that doubles itself":            {"{{a}}", []string{"a", "{{a}}{{a}}"}, []string{"a", "a"}},
		"over a dynamic variable":            {"{{a}}", []string{"a", "{{$guid}}{{a}}", "$guid", "0123"}, []string{"a", "a"}},
		"a way to it is no part of it":       {"{{start}}", []string{"start", "{{a}}", "a", "-{{b}}", "b", "{{a}}"}, []string{"a", "b", "a"}},
		"a neighbour is no part of it":       {"{{a}}", []string{"a", "{{x}}{{b}}", "x", "1", "b", "{{a}}"}, []string{"a", "b", "a"}},
		"a name that is put together":        {"{{a}}", []string{"a", "{{b{{n}}}}", "n", "1", "b1", "-{{a}}"}, []string{"a", "b1", "a"}},
		"behind another that adds nothing":   {"{{b}} {{a}}", []string{"b", "{{c}}", "c", "{{b}}", "a", "{{b}}{{a}}"}, []string{"a", "a"}},
		"in angle brackets":                  {"<<a>>", []string{"a", "<<b>><<b>>", "b", "{{a}}"}, []string{"a", "b", "a"}},
		"behind many that have an end":       {strings.Repeat("{{v0}}", 5000) + "{{a}}", append(chain(15, 1, "."), "a", "{{a}}{{a}}{{a}}"), []string{"a", "a"}},
		"a large value that holds the cycle": {"{{a}}", []string{"a", strings.Repeat("x", 1<<20) + "{{b}}{{b}}", "b", "{{a}}"}, []string{"a", "b", "a"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := &Expansion{Lookup: variables(test.variables...), Angles: true}
			if got := e.Expand(test.text); got != test.text {
				t.Errorf("the text became one of %d bytes", len(got))
			}
			var cycle *CycleError
			if !errors.As(e.Err(), &cycle) {
				t.Fatalf("the error is %v", e.Err())
			}
			if !slices.Equal(turned(cycle.Names), turned(test.want)) {
				t.Errorf("the error names %q, want %q", cycle.Names, test.want)
			}
			if got := e.Expand("{{n}}"); got != "{{n}}" {
				t.Errorf("after a failure a text became %q", got)
			}
		})
	}
}

// turned begins a cycle with its first name in the alphabet.
func turned(names []string) []string {
	names = names[:len(names)-1]
	i := slices.Index(names, slices.Min(names))
	return append(slices.Clone(names[i:]), names[:i]...)
}

func TestTextsThatHaveAnEndAreBounded(t *testing.T) {
	large := strings.Repeat("x", 10<<20)
	tests := map[string]struct {
		text      string
		variables []string
		size      int // 0: an error
	}{
		"doubling far away":                   {"{{v0}}", chain(19, 4, "x"), 0},
		"doubling near by":                    {"{{v0}}", chain(10, 2, "x"), 1 << 10},
		"a large value in one place":          {"{{a}}", []string{"a", large}, len(large)},
		"a large value in a few places":       {"{{a}}{{a}}{{a}}{{a}}", []string{"a", large}, 4 * len(large)},
		"a large value in very many places":   {strings.Repeat("{{a}}", 1000), []string{"a", large}, 0},
		"a large value in another":            {"{{b}}", []string{"a", large, "b", `{"file":"{{a}}"}`}, len(large) + 11},
		"a small value in very many places":   {strings.Repeat("{{a}}", 200_000), []string{"a", "value"}, 1_000_000},
		"a text that is large without values": {large + "{{a}}", []string{"a", "1"}, len(large) + 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := &Expansion{Lookup: variables(test.variables...)}
			got := e.Expand(test.text)
			var size *SizeError
			if test.size == 0 {
				if !errors.As(e.Err(), &size) || size.Names[0] == "" {
					t.Errorf("the error is %v", e.Err())
				}
				return
			}
			if e.Err() != nil || len(got) != test.size {
				t.Errorf("%d bytes, error %v; want %d bytes", len(got), e.Err(), test.size)
			}
		})
	}
}

func TestTheTextsOfOneExpansionShareTheBound(t *testing.T) {
	e := &Expansion{Lookup: variables(chain(16, 2, "0123456789")...)} // 640 KB each
	for range 1000 {
		e.Expand("{{v0}}")
	}
	if e.Err() == nil {
		t.Error("a thousand texts of 640 KB were made")
	}
}

func TestCyclesThatAddNothingAreTold(t *testing.T) {
	tests := map[string]struct {
		text, want string
		variables  []string
		told       []string
	}{
		"one that is itself":       {"[{{a}}]", "[{{a}}]", []string{"a", "{{a}}"}, []string{"a a"}},
		"two that are each other":  {"[{{a}}]", "[{{b}}]", []string{"a", "{{b}}", "b", "{{a}}"}, []string{"b a b"}},
		"each is told once":        {"{{a}}{{a}}", "{{a}}{{a}}", []string{"a", "{{a}}"}, []string{"a a"}},
		"more than newman follows": {"{{v0}}", "{{v19}}", chain(22, 1, "end"), []string{"v19 v20 v21 v22"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var told []string
			e := &Expansion{Lookup: variables(test.variables...), Endless: func(names []string) {
				told = append(told, strings.Join(names, " "))
			}, Missing: func(name string) { t.Errorf("%s is missing", name) }}
			if got := e.Expand(test.text); got != test.want || e.Err() != nil {
				t.Errorf("%q, error %v, want %q", got, e.Err(), test.want)
			}
			if diff := cmp.Diff(test.told, told); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLenientGoesAsFarAsNewman(t *testing.T) {
	e := &Expansion{Lookup: variables("a", "x{{a}}"), Lenient: true}
	if got, want := e.Expand("{{a}}"), strings.Repeat("x", 19)+"{{a}}"; got != want || e.Err() != nil {
		t.Errorf("%q, error %v, want %q", got, e.Err(), want)
	}
	e = &Expansion{Lookup: variables("a", "{{a}}{{a}}{{a}}"), Lenient: true}
	if e.Expand("{{a}}"); e.Err() == nil {
		t.Error("3^19 copies were made")
	}
}

func TestEachNameIsLookedUpOnce(t *testing.T) {
	asked := map[string]int{}
	e := &Expansion{Lookup: func(name string) (Value, bool) {
		asked[name]++
		return Value{Text: "v", Fresh: name == "$guid"}, name != "missing"
	}}
	e.Expand(strings.Repeat("{{a}}{{missing}}{{$guid}}", 10))
	e.Expand("{{a}}")
	if want := map[string]int{"a": 1, "missing": 1, "$guid": 10}; !cmp.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
}

// FuzzExpand tries texts over variables that hold each other in every way that fits into 4 values.
func FuzzExpand(f *testing.F) {
	for _, text := range []string{"{{a}}", "{{{{a}}}}", "{{a", "}}{{", "{{ a }}", "{{{a}}}", "x{{b}}y", "<<a>>", "<<{{a>>}}", "\xe2{{a}}"} {
		f.Add(text, text, "{{b}}", "1", "{{a}}{{c}}")
	}
	f.Fuzz(func(t *testing.T, text, a, b, c, d string) {
		e := &Expansion{Lookup: variables("a", a, "b", b, "c", c, "d", d), Angles: true}
		got := e.Expand(text)
		if bound := growth + len(text) + (uses+1)*(len(a)+len(b)+len(c)+len(d)); len(got) > bound {
			t.Errorf("%d bytes came of %d", len(got), len(text))
		}
		if e.Err() != nil && got != text {
			t.Errorf("%v, and the text changed", e.Err())
		}
		if !strings.Contains(text, "{{") && !strings.Contains(text, "<<") && got != text {
			t.Errorf("plain text %q became %q", text, got)
		}
	})
}
