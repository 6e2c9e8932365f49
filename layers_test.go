package main_test

import (
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The tables are those of docs/architecture.md: there is one copy, which people read and this test enforces.
const (
	architecture = "docs/architecture.md"
	modulePath   = "posthaste"
)

// A layer is one row of the import table.
type layer struct {
	name       string // a package below the module, "." for its root, or a pattern that ends in /...
	project    []string
	thirdParty []string
}

func TestPackagesImportOnlyWhatTheirLayerMay(t *testing.T) {
	layers := readLayers(t)
	for pkg, imports := range sourceImports(t) {
		l, ok := layerOf(layers, pkg)
		if !ok {
			t.Errorf("package %s stands in no row of %s: add one, and say what it may import", pkg, architecture)
			continue
		}
		for imported, file := range imports {
			if !l.allows(imported) {
				t.Errorf("%s: package %s may not import %s (%s has the table)", file, pkg, imported, architecture)
			}
		}
	}
}

func TestLayersLookUpwardsOnly(t *testing.T) {
	layers := readLayers(t)
	for i, l := range layers {
		for _, want := range l.project {
			isAbove := slices.ContainsFunc(layers[:i], func(above layer) bool { return above.name == want })
			if !isAbove && want != l.name {
				t.Errorf("%s: row %s may import %s, which stands in no row above it", architecture, l.name, want)
			}
		}
	}
}

func TestEveryDependencyHasAReason(t *testing.T) {
	var direct []string
	for _, line := range strings.Split(readText(t, "go.mod"), "\n") {
		f := strings.Fields(strings.TrimPrefix(line, "require "))
		if len(f) == 2 && strings.HasPrefix(f[1], "v") && strings.Contains(f[0], ".") {
			direct = append(direct, f[0])
		}
	}
	explained := map[string]bool{}
	for _, row := range tableUnder(t, "## What we depend on") {
		if len(row) != 3 || row[1] == "" || row[2] == "" {
			t.Errorf("%s: dependency row %q wants a module, a date and a reason", architecture, row)
			continue
		}
		name := strings.Trim(row[0], "`")
		explained[name] = true
		if !strings.Contains(readText(t, "go.mod"), name+" v") {
			t.Errorf("%s explains %s, which go.mod does not have", architecture, name)
		}
	}
	for _, name := range direct {
		if !explained[name] {
			t.Errorf("go.mod requires %s: say why in %s", name, architecture)
		}
	}
}

// The rules by which rows are found are tried on a table of their own, since the real one is never wrong for long.
func TestLayerOf(t *testing.T) {
	layers := []layer{
		{name: "a", thirdParty: []string{"example.org/x"}},
		{name: "s/m/...", project: []string{"s/m/..."}},
		{name: "s/...", project: []string{"a", "s/..."}},
		{name: "s", project: []string{"s/..."}},
	}
	tests := map[string]struct {
		pkg, imported string
		want          bool
	}{
		"a leaf imports no one":                   {"a", modulePath + "/s", false},
		"a module that is listed":                 {"a", "example.org/x", true},
		"a package of that module":                {"a", "example.org/x/y", true},
		"a module whose name only starts so":      {"a", "example.org/xy", false},
		"the standard library is free":            {"a", "net/http", true},
		"a pattern covers depth":                  {"s/k/l", modulePath + "/a", true},
		"the longer pattern decides":              {"s/m/l", modulePath + "/a", false},
		"a pattern row may allow itself":          {"s/m/l", modulePath + "/s/m/k", true},
		"a pattern does not mean its own root":    {"s/k", modulePath + "/s", false},
		"the exact row goes before the pattern":   {"s", modulePath + "/a", false},
		"the root is a package like the others":   {"s", modulePath, false},
		"a third party of another row is refused": {"s", "example.org/x", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l, ok := layerOf(layers, test.pkg)
			if !ok {
				t.Fatalf("layerOf(%s) found none", test.pkg)
			}
			if got := l.allows(test.imported); got != test.want {
				t.Errorf("%s may import %s = %v, want %v", test.pkg, test.imported, got, test.want)
			}
		})
	}
}

// layerOf finds the row of a package: the exact one, else the longest pattern.
func layerOf(layers []layer, pkg string) (best layer, ok bool) {
	for _, l := range layers {
		if l.name == pkg {
			return l, true
		}
		if matches(l.name, pkg) && len(l.name) > len(best.name) {
			best, ok = l, true
		}
	}
	return best, ok
}

// matches says whether a name of the table means a package.
func matches(name, pkg string) bool {
	folder, isPattern := strings.CutSuffix(name, "...")
	if isPattern {
		return strings.HasPrefix(pkg, folder)
	}
	return name == pkg
}

func (l layer) allows(imported string) bool {
	if imported == modulePath {
		return slices.Contains(l.project, ".")
	}
	if inside, ok := strings.CutPrefix(imported, modulePath+"/"); ok {
		return slices.ContainsFunc(l.project, func(name string) bool { return matches(name, inside) })
	}
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(l.thirdParty, func(module string) bool {
		return imported == module || strings.HasPrefix(imported, module+"/")
	})
}

// sourceImports maps each package of the module to what it imports outside of its tests, and each import to the
// file that has it. It parses the files instead of asking the go command, so that all platforms count at once.
func sourceImports(t *testing.T) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipFolder(file)
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		for _, group := range parsed.Comments {
			for _, c := range group.List {
				if constraint.IsGoBuild(c.Text) && strings.HasPrefix(c.Text, "//go:build ignore") {
					return nil // a generator, no part of the package
				}
			}
		}
		pkg := path.Dir(filepath.ToSlash(file))
		if found[pkg] == nil {
			found[pkg] = map[string]string{}
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[pkg][name] = file
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// skipFolder leaves out what the go command leaves out of ./... as well: hidden folders, test data, other modules.
func skipFolder(folder string) error {
	if folder == "." {
		return nil
	}
	base := filepath.Base(folder)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "node_modules" {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

func readLayers(t *testing.T) []layer {
	t.Helper()
	var layers []layer
	for _, row := range tableUnder(t, "## Who may import whom") {
		if len(row) != 4 || row[3] == "" {
			t.Fatalf("%s: import row %q wants four columns", architecture, row)
		}
		layers = append(layers, layer{name: strings.Trim(row[0], "`"), project: quoted(row[1]), thirdParty: quoted(row[2])})
	}
	if len(layers) == 0 {
		t.Fatalf("%s has no import table", architecture)
	}
	return layers
}

// tableUnder returns the cells of the rows whose first cell is code, between a heading and the next.
func tableUnder(t *testing.T, heading string) [][]string {
	t.Helper()
	_, section, found := strings.Cut(readText(t, architecture), heading+"\n")
	if !found {
		t.Fatalf("%s has no section %q", architecture, heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var rows [][]string
	for line := range strings.Lines(section) {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// quoted lists what stands between backquotes in a cell.
func quoted(cell string) (names []string) {
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
		names = append(names, m[1])
	}
	return names
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
