package lint_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/lint"
	"posthaste/lint/subject"
)

// FuzzCheck lints whatever is a collection: findings stand inside of the file, and fixes leave it JSON.
func FuzzCheck(f *testing.F) {
	files, err := filepath.Glob(casesDir + "/*/*/collection.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"id": "1", "name": "v1", "order": ["a"], "requests": [{"id": "a", "url": "{{x}}", "headers": "Accept : {{y}}\n", "tests": "pm.test('a')"}]}`))
	f.Add([]byte("\xFF\xFE{\x00}\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := collection.Parse("c.json", data, collection.Options{})
		if err != nil {
			return
		}
		found := lint.Check(c, nil, subject.Options{Source: func(string) ([]byte, error) { return data, nil }})
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, x := range found {
			if x.Pos.Line > lines || x.Pos.Line < 0 || x.Mark > len(x.Source)+1 || x.Mark-1+x.Length > len(x.Source)+1 {
				t.Errorf("%s at %d:%d of %d lines, mark %d+%d of %q", x.Rule, x.Pos.Line, x.Pos.Col, lines, x.Mark, x.Length, x.Source)
			}
		}
		var b bytes.Buffer
		if err := lint.WriteText(&b, found, lint.Style{Width: 40}); err != nil {
			t.Fatal(err)
		}
		out, made, err := subject.Apply("c.json", data, found)
		if err != nil {
			t.Fatal(err)
		}
		if made > 0 && !gjson.ValidBytes(bytes.TrimPrefix(out, []byte("\uFEFF"))) {
			t.Errorf("the fixed file is no JSON: %q", out)
		}
		lint.Dependencies(c, func(it *collection.Item) bool { return len(it.Name)%2 == 0 })
	})
}
