// Command release builds posthaste for every platform and packs each build, with the licences that a copy has
// to carry, into dist/ of the project above tools:
//
//	go -C tools run ./release v1.2.3
//
// The same sources give the same bytes: no path and no time of the building machine gets in.
package main

import (
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
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: release VERSION")
		os.Exit(2)
	}
	if err := release("..", os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "release: error:", err)
		os.Exit(1)
	}
}

// release fills root/dist with an archive for each target and SHA256SUMS.
func release(root, version string) error {
	dist := filepath.Join(root, "dist")
	if err := os.RemoveAll(dist); err != nil {
		return err
	}
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return err
	}
	var names []string
	for _, t := range targets() {
		name, err := t.release(root, dist, version)
		if err != nil {
			return fmt.Errorf("%s/%s: %w", t.system, t.arch, err)
		}
		fmt.Println("dist/" + name)
		names = append(names, name)
	}
	return writeSums(dist, names)
}

// release builds and packs one target and returns the name of its archive.
func (t target) release(root, dist, version string) (string, error) {
	binary := "posthaste"
	if t.system == "windows" {
		binary += ".exe"
	}
	built := filepath.Join(dist, binary)
	defer func() { _ = os.Remove(built) }()
	if err := t.build(root, binary, version); err != nil {
		return "", err
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
		return "", err
	}
	for _, path := range collections { // to import into Postman, and to check credentials with
		files = append(files, file{name: base + "/collections/" + filepath.Base(path), path: path, mode: 0o644})
	}
	if t.system == "windows" {
		return base + ".zip", writeZip(filepath.Join(dist, base+".zip"), files)
	}
	return base + ".tar.gz", writeTarGz(filepath.Join(dist, base+".tar.gz"), files)
}

func (t target) build(root, binary, version string) error {
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -X main.version="+version, "-o", filepath.Join("dist", binary), ".")
	build.Dir = root
	build.Env = append(os.Environ(), "GOOS="+t.system, "GOARCH="+t.arch, "CGO_ENABLED=0")
	build.Stdout, build.Stderr = os.Stdout, os.Stderr
	return build.Run()
}
