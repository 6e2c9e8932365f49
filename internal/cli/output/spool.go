package output

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"posthaste/internal/cli/process"
)

// A spool is what a reporter writes before its place in the report is known. It is a file beside the report, where
// there has to be room anyway, else in the temporary directory, and is kept in memory when neither can be written.
// What it holds is not masked yet, so nobody else can open it.
type spool struct {
	temp *process.Temporary
	file *os.File // nil when it is kept in memory
	size int64    // of the file
	data []byte   // in memory
	at   int64    // where to read and write
}

// newSpool makes a spool that lives as long as the run.
func (rep *output) newSpool() (io.ReadWriteSeeker, error) {
	s := &spool{temp: rep.temp}
	if file, err := nameless(rep.temp, rep.file, rep.name); err == nil { // else in memory
		s.file = file
	}
	rep.spools = append(rep.spools, s)
	return s, nil
}

// nameless makes a file that nobody else can open, beside a report where there is one, else in the temporary directory.
func nameless(t *process.Temporary, beside *File, name string) (*os.File, error) {
	if beside != nil {
		if file, err := t.CreateNameless(filepath.Dir(beside.path), ".posthaste-"+name+"-*"); err == nil {
			return file, nil
		}
	}
	return t.CreateNameless(os.TempDir(), ".posthaste-"+name+"-*")
}

// Write writes at the place that was sought, or behind what was written or read last.
func (s *spool) Write(p []byte) (int, error) {
	if s.file != nil {
		n, err := s.file.WriteAt(p, s.at)
		s.at += int64(n)
		s.size = max(s.size, s.at)
		if err == nil {
			return n, nil
		}
		if reading := s.intoMemory(); reading != nil {
			return n, errors.Join(err, reading)
		}
		rest, _ := s.Write(p[n:])
		return n + rest, nil
	}
	if gap := s.at - int64(len(s.data)); gap > 0 {
		s.data = append(s.data, make([]byte, gap)...)
	}
	n := copy(s.data[s.at:], p)
	s.data = append(s.data, p[n:]...)
	s.at += int64(len(p))
	return len(p), nil
}

// intoMemory goes on in memory when the file's disk is full.
func (s *spool) intoMemory() error {
	data := make([]byte, s.size)
	if _, err := s.file.ReadAt(data, 0); err != nil && s.size > 0 {
		return err
	}
	s.closeFile()
	s.data = data
	return nil
}

// Read reads from the place that was sought.
func (s *spool) Read(p []byte) (n int, err error) {
	if s.file != nil {
		n, err = s.file.ReadAt(p, s.at)
	} else if s.at < int64(len(s.data)) {
		n = copy(p, s.data[s.at:])
	} else {
		err = io.EOF
	}
	s.at += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil // the next one says it
	}
	return n, err
}

// Seek sets where to read or write next.
func (s *spool) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += s.at
	case io.SeekEnd:
		if s.file != nil {
			offset += s.size
		} else {
			offset += int64(len(s.data))
		}
	}
	if offset < 0 {
		return s.at, errors.New("seeking before the beginning")
	}
	s.at = offset
	return s.at, nil
}

func (s *spool) discard() {
	if s.file != nil {
		s.closeFile()
	}
	s.data = nil
}

func (s *spool) closeFile() {
	_ = s.file.Close() // it is removed next
	s.temp.Remove(s.file.Name())
	s.file = nil
}
