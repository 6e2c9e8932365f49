package lint

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/lint/subject"
)

// repair makes the fixes in the files, each file at once or not at all, and returns how many
// fixes it made. Input that is no file cannot be fixed.
func (l *linting) repair(found []subject.Finding) (int, error) {
	made := 0
	var names []string
	for _, f := range found {
		if f.Fix != nil && !slices.Contains(names, f.Fix.File) {
			names = append(names, f.Fix.File)
		}
	}
	for _, name := range names {
		if name == "-" || input.IsURL(name) {
			return made, process.Usage("save it to a file first", "%s cannot be fixed where it is", name)
		}
		out, n, err := subject.Apply(name, l.texts[name], found)
		if err == nil && !bytes.Equal(out, l.texts[name]) {
			err = replaceFile(l.process.Temporary, l.process.Path(name), out)
		}
		if err != nil {
			return made, &process.Problem{Code: process.ExitUsage, Err: err}
		}
		made += n
	}
	return made, nil
}

// replaceFile writes a file beside the old one and renames it, so that half of it is never
// seen. The mode stays that of the old file.
func replaceFile(temp *process.Temporary, path string, data []byte) error {
	mode := fs.FileMode(0o600) // when the old file cannot be asked
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	next, err := temp.Create(filepath.Dir(path), ".posthaste-*")
	if err != nil {
		return err
	}
	_, err = next.Write(data)
	err = errors.Join(err, next.Chmod(mode), next.Close())
	if err != nil {
		temp.Remove(next.Name())
		return err
	}
	return temp.Rename(next.Name(), path)
}
