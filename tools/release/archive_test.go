package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestArchivesHoldTheFiles(t *testing.T) {
	dir := t.TempDir()
	source := filepath.Join(dir, "source")
	if err := os.WriteFile(source, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []file{{name: "p/run", path: source, mode: 0o755}, {name: "p/LICENSE", path: source, mode: 0o644}}

	for name, kind := range map[string]struct {
		write func(string, []file) error
		list  func(*testing.T, string) []string
	}{
		"tar.gz": {writeTarGz, listTarGz},
		"zip":    {writeZip, listZip},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := filepath.Join(dir, "a."+name), filepath.Join(dir, "b."+name)
			for _, path := range []string{a, b} {
				if err := kind.write(path, files); err != nil {
					t.Fatal(err)
				}
			}
			got := kind.list(t, a)
			want := []string{"p/run -rwxr-xr-x content", "p/LICENSE -rw-r--r-- content"}
			if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] {
				t.Errorf("entries = %q, want %q", got, want)
			}
			if !bytes.Equal(read(t, a), read(t, b)) {
				t.Error("the same files gave two different archives")
			}
		})
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func listTarGz(t *testing.T, path string) (entries []string) {
	t.Helper()
	unzipped, err := gzip.NewReader(bytes.NewReader(read(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewReader(unzipped)
	for {
		header, err := archive.Next()
		if err == io.EOF {
			return entries
		}
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry(t, header.Name, header.FileInfo().Mode(), archive))
	}
}

func listZip(t *testing.T, path string) (entries []string) {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, f := range archive.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry(t, f.Name, f.Mode(), content))
	}
	return entries
}

func entry(t *testing.T, name string, mode os.FileMode, content io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	return name + " " + mode.String() + " " + string(data)
}
