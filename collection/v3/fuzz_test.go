package v3

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"posthaste/collection"
	"posthaste/collection/v3/write"
)

// seedFiles adds every YAML file of the fixtures.
func seedFiles(f *testing.F) {
	f.Helper()
	archives, err := filepath.Glob("testdata/rows/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".yaml") || strings.HasSuffix(file.Name, ".yml") {
				f.Add(file.Data)
			}
		}
	}
	for _, s := range []string{
		"a: &a [*a]\n", "a: &a {b: 1}\nc: *a\n", "a: &a [x,x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b]\n", "{a: b: c}\n", "a:\n\t- b\n", "url: {{x}}/y\n", "u: {{x}}\n",
		"$kind: http-request\nurl: x\nbody:\n  type: json\n  content: |2-\n      {}\n    x\n", "\xff\xfe\x00", "a: !!binary x\n", "? [a]\n: b\n", "--- a\n--- b\n", "%YAML 1.3\n---\na: 1\n", "<<: {a: 1}\n",
	} {
		f.Add([]byte(s))
	}
}

// FuzzParseDir puts one text wherever the reader reads one: it must end, without a panic, with a collection or
// an error that has a place; and what is a collection must be one that can be written and read again.
func FuzzParseDir(f *testing.F) {
	seedFiles(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &fstest.MapFile{Data: data}
		for _, name := range []string{"a.request.yaml", ".resources/definition.yaml", "f/.resources/definition.yaml", ".resources/a.resources/examples/1.example.yaml"} {
			fsys := fstest.MapFS{name: file}
			if name != "a.request.yaml" {
				fsys["a.request.yaml"] = &fstest.MapFile{Data: []byte("$kind: http-request\nurl: x\n")}
			}
			c, err := ParseDir(fsys, ".", Options{NewID: func() string { return "" }})
			if err != nil {
				var p *collection.ParseError
				if !errors.As(err, &p) {
					t.Fatalf("no ParseError: %v", err)
				}
				continue
			}
			checkWritten(t, c)
		}
		if _, err := ParseEnvironment("e", data, Options{}); err != nil {
			var p *collection.ParseError
			if !errors.As(err, &p) {
				t.Fatalf("no ParseError: %v", err)
			}
		}
	})
}

// checkWritten writes the collection and reads that: written again, it must be the same files.
func checkWritten(t *testing.T, c *collection.Collection) {
	t.Helper()
	first := write.Collection(c)
	again, err := ParseDir(mapFS(first.Files), ".", Options{NewID: func() string { return "" }})
	if err != nil {
		t.Fatalf("what was written does not read: %v", err)
	}
	second := write.Collection(again)
	if d := cmp.Diff(texts(second.Files), texts(first.Files)); d != "" {
		t.Fatalf("written again it differs, got -, want +:\n%s", d)
	}
}

func mapFS(files map[string][]byte) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

func texts(files map[string][]byte) map[string]string {
	m := map[string]string{}
	for name, data := range files {
		m[name] = string(data)
	}
	return m
}
