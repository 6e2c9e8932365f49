package lint

import (
	"strings"

	"posthaste/collection"
	"posthaste/script/flow"
)

// A checker is what rules look at: the collection with its steps, the files of variables, the texts.
type checker struct {
	c         *collection.Collection
	opt       Options
	files     []variableFile // what goes first wins
	documents map[string]*document
	steps     []*step
	order     reach
	flows     map[string]*flow.Script
	sets      map[string][]setter
	columns   map[string]bool // what iteration data give
	answers   []answer
	names     []string // of all variables
	byLetters map[string][]string
	scriptsOf []scripted
	known     *[]credential // what secrets found
	spans     []itemSpan

	found []Finding
}

// A variableFile is an environment or globals.
type variableFile struct {
	env  *collection.Environment
	what string // "environment" or "globals"
}

func newChecker(c *collection.Collection, environments []*collection.Environment, opt Options) *checker {
	k := &checker{c: c, opt: opt, documents: map[string]*document{}, flows: map[string]*flow.Script{}}
	for _, env := range environments {
		if env != nil {
			k.files = append(k.files, variableFile{env, "environment"})
		}
	}
	if opt.Globals != nil {
		k.files = append(k.files, variableFile{opt.Globals, "globals"})
	}
	for i, it := range c.Requests() {
		k.steps = append(k.steps, k.step(i, it))
	}
	k.order = k.reachable()
	return k
}

// joined is a path as messages name it.
func joined(path []string) string { return strings.Join(path, " / ") }

// items returns the collection, as nil, and all that it holds, in file order.
func (k *checker) items() []*collection.Item {
	list := []*collection.Item{nil}
	_ = k.c.Walk(func(it *collection.Item) error {
		list = append(list, it)
		return nil
	})
	return list
}

// events are the scripts of an item, those of nil being the collection's.
func (k *checker) events(it *collection.Item) []collection.Event {
	if it == nil {
		return k.c.Events
	}
	return it.Events
}

func (k *checker) flow(source string) *flow.Script {
	s, ok := k.flows[source]
	if !ok {
		s = flow.Analyse(source)
		k.flows[source] = s
	}
	return s
}

// A scripted is a script with the item that holds it; nil is the collection.
type scripted struct {
	owner *collection.Item
	event collection.Event
	flow  *flow.Script
}

// scripts returns every script that runs, each once, in file order.
func (k *checker) scripts() []scripted {
	if k.scriptsOf != nil {
		return k.scriptsOf
	}
	list := []scripted{}
	for _, it := range k.items() {
		for _, e := range k.events(it) {
			if !e.Disabled && e.Script.Source != "" && (e.Listen == "prerequest" || e.Listen == "test") {
				list = append(list, scripted{it, e, k.flow(e.Script.Source)})
			}
		}
	}
	k.scriptsOf = list
	return list
}

// inScript makes a finding at a place of a script.
func (k *checker) inScript(s scripted, at flow.Place, name, text string) Finding {
	f := k.finding(s.owner, name, text)
	f.Script = s.event.Listen
	if s.event.Script.File != "" {
		f.File = s.event.Script.File
	}
	lines := strings.Split(s.event.Script.Source, "\n")
	if at.Line < 1 || at.Line > len(lines) {
		return f
	}
	line := lines[at.Line-1]
	f.comment, f.commentLine = s.event.Script.Source, at.Line
	f.Source, f.Mark, f.Length = strings.TrimSuffix(line, "\r"), at.Col, at.Len
	f.Pos = k.scriptPos(f.File, s.event.Script, lines, at)
	return f
}

// scriptPos turns a place of a script into one of its file. In JSON the text before it may have been written with
// escapes.
func (k *checker) scriptPos(file string, script collection.Script, lines []string, at flow.Place) collection.Pos {
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
	if d := k.document(file); d != nil && d.root.Exists() {
		p.Col += len(collection.Quote(before)) - 1
	} else {
		p.Col += len(before)
	}
	return p
}

// A credential is a value that looks like a secret, and where it stands.
type credential struct {
	name, value string
	item        *collection.Item
	at          span
	file        int // index in checker.files, -1 is the collection
}

// An itemSpan is where an item stands in its file.
type itemSpan struct {
	item *collection.Item
	span
}
