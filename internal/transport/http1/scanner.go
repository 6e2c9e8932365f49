package http1

import (
	"bufio"
	"strconv"

	"posthaste/collection"
	"posthaste/internal/transport/failure"
)

// A scanner reads the bytes that frame a response. It accepts and refuses what Node's parser does, byte by byte, so that
// a server that sends something else is told at once. lenient is Node's insecureHTTPParser. Whoever makes a scanner calls end
// when it has read what it wants: until then br still gives out what the scanner has read.
type scanner struct {
	br      *bufio.Reader
	have    []byte // what br holds
	at      int    // how much of it was read
	lenient bool
	limit   int                 // of the bytes of a head or a trailer; 0 is no limit
	read    int                 // bytes so far
	buf     []byte              // for names and values, used again and again
	before  []collection.Header // of an earlier response, whose texts are used again
	line    int                 // of the header, 0-based
}

// next returns the next byte. Its error is the connection's, or that of a head that is too
// large.
func (s *scanner) next() (byte, error) {
	if s.at == len(s.have) {
		if err := s.more(); err != nil {
			return 0, err
		}
	}
	c := s.have[s.at]
	s.at++
	if s.read++; s.limit > 0 && s.read > s.limit {
		e := ParseError("HPE_HEADER_OVERFLOW", "Header overflow")
		e.Hint = "the header of the answer is larger than " + strconv.Itoa(s.limit) + " bytes"
		return 0, e
	}
	return c, nil
}

// take appends the bytes that come next and are in the set, as far as they are here and
// within the limit: next would give them one by one.
func (s *scanner) take(to []byte, set *[256]bool) []byte {
	rest := s.have[s.at:]
	if s.limit > 0 && len(rest) > s.limit-s.read {
		rest = rest[:max(0, s.limit-s.read)]
	}
	n := 0
	for n < len(rest) && set[rest[n]] {
		n++
	}
	s.at += n
	s.read += n
	return append(to, rest[:n]...)
}

// more waits for further bytes. The last one that was read stays, since it may be given back.
func (s *scanner) more() error {
	kept := min(s.at, 1)
	_, _ = s.br.Discard(s.at - kept) // br holds them
	s.have, s.at = nil, kept
	if _, err := s.br.Peek(kept + 1); err != nil {
		s.end()
		return err
	}
	s.have, _ = s.br.Peek(s.br.Buffered()) // it holds them
	return nil
}

// end takes what was read out of br. The scanner can go on afterwards.
func (s *scanner) end() {
	_, _ = s.br.Discard(s.at) // br holds them
	s.have, s.at = nil, 0
}

// back gives the last byte back. It may be called once after each next.
func (s *scanner) back() {
	s.at--
	s.read--
}

// skip passes over bytes of the set and returns the first that is not one of them, which
// counts as read.
func (s *scanner) skip(set string) (byte, error) {
	for {
		c, err := s.next()
		if err != nil || !among(c, set) {
			return c, err
		}
	}
}

// lineFeed wants a LF, complaint being llhttp's message for anything else. A lenient scanner
// does without it.
func (s *scanner) lineFeed(complaint string) error {
	c, err := s.next()
	switch {
	case err != nil || c == '\n':
		return err
	case !s.lenient:
		return ParseError("HPE_STRICT", complaint)
	}
	s.back()
	return nil
}

// among reports whether a set has a byte; quicker than strings.IndexByte for sets of two or
// three.
func among(c byte, set string) bool {
	for i := range len(set) {
		if set[i] == c {
			return true
		}
	}
	return false
}

// ParseError is what Node says of a response that is not HTTP. code is llhttp's, such as
// HPE_INVALID_CONSTANT.
func ParseError(code, reason string) *failure.Error {
	return &failure.Error{Code: code, Message: "Parse Error: " + reason, Hint: "the server's answer is not valid HTTP"}
}
