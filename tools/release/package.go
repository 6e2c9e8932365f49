package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// nfpm makes the packages for Linux. It runs as a program of its own, so that it is in no go.mod.
const nfpm = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2"

// packages makes a deb and an rpm of a Linux build, and returns their names. Where nfpm cannot be had, as without a
// network, it says so and makes none.
func (t target) packages(root, dist, version, built string) ([]string, error) {
	if out, err := exec.Command("go", "run", nfpm, "--version").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "release: no packages for %s: nfpm cannot be had: %s\n", t.arch, strings.TrimSpace(string(out)))
		return nil, nil
	}
	var names []string
	for _, kind := range []string{"deb", "rpm"} {
		name := strings.Join([]string{"posthaste", version, "linux", t.arch}, "_") + "." + kind
		c := exec.Command("go", "run", nfpm, "package", "--config", filepath.Join("packaging", "nfpm.yaml"), "--packager", kind, "--target", filepath.Join("dist", name))
		c.Dir = root
		c.Env = append(os.Environ(), "VERSION="+strings.TrimPrefix(version, "v"), "ARCH="+t.arch, "BINARY="+filepath.Join("dist", filepath.Base(built)),
			"SOURCE_DATE_EPOCH="+fmt.Sprint(when().Unix()))
		if out, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("making the %s: %w: %s", kind, err, out)
		}
		if _, err := os.Stat(filepath.Join(dist, name)); err != nil {
			return nil, fmt.Errorf("making the %s: %w", kind, err)
		}
		names = append(names, name)
	}
	return names, nil
}
