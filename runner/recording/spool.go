package recording

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"io"

	"posthaste/runner/event"
)

// A Spool keeps the events of a run until its end, for reports that are made then. It is read once. It holds what was
// masked when it was written; nobody else may read its file all the same.
type Spool struct {
	file io.ReadWriteSeeker
	buf  *bufio.Writer
	enc  *gob.Encoder
}

// spooled is an event as gob writes it: with the name of its kind.
type spooled struct {
	Event event.Event
	Known int64
}

// NewSpool returns a spool that writes to file.
func NewSpool(file io.ReadWriteSeeker) *Spool {
	for _, e := range event.Kinds() {
		gob.Register(e)
	}
	buf := bufio.NewWriterSize(file, 64<<10)
	return &Spool{file: file, buf: buf, enc: gob.NewEncoder(buf)}
}

// Write appends an event.
func (s *Spool) Write(e event.Masked) error {
	if err := s.enc.Encode(spooled{e.Event(), e.Known()}); err != nil {
		return fmt.Errorf("spooling an event: %w", err)
	}
	return nil
}

// Replay hands the events to sink, in their order. Its error is that of the file, or the first of sink.
func (s *Spool) Replay(sink func(event.Masked) error) error {
	if err := s.buf.Flush(); err != nil {
		return fmt.Errorf("spooling an event: %w", err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading a spool: %w", err)
	}
	dec := gob.NewDecoder(bufio.NewReaderSize(s.file, 64<<10))
	for {
		var next spooled
		err := dec.Decode(&next)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a spool: %w", err)
		}
		if err := sink(event.Spooled(next.Event, next.Known)); err != nil {
			return err
		}
	}
}
