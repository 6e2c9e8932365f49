package convert

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzRoundTrip converts whatever the reader of formats 1 and 2 accepts to 3.0. What that cannot say is listed;
// the rest must come back: from 3.0 to 2.1 and to 3.0 again nothing more is lost, and the files are the same.
func FuzzRoundTrip(f *testing.F) {
	for _, pattern := range []string{"../collection/testdata/ok/*.json", "testdata/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
			var c struct{ Item []json.RawMessage }
			if json.Unmarshal(data, &c) == nil && len(c.Item) > 1 { // small ones are changed to better effect
				for _, item := range c.Item {
					f.Add([]byte(`{"info":{"name":"n"},"item":[` + string(item) + `]}`))
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		there, err := Run(Source{Name: "fuzz", Data: data}, "3.0")
		if err != nil {
			if there.Requests > 0 {
				t.Fatalf("it was read, and not converted: %v", err)
			}
			return
		}
		back, err := Run(Source{Name: "fuzz", FS: tree(there.Files), Dir: "."}, "2.1")
		if err != nil {
			t.Fatalf("what was written does not convert back: %v", err)
		}
		for _, l := range back.Losses {
			t.Errorf("lost on the way back: %q: %s", l.Path, l.What)
		}
		again, err := Run(Source{Name: "fuzz", Data: back.Document}, "3.0")
		if err != nil {
			t.Fatalf("what came back does not convert again: %v\n%s", err, back.Document)
		}
		if d := cmp.Diff(texts(again.Files), texts(there.Files)); d != "" {
			t.Errorf("converted again it differs, got -, want +:\n%s", d)
		}
	})
}

func texts(files map[string][]byte) map[string]string {
	m := map[string]string{}
	for name, data := range files {
		m[name] = string(data)
	}
	return m
}
