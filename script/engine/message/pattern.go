package message

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PatternFault returns what V8 says of a regular expression that it refuses and the engine
// takes, or refuses in words of its own: "" for others. The engine knows neither the
// strictness of the flag u nor names that stand twice. pattern is what stands between the
// slashes. The grammar is ECMA-262 22.2.1, with annex B.1.2 without the flag u.
func PatternFault(pattern, flags string) string {
	p := patternCheck{text: pattern, strict: strings.ContainsAny(flags, "uv"), sets: strings.Contains(flags, "v")}
	p.count()
	p.alternatives(0)
	if p.fault == "" && p.i < len(p.text) {
		p.fail("Unmatched ')'")
	}
	// \k<a> is a reference with the flag u, or once any group has a name; else it is the
	// letter k.
	if p.fault == "" && (p.strict || len(p.names) > 0) {
		for _, name := range p.references {
			if !slices.Contains(p.names, name) {
				p.fail("Invalid named capture referenced")
			}
		}
	}
	return p.fault
}

// patternCheck is a walk over a regular expression. It stops at the first fault, as V8
// reports only one.
type patternCheck struct {
	text string
	// The next byte to be looked at.
	i      int
	strict bool // the flag u or v
	sets   bool // the flag v, whose classes nest
	// Known from count before the walk begins.
	groups     int  // that capture
	named      bool // a group has a name
	names      []string
	references []string
	fault      string
}

// fail keeps the first fault and ends the walk.
func (p *patternCheck) fail(text string) {
	if p.fault == "" {
		p.fault = text
	}
	p.i = len(p.text)
}

// rest is the text that is not read yet; i may stand behind the end after a cut escape.
func (p *patternCheck) rest() string { return p.text[min(p.i, len(p.text)):] }

// count looks ahead for the groups, which references may name before they stand: /\1(a)/ is
// valid. Brackets within a class and escaped ones open nothing.
func (p *patternCheck) count() {
	class := false
	for i := 0; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '(' && !class:
			name := strings.HasPrefix(p.text[i:], "(?<") && !strings.HasPrefix(p.text[i:], "(?<=") && !strings.HasPrefix(p.text[i:], "(?<!")
			p.named = p.named || name
			if name || !strings.HasPrefix(p.text[i:], "(?") {
				p.groups++
			}
		}
	}
}

// maxPatternDepth bounds the groups within each other; deeper ones are refused elsewhere. The
// walk recurses with each.
const maxPatternDepth = 1000

// alternatives goes to the end of the text, or to the bracket that closes the group, which
// the caller reads. Branches that | divides need no treatment of their own: nothing depends
// on where one begins.
func (p *patternCheck) alternatives(depth int) {
	for p.i < len(p.text) && p.fault == "" {
		switch c := p.text[p.i]; c {
		case ')':
			return
		case '|':
			p.i++
		// At the beginning, or behind another quantifier.
		case '*', '+', '?':
			p.fail("Nothing to repeat")
		case '^', '$':
			p.i++
			p.quantifier(false, "Nothing to repeat")
		case '(':
			p.group(depth)
		case '[':
			p.class()
			p.quantifier(true, "")
		case '\\':
			assertion := strings.HasPrefix(p.rest(), `\b`) || strings.HasPrefix(p.rest(), `\B`)
			p.escape(false)
			p.quantifier(!assertion, "Nothing to repeat")
		case '{', '}', ']':
			p.bracket(c)
		default:
			_, size := utf8.DecodeRuneInString(p.rest())
			p.i += size
			p.quantifier(true, "")
		}
	}
}

// bracket is a bracket that opens nothing. Annex B allows it as a character without the flag
// u.
func (p *patternCheck) bracket(c byte) {
	switch _, _, length := repeats(p.rest()); {
	case c == '{' && length > 0:
		p.fail("Nothing to repeat")
	case p.strict:
		p.fail("Lone quantifier brackets")
	default:
		p.i++
		p.quantifier(true, "")
	}
}

