package convert

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"posthaste/collection"
)

var update = flag.Bool("update", false, "write the golden files")

// Each file of testdata is converted to 3.0; the golden file is the directory, with the losses before it.
func TestTo3Golden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Run(Source{Name: filepath.Base(file), Data: data}, "3.0")
			if err != nil {
				t.Fatal(err)
			}
			a := &txtar.Archive{}
			for _, l := range r.Losses {
				a.Comment = fmt.Appendf(a.Comment, "%s: %s\n", l.Path, l.What)
			}
			for _, name := range slices.Sorted(maps.Keys(r.Files)) {
				a.Files = append(a.Files, txtar.File{Name: name, Data: r.Files[name]})
			}
			compareGolden(t, strings.TrimSuffix(file, ".json")+".txtar", string(txtar.Format(a)))
		})
	}
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, string(want)); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
}

func TestEverythingThatFormat3CanSayComesBack(t *testing.T) {
	data, err := os.ReadFile("testdata/full.json")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Run(Source{Name: "full.json", Data: data}, "3.0")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Losses) > 0 {
		t.Errorf("losses %v", r.Losses)
	}
	back, err := Run(Source{Name: "full", FS: tree(r.Files), Dir: "."}, "2.1")
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Losses) > 0 {
		t.Errorf("losses on the way back %v", back.Losses)
	}
	if d := differences(read(t, "full.json", data), read(t, "back", back.Document), func(*collection.Item, string) bool { return false }); len(d) > 0 {
		t.Errorf("it came back differently: %v", d)
	}
	was, is := read(t, "full.json", data).Requests(), read(t, "back", back.Document).Requests()
	for i, it := range was {
		if it.Request.Body != nil && it.Request.Body.Mode == "graphql" {
			continue // sent's document tells an absent operation name from none
		}
		if d := cmp.Diff(sent(is[i]), sent(it)); d != "" {
			t.Errorf("request %q came back differently, got -, want +:\n%s", it.Name, d)
		}
	}
}

// The comparison that finds losses nobody thought of must find one in every field.
func TestDifferencesSeesEveryField(t *testing.T) {
	data, err := os.ReadFile("testdata/full.json")
	if err != nil {
		t.Fatal(err)
	}
	request := func(c *collection.Collection, name string) *collection.Item {
		for _, it := range c.Requests() {
			if it.Name == name {
				return it
			}
		}
		t.Fatalf("no request %q", name)
		return nil
	}
	tests := map[string]func(c *collection.Collection){
		"name":            func(c *collection.Collection) { c.Name = "x" },
		"id":              func(c *collection.Collection) { c.ID = "x" },
		"description":     func(c *collection.Collection) { c.Description = "x" },
		"variable":        func(c *collection.Collection) { c.Variables[0].Value = collection.Text("x") },
		"variable's kind": func(c *collection.Collection) { c.Variables[1].Value = collection.NumberValue(7) },
		"auth":            func(c *collection.Collection) { c.Auth.Params[0].Value = collection.Text("x") },
		"script":          func(c *collection.Collection) { c.Events[0].Script.Source += " " },
		"packages":        func(c *collection.Collection) { c.Events[1].Script.Packages = nil },
		"order":           func(c *collection.Collection) { slices.Reverse(c.Items) },
		"item":            func(c *collection.Collection) { c.Items = c.Items[1:] },
		"folder's auth":   func(c *collection.Collection) { c.Items[0].Auth = nil },
		"folder's text":   func(c *collection.Collection) { c.Items[0].Description = "" },
		"folder's script": func(c *collection.Collection) { c.Items[0].Events = nil },
		"folder's id":     func(c *collection.Collection) { c.Items[0].HasID = false },
		"kind of item":    func(c *collection.Collection) { c.Items[0].Request = &collection.Request{} },
		"method":          func(c *collection.Collection) { request(c, "json").Request.Method = "GET" },
		"url":             func(c *collection.Collection) { request(c, "json").Request.URL.Path = nil },
		"query":           func(c *collection.Collection) { request(c, "Same").Request.URL.Query[1].Disabled = false },
		"path variable":   func(c *collection.Collection) { request(c, "Same").Request.URL.Variables = nil },
		"header":          func(c *collection.Collection) { request(c, "headers").Request.Header[1].Disabled = false },
		"request's text":  func(c *collection.Collection) { request(c, "headers").Request.Description = "" },
		"request's auth":  func(c *collection.Collection) { request(c, "headers").Request.Auth = nil },
		"raw body":        func(c *collection.Collection) { request(c, "xml").Request.Body.Raw = "<a>\n</a>" },
		"language":        func(c *collection.Collection) { request(c, "xml").Request.Body.Language = "html" },
		"urlencoded": func(c *collection.Collection) {
			request(c, "map").Request.Body.URLEncoded[0].Value = collection.NullValue()
		},
		"formdata": func(c *collection.Collection) { request(c, "formdata").Request.Body.FormData[2].SrcList = false },
		"file":     func(c *collection.Collection) { request(c, "file").Request.Body.File.Src = "x" },
		"graphql": func(c *collection.Collection) {
			request(c, "graphql").Request.Body.GraphQL.Variables = collection.Value{}
		},
		"request's script": func(c *collection.Collection) { request(c, "graphql").Events[0].Listen = "test" },
		"behavior":         func(c *collection.Collection) { delete(request(c, "get with body").Behavior, "strictSSL") },
		"examples":         func(c *collection.Collection) { request(c, "examples").Responses = nil },
	}
	none := func(*collection.Item, string) bool { return false }
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			before, after := read(t, "a", data), read(t, "a", data)
			change(after)
			if len(differences(before, after, none)) == 0 {
				t.Error("the difference was not seen")
			}
		})
	}
	if d := differences(read(t, "a", data), read(t, "a", data), none); len(d) > 0 {
		t.Errorf("a collection differs from itself: %v", d)
	}
}

