package packages

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
)

// LockFile is the name of the list of hashes.
const LockFile = "packages.lock"

// check compares an npm package with its hash, once for each.
func (l *Library) check(f File) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	err, done := l.checked[f.Root]
	if !done {
		err = l.compare(f)
		l.checked[f.Root] = err
	}
	return err
}

// compare refuses a package whose files are not those that were locked; a package without a line is told its hash.
func (l *Library) compare(f File) error {
	got, err := l.Hash(f.Root)
	if err != nil {
		return err
	}
	want, err := l.locked(f.Package)
	switch {
	case err != nil:
		return err
	case want == "":
		return fmt.Errorf("%s has no line for it; once you trust the files, add: %s %s", LockFile, f.Package, got)
	case want != got:
		return fmt.Errorf("its files hash to %s, but %s says %s", got, LockFile, want)
	}
	return nil
}

// locked returns the hash that the lock file has for a package, "" when it has none.
func (l *Library) locked(name string) (string, error) {
	data, err := fs.ReadFile(l.files, LockFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", LockFile, err)
	}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 2 || !strings.HasPrefix(fields[1], "h1:") {
			return "", fmt.Errorf("%s:%d: want a package and its hash, as in npm:name@version h1:…", LockFile, number)
		}
		if fields[0] == name {
			return fields[1], nil
		}
	}
	return "", nil
}

// Hash returns the hash of all files below a folder: SHA-256, in base64 behind "h1:", of one line for each file
// in the order of their names: the file's own SHA-256 in hexadecimal, two blanks, its path below the folder.
func (l *Library) Hash(root string) (string, error) {
	var names []string
	err := fs.WalkDir(l.files, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return fmt.Errorf("%s is no regular file", name)
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("hashing %s: %w", root, err)
	}
	sort.Strings(names)
	all := sha256.New()
	for _, name := range names {
		sum, err := l.sum(name)
		if err != nil {
			return "", fmt.Errorf("hashing %s: %w", name, err)
		}
		_, _ = fmt.Fprintf(all, "%s  %s\n", sum, strings.TrimPrefix(name, path.Clean(root)+"/"))
	}
	return "h1:" + base64.StdEncoding.EncodeToString(all.Sum(nil)), nil
}

func (l *Library) sum(name string) (string, error) {
	f, err := l.files.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
