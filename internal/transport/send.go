package transport

import (
	"io"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/http1"
)

// smallBody is how many bytes are written in one go, before the response is waited for.
// Longer requests are written while the response is awaited, because a server may respond and
// close before it has read all.
const smallBody = 64 << 10

// send writes the request. Short ones are written at once, head and body in one packet if
// they fit; for long ones the channel reports the outcome.
func (cn *conn) send(h *hop, files content.FileOpener) (<-chan error, error) {
	cn.buf = h.appendHead(cn.buf[:0], cn)
	if data, ok := h.payload.Bytes(); ok && len(data) <= smallBody && !h.chunked {
		cn.buf = append(cn.buf, data...)
		_, err := cn.stream.Write(cn.buf)
		return nil, err
	}
	if _, err := cn.stream.Write(cn.buf); err != nil {
		return nil, err
	}
	// Room for one, so that the goroutine ends even if nobody waits.
	done := make(chan error, 1)
	body, chunked := h.payload, h.chunked // the hop may have moved on before all is written
	go func() {
		var w io.Writer = cn.stream
		if chunked {
			w = http1.ChunkWriter{W: w}
		}
		err := body.WriteTo(w, files)
		if err == nil && chunked {
			_, err = io.WriteString(cn.stream, "0\r\n\r\n")
		}
		done <- err
	}()
	return done, nil
}

// appendHead writes request line and header lines. Text beyond ASCII is sent as Latin-1, but
// as UTF-8 before a body that newman has as text: Node writes head and body as one text then.
func (h *hop) appendHead(b []byte, cn *conn) []byte {
	appendText := http1.AppendLatin1
	if h.payload.Size > 0 && (h.payload.Mode == collection.BodyRaw || h.payload.Mode == collection.BodyURLEncoded || h.payload.Mode == collection.BodyGraphQL) {
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
	// For a tunnel the proxy got its credentials with CONNECT; the server must not see them.
	if cn.auth != "" && cn.absURI && find(h.header, "Proxy-Authorization") < 0 {
		b = append(b, "Proxy-Authorization: "+cn.auth+"\r\n"...)
	}
	return append(b, "\r\n"...)
}
