package v3

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"posthaste/collection"
	"posthaste/collection/v3/write"
)

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const plain = "$kind: http-request\nurl: https://x.example/p\n"

// Names in the model and in errors are built on what the user typed, also above it.
func TestParsePathNames(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"api/.resources/definition.yaml": "$kind: collection\nname: Shop\nscripts:\n  - {type: http:afterResponse, code: a()}\n",
		"api/f/a.request.yaml":           plain, "api/f/b.request.yaml": plain + "body: {type: file, content: x.bin}\n", "api/f/x.bin": "x",
		"bad/a.request.yaml": "$kind: http-request\nurl: {{x}}\n",
	})
	slash := func(s string) string { return filepath.ToSlash(s) }
	tests := map[string]struct{ name, path, file, owner string }{
		"a collection":       {"api", "api", "api/f/a.request.yaml", "api/.resources/definition.yaml"},
		"a dot before it":    {"./api", "api", "api/f/a.request.yaml", "api/.resources/definition.yaml"},
		"a folder":           {"f", "api/f", "f/a.request.yaml", ".resources/definition.yaml"},
		"where the user is":  {".", "api/f", "a.request.yaml", "../.resources/definition.yaml"},
		"one request's file": {"f/a.request.yaml", "api/f/a.request.yaml", "f/a.request.yaml", ".resources/definition.yaml"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := ParsePath(test.name, filepath.Join(dir, filepath.FromSlash(test.path)), Options{Locate: true})
			if err != nil {
				t.Fatal(err)
			}
			it := c.Requests()[0]
			if got := slash(it.File); got != test.file {
				t.Errorf("the request's file is %s, want %s", got, test.file)
			}
			if got := slash(it.Scripts(c, "test")[0].Script.File); got != test.owner {
				t.Errorf("the script's file is %s, want %s", got, test.owner)
			}
			want := strings.TrimSuffix(test.file, "a.request.yaml") + "x.bin"
			if got := slash(c.Requests()[1].Request.Body.File.Src); got != want {
				t.Errorf("the body's file is %s, want %s", got, want)
			}
		})
	}
	_, err := ParsePath("bad", filepath.Join(dir, "bad"), Options{})
	if err == nil || !strings.HasPrefix(slash(err.Error()), "bad/a.request.yaml:2:6: ") {
		t.Errorf("the error is %v", err)
	}
}

func TestSymbolicLinksAreNotFollowed(t *testing.T) {
	dir := writeFiles(t, map[string]string{"api/a.request.yaml": plain, "secret/b.request.yaml": plain, "api/f/c.request.yaml": plain})
	for link, to := range map[string]string{"api/loop": "..", "api/outside": "../secret", "api/l.request.yaml": "../secret/b.request.yaml"} {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Skip("skipped: no symbolic links here: ", err)
		}
	}
	var codes []string
	c, err := ParsePath("api", filepath.Join(dir, "api"), Options{Warn: func(w Warning) { codes = append(codes, w.Code) }})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(c.Requests()); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
	if want := []string{"symlink", "symlink", "symlink"}; !slices.Equal(codes, want) || len(c.Notices) != 3 {
		t.Errorf("warnings %v, want %v", codes, want)
	}
}

// Links to what a request reads beside itself are not followed either.
func TestLinkedPartsAreRefused(t *testing.T) {
	tests := map[string]struct {
		link, to, request string
		want              string // in the error, or in a notice
	}{
		"a script":                {"api/t.js", "../secret", "scripts:\n  - {type: afterResponse, src: ./t.js}\n", "api/a.request.yaml:4:32: src \"./t.js\" is a symbolic link"},
		"a folder of scripts":     {"api/lib", "../secrets", "scripts:\n  - {type: afterResponse, src: ./lib/t.js}\n", "lies behind one"},
		"a definition":            {"api/.resources", "../secrets", "", "api/.resources/definition.yaml: a symbolic link is not followed"},
		"a scripts directory":     {"api/.resources/a.resources/scripts", "../../../secrets", "", "api/.resources/a.resources/scripts: a symbolic link is not followed"},
		"a directory of examples": {"api/.resources/a.resources/examples", "../../../secrets", "", "api/.resources/a.resources/examples: a symbolic link is not followed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := writeFiles(t, map[string]string{"api/a.request.yaml": plain + test.request, "secret": "x()", "secrets/t.js": "x()", "secrets/definition.yaml": "$kind: collection\n"})
			link := filepath.Join(dir, filepath.FromSlash(test.link))
			if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(filepath.FromSlash(test.to), link); err != nil {
				t.Skip("skipped: no symbolic links here: ", err)
			}
			c, err := ParsePath("api", filepath.Join(dir, "api"), Options{})
			said := fmt.Sprint(err)
			if err == nil {
				said = strings.Join(c.Notices, "\n")
				for _, it := range c.Requests() {
					if len(it.Scripts(c, "test")) > 0 {
						t.Error("a script behind a link was read")
					}
				}
			}
			if !strings.Contains(filepath.ToSlash(said), test.want) {
				t.Errorf("got %q, want %q", said, test.want)
			}
		})
	}
}

