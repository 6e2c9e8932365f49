package v3

import (
	"os"
	"path/filepath"

	"posthaste/collection"
)

// ParsePath reads what ParseDir reads from disk. The name is the path as the user gave it,
// which is what errors are built on; abs is the same, absolute. Symbolic links inside of a
// collection are not followed.
func ParsePath(name, abs string, opt Options) (*collection.Collection, error) {
	volume, dir, show := Split(name, abs)
	opt.Name = show
	return ParseDir(os.DirFS(volume), dir, opt)
}

// Split returns the root directory of an absolute path, the rest of the path as package fs
// wants it, and what turns such a path into the one that the user would type, who gave name
// for abs. On Windows the root is that of the volume.
func Split(name, abs string) (root, rest string, show func(string) string) {
	abs = filepath.Clean(abs)
	root = filepath.VolumeName(abs) + string(filepath.Separator)
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		rel = "."
	}
	show = func(p string) string {
		to, err := filepath.Rel(abs, filepath.Join(root, filepath.FromSlash(p)))
		if err != nil {
			return p
		}
		return filepath.Join(name, to)
	}
	return root, filepath.ToSlash(rel), show
}
