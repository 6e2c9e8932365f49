package transport

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// smallBody is how much is written in one go, before the answer is waited for. Longer requests are written
// beside the reading, because a server may answer and close before it has read all.
const smallBody = 64 << 10

// A conn is one connection for HTTP/1.1. One request at a time uses it.
type conn struct {
	wire   *wire    // the TCP connection, whose deadline ends everything
	stream net.Conn // what HTTP is spoken over: wire, or TLS over it
	br     *bufio.Reader
	buf    []byte     // of the request head, kept for the next one
	ready  chan error // receives once a watch has seen a byte or the end of the connection
	reused bool
	absURI bool // the request line names scheme and host, for a proxy
	auth   string
	remote string
	expire *time.Timer // closes it when it is idle for too long
	idleS  int         // seconds the server keeps it, 0 unknown
}

func newConn(w *wire) *conn {
	return &conn{wire: w, stream: w, ready: make(chan error, 1), remote: w.RemoteAddr().String()}
}

// watch waits for the next byte. There is one watch from the moment a connection is free until its next
// answer begins, so a server's close is noticed before a request is written.
func (cn *conn) watch() {
	go func() {
		_, err := cn.br.Peek(1)
		cn.ready <- err
	}()
}

func (cn *conn) close() {
	_ = cn.wire.Close() // nothing to be saved: TLS's farewell is a courtesy that could block
}

// A wire is a TCP connection that tells its guard whenever bytes pass.
type wire struct {
	net.Conn
	idle atomic.Pointer[time.Timer] // of a guard that limits silence; nil else
	wait time.Duration
}

func (w *wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	w.touch(n)
	return n, err
}

func (w *wire) Write(b []byte) (int, error) {
	n, err := w.Conn.Write(b)
	w.touch(n)
	return n, err
}

func (w *wire) touch(n int) {
	if t := w.idle.Load(); t != nil && n > 0 {
		t.Reset(w.wait)
	}
}

// A guard ends what happens on a wire when its time is over or the context is. It needs no clock.
type guard struct {
	ctx     context.Context
	w       *wire
	limit   time.Duration
	timer   *time.Timer
	fired   atomic.Bool
	unwatch func() bool
}

// newGuard starts the guard of one hop. A limit of 0 leaves only the context.
func (c *Client) newGuard(ctx context.Context, w *wire) *guard {
	g := &guard{ctx: ctx, w: w, limit: c.opts.Timeout}
	cut := func() { _ = w.SetDeadline(time.Unix(1, 0)) } // a closed connection needs no deadline
	if g.limit > 0 {
		g.timer = time.AfterFunc(g.limit, func() {
			g.fired.Store(true)
			cut()
		})
		if c.opts.TimeoutIdle {
			w.wait = g.limit
			w.idle.Store(g.timer)
		}
	}
	if ctx.Done() != nil {
		g.unwatch = context.AfterFunc(ctx, cut)
	}
	return g
}

// stop ends the guard and tells whether it never bit, so that the connection can be used on.
func (g *guard) stop() bool {
	clean := true
	if g.timer != nil {
		g.w.idle.Store(nil)
		clean = g.timer.Stop() && !g.fired.Load()
	}
	if g.unwatch != nil {
		clean = g.unwatch() && clean
	}
	return clean
}

// explain replaces an error by the guard's own when the guard caused it.
func (g *guard) explain(op string, err error, got int64) error {
	switch {
	case err == nil:
		return nil
	case g.fired.Load():
		hint := fmt.Sprintf("no complete answer within %d ms (--timeout-request)", g.limit.Milliseconds())
		if got > 0 {
			hint += fmt.Sprintf("; %d bytes of its body had come", got)
		}
		return &Error{Code: "ESOCKETTIMEDOUT", Message: "ESOCKETTIMEDOUT", Hint: hint, Err: err}
	case g.ctx.Err() != nil:
		return &Error{Code: "ABORT_ERR", Message: "The operation was aborted", Err: context.Cause(g.ctx)}
	}
	return errorOf(op, err)
}

// errStale says that a kept connection was gone before the server can have seen the request.
var errStale = errors.New("connection was closed while idle")

// A poolKey names connections that can stand for each other.
type poolKey struct {
	scheme, addr, proxy, tls string
}

// idleLimit is how long a connection is kept without use. (newman: the runtime drops its agents then)
const idleLimit = 60 * time.Second

// A pool keeps idle connections. The zero pool is empty and ready to use.
type pool struct {
	mu   sync.Mutex
	idle map[poolKey][]*conn
}

// take returns a connection that was alive a moment ago, or nil.
func (p *pool) take(key poolKey) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.idle[key]
	for len(list) > 0 {
		cn := list[len(list)-1]
		list = list[:len(list)-1]
		p.idle[key] = list
		cn.expire.Stop()
		select {
		case <-cn.ready: //nolint:errcheck // closed, or the server speaks unasked: it is of no use
			cn.close()
			continue
		default:
		}
		cn.reused = true
		return cn
	}
	return nil
}

// put keeps a connection whose answer was read to its end.
func (p *pool) put(key poolKey, cn *conn) {
	limit := idleLimit
	if cn.idleS > 0 { // a second early, as Node does it: better a new connection than a lost request
		limit = min(limit, time.Duration(cn.idleS-1)*time.Second)
	}
	if limit == 0 {
		cn.close()
		return
	}
	cn.watch()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.idle == nil {
		p.idle = map[poolKey][]*conn{}
	}
	p.idle[key] = append(p.idle[key], cn)
	if cn.expire == nil {
		cn.expire = time.AfterFunc(limit, func() { p.drop(key, cn) })
	} else {
		cn.expire.Reset(limit)
	}
}

// drop closes cn if it is still idle.
func (p *pool) drop(key poolKey, cn *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, other := range p.idle[key] {
		if other == cn {
			p.idle[key] = append(p.idle[key][:i], p.idle[key][i+1:]...)
			cn.close()
			return
		}
	}
}

func (p *pool) closeIdle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, list := range p.idle {
		for _, cn := range list {
			cn.expire.Stop()
			cn.close()
		}
		delete(p.idle, key)
	}
}

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
	go func() {
		var w io.Writer = cn.stream
		if h.chunked {
			w = chunkWriter{w}
		}
		err := h.payload.writeTo(w, files)
		if err == nil && h.chunked {
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

// appendHead writes request line and header lines. Text beyond ASCII goes out as Latin-1, as Node sends it.
func (h *hop) appendHead(b []byte, cn *conn) []byte {
	b = append(b, h.method...)
	b = append(b, ' ')
	if cn.absURI {
		b = append(b, h.via.Scheme+"://"+h.via.Host()...)
	}
	b = appendLatin1(b, h.via.RequestURI())
	b = append(b, " HTTP/1.1\r\n"...)
	for i := range h.header {
		b = append(b, h.header[i].Key...)
		b = append(b, ": "...)
		b = appendLatin1(b, h.header[i].Value)
		b = append(b, "\r\n"...)
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
