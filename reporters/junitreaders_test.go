package reporters

import (
	"bytes"
	"encoding/xml"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"posthaste/runner/event"
)

// The readers here see a report as the CI systems do, as far as that decides what people are shown. Each
// follows what the system's own reader is known to take and to leave.

// A node is any element.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []node     `xml:",any"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n node) all(name string) []node {
	var list []node
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			list = append(list, c)
		}
	}
	return list
}

// broken is the failure or error of a case.
func (n node) broken() (node, bool) {
	for _, c := range n.Children {
		if c.XMLName.Local == "failure" || c.XMLName.Local == "error" {
			return c, true
		}
	}
	return node{}, false
}

// A shown failure is what a person gets to see of one.
type shown struct{ where, name, text string }

func readers() map[string]func(root node) []shown {
	return map[string]func(root node) []shown{
		"Jenkins": jenkins, "GitLab": gitlab, "dorny/test-reporter": dorny,
		"mikepenz/action-junit-report": mikepenz, "Azure Pipelines": azure,
	}
}

// jenkins takes what stands before the last dot of the classname for a package.
func jenkins(root node) []shown {
	var list []shown
	for _, s := range root.all("testsuite") {
		for _, c := range s.all("testcase") {
			if b, ok := c.broken(); ok {
				class := c.attr("classname")
				at := strings.LastIndex(class, ".")
				list = append(list, shown{class[at+1:], c.attr("name"), b.attr("message")})
			}
		}
	}
	return list
}

// gitlab shows the element's content, and of two cases with one key the first.
func gitlab(root node) []shown {
	var list []shown
	seen := map[string]bool{}
	for _, s := range root.all("testsuite") {
		for _, c := range s.all("testcase") {
			key := c.attr("classname") + c.attr("name")
			if b, ok := c.broken(); ok && !seen[key] {
				list = append(list, shown{c.attr("classname"), c.attr("name"), b.Text})
			}
			seen[key] = true
		}
	}
	return list
}

// dorny reads one level of suites, which must have a name and a time.
func dorny(root node) []shown {
	var list []shown
	for _, s := range root.all("testsuite") {
		if _, err := strconv.ParseFloat(s.attr("time"), 64); err != nil || strings.TrimSpace(s.attr("name")) == "" {
			return nil // it throws
		}
		for _, c := range s.all("testcase") {
			if b, ok := c.broken(); ok {
				list = append(list, shown{c.attr("classname"), c.attr("name"), b.attr("type") + ": " + b.attr("message") + "\n" + b.Text})
			}
		}
	}
	return list
}

// mikepenz annotates a line of a file of the repository; a failure without one is in no pull request.
func mikepenz(root node) []shown {
	var list []shown
	for _, s := range root.all("testsuite") {
		for _, c := range s.all("testcase") {
			b, ok := c.broken()
			line, err := strconv.Atoi(c.attr("line"))
			if ok && c.attr("file") != "" && (err == nil && line > 0 || c.attr("name") == "run completed") {
				list = append(list, shown{c.attr("file"), c.attr("classname") + "." + c.attr("name"), b.attr("message")})
			}
		}
	}
	return list
}

// azure makes a run of each suite and keeps no suite without a name.
func azure(root node) []shown {
	var list []shown
	for _, s := range root.all("testsuite") {
		for _, c := range s.all("testcase") {
			if b, ok := c.broken(); ok && s.attr("name") != "" {
				list = append(list, shown{s.attr("name"), c.attr("name"), b.attr("message") + b.Text})
			}
		}
	}
	return list
}

func TestEveryCISystemShowsEveryFailure(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "input", "*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, path := range paths {
		for _, layout := range []string{"request", "folder", "flat"} {
			events := recorded(t, path)
			var out bytes.Buffer
			cfg := Config{Options: map[string]string{"layout": layout}}
			if err := replay(t, variant{reporter: "junit", cfg: cfg}, events, &out); err != nil {
				t.Fatal(err)
			}
			var root node
			if err := xml.Unmarshal(out.Bytes(), &root); err != nil {
				t.Fatal(err)
			}
			want := broken(events)
			for name, read := range readers() {
				t.Run(filepath.Base(path)+"/"+layout+"/"+name, func(t *testing.T) {
					compareShown(t, read(root), want)
				})
			}
		}
	}
}

// broken lists the failures of a run: name, "" where the report chooses it, and the beginning of the message.
func broken(events []event.Event) []shown {
	var list []shown
	add := func(name string, e *event.Error) {
		text := oneLine(e.Message)
		list = append(list, shown{name: oneLine(name), text: text[:min(60, len(text))]})
	}
	for _, e := range events {
		switch e := e.(type) {
		case event.Assertion:
			if e.Error != nil {
				add(e.Name, e.Error)
			}
		case event.RequestFailed:
			add("", e.Error)
		case event.ScriptFinished:
			if e.Error != nil {
				add(e.Script.Listen+" script", e.Error)
			}
		case event.Exception:
			add(e.Script.Listen+" script", e.Error)
		case event.RunFinished:
			if e.Reason != "" && e.Reason != "bail" {
				add("run completed", &event.Error{Message: e.Error})
			}
		}
	}
	return list
}

func compareShown(t *testing.T, got, want []shown) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d failures are shown, want %d", len(got), len(want))
	}
	for _, w := range want {
		found := false
		for i, g := range got {
			if g.where != "" && strings.Contains(g.name, w.name) && strings.Contains(oneLine(g.text), w.text) {
				got = append(got[:i:i], got[i+1:]...)
				found = true
				break
			}
		}
		if !found {
			t.Errorf("nobody sees that %q failed with %q", w.name, w.text)
		}
	}
}
