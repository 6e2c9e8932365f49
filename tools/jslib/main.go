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

// A library is a package of npm, the file that is bundled, and the licences of what is in the bundle.
type library struct {
	name, entry string
	licences    []string // files, each in the folder of its package
}

func libraries() []library {
	return []library{
		{"backbone", "backbone/backbone.js", []string{"backbone/LICENSE", "underscore/LICENSE"}},
		{"lodash", "lodash/lodash.js", []string{"lodash/LICENSE"}},
		{"lodash3", "lodash3/index.js", []string{"lodash3/LICENSE"}},
		{"moment", "moment/moment.js", []string{"moment/LICENSE"}},
		{"stream", "stream-browserify/index.js", []string{
			"stream-browserify/LICENSE", "readable-stream/LICENSE", "inherits/LICENSE", "util-deprecate/LICENSE",
		}},
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
		source, err := bundle(dir, filepath.Join(dir, "node_modules", lib.entry))
		if err != nil {
			return fmt.Errorf("bundling %s: %w", lib.name, err)
		}
		if err := pack(filepath.Join(dir, "dist", lib.name+".js.gz"), source); err != nil {
			return fmt.Errorf("packing %s: %w", lib.name, err)
		}
		for _, path := range lib.licences {
			licence, err := os.ReadFile(filepath.Join(dir, "node_modules", path))
			if err != nil {
				return fmt.Errorf("reading a licence of %s: %w", lib.name, err)
			}
			fmt.Fprintf(&licences, "== %s (npm)\n\n%s\n\n", filepath.Dir(path), bytes.TrimSpace(licence))
		}
	}
	return os.WriteFile(filepath.Join(dir, "dist", "LICENCES.txt"), licences.Bytes(), 0o644)
}

// bundle returns the library as one CommonJS file without blanks and comments. What the sandbox has itself stays a
// require() of it.
func bundle(dir, entry string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry}, Bundle: true, Format: api.FormatCommonJS, Target: api.ES2022,
		Platform: api.PlatformBrowser, External: []string{"buffer", "events", "jquery", "string_decoder", "util"},
		Inject:           []string{filepath.Join(dir, "process.js")},
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
