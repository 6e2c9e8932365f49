// Command licences writes the texts that `posthaste licenses` prints: ours, Go's, and those of every module
// that a release binary of any platform links.
//
//	go -C tools run ./licences    # writes internal/licence/licences.txt, in the project above tools
//
// It reads the module cache, so it needs no network once the program has been built.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if err := write(".."); err != nil {
		fmt.Fprintln(os.Stderr, "licences: error:", err)
		os.Exit(1)
	}
}

// write collects the licences of the project in folder root and writes the file that package licence embeds.
func write(root string) error {
	modules, err := linked(root)
	if err != nil {
		return err
	}
	ours, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	out.Write(ours)
	for _, m := range modules {
		if err := m.write(&out); err != nil {
			return err
		}
	}
	// The data of Intl is no module; tools/cldr took its licence along.
	cldr, err := os.ReadFile(filepath.Join(root, "script", "intl", "cldr", "LICENSE"))
	if err != nil {
		return err
	}
	fmt.Fprintf(&out, "\n%sUnicode CLDR 48.1\nLICENSE\n%s\n%s\n", rule, rule, bytes.TrimSpace(cldr))
	return os.WriteFile(filepath.Join(root, "internal", "licence", "licences.txt"), out.Bytes(), 0o644)
}

const rule = "================================================================================\n"

// write appends the module's licence files, each under a heading that names module, version and file.
func (m module) write(out *bytes.Buffer) error {
	files, err := m.licences()
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s %s has no licence file: find its terms before linking it", m.path, m.version)
	}
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(m.dir, name))
		if err != nil {
			return err
		}
		heading := strings.TrimSpace(m.path + " " + m.version)
		fmt.Fprintf(out, "\n%s%s\n%s\n%s\n", rule, heading, filepath.ToSlash(name), rule)
		out.Write(bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
		out.WriteByte('\n')
	}
	return nil
}
