package confirm

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// compareOurs holds the dimensions in which a case may differ from newman to testdata/confirm/ours: a wanted
// difference is still one thing and no other.
func compareOurs(t *testing.T, c *testcase, differing map[string][]string) {
	t.Helper()
	file := filepath.Join(folder(), "ours", strings.TrimPrefix(c.ID, "confirm/")+".json")
	if *update {
		writeOurs(t, file, differing)
		return
	}
	var want map[string][]string
	if data, err := os.ReadFile(file); err == nil {
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(differing)) {
		if !slices.EqualFunc(want[d], differing[d], fits) {
			t.Errorf("%s: %s -, ours now + (-update writes it)\n%s", d, file, difference(want[d], differing[d]))
		}
	}
	for d := range want {
		if _, ok := differing[d]; !ok {
			t.Errorf("%s: %s has a difference that is gone (-update writes it)", d, file)
		}
	}
}

// writeOurs writes the differences, with ‹*› for what is different each time.
func writeOurs(t *testing.T, file string, differing map[string][]string) {
	t.Helper()
	if len(differing) == 0 {
		_ = os.Remove(file)
		return
	}
	signature := regexp.MustCompile(`Signature=[0-9a-f]{64}`)
	for _, lines := range differing {
		for i, line := range lines {
			lines[i] = signature.ReplaceAllString(line, "Signature=‹*›")
		}
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(differing); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
