package confirm

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// observe states what a run of a case left behind: its exit code, its reports, its exports. Texts are not normal yet.
func observe(t *testing.T, s *stage, c *testcase, exit int, stdout string) map[string][]string {
	t.Helper()
	facts := map[string][]string{"exit": {fmt.Sprint(exit)}, "stdout": terminal(stdout)}
	if data, err := os.ReadFile(filepath.Join(s.out, "out.json")); err == nil {
		if err := reportFacts(data, facts); err != nil {
			t.Error(err)
		}
	}
	if data, err := os.ReadFile(filepath.Join(s.out, "out.xml")); err == nil {
		if err := junitFacts(data, facts); err != nil {
			t.Error(err)
		}
	}
	for dimension, file := range map[string]string{"env": "env.json", "globals": "globals.json"} {
		if data, err := os.ReadFile(filepath.Join(s.out, file)); err == nil {
			facts[dimension] = exportFacts(t, data)
		}
	}
	facts["files"] = otherFiles(t, s.out)
	if slices.Contains(c.Also, "report") {
		facts["report"] = jsonShape(t, filepath.Join(s.out, "out.json"))
	}
	for _, line := range facts["files"] {
		if name, _, _ := strings.Cut(line, ": "); !slices.Contains(facts["names"], name) {
			facts["names"] = append(facts["names"], name)
		}
	}
	return c.compared(facts)
}

// terminal takes colours, times, sizes, padding and the lines of tables out of what was printed.
func terminal(stdout string) []string {
	measured := regexp.MustCompile(`\b\d+(\.\d+)?(µs|ms|s|m)\b( \d+(\.\d+)?(ms|s)\b)?|\b\d+(\.\d+)?(B|kB|MB)\b|<\d+ms`)
	colour := regexp.MustCompile("\x1b\\[[0-9;]*m")
	padding := regexp.MustCompile(`  +|──+|-{3,}`)
	var out []string
	for line := range strings.SplitSeq(strings.TrimRight(colour.ReplaceAllString(stdout, ""), "\n"), "\n") {
		line = padding.ReplaceAllStringFunc(measured.ReplaceAllString(line, "‹n›"), func(m string) string {
			return string([]rune(m)[:1])
		})
		if line = strings.TrimRight(line, " "); line == "├─┤" || strings.Contains(line, "average response time") {
			continue // the row is left out where the average is 0, as it may be in a replay
		}
		out = append(out, line)
	}
	return out
}

// exportFacts lists an exported scope: its name, and each variable.
func exportFacts(t *testing.T, data []byte) []string {
	t.Helper()
	var scope struct {
		Name   string
		Values []struct {
			Key      any
			Value    json.RawMessage
			Type     string
			Enabled  *bool
			Disabled bool
		}
	}
	if err := json.Unmarshal(data, &scope); err != nil {
		t.Error(err)
	}
	facts := []string{"name " + scope.Name}
	for _, v := range scope.Values {
		var value bytes.Buffer
		_ = json.Compact(&value, v.Value)
		off := v.Disabled || v.Enabled != nil && !*v.Enabled
		facts = append(facts, fmt.Sprintf("%v = %s, %s, disabled %v", v.Key, value.String(), v.Type, off))
	}
	return facts
}

// otherFiles lists the files that the case's own options made, with their lines.
func otherFiles(t *testing.T, dir string) (facts []string) {
	t.Helper()
	exporter := regexp.MustCompile(`(Newman|Posthaste)/[0-9A-Za-z.+-]+`)
	known := []string{"out.json", "out.xml", "env.json", "globals.json", "ca.pem"}
	err := filepath.WalkDir(dir, func(file string, d os.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, file)
		if err != nil || d.IsDir() || slices.Contains(known, name) {
			return err
		}
		data, err := os.ReadFile(file)
		if filepath.Ext(name) == ".json" {
			var v any
			if json.Unmarshal(data, &v) == nil { // the order of keys says nothing
				data, err = json.MarshalIndent(v, "", " ")
			}
		}
		name = regexp.MustCompile(`\d{4}(-\d\d){5}-\d{3}-0`).ReplaceAllString(name, "‹time›")
		for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
			facts = append(facts, filepath.ToSlash(name)+": "+exporter.ReplaceAllString(line, "‹program›"))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return facts
}

// junitFacts lists suites and cases, and apart from them which elements have which attributes.
func junitFacts(data []byte, facts map[string][]string) error {
	add := func(dimension, format string, args ...any) {
		facts[dimension] = append(facts[dimension], fmt.Sprintf(format, args...))
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("JUnit report: %w", err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var names, values []string
		for _, a := range e.Attr {
			names = append(names, a.Name.Local)
			if a.Name.Local != "time" && a.Name.Local != "timestamp" && a.Name.Local != "id" {
				values = append(values, fmt.Sprintf("%s %q", a.Name.Local, a.Value))
			}
		}
		add("xml", "%s %s", e.Name.Local, strings.Join(names, " "))
		if e.Name.Local != "system-err" {
			add("junit", "%s %s", e.Name.Local, strings.Join(values, " "))
		}
	}
}
