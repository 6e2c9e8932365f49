package schema_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"posthaste/script/lib/native"
	"posthaste/script/lib/schema"
)

// A recorded case is what a real library answered to code; see testdata/record.js.
type recorded struct{ Title, Code, Want string }

func TestAnswersAreThoseOfTheRealLibraries(t *testing.T) {
	libraries := map[string]func(l *schema.Library) goja.Value{"ajv": (*schema.Library).Ajv, "tv4": (*schema.Library).TV4}
	for name, value := range libraries {
		t.Run(name, func(t *testing.T) {
			for _, c := range append(readRecorded(t, name), readRecorded(t, "random_"+name)...) {
				t.Run(c.Title, func(t *testing.T) {
					vm := goja.New()
					got := answer(t, vm, value(schema.New(&native.Env{VM: vm})), c.Code)
					if diff := cmp.Diff(c.Want, got); diff != "" {
						t.Errorf("%s\nwant %s\ngot  %s", c.Code, c.Want, got)
					}
				})
			}
		})
	}
}

func readRecorded(t *testing.T, name string) []recorded {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []recorded
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// answer runs code and shows its result as the recorder does.
func answer(t *testing.T, vm *goja.Runtime, lib goja.Value, code string) string {
	t.Helper()
	if err := vm.Set("lib", lib); err != nil {
		t.Fatal(err)
	}
	v, err := vm.RunString(`(async function () { try { var r = JSON.stringify(await (function (lib) {` + code +
		`})(lib)); return r === undefined ? 'undefined' : r } catch (e) { return 'throws ' + e.message } })()`)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	promise, ok := v.Export().(*goja.Promise)
	if !ok || promise.State() != goja.PromiseStateFulfilled {
		t.Fatalf("%s: the promise is not settled", code)
	}
	return promise.Result().String()
}
