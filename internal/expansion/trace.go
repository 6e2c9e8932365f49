package expansion

import (
	"slices"
	"strings"
)

// The bounds of looking for the reason why a text has no end. Within them the way is found; beyond, the error names less.
const (
	maxSteps  = 100_000  // placeholders that are looked at
	maxDepth  = 5_000    // variables within each other
	maxTraced = 64 << 10 // bytes of a text that is put together
	maxPart   = 200      // bytes around a placeholder that may be a part of another
)

// cycle returns variables that lead from the first of them back to it, which is therefore also the last. It is nil when
// the text leads to none.
func (e *Expansion) cycle(text string) []string {
	if found := e.written(text); found != nil {
		return found
	}
	t := tracer{e: e}
	t.text(text)
	return t.found
}

// grows reports whether going round a cycle once adds to the text.
func (e *Expansion) grows(cycle []string) bool {
	for _, name := range cycle[1:] {
		v, _ := e.value(name)
		if start, end, _ := newScanner(v.Text, e.Angles).next(); start != 0 || end != len(v.Text) {
			return true
		}
	}
	return false
}

// names yields each name that text holds in a placeholder.
func (e *Expansion) names(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		scan := newScanner(text, e.Angles)
		for start, end, angle := scan.next(); start >= 0; start, end, angle = scan.next() {
			name := text[start+2 : end-2]
			_, ok := e.value(name)
			if ok && !yield(name) {
				return
			}
			if scan.from = end; angle && !ok {
				scan.from = start + 1
			}
		}
	}
}

// written finds a cycle whose placeholders stand in the values as they are, if possible one that adds to the text.
func (e *Expansion) written(text string) []string {
	var path, idle, found []string
	seen := map[string]bool{}
	var follow func(text string)
	follow = func(text string) {
		for name := range e.names(text) {
			if i := slices.Index(path, name); i >= 0 {
				if way := append(slices.Clone(path[i:]), name); e.grows(way) {
					found = way
				} else if idle == nil {
					idle = way
				}
			} else if !seen[name] && len(path) < maxDepth {
				seen[name] = true
				v, _ := e.value(name)
				path = append(path, name)
				follow(v.Text)
				path = path[:len(path)-1]
			}
			if found != nil {
				return
			}
		}
	}
	follow(text)
	if found == nil {
		return idle
	}
	return found
}

// A tracer finds a cycle among placeholders that come about only when others are replaced: "{{a{{n}}}}".
type tracer struct {
	e     *Expansion
	path  []string // the variables that lead to the one at work
	found []string
	steps int
}

// text replaces the placeholders of a text and those that come of it, one within another, until it finds a cycle.
func (t *tracer) text(text string) string {
	scan := newScanner(text, t.e.Angles)
	for t.found == nil && len(text) <= maxTraced {
		start, end, angle := scan.next()
		if start < 0 {
			break
		}
		value, ok := t.value(text[start+2 : end-2])
		if !ok {
			if scan.from = end; angle {
				scan.from = start + 1
			}
			continue
		}
		text = text[:start] + value + text[end:]
		scan = newScanner(text, t.e.Angles)
		scan.from = max(0, strings.LastIndexAny(text[:start], "}>")) // it may complete a placeholder that begins before it
	}
	return text
}

// value follows a name into its value. A name that is open already is a cycle, and found keeps its way round. Steps,
// depth and length are bounded, since values grow exponentially when they name each other twice.
func (t *tracer) value(name string) (string, bool) {
	if t.steps++; t.steps > maxSteps || len(t.path) > maxDepth {
		return "", false
	}
	if i := slices.Index(t.path, name); i >= 0 {
		t.found = append(slices.Clone(t.path[i:]), name)
		return "", false
	}
	v, ok := t.e.value(name)
	if !ok || len(v.Text) > maxTraced {
		return "", false
	}
	t.path = append(t.path, name)
	text := t.text(v.Text)
	t.path = t.path[:len(t.path)-1]
	return text, t.found == nil
}

// descent is the longest way down from a text through variables that hold each other.
func (e *Expansion) descent(text string) []string {
	below := map[string][]string{} // by name: the way down from it, itself included
	var longest func(text string, depth int) []string
	longest = func(text string, depth int) (best []string) {
		for name := range e.names(text) {
			way, seen := below[name]
			if !seen && depth < maxDepth && len(below) < maxSteps {
				below[name] = nil // where it meets itself
				v, _ := e.value(name)
				way = append([]string{name}, longest(v.Text, depth+1)...)
				below[name] = way
			}
			if len(way) > len(best) {
				best = way
			}
		}
		return best
	}
	return longest(text, 0)
}