// group reads a group, from its bracket to the quantifier behind it. A look-behind must not
// be repeated; a look-ahead may be without the flag u (annex B).
func (p *patternCheck) group(depth int) {
	rest, repeatable := p.rest(), true
	switch {
	case depth > maxPatternDepth:
		p.i = len(p.text)
		return
	case strings.HasPrefix(rest, "(?<=") || strings.HasPrefix(rest, "(?<!"):
		p.i, repeatable = p.i+4, false
	case strings.HasPrefix(rest, "(?=") || strings.HasPrefix(rest, "(?!"):
		p.i, repeatable = p.i+3, !p.strict
	case strings.HasPrefix(rest, "(?:"):
		p.i += 3
	case strings.HasPrefix(rest, "(?<"):
		// ES2025 allows a name twice in different branches; V8 of Node 20 does not.
		p.i += 3
		name := p.name()
		if slices.Contains(p.names, name) && p.fault == "" {
			p.fail("Duplicate capture group name")
		}
		p.names = append(p.names, name)
	case strings.HasPrefix(rest, "(?"):
		p.fail("Invalid group")
	default:
		p.i++
	}
	p.alternatives(depth + 1)
	if p.fault != "" {
		return
	}
	if p.i >= len(p.text) {
		p.fail("Unterminated group")
		return
	}
	p.i++
	p.quantifier(repeatable, "Invalid quantifier")
}

// name reads the name of a group and its closing bracket; p.i is at the name. \u escapes in
// names are let through.
func (p *patternCheck) name() string {
	end := strings.IndexByte(p.rest(), '>')
	if end <= 0 {
		p.fail("Invalid capture group name")
		return ""
	}
	name := p.rest()[:end]
	for i, r := range name {
		if r != '$' && r != '_' && r != '\\' && r != '{' && r != '}' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			p.fail("Invalid capture group name")
			return ""
		}
	}
	p.i += end + 1
	return name
}

// quantifier reads what may stand behind an atom: *, +, ?, {n,m}, and ? behind these.
// otherwise is the fault where a quantifier is not allowed.
func (p *patternCheck) quantifier(allowed bool, otherwise string) {
	rest := p.rest()
	if rest == "" || p.fault != "" {
		return
	}
	length := 0
	switch rest[0] {
	case '*', '+', '?':
		length = 1
	case '{':
		least, most, n := repeats(rest)
		switch {
		case n == 0 && p.strict && allowed:
			p.fail("Incomplete quantifier")
			return
		// Without the flag u a brace that is no quantifier is a character.
		case n == 0:
			return
		case most < least:
			p.fail("numbers out of order in {} quantifier")
			return
		}
		length = n
	default:
		return
	}
	if !allowed {
		p.fail(otherwise)
		return
	}
	p.i += length
	if strings.HasPrefix(p.rest(), "?") {
		p.i++
	}
}

// repeats reads {n}, {n,} and {n,m}: how long it is in bytes, 0 for none. Floats hold any
// count, however many digits it has; most equals least where there is no upper bound, which
// serves for comparing the two.
func repeats(s string) (least, most float64, length int) {
	end := strings.IndexByte(s, '}')
	if !strings.HasPrefix(s, "{") || end < 0 {
		return 0, 0, 0
	}
	first, second, two := strings.Cut(s[1:end], ",")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	if !digits(first) || two && second != "" && !digits(second) {
		return 0, 0, 0
	}
	least, _ = strconv.ParseFloat(first, 64)
	most = least
	if two {
		if most, _ = strconv.ParseFloat(second, 64); second == "" {
			most = least
		}
	}
	return least, most, end + 1
}

// class reads a class of characters. Those that nest (flag v) are left to the engine: the
// walk ends there, without a fault.
func (p *patternCheck) class() {
	if p.sets {
		p.i = len(p.text)
		return
	}
	p.i++
	if strings.HasPrefix(p.rest(), "^") {
		p.i++
	}
	for p.fault == "" {
		switch rest := p.rest(); {
		case rest == "":
			p.fail("Unterminated character class")
		case rest[0] == ']':
			p.i++
			return
		default:
			p.classRange()
		}
	}
}

// classRange reads an item of a class, or two with a hyphen between them. With the flag u, \d
// and the like cannot be an end of a range; without it they can, and the hyphen is a
// character then. The order of a range's ends is checked by the engine.
func (p *patternCheck) classRange() {
	whole := p.item()
	rest := p.rest()
	if !p.strict || len(rest) < 2 || rest[0] != '-' || rest[1] == ']' || p.fault != "" {
		return
	}
	p.i++
	if other := p.item(); (whole || other) && p.fault == "" {
		p.fail("Invalid character class")
	}
}

// item reads a character of a class, or one that stands for several, such as \d.
func (p *patternCheck) item() (several bool) {
	rest := p.rest()
	if rest[0] == '\\' {
		several = len(rest) > 1 && strings.IndexByte("dDsSwWpP", rest[1]) >= 0
		p.escape(true)
		return several
	}
	_, size := utf8.DecodeRuneInString(rest)
	p.i += size
	return false
}
