package collection

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// counting returns ids that tests can name.
func counting() func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprintf("new-%d", n)
	}
}

// parseAny reads a file of testdata: environments are those whose name begins with env.
func parseAny(name string, data []byte) (shown string, err error) {
	var b strings.Builder
	opt := Options{NewID: counting()}
	if strings.HasPrefix(name, "env") {
		env, err := ParseEnvironment(name, data, opt)
		if err != nil {
			return "", err
		}
		for _, n := range env.Notices {
			fmt.Fprintf(&b, "notice: %s\n", n)
		}
		b.Write(env.Export(ExportOptions{}))
		return b.String(), nil
	}
	c, err := Parse(name, data, opt)
	if err != nil {
		return "", err
	}
	for _, n := range c.Notices {
		fmt.Fprintf(&b, "notice: %s\n", n)
	}
	_ = c.Walk(func(it *Item) error {
		fmt.Fprintf(&b, "%d:%d %s", it.Pos.Line, it.Pos.Col, strings.Join(append(it.Path(), it.Name), " / "))
		if it.Request != nil {
			fmt.Fprintf(&b, " %s %s", it.Request.Method, it.Request.URL.Resolved())
		}
		for _, e := range it.Scripts(c, "test") {
			fmt.Fprintf(&b, " [%s %v]", e.Level, e.Script.Lines)
		}
		if a := it.EffectiveAuth(c); a != nil {
			fmt.Fprintf(&b, " auth=%s", a.Type)
		}
		fmt.Fprintln(&b)
		return nil
	})
	b.Write(indent(c.Document()))
	return b.String(), nil
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/ok/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := parseAny(filepath.Base(file), data)
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, strings.TrimSuffix(file, ".json")+".golden", got)
		})
	}
}

func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/err/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".out") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, err = parseAny(filepath.Base(file), data)
			var parseError *ParseError
			if !errors.As(err, &parseError) {
				t.Fatalf("no ParseError but %v", err)
			}
			compareGolden(t, file+".out", fmt.Sprintf("%v\n%s\n", err, parseError.Hint))
		})
	}
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, string(want)); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
}
