package packages

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Resolve finds what a file of a package requires. ok is false for a name that is neither a path nor a package
// of this library: the caller then looks elsewhere.
func (l *Library) Resolve(from File, name string) (f File, ok bool, err error) {
	if !isPath(name) {
		return l.dependency(from, name)
	}
	target := path.Join(path.Dir(from.Path), name)
	if strings.HasPrefix(name, "/") || target != from.Root && !strings.HasPrefix(target, from.Root+"/") && !l.beside(from, target) {
		return File{}, false, &NotFound{fmt.Sprintf("%s requires %s, which lies outside of its package", from.Name(), name)}
	}
	f = File{Package: from.Package, Root: from.Root, Path: target}
	if found, ok := l.file(f); ok {
		return found, true, nil
	}
	return File{}, false, &NotFound{fmt.Sprintf("%s requires %s, which is not there", from.Name(), name)}
}

func isPath(name string) bool {
	return name == "." || name == ".." || strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") || strings.HasPrefix(name, "/")
}

// beside reports whether target lies in the team's folder of a package that is one file: such files may share others.
func (l *Library) beside(from File, target string) bool {
	team := path.Dir(from.Root)
	return from.Path == from.Root+".js" && team != "." && strings.HasPrefix(target, team+"/")
}

// dependency finds another package by name: in node_modules of the package, or as the library's only version.
func (l *Library) dependency(from File, name string) (File, bool, error) {
	if strings.HasPrefix(name, "@") || strings.HasPrefix(name, "npm:") {
		if f, err := l.Find(name); err == nil {
			return f, true, nil
		} else if strings.HasPrefix(name, "npm:") {
			return File{}, false, err
		}
	}
	if !strings.HasPrefix(from.Package, "npm:") {
		return File{}, false, nil
	}
	root := path.Join(from.Root, "node_modules", path.Clean("/" + name)[1:])
	if f, ok := l.entry(File{Package: from.Package, Root: root}); ok {
		f.Root = from.Root // within what the hash covers
		return f, true, nil
	}
	f, err := l.Find("npm:" + name)
	if missing := (*NotFound)(nil); err != nil && asNotFound(err, &missing) {
		return File{}, false, nil
	}
	return f, err == nil, err
}

func asNotFound(err error, target **NotFound) bool {
	e, ok := err.(*NotFound) //nolint:errorlint // Find returns it bare
	*target = e
	return ok
}

// entry finds the file that a package begins with.
func (l *Library) entry(f File) (File, bool) {
	f.Path = f.Root
	return l.file(f)
}

// file finds the file that a path names, as Node does: itself, with .js or .json, or a folder's main file.
func (l *Library) file(f File) (File, bool) {
	for _, suffix := range []string{"", ".js", ".cjs", ".json"} {
		if l.isFile(f.Path + suffix) {
			f.Path += suffix
			return f, true
		}
	}
	folder := f.Path
	for _, main := range []string{l.main(folder), "index.js", "index.json"} {
		if main == "" {
			continue
		}
		for _, suffix := range []string{"", ".js", "/index.js"} {
			if p := path.Join(folder, path.Clean("/" + main)[1:]+suffix); l.isFile(p) {
				f.Path = p
				return f, true
			}
		}
	}
	return File{}, false
}

// main reads what the package.json of a folder names.
func (l *Library) main(folder string) string {
	data, err := fs.ReadFile(l.files, path.Join(folder, "package.json"))
	if err != nil {
		return ""
	}
	var manifest struct {
		Main string `json:"main"`
	}
	if json.Unmarshal(data, &manifest) != nil {
		return ""
	}
	return manifest.Main
}

func (l *Library) isFile(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(l.files, name)
	return err == nil && info.Mode().IsRegular()
}
