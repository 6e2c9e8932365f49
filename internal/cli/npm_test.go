package cli

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"posthaste/script/packages"
)

// chaiPlugins are the plugins of testdata/script/chai-plugins.txtar: the newest versions that declare chai 4.
var chaiPlugins = []string{
	"chai-as-promised@7.1.2", "chai-things@0.2.0", "chai-subset@1.6.0", "chai-string@2.0.0", "chai-datetime@1.8.1",
	"chai-like@1.1.3", "chai-arrays@2.2.0", "chai-spies@1.1.0",
}

// fetched is the folder that npm has put the plugins into, once for all scripts.
var fetched = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "posthaste-npm")
	if err != nil {
		return "", err
	}
	npm := exec.Command("npm", append([]string{
		"install", "--prefix", dir, "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--no-package-lock",
	}, chaiPlugins...)...)
	if out, err := npm.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm install: %w\n%s", err, out)
	}
	return filepath.Join(dir, "node_modules"), nil
})

// condition answers [npm]: whether npm is there and has fetched the plugins.
func condition(name string) (bool, error) {
	if name != "npm" {
		return false, fmt.Errorf("there is no condition %q", name)
	}
	_, err := fetched()
	return err == nil || os.Getenv("REQUIRE_NPM") == "1", nil
}

// npmPackages is the command "npmpackages DIRECTORY": it puts what npm has fetched there, as --packages wants it.
func npmPackages(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: npmpackages directory")
	}
	from, err := fetched()
	ts.Check(err)
	library := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Join(library, "npm"), 0o700))
	roots, err := filepath.Glob(filepath.Join(from, "*", "package.json"))
	ts.Check(err)
	var lock strings.Builder
	for _, manifest := range roots {
		data, err := os.ReadFile(manifest)
		ts.Check(err)
		var about struct{ Name, Version string }
		ts.Check(json.Unmarshal(data, &about))
		root := filepath.Join("npm", about.Name+"@"+about.Version)
		ts.Check(os.CopyFS(filepath.Join(library, root), regular{os.DirFS(filepath.Dir(manifest))}))
		hash, err := packages.New(os.DirFS(library)).Hash(filepath.ToSlash(root))
		ts.Check(err)
		fmt.Fprintf(&lock, "npm:%s@%s %s\n", about.Name, about.Version, hash)
	}
	ts.Check(os.WriteFile(filepath.Join(library, packages.LockFile), []byte(lock.String()), 0o600))
}

// regular is a folder without the packages inside it, which are copied by themselves.
type regular struct{ fs.FS }

// ReadDir lists a folder without node_modules.
func (r regular) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(r.FS, name)
	var out []fs.DirEntry
	for _, entry := range all {
		if entry.Name() != "node_modules" {
			out = append(out, entry)
		}
	}
	return out, err
}
