package rewrite

import "strings"

// ClassSets rewrites the classes of an expression with the flag v as the flag u knows them:
// sets inside sets, A--B, A&&B and strings by \q{…} (ECMA-262 22.2.1, ClassSetExpression).
// What it does not understand stays, for the engine to refuse.
func ClassSets(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); {
		switch pattern[i] {
		case '\\':
			end := min(i+2, len(pattern))
			b.WriteString(pattern[i:end])
			i = end
		case '[':
			c := classReader{text: pattern, at: i}
			set := c.class()
			if !c.ok() {
				return pattern
			}
			b.WriteString(set.text())
			i = c.at
		default:
			b.WriteByte(pattern[i])
			i++
		}
	}
	return b.String()
}

// A set is what a class matches: one of its members, where those of a plain class stand in
// brackets, and others are expressions of their own. [a-z\q{ch}] has the members a-z and the
// expression (?:ch).
type set struct {
	negated bool
	members string   // inside [ and ]
	others  []string // alternatives beside
}

// text is the expression that matches the set: a class, or alternatives in a group that
// captures nothing.
func (s set) text() string {
	alternatives := s.others
	if s.members != "" || len(s.others) == 0 {
		alternatives = append(alternatives[:len(alternatives):len(alternatives)], "["+s.members+"]")
	}
	whole := alternatives[0]
	if len(alternatives) > 1 || len(s.others) > 0 {
		whole = "(?:" + strings.Join(alternatives, "|") + ")"
	}
	switch {
	case !s.negated:
		return whole
	case len(s.others) == 0:
		return "[^" + s.members + "]"
	}
	// Any character, unless the set matches here.
	return "(?:(?!" + whole + ")[^])"
}

// A classReader reads one class. broken is set where it is not understood, and the reading
// ends soon after.
type classReader struct {
	text   string
	at     int
	depth  int
	broken bool
}

func (c *classReader) ok() bool { return !c.broken }

// class reads from [ to its ], which are at most 50 deep within each other.
func (c *classReader) class() set {
	const deepest = 50
	if c.depth++; c.depth > deepest {
		c.broken = true
	}
	defer func() { c.depth-- }()
	c.at++
	s := set{negated: c.skip("^")}
	for !c.broken {
		switch {
		case c.at >= len(c.text):
			c.broken = true
		case c.skip("]"):
			return s
		case c.skip("--"):
			right := c.operand()
			// A--B: a look-ahead that B does not match, then A.
			s = set{negated: s.negated, others: []string{"(?:(?!" + right.text() + ")" + set{members: s.members, others: s.others}.text() + ")"}}
		case c.skip("&&"):
			right := c.operand()
			// A&&B: a look-ahead that B matches, then A.
			s = set{negated: s.negated, others: []string{"(?:(?=" + right.text() + ")" + set{members: s.members, others: s.others}.text() + ")"}}
		default:
			s.add(c.operand())
		}
	}
	return s
}

// add joins two sets. What cannot be written inside of one bracket is kept apart.
func (s *set) add(o set) {
	if o.negated || len(o.others) > 0 {
		s.others = append(s.others, o.text())
		return
	}
	s.members += o.members
}

// operand reads a set inside a class, a string, or one character or range. Ranges have
// characters at both ends.
func (c *classReader) operand() set {
	switch {
	case c.at >= len(c.text):
		c.broken = true
		return set{}
	case c.text[c.at] == '[':
		return c.class()
	case c.skip(`\q{`):
		end := strings.IndexByte(c.text[c.at:], '}')
		if end < 0 {
			c.broken = true
			return set{}
		}
		words := c.text[c.at : c.at+end]
		c.at += end + 1
		return set{others: []string{"(?:" + words + ")"}}
	}
	from := c.at
	c.character()
	if strings.HasPrefix(c.text[c.at:], "-") && !strings.HasPrefix(c.text[c.at:], "--") {
		c.at++
		c.character()
	}
	return set{members: c.text[from:min(c.at, len(c.text))]}
}

// character goes past one character, written as itself or by an escape. A multi-byte
// character counts by its bytes, which all end up in the same class.
func (c *classReader) character() {
	if c.at >= len(c.text) {
		c.broken = true
		return
	}
	if c.text[c.at] != '\\' {
		c.at++
		return
	}
	if c.at += 2; c.at > len(c.text) {
		c.at, c.broken = len(c.text), true
		return
	}
	if strings.IndexByte("pPu", c.text[c.at-1]) >= 0 && c.skip("{") {
		end := strings.IndexByte(c.text[c.at:], '}')
		if end < 0 {
			c.broken = true
			return
		}
		c.at += end + 1
	}
}

// skip goes past a prefix, and says whether it was there.
func (c *classReader) skip(prefix string) bool {
	if !strings.HasPrefix(c.text[min(c.at, len(c.text)):], prefix) {
		return false
	}
	c.at += len(prefix)
	return true
}
