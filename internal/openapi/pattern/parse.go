package pattern

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The kinds of a part of an expression.
const (
	class    = iota // one character
	sequence        // its subs one after another; also a group that does not capture
	either          // one of its subs
	repeat          // its sub, least to most times
	capture         // its sub, which \1 or \k<name> stands for later
	ahead           // a lookahead: what follows has to match, or must not
	backref         // what a group matched
	nothing         // an anchor, a lookbehind: matches no characters
)

// A part is a node of an expression's tree.
type part struct {
	kind        int
	ranges      []rune // of a class: pairs from, to; sorted by nothing
	inverted    bool   // [^…]
	subs        []*part
	least, most int    // of a repeat; most is -1 for no end
	group       int    // of a capture and a backref
	name        string // of both, "" without one
	refused     bool   // of a lookahead: (?!…)
}

// errSyntax says that an expression is not of ECMAScript, or too large to be worth it.
var errSyntax = errors.New("the pattern cannot be read")

// A parser reads an expression from front to back. It is lenient: who wants to know what an expression matches compiles it.
type parser struct {
	text   []rune
	i      int
	groups int
	depth  int
}

// deepest is how deep groups may nest, for the recursion's sake.
const deepest = 200

// parse makes the tree of an expression.
func parse(expression string) (*part, error) {
	p := &parser{text: []rune(expression)}
	root, err := p.alternatives()
	if err == nil && p.i < len(p.text) {
		err = errSyntax // a bracket that nothing opens
	}
	return root, err
}

// more reports whether there is a character at the place, and which.
func (p *parser) more() (rune, bool) {
	if p.i >= len(p.text) {
		return 0, false
	}
	return p.text[p.i], true
}

// take skips a text that stands at the place.
func (p *parser) take(text string) bool {
	want := []rune(text)
	if p.i+len(want) > len(p.text) || !slices.Equal(p.text[p.i:p.i+len(want)], want) {
		return false
	}
	p.i += len(want)
	return true
}

// alternatives reads a|b|c, up to a closing bracket or the end.
func (p *parser) alternatives() (*part, error) {
	if p.depth++; p.depth > deepest {
		return nil, errSyntax
	}
	defer func() { p.depth-- }()
	list := &part{kind: either}
	for {
		one, err := p.sequence()
		if err != nil {
			return nil, err
		}
		list.subs = append(list.subs, one)
		if !p.take("|") {
			break
		}
	}
	if len(list.subs) == 1 {
		return list.subs[0], nil
	}
	return list, nil
}

// sequence reads what stands between two bars.
func (p *parser) sequence() (*part, error) {
	list := &part{kind: sequence}
	for {
		r, ok := p.more()
		if !ok || r == '|' || r == ')' {
			return list, nil
		}
		one, err := p.atom()
		if err != nil {
			return nil, err
		}
		if one, err = p.quantified(one); err != nil {
			return nil, err
		}
		list.subs = append(list.subs, one)
	}
}

// quantified reads what may stand behind an atom: * + ? {2} {2,} {2,5}, each lazy or possessive as it likes.
func (p *parser) quantified(one *part) (*part, error) {
	least, most := 0, -1
	switch {
	case p.take("*"):
	case p.take("+"):
		least = 1
	case p.take("?"):
		most = 1
	default:
		var ok bool
		if least, most, ok = p.counts(); !ok {
			return one, nil
		}
	}
	if !p.take("?") {
		p.take("+")
	}
	if most >= 0 && most < least {
		return nil, errSyntax
	}
	return &part{kind: repeat, subs: []*part{one}, least: least, most: most}, nil
}

// counts reads {2}, {2,} or {2,5}. A brace that begins something else is an ordinary character, as in JavaScript without its mode u.
func (p *parser) counts() (least, most int, ok bool) {
	begin := p.i
	if !p.take("{") {
		return 0, 0, false
	}
	end := slices.Index(p.text[p.i:], '}')
	if end < 0 {
		p.i = begin
		return 0, 0, false
	}
	from, to, ranged := strings.Cut(string(p.text[p.i:p.i+end]), ",")
	least, err := strconv.Atoi(from)
	if err != nil || least < 0 {
		p.i = begin
		return 0, 0, false
	}
	most = least
	if ranged && to == "" {
		most = -1
	} else if ranged {
		if most, err = strconv.Atoi(to); err != nil {
			p.i = begin
			return 0, 0, false
		}
	}
	p.i += end + 1
	return least, most, true
}

