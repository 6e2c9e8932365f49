package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// files are a directory with collections of two formats and what stands beside them.
func files(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"shop.postman_collection.json": `{"info": {"name": "s"}, "event": [{"script": {"exec": ["", " "]}}], "item": [
			{"name": "a", "request": "http://x.test", "event": [{"script": {"exec": ["pm.test('a', () => {})"]}}, {"script": {"exec": ""}}]},
			{"name": "f", "item": [{"name": "b", "request": {"url": "http://x.test"}, "event": [{"script": {"exec": "console.log(1)"}}]}]}]}`,
		"shop.postman_environment.json": `{"name": "e", "values": []}`,
		"old/first.json":                `{"id": "1", "name": "o", "order": [], "requests": [{"url": "http://x.test", "tests": "tests.a = true", "preRequestScript": ""}]}`,
		"old/answer.json":               `{"item": [1]}`,
		"notes.txt":                     `{"info": {}, "item": []}`,
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCollectionsOfADirectory(t *testing.T) {
	list, err := collections(files(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 {
		t.Fatalf("got %d collections, want 2: %+v", len(list), list)
	}
	if got := list[0]; got.name != "old/first" || got.requests != 1 || got.scripts != 1 || got.environment != "" {
		t.Errorf("the old format: %+v", got)
	}
	if got := list[1]; got.name != "shop" || got.requests != 2 || got.scripts != 2 || filepath.Base(got.environment) != "shop.postman_environment.json" {
		t.Errorf("the new format: %+v", got)
	}
}

func TestTableSaysWhatDiffers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "summary.json")
	summary := `{"cases": [
		{"id": "corpus/equal", "result": "pass", "scores": {"url": {"ok": 3, "total": 3}}},
		{"id": "corpus/header", "result": "fail", "scores": {"url": {"ok": 3, "total": 3}, "headers": {"ok": 5, "total": 6}, "order": {"ok": 0, "total": 1}}},
		{"id": "corpus/shaky", "result": "unstable", "reason": "two runs | of newman differ"}]}`
	if err := os.WriteFile(file, []byte(summary), 0o600); err != nil {
		t.Fatal(err)
	}
	results, err := readSummary(file)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if table(&b, []source{{name: "equal", requests: 3, scripts: 2}, {name: "header", requests: 6}, {name: "shaky"}, {name: "lost"}}, results) {
		t.Error("it says that all are equal")
	}
	want := `| collection | requests | scripts | differences |
| --- | --- | --- | --- |
| equal | 3 | 2 | none |
| header | 6 | 0 | headers 1 of 6 |
| shaky | 0 | 0 | unstable: two runs \| of newman differ |
| lost | 0 | 0 | was not run |

4 collections, 1 equal in everything.
headers differs in 1: header
not run differs in 1: lost
unstable differs in 1: shaky
`
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

func TestADirectoryWithoutCollections(t *testing.T) {
	if _, err := compare(&strings.Builder{}, "parity", "", t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "has no collection") {
		t.Errorf("got %v", err)
	}
}
