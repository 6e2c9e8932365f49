// Package expansion replaces placeholders in texts by the values of variables, in bounded time and space.
//
// Values may hold placeholders of their own. A text is gone through again while a pass replaced something, at most 19
// times (newman: postman-collection's SuperString.REPLACE_LIMIT). Variables that hold each other therefore end. Where
// they also let the text grow, the expansion fails with an error that names them.
package expansion

import "strings"

const (
	passes     = 19
	growth     = 64 << 20 // bytes by which the texts of one expansion may grow
	suspicious = 1 << 20  // bytes by which a text grows before its variables are looked at
	uses       = 8        // how often each value may be there besides, so that a large file in a variable is no problem
	notFound   = -1
)

// A Value is what a placeholder's name stands for.
type Value struct {
	Text  string
	Fresh bool // another at each use, as of a dynamic variable
}

// An Expansion replaces the placeholders of texts that belong together, such as those of one request. Variables must
// not change while it is in use: each is looked up once. It is not safe for concurrent use.
type Expansion struct {
	Lookup func(name string) (Value, bool) // what a name stands for
	Angles bool                            // <<name>> is a placeholder too, where Lookup knows the name
	// Lenient lets variables that hold each other add to a text for the 19 passes, as newman does. The bound of the
	// text's size holds all the same.
	Lenient bool
	// Missing is told once of each name that Lookup does not know and that stays in a text. May be nil.
	Missing func(name string)
	// Endless is told of variables that lead to each other, or too deep, and so stay in a text. The first one's
	// placeholder is what stays. May be nil.
	Endless func(names []string)
	// Quiet is Lookup for texts that are not sent, where Lookup tells somebody what it is asked for; nil is Lookup.
	Quiet func(name string) (Value, bool)

	unsent *Expansion
	known  map[string]*known
	use    int // counts the calls of Again
	held   int // bytes of values that were noted in known
	told   map[string]bool
	room   int
	err    error
	text   []byte // room for the text of a pass
}

// A known is what a name stands for. It counts in the use that it was looked up in.
type known struct {
	Value
	ok  bool
	use int
}

// How much of an expansion is kept for its next use: names, and bytes of a text or of values.
const (
	mostKept    = 256
	longestKept = 64 << 10
)

// Again makes the expansion ready for other texts, after variables have changed. What it takes
// memory for is kept.
func (e *Expansion) Again() {
	e.use++
	if len(e.known) > mostKept || e.held > longestKept {
		e.known, e.held = nil, 0
	}
	if cap(e.text) > longestKept {
		e.text = nil
	}
	e.unsent, e.told, e.room, e.err = nil, nil, growth, nil
}

// Err returns why the expansion failed: a *CycleError or a *SizeError, nil when it did not.
func (e *Expansion) Err() error { return e.err }

// Unsent is an expansion by the same values for texts that are not sent, such as disabled header lines. It tells of
// nothing, and what it cannot put in stays as it is written.
func (e *Expansion) Unsent() *Expansion {
	if e.unsent == nil {
		e.unsent = &Expansion{Lookup: e.Lookup, Angles: e.Angles, Lenient: e.Lenient}
		if e.Quiet != nil {
			e.unsent.Lookup = e.Quiet
		}
	}
	return e.unsent
}

// Expand replaces the placeholders of text. Names are taken as written, blanks included (newman: "{{ x }}" is another
// variable than "{{x}}"). After a failure every text comes back as it is.
func (e *Expansion) Expand(text string) string {
	if e.err != nil || !e.mayHold(text) {
		return text
	}
	if e.known == nil {
		e.known, e.room = map[string]*known{}, growth
	}
	whole, done, looked := text, false, e.Lenient
	for range passes {
		next, replaced := e.pass(text)
		if e.room < 0 {
			e.err = e.tooLarge(whole)
			return whole
		}
		if !looked && len(next) > len(whole)+suspicious { // it may have no end: better to know it now
			looked = true
			if cycle := e.cycle(whole); cycle != nil && e.grows(cycle) {
				e.err = &CycleError{Names: cycle}
				return whole
			}
		}
		text = next
		if done = !replaced; done {
			break
		}
	}
	e.leftovers(text, done)
	if e.err != nil {
		if cycle := e.cycle(whole); cycle != nil && e.grows(cycle) {
			e.err = &CycleError{Names: cycle} // the same, as it is met from the user's text
		}
		return whole
	}
	return text
}

