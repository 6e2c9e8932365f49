package engine

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"posthaste/script/engine/jsontext"
)

//go:embed testdata/lazy.js
var lazyProgram string

// prober runs the program of testdata/lazy.js in an engine of its own.
func prober(tb testing.TB, vm *goja.Runtime) func(text string, seed int64) string {
	tb.Helper()
	if _, err := vm.RunString(lazyProgram); err != nil {
		tb.Fatal(err)
	}
	f, _ := goja.AssertFunction(vm.Get("program"))
	return func(text string, seed int64) string {
		v, err := f(goja.Undefined(), vm.ToValue(text), vm.ToValue(seed))
		if err != nil {
			return err.Error()
		}
		return v.String()
	}
}

// parsingVM is a bare engine whose JSON.parse is ours: lazy from so many bytes on.
func parsingVM(least int) *goja.Runtime {
	vm := goja.New()
	r := &Realm{VM: vm, json: jsontext.NewMaker(vm, least)}
	r.installProtoGuard()
	_ = vm.Get("JSON").ToObject(vm).Set("parse", func(call goja.FunctionCall) goja.Value {
		r.json.Last = nil
		return r.JSON(call.Argument(0).String())
	})
	return vm
}

// document writes random JSON.
func document(r *rand.Rand, depth int) string {
	kind := r.IntN(10)
	if depth == 0 {
		kind = r.IntN(2)
	}
	space := strings.Repeat(" ", max(r.IntN(8)-6, 0))
	switch {
	case depth > 0 && kind < 4:
		var items []string
		for range r.IntN(5) + r.IntN(60)/depth/depth {
			items = append(items, document(r, depth-1))
		}
		return space + "[" + strings.Join(items, ","+space) + space + "]"
	case depth > 0 && kind < 9:
		keys := []string{
			`"a"`, `"b"`, `"length"`, `"0"`, `"1"`, `"10"`, `"-1"`, `"01"`, `"__proto__"`, `"constructor"`, `"toString"`, `"ø"`, `"\ud800"`, `"\ufffd"`,
			`""`, `"\u0061"`, `"toJSON"`, `"valueOf"`, `"hasOwnProperty"`,
		}
		var items []string
		for range r.IntN(6) {
			items = append(items, keys[r.IntN(len(keys))]+space+":"+space+document(r, depth-1))
		}
		return "{" + space + strings.Join(items, ",") + "}" + space
	}
	scalars := []string{`1`, `0`, `-0`, `1.5`, `"text"`, `null`, `true`, `false`, `""`, `"ø"`, `"\ud83d\ude00\\"`, `-12345678901234567890`, `"\udc00"`}
	return scalars[r.IntN(len(scalars))]
}

// Scripts cannot tell a lazy value from one that was made at once, nor from what the engine's own JSON.parse makes,
// which loses lone surrogates.
func TestLazyJSONIsLikeJSON(t *testing.T) {
	const rounds = 150 // FuzzLazyJSON goes on from there
	random := rand.New(rand.NewPCG(1, 2))
	native, atOnce, lazily := prober(t, goja.New()), prober(t, parsingVM(-1)), prober(t, parsingVM(1))
	for i := range rounds {
		text := document(random, 1+random.IntN(4))
		seed := random.Int64N(1 << 32)
		want, got := atOnce(text, seed), lazily(text, seed)
		if !strings.Contains(text, `\ud`) {
			want = native(text, seed)
		}
		if got != want {
			t.Fatalf("round %d, seed %d, %s:\n%s\n\n%s", i, seed, text, want, got)
		}
	}
}

func FuzzLazyJSON(f *testing.F) {
	for name := range jsonCases() {
		f.Add(jsonCases()[name].give, int64(1))
	}
	f.Add(`{"a":[1,{"b":[]},[2]],"0":{"a":1}}`, int64(7))
	f.Fuzz(func(t *testing.T, text string, seed int64) {
		text = strings.TrimPrefix(text, "\uFEFF")
		scan := jsontext.Scan{S: text, Least: 1}
		if valid := scan.Scan(); valid != (jsonError(text) == nil) {
			t.Fatalf("scan(%q) = %v, but parsing gives %v", text, valid, jsonError(text))
		}
		if !json.Valid([]byte(text)) {
			return
		}
		if want, got := prober(t, parsingVM(-1))(text, seed), prober(t, parsingVM(1))(text, seed); got != want {
			t.Fatalf("seed %d, %q: %s", seed, text, cmp.Diff(want, got))
		}
	})
}

func jsonError(text string) error {
	_, err := jsontext.Parse(goja.New(), text)
	return err
}

func TestScanFindsWhatParsingFinds(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		b := []byte(document(random, 3))
		for range random.IntN(3) { // spoil some
			b[random.IntN(len(b))] = `{}[]",:\u0e-.x `[random.IntN(15)]
		}
		scan := jsontext.Scan{S: string(b), Least: 1}
		err := jsonError(string(b))
		if got := scan.Scan(); got != (err == nil) {
			t.Fatalf("scan(%q) = %v, but parsing gives %v", b, got, err)
		}
	}
}

func TestOnlyLargePartsAreLazy(t *testing.T) {
	item := `{"id":1,"text":"` + strings.Repeat("x", 80) + `"},`
	list := "[" + strings.Repeat(item, 1000) + "{}]"
	tests := map[string]struct {
		give string
		want int
	}{
		"a short text":                         {`{"a":[1,2,3]}`, 0},
		"a long list of small things":          {list, 1},
		"a list in small objects":              {`{"data":{"items":` + list + `,"more":false}}`, 1},
		"a list of long lists":                 {"[" + list + "," + list + "]", 2},
		"one long text":                        {`["` + strings.Repeat("x", 100_000) + `"]`, 1},
		"nothing but spaces":                   {strings.Repeat(" ", 100_000) + "[]", 0},
		"a long list in one that is long also": {"[" + strings.Repeat(item, 1000) + list + "]", 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := jsontext.NewMaker(goja.New(), 0)
			got := 0
			if index := m.Index(test.give, nil); index != nil {
				got = len(index.Parts)
			}
			if got != test.want {
				t.Errorf("%d parts are lazy, want %d", got, test.want)
			}
		})
	}
}

func TestLazyJSONTellsTheErrorsOfParsing(t *testing.T) {
	text := `[` + strings.Repeat(`"abcdefgh",`, 10_000) + `}`
	o := run(t, fmt.Sprintf(`try { JSON.parse(%q) } catch (e) { say(e.message.split('\n')[0]) }`, text))
	if got, want := strings.Join(o.said, ""), "Unexpected token '}' at 1:110002"; got != want {
		t.Errorf("the error is %q, want %q", got, want)
	}
}
