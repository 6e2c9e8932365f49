package output

import (
	"fmt"
	"io"
	"os"

	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/reporters/report"
)

// A liveFile is a report's file while the run goes on. The complete report takes its place; what stays of a run that
// is cut off is what it had come to.
type liveFile struct {
	*os.File
	temp   *process.Temporary
	masked *redact.Writer
}

// lives makes what makes the live file of a report, nil for a report without a file.
func (rep *output) lives(secrets *redact.Set) func() (report.LiveFile, error) {
	if rep.file == nil {
		return nil
	}
	return func() (report.LiveFile, error) {
		file, err := rep.temp.CreateLasting(rep.file.path)
		if err != nil {
			return nil, fmt.Errorf("writing the %s report: %w", rep.name, err)
		}
		rep.live = &liveFile{File: file, temp: rep.temp, masked: redact.NewWriter(file, secrets)}
		return rep.live, nil
	}
}

// Write masks and writes.
func (l *liveFile) Write(p []byte) (int, error) { return l.masked.Write(p) }

// Flush writes what was held back because a secret may begin there.
func (l *liveFile) Flush() error { return l.masked.Flush() }

// Seek writes what is held back before it goes elsewhere.
func (l *liveFile) Seek(offset int64, whence int) (int64, error) {
	if err := l.Flush(); err != nil {
		return 0, err
	}
	return l.File.Seek(offset, whence)
}

// ReadFrom is that of a writer: a file's own would go past the mask.
func (l *liveFile) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{l}, r)
}

// discard closes the file. One that nothing was written to goes, as that of a run that did not begin.
func (l *liveFile) discard() {
	if l.Close() == nil { // else the report has taken its place
		l.temp.Remove(l.Name())
	}
}
