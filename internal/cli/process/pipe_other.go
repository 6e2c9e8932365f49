//go:build !windows

package process

import (
	"errors"
	"syscall"
)

// readerGone reports whether the other end of a pipe is closed.
func readerGone(err error) bool { return errors.Is(err, syscall.EPIPE) }
