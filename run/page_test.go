package run_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The page shows code that compiles: each block stands in the examples, which run, or in the doc comment of runtest.
func TestThePageShowsTheExamples(t *testing.T) {
	var code strings.Builder
	for _, name := range []string{"example_test.go", "../runtest/runtest.go"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code.WriteString(plain(strings.ReplaceAll(string(b), "\n//\t", "\n\t")))
	}
	page, err := os.ReadFile("../docs/library.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	if len(blocks) < 4 {
		t.Errorf("the page has %d blocks of code", len(blocks))
	}
	for _, block := range blocks {
		if !strings.Contains(code.String(), plain(block[1])) {
			t.Errorf("no example has this block of docs/library.md:\n%s", block[1])
		}
	}
}

// plain is code without its indentation.
func plain(code string) string {
	return regexp.MustCompile(`(?m)^[ \t]+`).ReplaceAllString(code, "")
}
