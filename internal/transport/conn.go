package transport

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
)

// A conn is one connection for HTTP/1.1. One request at a time uses it. It belongs to whoever
// took it from the pool, and to the pool while it is idle.
type conn struct {
	wire   *wire    // the TCP connection, whose deadline ends everything
	stream net.Conn // what HTTP is spoken over: wire, or TLS over it
	br     *bufio.Reader
	buf    []byte          // of the request head, kept for the next one
	raw    syscall.RawConn // of the TCP connection; nil if missing
	reused bool
	absURI bool // the request line names scheme and host, for a proxy
	auth   string
	remote string
	agreed *Security // nil without TLS
	idleS  int       // seconds the server keeps it, 0 unknown
	memory http1.Memory
	peek   peek // what alive looks with

	// The pool's, under its lock:
	limit    time.Duration // how long it may be idle
	settled  bool          // it was idle for a while and the server has not closed it
	timer    *time.Timer   // settles it, and then closes it when it is idle for too long
	settling bool          // the timer is set to settle it
	puts     int           // how often it became idle
	watched  int           // puts when the timer was set
}

// newConn makes a connection that speaks plain HTTP; TLS and proxies are added later.
func newConn(w *wire) *conn {
	cn := &conn{wire: w, stream: w, remote: w.RemoteAddr().String()}
	if c, ok := w.Conn.(syscall.Conn); ok {
		cn.raw, _ = c.SyscallConn() // without it, the server's close is noticed when the request is written
	}
	return cn
}

// closeNotifyWait is how long bytes of an idle TLS connection may take to turn out to be of the
// protocol's own. Such bytes have been received already; decrypting them takes microseconds.
const closeNotifyWait = 5 * time.Millisecond

// alive reports whether an idle connection can take a request: the server has neither closed
// it nor sent anything. What TLS sends by itself in between, such as a new session ticket, is
// read. A server that sends a response without a request is broken, and what it sent must not
// be taken for the next response.
func (cn *conn) alive() bool {
	// Bytes that were read with the last response.
	if cn.br.Buffered() > 0 {
		return false
	}
	bytes, ended := cn.pending()
	switch {
	case ended:
		return false
	case !bytes:
		return true
	}
	// There are bytes: let TLS read them. If they are the protocol's own, Peek goes on
	// waiting until the deadline; anything else, the end included, returns at once.
	over := make(chan struct{})
	timer := time.AfterFunc(closeNotifyWait, func() {
		// A time in the past ends the read that is waiting.
		_ = cn.wire.SetReadDeadline(time.Unix(1, 0)) // a closed connection needs none
		close(over)
	})
	_, err := cn.br.Peek(1)
	// Otherwise the timer could set the deadline after it was cleared.
	if !timer.Stop() {
		<-over
	}
	_ = cn.wire.SetReadDeadline(time.Time{}) // a closed connection needs none
	// Only the deadline means that nothing of the server's came.
	return errors.Is(err, os.ErrDeadlineExceeded)
}

// close ends a connection that the pool has not, or that it has let go of.
func (cn *conn) close() {
	if cn.timer != nil {
		cn.timer.Stop()
	}
	_ = cn.wire.Close() // nothing to be saved: TLS's farewell is a courtesy that could block
}

// A wire is a TCP connection that tells its guard whenever bytes pass in either direction.
type wire struct {
	net.Conn
	own  guard                      // of the exchange that is under way
	idle atomic.Pointer[time.Timer] // of a guard that limits silence; nil else
	wait time.Duration

	mu      sync.Mutex
	ctx     context.Context // of the last exchange; the next has the same, mostly
	forget  func() bool     // ends that the wire is told of its end; nil where nobody tells it
	guarded bool            // an exchange is under way
	cutOff  bool            // the context ended it
}

// guard has the end of ctx cut off what happens on the wire, until unguard.
func (w *wire) guard(ctx context.Context) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.guarded = true
	if ctx != w.ctx {
		w.release()
		w.ctx = ctx
		if ctx.Done() != nil {
			w.forget = context.AfterFunc(ctx, func() { w.ended(ctx) })
		}
	}
	if ctx.Err() != nil { // it may have ended between two exchanges
		w.cutLocked()
	}
}

// unguard reports whether what happened was not cut off.
func (w *wire) unguard() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.guarded = false
	return !w.cutOff
}

// ended is called when a context ends. Between two exchanges the connection stays as it is, and when the next one, with
// another context, has begun.
func (w *wire) ended(ctx context.Context) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.guarded && w.ctx == ctx {
		w.cutLocked()
	}
}

func (w *wire) cutLocked() {
	w.cutOff = true
	w.cut()
}

// cut ends all that happens on the wire.
func (w *wire) cut() {
	_ = w.SetDeadline(time.Unix(1, 0)) // a closed connection needs no deadline
}

// release lets go of the context. The caller holds the lock.
func (w *wire) release() {
	if w.forget != nil {
		w.forget()
	}
	w.ctx, w.forget = nil, nil
}

// Close closes the connection and lets go of the context.
func (w *wire) Close() error {
	w.mu.Lock()
	w.release()
	w.mu.Unlock()
	return w.Conn.Close()
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

// touch starts the limit on silence again.
func (w *wire) touch(n int) {
	if t := w.idle.Load(); t != nil && n > 0 {
		t.Reset(w.wait)
	}
}

// errStale says that a pooled connection was gone before the server can have seen the
// request. The request is then sent once more on another one; it never leaves this package.
var errStale = errors.New("connection was closed while idle")

// neverRead reports whether a pooled connection ended, with err, before the server read the
// request, so that it is safe to send it once more. A server that closes an idle connection
// does not know of our request: its system answers our bytes with a reset. A server that has
// read them and then closes sends no reset, and then nothing is repeated, or one payment
// would be two.
func (cn *conn) neverRead(g *guard, h *hop, err error) bool {
	// The guard closed it, not the server.
	if g.fired.Load() || g.ctx.Err() != nil {
		return false
	}
	if code, _ := failure.CodeOf(err); code == "ECONNRESET" || code == "EPIPE" {
		return h.repeatable() // it may have been reset on purpose
	}
	// Something was read, so the server did answer.
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	if h.repeatable() { // also where the server has ended its side only, and answers nothing more
		return true
	}
	// The reset may still be on its way when the end of the stream is read.
	const resetDelay = 30 * time.Millisecond // longer than a reset is on its way, mostly
	timer := time.NewTimer(resetDelay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-g.ctx.Done():
		return false
	}
	// Harmless if the server still reads: blank lines between requests are ignored (RFC 9112,
	// 2.2).
	_, err = cn.wire.Conn.Write([]byte("\r\n")) // fails only if the reset is here
	return err != nil
}

// repeatable reports whether sending the request twice has the same effect as sending it
// once: idempotent methods (RFC 9110, 9.2.2), and requests with an idempotency key, as
// payment APIs have.
func (h *hop) repeatable() bool {
	switch h.method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return find(h.header, "Idempotency-Key") >= 0 || find(h.header, "X-Idempotency-Key") >= 0
}

// bound reports whether the request goes on with a handshake that the server knows by its
// connection (NTLM, MS-NTHT): it must use that connection, settled or not.
func (h *hop) bound() bool {
	i := find(h.header, "Authorization")
	if i < 0 {
		return false
	}
	scheme, _, _ := strings.Cut(h.header[i].Value, " ")
	return strings.EqualFold(scheme, "NTLM") || strings.EqualFold(scheme, "Negotiate")
}
