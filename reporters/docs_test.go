package reporters

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"posthaste/reporters/report"
)

// readDocs is the page that people read.
func readDocs(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "docs", "reports.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func TestThePageOfReportsNamesEveryReporter(t *testing.T) {
	page := readDocs(t)
	var names []string
	for _, m := range regexp.MustCompile("(?m)^## `([^`]+)`$").FindAllStringSubmatch(page, -1) {
		names = append(names, m[1])
	}
	if want := Names(); !slices.Equal(names, want) {
		t.Errorf("docs/reports.md has sections for %v, the reporters are %v", names, want)
	}
	for _, s := range Specs() {
		extension := ""
		if s.Extension != "" {
			extension = "`" + s.Extension + "` "
		}
		bodies := fmt.Sprint(s.Bodies)
		if s.Bodies == math.MaxInt {
			bodies = "all"
		}
		if row := fmt.Sprintf("| `%s` | %s| %s |", s.Name, extension, bodies); !strings.Contains(page, "\n"+row) {
			t.Errorf("docs/reports.md lacks the row %s", row)
		}
	}
	for _, output := range report.Outputs() {
		if !strings.Contains(page, "\n| `"+output+"` |") {
			t.Errorf("docs/reports.md does not say what --output %s shows", output)
		}
	}
}

// The options are looked up in the source, so that a new one cannot be forgotten in the page, nor an old one stay.
func TestThePageOfReportsNamesEveryOption(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"export": true} // the caller's
	read := regexp.MustCompile(`(?:\.Option\(|Options\[)"(\w+)"|"(\w+Limit)", "[a-z-]+", &r\.`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range read.FindAllStringSubmatch(string(source), -1) {
			known[dashed(m[1]+m[2])] = true
		}
	}
	page := readDocs(t)
	told := map[string]bool{"export": true}
	for _, m := range regexp.MustCompile("--reporter-([a-z]+)-([a-z-]+)").FindAllStringSubmatch(page, -1) {
		if _, ok := Find(m[1]); !ok {
			t.Errorf("docs/reports.md speaks of %s, and there is no reporter %s", m[0], m[1])
		}
		told[m[2]] = true
		if !known[m[2]] {
			t.Errorf("docs/reports.md speaks of %s, which nobody reads", m[0])
		}
	}
	for option := range known {
		if !told[option] {
			t.Errorf("docs/reports.md does not speak of the option %s", option)
		}
	}
}

func dashed(name string) string {
	var b strings.Builder
	for _, c := range name {
		if unicode.IsUpper(c) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}
