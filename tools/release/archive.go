package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A file is one entry of an archive.
type file struct {
	name string // in the archive, with slashes
	path string // on disk
	mode int64
}

// when stands for the time of every entry, so that an archive depends on its content alone. It is the earliest
// moment that the zip format can hold.
func when() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) }

func writeTarGz(path string, files []file) error {
	return create(path, func(w io.Writer) error {
		zipped := gzip.NewWriter(w)
		archive := tar.NewWriter(zipped)
		for _, f := range files {
			data, err := os.ReadFile(f.path)
			if err != nil {
				return err
			}
			header := tar.Header{Name: f.name, Mode: f.mode, Size: int64(len(data)), ModTime: when(), Format: tar.FormatUSTAR}
			if err := archive.WriteHeader(&header); err != nil {
				return err
			}
			if _, err := archive.Write(data); err != nil {
				return err
			}
		}
		if err := archive.Close(); err != nil {
			return err
		}
		return zipped.Close()
	})
}

func writeZip(path string, files []file) error {
	return create(path, func(w io.Writer) error {
		archive := zip.NewWriter(w)
		for _, f := range files {
			data, err := os.ReadFile(f.path)
			if err != nil {
				return err
			}
			header := zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: when()}
			header.SetMode(os.FileMode(f.mode))
			entry, err := archive.CreateHeader(&header)
			if err != nil {
				return err
			}
			if _, err := entry.Write(data); err != nil {
				return err
			}
		}
		return archive.Close()
	})
}

// create writes a file and reports what closing it says too: a full disk may show only there.
func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// writeSums writes SHA256SUMS in the form that `sha256sum -c` reads.
func writeSums(dist string, names []string) error {
	var sums strings.Builder
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dist, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), name)
	}
	return os.WriteFile(filepath.Join(dist, "SHA256SUMS"), []byte(sums.String()), 0o644)
}
