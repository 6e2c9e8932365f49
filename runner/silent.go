package runner

import (
	"strconv"
	"strings"

	"posthaste/collection"
)

// A scriptKey tells the scripts of a collection apart: by the item, folder or collection that
// owns it, when it runs, and its place among the events there.
type scriptKey struct {
	owner, listen string
	index         int
}

// A silence is what is known of a script that has assertions: whether one of them ever ran.
// broken says that one did, or that the script has none.
type silence struct {
	level, name string
	listen      string
	file        string // of the request in which it ran first
	line        int
	broken      bool // by this run: there is nothing more to say
}

// listened notes that a script ran to its end, and whether one of its assertions ran. A
// script that asserts nothing by intent, such as one that only keeps a token, is no concern.
// The source is looked at once, at its first run.
func (n *notices) listened(owned collection.OwnedEvent, listen string, asserted bool) {
	key := scriptKey{owned.ID, listen, owned.Index}
	s, known := n.scripts[key]
	if known && (s.broken || !asserted) {
		return
	}
	if !known {
		s = &silence{level: owned.Level, name: owned.Name, listen: listen, file: n.file, line: n.line, broken: asserted || !asserts(owned.Script.Source) || guards(owned.Script.Source)}
		if n.scripts == nil {
			n.scripts = map[scriptKey]*silence{}
		}
		n.scripts[key] = s
		n.heard = append(n.heard, s)
	}
	s.broken = s.broken || asserted
}

// silent adds a finding for each script whose assertions never ran, in the order in which the
// scripts first ran.
func (n *notices) silent() {
	for _, s := range n.heard {
		if s.broken {
			continue
		}
		n.item, n.file, n.line = s.name, s.file, s.line
		of := strconv.Quote(s.name)
		if s.level != "item" {
			of = "the " + s.level + " " + of
		}
		n.add(CodeSilent, s.listen+" script of "+of, "the "+s.listen+" script of "+of+" has assertions, and none of them ever ran",
			"are they behind a condition, or in a callback that nothing calls?")
	}
}

// hear takes over what a unit of the run knows of scripts. An assertion that ran in one unit
// is enough.
func (n *notices) hear(unit *notices) {
	fresh := map[*silence]bool{}
	for key, s := range unit.scripts {
		known, ok := n.scripts[key]
		if ok {
			known.broken = known.broken || s.broken
			continue
		}
		if n.scripts == nil {
			n.scripts = map[scriptKey]*silence{}
		}
		n.scripts[key] = s
		fresh[s] = true
	}
	for _, s := range unit.heard {
		if fresh[s] {
			n.heard = append(n.heard, s)
		}
	}
}

// guards reports whether a script may keep its request from being sent: it asserts only where
// it does not, so silence says nothing.
func guards(source string) bool { return strings.Contains(source, "pm.execution.skipRequest") }

// asserts reports whether a source has an assertion outside of comments. It goes by the text,
// not by the syntax: a wrong yes is a notice too many, and the forms are pm.test and the
// legacy tests[…].
func asserts(source string) bool {
	if !strings.Contains(source, "pm.test") && !strings.Contains(source, "tests[") {
		return false
	}
	for {
		at := strings.Index(source, "/*")
		if at < 0 {
			break
		}
		rest := source[at+2:]
		end := strings.Index(rest, "*/")
		if end < 0 {
			break // a pattern or a text, not a comment
		}
		source = source[:at] + " " + rest[end+2:]
	}
	for line := range strings.Lines(source) {
		line, _, _ = strings.Cut(line, "//")
		if strings.Contains(line, "pm.test") || strings.Contains(line, "tests[") {
			return true
		}
	}
	return false
}