// mayHold is the quick way out for text without placeholders.
func (e *Expansion) mayHold(text string) bool {
	return strings.Contains(text, "{{") || e.Angles && strings.Contains(text, "<<")
}

// pass replaces each placeholder of text once, from left to right, as long as there is room.
func (e *Expansion) pass(text string) (string, bool) {
	b := e.text[:0]
	replaced := false
	scan := newScanner(text, e.Angles)
	written := 0 // bytes of text that are dealt with
	for {
		start, end, angle := scan.next()
		if start < 0 {
			break
		}
		value, ok := e.value(text[start+2 : end-2])
		if !ok {
			if scan.from = end; angle {
				scan.from = start + 1 // "<<" that opens no placeholder hides none behind it
			}
			continue
		}
		replaced, scan.from = true, end
		b = append(append(b, text[written:start]...), value.Text...)
		written = end
		if e.room -= len(value.Text) - (end - start); e.room < 0 {
			return text, false
		}
	}
	if !replaced {
		return text, false
	}
	e.text = append(b, text[written:]...)
	return string(e.text), true
}

// value looks a name up, once for a value that stays.
func (e *Expansion) value(name string) (Value, bool) {
	k := e.known[name]
	if k != nil && k.use == e.use {
		return k.Value, k.ok
	}
	v, ok := e.Lookup(name)
	if v.Fresh {
		return v, ok
	}
	if k == nil {
		k = &known{}
		e.known[strings.Clone(name)] = k
	}
	*k = known{v, ok, e.use}
	e.held += len(v.Text)
	e.room += uses * len(v.Text)
	return v, ok
}

// leftovers tells of the placeholders that are still in a text after its last pass. done says that nothing was left to
// replace.
func (e *Expansion) leftovers(text string, done bool) {
	scan := newScanner(text, e.Angles && !done)
	for {
		start, end, angle := scan.next()
		if start < 0 {
			return
		}
		name := text[start+2 : end-2]
		if scan.from = end; angle {
			scan.from = start + 1
		}
		if e.told[name] {
			continue
		}
		_, ok := e.value(name)
		if angle && !ok {
			continue // it is no placeholder
		}
		if e.told == nil {
			e.told = map[string]bool{}
		}
		e.told[strings.Clone(name)] = true
		if ok && !done {
			e.endless(text, start, end)
		} else if e.Missing != nil {
			e.Missing(name)
		}
		if e.err != nil {
			return
		}
	}
}

// endless tells of a placeholder that could still be replaced after the last pass.
func (e *Expansion) endless(text string, start, end int) {
	cycle := e.cycle(text[start:end])
	if cycle == nil { // it may be a part of one that is put together: "{{a{{n}}}}"
		cycle = e.cycle(text[max(0, start-maxPart):min(len(text), end+maxPart)])
	}
	switch {
	case cycle != nil && !e.Lenient && e.grows(cycle):
		e.err = &CycleError{Names: cycle}
	case e.Endless != nil && cycle != nil:
		e.Endless(cycle)
	case e.Endless != nil:
		e.Endless(e.descent(text[start:end]))
	}
}

// tooLarge is why a text grows beyond the bound.
func (e *Expansion) tooLarge(text string) error {
	if cycle := e.cycle(text); cycle != nil {
		return &CycleError{Names: cycle}
	}
	return &SizeError{Names: e.descent(text)}
}
