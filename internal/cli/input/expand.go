package input

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	v3 "posthaste/collection/v3"
	"posthaste/internal/cli/process"
	"posthaste/internal/selection"
)

// Expand turns the arguments of run into collections: globs into what they match, a directory
// of collection files into those files, a workspace under --all into its collections.
// Arguments keep their order.
func Expand(p *process.Process, args []string, all bool) ([]string, error) {
	var list []string
	for _, arg := range args {
		switch {
		// A file whose name has a star in it is that file.
		case arg == "-", IsURL(arg), process.Exists(p.Path(arg)) && !process.IsDir(p.Path(arg)):
			list = append(list, arg)
		case process.IsDir(p.Path(arg)):
			found, err := directory(p, arg, all)
			if err != nil {
				return nil, err
			}
			list = append(list, found...)
		case strings.ContainsAny(arg, "*?"):
			found, err := glob(p, arg)
			if err != nil {
				return nil, err
			}
			list = append(list, found...)
		default:
			list = append(list, arg) // reading it says what is wrong
		}
	}
	return list, nil
}

// directory returns what a directory means: itself as a collection of format 3, the
// collections of a workspace (all), or the *.postman_collection.json files in it, sorted.
func directory(p *process.Process, name string, all bool) ([]string, error) {
	root, rest, show := v3.Split(name, p.Path(name))
	if collections := v3.Collections(os.DirFS(root), rest); collections != nil {
		if !all {
			return []string{name}, nil // reading it lists the collections
		}
		var list []string
		for _, dir := range collections {
			list = append(list, show(dir))
		}
		return list, nil
	}
	files, err := filepath.Glob(filepath.Join(p.Path(name), "*.postman_collection.json"))
	if err != nil || len(files) == 0 {
		return []string{name}, err
	}
	sort.Strings(files)
	for i, file := range files {
		files[i] = filepath.Join(name, filepath.Base(file))
	}
	return files, nil
}

// glob returns the files that a pattern matches, sorted. "**" goes through directories. A
// pattern that matches nothing is an error.
func glob(p *process.Process, pattern string) ([]string, error) {
	pattern = filepath.ToSlash(pattern)
	match, err := selection.Glob(pattern)
	if err != nil {
		return nil, process.Usage("", "finding collections: %w", err)
	}
	// Only the part before the first star has to be walked.
	base := "."
	if i := strings.IndexAny(pattern, "*?"); strings.Contains(pattern[:i], "/") {
		base = pattern[:strings.LastIndex(pattern[:i], "/")]
		if base == "" {
			base = "/"
		}
	}
	var list []string
	err = filepath.WalkDir(p.Path(base), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(p.Path(base), path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(filepath.Join(base, rel))
		if match(name) || match("./"+name) {
			list = append(list, name)
		}
		return nil
	})
	if err != nil || len(list) == 0 {
		return nil, process.Usage("quote it, so that the shell leaves it alone", "no file matches %s", pattern)
	}
	slices.Sort(list)
	return list, nil
}
