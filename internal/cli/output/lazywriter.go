package output

import (
	"io"
	"sync"
	"time"

	"posthaste/internal/cli/process"
)

// A lazyWriter gathers what a run prints and passes it on a moment later, in one piece: a line for each request and
// assertion, written one by one, costs more than the requests. Nobody sees the delay. It is safe for concurrent use.
type lazyWriter struct {
	mu    sync.Mutex
	w     io.Writer
	held  []byte
	armed bool // a flush is on its way
	err   error
}

const (
	lazyDelay = 20 * time.Millisecond // less than a frame or two: a run still looks live
	lazyLimit = 32 << 10              // bytes that are held at most
)

// Write takes p. An error is that of an earlier write beneath: p itself may still be held.
func (l *lazyWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return 0, l.err
	}
	l.held = append(l.held, p...)
	if len(l.held) >= lazyLimit {
		return len(p), l.flush()
	}
	if !l.armed {
		l.armed = true
		time.AfterFunc(lazyDelay, func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.armed = false
			_ = l.flush() // the next write or Flush returns it
		})
	}
	return len(p), nil
}

// Flush passes on what is held.
func (l *lazyWriter) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.flush()
}

// flush writes what was held back. The first error is kept and returned from then on.
func (l *lazyWriter) flush() error {
	if l.err == nil && len(l.held) > 0 {
		_, l.err = l.w.Write(l.held)
		l.held = l.held[:0]
	}
	return l.err
}

// A flushedFirst writes to w what has to stand after everything that first holds.
type flushedFirst struct {
	first  *lazyWriter
	w      io.Writer
	erases bool // both go to one live terminal, whose last line may be a progress line
}

// eraseLine takes the line away that the cursor is in.
const eraseLine = "\r\x1b[K"

// Write flushes the other writer and writes p, on a line of its own. Only the error of writing p comes back.
func (f flushedFirst) Write(p []byte) (int, error) {
	_ = f.first.Flush() // it stays with the other writer
	if f.erases {
		if _, err := io.WriteString(f.w, eraseLine); err != nil {
			return 0, err
		}
	}
	return f.w.Write(p)
}

// Gathered returns the process with an output that is written in larger pieces, and what writes the last of it.
func Gathered(p *process.Process) (*process.Process, func()) {
	out := &lazyWriter{w: p.Stdout}
	g := *p
	g.Stdout, g.Stderr = out, flushedFirst{out, p.Stderr, isLive(p) && p.ErrTerminal}
	return &g, func() { _ = out.Flush() } // a report that could not be written has ended the run before
}
