package chai

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/dop251/goja"
)

// TestExamplesOfTheDocumentation runs an example of each use that chai's documentation of expect shows, and its opposite,
// against what the real chai was recorded to say (testdata/examples.mjs).
func TestExamplesOfTheDocumentation(t *testing.T) {
	raw, err := os.ReadFile("testdata/examples.json")
	if err != nil {
		t.Fatal(err)
	}
	var record struct {
		Setup string     `json:"setup"`
		Cases []recorded `json:"cases"`
	}
	if err := json.Unmarshal(raw, &record); err != nil {
		t.Fatal(err)
	}
	vm, c := library(t)
	module := c.Module()
	for _, want := range record.Cases {
		t.Run(want.JS, func(t *testing.T) {
			v, err := vm.RunString("(function (chai, expect) {" + record.Setup + want.JS + "\n})")
			if err != nil {
				t.Fatal(err)
			}
			f, _ := goja.AssertFunction(v)
			_, err = f(goja.Undefined(), module, module.Get("expect"))
			got := recorded{}
			if got.read(t, vm, err); got.Message != want.Message {
				t.Errorf("got  %q\nwant %q", got.Message, want.Message)
			}
		})
	}
}
