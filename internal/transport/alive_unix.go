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
	var n int
	var err error
	looked := cn.raw.Read(func(fd uintptr) bool {
		var one [1]byte // MSG_PEEK with no room would return 0, which means the end
		n, _, err = syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		return true
	})
	switch {
	case looked != nil:
		return false, true
	// Nothing has come: the connection is idle, as it should be.
	case err == syscall.EAGAIN || err == syscall.EWOULDBLOCK || err == syscall.EINTR:
		return false, false
	}
	// 0 bytes are the server's FIN; an error is its reset.
	return n > 0, err != nil || n <= 0
}
