package recording

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"

	"posthaste/runner/event"
)

// A Spool keeps the events of a run until its end, for reports that are made then. It is read
// once. It holds what was masked when it was written; nobody else may read its file all the
// same. It is not safe for concurrent use.
type Spool struct {
	file io.ReadWriteSeeker
	buf  *bufio.Writer
	w    writer
	// The types by number, and the numbers by type.
	kinds []reflect.Type
	index map[reflect.Type]uint64
}

// largest is more than an event takes, in bytes: a length beyond it means that the file is
// damaged.
const largest = 1 << 31

// NewSpool returns a spool that writes to file, from where that stands. The caller closes and
// deletes the file.
func NewSpool(file io.ReadWriteSeeker) *Spool {
	s := &Spool{file: file, buf: bufio.NewWriterSize(file, 64<<10), kinds: kinds(), index: map[reflect.Type]uint64{}}
	for i, kind := range s.kinds {
		s.index[kind] = uint64(i)
	}
	return s
}

// Write appends an event. Its length comes first, then its kind, how many secrets were known
// when it was masked, and its fields.
func (s *Spool) Write(e event.Masked) error {
	s.w.data = s.w.data[:0]
	v := reflect.ValueOf(e.Event())
	kind, known := s.index[v.Type()]
	if !known {
		return fmt.Errorf("spooling an event: a spool cannot hold %s", v.Type())
	}
	s.w.number(kind)
	s.w.number(uint64(e.Known()))
	if err := s.w.value(v); err != nil {
		return fmt.Errorf("spooling an event: %w", err)
	}
	if _, err := s.buf.Write(binary.AppendUvarint(s.buf.AvailableBuffer(), uint64(len(s.w.data)))); err != nil {
		return fmt.Errorf("spooling an event: %w", err)
	}
	if _, err := s.buf.Write(s.w.data); err != nil {
		return fmt.Errorf("spooling an event: %w", err)
	}
	return nil
}

// Replay hands the events to sink, in their order. Its error is that of the file, or the
// first of sink. Nothing can be written afterwards.
func (s *Spool) Replay(sink func(event.Masked) error) error {
	if err := s.buf.Flush(); err != nil {
		return fmt.Errorf("spooling an event: %w", err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading a spool: %w", err)
	}
	in := bufio.NewReaderSize(s.file, 64<<10)
	var data []byte
	var r reader
	for {
		size, err := binary.ReadUvarint(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && size > largest {
			err = errSpool
		}
		if err == nil {
			data = append(data[:0], make([]byte, size)...)
			_, err = io.ReadFull(in, data)
		}
		if err != nil {
			return fmt.Errorf("reading a spool: %w", err)
		}
		r.data = data
		next, err := s.event(&r)
		if err != nil {
			return fmt.Errorf("reading a spool: %w", err)
		}
		if err := sink(next); err != nil {
			return err
		}
	}
}

// event reads one event. A kind that this version does not know is an error, not a skip:
// nothing may be lost.
func (s *Spool) event(r *reader) (event.Masked, error) {
	kind, err := r.number()
	if err != nil || kind >= uint64(len(s.kinds)) {
		return event.Masked{}, errSpool
	}
	known, err := r.number()
	if err != nil {
		return event.Masked{}, err
	}
	v := reflect.New(s.kinds[kind]).Elem()
	if err := r.value(v); err != nil {
		return event.Masked{}, err
	}
	e, _ := v.Interface().(event.Event) // it is of its type
	return event.Spooled(e, int64(known)), nil
}
