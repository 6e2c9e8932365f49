package http1

import (
	"bufio"
	"strconv"

	"posthaste/internal/transport/failure"
)

// A scanner reads the bytes that frame a response. It accepts and refuses what Node's parser does, byte by byte, so that
// a server that sends something else is told at once. lenient is Node's insecureHTTPParser.
type scanner struct {
	br      *bufio.Reader
	lenient bool
	limit   int // of the bytes of a head or a trailer; 0 is no limit
	read    int // bytes so far
	buf     []byte
}

// next returns the next byte.
func (s *scanner) next() (byte, error) {
	c, err := s.br.ReadByte()
	if err != nil {
		return 0, err
	}
	if s.read++; s.limit > 0 && s.read > s.limit {
		e := ParseError("HPE_HEADER_OVERFLOW", "Header overflow")
		e.Hint = "the header of the answer is larger than " + strconv.Itoa(s.limit) + " bytes"
		return 0, e
	}
	return c, nil
}

// back gives the last byte back.
func (s *scanner) back() {
	_ = s.br.UnreadByte() // a byte was read just before
	s.read--
}

// skip passes over bytes of the set and returns the first that is not one of them.
func (s *scanner) skip(set string) (byte, error) {
	for {
		c, err := s.next()
		if err != nil || !among(c, set) {
			return c, err
		}
	}
}

// lineFeed wants a LF. A lenient scanner does without it.
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

func among(c byte, set string) bool {
	for i := range len(set) {
		if set[i] == c {
			return true
		}
	}
	return false
}

// ParseError is what Node says of a response that is not HTTP.
func ParseError(code, reason string) *failure.Error {
	return &failure.Error{Code: code, Message: "Parse Error: " + reason, Hint: "the server's answer is not valid HTTP"}
}
