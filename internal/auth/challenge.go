package auth

import (
	"strings"

	"posthaste/collection"
)

// A challenge is one scheme that a WWW-Authenticate line offers (RFC 9110, 11.6.1).
type challenge struct {
	scheme  string
	token68 string            // what stands behind the scheme when that is no list of parameters
	params  map[string]string // by lower-case name; of several the first counts, or nil
}

// is compares schemes, whose case means nothing.
func (c *challenge) is(scheme string) bool { return strings.EqualFold(c.scheme, scheme) }

// challenges returns what all WWW-Authenticate lines offer, in their order. One line can
// offer several schemes.
func challenges(header []collection.Header) []challenge {
	var list []challenge
	for _, h := range header {
		if strings.EqualFold(h.Key, "WWW-Authenticate") {
			list = append(list, parseChallenges(h.Value)...)
		}
	}
	return list
}

// parseChallenges reads one line. What matches no rule is skipped: servers write all sorts of
// things, and what can be read may be enough.
func parseChallenges(line string) []challenge {
	var list []challenge
	s := scanner{text: line}
	for {
		s.skip(" \t,")
		if s.end() {
			return list
		}
		word := s.token()
		if word == "" {
			s.at++
			continue
		}
		s.skip(" \t")
		// A word that no "=" follows is a scheme, any other a parameter of the last scheme.
		if !s.next('=') {
			list = append(list, challenge{scheme: word, token68: s.token68()})
			continue
		}
		s.at++
		s.skip(" \t")
		value := s.value()
		if len(list) == 0 {
			continue // a parameter of no scheme
		}
		c := &list[len(list)-1]
		if c.params == nil {
			c.params = map[string]string{}
		}
		// Of several parameters of one name the first counts.
		if name := strings.ToLower(word); c.params[name] == "" {
			c.params[name] = value
		}
	}
}

// A scanner reads the words of a header line from left to right.
type scanner struct {
	text string
	at   int
}

func (s *scanner) end() bool        { return s.at >= len(s.text) }
func (s *scanner) next(c byte) bool { return !s.end() && s.text[s.at] == c }

func (s *scanner) skip(set string) {
	for !s.end() && strings.IndexByte(set, s.text[s.at]) >= 0 {
		s.at++
	}
}

// take reads while the byte is allowed, and returns what it read.
func (s *scanner) take(allowed func(byte) bool) string {
	from := s.at
	for !s.end() && allowed(s.text[s.at]) {
		s.at++
	}
	return s.text[from:s.at]
}

// token reads a token of RFC 9110, 5.6.2.
func (s *scanner) token() string {
	return s.take(func(c byte) bool { return unreserved(c) || strings.IndexByte("!#$%&'*+^`|", c) >= 0 })
}

// token68 reads the base64 that may follow a scheme, and nothing where parameters follow.
func (s *scanner) token68() string {
	from := s.at
	s.take(func(c byte) bool { return unreserved(c) || c == '+' || c == '/' })
	s.skip("=")
	text := s.text[from:s.at]
	s.skip(" \t")
	if s.end() || s.next(',') {
		return text
	}
	s.at = from
	return ""
}

// value reads a quoted string without its escapes, or everything before the next comma or
// blank.
func (s *scanner) value() string {
	if !s.next('"') {
		return s.take(func(c byte) bool { return c != ',' && c != ' ' && c != '\t' })
	}
	var b strings.Builder
	for s.at++; !s.end(); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return b.String()
		case c == '\\' && s.at+1 < len(s.text):
			s.at++
			b.WriteByte(s.text[s.at])
		default:
			b.WriteByte(c)
		}
	}
	return b.String() // the closing quote is missing
}

// quoted writes a quoted string (RFC 9110, 5.6.4).
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
