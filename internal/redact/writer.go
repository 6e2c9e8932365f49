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
	t := w.set.table.Load()
	if t == nil {
		if err := w.Flush(); err != nil {
			return 0, err
		}
		return w.w.Write(p)
	}
	data := append(w.held, p...)
	keep := t.begun(data)
	out := t.mask(string(data[:len(data)-keep]))
	w.held = bytes.Clone(data[len(data)-keep:])
	if _, err := io.WriteString(w.w, out); err != nil {
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
func (t *table) begun(data []byte) int {
	from := max(0, len(data)-t.longest+1)
	for i := from; i < len(data); i++ {
		if t.prefix(string(data[i:])) {
			return len(data) - i
		}
	}
	return 0
}

// prefix tells whether some needle longer than text begins with it.
func (t *table) prefix(text string) bool {
	if len(text) >= keyLength {
		for _, n := range t.needles[text[:keyLength]] {
			if len(n.text) > len(text) && n.text[:len(text)] == text {
				return true
			}
		}
		return false
	}
	for key := range t.needles {
		if len(key) >= len(text) && key[:len(text)] == text {
			return true
		}
	}
	return false
}
