// Jslib bundles the libraries that npm put into script/jslib/node_modules: each into one packed file that the
// binary embeds, and their licences into another.
//
// Names are not shortened: libraries print the names of their constructors.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// A library is a package of npm and the file that is bundled.
type library struct {
	name, entry, licence string
}

func libraries() []library {
	return []library{
		{"lodash", "lodash/lodash.js", "lodash/LICENSE"},
		{"lodash3", "lodash3/index.js", "lodash3/LICENSE"},
		{"moment", "moment/moment.js", "moment/LICENSE"},
	}
}

func main() {
	if err := run(filepath.Join("..", "script", "jslib")); err != nil {
		fmt.Fprintln(os.Stderr, "jslib:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	var licences bytes.Buffer
	for _, lib := range libraries() {
		source, err := bundle(filepath.Join(dir, "node_modules", lib.entry))
		if err != nil {
			return fmt.Errorf("bundling %s: %w", lib.name, err)
		}
		if err := pack(filepath.Join(dir, "dist", lib.name+".js.gz"), source); err != nil {
			return fmt.Errorf("packing %s: %w", lib.name, err)
		}
		licence, err := os.ReadFile(filepath.Join(dir, "node_modules", lib.licence))
		if err != nil {
			return fmt.Errorf("reading the licence of %s: %w", lib.name, err)
		}
		fmt.Fprintf(&licences, "== %s (npm)\n\n%s\n\n", lib.name, bytes.TrimSpace(licence))
	}
	return os.WriteFile(filepath.Join(dir, "dist", "LICENCES.txt"), licences.Bytes(), 0o644)
}

// bundle returns the library as one CommonJS file without blanks and comments.
func bundle(entry string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry}, Bundle: true, Format: api.FormatCommonJS, Target: api.ES2022,
		MinifyWhitespace: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone, LogLevel: api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s", result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

func pack(path string, source []byte) error {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(source); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, packed.Bytes(), 0o644)
}
