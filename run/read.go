package run

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"posthaste/collection"
	"posthaste/collection/data"
	v3 "posthaste/collection/v3"
	"posthaste/runner"
)

// readCollection reads a collection from a file, or from what format 3 keeps in directories. Items without an id get the
// same one each time, so that the reports of two runs can be compared.
func readCollection(path string) (*collection.Collection, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("reading the collection: %w", err)
	}
	if info.IsDir() || isYAML(path) {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, fmt.Errorf("reading the collection: %w", err)
		}
		c, err := v3.ParsePath(path, abs, v3.Options{Locate: true, NewID: ids([]byte(path))})
		if err != nil {
			return nil, fmt.Errorf("reading the collection: %w", err)
		}
		return c, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the collection: %w", err)
	}
	c, err := collection.Parse(path, text, collection.Options{NewID: ids(text)})
	if err != nil {
		return nil, fmt.Errorf("reading the collection: %w", err)
	}
	return c, nil
}

// ids makes ids that are the same for the same text.
func ids(text []byte) func() string {
	random := rand.NewChaCha8(sha256.Sum256(text))
	return func() string { return collection.NewUUID(random) }
}

func isYAML(path string) bool {
	return slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path))
}

// readScope reads an environment or globals, what says which. Without a path it is empty.
func readScope(what, path string) (*collection.Environment, error) {
	if path == "" {
		return &collection.Environment{}, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the %s: %w", what, err)
	}
	var env *collection.Environment
	if isYAML(path) {
		env, err = v3.ParseEnvironment(path, text, v3.Options{})
	} else {
		env, err = collection.ParseEnvironment(path, text, collection.Options{})
	}
	if err != nil {
		return nil, fmt.Errorf("reading the %s: %w", what, err)
	}
	return env, nil
}

// set sets variables in an environment: in the last entry of the name that is not disabled, which is the one that counts,
// else in a new one.
func set(env *collection.Environment, values map[string]string) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		at := -1
		for i, v := range env.Values {
			if v.Key == key && !v.Disabled {
				at = i
			}
		}
		if at < 0 {
			at = len(env.Values)
			env.Values = append(env.Values, collection.Variable{Key: key})
		}
		env.Values[at].Value = collection.Text(values[key])
	}
}

// readData opens the iteration data, row by row. The closer is for when the run is over.
func readData(path string) (runner.Rows, io.Closer, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the iteration data: %w", err)
	}
	rows, err := data.Parse(path, file, data.Options{Open: func() (io.ReadCloser, error) { return os.Open(path) }})
	if err != nil {
		return nil, file, fmt.Errorf("reading the iteration data: %w", err)
	}
	return rows, file, nil
}

// files are the files of request bodies.
type files struct{ fs.FS }

// Open opens a file by its name as the collection has it, without a leading "/" or "./".
func (f files) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(cleaned(name))
	if err != nil {
		return nil, fmt.Errorf("%q, no such file", name) // newman's words
	}
	return file, nil
}

// cleaned is a name of a file as io/fs takes it.
func cleaned(name string) string {
	name = filepath.ToSlash(filepath.Clean(name))
	for len(name) > 0 && name[0] == '/' {
		name = name[1:]
	}
	return name
}
