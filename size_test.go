package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// How large the parts of the source may become. A folder that needs more has a package missing.
const (
	maxFiles     = 25 // in a folder, without tests
	maxMethods   = 60 // on one receiver
	maxSameFirst = 3  // files of a folder whose names begin with the same word
	maxLines     = 60 // of a function, from its first line to its last
)

// crowded are the folders that do not hold yet, with what they break. A row that holds fails the test, so that the
// list can only shrink.
func crowded() []string {
	return nil
}

func TestFoldersReceiversAndNamesStaySmall(t *testing.T) {
	found := map[string]bool{}
	for folder, files := range sourceFiles(t) {
		if len(files) > maxFiles {
			found[folder+": files"] = true
			t.Logf("%s has %d files, at most %d are allowed: which package is missing?", folder, len(files), maxFiles)
		}
		for word, names := range sharedFirstWords(files) {
			found[folder+": names in "+word] = true
			t.Logf("%s: %s begin with %q: that is a package", folder, strings.Join(names, " "), word)
		}
		for receiver, n := range methods(t, folder) {
			if n > maxMethods {
				found[folder+": methods of "+receiver] = true
				t.Logf("%s: %s has %d methods, at most %d are allowed: what are its parts?", folder, receiver, n, maxMethods)
			}
		}
	}
	for _, what := range slices.Sorted(maps.Keys(found)) {
		if !slices.Contains(crowded(), what) {
			t.Errorf("too much in one place: %s (above says how much)", what)
		}
	}
	for _, what := range crowded() {
		if !found[what] {
			t.Errorf("crowded lists %q, which holds now: take it out", what)
		}
	}
}

// A function that is longer has a second one in it. Tables are package variables, so no function has to be exempt.
func TestFunctionsStayShort(t *testing.T) {
	seen := 0
	for folder, files := range sourceFiles(t) {
		for _, name := range files {
			for _, f := range functions(t, path.Join(folder, name)) {
				seen++
				if f.lines > maxLines {
					t.Errorf("%s/%s: %s has %d lines, at most %d are allowed: what is the function inside of it?", folder, name, f.name, f.lines, maxLines)
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("%d functions were found, which is too few: they are not counted", seen)
	}
}

func TestLinesOfAFunctionAreCounted(t *testing.T) {
	source := "package p\n\nfunc short() {}\n\nfunc (t *T) long() {\n" + strings.Repeat("\tf()\n", 59) + "}\n"
	file := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []function{{"short", 1}, {"long", 61}}
	if got := functions(t, file); !slices.Equal(got, want) {
		t.Errorf("functions = %v, want %v", got, want)
	}
}

// The rules are tried on names of their own: the real ones are never wrong for long.
func TestSharedFirstWords(t *testing.T) {
	tests := map[string]struct {
		give string
		want string
	}{
		"three may share a word":                 {"a_b.go a_c.go a_d.go", ""},
		"four may not":                           {"a_b.go a_c.go a_d.go a_e.go", "a"},
		"the word alone counts too":              {"rule.go rule_a.go rule_b.go rule_c.go", "rule"},
		"compounds of a word that is a file":     {"rule.go rulebody.go rulehost.go rulekeys.go", "rule"},
		"compounds of a word that is no file":    {"rulebody.go rulehost.go rulekeys.go rulescope.go", "rule"},
		"a longer word inside of a shorter":      {"rulebody.go rules.go rulescope.go rulescript.go rulesecret.go", "rule"},
		"words that begin alike by chance":       {"redirect.go request.go reader.go retry.go", ""},
		"systems and processors are no words":    {"alive_unix.go alive_windows.go alive_linux_amd64.go alive_other.go", ""},
		"a word of three letters needs its file": {"proxy.go profile.go process.go prompt.go", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := slices.Sorted(maps.Keys(sharedFirstWords(strings.Fields(test.give))))
			if strings.Join(got, " ") != test.want {
				t.Errorf("sharedFirstWords(%s) = %q, want %q", test.give, got, test.want)
			}
		})
	}
}

func TestMethodsAreCountedOverFiles(t *testing.T) {
	if n := methods(t, "internal/cli/process")["Process"]; n < 8 {
		t.Errorf("Process has %d methods, which is too few: they are not counted", n)
	}
}

// sourceFiles maps each folder to the names of its Go files without tests.
func sourceFiles(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return skipFolder(file)
		case strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go"):
			folder := path.Dir(filepath.ToSlash(file))
			files[folder] = append(files[folder], path.Base(filepath.ToSlash(file)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sharedFirstWords returns the words that too many names begin with: the part before "_", or a beginning of at least
// four letters (of any length where a file has the word alone for a name) after which each goes on with a further word.
func sharedFirstWords(files []string) map[string][]string {
	stems := map[string]string{} // without what names a system, to the file
	for _, file := range files {
		stems[withoutSystem(strings.TrimSuffix(file, ".go"))] = file
	}
	candidates := map[string]bool{}
	for stem := range stems {
		first, _, _ := strings.Cut(stem, "_")
		candidates[first] = true
	}
	for a := range stems {
		for b := range stems {
			if word := commonStart(a, b); a != b && len(word) >= minCompound {
				candidates[word] = true
			}
		}
	}
	shared := map[string][]string{}
	for word := range candidates {
		var names []string
		for stem, file := range stems {
			if beginsWith(stem, word, stems) {
				names = append(names, file)
			}
		}
		if len(names) > maxSameFirst {
			slices.Sort(names)
			shared[word] = names
		}
	}
	for word, names := range shared { // rules, where rule has them all: only the one with most counts, and the longest of those
		for other, fewer := range shared {
			if len(other) > len(word) && strings.HasPrefix(other, word) {
				if len(fewer) == len(names) {
					delete(shared, word)
				} else {
					delete(shared, other)
				}
			}
		}
	}
	return shared
}

// minCompound is how long a beginning must be to be taken for a word of a compound.
const minCompound = 4

func beginsWith(stem, word string, stems map[string]string) bool {
	rest, ok := strings.CutPrefix(stem, word)
	_, alone := stems[word]
	return ok && (rest == "" || rest[0] == '_' || alone || len(word) >= minCompound)
}

func commonStart(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] && a[n] != '_' {
		n++
	}
	return a[:n]
}

// withoutSystem cuts what the go command reads as a system or a processor, and "other" for the rest of them.
func withoutSystem(stem string) string {
	parts := strings.Split(stem, "_")
	for len(parts) > 1 && slices.Contains(strings.Fields("unix other linux darwin windows freebsd netbsd openbsd solaris plan9 js wasm amd64 arm64 386 arm"), parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, "_")
}

// methods counts the methods of each type of a folder.
func methods(t *testing.T, folder string) map[string]int {
	t.Helper()
	count := map[string]int{}
	names, err := filepath.Glob(filepath.Join(filepath.FromSlash(folder), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil {
				count[receiverName(f.Recv.List[0].Type)]++
			}
		}
	}
	return count
}

// A function is one of a file, with the number of its lines.
type function struct {
	name  string
	lines int
}

// functions lists the functions and methods of a file.
func functions(t *testing.T, name string) []function {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, filepath.FromSlash(name), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var list []function
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			list = append(list, function{f.Name.Name, set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1})
		}
	}
	return list
}

func receiverName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiverName(t.X)
	case *ast.IndexExpr:
		return receiverName(t.X)
	case *ast.Ident:
		return t.Name
	}
	return fmt.Sprintf("%T", t)
}
