// Command release builds posthaste for every platform and packs each build, with the licences that a copy has
// to carry, into dist/ of the project above tools:
//
//	go -C tools run ./release v1.2.3
//
// Beside the archives it writes packages for Linux, a list of what the program is made of (SPDX), recipes for Homebrew and
// scoop, and the sums of all of these. The same sources give the same bytes: no path and no time of the building machine
// gets in. With -dry it lists what a release would upload, and where.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A target is a platform that is released.
type target struct{ system, arch string }

func targets() []target {
	var all []target
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, arch := range []string{"amd64", "arm64"} {
			all = append(all, target{system, arch})
		}
	}
	return all
}

func main() {
	dry := flag.Bool("dry", false, "list what a release would upload")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: release [-dry] VERSION")
		os.Exit(2)
	}
	err := release("..", flag.Arg(0))
	if err == nil && *dry {
		err = show("..", flag.Arg(0), os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release: error:", err)
		os.Exit(1)
	}
}

// release fills root/dist with what a release uploads.
func release(root, version string) error {
	dist := filepath.Join(root, "dist")
	if err := os.RemoveAll(dist); err != nil {
		return err
	}
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return err
	}
	if err := manuals(root); err != nil {
		return err
	}
	var names []string
	for _, t := range targets() {
		made, err := t.release(root, dist, version)
		if err != nil {
			return fmt.Errorf("%s/%s: %w", t.system, t.arch, err)
		}
		for _, name := range made {
			fmt.Println("dist/" + name)
		}
		names = append(names, made...)
	}
	recipes, err := writeRecipes(root, dist, version)
	if err != nil {
		return err
	}
	names = append(names, recipes...)
	if err := os.RemoveAll(filepath.Join(dist, "man")); err != nil {
		return err
	}
	return writeSums(dist, names)
}

// manuals writes the man pages into dist/man, for the archives and packages.
func manuals(root string) error {
	c := exec.Command("go", "run", ".", "help", "--man", filepath.Join("dist", "man"))
	c.Dir = root
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("writing the man pages: %w", err)
	}
	return nil
}

// release builds and packs one target, and returns the names of what it has written: an archive, for Linux packages too,
// and once what the program is made of.
func (t target) release(root, dist, version string) ([]string, error) {
	binary := "posthaste"
	if t.system == "windows" {
		binary += ".exe"
	}
	built := filepath.Join(dist, binary)
	defer func() { _ = os.Remove(built) }()
	if err := t.build(root, binary, version); err != nil {
		return nil, err
	}
	base := strings.Join([]string{"posthaste", version, t.system, t.arch}, "_")
	files := []file{
		{name: base + "/" + binary, path: built, mode: 0o755},
		{name: base + "/LICENSE", path: filepath.Join(root, "LICENSE"), mode: 0o644},
		{name: base + "/LICENSES.txt", path: filepath.Join(root, "internal", "licence", "licences.txt"), mode: 0o644},
		{name: base + "/CHANGELOG.md", path: filepath.Join(root, "CHANGELOG.md"), mode: 0o644},
	}
	collections, err := filepath.Glob(filepath.Join(root, "collections", "*.json"))
	if err != nil {
		return nil, err
	}
	pages, err := filepath.Glob(filepath.Join(dist, "man", "*"))
	if err != nil {
		return nil, err
	}
	for _, path := range pages {
		files = append(files, file{name: base + "/man/" + filepath.Base(path), path: path, mode: 0o644})
	}
	for _, path := range collections { // to import into Postman, and to check credentials with
		files = append(files, file{name: base + "/collections/" + filepath.Base(path), path: path, mode: 0o644})
	}
	if t.system == "windows" {
		return []string{base + ".zip"}, writeZip(filepath.Join(dist, base+".zip"), files)
	}
	names := []string{base + ".tar.gz"}
	if err := writeTarGz(filepath.Join(dist, base+".tar.gz"), files); err != nil {
		return nil, err
	}
	if t.system != "linux" {
		return names, nil
	}
	packages, err := t.packages(root, dist, version, built)
	if err != nil {
		return nil, err
	}
	if t.arch == "amd64" {
		list := strings.Join([]string{"posthaste", version, "spdx.json"}, "_")
		if err := writeBill(filepath.Join(dist, list), built, version); err != nil {
			return nil, err
		}
		packages = append(packages, list)
	}
	return append(names, packages...), nil
}

func (t target) build(root, binary, version string) error {
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -X main.version="+version, "-o", filepath.Join("dist", binary), ".")
	build.Dir = root
	build.Env = append(os.Environ(), "GOOS="+t.system, "GOARCH="+t.arch, "CGO_ENABLED=0")
	build.Stdout, build.Stderr = os.Stdout, os.Stderr
	return build.Run()
}
