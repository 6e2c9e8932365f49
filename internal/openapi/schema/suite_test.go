package schema_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
	"posthaste/internal/openapi/schema"
)

// suiteVariable names the folder of the JSON Schema Test Suite, with folders such as draft2020-12, or tests/draft2020-12,
// and remotes.
const suiteVariable = "JSON_SCHEMA_TEST_SUITE"

// skippedFiles are files of the suite about what a file of an API has no use for.
var skippedFiles = map[string]string{
	"vocabulary.json": "meta-schemas of one's own",
}

// TestSuite holds the validator against the JSON Schema Test Suite, and prints the figures by keyword with -v.
func TestSuite(t *testing.T) {
	root := os.Getenv(suiteVariable)
	if root == "" {
		if os.Getenv("REQUIRE_"+suiteVariable) != "" {
			t.Fatalf("%s names no folder", suiteVariable)
		}
		t.Skipf("skipped: %s names no folder with the JSON Schema Test Suite", suiteVariable)
	}
	drafts := map[string]schema.Dialect{
		"draft4": schema.Draft4, "draft6": schema.Draft6, "draft7": schema.Draft7, "draft2019-09": schema.Draft2019, "draft2020-12": schema.Draft2020,
	}
	ran := 0
	for name, dialect := range drafts {
		files, err := filepath.Glob(filepath.Join(root, name, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			files, _ = filepath.Glob(filepath.Join(root, "tests", name, "*.json"))
		}
		for _, file := range files {
			ran++
			t.Run(name+"/"+filepath.Base(file), func(t *testing.T) { runSuiteFile(t, root, file, dialect) })
		}
	}
	if ran == 0 {
		t.Fatalf("%s has no drafts that are known", root)
	}
}

// wanted are the tests whose verdict is another on purpose, with the reason.
var wanted = map[string]string{
	"remote ref, containing refs itself":     "a reference to the meta-schema, which is not here",
	"validate definition against metaschema": "a reference to the meta-schema, which is not here",
}

func runSuiteFile(t *testing.T, root, file string, dialect schema.Dialect) {
	t.Helper()
	if why := skippedFiles[filepath.Base(file)]; why != "" {
		t.Skip("skipped: " + why)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, err := node.ParseJSON(string(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	total, failed := 0, 0
	for _, group := range list.Items {
		s, err := compileAlone(root, group.Get("schema"), dialect)
		for _, test := range group.List("tests") {
			total++
			name := group.Str("description") + ": " + test.Str("description")
			if wanted[group.Str("description")] != "" {
				continue
			}
			if err != nil {
				failed++
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := s.Validate(test.Get("data"), schema.Options{Trace: true}); (len(got.Failures) == 0) != test.True("valid") {
				failed++
				t.Errorf("%s: %s: got %v, want valid %s", name, test.Get("data").Short(), got.Failures, test.Str("valid"))
			}
		}
	}
	t.Logf("%d of %d", total-failed, total)
}

// compileAlone compiles a schema that stands in a file of its own.
func compileAlone(root string, s *node.Node, d schema.Dialect) (*schema.Schema, error) {
	set := &reference.Set{Remote: true, Read: func(name string) ([]byte, error) {
		path, ok := strings.CutPrefix(name, "http://localhost:1234/")
		if !ok {
			return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
		}
		return os.ReadFile(filepath.Join(root, "remotes", path))
	}}
	f, err := node.ParseFile("schema.json", []byte(s.JSON()))
	if s.Kind == node.Bool {
		f, err = node.ParseFile("schema.json", []byte("{\"allOf\": ["+s.JSON()+"]}"))
	}
	if err != nil {
		return nil, err
	}
	set.Add("schema.json", f)
	c := &schema.Compiler{Set: set, Dialect: d}
	return c.Compile(f.Root)
}
