package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// A Spool is a part of a report that is written before its place is known. It keeps the first error, and
// close, copyTo and err return it.
type Spool struct {
	file io.ReadWriteSeeker
	buf  *bufio.Writer
	size int64 // bytes written
	err  error
}

// NewSpool opens a spool of the reporter's own.
func (c Config) NewSpool() (*Spool, error) {
	if c.Spool == nil {
		return nil, errors.New("this reporter needs a spool, and was given none")
	}
	file, err := c.Spool()
	if err != nil {
		return nil, fmt.Errorf("making a spool: %w", err)
	}
	return &Spool{file: file, buf: bufio.NewWriterSize(file, 64<<10)}, nil
}

// Write appends to the spool.
func (s *Spool) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.buf.Write(p)
	s.size += int64(n)
	s.err = err
	return n, err
}

// Reader returns everything spooled. Nothing may be written until it is read.
func (s *Spool) Reader() (io.Reader, error) {
	if s.err != nil {
		return nil, s.err
	}
	if err := s.buf.Flush(); err != nil {
		return nil, fmt.Errorf("writing a spool: %w", err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading a spool: %w", err)
	}
	return io.LimitReader(s.file, s.size), nil
}

// CopyTo writes everything spooled to w.
func (s *Spool) CopyTo(w io.Writer) error {
	r, err := s.Reader()
	if err != nil {
		return err
	}
	n, err := io.Copy(w, r)
	if err == nil && n < s.size {
		err = fmt.Errorf("reading a spool: %w", io.ErrUnexpectedEOF)
	}
	return err
}

// Reset makes the spool empty, after copyTo.
func (s *Spool) Reset() error {
	s.size = 0
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("writing a spool: %w", err)
	}
	return nil
}
