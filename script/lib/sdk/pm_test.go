package sdk

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
)

// TestAsInPostmansSandbox makes the observations of pm.js on what Request and Response show, and compares
// them with those that were recorded in Postman's runtime.
func TestAsInPostmansSandbox(t *testing.T) {
	script, err := os.ReadFile("testdata/pm.js")
	must(t, err)
	file, err := os.ReadFile("testdata/pm.json")
	must(t, err)
	var recorded map[string][][2]string
	must(t, json.Unmarshal(file, &recorded))
	const id = "d366dae7-c28d-42d2-a134-7dc1eb351e53"
	for name, c := range map[string]struct {
		request  collection.Request
		response Response
	}{
		"answered": {
			collection.Request{
				Method: "POST", URL: collection.ParseURL("http://localhost:44657/x/:id?q=1"), Description: "req desc",
				Header: []collection.Header{{Key: "A", Value: "b", Description: "dd"}},
				Body:   &collection.Body{Mode: "raw", Raw: "hi"},
			},
			Response{
				Received: true, ID: id, Code: 200, Reason: "OK", TimeMS: 5, Body: []byte(`{"a":[1,2]}`),
				Header: []collection.Header{
					{Key: "content-type", Value: "application/json"}, {Key: "Connection", Value: "keep-alive"},
				},
			},
		},
		"refused": {
			collection.Request{Method: "GET", URL: collection.ParseURL("http://localhost:1/")},
			Response{ID: id},
		},
	} {
		t.Run(name, func(t *testing.T) {
			vm, s := world(t)
			s.core.Env.ParseJSON = sandboxJSON(t, vm)
			pm := vm.NewObject()
			must(t, pm.Set("request", s.Request(&c.request)))
			must(t, pm.Set("response", s.Response(c.response)))
			must(t, pm.Set("expect", vm.Get("expect")))
			must(t, vm.Set("pm", pm))
			var said goja.Value
			must(t, vm.Set("say", func(v goja.Value) { said = v }))
			_, err := vm.RunString("(() => {\n" + string(script) + "\n})()")
			must(t, err)
			var got [][2]string
			must(t, vm.ExportTo(said, &got))
			if diff := cmp.Diff(got, recorded[name]); diff != "" {
				t.Errorf("it was otherwise in Postman (-got +want):\n%s", diff)
			}
		})
	}
}

// sandboxJSON is JSON.parse with the error that the sandbox's has for the body of a request without answer.
func sandboxJSON(t *testing.T, vm *goja.Runtime) func(text string) (goja.Value, error) {
	t.Helper()
	parse, ok := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("parse"))
	if !ok {
		t.Fatal("the engine has no JSON.parse")
	}
	return func(text string) (goja.Value, error) {
		if text != "undefined" {
			return parse(goja.Undefined(), vm.ToValue(text))
		}
		return vm.RunString(`(() => { const e = new Error('"undefined" is not valid JSON'); e.name = 'JSONError'; throw e })()`)
	}
}
