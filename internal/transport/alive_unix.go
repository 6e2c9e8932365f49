//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package transport

import "syscall"

// pending looks at what the system has received for an idle connection, without taking it:
// whether there are bytes, and whether the connection has ended. It does not block. A server
// that closed an idle connection is found out before a request is lost on it.
func (cn *conn) pending() (bytes, ended bool) {
	// A connection that is not TCP, such as in a test.
	if cn.raw == nil {
		return false, false
	}
	if cn.peek.look == nil { // made once: a closure for each request would take memory
		cn.peek.look = cn.peek.receive
	}
	p := &cn.peek
	if cn.raw.Read(p.look) != nil {
		return false, true
	}
	if p.err == syscall.EAGAIN || p.err == syscall.EWOULDBLOCK || p.err == syscall.EINTR { //nolint:errorlint // the system's own
		return false, false
	}
	return p.n > 0, p.err != nil || p.n <= 0
}

// A peek is a look at what the system has received.
type peek struct {
	look func(fd uintptr) bool // receive
	one  [1]byte
	n    int
	err  error
}

func (p *peek) receive(fd uintptr) bool {
	p.n, _, p.err = syscall.Recvfrom(int(fd), p.one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	return true
}
