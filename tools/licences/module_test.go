package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestLicencesOfLinkedPackagesOnly(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"LICENSE", "license.go", "README.md", "flat/NOTICE.txt", "flat/in/LICENSE_V8", "unlinked/LICENSE",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("terms"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m := module{path: "example.org/m", dir: dir, packages: []string{".", filepath.Join("flat", "in")}}
	got, err := m.licences()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"LICENSE", filepath.Join("flat", "NOTICE.txt"), filepath.Join("flat", "in", "LICENSE_V8")}
	if !slices.Equal(got, want) {
		t.Errorf("licences() = %q, want %q", got, want)
	}
}
