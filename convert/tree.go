package convert

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// A memory is a file system of the files that a conversion made.
type memory struct {
	files map[string][]byte
	dirs  map[string][]fs.DirEntry // by path, sorted by name
}

// tree returns files as a file system.
func tree(files map[string][]byte) fs.FS {
	m := memory{files, map[string][]fs.DirEntry{".": nil}}
	for name, data := range files {
		m.add(name, node{name: path.Base(name), data: data})
	}
	for _, list := range m.dirs {
		slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return m
}

// add puts an entry into its directory, and the directory into its own.
func (m memory) add(name string, n node) {
	dir := path.Dir(name)
	_, known := m.dirs[dir]
	m.dirs[dir] = append(m.dirs[dir], n)
	if !known {
		m.add(dir, node{name: path.Base(dir), dir: true})
	}
}

// Open implements fs.FS.
func (m memory) Open(name string) (fs.File, error) {
	if list, ok := m.dirs[name]; ok {
		return &open{node: node{name: path.Base(name), dir: true}, list: list}, nil
	}
	if data, ok := m.files[name]; ok {
		return &open{node: node{name: path.Base(name), data: data}, Reader: bytes.NewReader(data)}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// A node is a file or directory: its own entry and info.
type node struct {
	name string
	data []byte
	dir  bool
}

func (n node) Name() string               { return n.name }
func (n node) IsDir() bool                { return n.dir }
func (n node) Type() fs.FileMode          { return n.Mode().Type() }
func (n node) Info() (fs.FileInfo, error) { return n, nil }
func (n node) Size() int64                { return int64(len(n.data)) }
func (n node) ModTime() time.Time         { return time.Time{} }
func (n node) Sys() any                   { return nil }

func (n node) Mode() fs.FileMode {
	if n.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

// An open is an opened node.
type open struct {
	node
	*bytes.Reader
	list []fs.DirEntry
}

func (o *open) Size() int64                { return o.node.Size() }
func (o *open) Stat() (fs.FileInfo, error) { return o.node, nil }
func (o *open) Close() error               { return nil }

func (o *open) Read(p []byte) (int, error) {
	if o.Reader == nil {
		return 0, &fs.PathError{Op: "read", Path: o.name, Err: fs.ErrInvalid}
	}
	return o.Reader.Read(p)
}

// ReadDir implements fs.ReadDirFile.
func (o *open) ReadDir(n int) ([]fs.DirEntry, error) {
	list := o.list
	if n > 0 {
		if len(list) == 0 {
			return nil, io.EOF
		}
		list = list[:min(n, len(list))]
	}
	o.list = o.list[len(list):]
	return list, nil
}