// atom reads one character, class, group or anchor.
func (p *parser) atom() (*part, error) {
	r := p.text[p.i]
	switch r {
	case '(':
		return p.bracketed()
	case '[':
		return p.set()
	case '\\':
		return p.escape()
	case '^', '$':
		p.i++
		return &part{kind: nothing}, nil
	case '.':
		p.i++
		return &part{kind: class, ranges: []rune{'\n', '\n', '\r', '\r', '\u2028', '\u2029'}, inverted: true}, nil
	case '*', '+', '?':
		return nil, errSyntax
	}
	p.i++
	return single(r), nil
}

func single(r rune) *part { return &part{kind: class, ranges: []rune{r, r}} }

// bracketed reads a group of any kind.
func (p *parser) bracketed() (*part, error) {
	p.i++ // (
	out := &part{kind: sequence}
	switch {
	case p.take("?="):
		out.kind = ahead
	case p.take("?!"):
		out.kind, out.refused = ahead, true
	case p.take("?<="), p.take("?<!"):
		out.kind = nothing // what was written already is as it should be, or the text is refused at the end
	case p.take("?>"), p.take("?:"):
	case p.take("?<"), p.take("?P<"), p.take("?'"):
		p.groups++
		out.kind, out.group = capture, p.groups
		end := slices.IndexFunc(p.text[p.i:], func(r rune) bool { return r == '>' || r == '\'' })
		if end < 0 {
			return nil, errSyntax
		}
		out.name = string(p.text[p.i : p.i+end])
		p.i += end + 1
	case p.take("?"):
		// Flags, for the group or for what follows: (?i:…), (?i).
		for r, ok := p.more(); ok && (unicode.IsLetter(r) || r == '-'); r, ok = p.more() {
			p.i++
		}
		if p.take(")") {
			return &part{kind: nothing}, nil
		}
		if !p.take(":") {
			return nil, errSyntax
		}
	default:
		p.groups++
		out.kind, out.group = capture, p.groups
	}
	sub, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	if !p.take(")") {
		return nil, errSyntax
	}
	out.subs = []*part{sub}
	return out, nil
}

// set reads a class in brackets.
func (p *parser) set() (*part, error) {
	p.i++ // [
	out := &part{kind: class}
	out.inverted = p.take("^")
	for {
		r, ok := p.more()
		switch {
		case !ok:
			return nil, errSyntax
		case r == ']':
			p.i++
			return out, nil
		}
		from, err := p.member()
		if err != nil {
			return nil, err
		}
		// A range has a character on both sides of its hyphen: [\w-] has none.
		if len(from) == 2 && from[0] == from[1] && p.i+1 < len(p.text) && p.text[p.i] == '-' && p.text[p.i+1] != ']' {
			p.i++
			to, err := p.member()
			if err != nil {
				return nil, err
			}
			if len(to) == 2 && to[0] == to[1] {
				if to[0] < from[0] {
					return nil, errSyntax
				}
				from = []rune{from[0], to[0]}
			} else {
				from = append(append(from, '-', '-'), to...)
			}
		}
		out.ranges = append(out.ranges, from...)
	}
}

// member reads one character or escape in a class, as ranges.
func (p *parser) member() ([]rune, error) {
	r, ok := p.more()
	if !ok {
		return nil, errSyntax
	}
	if r != '\\' {
		p.i++
		return []rune{r, r}, nil
	}
	if p.i+1 < len(p.text) && p.text[p.i+1] == 'b' { // a backspace, in a class
		p.i += 2
		return []rune{'\b', '\b'}, nil
	}
	one, err := p.escape()
	switch {
	case err != nil:
		return nil, err
	case one.kind != class:
		return nil, errSyntax
	case one.inverted:
		return inverse(one.ranges), nil
	}
	return one.ranges, nil
}
