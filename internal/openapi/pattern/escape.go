package pattern

import (
	"cmp"
	"slices"
	"strconv"
	"unicode"
)

// escape reads what a backslash begins.
func (p *parser) escape() (*part, error) {
	p.i++ // \
	r, ok := p.more()
	if !ok {
		return nil, errSyntax
	}
	p.i++
	if ranges, inverted, ok := shorthand(r); ok {
		return &part{kind: class, ranges: ranges, inverted: inverted}, nil
	}
	const plain, meant = "tnrfv0", "\t\n\r\f\v\x00"
	switch {
	case slices.Contains([]rune("bBAzZG"), r):
		return &part{kind: nothing}, nil
	case r == 'p' || r == 'P':
		return p.property(r == 'P')
	case r == 'k' && p.take("<"):
		end := slices.Index(p.text[p.i:], '>')
		if end < 0 {
			return nil, errSyntax
		}
		name := string(p.text[p.i : p.i+end])
		p.i += end + 1
		return &part{kind: backref, name: name}, nil
	case r >= '1' && r <= '9':
		n := int(r - '0')
		for d, ok := p.more(); ok && d >= '0' && d <= '9' && n < 100; d, ok = p.more() {
			n = 10*n + int(d-'0')
			p.i++
		}
		return &part{kind: backref, group: n}, nil
	case r == 'x':
		return p.code(2), nil
	case r == 'u':
		return p.code(4), nil
	case r == 'c':
		if letter, ok := p.more(); ok && letter < unicode.MaxASCII {
			p.i++
			return single(letter & 31), nil
		}
	default:
		if i := slices.Index([]rune(plain), r); i >= 0 {
			return single([]rune(meant)[i]), nil
		}
	}
	return single(r), nil
}

// code reads the digits of \x41, \u0041 or \u{1F600}; without them it is the letter.
func (p *parser) code(digits int) *part {
	begin := p.i
	letter := p.text[p.i-1]
	text := ""
	if p.take("{") {
		end := slices.Index(p.text[p.i:], '}')
		if end >= 0 {
			text = string(p.text[p.i : p.i+end])
			p.i += end + 1
		}
	} else if p.i+digits <= len(p.text) {
		text = string(p.text[p.i : p.i+digits])
		p.i += digits
	}
	n, err := strconv.ParseUint(text, 16, 21)
	if err != nil {
		p.i = begin
		return single(letter)
	}
	return single(rune(n))
}

// shorthand are the ranges of \d, \w, \s and of their opposites.
func shorthand(r rune) (ranges []rune, inverted, ok bool) {
	switch unicode.ToLower(r) {
	case 'd':
		ranges = []rune{'0', '9'}
	case 'w':
		ranges = []rune{'a', 'z', 'A', 'Z', '0', '9', '_', '_'}
	case 's':
		ranges = []rune{' ', ' ', '\t', '\r', '\u00a0', '\u00a0', '\u2028', '\u2029'}
	default:
		return nil, false, false
	}
	return ranges, unicode.IsUpper(r), true
}

// property reads the name of \p{L}, \p{Script=Greek} or \pL.
func (p *parser) property(inverted bool) (*part, error) {
	name := ""
	if p.take("{") {
		end := slices.Index(p.text[p.i:], '}')
		if end < 0 {
			return nil, errSyntax
		}
		name = string(p.text[p.i : p.i+end])
		p.i += end + 1
	} else if r, ok := p.more(); ok {
		name = string(r)
		p.i++
	}
	if i := slices.Index([]rune(name), '='); i >= 0 {
		name = string([]rune(name)[i+1:])
	}
	table := unicode.Categories[name]
	for _, other := range []map[string]*unicode.RangeTable{unicode.Scripts, unicode.Properties} {
		if table == nil {
			table = other[name]
		}
	}
	// The long names that are used most; Go has the short ones.
	if short := map[string]string{"Letter": "L", "Alphabetic": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Number": "N", "Punctuation": "P", "Alpha": "L", "Alnum": "L", "Upper": "Lu", "Lower": "Ll", "Digit": "Nd", "Punct": "P"}[name]; table == nil {
		table = unicode.Categories[short]
	}
	if table == nil {
		return nil, errSyntax
	}
	out := &part{kind: class, inverted: inverted}
	for _, r := range table.R16 {
		if r.Stride == 1 {
			out.ranges = append(out.ranges, rune(r.Lo), rune(r.Hi))
			continue
		}
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			out.ranges = append(out.ranges, c, c)
		}
	}
	for _, r := range table.R32 {
		out.ranges = append(out.ranges, rune(r.Lo), rune(r.Lo))
	}
	return out, nil
}

// inverse are the ranges of all other characters.
func inverse(ranges []rune) []rune {
	type span struct{ from, to rune }
	var list []span
	for i := 0; i+1 < len(ranges); i += 2 {
		list = append(list, span{ranges[i], ranges[i+1]})
	}
	slices.SortFunc(list, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var out []rune
	next := rune(0)
	for _, s := range list {
		if s.from > next {
			out = append(out, next, s.from-1)
		}
		next = max(next, s.to+1)
	}
	if next <= unicode.MaxRune {
		out = append(out, next, unicode.MaxRune)
	}
	return out
}

// has reports whether a class has a character.
func (c *part) has(r rune) bool {
	for i := 0; i+1 < len(c.ranges); i += 2 {
		if r >= c.ranges[i] && r <= c.ranges[i+1] {
			return !c.inverted
		}
	}
	return c.inverted
}
