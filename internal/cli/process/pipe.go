package process

import (
	"io"
	"sync/atomic"
)

// A pipe writes to a stream whose reader may go away, as that of `posthaste list api.json | head -1` does. What is written
// after that is dropped without an error: the command does the rest of its work, writes its files, and ends with the exit
// code that it would have had. All other errors of writing, such as that of a full disk, come back.
type pipe struct {
	w    io.Writer
	gone atomic.Bool
}

// Write takes p, also when nobody reads it.
func (o *pipe) Write(p []byte) (int, error) {
	if o.gone.Load() {
		return len(p), nil
	}
	n, err := o.w.Write(p)
	if err != nil && readerGone(err) {
		o.gone.Store(true)
		return len(p), nil
	}
	return n, err
}

// Unread reports whether nobody reads a stream any more.
func Unread(w io.Writer) bool {
	o, ok := w.(*pipe)
	return ok && o.gone.Load()
}
