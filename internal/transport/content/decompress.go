package content

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"

	"github.com/andybalholm/brotli"

	"posthaste/internal/transport/failure"
)

// Decompress returns r with its Content-Encoding undone. What is no known encoding passes as
// it is, as in newman. Errors of the data are *failure.Error with Node's codes. Several
// encodings in one header (gzip, br) are not undone.
func Decompress(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "gzip":
		return &gzipReader{src: r}
	case "deflate":
		return &deflateReader{src: r}
	case "br":
		return &brotliReader{r: brotli.NewReader(r)}
	}
	return r
}

// zlibError is an error of Node's zlib for data that is not compressed as it should be.
func zlibError(err error, message string) *failure.Error {
	return &failure.Error{Code: "Z_DATA_ERROR", Message: message, Hint: "the body is not what its Content-Encoding says", Err: err}
}

// A gzipReader takes what there is of a truncated stream, and ignores what follows a complete
// one:
// (newman: zlib with a lenient flush)
type gzipReader struct {
	src io.Reader
	gz  *gzip.Reader
	got bool // some data came out
}

// Read opens the stream with the first byte that is wanted. What follows a complete stream is
// ignored, as Node's zlib does.
func (g *gzipReader) Read(b []byte) (int, error) {
	if g.gz == nil {
		br := bufio.NewReader(g.src)
		start, _ := br.Peek(2) // what is missing shows below
		gz, err := gzip.NewReader(br)
		switch {
		// Even one byte shows that this is no gzip, where Go would report an early end.
		case len(start) > 0 && !strings.HasPrefix("\x1f\x8b", string(start)):
			return 0, zlibError(err, "incorrect header check")
		case errors.Is(err, gzip.ErrHeader):
			return 0, zlibError(err, "incorrect header check")
		case err != nil:
			return 0, truncated(err)
		}
		g.gz = gz
	}
	n, err := g.gz.Read(b)
	g.got = g.got || n > 0
	switch {
	// Go looks for another member behind the first one, and what follows is not a member.
	case errors.Is(err, gzip.ErrHeader) && g.got:
		err = io.EOF
	case errors.Is(err, gzip.ErrChecksum):
		err = zlibError(err, "incorrect data check")
	default:
		err = truncated(err)
	}
	return n, err
}

// A deflateReader reads zlib's format (RFC 1950) and the bare one (RFC 1951), which servers
// confuse.
type deflateReader struct {
	src io.Reader
	r   io.Reader
}

// Read takes both kinds that servers send as deflate: with zlib's header, which the standard
// wants, and without. The first byte tells them apart, as in newman.
func (d *deflateReader) Read(b []byte) (int, error) {
	if d.r == nil {
		br := bufio.NewReader(d.src)
		first, err := br.Peek(1)
		if err != nil {
			return 0, truncated(err)
		}
		// The low four bits of zlib's first byte name the method, 8 for deflate.
		if first[0]&0x0f == 8 {
			if d.r, err = zlib.NewReader(br); err != nil {
				if errors.Is(err, zlib.ErrHeader) {
					return 0, zlibError(err, "incorrect header check")
				}
				return 0, truncated(err)
			}
		} else {
			d.r = flate.NewReader(br)
		}
	}
	n, err := d.r.Read(b)
	if errors.Is(err, zlib.ErrChecksum) {
		err = zlibError(err, "incorrect data check")
	}
	return n, truncated(err)
}

// A brotliReader names brotli's errors; a truncated stream is one of them, unlike with gzip.
type brotliReader struct{ r io.Reader }

// Read gives errors Node's codes; those of the connection below pass as they are, being
// *failure.Error already.
func (d *brotliReader) Read(b []byte) (int, error) {
	n, err := d.r.Read(b)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	var own *failure.Error
	if errors.As(err, &own) {
		return n, err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return n, &failure.Error{Code: "Z_BUF_ERROR", Message: "unexpected end of file", Hint: "the br body is cut short", Err: err}
	}
	return n, &failure.Error{Code: "ERR__ERROR_FORMAT_PADDING_1", Message: "Decompression failed", Hint: "the body is not what its Content-Encoding says", Err: err}
}

// truncated makes an early end a plain end and corrupt data Node's error. Other errors stay.
func truncated(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return io.EOF
	case errors.As(err, &corrupt):
		return zlibError(err, "invalid block type")
	}
	return err
}
