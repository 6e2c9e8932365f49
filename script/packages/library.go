package packages

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// A Library is a folder of packages. It is safe for concurrent use; New makes one.
type Library struct {
	files fs.FS

	mu      sync.Mutex
	checked map[string]error // npm packages whose hash was compared, by root
}

// New returns the library in a folder.
func New(files fs.FS) *Library { return &Library{files: files, checked: map[string]error{}} }

// A File is one file of a package.
type File struct {
	Package string // as scripts name it: "@team/checks", "npm:dayjs@1.11.10"
	Root    string // the package's folder in the library, or its one file
	Path    string // of the file in the library
}

// Name is how stack traces call the file.
func (f File) Name() string {
	if f.Path == f.Root || f.Root+".js" == f.Path {
		return f.Package
	}
	return f.Package + strings.TrimPrefix(f.Path, f.Root)
}

// A NotFound says that a name leads nowhere. Its text tells where was looked.
type NotFound struct{ Text string }

// Error returns Text.
func (e *NotFound) Error() string { return e.Text }

// Find returns the file that a package begins with. Errors are a *NotFound, or say why the package is refused.
func (l *Library) Find(name string) (File, error) {
	rest, isNPM := strings.CutPrefix(name, "npm:")
	switch {
	case strings.HasPrefix(name, "jsr:"):
		return File{}, &NotFound{"packages of jsr cannot be read; keep a copy under @team/… or npm/…"}
	case isNPM:
		return l.npm(name, rest)
	case strings.HasPrefix(name, "@") && strings.Count(name, "/") > 0:
		f, ok := l.entry(File{Package: name, Root: path.Clean(name)})
		if !ok {
			return File{}, &NotFound{fmt.Sprintf("there is no %s.js and no %s/index.js in the folder of packages", name, name)}
		}
		return f, nil
	}
	return File{}, &NotFound{"the name of a package is @team/name or npm:name@version"}
}

// npm finds a copy of an npm package and compares its hash.
func (l *Library) npm(name, rest string) (File, error) {
	at := strings.LastIndexByte(rest, '@')
	if at <= 0 { // no version
		only, err := l.onlyVersion(rest)
		if err != nil {
			return File{}, err
		}
		rest = only
	}
	f, ok := l.entry(File{Package: "npm:" + rest, Root: path.Join("npm", path.Clean("/" + rest)[1:])})
	if !ok {
		return File{}, &NotFound{fmt.Sprintf("there is no npm/%s in the folder of packages", rest)}
	}
	if err := l.check(f); err != nil {
		return File{}, fmt.Errorf("package %s is refused: %w", name, err)
	}
	return f, nil
}

// onlyVersion completes a name without version when the library has one.
func (l *Library) onlyVersion(name string) (string, error) {
	dir, base := path.Split(path.Join("npm", path.Clean("/" + name)[1:]))
	entries, err := fs.ReadDir(l.files, path.Clean(dir))
	var versions []string
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), base+"@") {
			versions = append(versions, strings.TrimPrefix(path.Join(dir, e.Name()), "npm/"))
		}
	}
	switch {
	case len(versions) == 1:
		return versions[0], nil
	case len(versions) > 1:
		return "", &NotFound{"say which version: " + strings.Join(versions, ", ")}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("reading the folder of packages: %w", err)
	}
	return "", &NotFound{fmt.Sprintf("there is no npm/%s@… in the folder of packages", name)}
}

// Read returns the text of a file.
func (l *Library) Read(f File) (string, error) {
	data, err := fs.ReadFile(l.files, f.Path)
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", f.Name(), err)
	}
	return string(data), nil
}
