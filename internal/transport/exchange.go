package transport

import (
	"errors"
	"io"
	"strings"
	"time"
)

// exchange sends the request over cn and reads the answer. reusable tells that cn is free and in order.
func (c *Client) exchange(cn *conn, g *guard, h *hop, start time.Time) (r *Response, reusable bool, err error) {
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
	hd, err := readHead(cn.br, c.opts.MaxHeaderSize, h.settings.lenient)
	for err == nil && hd.code < 200 && hd.code != 101 {
		hd, err = readHead(cn.br, c.opts.MaxHeaderSize, h.settings.lenient)
	}
	if err != nil {
		return nil, false, g.explain("read", err, 0)
	}
	body := newBodyReader(cn.br, hd, h.method)
	data, err := c.collect(body, hd, bodyless(h.method, hd.code), h.settings.hold)
	if err != nil {
		return nil, false, g.explain("read", err, body.got)
	}
	reusable = body.done && !hd.close && hd.code != 101 && (hd.length >= 0 || hd.chunk || bodyless(h.method, hd.code)) && h.framed()
	if cn.br.Buffered() > 0 && !hd.close && hd.code != 101 {
		e := parseError("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
		e.Hint = "the server sent more than the answer's length"
		return nil, false, e
	}
	if writing != nil {
		select {
		case err := <-writing:
			reusable = reusable && err == nil
		default: // answered before the request was read
			reusable = false
		}
	}
	reusable = reusable && writeErr == nil
	end := c.opts.Now()
	cn.idleS = hd.idleS
	h.timing.FirstByte, h.timing.Body, h.ended = first.Sub(start), end.Sub(first), end
	return &Response{
		Code: hd.code, Reason: hd.reason, Proto: hd.proto, Header: hd.header, Body: data,
		WireSize: body.got, HeaderSize: hd.size, Remote: cn.remote, Security: cn.agreed, Timing: h.timing,
	}, reusable, nil
}

// begin waits for the first byte of the answer. What comes back of writing is nil once all is written; writeErr is why
// the request could not be written whole, where an answer came all the same.
func (cn *conn) begin(g *guard, h *hop, writing <-chan error) (still <-chan error, writeErr, err error) {
	if writing == nil {
		_, err = cn.br.Peek(1)
	} else {
		ready := cn.answer()
		select {
		case err = <-ready:
		case writeErr = <-writing:
			writing = nil
			if own := (*Error)(nil); errors.As(writeErr, &own) || writeErr != nil && g.fired.Load() { // no answer can come
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

// answer waits, beside a request that is still being written, for the first byte of the answer.
func (cn *conn) answer() <-chan error {
	ready := make(chan error, 1)
	go func() {
		_, err := cn.br.Peek(1)
		ready <- err
	}()
	return ready
}

// framed tells whether the server can know where the request ends: its length is right, and the user did not
// ask for the connection to be closed.
func (h *hop) framed() bool {
	if i := find(h.header, "Connection"); i >= 0 && strings.EqualFold(h.header[i].Value, "close") {
		return false
	}
	if h.chunked || h.payload.mode == "" {
		return true
	}
	i := find(h.header, "Content-Length")
	return i >= 0 && h.header[i].System
}

// collect reads a body to its end and undoes its encoding. hold is as readAll takes it.
func (c *Client) collect(body *bodyReader, hd *head, none bool, hold func(int64) error) ([]byte, error) {
	if none || body.done {
		return nil, nil
	}
	limit := c.opts.MaxResponseSize
	if limit > 0 && hd.length > limit {
		return nil, tooLarge(limit)
	}
	encoding := ""
	for i := range hd.header {
		if strings.EqualFold(hd.header[i].Key, "Content-Encoding") {
			encoding = hd.header[i].Value
		}
	}
	if encoding == "" {
		return readAll(body, hd.length, limit, hold)
	}
	data, err := readAll(decoded(body, encoding), -1, limit, hold)
	if body.err != nil && !errors.Is(body.err, io.EOF) {
		return nil, body.err // the network's error, not the decoder's idea of it
	}
	if err != nil {
		return nil, err
	}
	if _, err = io.Copy(io.Discard, body); err != nil {
		return nil, err
	}
	return data, nil
}

func tooLarge(limit int64) error {
	return &Error{Code: "ERR_RESPONSE_SIZE", Message: "Maximum response size reached", Hint: byteCount(limit) + " are allowed; --max-response-size allows more"}
}

// How much room a body gets before any of it has come: what a server says of its length is trusted so far. A body whose
// room has to be asked for gets little first, since a server may announce much and send nothing.
const (
	trustedSize = 64 << 20
	firstRoom   = 1 << 20
	smallRoom   = 4 << 10 // where no length is known
)

// readAll reads to the end. size is how much will come if that is known, else -1. hold is asked for the room before it is
// made; it may be nil.
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
	if hold != nil && cap(buf)-len(buf) > len(buf)/8 { // a script may keep it
		return grown(buf, int64(len(buf)), hold)
	}
	return buf, nil
}

// grown copies what was read to a place with more room, if there may be one.
func grown(buf []byte, room int64, hold func(int64) error) ([]byte, error) {
	if hold != nil {
		if err := hold(room); err != nil {
			return nil, &Error{Message: err.Error(), Hint: "its memory limit counts what pm.sendRequest reads", Err: err}
		}
	}
	return append(make([]byte, 0, room), buf...), nil
}
