package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"posthaste/internal/cli/process"
	"posthaste/runner/event"
)

// A Journal is what `posthaste teardown` needs of a run, in a file while the run goes on: in the recording that the run
// writes anyway, else in one of the user's cache, which goes when the run has given back what it made. It is safe for
// concurrent use; nil keeps nothing.
type Journal struct {
	Path string // as the user may name it

	mu     sync.Mutex
	report *live       // the recording; nil without one
	lock   sync.Locker // of the recording
	file   *os.File
	enc    *event.Encoder
	began  bool // the file holds event.RunStarted
}

// Journal opens the journal of a run. It is nil where there is no place for one.
func (o *Reports) Journal(p *process.Process) *Journal {
	for _, rep := range o.reporters {
		if rep.name == "events" && rep.live != nil && rep.zip == nil {
			return &Journal{Path: rep.file.path, report: rep.live, lock: &o.mu}
		}
	}
	dir := journals(p)
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	file, err := os.CreateTemp(dir, "run-*.ndjson") // 0600
	if err != nil {
		return nil
	}
	return &Journal{Path: file.Name(), file: file, enc: event.NewEncoder(file)}
}

func journals(p *process.Process) string {
	if dir := LastRuns(p); dir != "" {
		return filepath.Join(filepath.Dir(dir), "teardown")
	}
	return ""
}

// Begin writes the first event of the run, where the journal is no recording.
func (j *Journal) Begin(e event.Masked) error {
	if j == nil || j.file == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.began {
		return nil
	}
	started, ok := e.Event().(event.RunStarted)
	if !ok {
		return nil
	}
	started.Collection.Document = nil
	j.began = true
	return j.enc.Encode(started)
}

// Write has the event on disk when it returns.
func (j *Journal) Write(e event.Masked) error {
	if j == nil {
		return nil
	}
	if j.report != nil {
		j.lock.Lock()
		defer j.lock.Unlock()
		if err := event.NewEncoder(j.report.buf).Encode(e.Event()); err != nil {
			return err
		}
		return errors.Join(j.report.buf.Flush(), j.report.Sync())
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return errors.Join(j.enc.Encode(e.Event()), j.file.Sync())
}

// End closes the journal. One that is no recording stays where something is left to give back.
func (j *Journal) End(left bool) {
	if j == nil || j.file == nil {
		return
	}
	_ = j.file.Close() // each event was on disk
	if !left {
		_ = os.Remove(j.Path)
	}
}

// Unfinished is the journal of the last run that did not end by itself, "" if every run did.
func Unfinished(p *process.Process) (string, error) {
	dir := journals(p)
	entries, err := os.ReadDir(dir)
	if dir == "" || errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking for runs that did not end: %w", err)
	}
	at := func(e os.DirEntry) int64 {
		info, err := e.Info()
		if err != nil {
			return 0
		}
		return info.ModTime().UnixNano()
	}
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return !strings.HasSuffix(e.Name(), ".ndjson") })
	if len(entries) == 0 {
		return "", nil
	}
	last := slices.MaxFunc(entries, func(a, b os.DirEntry) int { return int(at(a)/1e6 - at(b)/1e6) })
	return filepath.Join(dir, last.Name()), nil
}

// Forget removes the journals of runs that have nothing left. Recordings that the user asked for stay.
func Forget(p *process.Process, paths []string) {
	dir := journals(p)
	for _, path := range paths {
		if full := p.Path(path); dir != "" && filepath.Dir(full) == filepath.Clean(dir) {
			_ = os.Remove(full) // it has served
		}
	}
}
