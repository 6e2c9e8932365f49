package collection

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func seed(f *testing.F, patterns ...string) {
	f.Helper()
	for _, p := range patterns {
		files, err := filepath.Glob(p)
		if err != nil || len(files) == 0 {
			f.Fatal(p, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
}

// sameRun compares what a run sees of two collections: not places, ids that were made up, or what only
// exports keep.
func sameRun() cmp.Options {
	return cmp.Options{
		compareValues(),
		cmpopts.EquateEmpty(),
		cmpopts.IgnoreUnexported(Collection{}),
		cmpopts.IgnoreFields(Collection{}, "ID", "Schema", "Notices", "Name", "Foreign"),
		cmpopts.IgnoreFields(Item{}, "Pos", "Parent", "HasID", "Extra", "Responses", "Variables"),
		cmpopts.IgnoreFields(Script{}, "Lines"),
		cmpopts.IgnoreFields(Request{}, "Extra"),
		cmpopts.IgnoreFields(Header{}, "Extra"),
		cmpopts.IgnoreFields(Body{}, "Extra", "Options"),
		cmpopts.IgnoreFields(Param{}, "Extra"),
		cmpopts.IgnoreFields(FormParam{}, "Extra", "Value"),
		cmpopts.IgnoreFields(URL{}, "Extra", "Raw", "HasQuery", "HasProtocol"),
		cmpopts.IgnoreFields(QueryParam{}, "Extra"),
		cmpopts.IgnoreFields(PathVariable{}, "Extra", "Type", "Value"), // what their types make of them is written
		cmpopts.IgnoreFields(AuthParam{}, "Type", "Value"),
		cmpopts.IgnoreFields(Variable{}, "Extra", "Type", "Value", "EnabledFalse", "HasEnabled"),
	}
}

func FuzzParse(f *testing.F) {
	seed(f, "testdata/ok/*.json", "testdata/err/*.json")
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("fuzz", data, Options{NewID: func() string { return "id" }})
		if err != nil {
			var p *ParseError
			if !errors.As(err, &p) {
				t.Fatalf("no ParseError: %v", err)
			}
			return
		}
		for _, it := range c.Requests() {
			_ = it.EffectiveAuth(c)
			_ = it.EffectiveBehavior(c)
			_ = it.Scripts(c, "test")
			_ = it.Request.URL.Resolved()
		}
		doc := c.Document()
		again, err := Parse("fuzz", doc, Options{NewID: func() string { return "id" }})
		if err != nil {
			t.Fatalf("its document does not read back: %v\n%s", err, doc)
		}
		if d := cmp.Diff(c, again, sameRun()); d != "" {
			t.Fatalf("reads back differently:\n%s\n%s", d, doc)
		}
		if _, err := Parse("fuzz", c.Export(ExportOptions{}), Options{}); err != nil {
			t.Fatalf("its export does not read back: %v", err)
		}
	})
}

func FuzzParseEnvironment(f *testing.F) {
	seed(f, "testdata/ok/env*.json", "testdata/err/env*.json")
	f.Fuzz(func(t *testing.T, data []byte) {
		env, err := ParseEnvironment("fuzz", data, Options{NewID: func() string { return "id" }})
		if err != nil {
			var p *ParseError
			if !errors.As(err, &p) {
				t.Fatalf("no ParseError: %v", err)
			}
			return
		}
		export := env.Export(ExportOptions{})
		again, err := ParseEnvironment("fuzz", export, Options{})
		if err != nil {
			t.Fatalf("its export does not read back: %v\n%s", err, export)
		}
		if len(env.Values) != len(again.Values) {
			t.Fatalf("%d variables read back as %d", len(env.Values), len(again.Values))
		}
		for i := range env.Values { // exports always say enabled, and write no undefined
			env.Values[i].HasEnabled, again.Values[i].HasEnabled = true, true
			if env.Values[i].Value.Kind() == Undefined {
				env.Values[i].Value = Text("")
			}
			if env.Values[i].Disabled && !env.Values[i].EnabledFalse {
				again.Values[i].EnabledFalse = false
			}
		}
		if d := cmp.Diff(append([]Variable{}, env.Values...), append([]Variable{}, again.Values...), compareValues(), cmp.Comparer(sameJSON)); d != "" {
			t.Fatalf("reads back differently:\n%s\n%s", d, export)
		}
		if _, err := ParseEnvironment("fuzz", env.Export(ExportOptions{Compat: true}), Options{}); err != nil {
			t.Fatal(err)
		}
	})
}

func sameJSON(a, b []byte) bool {
	return bytes.Equal(a, b) || len(a) > 0 && len(b) > 0 && compact(string(a)) == compact(string(b))
}