func TestTo21ListsWhatItCannotSay(t *testing.T) {
	files := fstest.MapFS{
		".resources/definition.yaml": {Data: []byte("$kind: collection\nname: n\nauth:\n  - {type: basic}\n  - {type: noauth}\nscripts:\n  - {type: http:afterResponse, code: a()}\n  - {type: grpc:beforeInvoke, code: b()}\n")},
		"a.request.yaml":             {Data: []byte("$kind: http-request\nurl: x\n")},
		"g.request.yaml":             {Data: []byte("$kind: graphql-request\nurl: x\nquery: \"{ a }\"\n")},
		"w.request.yaml":             {Data: []byte("$kind: websocket-request\nurl: x\n")},
	}
	r, err := Run(Source{Name: "n", FS: files, Dir: "."}, "2.1")
	if err != nil {
		t.Fatal(err)
	}
	want := []Loss{
		{Path: "", What: "auth: 1 of 2 entries, as only the first is used"},
		{Path: "", What: "script of type grpc:beforeInvoke, which belongs to a kind of request that does not run"},
		{Path: "w", What: "the request, which is of kind websocket-request"},
		{Path: "", What: "test script: that it is for http requests only; it runs for 1 others as well"},
	}
	if d := cmp.Diff(r.Losses, want); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
}

func TestRunRefuses(t *testing.T) {
	part := fstest.MapFS{".resources/definition.yaml": {Data: []byte("$kind: collection\n")}, "f/a.request.yaml": {Data: []byte("$kind: http-request\n")}}
	tests := map[string]struct {
		in   Source
		to   string
		want string
	}{
		"a format that is invalid": {Source{Data: []byte(`{"item":[]}`)}, "2.0", "the formats are 3.0 and 2.1"},
		"a part of a collection":   {Source{Name: "f", FS: part, Dir: "f"}, "2.1", "a part of a collection"},
		"what is no collection":    {Source{Name: "x", Data: []byte(`[]`)}, "3.0", "a collection is an object"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := Run(test.in, test.to); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	r, err := Run(Source{Name: "c", Data: []byte(`{"info":{"name":"n"},"item":[{"name":"../../up","item":[{"name":"..","request":"x"}]}]}`)}, "3.0")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "in", "out")
	if err := r.Save(out); err != nil {
		t.Fatal(err)
	}
	var names []string
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(out, p)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"-.-..-up/--.request.yaml", "-.-..-up/.resources/definition.yaml", ".resources/definition.yaml"}
	slices.Sort(names)
	if d := cmp.Diff(names, want); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
	if err := r.Save(out); !errors.Is(err, fs.ErrExist) {
		t.Errorf("saving over it gives %v, want ErrExist", err)
	}
	source, err := Open("out", out)
	if err != nil {
		t.Fatal(err)
	}
	r, err = Run(source, "2.1")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "c.json")
	if err := r.Save(file); err != nil {
		t.Fatal(err)
	}
	if err := r.Save(file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("saving over it gives %v, want ErrExist", err)
	}
	source, err = Open("c.json", file)
	if err != nil {
		t.Fatal(err)
	}
	data := source.Data
	if it := read(t, "c.json", data).Requests()[0]; it.Name != ".." || it.Parent.Name != "../../up" {
		t.Errorf("the names came back as %q in %q", it.Name, it.Parent.Name)
	}
}

func TestTreeIsAFileSystem(t *testing.T) {
	files := map[string][]byte{"a/b/c.yaml": []byte("c"), "a/d.yaml": []byte("d"), "e.yaml": nil}
	if err := fstest.TestFS(tree(files), "a/b/c.yaml", "a/d.yaml", "e.yaml"); err != nil {
		t.Error(err)
	}
}
