package cli

import (
	"fmt"
	"os"
	"path/filepath"
)

// An outFile is written beside its place and takes it when it is complete, so that no reader ever sees half a
// report and the old one stays until then.
type outFile struct {
	*os.File
	path string
	mode os.FileMode
	done bool
}

// createOutFile makes the directories of path and opens a file beside it.
func createOutFile(p *Process, path string) (*outFile, error) {
	full := p.path(path)
	if isDir(full) {
		return nil, fmt.Errorf("%s is a directory", path)
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(filepath.Dir(full), "."+filepath.Base(full)+"-*")
	if err != nil {
		return nil, err
	}
	return &outFile{File: file, path: full, mode: 0o644}, nil
}

// commit closes the file and renames it into place.
func (f *outFile) commit() error {
	f.done = true
	err := f.Chmod(f.mode)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

func (f *outFile) discard() {
	if !f.done {
		_ = f.Close() // it is removed next
		_ = os.Remove(f.Name())
	}
}
