package convert

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
)

// Save writes a result: for 3.0 into the directory out, which is made or must be empty, for 2.1 into the file
// out, which must not exist. No name that a collection holds leads out of the directory.
func (r Result) Save(out string) error {
	if r.Files == nil {
		f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return fmt.Errorf("writing the collection: %w", err)
		}
		_, err = f.Write(r.Document)
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("writing the collection: %w", err)
		}
		return nil
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("making the collection's directory: %w", err)
	}
	entries, err := os.ReadDir(out)
	if err != nil {
		return fmt.Errorf("reading the collection's directory: %w", err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("writing into %s: %w: it is not empty, and what is there would become a part of the collection", out, fs.ErrExist)
	}
	root, err := os.OpenRoot(out)
	if err != nil {
		return fmt.Errorf("opening the collection's directory: %w", err)
	}
	defer func() { _ = root.Close() }() // nothing is written through it
	for _, name := range slices.Sorted(maps.Keys(r.Files)) {
		if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return fmt.Errorf("making a folder: %w", err)
		}
		if err := root.WriteFile(name, r.Files[name], 0o644); err != nil {
			return fmt.Errorf("writing a file: %w", err)
		}
	}
	return nil
}
