package packages

import (
	"strings"
	"testing"
	"testing/fstest"
)

func shelf() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"@team/checks.js":                    file("one"),
		"@team/shared.js":                    file("shared"),
		"@team/kit/index.js":                 file("kit"),
		"@team/kit/lib/a.js":                 file("a"),
		"@team/kit/data.json":                file("{}"),
		"npm/dayjs@1.11.10/package.json":     file(`{"main": "./dayjs.min.js"}`),
		"npm/dayjs@1.11.10/dayjs.min.js":     file("dayjs"),
		"npm/dayjs@1.11.10/plugin/utc.js":    file("utc"),
		"npm/two@1.0.0/index.js":             file("1"),
		"npm/two@2.0.0/index.js":             file("2"),
		"npm/@scope/x@1.0.0/package.json":    file(`{"main": "lib"}`),
		"npm/@scope/x@1.0.0/lib/index.js":    file("x"),
		"npm/changed@1.0.0/index.js":         file("changed"),
		"npm/nested@1.0.0/index.js":          file("nested"),
		"npm/nested@1.0.0/node_modules/i.js": file("inner"),
		"secret.txt":                         file("secret"),
	}
}

// locked is the shelf with a lock file for most of its packages.
func locked(t *testing.T) *Library {
	t.Helper()
	files := shelf()
	l := New(files)
	text := "# reviewed\n\n"
	for _, name := range []string{"dayjs@1.11.10", "two@1.0.0", "@scope/x@1.0.0", "nested@1.0.0"} {
		h, err := l.Hash("npm/" + name)
		if err != nil {
			t.Fatal(err)
		}
		text += "npm:" + name + " " + h + "\n"
	}
	files[LockFile] = &fstest.MapFile{Data: []byte(text + "npm:changed@1.0.0 h1:AAAA\n")}
	return l
}

func TestFind(t *testing.T) {
	tests := map[string]struct{ give, want, err string }{
		"a file of a team":             {"@team/checks", "@team/checks.js", ""},
		"a folder of a team":           {"@team/kit", "@team/kit/index.js", ""},
		"an npm package":               {"npm:dayjs@1.11.10", "npm/dayjs@1.11.10/dayjs.min.js", ""},
		"the only version":             {"npm:dayjs", "npm/dayjs@1.11.10/dayjs.min.js", ""},
		"a scope and a folder as main": {"npm:@scope/x@1.0.0", "npm/@scope/x@1.0.0/lib/index.js", ""},
		"a scope without version":      {"npm:@scope/x", "npm/@scope/x@1.0.0/lib/index.js", ""},
		"two versions":                 {"npm:two", "", "say which version: two@1.0.0, two@2.0.0"},
		"another version":              {"npm:dayjs@2.0.0", "", "there is no npm/dayjs@2.0.0"},
		"no hash":                      {"npm:two@2.0.0", "", "packages.lock has no line for it; once you trust the files, add: npm:two@2.0.0 h1:"},
		"another hash":                 {"npm:changed@1.0.0", "", "but packages.lock says h1:AAAA"},
		"not there":                    {"@team/nope", "", "there is no @team/nope.js"},
		"out of the folder":            {"@team/../../secret.txt", "", "there is no"},
		"out of npm":                   {"npm:../secret.txt@1", "", "there is no"},
		"no package's name":            {"lodash", "", "the name of a package is"},
		"jsr":                          {"jsr:@std/x", "", "packages of jsr"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := locked(t).Find(test.give)
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if f.Path != test.want {
				t.Errorf("Find(%q) = %q, want %q", test.give, f.Path, test.want)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	tests := map[string]struct{ from, give, want, err string }{
		"a file beside":              {"@team/kit", "./lib/a", "@team/kit/lib/a.js", ""},
		"JSON":                       {"@team/kit", "./data", "@team/kit/data.json", ""},
		"files of a team":            {"@team/checks", "./shared", "@team/shared.js", ""},
		"out of the package":         {"@team/kit", "../shared", "", "outside of its package"},
		"out of the team":            {"@team/checks", "../secret.txt", "", "outside of its package"},
		"an absolute path":           {"@team/kit", "/etc/passwd", "", "outside of its package"},
		"not there":                  {"@team/kit", "./nope", "", "which is not there"},
		"a file of npm":              {"npm:dayjs", "./plugin/utc", "npm/dayjs@1.11.10/plugin/utc.js", ""},
		"a package of a team":        {"@team/kit", "@team/checks", "@team/checks.js", ""},
		"an npm package":             {"npm:dayjs", "@scope/x", "npm/@scope/x@1.0.0/lib/index.js", ""},
		"node_modules":               {"npm:nested", "i", "npm/nested@1.0.0/node_modules/i.js", ""},
		"a library of the sandbox":   {"npm:dayjs", "lodash", "", ""},
		"an npm package that is not": {"@team/kit", "npm:nope", "", "there is no npm/nope@"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := locked(t)
			from, err := l.Find(test.from)
			if err != nil {
				t.Fatal(err)
			}
			f, ok, err := l.Resolve(from, test.give)
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if f.Path != test.want || ok != (test.want != "") {
				t.Errorf("Resolve = %q, %v, want %q", f.Path, ok, test.want)
			}
		})
	}
}

func TestHashSeesEveryChange(t *testing.T) {
	files := shelf()
	l := New(files)
	before, err := l.Hash("npm/dayjs@1.11.10")
	if err != nil {
		t.Fatal(err)
	}
	files["npm/dayjs@1.11.10/extra.js"] = &fstest.MapFile{Data: []byte("x")}
	after, err := l.Hash("npm/dayjs@1.11.10")
	if err != nil || before == after {
		t.Errorf("hash %s before and %s after a file was added (%v)", before, after, err)
	}
}
