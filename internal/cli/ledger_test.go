//go:build unix

package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/collections"
)

// The ledger says that something is open where the simulator does, and nothing where the simulator holds nothing.
func TestTheLedgerAgreesWithTheSimulator(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(collections.Files(), "*.postman_collection.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d collections, %v", len(names), err)
	}
	ever := false
	for _, name := range names {
		for _, without := range []bool{false, true} {
			k := newKiller(t)
			dir, args := k.prepared(t, name, []string{"-r", "cli,junit,json", "--reporter-junit-export", "j.xml", "--reporter-json-export", "j.json"})
			if without {
				data, err := os.ReadFile(filepath.Join(dir, "c.json"))
				if err != nil {
					t.Fatal(err)
				}
				put(t, filepath.Join(dir, "c.json"), strings.Replace(string(data), "posthaste.teardown", "no.teardown", 1))
				args = append(args, "--exclude", "Teardown/**")
			}
			c := start(t, dir, args...)
			if code := c.code(); code != 0 {
				t.Errorf("%s ends with %d:\n%s", name, code, &c.stdout)
			}
			left := len(k.open(t)) > 0
			for file, sign := range map[string]string{"j.xml": `name="run.open"`, "j.json": `"code":"open"`} {
				data, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if said := strings.Contains(strings.ReplaceAll(string(data), `": "`, `":"`), sign); said != left {
					t.Errorf("%s, without a teardown %t: %s says that something is open: %t, and the simulator holds something: %t", name, without, file, said, left)
				}
			}
			if said := strings.Contains(c.stdout.String(), "still open: "); said != left {
				t.Errorf("%s, without a teardown %t: the terminal says that something is open: %t, and the simulator holds something: %t:\n%s", name, without, said, left, &c.stdout)
			}
			ever = ever || left
		}
	}
	if !ever {
		t.Error("nothing was ever open, so that this proves nothing")
	}
}
