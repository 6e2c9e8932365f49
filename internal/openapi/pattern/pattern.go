// Package pattern makes texts that a regular expression matches, for values of schemas that have a pattern.
//
// It reads ECMAScript's expressions, with lookaheads and references to groups. A text is made of what the expression says, and what
// that leaves open (does a lookahead hold?) is tried: the caller's own matcher decides.
package pattern

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits are what a text must be besides what the expression says.
type Limits struct {
	Least, Most int // characters; Most is -1 for no limit
	// Fits decides about a text: it matches the expression, and whatever else is asked of it.
	Fits func(text string) bool
	// Rand chooses among what fits; nil takes the first.
	Rand *rand.Rand
}

// How often a text is tried: with the first of all choices and more and more repetitions, then at random.
const (
	plainTries  = 24
	randomTries = 400
	// mostText is how long a text may become, in bytes, and how many parts it may be made of: (){1000000} has no bytes.
	mostText = 64 << 10
	// mostTooLong is how often the shortest text of other choices may be too long.
	mostTooLong = 5
)

// Text makes a text that an expression matches; false where none was found.
func Text(expression string, l Limits) (string, bool) {
	root, err := parse(expression)
	if err != nil {
		return "", false
	}
	w := &writer{limits: l, hints: hints(root, nil)}
	fits := func() (string, bool) {
		text := w.text.String()
		n := utf8.RuneCountInString(text)
		// Behind the end of an expression without an anchor anything may stand.
		if n > 0 && n < l.Least && l.Least-n <= mostText {
			text += strings.Repeat("x", l.Least-n)
			n = l.Least
		}
		return text, !w.full && n >= l.Least && (l.Most < 0 || n <= l.Most) && l.Fits(text)
	}
	if l.Rand == nil {
		for _, w.extra = range w.lengths() {
			w.begin()
			w.write(root)
			if text, ok := fits(); ok {
				return text, true
			}
			if w.full {
				break // with more repetitions it gets longer still
			}
		}
	}
	// Always the same texts, unless the caller wants others.
	w.random = l.Rand
	if w.random == nil {
		w.random = rand.New(rand.NewPCG(1, uint64(len(expression)))) //nolint:gosec // values, no secrets
	}
	lengths, tooLong := w.lengths(), 0
	for try := range randomTries {
		w.extra = lengths[try%len(lengths)]
		w.begin()
		w.write(root)
		if text, ok := fits(); ok {
			return text, true
		}
		if w.full && w.extra == 0 {
			if tooLong++; tooLong > mostTooLong {
				break // even what must be there is too long
			}
		}
	}
	return "", false
}

// A writer writes one text after another.
type writer struct {
	limits Limits
	random *rand.Rand // nil: the first of all choices
	extra  int        // repetitions beyond those that must be
	hints  []rune     // characters that lookaheads want

	text   strings.Builder
	groups map[int]string
	names  map[string]string
	steps  int
	full   bool // the text became too long
	rest   bool // a lookahead was written out: what follows is as short as can be
}

// lengths are the numbers of extra repetitions to try: few, and those by which the text gets as long as it must be.
func (w *writer) lengths() []int {
	var list []int
	for i := range plainTries {
		list = append(list, i)
	}
	for _, limit := range []int{w.limits.Least, w.limits.Most} {
		for _, n := range []int{limit, limit - 1, limit - 2, limit - 3, limit - 4, limit - 6, limit - 8, limit / 2, limit / 3, limit / 4} {
			if n >= plainTries && n <= mostText {
				list = append(list, n)
			}
		}
	}
	return list
}

// begin forgets the text before.
func (w *writer) begin() {
	w.text.Reset()
	w.groups, w.names, w.steps, w.full, w.rest = map[int]string{}, map[string]string{}, 0, false, false
}

// pick is an index below n: the first, or any.
func (w *writer) pick(n int) int {
	if w.random == nil || n < 2 {
		return 0
	}
	return w.random.IntN(n)
}

// write appends a text of a part.
func (w *writer) write(p *part) {
	if w.steps++; w.steps > mostText || w.text.Len() > mostText {
		w.full = true
	}
	if w.full {
		return
	}
	switch p.kind {
	case class:
		w.text.WriteRune(w.character(p))
	case sequence:
		for _, sub := range p.subs {
			w.write(sub)
		}
	case either:
		w.write(p.subs[w.pick(len(p.subs))])
	case repeat:
		for range w.times(p) {
			if w.full {
				break
			}
			w.inner(p.subs[0])
		}
	case capture:
		begin := w.text.Len()
		w.write(p.subs[0])
		w.groups[p.group] = w.text.String()[begin:]
		if p.name != "" {
			w.names[p.name] = w.groups[p.group]
		}
	case backref:
		if p.name != "" {
			w.text.WriteString(w.names[p.name])
		} else {
			w.text.WriteString(w.groups[p.group])
		}
	case ahead:
		// A text of the lookahead itself may be what the rest wants: (?=[A-Z]{3}$).*
		if !p.refused && w.random != nil && w.random.IntN(4) == 0 {
			w.write(p.subs[0])
			w.rest = true
		}
	}
}

// inner writes what is repeated: the outermost repetition makes a text longer, those within it do not.
func (w *writer) inner(p *part) {
	if w.random != nil {
		w.write(p)
		return
	}
	extra := w.extra
	w.extra = 0
	w.write(p)
	w.extra = extra
}

// times is how often a part is repeated.
func (w *writer) times(p *part) int {
	n := p.least
	if !w.rest {
		n += w.extra
		if w.random != nil {
			n = p.least + w.random.IntN(w.extra+1)
		}
	}
	if p.most >= 0 {
		n = min(n, p.most)
	}
	return n
}

// character is one of a class: a letter or a digit where it has one.
func (w *writer) character(c *part) rune {
	first := []rune{'a', 'A', '1', '0', '_', '-', ' '}
	if w.random != nil {
		if len(w.hints) > 0 && w.random.IntN(2) == 0 {
			if r := w.hints[w.random.IntN(len(w.hints))]; c.has(r) {
				return r
			}
		}
		const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
		for range 4 {
			if r := rune(letters[w.random.IntN(len(letters))]); c.has(r) {
				return r
			}
		}
	}
	for _, r := range first {
		if c.has(r) {
			return r
		}
	}
	for r := '!'; r <= '~'; r++ {
		if c.has(r) {
			return r
		}
	}
	if !c.inverted && len(c.ranges) > 0 {
		return c.ranges[0]
	}
	if ranges := inverse(c.ranges); c.inverted && len(ranges) > 0 {
		return ranges[0]
	}
	return 'a'
}

// hints are characters of the lookaheads of an expression.
func hints(p *part, list []rune) []rune {
	if p.kind == ahead && !p.refused {
		return characters(p.subs[0], list)
	}
	for _, sub := range p.subs {
		list = hints(sub, list)
	}
	return list
}

// mostHints bounds the list: a lookahead may have hundreds of characters.
const mostHints = 200

// characters are some characters of the classes of a part, each once.
func characters(p *part, list []rune) []rune {
	if p.kind == class && !p.inverted {
		for i := 0; i+1 < len(p.ranges); i += 2 {
			for _, r := range []rune{p.ranges[i], p.ranges[i+1], (p.ranges[i] + p.ranges[i+1]) / 2} {
				if !slices.Contains(list, r) && len(list) < mostHints {
					list = append(list, r)
				}
			}
		}
	}
	for _, sub := range p.subs {
		list = characters(sub, list)
	}
	return list
}
