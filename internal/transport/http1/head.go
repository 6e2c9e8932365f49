// Package http1 reads responses of HTTP/1.1 as Node's parser does.
//
// It keeps what net/http forgets: order and spelling of header lines, Latin-1 bytes, reason phrases. It accepts what
// Node's llhttp accepts and refuses what that refuses, with the same codes.
package http1

import (
	"bufio"
	"net/http"

	"posthaste/collection"
)

// A Head is the first part of a response. Texts are decoded from Latin-1, but for the reason.
type Head struct {
	Proto     string // "HTTP/1.1"
	Code      int
	Reason    string // as sent; "" where the server gave none
	Header    []collection.Header
	Size      int64 // of status line and header lines, in bytes, without what is not needed around values
	Close     bool  // the connection ends with this response
	Length    int64 // Content-Length, or -1
	Chunked   bool
	KeepAlive int // seconds that the server keeps the connection, 0 where it does not say
	Lenient   bool

	framing
}

// A Memory is what the reader of one connection's responses keeps from one to the next. Texts
// that come again are taken from there, which costs no memory. The zero Memory is ready.
type Memory struct {
	lines []collection.Header // of the last response
	buf   []byte              // for names and values
	body  Body                // of the last response
}

// ReadFinal reads the head of a response, and before it those of interim answers, whose bytes
// do not count. Errors are those of ReadHead. limit, in bytes, is for each head alone. m is
// that of the connection.
func ReadFinal(br *bufio.Reader, limit int, lenient bool, m *Memory) (*Head, error) {
	for {
		s := scanner{br: br, lenient: lenient, limit: limit, buf: m.buf, before: m.lines}
		h, err := readHead(&s)
		if err != nil {
			return nil, err
		}
		const most = 16 << 10 // bytes of room that are kept
		if m.lines, m.buf = h.Header, s.buf[:0]; cap(m.buf) > most {
			m.buf = nil
		}
		if !Interim(h.Code) {
			return h, nil
		}
		if h.Close && !lenient { // newman: nothing may follow, not even the response
			if err := skipLines(br); err != nil {
				return nil, err
			}
			return nil, ParseError("HPE_CLOSED_CONNECTION", "Data after `Connection: close`")
		}
	}
}

// skipLines passes over line ends, up to the next byte or the end of the connection, which is
// its error.
func skipLines(br *bufio.Reader) error {
	s := &scanner{br: br}
	defer s.end()
	_, err := s.skip("\r\n")
	return err
}

// ReadHead reads status line and header lines. It is as strict as Node's parser, unless
// lenient is set. A head of more than limit bytes is an error. Line ends before it are passed
// over and do not count. Errors are *failure.Error with an HPE code, or the connection's.
func ReadHead(br *bufio.Reader, limit int, lenient bool) (*Head, error) {
	return readHead(&scanner{br: br, lenient: lenient, limit: limit, buf: make([]byte, 0, 256)})
}

// readHead is ReadHead with a scanner that has read nothing yet.
func readHead(s *scanner) (*Head, error) {
	lenient := s.lenient
	defer s.end()
	if _, err := s.skip("\r\n"); err != nil {
		return nil, err
	}
	s.back()
	s.read = 0
	h := &Head{Length: -1, Lenient: lenient}
	if err := h.status(s); err != nil {
		return nil, err
	}
	if c, err := s.next(); err != nil {
		return nil, err
		// A line that begins with a blank would continue the status line.
	} else if c == ' ' && !lenient {
		return nil, ParseError("HPE_UNEXPECTED_SPACE", "Unexpected space after start line")
	}
	s.back()
	if lenient {
		if _, err := s.skip(" "); err != nil {
			return nil, err
		}
		s.back()
	}
	// Most responses have few lines, and as many as the one before; one allocation serves them.
	few := 8
	if n := len(s.before); n > 0 {
		few = n
	}
	h.Header = make([]collection.Header, 0, few)
	for {
		name, err := s.fieldName()
		if err != nil {
			return nil, err
		}
		if name == "" {
			break
		}
		value, err := h.field(s, name)
		if err != nil {
			return nil, err
		}
		h.Header = append(h.Header, collection.Header{Key: name, Value: fromLatin1(value)})
		s.line++
	}
	h.settle()
	return h, nil
}

