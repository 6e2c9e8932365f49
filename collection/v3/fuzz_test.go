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
	first := Write(c)
	again, err := ParseDir(mapFS(first.Files), ".", Options{NewID: func() string { return "" }})
	if err != nil {
		t.Fatalf("what was written does not read: %v", err)
	}
	second := Write(again)
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

// FuzzText writes a text as each kind of scalar and reads it back: what is UTF-8 must come back as it was.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", " ", "\n", "a\n", "a\n\n", "\na", " a\nb", "\ta\nb", "a\n \n", "a: b", "- a", "# a", "a #b", "yes", "007", "1.0", "0x10", "2026-01-01", "~", "null", "{{x}}", "<<", "!a", "&a", "*a",
		"|", ">", "%a", "@a", "`a", "\u2028", "a\u0085b", "\uFEFFa", "a\r\nb", "\x00", "'", "\"", "\\", "...", "---", "a\n---\nb", "a\n...\n", "é", "日本", "\U0001F600", "=", "?", "? a", "a:", ":", "a\n  b\n c",
		"{", "[", "}", ",", "1e3", ".inf", "+1", "-", "n", "Y", " \n a", "\n\n  a\n b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := strings.ToValidUTF8(s, "\uFFFD")
		m := yamlMap{{"k", yamlText(s)}, {"l", yamlList{yamlText(s), yamlMap{{"in", yamlText(s)}, {"after", yamlText("x")}}}}, {"end", yamlText(s)}}
		if len(s) < 200 { // a key of YAML may not be longer than 1024 bytes, escapes included
			m = append(m, yamlPair{"in " + s, yamlMap{{"x", yamlText(s)}}})
		}
		doc := m.document()
		file, err := parse("f", "f", doc)
		if err != nil {
			t.Fatalf("%v\n%s", err, doc)
		}
		list := file.root.get("l").elements()
		got := []string{file.root.get("k").text(), list[0].text(), list[1].get("in").text(), file.root.get("end").text()}
		if len(s) < 200 {
			got = append(got, file.root.get("in "+want).get("x").text())
		}
		for i, g := range got {
			if g != want {
				t.Errorf("%d: %q came back as %q from\n%s", i, s, g, doc)
			}
		}
	})
}
