package script

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A v8Record is what V8 makes of the lines of a table. testdata/v8/record.js writes it, with Node; tests need no Node.
type v8Record struct {
	Engine string
	Cases  map[string]struct{ Value, Error string }
}

// v8Table reads a table and its record. Both must have the same lines.
func v8Table(t *testing.T, name string) (lines []string, record v8Record) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "v8", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &record); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join("testdata", "v8", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for s := bufio.NewScanner(file); s.Scan(); {
		if line := s.Text(); line != "" && !strings.HasPrefix(line, "# ") {
			if _, ok := record.Cases[line]; !ok {
				t.Fatalf("%s.json lacks %q: record it anew", name, line)
			}
			lines = append(lines, line)
		}
	}
	if len(lines) < len(record.Cases) {
		t.Fatalf("%s.json has cases that the table lacks: record it anew", name)
	}
	return lines, record
}

// v8Source is the text of a line.
func v8Source(line string) string { return strings.ReplaceAll(line, "⏎", "\n") }

// v8Show turns what a case returns into the text that is recorded.
const v8Show = `(v => typeof v == "symbol" ? v.toString() : Array.isArray(v) ? v.join() : String(v))`

// TestSyntaxIsThatOfV8 runs each line as a script of its own, and once more in the text of an eval.
func TestSyntaxIsThatOfV8(t *testing.T) {
	lines, record := v8Table(t, "syntax")
	for _, line := range lines {
		want := record.Cases[line]
		got := func(source string) string {
			s := newStage(t, Options{}).try(source)
			if e := s.result.Error; e != nil {
				return e.Name + ": " + e.Message
			}
			return globalText(s, "result")
		}
		inFunction := "(async () => {;\n" + v8Source(line) + "\n})()"
		expected := want.Value
		if want.Error != "" {
			expected = want.Error
		}
		if g := got("pm.globals.set('result', " + v8Show + "(await " + inFunction + "))"); g != expected {
			t.Errorf("%s\n\tgives %q, V8 %q", line, g, expected)
		}
		text, _ := json.Marshal(inFunction)
		if g := got("pm.globals.set('result', " + v8Show + "(await eval(" + string(text) + ")))"); g != expected {
			t.Errorf("eval of %s\n\tgives %q, V8 %q", line, g, expected)
		}
	}
}

// TestMessagesAreThoseOfV8 looks at each error twice: as it ends a script, and as the script itself catches it.
func TestMessagesAreThoseOfV8(t *testing.T) {
	lines, record := v8Table(t, "errors")
	for _, line := range lines {
		want := record.Cases[line]
		if want.Error == "" {
			continue
		}
		s := newStage(t, Options{}).try(v8Source(line))
		got := "no error"
		if e := s.result.Error; e != nil {
			got = e.Message
			if e.Name != "" {
				got = strings.TrimSuffix(e.Name+": "+e.Message, ": ")
			}
		}
		if got != want.Error {
			t.Errorf("%s\n\tends with %q, V8 %q", line, got, want.Error)
		}
		if strings.HasPrefix(want.Error, "SyntaxError: ") {
			continue // of the script itself, or of RegExp and BigInt, which say the same when they are caught
		}
		s = newStage(t, Options{}).try("try {;\n" + v8Source(line) + "\n} catch (e) { pm.globals.set('result', String(e)) }")
		if got := globalText(s, "result"); got != want.Error {
			t.Errorf("%s\n\tis caught as %q, V8 %q", line, got, want.Error)
		}
	}
}
