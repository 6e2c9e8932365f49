package redact

import (
	"bytes"
	"io"
)

// A Writer masks what is written through it, also where a secret is cut in two by the borders of writes.
// It holds back at most the length of the longest secret until more comes; Close writes the rest.
type Writer struct {
	set  *Set
	w    io.Writer
	held []byte
}

// NewWriter returns a Writer that masks by set. The set may grow while it is in use.
func NewWriter(w io.Writer, set *Set) *Writer { return &Writer{set: set, w: w} }

// Write masks p and passes it on. It holds back the end of p only when a secret may have begun there.
// The count is always that of p where the error is nil.
func (w *Writer) Write(p []byte) (int, error) {
	if w.set == nil || !w.set.filled.Load() {
		if err := w.Flush(); err != nil {
			return 0, err
		}
		return w.w.Write(p)
	}
	data := p
	if len(w.held) > 0 {
		data = append(w.held, p...)
	}
	cut := len(data) - w.set.begun(data)
	out := w.set.Bytes(data[:cut])
	_, err := w.w.Write(out)
	w.held = bytes.Clone(data[cut:])
	if err != nil {
		return 0, err
	}
	return len(p), nil
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

// begun returns how many bytes at the end of data may be the beginning of a needle.
func (s *Set) begun(data []byte) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := &s.table
	text := string(data[max(0, len(data)-t.longest+1):])
	for i := range len(text) {
		if i+1 < len(text) {
			if p := pair(text[i], text[i+1]); t.starts[p>>6]&(1<<(p&63)) == 0 {
				continue
			}
		}
		if t.begins(text[i:]) {
			return len(text) - i
		}
	}
	return 0
}