// status reads the status line, version and reason included.
func (h *Head) status(s *scanner) error {
	if err := h.version(s); err != nil {
		return err
	}
	// Three digits, none more and none less (RFC 9112 4).
	for range 3 {
		c, err := s.next()
		if err != nil {
			return err
		}
		if c < '0' || c > '9' {
			return ParseError("HPE_INVALID_STATUS", "Invalid status code")
		}
		h.Code = h.Code*10 + int(c-'0')
	}
	c, err := s.next()
	switch {
	case err != nil:
		return err
	case c == '\r':
		return s.statusEnd()
	case c == '\n' && s.lenient:
		return nil
	case c != ' ':
		return ParseError("HPE_INVALID_STATUS", "Invalid response status")
	}
	reason := s.buf[:0]
	for {
		c, err := s.next()
		if err != nil {
			return err
		}
		if c == '\r' || c == '\n' {
			h.Reason = reasonOf(h.Code, reason)
			if c == '\r' {
				return s.statusEnd()
			}
			if !s.lenient {
				return ParseError("HPE_CR_EXPECTED", "Missing expected CR after response line")
			}
			return nil
		}
		reason = s.take(append(reason, c), &inValue)
	}
}

// reasonOf is a reason phrase as text. newman reads it as UTF-8, unlike header lines. The
// standard's phrase, which most servers send, costs no memory.
func reasonOf(code int, reason []byte) string {
	if usual := http.StatusText(code); usual == string(reason) {
		return usual
	}
	return string([]rune(string(reason)))
}

// statusEnd reads what follows the CR of a status line. Node takes a second CR for a LF.
func (s *scanner) statusEnd() error {
	c, err := s.next()
	switch {
	case err != nil || c == '\n' || c == '\r':
		return err
	case !s.lenient:
		return ParseError("HPE_STRICT", "Expected LF after CR")
	}
	s.back()
	return nil
}

// version reads up to the status code: protocol, version and the blank behind it.
func (h *Head) version(s *scanner) error {
	protocol := s.buf[:0]
	want := ""
	for len(protocol) == 0 || want != "" {
		c, err := s.next()
		if err != nil {
			return err
		}
		if len(protocol) == 0 {
			want = protocolOf(c)
		}
		if want == "" || c != want[0] {
			return ParseError("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
		}
		protocol = append(protocol, c)
		want = want[1:]
	}
	// Digit, dot, digit; each part is named in llhttp's message.
	for _, part := range []string{"Invalid major version", "Expected dot", "Invalid minor version"} {
		c, err := s.next()
		if err != nil {
			return err
		}
		if isDigit := c >= '0' && c <= '9'; isDigit == (part == "Expected dot") || !isDigit && c != '.' {
			return ParseError("HPE_INVALID_VERSION", part)
		}
		protocol = append(protocol, c)
	}
	h.Proto = "HTTP/1.1" // a constant, for nearly all
	if string(protocol) != h.Proto {
		h.Proto = string(protocol)
	}
	// llhttp knows these versions of the protocol.
	switch number := h.Proto[len(h.Proto)-3:]; number {
	case "0.9", "1.0", "1.1", "2.0":
	default:
		if !s.lenient {
			return ParseError("HPE_INVALID_VERSION", "Invalid HTTP version")
		}
	}
	c, err := s.next()
	if err == nil && c != ' ' {
		err = ParseError("HPE_INVALID_VERSION", "Expected space after version")
	}
	return err
}

// protocolOf returns the name that begins with c, which "/" ends; "" for none. llhttp also
// reads RTSP and ICE.
func protocolOf(c byte) string {
	switch c {
	case 'H':
		return "HTTP/"
	case 'R':
		return "RTSP/"
	case 'I':
		return "ICE/"
	}
	return ""
}
