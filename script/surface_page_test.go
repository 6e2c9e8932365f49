package script

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

// A library is a library of the sandbox whose members tools/surface/record.mjs has listed from the real package.
type library struct {
	Name, Version string
	Members       map[string]string // by path: how the real package defines it
	Options       []string
}

// triedIn lists where the tests of a library's behaviour stand: a member that one of them names counts as tried.
var triedIn = map[string][]string{
	"chai":               {"lib/chai/testdata"},
	"ajv":                {"lib/schema/testdata", "lib/schema"},
	"tv4":                {"lib/schema/testdata", "lib/schema"},
	"cheerio":            {"lib/cheerio/testdata", "lib/cheerio"},
	"crypto-js":          {"lib/cryptojs", "lib", "testdata"},
	"csv-parse/lib/sync": {"lib/csv", "lib", "testdata"},
	"xml2js":             {"lib/xmljs", "lib", "testdata"},
	"postman-collection": {"lib/sdk/testdata", "lib/sdk"},
	"uuid":               {"lib", "testdata"},
	"moment":             {"lib/moment/testdata"},
}

func surfaceLibraries(t *testing.T) []library {
	t.Helper()
	data, err := os.ReadFile("testdata/surface.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []library
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// surfaceReasons reads testdata/surface.txt: why a member is not there or differs, by library and member.
func surfaceReasons(t *testing.T) map[[2]string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/surface.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[[2]string]string{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.SplitN(line, "|", 3)
		if len(fields) != 3 {
			t.Fatalf("surface.txt: %q wants a library, a member and a reason", line)
		}
		out[[2]string{strings.TrimSpace(fields[0]), strings.TrimSpace(fields[1])}] = strings.TrimSpace(fields[2])
	}
	return out
}

// kindsHere asks the sandbox what it has under the paths of a library's members.
const kindsHere = `
	const library = require(NAME), roots = {'load()': () => library.load(''), 'should()': () => library.should(), 'localeData()': () => library.localeData(), prototype: () => library.prototype}
	const kinds = {}
	for (const path of PATHS) {
		let of = library, parts = path.split('.')
		if (Object.hasOwn(roots, parts[0])) of = roots[parts.shift()]()
		for (const part of parts.slice(0, -1)) of = of === undefined || of === null ? undefined : of[part]
		const name = parts[parts.length - 1]
		let at = of
		while (at !== undefined && at !== null && !Object.prototype.hasOwnProperty.call(at, name)) at = Object.getPrototypeOf(at)
		const d = at && Object.getOwnPropertyDescriptor(at, name)
		kinds[path] = !d ? 'nothing' : d.get ? 'getter' : d.value === null ? 'null' : Array.isArray(d.value) ? 'array' : typeof d.value
	}
	delete Object.prototype.should
	for (const path of Object.keys(kinds)) console.info('kind', path, kinds[path])`

func membersHere(t *testing.T, l library) map[string]string {
	t.Helper()
	if len(l.Members) == 0 {
		return nil // a function alone
	}
	paths := make([]string, 0, len(l.Members))
	for path := range l.Members {
		paths = append(paths, path)
	}
	name, _ := json.Marshal(l.Name)
	list, _ := json.Marshal(paths)
	s := newStage(t, Options{})
	s.run(strings.NewReplacer("NAME", string(name), "PATHS", string(list)).Replace(kindsHere))
	said := s.said()
	if len(said) == 0 {
		t.Fatalf("require(%s): %v", name, s.result.Error)
	}
	kinds := map[string]string{}
	for _, line := range said {
		if fields := strings.Fields(line); len(fields) == 4 && fields[1] == "kind" {
			kinds[fields[2]] = fields[3]
		}
	}
	return kinds
}

// triedText is all text of the tests of a library.
func triedText(t *testing.T, l library) string {
	t.Helper()
	var b strings.Builder
	for _, dir := range triedIn[l.Name] {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && path != dir && !strings.Contains(path, "testdata"):
				return fs.SkipDir
			case d.IsDir(), strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
				return nil
			}
			text, err := os.ReadFile(path)
			b.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// states decides on the state of each member and option of a library.
func states(t *testing.T, l library, reasons map[[2]string]string) map[string]string {
	t.Helper()
	here, tried := membersHere(t, l), triedText(t, l)
	out := map[string]string{}
	for path, kind := range l.Members {
		reason := reasons[[2]string{l.Name, path}]
		got := here[path]
		switch {
		case got == "nothing" && reason == "":
			t.Errorf("%s %s has %s, a %s, which is not here: add it, or say why not in testdata/surface.txt", l.Name, l.Version, path, kind)
		case got == "nothing":
			out[path] = "not there: " + reason
		case got != kind && got != "getter" && kind != "getter" && reason == "":
			t.Errorf("%s %s has %s as %s, here it is %s", l.Name, l.Version, path, kind, got)
		case reason != "":
			out[path] = "differs: " + reason
		case isTried(tried, path):
			out[path] = "works"
		default:
			out[path] = "exists; no test compares its behaviour"
		}
	}
	for _, name := range l.Options {
		switch reason := reasons[[2]string{l.Name, "option " + name}]; {
		case reason != "":
			out["option "+name] = "differs: " + reason
		case isTried(tried, name):
			out["option "+name] = "works"
		default:
			t.Errorf("%s %s has the option %s, which no test tries: add one, or say in testdata/surface.txt what it does here", l.Name, l.Version, name)
		}
	}
	return out
}

// isTried says whether the tests name a member, as a word.
func isTried(text, path string) bool {
	name := path[strings.LastIndexByte(path, '.')+1:]
	return regexp.MustCompile(`(^|[^\w$])` + regexp.QuoteMeta(name) + `($|[^\w$])`).MatchString(text)
}

// surfacePage is the part of docs/sandbox.md about the members of libraries.
func surfacePage(t *testing.T) string {
	t.Helper()
	reasons := surfaceReasons(t)
	var b strings.Builder
	for _, l := range surfaceLibraries(t) {
		state := states(t, l, reasons)
		names := make([]string, 0, len(state))
		for name := range state {
			names = append(names, name)
		}
		sort.Strings(names)
		b.WriteString("\n## require('" + l.Name + "'), member by member\n\nThe members of version " + l.Version +
			", " + origin(l) + ". \"works\" means that a test of its behaviour uses this member.\n\n| name | state |\n| --- | --- |\n")
		for _, name := range names {
			b.WriteString("| `" + name + "` | " + state[name] + " |\n")
		}
	}
	return b.String()
}

// origin says where a version comes from.
func origin(l library) string {
	if l.Name == "moment" {
		return "the last version 2.29; Postman's newest sandbox has 2.30.1 without locales other than English"
	}
	return "as in Postman's newest sandbox"
}

// TestSurfaceReasonsAreNeeded finds lines of surface.txt about members that no library has.
func TestSurfaceReasonsAreNeeded(t *testing.T) {
	libraries := surfaceLibraries(t)
	for key := range surfaceReasons(t) {
		i := slices.IndexFunc(libraries, func(l library) bool { return l.Name == key[0] })
		if i < 0 {
			t.Errorf("surface.txt: there is no library %s", key[0])
			continue
		}
		option, isOption := strings.CutPrefix(key[1], "option ")
		_, isMember := libraries[i].Members[key[1]]
		if !isMember && (!isOption || !slices.Contains(libraries[i].Options, option)) {
			t.Errorf("surface.txt: %s has no member %s", key[0], key[1])
		}
	}
}
