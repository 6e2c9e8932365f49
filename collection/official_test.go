package collection

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOfficialFiles reads every file that Vipps published and counts what it holds.
func TestOfficialFiles(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "vipps", "official")
	if _, err := os.Stat(root); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := filepath.Base(path)
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".json") {
			return err
		}
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(name, "enviro") {
				checkEnvironment(t, name, data)
				return
			}
			c, err := Parse(name, data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range c.Requests() {
				if it.Request.URL.String() == "" {
					t.Errorf("%s has no URL", it.Name)
				}
			}
			var doc any
			if err := json.Unmarshal(data, &doc); err != nil {
				t.Fatal(err)
			}
			if top := doc.(map[string]any); top["info"] != nil { // of format 2, nothing may be lost
				var back any
				if err := json.Unmarshal(c.Export(ExportOptions{}), &back); err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(back, doc); d != "" {
					t.Errorf("the export differs from the file: %s", d)
				}
			}
			if got, want := len(c.Requests()), countRequests(doc); got != want || got == 0 {
				t.Errorf("%d requests, want %d", got, want)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// countRequests counts in the JSON itself: objects that have a request, or format 1's list.
func countRequests(v any) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			n += countRequests(e)
		}
	case map[string]any:
		if list, ok := v["requests"].([]any); ok {
			return len(list)
		}
		if _, ok := v["request"]; ok {
			return 1
		}
		n = countRequests(v["item"])
	}
	return n
}

func checkEnvironment(t *testing.T, name string, data []byte) {
	t.Helper()
	env, err := ParseEnvironment(name, data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Name   string
		Values []struct {
			Key   string
			Value any
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	var file, back map[string]any
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(env.Export(ExportOptions{}), &back); err != nil {
		t.Fatal(err)
	}
	for key := range file {
		if _, ok := back[key]; !ok && !isExportKey(key) {
			t.Errorf("the export lacks %s", key)
		}
	}
	if d := cmp.Diff(back["values"], file["values"]); d != "" {
		t.Errorf("the exported variables differ from the file: %s", d)
	}
	if env.Name != doc.Name || len(env.Values) != len(doc.Values) || len(env.Values) == 0 {
		t.Fatalf("%q with %d variables, want %q with %d", env.Name, len(env.Values), doc.Name, len(doc.Values))
	}
	for i, v := range env.Values {
		want, err := json.Marshal(doc.Values[i].Value)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		json.HTMLEscape(&got, []byte(v.Value.JSONText()))
		if v.Key != doc.Values[i].Key || got.String() != string(want) {
			t.Errorf("variable %d is %s=%s, want %s=%s", i, v.Key, &got, doc.Values[i].Key, want)
		}
	}
}
