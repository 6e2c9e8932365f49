package http1

import (
	"bufio"
	"errors"
	"io"

	"posthaste/internal/transport/failure"
)

// Bodyless reports whether a response has no body whatever its header says (RFC 9112 6.3):
// one to HEAD, 1xx, 204 and 304. method is in capitals.
func Bodyless(method string, code int) bool {
	return method == "HEAD" || code < 200 && code >= 100 || code == 204 || code == 304
}

// Interim reports whether a further answer follows one of this status, as after 103 Early
// Hints. newman's 101 is a response like others.
func Interim(code int) bool { return code >= 100 && code < 200 && code != 101 }

// A Body reads one body off a connection and counts it. Its errors are *failure.Error or
// io.EOF. It does not close the connection; Done says whether that can be used again.
type Body struct {
	br     *bufio.Reader
	head   *Head
	left   int64 // of the body, or of the chunk; -1 until the connection ends
	inBody bool  // of chunks: the first size was read

	Done bool  // all of it came
	Got  int64 // bytes that were read
	Err  error // what ended it, io.EOF when all came
}

// NewBody returns the reader of the body that follows h, which answers a request of the
// method. br must be directly behind the head.
func NewBody(br *bufio.Reader, h *Head, method string) *Body { return new(Memory).Body(br, h, method) }

// Body is NewBody for the connection that the memory is of. What it returned before must no
// longer be in use.
func (m *Memory) Body(br *bufio.Reader, h *Head, method string) *Body {
	r := &m.body
	*r = Body{br: br, head: h, left: h.Length}
	switch {
	case Bodyless(method, h.Code), !h.Chunked && h.Length == 0:
		r.Done, r.Err = true, io.EOF
	case h.Chunked:
		// No chunk is open: the first Read reads its size.
		r.left = 0
	}
	return r
}

// Read reads on. The error that ended the body comes again with every further call.
func (r *Body) Read(b []byte) (int, error) {
	if r.Err != nil {
		return 0, r.Err
	}
	if r.head.Chunked && r.left == 0 {
		if r.Err = r.nextChunk(); r.Err != nil {
			return 0, r.Err
		}
	}
	// Never beyond the chunk or the length: what follows belongs to others.
	if r.left > 0 && int64(len(b)) > r.left {
		b = b[:r.left]
	}
	n, err := r.br.Read(b)
	r.Got += int64(n)
	if r.left > 0 {
		r.left -= int64(n)
		if r.left == 0 && !r.head.Chunked {
			r.Done, r.Err = true, io.EOF
			return n, r.Err
		}
	}
	switch {
	case err == nil:
	// A body without a length ends with the connection (RFC 9112 6.3, case 8).
	case r.left < 0 && errors.Is(err, io.EOF):
		r.Done, r.Err = true, io.EOF
	default:
		r.Err = r.broken(err)
	}
	return n, r.Err
}

// broken is the error of a body that the connection's end cut short, with the count of bytes
// that came; other errors stay as they are.
func (r *Body) broken(err error) error {
	if code, _ := failure.CodeOf(err); errors.Is(err, io.EOF) || code == "ECONNRESET" || errors.Is(err, io.ErrUnexpectedEOF) {
		return failure.Aborted(err, r.Got)
	}
	return err
}

// Behind looks at what came behind a response that was read to its end, as far as it is in
// br's buffer: it never waits. Line ends are passed over. The beginning of another answer is
// no error, but the connection cannot be used again: clean is false then.
func Behind(br *bufio.Reader, h *Head) (clean bool, err error) {
	for br.Buffered() > 0 {
		c, err := br.ReadByte()
		switch {
		case err != nil:
			return false, err
		case c == '\r' || c == '\n':
			continue
		// llhttp refuses bytes behind a response after which the connection closes.
		case h.Close && !h.Lenient:
			e := ParseError("HPE_CLOSED_CONNECTION", "Data after `Connection: close`")
			e.Hint = "the server sent more than the answer's length"
			return false, e
		}
		_ = br.UnreadByte() // a byte was read just before
		return false, next(br, h.Lenient)
	}
	return true, nil
}

// next reads what there is of another response, and returns why it is not one. A head that is
// merely incomplete may be valid once the rest arrives, and gives nil.
func next(br *bufio.Reader, lenient bool) error {
	rest, err := br.Peek(br.Buffered())
	if err != nil {
		return err
	}
	_, err = ReadHead(bufio.NewReader(&fixed{rest}), 0, lenient)
	var e *failure.Error
	if errors.As(err, &e) {
		e.Hint = "the server sent more than the answer's length"
		return e
	}
	return nil
}

// fixed is a reader of a few bytes that nothing comes after.
type fixed struct{ rest []byte }

func (f *fixed) Read(b []byte) (int, error) {
	n := copy(b, f.rest)
	f.rest = f.rest[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
