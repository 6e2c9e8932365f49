// Command cldr writes what Intl knows of languages, from the packages that Unicode publishes on npm.
//
//	mkdir DIR && cd DIR && npm i --ignore-scripts cldr-core@48.1.0 cldr-numbers-full@48.1.0 cldr-dates-full@48.1.0 \
//	    cldr-misc-full@48.1.0 cldr-units-full@48.0.0 cldr-localenames-full@48.1.0 cldr-bcp47@48.2.0
//	go -C tools run ./cldr DIR    # writes script/intl/cldr/data, in the project above tools
//
// Nothing else reads npm: what is written is committed, so that building and testing need no packages. The version is
// that of Node 20's ICU, which is what Intl is compared with.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// languages are those that are carried, each with all its scripts and regions.
func languages() []string {
	return strings.Fields(`af ar bg ca cs da de el en es et eu fi fr gl he hi hr hu id is it ja ko lt lv mk ms nb nl nn no
		pl pt ro ru sk sl sq sr sv sw tr uk vi zh`)
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "cldr: error: name the folder where the npm packages are")
		os.Exit(2)
	}
	g := &generator{packages: filepath.Join(os.Args[1], "node_modules"), out: filepath.Join("..", "script", "intl", "cldr", "data")}
	if err := g.run(); err != nil {
		fmt.Fprintln(os.Stderr, "cldr: error:", err)
		os.Exit(1)
	}
}

// A generator reads from packages, a node_modules folder, and writes into out.
type generator struct{ packages, out string }

// tree is a JSON object as it was read.
type tree = map[string]any

// read reads a JSON file of the packages.
func (g *generator) read(path ...string) (tree, error) {
	data, err := os.ReadFile(filepath.Join(append([]string{g.packages}, path...)...))
	if err != nil {
		return nil, err
	}
	var t tree
	err = json.Unmarshal(data, &t)
	return t, err
}

// run writes a file for each language, the supplemental data, and CLDR's licence, which must
// go with the data (Unicode License v3).
func (g *generator) run() error {
	if err := os.MkdirAll(g.out, 0o755); err != nil {
		return err
	}
	all, err := os.ReadDir(filepath.Join(g.packages, "cldr-dates-full", "main"))
	if err != nil {
		return err
	}
	parents, err := g.parents()
	if err != nil {
		return err
	}
	for _, language := range languages() {
		var tags []string
		for _, e := range all {
			if e.Name() == language || strings.HasPrefix(e.Name(), language+"-") {
				tags = append(tags, e.Name())
			}
		}
		if err := g.language(language, tags, parents); err != nil {
			return fmt.Errorf("%s: %w", language, err)
		}
	}
	licence, err := os.ReadFile(filepath.Join(g.packages, "cldr-core", "LICENSE"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(g.out, "..", "LICENSE"), licence, 0o644); err != nil {
		return err
	}
	return g.supplemental()
}

// language writes one file: for each locale a line with its tag and its parent, then a line for each key whose value
// differs from the parent's.
func (g *generator) language(language string, tags []string, parents map[string]string) error {
	tables := map[string]map[string]string{}
	// Each with its regions and scripts, as their parents are among these.
	for _, tag := range tags {
		t, err := g.locale(tag)
		if err != nil {
			return fmt.Errorf("%s: %w", tag, err)
		}
		tables[tag] = t
	}
	var out bytes.Buffer
	written := map[string]bool{}
	var write func(tag string)
	write = func(tag string) {
		if written[tag] {
			return
		}
		written[tag] = true
		parent := parentOf(tag, parents, tables)
		if parent != "" {
			write(parent)
		}
		fmt.Fprintf(&out, "=%s\t%s\n", tag, parent)
		base := tables[parent]
		keys := make([]string, 0, len(tables[tag]))
		for key := range tables[tag] {
			keys = append(keys, key)
		}
		// A key that the parent has and this locale has not is taken away by a line of its
		// own, or it would be inherited.
		for key := range base {
			if _, ok := tables[tag][key]; !ok {
				keys = append(keys, key)
			}
		}
		sort.Strings(keys)
		for _, key := range keys {
			v, here := tables[tag][key]
			if old, there := base[key]; here && there && old == v {
				continue
			}
			if !here {
				fmt.Fprintf(&out, "-%s\n", key)
				continue
			}
			fmt.Fprintf(&out, "%s\t%s\n", key, v)
		}
	}
	for _, tag := range tags {
		write(tag)
	}
	return g.write(language, out.Bytes())
}

// parentOf is the locale whose values one inherits: what CLDR says (en-GB: en-001), or else
// the tag without its last part; "" for none. Only locales of the same file count.
func parentOf(tag string, parents map[string]string, tables map[string]map[string]string) string {
	if p, ok := parents[tag]; ok {
		if _, carried := tables[p]; carried {
			return p
		}
	}
	for t := tag; ; {
		i := strings.LastIndexByte(t, '-')
		if i < 0 {
			return ""
		}
		t = t[:i]
		if _, ok := tables[t]; ok {
			return t
		}
	}
}

// write writes a file, packed, and prints its name and both sizes in bytes. The data is
// unpacked when Intl is first used.
func (g *generator) write(name string, data []byte) error {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	fmt.Println(name, len(data), packed.Len())
	return os.WriteFile(filepath.Join(g.out, name+".gz"), packed.Bytes(), 0o644)
}

// parents are the explicit parents of locales.
func (g *generator) parents() (map[string]string, error) {
	t, err := g.read("cldr-core", "supplemental", "parentLocales.json")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for child, parent := range at(t, "supplemental", "parentLocales", "parentLocale").(tree) {
		out[child] = parent.(string)
	}
	return out, nil
}

// at walks into a tree; what is not there is an empty tree, so that callers need no checks
// for optional parts.
func at(t tree, path ...string) any {
	var v any = t
	for _, name := range path {
		m, ok := v.(tree)
		if !ok {
			return tree{}
		}
		if v, ok = m[name]; !ok {
			return tree{}
		}
	}
	return v
}

// sub is at for objects; nil, which has no keys, where the value is something else.
func sub(t tree, path ...string) tree {
	m, _ := at(t, path...).(tree)
	return m
}
