package output

import (
	"fmt"
	"os"
	"path/filepath"

	"posthaste/internal/cli/process"
)

// A File is written beside its place and takes it when it is complete, so that no reader ever sees half a
// report and the old one stays until then.
type File struct {
	*os.File
	path string
	Mode os.FileMode
	temp *process.Temporary
	done bool
}

// Create makes the directories of path and opens a file beside it.
func Create(p *process.Process, path string) (*File, error) {
	full := p.Path(path)
	if process.IsDir(full) {
		return nil, fmt.Errorf("%s is a directory", path)
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	file, err := p.Temporary.Create(filepath.Dir(full), "."+filepath.Base(full)+"-*")
	if err != nil {
		return nil, err
	}
	return &File{File: file, path: full, Mode: 0o644, temp: p.Temporary}, nil
}

// Commit closes the file and renames it into place.
func (f *File) Commit() error {
	f.done = true
	err := f.Chmod(f.Mode)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		return f.temp.Rename(f.Name(), f.path)
	}
	f.temp.Remove(f.Name())
	return err
}

// Discard removes the file, unless it has taken its place.
func (f *File) Discard() {
	if !f.done {
		_ = f.Close() // it is removed next
		f.temp.Remove(f.Name())
	}
}
