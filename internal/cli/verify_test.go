package cli

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/redact"
)

const plantedSecret = "pl4nted/Q+w=z&more"

// A run as far as its check goes: a report in a file, and a terminal.
func checked(t *testing.T, flags runFlags, env map[string]string) (*running, *outputs) {
	t.Helper()
	dir := t.TempDir()
	p := &Process{
		Stdout: io.Discard, Stderr: io.Discard, Dir: dir,
		Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
	}
	r := &running{process: p, flags: &flags, secrets: &redact.Set{}}
	if flags.showSecrets {
		r.secrets = nil
	}
	r.watchOutputs()
	if r.secrets != nil {
		r.secrets.Add("client_secret", plantedSecret)
	}
	path := filepath.Join(dir, "junit.xml")
	if err := os.WriteFile(path, []byte("<testsuites/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	return r, &outputs{reporters: []*report{{name: "cli"}, {name: "junit", file: &outFile{path: path}}}}
}

func TestTheCheckFailsWhenASecretIsPlantedByHand(t *testing.T) {
	inBase64 := base64.StdEncoding.EncodeToString([]byte("user:" + plantedSecret))
	tests := map[string]struct {
		flags runFlags
		env   map[string]string
		plant func(r *running, path string) error
		want  string
	}{
		"in a report": {
			flags: runFlags{verifyRedaction: true}, want: "the junit report held the value of client_secret and was removed",
			plant: func(_ *running, path string) error { return os.WriteFile(path, []byte("<a>"+plantedSecret), 0o600) },
		},
		"in base64, when the environment asks for the check": {
			env: map[string]string{verifyVariable: "1"}, want: "the junit report held the value of client_secret and was removed",
			plant: func(_ *running, path string) error { return os.WriteFile(path, []byte(inBase64), 0o600) },
		},
		"on the terminal": {
			flags: runFlags{verifyRedaction: true}, want: "the value of client_secret was printed",
			plant: func(r *running, _ string) error { _, err := io.WriteString(r.process.Stdout, inBase64); return err },
		},
		"in a warning": {
			flags: runFlags{verifyRedaction: true}, want: "the value of client_secret was printed",
			plant: func(r *running, _ string) error { r.process.warn("what about %s?", plantedSecret); return nil },
		},
		"on the terminal, in two parts": {
			flags: runFlags{verifyRedaction: true}, want: "the value of client_secret was printed",
			plant: func(r *running, _ string) error {
				_, one := io.WriteString(r.process.Stdout, plantedSecret[:7])
				_, two := io.WriteString(r.process.Stdout, plantedSecret[7:])
				return errors.Join(one, two)
			},
		},
		"nowhere": {
			flags: runFlags{verifyRedaction: true},
			plant: func(r *running, _ string) error { _, err := io.WriteString(r.process.Stdout, "fine"); return err },
		},
		"where nobody asks for the check": {
			plant: func(_ *running, path string) error { return os.WriteFile(path, []byte(plantedSecret), 0o600) },
		},
		"where secrets are shown": {
			flags: runFlags{verifyRedaction: true, showSecrets: true},
			plant: func(_ *running, path string) error { return os.WriteFile(path, []byte(plantedSecret), 0o600) },
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, out := checked(t, test.flags, test.env)
			path := out.reporters[1].file.path
			if err := test.plant(r, path); err != nil {
				t.Fatal(err)
			}
			err := r.verifyRedaction(out)
			if test.want == "" {
				if err != nil {
					t.Errorf("the check fails: %v", err)
				}
				return
			}
			var found *problem
			if !errors.As(err, &found) || found.code != ExitFailed || err.Error() != test.want {
				t.Errorf("the check gives %v, want %s", err, test.want)
			}
			if _, err := os.Stat(path); strings.Contains(test.want, "removed") && !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the report is still there: %v", err)
			}
		})
	}
}

func TestALookoutDoesNotMindWhatBecameASecretLater(t *testing.T) {
	set, out := &redact.Set{}, &bytes.Buffer{}
	l := &lookout{w: out, secrets: set}
	for _, text := range []string{"shown before: " + plantedSecret, " and more"} {
		if _, err := io.WriteString(l, text); err != nil {
			t.Fatal(err)
		}
		set.Add("token", plantedSecret)
	}
	if l.found != "" {
		t.Errorf("it finds %s, which nothing told from other text when it was shown", l.found)
	}
	if got, want := out.String(), "shown before: "+plantedSecret+" and more"; got != want {
		t.Errorf("it wrote %q, want %q", got, want)
	}
}
