package planted_test

import (
	"bytes"
	"encoding/csv"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
	"posthaste/reporters"
)

// A planting is a secret that was planted.
type planting struct {
	place place
	late  bool
}

// plant makes a world and plants in it: each place with each sort of values that it can hold.
func plant(base string, late bool, from int) (*world, map[int]planting) {
	w := &world{base: base, rows: map[string]string{}, late: late, secrets: map[int]string{}}
	planted := map[int]planting{}
	n := from
	for _, p := range slices.Concat(declaredPlaces(), requestPlaces(), answerPlaces()) {
		if late && !p.met {
			continue
		}
		for _, sort := range []byte(p.shapes) {
			n++
			w.secrets[n] = value(n, sort)
			planted[n] = planting{p, late}
			p.plant(w, n, w.secrets[n])
		}
	}
	return w, planted
}

// files writes what the command reads.
func (w *world) files(t *testing.T, dir string) {
	t.Helper()
	var rows bytes.Buffer
	if len(w.rows) > 0 {
		names := slices.Sorted(maps.Keys(w.rows))
		var values []string
		for _, name := range names {
			values = append(values, w.rows[name])
		}
		c := csv.NewWriter(&rows)
		if err := c.WriteAll([][]string{names, values}); err != nil {
			t.Fatal(err)
		}
	}
	w.environment = append(w.environment, map[string]any{"key": "part", "value": "part-of-it-", "enabled": true})
	for name, text := range map[string]string{
		"c.json": quoted(map[string]any{
			"info": map[string]any{"name": "Planted", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
			"item": w.items, "variable": w.variables,
		}),
		"e.json":   quoted(map[string]any{"name": "E", "values": w.environment}),
		"g.json":   quoted(map[string]any{"name": "G", "values": w.globals}),
		"data.csv": rows.String(), "vault.env": w.vault.String(), "file.env": w.envFile.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// run gives the world to the command and returns all that it wrote, by name. Names of files have an extension.
func (w *world) run(t *testing.T, more ...string) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	w.files(t, dir)
	args := append([]string{"run", "c.json", "-e", "e.json", "-g", "g.json", "--vault", "dotenv:vault.env", "--verbose"}, w.args...)
	if len(w.rows) > 0 {
		args = append(args, "-d", "data.csv")
	}
	if w.late { // the smaller one: to look through every report takes its time
		args = append(args, "--verify-redaction")
	}
	if w.envFile.Len() > 0 {
		args = append(args, "--env-file", "file.env")
	}
	var names []string
	for _, spec := range reporters.Specs() {
		names = append(names, spec.Name)
		if spec.Extension != "" {
			args = append(args, "--reporter-"+spec.Name+"-export", "out/"+spec.Name+spec.Extension)
		}
	}
	args = append(append(args, "-r", strings.Join(names, ",")), more...)
	var out, errs bytes.Buffer
	code := cli.Main(t.Context(), &process.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Width: 100, Dir: dir, Now: time.Now, Version: "test",
		Env: func(name string) (string, bool) {
			v, ok := map[string]string{"XDG_CACHE_HOME": filepath.Join(dir, "out", "cache"), "LANG": "C.UTF-8"}[name]
			return v, ok
		},
	})
	if code != process.ExitFailed || out.Len() == 0 {
		t.Fatalf("the run ends with %d: %.3000s", code, errs.String())
	}
	for _, verdict := range []string{"held the value of", "was printed"} {
		if i := strings.Index(errs.String(), verdict); i >= 0 {
			t.Errorf("the check of the command itself finds one: %s", errs.String()[max(0, i-80):])
		}
	}
	outputs := map[string][]byte{"stdout": out.Bytes(), "stderr": errs.Bytes()}
	if err := filepath.WalkDir(filepath.Join(dir, "out"), func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		outputs[filepath.Base(path)] = data
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return outputs
}

// A leak is where a secret was seen.
type leak struct {
	output, around string
}

// hunt runs the world and returns where its secrets are seen. What a terminal has shown before a later request made it
// a secret cannot be taken back: docs/security.md says so.
func hunt(t *testing.T, w *world, more ...string) map[int][]leak {
	t.Helper()
	leaks := map[int][]leak{}
	f := newFinder(w.secrets)
	for name, data := range w.run(t, more...) {
		onTerminal := name == "stdout" || name == "stderr"
		if onTerminal && w.late {
			continue
		}
		err := f.report(name, data, func(n int, around string) {
			if list := leaks[n]; len(list) == 0 || list[len(list)-1].output != name {
				leaks[n] = append(leaks[n], leak{name, around})
			}
		})
		if err != nil {
			t.Error(err)
		}
	}
	return leaks
}

// TestNoPlantedSecretIsShown is the harness: its table says by place how many secrets were planted and how many were
// seen anywhere.
func TestNoPlantedSecretIsShown(t *testing.T) {
	if underRace {
		t.Skip("skipped: race (make test-poor plants without the race detector)")
	}
	t.Parallel()
	secrets := map[int]string{}
	s := httptest.NewServer(server(secrets))
	t.Cleanup(s.Close)
	type row struct{ planted, leaked int }
	table := map[string]row{}
	total, from := 0, 0
	for _, late := range []bool{false, true} {
		w, planted := plant(s.URL, late, from)
		maps.Copy(secrets, w.secrets)
		leaks := hunt(t, w)
		for n, p := range planted {
			group := p.place.group
			if p.late {
				group += ", late"
			}
			r := table[group]
			r.planted++
			total++
			if list := leaks[n]; len(list) > 0 {
				r.leaked++
				t.Errorf("secret %d, %s: %s (late: %v) is in %s: …%q…", n, p.place.group, p.place.name, p.late, list[0].output, list[0].around)
			}
			table[group] = r
		}
		from += len(planted)
	}
	for _, group := range slices.Sorted(maps.Keys(table)) {
		t.Logf("%-16s planted %3d, leaked %d", group, table[group].planted, table[group].leaked)
	}
	if total < 250 {
		t.Errorf("only %d secrets were planted", total)
	}
}

// Without masking every one of them is seen, or the test above would show nothing.
func TestEveryPlantedSecretWouldBeSeen(t *testing.T) {
	if underRace {
		t.Skip("skipped: race (make test-poor plants without the race detector)")
	}
	t.Parallel()
	secrets := map[int]string{}
	s := httptest.NewServer(server(secrets))
	t.Cleanup(s.Close)
	w, planted := plant(s.URL, false, 0)
	maps.Copy(secrets, w.secrets)
	leaks := hunt(t, w, "--show-secrets")
	for n, p := range planted {
		if len(leaks[n]) == 0 {
			t.Errorf("secret %d, %s: %s, reaches no output even when nothing is masked", n, p.place.group, p.place.name)
		}
	}
}
