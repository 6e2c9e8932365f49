package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A module is something that the binary links.
type module struct {
	path, version string
	dir           string   // its root in the module cache
	packages      []string // folders below dir of the packages that are linked; "." is the root
}

// linked lists Go itself and then, by path, the modules behind all packages of the project on all platforms
// that are released.
func linked(root string) ([]module, error) {
	goroot, err := goCommand(root, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	byPath := map[string]*module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, arch := range []string{"amd64", "arm64"} {
			if err := list(root, []string{"GOOS=" + system, "GOARCH=" + arch}, byPath); err != nil {
				return nil, err
			}
		}
	}
	var modules []module
	for _, m := range byPath {
		modules = append(modules, *m)
	}
	slices.SortFunc(modules, func(a, b module) int { return cmp.Compare(a.path, b.path) })
	itself := module{path: "The Go standard library and runtime", dir: strings.TrimSpace(goroot)}
	return append([]module{itself}, modules...), nil
}

// list adds to byPath what one platform links.
func list(root string, platform []string, byPath map[string]*module) error {
	const format = "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}"
	lines, err := goCommand(root, append(platform, "CGO_ENABLED=0"), "list", "-e", "-deps", "-f", format, "./...")
	if err != nil {
		return err
	}
	for line := range strings.Lines(lines) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 || f[2] == "" {
			continue
		}
		m := byPath[f[0]]
		if m == nil {
			m = &module{path: f[0], version: f[1], dir: f[2], packages: []string{"."}}
			byPath[f[0]] = m
		}
		below, err := filepath.Rel(m.dir, f[3])
		if err != nil {
			return err
		}
		if !slices.Contains(m.packages, below) {
			m.packages = append(m.packages, below)
		}
	}
	return nil
}

func goCommand(dir string, env []string, args ...string) (string, error) {
	c := exec.Command("go", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, stderr.String())
	}
	return string(out), nil
}

// licences lists, relative to the module's root, the files with terms for the linked packages: the root's,
// and those of code that was taken over from elsewhere, which stand in the folders of that code.
func (m module) licences() ([]string, error) {
	folders := map[string]bool{".": true}
	for _, p := range m.packages {
		for ; p != "."; p = filepath.Dir(p) {
			folders[p] = true
		}
	}
	var files []string
	for folder := range folders {
		entries, err := os.ReadDir(filepath.Join(m.dir, folder))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Type().IsRegular() && isLicence(e.Name()) {
				files = append(files, filepath.Join(folder, e.Name()))
			}
		}
	}
	slices.SortFunc(files, func(a, b string) int {
		depth := func(s string) int { return strings.Count(s, string(filepath.Separator)) }
		return cmp.Or(cmp.Compare(depth(a), depth(b)), cmp.Compare(a, b))
	})
	return files, nil
}

// isLicence knows a file with terms or attributions by its name. Source files (license.go) are not meant.
func isLicence(name string) bool {
	name = strings.ToUpper(name)
	if ext := filepath.Ext(name); ext != "" && ext != ".TXT" && ext != ".MD" {
		return false
	}
	for _, start := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "ATTRIB"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}
