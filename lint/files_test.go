package lint_test

import (
	"path/filepath"
	"strings"
	"testing"

	"posthaste/collection"
	"posthaste/lint"
	"posthaste/lint/subject"
)

// A file that is in the directory which a collection is meant to be started in is said where it is, and no error.
func TestAFileOfAnotherWorkingDirectory(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	data := []byte(`{"info": {"name": "f"}, "item": [{"name": "send", "request": {"method": "POST", "url": "http://x.test/a",
		"body": {"mode": "formdata", "formdata": [{"key": "sheet", "type": "file", "src": "data/sheet.csv"}]}}}]}`)
	c, err := collection.Parse(filepath.Join(top, "tests", "api", "c.json"), data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		there    string
		severity subject.Severity
		text     string
	}{
		"nowhere":                  {"", subject.Error, "which is not there"},
		"beside the collection":    {filepath.Join(top, "tests", "api", "data", "sheet.csv"), subject.Info, "but in " + filepath.Join(top, "tests", "api")},
		"in a directory above it":  {filepath.Join(top, "data", "sheet.csv"), subject.Info, "but in " + top},
		"in a directory beside it": {filepath.Join(top, "other", "data", "sheet.csv"), subject.Error, "which is not there"},
	}
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opt := subject.Options{Rules: []string{"missing-file"}, Exists: func(file string) bool { return file == tt.there }}
			found := lint.Check(c, nil, opt)
			if len(found) != 1 || found[0].Severity != tt.severity || !strings.HasSuffix(found[0].Text, tt.text) {
				t.Errorf("got %+v, want one %s that ends with %q", found, tt.severity, tt.text)
			}
		})
	}
}
