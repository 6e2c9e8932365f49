package redact

import (
	"bytes"
	"io"
)

// A Writer masks what is written through it, also where a secret is cut in two by the borders of writes. It holds back
// the end of what was written until more comes; Flush and Close write the rest.
type Writer struct {
	set  *Set
	w    io.Writer
	held []byte
}

const (
	// gathered is how much a Writer masks at once, at least.
	gathered = 64 << 10
	// widest is how many bytes of encoded text a byte of a secret takes, at most, where it is held together.
	widest = 8
	// most is how much a Writer holds back at most.
	most = 256 << 10
)

// NewWriter returns a Writer that masks by set. The set may grow while it is in use.
func NewWriter(w io.Writer, set *Set) *Writer { return &Writer{set: set, w: w} }

// Write masks p and passes it on, but for an end in which a secret may begin. The count is always that of p where the
// error is nil.
func (w *Writer) Write(p []byte) (int, error) {
	if w.set == nil || !w.set.filled.Load() {
		if err := w.Flush(); err != nil {
			return 0, err
		}
		return w.w.Write(p)
	}
	w.held = append(w.held, p...)
	back := w.set.reach()
	if len(w.held) < gathered+back {
		return len(p), nil
	}
	out, rest := w.set.part(w.held, len(w.held)-back)
	_, err := w.w.Write(out)
	w.held = bytes.Clone(rest)
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

// reach is how many bytes a secret may take in a text, about.
func (s *Set) reach() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return min(most, widest*s.needle.tree.longest)
}

// part masks data and cuts it at cut, or behind a secret that stands across it.
func (s *Set) part(data []byte, cut int) (masked, rest []byte) {
	text := string(data)
	s.mu.RLock()
	defer s.mu.RUnlock()
	spans := s.scan(text)
	for i, one := range spans {
		if one.from >= cut {
			spans = spans[:i]
			break
		}
		cut = max(cut, one.to)
	}
	return []byte(replace(text[:cut], spans)), data[cut:]
}

// Flush writes what is held back, masked as far as it is a whole secret.
func (w *Writer) Flush() error {
	if len(w.held) == 0 {
		return nil
	}
	out := w.set.Bytes(w.held)
	w.held = nil
	_, err := w.w.Write(out)
	return err
}

// Close flushes; the writer beneath stays open.
func (w *Writer) Close() error { return w.Flush() }
