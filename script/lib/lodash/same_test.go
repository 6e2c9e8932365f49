package lodash

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// realm makes a runtime with lodash and with what its tests need.
func realm(tb testing.TB, newLodash func(*native.Env) goja.Value) *goja.Runtime {
	tb.Helper()
	vm := goja.New()
	vm.SetMaxCallStackSize(1000)
	none := func(goja.FunctionCall) goja.Value { return goja.Undefined() }
	for _, name := range []string{"setTimeout", "clearTimeout"} {
		if err := vm.Set(name, none); err != nil {
			tb.Fatal(err)
		}
	}
	if err := vm.Set("lodash", newLodash(&native.Env{VM: vm})); err != nil {
		tb.Fatal(err)
	}
	return vm
}

func read(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func run(tb testing.TB, vm *goja.Runtime, code string, values map[string]any) {
	tb.Helper()
	for name, v := range values {
		if err := vm.Set(name, v); err != nil {
			tb.Fatal(err)
		}
	}
	if _, err := vm.RunString(code); err != nil {
		tb.Fatal(err)
	}
}

// recorded reads calls with the answers of the real lodash.
func recorded(t *testing.T, name string) [][2]string {
	t.Helper()
	var list [][2]string
	if err := json.Unmarshal([]byte(read(t, name)), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// sameCalls runs calls and compares their answers.
func sameCalls(t *testing.T, newLodash func(*native.Env) goja.Value, name string) {
	t.Helper()
	want := recorded(t, name)
	lines := make([]any, len(want))
	for i, call := range want {
		lines[i] = call[0]
	}
	i, equal := 0, 0
	each := func(call goja.FunctionCall) goja.Value {
		line, got := call.Argument(0).String(), call.Argument(1).String()
		if want[i][1] == got {
			equal++
		} else {
			t.Errorf("%s\nlodash  %s\nhere    %s", line, want[i][1], got)
		}
		i++
		return goja.Undefined()
	}
	vm := realm(t, newLodash)
	run(t, vm, `const {show, ask} = new Function(SHOW)(); new Function('_', 'lines', 'log', 'show', 'ask', 'each', CALLS)(lodash, LINES, [], show, ask, EACH)`,
		map[string]any{"SHOW": read(t, "show.js"), "CALLS": read(t, "calls.js"), "LINES": vm.NewArray(lines...), "EACH": each})
	t.Logf("%d of %d are equal", equal, len(want))
}

func TestCallsAnswerAsLodashDoes(t *testing.T)    { sameCalls(t, New, "calls-4.json") }
func TestExamplesAnswerAsLodashDoes(t *testing.T) { sameCalls(t, New, "examples-4.json") }

func TestCallsAnswerAsLodash3Does(t *testing.T)    { sameCalls(t, New3, "calls-3.json") }
func TestExamplesAnswerAsLodash3Does(t *testing.T) { sameCalls(t, New3, "examples-3.json") }

func TestRandomLinesAnswerAsLodashDoes(t *testing.T)  { sameRandom(t, New, 4) }
func TestRandomLinesAnswerAsLodash3Does(t *testing.T) { sameRandom(t, New3, 3) }

// sameRandom compares sums of the answers to the lines of random.js. What the original says to a line is printed by
// tools/lodash/record.mjs --random.
func sameRandom(t *testing.T, newLodash func(*native.Env) goja.Value, version int) {
	t.Helper()
	want := strings.Fields(read(t, fmt.Sprintf("random-%d.txt", version)))
	i, equal := 0, 0
	each := func(call goja.FunctionCall) goja.Value {
		if got := sum("", call.Argument(1)); i < len(want) && got == want[i] {
			equal++
		} else {
			t.Errorf("line %d: %s\nhere    %s", i, call.Argument(0), call.Argument(1))
		}
		i++
		return goja.Undefined()
	}
	vm := realm(t, newLodash)
	run(t, vm, `const {show, ask} = new Function(SHOW)(); const lines = new Function('version', RANDOM)(VERSION);
		new Function('_', 'lines', 'log', 'show', 'ask', 'each', CALLS)(lodash, lines, [], show, ask, EACH)`,
		map[string]any{"SHOW": read(t, "show.js"), "CALLS": read(t, "calls.js"), "RANDOM": read(t, "random.js"), "VERSION": version, "EACH": each})
	if i != len(want) {
		t.Errorf("%d lines, recorded are %d", i, len(want))
	}
	t.Logf("%d of %d are equal", equal, len(want))
}

// TestEveryFunctionAnswersAsLodashDoes compares sums of answers. What differs is found with tools/lodash/record.mjs --print
// and with LODASH_PRINT, which names functions to print the answers of.
func TestEveryFunctionAnswersAsLodashDoes(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: short, tens of thousands of calls")
	}
	sameBattery(t, New, "battery-4.txt", os.Getenv("LODASH_PRINT"))
}

func TestEveryFunctionAnswersAsLodash3Does(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: short, tens of thousands of calls")
	}
	sameBattery(t, New3, "battery-3.txt", os.Getenv("LODASH_PRINT"))
}

func sameBattery(t *testing.T, newLodash func(*native.Env) goja.Value, name, only string) {
	t.Helper()
	sums := map[string]string{}
	counts := map[string]int{}
	all := 0
	each := func(call goja.FunctionCall) goja.Value {
		key, answer := call.Argument(0).String()+" "+call.Argument(1).String(), call.Argument(3)
		if only != "" {
			t.Logf("%s(%s) %s", call.Argument(0), call.Argument(2), answer)
		}
		sums[key] = sum(sums[key], answer)
		counts[key]++
		all++
		return goja.Undefined()
	}
	vm := realm(t, newLodash)
	run(t, vm, `const {show, ask} = new Function(SHOW)(); const log = []; const pool = new Function('log', 'show', POOL)(log, show);
		new Function('_', 'pool', 'log', 'ask', 'only', 'each', BATTERY)(lodash, pool, log, ask, ONLY, EACH)`,
		map[string]any{
			"SHOW": read(t, "show.js"), "POOL": read(t, "pool.js"), "BATTERY": read(t, "battery.js"), "ONLY": only, "EACH": each,
		})
	if only != "" {
		return
	}
	differ := 0
	for line := range strings.Lines(read(t, name)) {
		i := strings.LastIndexByte(line, ' ')
		key, want := line[:i], strings.TrimSpace(line[i:])
		if got := sums[key]; got != want {
			t.Errorf("%s: %d calls have the sum %s, lodash's are %s", key, counts[key], got, want)
			differ += counts[key]
		}
		delete(sums, key)
	}
	for key := range sums {
		t.Errorf("%s: the recorded answers do not have it", key)
	}
	t.Logf("%d calls, of which %d are in groups that differ", all, differ)
}

// sum is sum.js: FNV-1a over the units of the sum so far and a text.
func sum(before string, text goja.Value) string {
	h := uint32(0x811c9dc5)
	for _, c := range []byte(before) {
		h = (h ^ uint32(c)) * 0x01000193
	}
	for _, c := range native.UTF16(text) {
		h = (h ^ uint32(c)) * 0x01000193
	}
	return fmt.Sprintf("%08x", h)
}
