package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"sort"
	"strings"
)

// An event is one line of `go test -json`, as `go doc test2json` describes it.
type event struct {
	Action  string
	Package string
	Test    string // "" when the event is the package's own
	Output  string
}

// A tally follows the events of one or more `go test -json` runs.
type tally struct {
	w       io.Writer
	closing io.Writer                  // gets the closing lines
	name    string                     // of the run, "" when there is one
	kept    map[place]*strings.Builder // output that may still have to be shown
	parents map[place]bool             // tests that have subtests; true once one of those failed

	packages                int
	passed, failed, skipped int            // tests without subtests, and parents that failed by themselves
	broken                  []string       // packages that failed, in order
	reasons                 map[string]int // skipped tests by reason
}

// A place is what output belongs to. The zero test stands for the package itself, closingLine for the lines
// that the go command sums it up in.
type place struct{ pkg, test string }

const closingLine = "\x00closing"

func newTally(w io.Writer) *tally {
	return &tally{
		w:       w,
		closing: w,
		kept:    map[place]*strings.Builder{},
		parents: map[place]bool{},
		reasons: map[string]int{},
	}
}

// readAll takes lines until the end of r. A line that is no event (a message of the go command)
// is printed as it is.
func (t *tally) readAll(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			t.line(line)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (t *tally) line(line []byte) {
	var e event
	if !bytes.HasPrefix(line, []byte("{")) || json.Unmarshal(line, &e) != nil {
		t.print(string(line))
		return
	}
	switch {
	case e.Action == "build-output":
		t.print(e.Output)
	case e.Test != "":
		t.test(e)
	default:
		t.pkg(e)
	}
}

// test follows one test. Its output is kept until it is known whether anyone needs to read it.
func (t *tally) test(e event) {
	at := place{e.Package, e.Test}
	switch e.Action {
	case "run":
		if up, ok := parent(at); ok {
			if _, known := t.parents[up]; !known {
				t.parents[up] = false
			}
		}
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") { // RUN, PAUSE, CONT, NAME: of no use once the test is over
			t.keep(at, e.Output)
		}
	case "pass":
		if _, isParent := t.parents[at]; !isParent {
			t.passed++
		}
		delete(t.kept, at)
	case "skip":
		t.skipped++
		t.reasons[reason(t.take(at))]++
	case "fail":
		t.fail(at)
	}
}

// fail shows a failed test and counts it, unless a subtest of it was counted already.
func (t *tally) fail(at place) {
	t.print(t.take(at))
	if !t.parents[at] {
		t.failed++
	}
	for up, ok := parent(at); ok; up, ok = parent(up) {
		t.parents[up] = true
	}
}

func parent(at place) (up place, ok bool) {
	i := strings.LastIndexByte(at.test, '/')
	if i < 0 {
		return at, false
	}
	return place{at.pkg, at.test[:i]}, true
}

// pkg follows what a package says of itself: its closing line is always shown, the rest only if it failed,
// together with the output of tests that a panic or a timeout left unfinished.
func (t *tally) pkg(e event) {
	self, closing := place{e.Package, ""}, place{e.Package, closingLine}
	switch e.Action {
	case "output":
		switch {
		case sumsUp(e.Package, e.Output):
			t.keep(closing, e.Output)
		case e.Output != "PASS\n":
			t.keep(self, e.Output)
		}
	case "pass", "skip":
		t.packages++
		delete(t.kept, self)
		t.print(t.take(closing))
	case "fail":
		t.packages++
		t.broken = append(t.broken, e.Package)
		for _, at := range t.unfinished(e.Package) {
			t.fail(at)
		}
		t.print(t.take(self))
		t.print(t.take(closing))
	}
}

// unfinished lists the tests of a package that have output and no result, subtests first.
func (t *tally) unfinished(pkg string) []place {
	var open []place
	for at := range t.kept {
		if at.pkg == pkg && at.test != "" && at.test != closingLine {
			open = append(open, at)
		}
	}
	sort.Slice(open, func(i, j int) bool { return open[i].test > open[j].test })
	return open
}

// sumsUp says whether a line is one that the go command closes a package with.
func sumsUp(pkg, line string) bool {
	for _, start := range []string{"ok  \t", "FAIL\t", "?   \t", "\t" + pkg} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

func (t *tally) keep(at place, s string) {
	if t.kept[at] == nil {
		t.kept[at] = &strings.Builder{}
	}
	t.kept[at].WriteString(s)
}

func (t *tally) take(at place) string {
	b := t.kept[at]
	if b == nil {
		return ""
	}
	delete(t.kept, at)
	return b.String()
}

// print ignores what the writer says: standard output that is gone cannot be told so.
func (t *tally) print(s string) { _, _ = io.WriteString(t.w, s) }
