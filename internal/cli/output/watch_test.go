package output

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/cli/process"
	"posthaste/internal/redact"
	"posthaste/internal/verify"
)

const plantedSecret = "pl4nted/Q+w=z&more"

type watchTest struct {
	asked, shown bool // --verify-redaction and --show-secrets
	env          map[string]string
	plant        func(p *process.Process, path string) error
	want         string
}

// A run as far as its check goes: a report in a file, and a terminal.
func checked(t *testing.T, test watchTest) (*process.Process, *Watch, *Reports) {
	t.Helper()
	dir := t.TempDir()
	p := &process.Process{
		Stdout: io.Discard, Stderr: io.Discard, Dir: dir,
		Env: func(name string) (string, bool) { v, ok := test.env[name]; return v, ok },
	}
	secrets := &redact.Set{}
	if test.shown {
		secrets = nil
	}
	w := NewWatch(p, test.asked, secrets)
	if secrets != nil {
		secrets.Add("client_secret", plantedSecret)
	}
	path := filepath.Join(dir, "junit.xml")
	if err := os.WriteFile(path, []byte("<testsuites/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	return w.Over(p), w, &Reports{reporters: []*output{{name: "cli"}, {name: "junit", file: &File{path: path}}}}
}

func TestTheCheckFailsWhenASecretIsPlantedByHand(t *testing.T) {
	inBase64 := base64.StdEncoding.EncodeToString([]byte("user:" + plantedSecret))
	tests := map[string]watchTest{
		"in a report": {
			asked: true, want: "the junit report held the value of client_secret and was removed",
			plant: func(_ *process.Process, path string) error {
				return os.WriteFile(path, []byte("<a>"+plantedSecret), 0o600)
			},
		},
		"in base64, when the environment asks for the check": {
			env: map[string]string{VerifyVariable: "1"}, want: "the junit report held the value of client_secret and was removed",
			plant: func(_ *process.Process, path string) error { return os.WriteFile(path, []byte(inBase64), 0o600) },
		},
		"on the terminal": {
			asked: true, want: "the value of client_secret was printed",
			plant: func(p *process.Process, _ string) error { _, err := io.WriteString(p.Stdout, inBase64); return err },
		},
		"in a warning": {
			asked: true, want: "the value of client_secret was printed",
			plant: func(p *process.Process, _ string) error { p.Warn("what about %s?", plantedSecret); return nil },
		},
		"on the terminal, in two parts": {
			asked: true, want: "the value of client_secret was printed",
			plant: func(p *process.Process, _ string) error {
				_, one := io.WriteString(p.Stdout, plantedSecret[:7])
				_, two := io.WriteString(p.Stdout, plantedSecret[7:])
				return errors.Join(one, two)
			},
		},
		"nowhere": {
			asked: true,
			plant: func(p *process.Process, _ string) error { _, err := io.WriteString(p.Stdout, "fine"); return err },
		},
		"where nobody asks for the check": {
			plant: func(_ *process.Process, path string) error { return os.WriteFile(path, []byte(plantedSecret), 0o600) },
		},
		"where secrets are shown": {
			asked: true, shown: true,
			plant: func(_ *process.Process, path string) error { return os.WriteFile(path, []byte(plantedSecret), 0o600) },
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, w, out := checked(t, test)
			path := out.reporters[1].file.path
			if err := test.plant(p, path); err != nil {
				t.Fatal(err)
			}
			err := w.Check(out)
			if test.want == "" {
				if err != nil {
					t.Errorf("the check fails: %v", err)
				}
				return
			}
			var found *process.Problem
			if !errors.As(err, &found) || found.Code != process.ExitFailed || err.Error() != test.want {
				t.Errorf("the check gives %v, want %s", err, test.want)
			}
			if _, err := os.Stat(path); strings.Contains(test.want, "removed") && !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the report is still there: %v", err)
			}
		})
	}
}

func TestALookoutDoesNotMindWhatBecameASecretLater(t *testing.T) {
	ledger, out := verify.NewLedger(nil), &bytes.Buffer{}
	l := &lookout{w: out, secrets: ledger}
	for _, text := range []string{"shown before: " + plantedSecret, " and more"} {
		if _, err := io.WriteString(l, text); err != nil {
			t.Fatal(err)
		}
		ledger.Learn("token", plantedSecret)
	}
	if l.found != "" {
		t.Errorf("it finds %s, which nothing told from other text when it was shown", l.found)
	}
	if got, want := out.String(), "shown before: "+plantedSecret+" and more"; got != want {
		t.Errorf("it wrote %q, want %q", got, want)
	}
}
