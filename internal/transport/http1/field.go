package http1

import (
	"bytes"
	"strings"
)

// fieldName reads the name of a header line with its colon. It returns "" for the empty line
// that ends a head or a trailer. The case of the name is kept.
func (s *scanner) fieldName() (string, error) {
	c, err := s.next()
	switch {
	case err != nil:
		return "", err
	case c == '\r':
		return "", s.lineFeed("Expected LF after headers")
	case c == '\n' && s.lenient:
		return "", nil
	case c == '\n':
		return "", ParseError("HPE_INVALID_HEADER_TOKEN", "Invalid header field char")
	}
	// The scanner's buffer is used for all lines of a head; the name is copied out of it
	// below.
	name := s.buf[:0]
	for ; isTokenByte(c); c, err = s.next() {
		if err != nil {
			return "", err
		}
		name = s.take(append(name, c), &inToken)
	}
	s.buf = name
	if err != nil {
		return "", err
	}
	// llhttp looks for these names byte by byte, and reports a blank behind one with another
	// message.
	if c == ' ' && isFraming(string(name)) {
		if !s.lenient {
			return "", ParseError("HPE_INVALID_HEADER_TOKEN", "Invalid header field char")
		}
		if c, err = s.skip(" "); err != nil {
			return "", err
		}
	}
	if c != ':' || len(name) == 0 {
		return "", ParseError("HPE_INVALID_HEADER_TOKEN", "Invalid header token")
	}
	return s.nameOf(name), nil
}

// nameOf is the name as text. Those that most responses have need no memory: the comparison
// does not allocate, and the constant is returned.
func (s *scanner) nameOf(name []byte) string {
	if s.line < len(s.before) && s.before[s.line].Key == string(name) {
		return s.before[s.line].Key
	}
	for _, known := range [...]string{
		"Content-Type", "Content-Length", "Date", "Connection", "Server", "Cache-Control", "Vary", "ETag", "Keep-Alive",
		"Transfer-Encoding", "content-type", "content-length", "date",
	} {
		if string(name) == known {
			return known
		}
	}
	return string(name)
}

// valueOf is the value as text. One that the earlier response had in the same line needs no
// memory.
func (s *scanner) valueOf(value []byte) string {
	if s.line < len(s.before) && s.before[s.line].Value == string(value) {
		return s.before[s.line].Value
	}
	return string(value)
}

// isFraming reports whether a header line says where the response ends. Node looks at these
// lines more closely than at others.
func isFraming(name string) bool {
	switch strings.ToLower(name) {
	case "connection", "content-length", "proxy-connection", "transfer-encoding", "upgrade":
		return true
	}
	return false
}

// blank passes over the blanks before a value, and returns its first byte. empty is true
// where the line ends before one. A lenient scanner follows a value that begins in the next
// line.
func (s *scanner) blank() (first byte, empty bool, err error) {
	for {
		c, err := s.skip(" \t")
		switch {
		case err != nil:
			return 0, false, err
		case c == '\r':
			if err := s.lineFeed("Expected LF after CR"); err != nil {
				return 0, false, err
			}
		case c == '\n' && !s.lenient:
			return 0, false, ParseError("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
		case c != '\n':
			return c, false, nil
		}
		switch c, err = s.next(); {
		case err != nil:
			return 0, false, err
		case c != ' ' && c != '\t':
			s.back()
			return 0, true, nil
		case !s.lenient:
			return 0, false, ParseError("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
		}
	}
}

// field reads the value of a header line and notes what it says of the framing. Blanks around
// it are dropped; lenient scanners read values of several lines, which stand behind each
// other then (obs-fold, RFC 9112 5.2). The value is Latin-1, one byte a character.
func (f *framing) field(s *scanner, name string) (string, error) {
	c, empty, err := s.blank()
	if err != nil {
		return "", err
	}
	isLength, err := f.watch(name, empty, s.lenient)
	if err != nil || empty {
		return "", err
	}
	value := s.buf[:0]
	for {
		switch {
		case c == '\r', c == '\n':
			more, err := s.fieldEnd(c)
			switch {
			case err != nil:
				return "", err
			case more && isLength:
				return "", ParseError("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length")
			case !more:
				s.buf = value
				trimmed := s.valueOf(bytes.TrimRight(value, " \t"))
				f.note(name, trimmed)
				return trimmed, nil
			}
		case isLength:
			if err := f.digit(c); err != nil {
				return "", err
			}
			value = append(value, c)
		case (c < 0x20 && c != '\t' || c == 0x7f) && !s.lenient:
			return "", ParseError("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
		default:
			value = s.take(append(value, c), &inValue)
		}
		if c, err = s.next(); err != nil {
			return "", err
		}
	}
}

// fieldEnd reads the end of a line; c is its first byte. more says that the value goes on in
// the next line, which only a lenient scanner allows.
func (s *scanner) fieldEnd(c byte) (more bool, err error) {
	if c == '\r' {
		c, err := s.next()
		if err == nil && c != '\n' {
			err = ParseError("HPE_LF_EXPECTED", "Missing expected LF after header value")
		}
		if err != nil {
			return false, err
		}
	} else if !s.lenient {
		return false, ParseError("HPE_CR_EXPECTED", "Missing expected CR after header value")
	}
	next, err := s.next()
	if err != nil {
		return false, err
	}
	// Whatever it is, the next line begins with it.
	s.back()
	switch {
	case next != ' ' && next != '\t':
		return false, nil
	case !s.lenient:
		return false, ParseError("HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value")
	}
	return true, nil
}
