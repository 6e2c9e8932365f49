package input

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"posthaste/internal/cli/process"
)

// BodyFiles opens the files that request bodies name, relative to the working directory
// (newman: lib/run/secure-fs.js). It implements content.FileOpener.
type BodyFiles struct {
	dir      string // absolute
	confined bool   // only below dir, also through symbolic links
}

// NewBodyFiles opens files relative to a directory, "" for the process's; when confined, only
// those below it (--no-insecure-file-read).
func NewBodyFiles(p *process.Process, workingDir string, confined bool) BodyFiles {
	dir := p.Dir
	if workingDir != "" {
		dir = p.Path(workingDir)
	}
	return BodyFiles{dir: filepath.Clean(dir), confined: confined}
}

// Open returns the file; the caller closes it. Errors are newman's texts, since reports of
// both are compared. Directories and devices are refused: reading one could block.
func (b BodyFiles) Open(name string) (fs.File, error) {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(b.dir, path)
	}
	if b.confined && !b.inside(path) {
		return nil, errors.New("PPERM: insecure file access outside working directory")
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%q, no such file", name)
	case err != nil:
		return nil, fmt.Errorf("%q, read permission denied", name)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%q, is not a file", name)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%q, read permission denied", name)
	}
	return file, nil
}

// inside reports whether a path lies below the working directory once every link is followed.
func (b BodyFiles) inside(path string) bool {
	root, err := filepath.EvalSymlinks(b.dir)
	if err != nil {
		root = b.dir
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		real = filepath.Clean(path) // it does not exist: opening it will say so
		root = b.dir
	}
	return real == root || strings.HasPrefix(real, strings.TrimSuffix(root, string(filepath.Separator))+string(filepath.Separator))
}
