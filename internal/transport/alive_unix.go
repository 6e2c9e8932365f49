//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package transport

import "syscall"

// pending looks at what the system has received for an idle connection, without taking it: whether there are bytes,
// and whether the connection has ended.
func (cn *conn) pending() (bytes, ended bool) {
	if cn.raw == nil {
		return false, false
	}
	var n int
	var err error
	looked := cn.raw.Read(func(fd uintptr) bool {
		var one [1]byte
		n, _, err = syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		return true
	})
	switch {
	case looked != nil:
		return false, true
	case err == syscall.EAGAIN || err == syscall.EWOULDBLOCK || err == syscall.EINTR:
		return false, false
	}
	return n > 0, err != nil || n <= 0
}
