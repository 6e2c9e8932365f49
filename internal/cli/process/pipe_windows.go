package process

import (
	"errors"
	"syscall"
)

// readerGone reports whether the other end of a pipe is closed: ERROR_BROKEN_PIPE or ERROR_NO_DATA.
func readerGone(err error) bool {
	return errors.Is(err, syscall.Errno(109)) || errors.Is(err, syscall.Errno(232))
}
