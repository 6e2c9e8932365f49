package collection

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
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
		cmpopts.IgnoreFields(Collection{}, "ID", "Schema", "Notices", "Name"),
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

func FuzzData(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "a;b\r\n\"x\"\"y\";z\r\n", "\"a\nb\"\t c\n1\t2", "[{\"a\":1},2]", "{\"a\":1}\n{\"a\":2}\n", "a\r1\r", "\xff\xfea\x00\n\x00", "a,\"b\n", "[id],b\n1,2",
		"a\n1e3\n0x1\n.5\n-0\n+7\n", "\xef\xbb\xbfa\n\xf8\n", ",\n,,,\n\n\n",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, compat bool) {
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		d, err := ParseData("fuzz.csv", strings.NewReader(text), DataOptions{Compat: compat, Open: open})
		if err != nil {
			return
		}
		want, known := d.Count()
		if !known {
			t.Fatal("count is not known in spite of Open")
		}
		n := 0
		for {
			row, ok, err := d.Next()
			if err != nil {
				t.Fatalf("the scan found no error, reading did: %v", err)
			}
			if !ok {
				break
			}
			n++
			for _, f := range row {
				if f.Value.Kind() == Number && !compat && !strings.Contains(text, f.Value.String()) && !strings.ContainsAny(text, "[{\x00") {
					t.Errorf("number %s is not in the file", f.Value)
				}
			}
		}
		if n != want {
			t.Errorf("%d rows, counted %d", n, want)
		}
	})
}
