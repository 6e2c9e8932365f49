package transport

import (
	"errors"
	"io"
	"strings"
	"time"

	"posthaste/internal/transport/content"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
)

// exchange sends the request over cn and reads the response. reusable reports whether cn is
// free for the next request. errStale means that cn was gone before the server read anything.
func (c *Client) exchange(cn *conn, g *guard, h *hop, start time.Time) (r *Response, reusable bool, err error) {
	// writing is nil when the request was written whole.
	writing, err := cn.send(h, c.opts.Files)
	if err != nil {
		if cn.reused && !g.fired.Load() && g.ctx.Err() == nil {
			return nil, false, errStale
		}
		return nil, false, g.explain("write", err, 0)
	}
	if h.settings.sent != nil {
		h.settings.sent()
	}
	writing, writeErr, err := cn.begin(g, h, writing)
	if err != nil {
		return nil, false, err
	}
	first := c.opts.Now()
	hd, err := http1.ReadFinal(cn.br, c.opts.MaxHeaderSize, h.settings.lenient, &cn.memory)
	if err != nil {
		return nil, false, g.explain("read", err, 0)
	}
	body := cn.memory.Body(cn.br, hd, h.method)
	data, err := c.collect(body, hd, http1.Bodyless(h.method, hd.Code), h.settings.hold)
	if err != nil {
		return nil, false, g.explain("read", err, body.Got)
	}
	// Only a response whose end is known leaves the connection at a defined place; 101 leaves
	// it to another protocol.
	reusable = body.Done && !hd.Close && hd.Code != 101 && (hd.Length >= 0 || hd.Chunked || http1.Bodyless(h.method, hd.Code)) && h.framed()
	if hd.Code != 101 {
		// Bytes after the response would be taken for the next one.
		clean, err := http1.Behind(cn.br, hd)
		if err != nil {
			return nil, false, err
		}
		reusable = reusable && clean
	}
	if writing != nil {
		// The response is complete; if the server has not read the request by now, it never
		// may.
		select {
		case err := <-writing:
			reusable = reusable && err == nil
		default: // answered before the request was read
			reusable = false
		}
	}
	reusable = reusable && writeErr == nil
	end := c.opts.Now()
	cn.idleS = hd.KeepAlive
	h.timing.FirstByte, h.timing.Body, h.ended = first.Sub(start), end.Sub(first), end
	return &Response{
		Code: hd.Code, Reason: hd.Reason, Proto: hd.Proto, Header: hd.Header, Body: data,
		WireSize: body.Got, HeaderSize: hd.Size, Remote: cn.remote, Security: cn.agreed, Timing: h.timing,
	}, reusable, nil
}

// begin waits for the first byte of the response, while a long request may still be written.
// still is nil once all is written; writeErr is why the request could not be written whole,
// where a response came all the same, such as a 413.
func (cn *conn) begin(g *guard, h *hop, writing <-chan error) (still <-chan error, writeErr, err error) {
	if writing == nil {
		_, err = cn.br.Peek(1)
	} else {
		ready := cn.answer()
		select {
		case err = <-ready:
		case writeErr = <-writing:
			writing = nil
			// A file could not be read, or time is over: the server waits for bytes that will
			// not come.
			if own := (*failure.Error)(nil); errors.As(writeErr, &own) || writeErr != nil && g.fired.Load() { // no response can come
				return nil, nil, g.explain("write", writeErr, 0)
			}
			err = <-ready // the server may have answered before it closed
		}
	}
	switch {
	case err == nil:
		return writing, writeErr, nil
	case cn.reused && cn.neverRead(g, h, err):
		return nil, nil, errStale
	case writeErr != nil:
		return nil, nil, g.explain("write", writeErr, 0)
	}
	return nil, nil, g.explain("read", err, 0)
}

// answer waits, beside a request that is still being written, for the first byte of the
// response. The channel has room, so the goroutine ends even if nobody reads it.
func (cn *conn) answer() <-chan error {
	ready := make(chan error, 1)
	go func() {
		_, err := cn.br.Peek(1)
		ready <- err
	}()
	return ready
}

