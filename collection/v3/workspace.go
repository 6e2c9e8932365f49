package v3

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
)

// A WorkspaceError says that a directory holds collections instead of being one. The user is
// shown which there are.
type WorkspaceError struct {
	Dir         string   // as the user gave it
	Collections []string // their directories, as the user would give them
}

// Error names the collections.
func (e *WorkspaceError) Error() string {
	if len(e.Collections) == 0 {
		return e.Dir + ": the workspace holds no collections"
	}
	if len(e.Collections) == 1 {
		return e.Dir + ": the workspace holds one collection: " + e.Collections[0]
	}
	return fmt.Sprintf("%s: the workspace holds %d collections: %s", e.Dir, len(e.Collections), strings.Join(e.Collections, ", "))
}

// Collections returns the directories of a workspace's collections by name: of a repository's
// root, of its postman directory or of the collections directory in that. It is nil where dir
// is not one of these, and empty if missing.
func Collections(fsys fs.FS, dir string) []string {
	for _, name := range [...]string{"postman/collections", "collections", ""} {
		root := path.Join(dir, name)
		switch {
		case name == "" && path.Base(dir) != "collections",
			name == "collections" && path.Base(dir) != "postman" && !isDir(fsys, path.Join(dir, "environments")) && !isDir(fsys, path.Join(dir, "globals")),
			!isDir(fsys, root), isCollection(fsys, dir):
			continue
		}
		entries, err := fs.ReadDir(fsys, root)
		if err != nil {
			continue
		}
		list := []string{}
		for _, e := range entries {
			if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
				list = append(list, path.Join(root, e.Name()))
			}
		}
		return list
	}
	return nil
}

// workspace returns a *WorkspaceError for a directory that holds collections, and nil for any
// other.
func workspace(fsys fs.FS, dir string, opt Options) error {
	list := Collections(fsys, dir)
	if list == nil {
		return nil
	}
	e := &WorkspaceError{Dir: opt.name(dir)}
	for _, c := range list {
		e.Collections = append(e.Collections, opt.name(c))
	}
	return e
}

// isCollection reports whether a directory itself has a definition or requests. A folder has
// them too.
func isCollection(fsys fs.FS, dir string) bool {
	if definitionPath(fsys, dir) != "" {
		return true
	}
	entries, err := fs.ReadDir(fsys, dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && requestStem(e.Name()) != "" })
}

// findRoot returns the collection that a directory lies in: below postman/collections the
// first level, else the outermost directory with a definition, or the one above it if that is
// a folder's, else the outermost with requests. A repository's root ends the search.
func findRoot(fsys fs.FS, dir string) string {
	best, found := dir, false
	for d := dir; ; d = path.Dir(d) {
		if definitionPath(fsys, d) != "" {
			best, found = d, true
		}
		parent := path.Dir(d)
		if path.Base(parent) == "collections" && path.Base(path.Dir(parent)) == "postman" {
			return d
		}
		if d == "." || d == "/" || parent == d || path.Base(parent) == "collections" || isDir(fsys, path.Join(d, ".git")) || isDir(fsys, path.Join(d, ".postman")) {
			break
		}
	}
	switch {
	case !found:
		return outermost(fsys, dir)
	case best != "." && isFolder(fsys, best):
		return path.Dir(best)
	}
	return best
}

// isFolder says whether a directory with a definition is a folder of a collection without
// one, the directory above it. Its definition then has a place among siblings, and there are
// siblings: requests, or folders with other places. A collection's own definition may have a
// place too, which is the same in all of them.
func isFolder(fsys fs.FS, dir string) bool {
	order := placeOf(fsys, dir)
	if order == "" {
		return false
	}
	parent := path.Dir(dir)
	if isCollection(fsys, parent) {
		return true
	}
	entries, err := fs.ReadDir(fsys, parent)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		sibling := path.Join(parent, e.Name())
		return e.IsDir() && sibling != dir && !strings.HasPrefix(e.Name(), ".") && isCollection(fsys, sibling) &&
			(definitionPath(fsys, sibling) == "" || !slices.Contains([]string{"", order}, placeOf(fsys, sibling)))
	})
}

// placeOf returns the text of a definition's order, "" where it has none or cannot be read.
func placeOf(fsys fs.FS, dir string) string {
	name := definitionPath(fsys, dir)
	data, err := readLimited(fsys, name)
	if err != nil {
		return ""
	}
	f, err := parse(name, name, data)
	if err != nil {
		return ""
	}
	return f.root.get("order").text()
}

// outermost returns the topmost directory from dir upwards that has requests beside it at
// every level.
func outermost(fsys fs.FS, dir string) string {
	for dir != "." && isCollection(fsys, path.Dir(dir)) {
		dir = path.Dir(dir)
	}
	return dir
}

// FindEnvironment returns the file of the environment of that name which lies beside a
// collection: in its directory, or in the environments directory of the workspace that dir is
// in. The name is the file's or the one inside of it. Otherwise the error lists near names.
func FindEnvironment(fsys fs.FS, dir, name string) (string, error) {
	var known []string
	for _, file := range workspaceFiles(fsys, dir, "environments", ".environment") {
		stem := strings.TrimSuffix(strings.TrimSuffix(path.Base(file), path.Ext(file)), ".environment")
		if stem == name || path.Base(file) == name {
			return file, nil
		}
		known = append(known, stem)
		if data, err := readLimited(fsys, file); err == nil && path.Ext(file) != ".json" {
			if f, err := parse(file, file, data); err == nil {
				if inner := f.root.get("name").text(); inner == name {
					return file, nil
				} else if inner != "" && inner != stem {
					known = append(known, inner)
				}
			}
		}
	}
	hint := "there are no environments beside the collection"
	if names := near.Names(name, known, 3); len(names) > 0 {
		hint = "did you mean " + strings.Join(names, " or ") + "?"
	} else if len(known) > 0 {
		hint = "there are " + strings.Join(known, ", ")
	}
	return "", &collection.ParseError{File: name, Hint: hint, Err: fmt.Errorf("found no environment of that name")}
}

// workspaceFiles lists the files of a kind in dir or the nearest directory above it that has
// any, be it beside the requests or in a directory of that name. JSON files count: workspaces
// hold both.
func workspaceFiles(fsys fs.FS, dir, folder, suffix string) []string {
	for d := path.Clean(dir); ; d = path.Dir(d) {
		for _, at := range [...]string{d, path.Join(d, folder), path.Join(d, "postman", folder)} {
			entries, err := fs.ReadDir(fsys, at)
			if err != nil {
				continue
			}
			var list []string
			for _, e := range entries {
				ext := path.Ext(e.Name())
				if !e.IsDir() && slices.Contains([]string{".yaml", ".yml", ".json"}, ext) && strings.HasSuffix(strings.TrimSuffix(e.Name(), ext), suffix) {
					list = append(list, path.Join(at, e.Name()))
				}
			}
			if len(list) > 0 {
				return list
			}
		}
		if d == "." || d == "/" || path.Dir(d) == d {
			return nil
		}
	}
}
