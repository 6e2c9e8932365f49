package http1

import (
	"fmt"
	"io"
	"math"
)

// nextChunk reads the line that says how long the next chunk is (RFC 9112 7.1). After the
// last one it reads the trailer, sets Done and returns io.EOF.
func (r *Body) nextChunk() error {
	s := &scanner{br: r.br, lenient: r.head.Lenient}
	defer s.end()
	if r.inBody {
		if err := s.chunkEnd(); err != nil {
			return r.broken(err)
		}
	}
	r.inBody = true
	size, err := s.chunkSize()
	if err != nil {
		return r.broken(err)
	}
	if r.left = size; size > 0 {
		return nil
	}
	// Fields of the trailer are parsed, since a bad one is an error, and dropped. The copy
	// keeps the head's framing as it is.
	trailer := r.head.framing
	s.limit = trailerLimit
	for {
		name, err := s.fieldName()
		if err == nil && name == "" {
			r.Done = true
			return io.EOF
		}
		if err == nil {
			_, err = trailer.field(s, name)
		}
		if err != nil {
			return r.broken(err)
		}
	}
}

// trailerLimit bounds what a server can have us read after the last chunk, in bytes. Node's
// limit for a head is far below.
const trailerLimit = 128 << 10

// chunkEnd reads the line end behind a chunk's data. A lenient scanner takes a lone LF, and
// also none.
func (s *scanner) chunkEnd() error {
	c, err := s.next()
	switch {
	case err != nil:
		return err
	case c == '\r':
		return s.lineFeed("Expected LF after chunk data")
	case s.lenient:
		if c != '\n' {
			s.back()
		}
		return nil
	case c == '\n':
		return ParseError("HPE_CR_EXPECTED", "Missing expected CR after chunk data")
	}
	return ParseError("HPE_STRICT", "Expected LF after chunk data")
}

// chunkSize reads a chunk's size, in hexadecimal, and its extensions, which mean nothing
// here. Sizes beyond an int64 are read as its maximum: the body breaks off long before.
func (s *scanner) chunkSize() (int64, error) {
	var size uint64
	for digits := 0; ; digits++ {
		c, err := s.next()
		if err != nil {
			return 0, err
		}
		n := hexValue(c)
		if n < 0 {
			if digits == 0 {
				return 0, ParseError("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
			}
			return int64(min(size, math.MaxInt64)), s.afterSize(c)
		}
		if size > math.MaxUint64>>4 {
			return 0, ParseError("HPE_INVALID_CHUNK_SIZE", "Chunk size overflow")
		}
		size = size<<4 | uint64(n)
	}
}

// hexValue is the value of a hexadecimal digit, -1 for any other byte.
func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// afterSize reads the rest of a chunk's line; c is its first byte, behind the size.
func (s *scanner) afterSize(c byte) (err error) {
	if among(c, " \t") && s.lenient {
		if c, err = s.skip(" \t"); err != nil {
			return err
		}
	}
	switch c {
	case ';':
		return s.extensions()
	case '\r', '\n':
		return s.sizeEnd(c, "Missing expected CR after chunk size")
	}
	return ParseError("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
}

// sizeEnd reads the end of a chunk's line; c is its first byte, CR or LF. complaint is
// llhttp's message for a missing CR, which differs by what stands before it.
func (s *scanner) sizeEnd(c byte, complaint string) error {
	if c == '\n' && !s.lenient {
		return ParseError("HPE_CR_EXPECTED", complaint)
	}
	return s.lineFeed("Expected LF after chunk size") // behind a lenient LF Node takes another one
}

// extensions reads name=value pairs behind a ";" (RFC 9112 7.1.1). The messages are those of
// llhttp 8, which Node 20 has.
func (s *scanner) extensions() error {
	const part = "Invalid character in chunk extensions"
	c, err := s.next()
	if err == nil && !isTokenByte(c) && c != ';' && c != '=' && c != '\n' {
		err = ParseError("HPE_STRICT", part)
	}
	if err != nil {
		return err
	}
	inValue := false
	for {
		switch {
		case c == ';':
			return s.extensions()
		case c == '\r' || c == '\n':
			what := " name"
			if inValue {
				what = " value"
			}
			return s.sizeEnd(c, "Missing expected CR after chunk extension"+what)
		case c == '=' && !inValue:
			inValue = true
		case c == '"' && inValue:
			return s.quoted()
		case !isTokenByte(c):
			if inValue {
				return ParseError("HPE_STRICT", part+" value")
			}
			return ParseError("HPE_STRICT", part+" name")
		}
		if c, err = s.next(); err != nil {
			return err
		}
	}
}

// quoted reads the rest of a quoted value, and what follows it: another extension or the end
// of the line.
func (s *scanner) quoted() error {
	for escaped := false; ; {
		c, err := s.next()
		switch {
		case err != nil:
			return err
		case c < 0x20 && c != '\t' || c == 0x7f:
			return ParseError("HPE_STRICT", "Invalid character in chunk extensions quoted value")
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			switch c, err = s.next(); {
			case err != nil:
				return err
			case c == ';':
				return s.extensions()
			case c == '\r' || c == '\n':
				return s.sizeEnd(c, "Missing expected CR after chunk extension value")
			}
			return ParseError("HPE_STRICT", "Invalid character in chunk extensions quote value")
		}
	}
}

// A ChunkWriter sends each write as one chunk. It does not write the last chunk, of size 0;
// whoever uses it does.
type ChunkWriter struct{ W io.Writer }

// Write sends b as a chunk. An empty b is not sent, as a chunk of size 0 would end the body.
func (c ChunkWriter) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if _, err := fmt.Fprintf(c.W, "%x\r\n", len(b)); err != nil {
		return 0, err
	}
	n, err := c.W.Write(b)
	if err == nil {
		_, err = io.WriteString(c.W, "\r\n")
	}
	return n, err
}