func TestBounds(t *testing.T) {
	deep := fstest.MapFS{strings.Repeat("f/", maxFolders+2) + "a.request.yaml": &fstest.MapFile{Data: []byte(plain)}}
	large := fstest.MapFS{"a.request.yaml": &fstest.MapFile{Data: []byte(plain + "description: " + strings.Repeat("x", maxFile))}}
	lists := fstest.MapFS{"a.request.yaml": &fstest.MapFile{Data: []byte(strings.Repeat("[", 1<<20))}}
	folder := fstest.MapFS{"a.request.yaml/b": &fstest.MapFile{}, "b.request.yaml": &fstest.MapFile{Data: []byte(plain)}}
	tests := map[string]struct {
		fsys fstest.MapFS
		want string // of the error; "" for none
	}{
		"folders without end":                   {deep, "nest deeper than 64 levels"},
		"a file that is too large":              {large, "larger than 16 MB"},
		"brackets without end":                  {lists, "exceeded max depth"},
		"a folder that is called like requests": {folder, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := ParseDir(test.fsys, ".", Options{})
			var p *collection.ParseError
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (!errors.As(err, &p) || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

// Items of one name get files of their own, and come back in order with their names.
func TestWriteKeepsNamesApart(t *testing.T) {
	names := []string{"a", "A", "a 2", "a/b", "a:b", "a", "..", "", "x.request.yaml"}
	c := &collection.Collection{ID: "c", Name: "n"}
	for _, name := range names {
		c.Items = append(c.Items, &collection.Item{Name: name, Request: &collection.Request{Method: "GET"}}, &collection.Item{Name: name})
	}
	w := write.Collection(c)
	seen := map[string]string{}
	for file := range w.Files {
		lower := strings.ToLower(file)
		if other, twice := seen[lower]; twice {
			t.Errorf("%s and %s are one file on some systems", file, other)
		}
		seen[lower] = file
		if strings.HasPrefix(file, "/") || slices.Contains(strings.Split(file, "/"), "..") {
			t.Errorf("%s leads out of the directory", file)
		}
	}
	again, err := ParseDir(mapFS(w.Files), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Items) != len(c.Items) {
		t.Fatalf("%d items, want %d", len(again.Items), len(c.Items))
	}
	for i, it := range again.Items {
		if want := c.Items[i].Name; it.Name != want || it.IsFolder() != c.Items[i].IsFolder() {
			t.Errorf("item %d is %q, want %q", i, it.Name, want)
		}
	}
	if len(w.Losses) != 0 { // an empty name is one
		t.Errorf("losses %v", w.Losses)
	}
}

func TestWorkspaceOfManyShapes(t *testing.T) {
	request := &fstest.MapFile{Data: []byte(plain)}
	tests := map[string]struct {
		fsys fstest.MapFS
		dir  string
		want string // the error's beginning, "" is a collection
	}{
		"a repository's root":                       {fstest.MapFS{"postman/collections/a/r.request.yaml": request}, ".", ".: the workspace holds one"},
		"an empty workspace":                        {fstest.MapFS{"postman/collections/readme": request}, "postman", "postman: the workspace holds no"},
		"a postman directory by its environments":   {fstest.MapFS{"p/collections/a/r.request.yaml": request, "p/environments/e": request}, "p", "p: the workspace holds one"},
		"a folder called collections":               {fstest.MapFS{"api/collections/r.request.yaml": request, "api/x.request.yaml": request}, "api/collections", ""},
		"a collection with a folder of that name":   {fstest.MapFS{"api/collections/r.request.yaml": request, "api/x.request.yaml": request}, "api", ""},
		"a folder's folder without any definitions": {fstest.MapFS{"postman/collections/a/f/g/r.request.yaml": request}, "postman/collections/a/f/g", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := ParseDir(test.fsys, test.dir, Options{})
			if test.want == "" && err == nil && len(c.Requests()) > 0 {
				return
			}
			if test.want == "" || err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v, want %q", fmt.Sprint(err), test.want)
			}
		})
	}
}

func TestManyWarnings(t *testing.T) {
	fsys := fstest.MapFS{"z.request.yaml": {Data: []byte("type: http\nurl: x\n")}}
	for i := range 70 {
		fsys[fmt.Sprintf("r%d.request.yaml", i)] = &fstest.MapFile{Data: []byte(plain + "hedaers: {A: b}\n")}
	}
	heard := 0
	c, err := ParseDir(fsys, ".", Options{Warn: func(Warning) { heard++ }})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(c.Notices); n != maxNotices+2 || c.Notices[maxNotices] != "There are 20 more such warnings." || heard != 71 {
		t.Errorf("%d notices, %d warnings heard: %v", n, heard, c.Notices[min(n, maxNotices):])
	}
}

func BenchmarkParseDir(b *testing.B) {
	fsys := fstest.MapFS{".resources/definition.yaml": {Data: []byte("$kind: collection\nname: n\n")}}
	for i := range 500 {
		fsys[fmt.Sprintf("f%d/r%d.request.yaml", i%20, i)] = &fstest.MapFile{Data: []byte(plain + "headers:\n  A: b\n  C: \"{{d}}\"\nscripts:\n  - type: afterResponse\n    code: |-\n" + strings.Repeat("      pm.test('a', () => pm.response.to.have.status(200));\n", 20))}
	}
	dir := b.TempDir()
	if err := os.CopyFS(dir, fsys); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ParsePath("c", dir, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