// framed reports whether the server can know where the request ends, which the next request
// on the connection depends on: its length is ours, and the user did not ask for the
// connection to be closed.
func (h *hop) framed() bool {
	if i := find(h.header, "Connection"); i >= 0 && strings.EqualFold(h.header[i].Value, "close") {
		return false
	}
	if h.chunked || h.payload.Mode == "" {
		return true
	}
	i := find(h.header, "Content-Length")
	return i >= 0 && h.header[i].System
}

// collect reads a body to its end and decompresses it. none means that there is no body,
// whatever the head says. hold is as readAll takes it.
func (c *Client) collect(body *http1.Body, hd *http1.Head, none bool, hold func(int64) error) ([]byte, error) {
	if none || body.Done {
		return nil, nil
	}
	limit := c.opts.MaxResponseSize
	if limit > 0 && hd.Length > limit {
		return nil, tooLarge(limit)
	}
	encoding := ""
	for i := range hd.Header {
		if strings.EqualFold(hd.Header[i].Key, "Content-Encoding") {
			encoding = hd.Header[i].Value
		}
	}
	if encoding == "" {
		return readAll(body, hd.Length, limit, hold)
	}
	data, err := readAll(content.Decompress(body, encoding), -1, limit, hold)
	// A decoder that runs out of input reports a format error; the cause is that the
	// connection broke.
	if body.Err != nil && !errors.Is(body.Err, io.EOF) {
		return nil, body.Err // the network's error, not the decoder's idea of it
	}
	if err != nil {
		return nil, err
	}
	// Bytes behind the compressed data belong to this body and must not stay on the
	// connection.
	if _, err = io.Copy(io.Discard, body); err != nil {
		return nil, err
	}
	return data, nil
}

// tooLarge is the error for a body that is larger than --max-response-size. limit is in
// bytes.
func tooLarge(limit int64) error {
	return &failure.Error{Code: "ERR_RESPONSE_SIZE", Message: "Maximum response size reached", Hint: byteCount(limit) + " are allowed; --max-response-size allows more"}
}

// How much room, in bytes, a body gets before any of it has come: the server's Content-Length
// is trusted up to this. A body whose room has to be asked for (hold) gets little first,
// since a server may announce much and send nothing.
const (
	trustedSize = 64 << 20
	firstRoom   = 1 << 20
	smallRoom   = 4 << 10 // where no length is known
)

// readAll reads to the end. size is how much will come if that is known, otherwise -1; it is
// only a hint for the room. More than limit bytes are an error, 0 is no limit. hold is asked
// for the room before it is made; it may be nil.
func readAll(r io.Reader, size, limit int64, hold func(int64) error) ([]byte, error) {
	room := min(size, trustedSize)
	switch {
	case size < 0:
		room = smallRoom
	case hold != nil:
		room = min(size, firstRoom)
	}
	buf, err := grown(nil, room, hold)
	for err == nil {
		// Room grows by what was read and not by what was announced.
		if len(buf) == cap(buf) {
			have := int64(len(buf))
			switch {
			case size == have: // its end is still to be seen
				room = have + smallRoom
			case size > have:
				room = min(4*have, size)
			default:
				room = have + have/2 + smallRoom
			}
			if buf, err = grown(buf, room, hold); err != nil {
				break
			}
		}
		var n int
		n, err = r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if limit > 0 && int64(len(buf)) > limit {
			return nil, tooLarge(limit)
		}
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	// The buffer is given back to its size when more than an eighth is unused.
	if hold != nil && cap(buf)-len(buf) > len(buf)/8 { // a script may keep it
		return grown(buf, int64(len(buf)), hold)
	}
	return buf, nil
}

// grown copies what was read to a slice with more room, if hold allows that many bytes.
func grown(buf []byte, room int64, hold func(int64) error) ([]byte, error) {
	if hold != nil {
		if err := hold(room); err != nil {
			return nil, &failure.Error{Message: err.Error(), Hint: "its memory limit counts what pm.sendRequest reads", Err: err}
		}
	}
	return append(make([]byte, 0, room), buf...), nil
}
