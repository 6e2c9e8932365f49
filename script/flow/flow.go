// Package flow tells what a script does without running it: which variables it reads and sets and where, which
// fields of the response feed them and under which status, where it jumps to, what it tests.
//
// It reads the syntax tree and follows names, constants and properties through declarations and assignments; it
// knows no types and no branches but those that ask for the status. What it cannot follow it says: a variable
// whose name is computed makes SetsUnknown true. It mostly reports what a script may do, rarely what it must do.
package flow

import (
	"errors"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"

	"posthaste/script/engine"
	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// A Place is a line and column of a script, both 1-based, the column in bytes. Len is how many bytes it covers;
// it may be 0.
type Place struct {
	Line, Col, Len int
}

// A Fault is why a script does not parse.
type Fault struct {
	Message string // as a run would word it
	Place   Place  // Line 0 where it is unknown
}

// A Use is a variable that a script reads, once for each place.
type Use struct {
	Name  string
	Scope string // "environment", "global", "collection", "data"; "" is any
	Place Place
	// Optional tells that the script copes with its absence: it asks for it by if, has a default, or tries another.
	Optional bool
}

// A Set is a variable that a script sets.
type Set struct {
	Name  string
	Scope string // "environment", "global", "collection", "local"
	Place Place  // of the name
	// Reads are the fields of the response that the value is made of; none when it is made of other things.
	Reads []Read
	// Codes are the only statuses under which the script gets here; nil is any.
	Codes []Code
	// Empty tells that the value is the empty text, which clears a variable rather than fills it.
	Empty bool
	// Bare tells that the value is the field as it stands, with nothing put before or behind it.
	Bare bool
	// Optional tells that the script copes with a response that lacks the fields: it gets here under a condition that is
	// not the status, in a try whose catch goes on, or has another value in their place.
	Optional bool
}

// A Read is a field of the response's JSON: the names of the objects' keys from the root on, "[]" for an element
// of a list. The path ends where the script goes on with something else than keys.
type Read struct {
	Path  []string
	Place Place
}

// A Code is a status that a script asks for.
type Code struct {
	Status int
	Place  Place
	// Guard tells that it is asked for by an if, and not by an assertion, which fails where it is not met.
	Guard bool
}

// A Jump is a request that a script names as the next one, by name or id. Whether there is
// such a request, the caller knows.
type Jump struct {
	Target string
	Place  Place
}

// A Test is a call of pm.test, or an entry of tests.
type Test struct {
	Name  string // "" where it is computed
	Place Place
	// Vacuous says why the test can never fail, in words that follow "the test"; "" when it can.
	Vacuous string
}

// A Script is what Analyse found. The zero Script does nothing.
type Script struct {
	Fault   *Fault
	Uses    []Use
	Sets    []Set
	Jumps   []Jump
	Tests   []Test
	Expects []Code  // statuses that assertions want
	Hollow  []Place // expectations that say what is looked at and not what is wanted of it, but for those of Vacuous tests
	Asserts bool    // something in it can fail on purpose

	SetsUnknown  bool // it sets a variable whose name is computed
	JumpsUnknown bool // it jumps to a request whose name is computed
}

// The wrapper is the engine's, so that what parses in a run parses here: await at the top,
// return outside of a function. Offsets are corrected by the length of wrapOpen.
const (
	wrapOpen  = "(function(arguments){return(async()=>{;\n"
	wrapClose = "\n;})()})"
)

// Analyse reads a script. It never fails: what does not parse has a Fault and nothing else.
func Analyse(source string) *Script {
	if strings.TrimSpace(source) == "" {
		return &Script{}
	}
	// The engine's own compilation comes first, as its errors are those of a run.
	if _, err := engine.NewCache().Script(source, "flow", nil); err != nil {
		return &Script{Fault: faultOf(err)}
	}
	tree, err := syntax.Parse(failure.ScriptName, wrapOpen+source+wrapClose)
	if err != nil {
		return &Script{Fault: faultOf(err)}
	}
	a := &analyser{
		source: source, out: &Script{}, names: map[string][]binding{},
		busy: map[string]bool{}, known: map[string]value{}, seen: map[ast.Expression]value{}, present: newPresence(), judged: map[string]bool{},
	}
	a.collect(tree)
	// Before the walk, since a variable may be asked for further down.
	a.present.look(tree)
	for _, statement := range tree.Body {
		a.visit(statement)
	}
	a.entries()
	a.out.spread()
	return a.out
}

// faultOf is the fault of an error of the engine; without a place where it has none.
func faultOf(err error) *Fault {
	fault := (*failure.Fault)(nil)
	if errors.As(err, &fault) {
		return &Fault{Message: fault.Error(), Place: Place{Line: fault.Line, Col: fault.Col}}
	}
	return &Fault{Message: err.Error()}
}

// lines are the offsets at which the lines of the script begin, computed when a place is
// first asked for.
func (a *analyser) lines() []int {
	if a.begins == nil {
		a.begins = []int{0}
		for i := range len(a.source) {
			if a.source[i] == '\n' {
				a.begins = append(a.begins, i+1)
			}
		}
	}
	return a.begins
}

// place turns an offset of the parser into a place of the script. A node of several lines is
// marked to the end of its first.
func (a *analyser) place(n ast.Node) Place {
	start := a.offset(int(n.Idx0()))
	end := a.offset(a.end(n))
	line, _ := slices.BinarySearch(a.lines(), start+1) // how many lines begin at or before it
	p := Place{Line: line, Col: start - a.lines()[line-1] + 1}
	text := a.source[start:max(end, start)]
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = strings.TrimSuffix(text[:i], "\r")
	}
	p.Len = len(text)
	return p
}

// end is where a node ends; the parser's own answer panics for nodes that it left half-made
// (an empty optional part), and the node's beginning serves then.
func (a *analyser) end(n ast.Node) (end int) {
	defer func() {
		if recover() != nil {
			end = int(n.Idx0())
		}
	}()
	return int(n.Idx1())
}

// offset is the byte of the script at a position of the parser, which counts from 1 and
// includes the wrapper.
func (a *analyser) offset(idx int) int {
	return min(max(idx-1-len(wrapOpen), 0), len(a.source))
}
