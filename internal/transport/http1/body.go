package http1

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"

	"posthaste/internal/transport/failure"
)

// Bodyless tells whether an answer has no body whatever its header says.
func Bodyless(method string, code int) bool {
	return method == "HEAD" || code < 200 || code == 204 || code == 304
}

// A Body reads one body off a connection and counts it. Its errors are *failure.Error or io.EOF.
type Body struct {
	br     *bufio.Reader
	left   int64 // of the body, or of the chunk; -1 until the connection ends
	chunk  bool
	inBody bool // of chunks: the first size was read

	Done bool  // all of it came
	Got  int64 // bytes that were read
	Err  error // what ended it, io.EOF when all came
}

// NewBody returns the reader of the body that follows h, which answers a request of the method.
func NewBody(br *bufio.Reader, h *Head, method string) *Body {
	r := &Body{br: br, left: h.Length, chunk: h.Chunked}
	switch {
	case Bodyless(method, h.Code), !h.Chunked && h.Length == 0:
		r.Done, r.Err = true, io.EOF
	case h.Chunked:
		r.left = 0
	}
	return r
}

// Read reads on.
func (r *Body) Read(b []byte) (int, error) {
	if r.Err != nil {
		return 0, r.Err
	}
	if r.chunk && r.left == 0 {
		if r.Err = r.nextChunk(); r.Err != nil {
			return 0, r.Err
		}
	}
	if r.left > 0 && int64(len(b)) > r.left {
		b = b[:r.left]
	}
	n, err := r.br.Read(b)
	r.Got += int64(n)
	if r.left > 0 {
		r.left -= int64(n)
		if r.left == 0 && !r.chunk {
			r.Done, r.Err = true, io.EOF
			return n, r.Err
		}
	}
	switch {
	case err == nil:
	case r.left < 0 && errors.Is(err, io.EOF):
		r.Done, r.Err = true, io.EOF
	default:
		r.Err = err
		if code, _ := failure.CodeOf(err); errors.Is(err, io.EOF) || code == "ECONNRESET" || errors.Is(err, io.ErrUnexpectedEOF) {
			r.Err = failure.Aborted(err, r.Got)
		}
	}
	return n, r.Err
}

// nextChunk reads the line that says how long the next chunk is. After the last one it reads the trailer.
func (r *Body) nextChunk() error {
	if r.inBody {
		if line, err := r.line(); err != nil {
			return err
		} else if line != "" {
			return ParseError("HPE_STRICT", "Expected LF after chunk data")
		}
	}
	r.inBody = true
	line, err := r.line()
	if err != nil {
		return err
	}
	digits, _, _ := strings.Cut(line, ";")
	size, err := strconv.ParseUint(strings.TrimRight(digits, " \t"), 16, 62)
	if err != nil {
		return ParseError("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
	}
	if r.left = int64(size); size > 0 {
		return nil
	}
	for {
		if line, err = r.line(); err != nil {
			return err
		}
		if line == "" {
			r.Done = true
			return io.EOF
		}
	}
}

// line reads one short line without its end.
func (r *Body) line() (string, error) {
	line, err := r.br.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", ParseError("HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow")
	case errors.Is(err, io.EOF):
		return "", failure.Aborted(err, r.Got)
	case err != nil:
		if code, _ := failure.CodeOf(err); code == "ECONNRESET" {
			return "", failure.Aborted(err, r.Got)
		}
		return "", err
	}
	return strings.TrimRight(string(line), "\r\n"), nil
}
