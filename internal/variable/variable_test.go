package variable

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
)

func scope(pairs ...string) *Scope {
	s := &Scope{}
	for i := 0; i < len(pairs); i += 2 {
		s.Set(pairs[i], collection.Text(pairs[i+1]), "")
	}
	return s
}

func expandCases() map[string]struct{ give, want string } {
	return map[string]struct{ give, want string }{
		"plain text stays":                             {"no braces { } here", "no braces { } here"},
		"the narrowest scope wins":                     {"{{host}}", "env.example"},
		"a wider scope is found":                       {"{{only}}", "global"},
		"unknown stays as written":                     {"a {{nope}} b", "a {{nope}} b"},
		"several in one text":                          {"{{host}}/{{only}}/{{host}}", "env.example/global/env.example"},
		"values hold placeholders":                     {"{{url}}", "https://env.example/v1"},
		"names hold placeholders":                      {"{{ho{{st}}}}", "env.example"},
		"inner braces resolve first":                   {"{{{{key}}}}", "env.example"},
		"blanks belong to the name":                    {"{{ host }}", "{{ host }}"},
		"a variable that is itself stays":              {"{{self}}", "{{self}}"},
		"a cycle ends":                                 {"{{ping}}", "{{pong}}"},
		"an empty value is a value":                    {"[{{empty}}]", "[]"},
		"an unclosed placeholder stays":                {"{{host", "{{host"},
		"a lone brace inside stays":                    {"{{ho}st}}", "{{ho}st}}"},
		"angles resolve where the name is known":       {"<<host>>", "env.example"},
		"angles stay where it is not":                  {"1 << 2 >> <<nope>>", "1 << 2 >> <<nope>>"},
		"angles that are no placeholders hide nothing": {"<<EOF {{host}} >>", "<<EOF env.example >>"},
		"angles and braces mix":                        {"<<only>>{{only}}", "globalglobal"},
		"a user variable hides a dynamic one":          {"{{$randomInt}}", "mine"},
		"an unknown dynamic name stays":                {"{{$nope}}", "{{$nope}}"},
		"an empty name stays":                          {"{{}}", "{{}}"},
		"arrays are joined by commas":                  {"{{list}}", "1,,a,2,3"},
		"objects look like JavaScript's":               {"{{object}}", "[object Object]"},
		"null is the word":                             {"{{null}}", "null"},
		"undefined is nothing":                         {"[{{undefined}}]", "[]"},
		"an empty cell of a row stays":                 {"{{cell}}", "{{cell}}"},
	}
}

func testStack(missing func(string)) *Stack {
	env := scope("host", "env.example", "url", "https://{{host}}/v1", "st", "st", "key", "host",
		"self", "{{self}}", "ping", "{{pong}}", "pong", "{{ping}}", "empty", "", "$randomInt", "mine")
	env.Set("list", collection.JSONValue(`[1,null,"a",[2,3]]`), "")
	env.Set("object", collection.JSONValue(`{"a":1}`), "")
	env.Set("null", collection.NullValue(), "")
	env.Set("undefined", collection.Value{}, "")
	row := &Row{&Scope{}}
	row.Set("cell", collection.NullValue(), "")
	globals := scope("host", "global.example", "only", "global", "cell", "global cell")
	return &Stack{
		Scopes: []Reader{&Scope{}, row, env, globals}, Angles: true, Missing: missing,
		Dynamic: NewDynamic(func() time.Time { return time.Unix(1700000000, 600e6) }, bytes.NewReader(make([]byte, 64))),
	}
}

func TestExpand(t *testing.T) {
	for name, test := range expandCases() {
		t.Run(name, func(t *testing.T) {
			if got, err := testStack(nil).Expand(test.give); got != test.want || err != nil {
				t.Errorf("Expand(%q) = %q, %v, want %q", test.give, got, err, test.want)
			}
		})
	}
}

func TestDynamicValues(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"the timestamp is rounded": {"{{$timestamp}}", "1700000001"},
		"the ISO timestamp has ms": {"{{$isoTimestamp}}", "2023-11-14T22:13:20.600Z"},
		"a UUID has its version":   {"{{$guid}}", "00000000-0000-4000-8000-000000000000"},
		"both names make UUIDs":    {"{{$randomUUID}}", "00000000-0000-4000-8000-000000000000"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := testStack(nil).Expand(test.give); got != test.want || err != nil {
				t.Errorf("Expand(%q) = %q, %v, want %q", test.give, got, err, test.want)
			}
		})
	}
}

func TestEachUseOfADynamicVariableIsFresh(t *testing.T) {
	s := &Stack{Dynamic: NewDynamic(time.Now, nil)}
	both, err := s.Expand("{{$guid}} {{$guid}}")
	if err != nil {
		t.Fatal(err)
	}
	first, second, _ := strings.Cut(both, " ")
	if first == second {
		t.Errorf("both uses gave %q", first)
	}
}

