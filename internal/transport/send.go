package transport

import (
	"fmt"
	"io"

	"posthaste/collection"
)

// smallBody is how much is written in one go, before the answer is waited for. Longer requests are written
// beside the reading, because a server may answer and close before it has read all.
const smallBody = 64 << 10

// send writes the request. Short ones are written at once; of long ones the channel tells the outcome.
func (cn *conn) send(h *hop, files FileOpener) (<-chan error, error) {
	cn.buf = h.appendHead(cn.buf[:0], cn)
	if data, ok := h.payload.bytes(); ok && len(data) <= smallBody && !h.chunked {
		cn.buf = append(cn.buf, data...)
		_, err := cn.stream.Write(cn.buf)
		return nil, err
	}
	if _, err := cn.stream.Write(cn.buf); err != nil {
		return nil, err
	}
	done := make(chan error, 1)
	body, chunked := h.payload, h.chunked // the hop may have moved on before all is written
	go func() {
		var w io.Writer = cn.stream
		if chunked {
			w = chunkWriter{w}
		}
		err := body.writeTo(w, files)
		if err == nil && chunked {
			_, err = io.WriteString(cn.stream, "0\r\n\r\n")
		}
		done <- err
	}()
	return done, nil
}

// A chunkWriter sends each write as one chunk.
type chunkWriter struct{ w io.Writer }

func (c chunkWriter) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if _, err := fmt.Fprintf(c.w, "%x\r\n", len(b)); err != nil {
		return 0, err
	}
	n, err := c.w.Write(b)
	if err == nil {
		_, err = io.WriteString(c.w, "\r\n")
	}
	return n, err
}

// appendHead writes request line and header lines. Text beyond ASCII goes out as Latin-1, but as UTF-8 before a body
// that newman holds as text: Node writes both as one text then.
func (h *hop) appendHead(b []byte, cn *conn) []byte {
	appendText := appendLatin1
	if h.payload.size > 0 && (h.payload.mode == collection.BodyRaw || h.payload.mode == collection.BodyURLEncoded || h.payload.mode == collection.BodyGraphQL) {
		appendText = func(b []byte, s string) []byte { return append(b, s...) }
	}
	b = append(b, h.method...)
	b = append(b, ' ')
	if cn.absURI {
		b = append(b, h.via.Scheme+"://"+h.via.Host()...)
	}
	b = appendText(b, h.via.RequestURI())
	b = append(b, " HTTP/1.1\r\n"...)
	for i := range h.header {
		b = append(b, h.header[i].Key...)
		b = append(b, ": "...)
		b = appendText(b, h.header[i].Value)
		b = append(b, "\r\n"...)
	}
	for _, line := range h.forwarded() {
		b = append(b, line.name+": "+line.value+"\r\n"...)
	}
	if cn.auth != "" && cn.absURI && find(h.header, "Proxy-Authorization") < 0 {
		b = append(b, "Proxy-Authorization: "+cn.auth+"\r\n"...)
	}
	return append(b, "\r\n"...)
}

func appendLatin1(b []byte, s string) []byte {
	if isASCII(s) {
		return append(b, s...)
	}
	for _, r := range s {
		b = append(b, byte(r)) // checked before: nothing is above U+00FF
	}
	return b
}
