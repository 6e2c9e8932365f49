// Package subject is what lint's rules look at, a collection with the order of its requests, its scripts, its variables and
// the places of all that in their files, and the findings that they report.
package subject

import (
	"strings"

	"posthaste/collection"
	"posthaste/script/flow"
)

// A Checker is what rules look at: the collection with its steps, the files of variables, the texts.
type Checker struct {
	C         *collection.Collection
	Opt       Options
	Files     []VariableFile // what goes first wins
	documents map[string]*Document
	Steps     []*Step
	order     reach
	flows     map[string]*flow.Script
	sets      map[string][]Setter
	columns   map[string]bool // what iteration data give
	answers   []answer
	names     []string // of all variables
	byLetters map[string][]string
	scriptsOf []Scripted
	Known     *[]Credential // what secrets found
	Spans     []ItemSpan
	drafted   *Drafted // the requests held against OpenAPI files, once they were

	Found []Finding
}

// A VariableFile is an environment or globals.
type VariableFile struct {
	Env  *collection.Environment
	What string // "environment" or "globals"
}

// New reads what rules look at out of a collection and the environments of a run.
func New(c *collection.Collection, environments []*collection.Environment, opt Options) *Checker {
	k := &Checker{C: c, Opt: opt, documents: map[string]*Document{}, flows: map[string]*flow.Script{}}
	for _, env := range environments {
		if env != nil {
			k.Files = append(k.Files, VariableFile{env, "environment"})
		}
	}
	if opt.Globals != nil {
		k.Files = append(k.Files, VariableFile{opt.Globals, "globals"})
	}
	for i, it := range c.Requests() {
		k.Steps = append(k.Steps, k.step(i, it))
	}
	k.order = k.reachable()
	return k
}

// Joined is a path as messages name it.
func Joined(path []string) string { return strings.Join(path, " / ") }

// Items returns the collection, as nil, and all that it holds, in file order.
func (k *Checker) Items() []*collection.Item {
	list := []*collection.Item{nil}
	_ = k.C.Walk(func(it *collection.Item) error {
		list = append(list, it)
		return nil
	})
	return list
}

// Events are the scripts of an item, those of nil being the collection's.
func (k *Checker) Events(it *collection.Item) []collection.Event {
	if it == nil {
		return k.C.Events
	}
	return it.Events
}

// flow analyses each text once: folders' scripts run with every request below them.
func (k *Checker) flow(source string) *flow.Script {
	s, ok := k.flows[source]
	if !ok {
		s = flow.Analyse(source)
		k.flows[source] = s
	}
	return s
}

// A Scripted is a script with the item that holds it; nil is the collection.
type Scripted struct {
	Owner *collection.Item
	Event collection.Event
	Flow  *flow.Script
}

// Scripts returns every script that runs, each once, in file order.
func (k *Checker) Scripts() []Scripted {
	if k.scriptsOf != nil {
		return k.scriptsOf
	}
	list := []Scripted{}
	for _, it := range k.Items() {
		for _, e := range k.Events(it) {
			if !e.Disabled && e.Script.Source != "" && (e.Listen == "prerequest" || e.Listen == "test") {
				list = append(list, Scripted{it, e, k.flow(e.Script.Source)})
			}
		}
	}
	k.scriptsOf = list
	return list
}

// InScript makes a finding at a place of a script.
func (k *Checker) InScript(s Scripted, at flow.Place, name, text string) Finding {
	f := k.Finding(s.Owner, name, text)
	f.Script = s.Event.Listen
	if s.Event.Script.File != "" {
		f.File = s.Event.Script.File
	}
	lines := strings.Split(s.Event.Script.Source, "\n")
	if at.Line < 1 || at.Line > len(lines) {
		return f
	}
	line := lines[at.Line-1]
	f.Comment, f.CommentLine = s.Event.Script.Source, at.Line
	f.Source, f.Mark, f.Length = strings.TrimSuffix(line, "\r"), at.Col, at.Len
	f.Pos = k.scriptPos(f.File, s.Event.Script, lines, at)
	return f
}

// scriptPos turns a place of a script into one of its file. In JSON the text before it may have been written with
// escapes.
func (k *Checker) scriptPos(file string, script collection.Script, lines []string, at flow.Place) collection.Pos {
	before := lines[at.Line-1][:min(at.Col-1, len(lines[at.Line-1]))]
	var p collection.Pos
	switch places := script.Lines; {
	case len(places) == len(lines):
		p = places[at.Line-1]
	case len(places) > 0: // one text: its line breaks stand as \n in one line of the file
		p = places[0]
		before = strings.Join(append(lines[:at.Line-1:at.Line-1], before), "\n")
	default:
		return p
	}
	if d := k.Document(file); d != nil && d.Root.Exists() {
		p.Col += len(collection.Quote(before)) - 1
	} else {
		p.Col += len(before)
	}
	return p
}

// A Credential is a value that looks like a secret, and where it stands.
type Credential struct {
	Name, Value string
	Item        *collection.Item
	At          Span
	File        int // index in checker.files, -1 is the collection
}

// An ItemSpan is where an item stands in its file.
type ItemSpan struct {
	Item *collection.Item
	Span
}
