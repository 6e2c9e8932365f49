package transport

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
)

// bodyless tells whether an answer has no body whatever its header says.
func bodyless(method string, code int) bool {
	return method == "HEAD" || code < 200 || code == 204 || code == 304
}

// A bodyReader reads one body off a connection and counts it. Its errors are *Error or io.EOF.
type bodyReader struct {
	br     *bufio.Reader
	left   int64 // of the body, or of the chunk; -1 until the connection ends
	chunk  bool
	inBody bool // of chunks: the first size was read
	done   bool
	got    int64
	err    error // what ended it, io.EOF when all came
}

func newBodyReader(br *bufio.Reader, h *head, method string) *bodyReader {
	r := &bodyReader{br: br, left: h.length, chunk: h.chunk}
	switch {
	case bodyless(method, h.code), !h.chunk && h.length == 0:
		r.done, r.err = true, io.EOF
	case h.chunk:
		r.left = 0
	}
	return r
}

func (r *bodyReader) Read(b []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	if r.chunk && r.left == 0 {
		if r.err = r.nextChunk(); r.err != nil {
			return 0, r.err
		}
	}
	if r.left > 0 && int64(len(b)) > r.left {
		b = b[:r.left]
	}
	n, err := r.br.Read(b)
	r.got += int64(n)
	if r.left > 0 {
		r.left -= int64(n)
		if r.left == 0 && !r.chunk {
			r.done, r.err = true, io.EOF
			return n, r.err
		}
	}
	switch {
	case err == nil:
	case r.left < 0 && errors.Is(err, io.EOF):
		r.done, r.err = true, io.EOF
	default:
		r.err = err
		if code, _ := errnoOf(err); errors.Is(err, io.EOF) || code == "ECONNRESET" || errors.Is(err, io.ErrUnexpectedEOF) {
			r.err = aborted(err, r.got)
		}
	}
	return n, r.err
}

// nextChunk reads the line that says how long the next chunk is. After the last one it reads the trailer.
func (r *bodyReader) nextChunk() error {
	if r.inBody {
		if line, err := r.line(); err != nil {
			return err
		} else if line != "" {
			return parseError("HPE_STRICT", "Expected LF after chunk data")
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
		return parseError("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
	}
	if r.left = int64(size); size > 0 {
		return nil
	}
	for {
		if line, err = r.line(); err != nil {
			return err
		}
		if line == "" {
			r.done = true
			return io.EOF
		}
	}
}

// line reads one short line without its end.
func (r *bodyReader) line() (string, error) {
	line, err := r.br.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", parseError("HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow")
	case errors.Is(err, io.EOF):
		return "", aborted(err, r.got)
	case err != nil:
		if code, _ := errnoOf(err); code == "ECONNRESET" {
			return "", aborted(err, r.got)
		}
		return "", err
	}
	return strings.TrimRight(string(line), "\r\n"), nil
}
