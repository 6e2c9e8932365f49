// Package junittest shows a JUnit report as CI systems show it, as far as that decides what people see. Each view
// follows what the system's own reader is known to take and to leave. It is for tests of reports.
package junittest

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"posthaste/runner/event"
)

// A Node is an element of a report.
type Node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []Node     `xml:",any"`
}

// Attr returns an attribute, "" when the element has none of that name.
func (n Node) Attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// All returns the children of a name.
func (n Node) All(name string) []Node {
	var list []Node
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			list = append(list, c)
		}
	}
	return list
}

// Broken returns the failure or error of a case.
func (n Node) Broken() (Node, bool) {
	for _, c := range n.Children {
		if c.XMLName.Local == "failure" || c.XMLName.Local == "error" {
			return c, true
		}
	}
	return Node{}, false
}

// A Failure is what a person gets to see of one.
type Failure struct {
	Where string // the class, the suite or the file
	Name  string
	Text  string
}

// Parse reads a report, strictly to its end.
func Parse(report []byte) (root Node, err error) {
	if err := xml.Unmarshal(report, &root); err != nil {
		return root, fmt.Errorf("reading JUnit: %w", err)
	}
	return root, nil
}

// Views returns the systems by name. Each gets the root of a report and returns the failures that it shows.
func Views() map[string]func(root Node) []Failure {
	return map[string]func(root Node) []Failure{
		"Jenkins": jenkins, "GitLab": gitlab, "dorny/test-reporter": dorny,
		"mikepenz/action-junit-report": mikepenz, "Azure Pipelines": azure, "CircleCI": circleci,
	}
}

// jenkins takes what stands before the last dot of the classname for a package.
func jenkins(root Node) []Failure {
	var list []Failure
	for _, s := range root.All("testsuite") {
		for _, c := range s.All("testcase") {
			if b, ok := c.Broken(); ok {
				class := c.Attr("classname")
				at := strings.LastIndex(class, ".")
				list = append(list, Failure{class[at+1:], c.Attr("name"), b.Attr("message")})
			}
		}
	}
	return list
}

// gitlab shows the element's content, and of two cases with one key the first.
func gitlab(root Node) []Failure {
	var list []Failure
	seen := map[string]bool{}
	for _, s := range root.All("testsuite") {
		for _, c := range s.All("testcase") {
			key := c.Attr("classname") + c.Attr("name")
			if b, ok := c.Broken(); ok && !seen[key] {
				list = append(list, Failure{c.Attr("classname"), c.Attr("name"), b.Text})
			}
			seen[key] = true
		}
	}
	return list
}

// dorny reads one level of suites, which must have a name and a time.
func dorny(root Node) []Failure {
	var list []Failure
	for _, s := range root.All("testsuite") {
		if _, err := strconv.ParseFloat(s.Attr("time"), 64); err != nil || strings.TrimSpace(s.Attr("name")) == "" {
			return nil // it throws
		}
		for _, c := range s.All("testcase") {
			if b, ok := c.Broken(); ok {
				list = append(list, Failure{c.Attr("classname"), c.Attr("name"), b.Attr("type") + ": " + b.Attr("message") + "\n" + b.Text})
			}
		}
	}
	return list
}

// mikepenz annotates a line of a file of the repository; a failure without one is in no pull request.
func mikepenz(root Node) []Failure {
	var list []Failure
	for _, s := range root.All("testsuite") {
		for _, c := range s.All("testcase") {
			b, ok := c.Broken()
			line, err := strconv.Atoi(c.Attr("line"))
			if ok && c.Attr("file") != "" && (err == nil && line > 0 || c.Attr("name") == "run completed") {
				list = append(list, Failure{c.Attr("file"), c.Attr("classname") + "." + c.Attr("name"), b.Attr("message")})
			}
		}
	}
	return list
}

// azure makes a run of each suite and keeps no suite without a name.
func azure(root Node) []Failure {
	var list []Failure
	for _, s := range root.All("testsuite") {
		for _, c := range s.All("testcase") {
			if b, ok := c.Broken(); ok && s.Attr("name") != "" {
				list = append(list, Failure{s.Attr("name"), c.Attr("name"), b.Attr("message") + b.Text})
			}
		}
	}
	return list
}

// circleci lists each case that failed with what its element says, whatever suite it is in.
func circleci(root Node) []Failure {
	var list []Failure
	for _, s := range root.All("testsuite") {
		for _, c := range s.All("testcase") {
			if b, ok := c.Broken(); ok && c.Attr("name") != "" {
				list = append(list, Failure{c.Attr("classname"), c.Attr("name"), b.Attr("message") + "\n" + b.Text})
			}
		}
	}
	return list
}

// Failures lists what failed in a run, in the order of its events: the name, "" where the report chooses it, and the
// beginning of the message.
func Failures(events []event.Event) []Failure {
	var list []Failure
	add := func(name string, e *event.Error) {
		text := words(e.Message)
		list = append(list, Failure{Name: words(name), Text: text[:min(60, len(text))]})
	}
	strict := false
	for _, e := range events {
		switch e := e.(type) {
		case event.RunStarted:
			strict = e.Strict
		case event.Notice:
			if strict && e.Doubtful() {
				add("notice "+e.Code, &event.Error{Message: e.Text})
			}
		case event.Assertion:
			if e.Error != nil {
				add(e.Name, e.Error)
			}
		case event.RequestFailed:
			add("", e.Error)
		case event.ScriptFinished:
			if e.Error != nil && e.Error.Name != "AssertionFailure" { // under --bail it only repeats the assertion
				add(e.Script.Listen+" script", e.Error)
			}
		case event.Exception:
			if e.Counted {
				add(e.Script.Listen+" script", e.Error)
			}
		case event.Threshold:
			if e.Broken {
				add("threshold "+e.Text, &event.Error{Message: e.Value})
			}
		case event.RunFinished:
			if e.Reason != "" && e.Reason != "bail" {
				add("run completed", &event.Error{Message: e.Error})
			}
		}
	}
	return list
}

// Unseen returns those of want that are not in shown; each in shown stands for one only. A failure that nobody can
// place is not seen either.
func Unseen(shown, want []Failure) []Failure {
	var unseen []Failure
	left := append([]Failure(nil), shown...)
	for _, w := range want {
		at := -1
		for i, g := range left {
			if g.Where != "" && strings.Contains(words(g.Name), w.Name) && strings.Contains(words(g.Text), w.Text) {
				at = i
				break
			}
		}
		if at < 0 {
			unseen = append(unseen, w)
			continue
		}
		left = append(left[:at], left[at+1:]...)
	}
	return unseen
}

// words is a text as part of a line, without what XML cannot hold and what only terminals show.
func words(text string) string {
	text = regexp.MustCompile(`\x1b\[[0-9;]*[A-Za-z]`).ReplaceAllString(strings.ToValidUTF8(text, "\uFFFD"), "")
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, text)), " ")
}
