package process

import (
	"os"
	"sync"
)

// Temporary is the files that a command makes on its way and that must not outlive it, however it ends. The zero value
// is ready, and so is nil. It is safe for concurrent use.
type Temporary struct {
	mu    sync.Mutex
	paths map[string]bool // true: it may stay unless it is empty
}

// Create makes a file as os.CreateTemp does.
func (t *Temporary) Create(dir, pattern string) (*os.File, error) {
	defer t.lock()()
	file, err := os.CreateTemp(dir, pattern)
	if err == nil {
		t.add(file.Name(), false)
	}
	return file, err
}

// CreateNameless makes a file that nobody else can open. Where the system cannot take the name from an open file,
// Remove does.
func (t *Temporary) CreateNameless(dir, pattern string) (*os.File, error) {
	defer t.lock()()
	file, err := os.CreateTemp(dir, pattern)
	if err == nil && os.Remove(file.Name()) != nil {
		t.add(file.Name(), false)
	}
	return file, err
}

// CreateLasting makes a file, or empties the one that is there. It stays when something was written to it.
func (t *Temporary) CreateLasting(path string) (*os.File, error) {
	defer t.lock()()
	file, err := os.Create(path)
	if err == nil {
		t.add(path, true)
	}
	return file, err
}

// Rename gives a temporary file, which is closed, its place. One that cannot have it is removed.
func (t *Temporary) Rename(from, to string) error {
	defer t.lock()()
	err := os.Rename(from, to)
	if err != nil {
		_ = os.Remove(from)
	}
	t.forget(from)
	return err
}

// Remove removes a temporary file, which is closed; one that may stay, when it is empty.
func (t *Temporary) Remove(path string) {
	defer t.lock()()
	if t == nil {
		_ = os.Remove(path) // it may be gone
	} else if lasting, ours := t.paths[path]; ours {
		removeUnless(path, lasting)
		delete(t.paths, path)
	}
}

// end removes all of them. No other can be made from then on.
func (t *Temporary) end() {
	if t == nil {
		return
	}
	t.mu.Lock()
	for path, lasting := range t.paths {
		removeUnless(path, lasting)
	}
}

// removeUnless removes a file. A lasting one stays unless it is empty.
func removeUnless(path string, lasting bool) {
	if lasting {
		if info, err := os.Stat(path); err != nil || info.Size() > 0 {
			return
		}
	}
	_ = os.Remove(path) // it may be gone
}

// lock works on a nil Temporary, which keeps nothing: tests and small commands need no clean-up.
func (t *Temporary) lock() (unlock func()) {
	if t == nil {
		return func() {}
	}
	t.mu.Lock()
	return t.mu.Unlock
}

func (t *Temporary) add(path string, lasting bool) {
	if t == nil {
		return
	}
	if t.paths == nil {
		t.paths = map[string]bool{}
	}
	t.paths[path] = lasting
}

func (t *Temporary) forget(path string) {
	if t != nil {
		delete(t.paths, path)
	}
}
