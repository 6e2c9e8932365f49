package lint_test

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/internal/openapi"
	"posthaste/internal/openapi/contract"
	"posthaste/lint"
	"posthaste/lint/subject"
)

var update = flag.Bool("update", false, "write the golden files")

const casesDir = "../testdata/lint"

// A folder is one of testdata/lint: a collection, and an environment where there is one.
type folder struct {
	dir string
	c   *collection.Collection
	env []*collection.Environment
	opt subject.Options
}

func readFolder(t *testing.T, dir string) folder {
	t.Helper()
	f := folder{dir: dir}
	f.opt.Source = func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) }
	f.opt.Exists = func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil && !filepath.IsAbs(name)
	}
	f.read(t, func(name string) ([]byte, error) { return f.opt.Source(name) })
	if _, err := os.Stat(filepath.Join(dir, "api.yaml")); err == nil {
		doc, err := openapi.Load("api.yaml", openapi.Options{Read: f.opt.Source})
		if err != nil {
			t.Fatal(err)
		}
		f.opt.API = contract.New([]*openapi.Document{doc}, contract.Options{Unknown: contract.Unsent})
	}
	return f
}

func (f *folder) read(t *testing.T, source func(string) ([]byte, error)) {
	t.Helper()
	data, err := source("collection.json")
	if errors.Is(err, fs.ErrNotExist) {
		f.opt.Notes = nil
		f.c, err = v3.ParseDir(os.DirFS(f.dir), "c", v3.Options{Warn: func(w v3.Warning) {
			f.opt.Notes = append(f.opt.Notes, subject.Note{Code: w.Code, File: w.File, Pos: w.Pos, Text: w.Text, Hint: w.Hint})
		}})
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if f.c, err = collection.Parse("collection.json", data, collection.Options{}); err != nil {
		t.Fatal(err)
	}
	f.env = nil
	if data, err := source("environment.json"); err == nil {
		env, err := collection.ParseEnvironment("environment.json", data, collection.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f.env = append(f.env, env)
	}
}

func (f *folder) check() []subject.Finding { return lint.Check(f.c, f.env, f.opt) }

func TestEveryRuleHasAFolder(t *testing.T) {
	var want []string
	for _, r := range lint.Rules() {
		want = append(want, r.ID)
	}
	slices.Sort(want)
	entries, err := os.ReadDir(casesDir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("folders of testdata/lint (-) and rules (+):\n%s", diff)
	}
}

func TestBadCollectionsAreFound(t *testing.T) {
	for _, r := range lint.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			f := readFolder(t, filepath.Join(casesDir, r.ID, "bad"))
			found := f.check()
			if !slices.ContainsFunc(found, func(x subject.Finding) bool { return x.Rule == r.ID && x.Severity == r.Severity }) {
				t.Errorf("the rule finds nothing of its severity")
			}
			for _, x := range found {
				checkPlace(t, f, x)
			}
			var b bytes.Buffer
			if err := lint.WriteText(&b, found, lint.Style{}); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.String()) {
				if len(strings.TrimSuffix(line, "\n")) > 80 && !strings.Contains(line, "…") {
					t.Errorf("wider than 80 columns: %s", line)
				}
			}
			golden(t, filepath.Join(f.dir, "findings.txt"), b.Bytes())
		})
	}
}

// checkPlace looks up what a finding points at.
func checkPlace(t *testing.T, f folder, x subject.Finding) {
	t.Helper()
	if x.Pos.Line == 0 {
		if x.File == "" {
			t.Errorf("%s: neither file nor place", x.Text)
		}
		return
	}
	data, err := f.opt.Source(x.File)
	if err != nil {
		t.Errorf("%s: %v", x.Text, err)
		return
	}
	lines := strings.Split(string(data), "\n")
	if x.Pos.Line > len(lines) || x.Pos.Col < 1 || x.Pos.Col > len(lines[x.Pos.Line-1])+1 {
		t.Errorf("%s: the file has no %d:%d", x.Text, x.Pos.Line, x.Pos.Col)
	}
}

func TestGoodCollectionsAreLeftAlone(t *testing.T) {
	for _, r := range lint.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			f := readFolder(t, filepath.Join(casesDir, r.ID, "good"))
			var b bytes.Buffer
			if found := f.check(); len(found) > 0 {
				_ = lint.WriteText(&b, found, lint.Style{})
				t.Errorf("got findings:\n%s", b.String())
			}
		})
	}
}

// Fixes repair what they say they repair and nothing else: once made, the rule has no finding with a fix, the model is
// the same but for what was repaired, and the golden file shows the text.
func TestFixes(t *testing.T) {
	for _, r := range lint.Rules() {
		if !r.Fixes {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			f := readFolder(t, filepath.Join(casesDir, r.ID, "bad"))
			found := f.check()
			fixed := map[string][]byte{}
			for _, name := range []string{"collection.json", "environment.json"} {
				data, err := f.opt.Source(name)
				if err != nil {
					continue
				}
				out, made, err := subject.Apply(name, data, found)
				if err != nil {
					t.Fatal(err)
				}
				fixed[name] = out
				if made > 0 {
					golden(t, filepath.Join(f.dir, "fixed-"+name), out)
				}
			}
			f.opt.Source = func(name string) ([]byte, error) {
				if data, ok := fixed[name]; ok {
					return data, nil
				}
				return nil, fs.ErrNotExist
			}
			f.read(t, f.opt.Source)
			for _, x := range f.check() {
				if x.Fix != nil {
					t.Errorf("still to be repaired: %s", x.Text)
				}
			}
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), strings.ReplaceAll(string(want), "\r\n", "\n")); diff != "" {
		t.Errorf("%s: got (-), want (+):\n%s", name, diff)
	}
}