func TestMissingNamesAreToldOnce(t *testing.T) {
	var got []string
	s := testStack(func(name string) { got = append(got, name) })
	if _, err := s.Expand("{{nope}} {{host}} {{also nope}} {{nope}} {{self}}"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"nope", "also nope"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestScope(t *testing.T) {
	vars := []collection.Variable{
		{Key: "a", Value: collection.Text("1")},
		{Key: "a", Value: collection.Text("2")},
		{Key: "a", Value: collection.Text("3"), Disabled: true},
		{Key: "off", Value: collection.Text("x"), Disabled: true},
	}
	tests := map[string]struct {
		do   func(*Scope)
		key  string
		want string
		ok   bool
	}{
		"the last enabled duplicate counts":    {func(*Scope) {}, "a", "2", true},
		"disabled entries are invisible":       {func(*Scope) {}, "off", "", false},
		"set changes the last enabled entry":   {func(s *Scope) { s.Set("a", collection.Text("9"), "") }, "a", "9", true},
		"set of a disabled name adds an entry": {func(s *Scope) { s.Set("off", collection.Text("9"), "") }, "off", "9", true},
		"unset removes all enabled entries":    {func(s *Scope) { s.Unset("a") }, "a", "", false},
		"clear removes everything":             {func(s *Scope) { s.Clear() }, "a", "", false},
		"a type given to set casts":            {func(s *Scope) { s.Set("n", collection.Text("7"), "number") }, "n", "7", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := NewScope("environment", vars)
			test.do(s)
			v, ok := s.Lookup(test.key)
			if v.String() != test.want || ok != test.ok {
				t.Errorf("Lookup(%q) = %q, %v, want %q, %v", test.key, v, ok, test.want, test.ok)
			}
		})
	}
	if vars[0].Value.String() != "1" || len(vars) != 4 {
		t.Error("the caller's variables were changed")
	}
}

func TestTextThatIsNotOfItsTypeStays(t *testing.T) {
	s := NewScope("", []collection.Variable{{Key: "o", Value: collection.Text("{"), Type: "object"}})
	if v, ok := s.Lookup("o"); !ok || v.Kind() != collection.Undefined {
		t.Errorf("a broken object reads as %v, %v, want undefined", v, ok)
	}
	if got := s.Variables()[0].Value; got != collection.Text("{") {
		t.Errorf("the scope holds %v, want the text", got)
	}
}

func TestRowsThatAreLists(t *testing.T) {
	row := &Row{scope("0", "x", "1", "y")}
	row.List = true
	s := &Stack{Scopes: []Reader{row}}
	if got, err := s.Expand("{{0}} {{1}} {{2}} {{length}}"); got != "x y {{2}} 2" || err != nil {
		t.Errorf("Expand = %q, %v", got, err)
	}
}

func TestUnsetKeepsDisabledEntries(t *testing.T) {
	s := NewScope("", []collection.Variable{{Key: "a", Value: collection.Text("1")}, {Key: "a", Disabled: true}})
	s.Unset("a")
	if got := len(s.Variables()); got != 1 {
		t.Errorf("%d entries are left, want the disabled one", got)
	}
}

func TestCast(t *testing.T) {
	text := collection.Text
	tests := map[string]struct {
		give collection.Value
		typ  string
		want collection.Value
	}{
		"a number to string":              {collection.NumberValue(7), "string", text("7")},
		"text to number":                  {text(" 7.5 "), "number", collection.NumberValue(7.5)},
		"no number":                       {text("abc"), "number", text("NaN")},
		"the text false is true":          {text("false"), "boolean", collection.BoolValue(true)},
		"empty text is false":             {text(""), "boolean", collection.BoolValue(false)},
		"an array from text":              {text("[1,2]"), "array", collection.JSONValue("[1,2]")},
		"an object where an array is due": {text(`{"a":1}`), "array", collection.Value{}},
		"an object from text":             {text(`{"a":1}`), "object", collection.JSONValue(`{"a":1}`)},
		"secret passes through":           {collection.NumberValue(1), "secret", collection.NumberValue(1)},
		"any passes through":              {collection.NullValue(), "any", collection.NullValue()},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Cast(test.give, test.typ); got != test.want {
				t.Errorf("Cast(%v, %q) = %v, want %v", test.give, test.typ, got, test.want)
			}
		})
	}
}

func FuzzExpand(f *testing.F) {
	for _, test := range expandCases() {
		f.Add(test.give)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := testStack(nil).Expand(text)
		if err != nil {
			t.Errorf("%q: %v, though no value grows", text, err)
		}
		if !strings.Contains(text, "{{") && !strings.Contains(text, "<<") && got != text {
			t.Errorf("plain text %q became %q", text, got)
		}
	})
}

func BenchmarkExpand(b *testing.B) {
	s := testStack(nil)
	for b.Loop() {
		_, _ = s.Expand("{{url}}/payments/{{only}}/details")
	}
}

// TestScopesForgetWhatIsUnset compares with a plain list, over keys that occur more than once and disabled entries.
func TestScopesForgetWhatIsUnset(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var list []collection.Variable
		for range random.IntN(6) {
			list = append(list, collection.Variable{
				Key: string(rune('a' + random.IntN(3))), Value: collection.Text("0"), Disabled: random.IntN(3) == 0,
			})
		}
		s, plain := NewScope("s", list), slices.Clone(list)
		for range 10 {
			key := string(rune('a' + random.IntN(3)))
			if random.IntN(2) == 0 {
				s.Unset(key)
				plain = slices.DeleteFunc(plain, func(v collection.Variable) bool { return v.Key == key && !v.Disabled })
			} else {
				s.Set(key, collection.Text(key), "")
				last := -1
				for i, v := range plain {
					if v.Key == key && !v.Disabled {
						last = i
					}
				}
				if last < 0 {
					last, plain = len(plain), append(plain, collection.Variable{Key: key})
				}
				plain[last].Value = collection.Text(key)
			}
			_, known := s.Lookup(key)
			if want := slices.ContainsFunc(plain, func(v collection.Variable) bool { return v.Key == key && !v.Disabled }); known != want {
				t.Fatalf("%s is known: %v, want %v", key, known, want)
			}
		}
		var got, want []string
		for _, v := range s.Variables() {
			got = append(got, v.Key+v.Value.String())
		}
		for _, v := range plain {
			want = append(want, v.Key+v.Value.String())
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
	}
}
