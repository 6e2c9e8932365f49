package http1

import (
	"bufio"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// However the bytes of a response come, the same is read of them, and what stands behind the head is left to the body.
func TestAResponseIsReadAlikeInWhateverPiecesItComes(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain":               "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nX-Own: 1 \r\nContent-Length: 4\r\n\r\nbody",
		"line ends before it": "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
		"an interim answer":   "HTTP/1.1 103 Early\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
		"chunks":              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"b\"\r\nbo\r\n2\r\ndy\r\n0\r\nTrailer: x\r\n\r\n",
		"an empty value":      "HTTP/1.1 200 OK\r\nX:\r\nY: \r\nContent-Length: 4\r\n\r\nbody",
		"not HTTP":            "HTTP/1.1 200 OK\r\nX y\r\n\r\nbody",
		"cut short":           "HTTP/1.1 200 OK\r\nContent-Le",
		"lenient":             "HTTP/1.1 200 OK\nX: a\n b\nContent-Length: 4\n\nbody",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, wantRest, wantErr := readPieces(strings.NewReader(text))
			check := func(how string, r io.Reader) {
				t.Helper()
				got, rest, err := readPieces(r)
				if !reflect.DeepEqual(got, want) || rest != wantRest || err != wantErr {
					t.Errorf("%s: read %+v, %q, %q; as one piece %+v, %q, %q", how, got, rest, err, want, wantRest, wantErr)
				}
			}
			check("byte by byte", iotest.OneByteReader(strings.NewReader(text)))
			for i := range text {
				check("cut at "+text[:i], io.MultiReader(strings.NewReader(text[:i]), strings.NewReader(text[i:])))
			}
		})
	}
}

// readPieces reads a head and its body, and what is left behind them.
func readPieces(r io.Reader) (h *Head, rest, failure string) {
	br := bufio.NewReaderSize(io.MultiReader(r, strings.NewReader("next")), 16)
	h, err := ReadFinal(br, 1000, false, &Memory{})
	if err != nil {
		return nil, "", err.Error()
	}
	body, err := io.ReadAll(NewBody(br, h, "GET"))
	if err != nil {
		return h, "", err.Error()
	}
	left, err := io.ReadAll(br)
	if err != nil {
		return h, "", err.Error()
	}
	return h, string(body) + "|" + string(left), ""
}
