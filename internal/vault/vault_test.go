package vault

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func outside(revealed *[]string) Options {
	files := fstest.MapFS{
		"secrets.env": {Data: []byte("CLIENT_SECRET=s3cret # a comment\nexport QUOTED=\"a b\\n\"\nSINGLE='x\\n'\nSHARED=file\n")},
		"broken.env":  {Data: []byte("\nno value here\n")},
		"open.env":    {Data: []byte("A=\"b\n")},
	}
	process := map[string]string{"VIPPS_KEY": "key", "HOME": "/root", "SHARED": "environment"}
	return Options{
		Files:   func(name string) (fs.File, error) { return files.Open(name) },
		Environ: func(name string) (string, bool) { v, ok := process[name]; return v, ok },
		Command: func(_ context.Context, argv []string) ([]byte, error) {
			if argv[len(argv)-1] == "broken" {
				return nil, errors.New("no such item")
			}
			return []byte(strings.Join(argv, "|") + "\n"), nil
		},
		Reveal: func(name, value string) { *revealed = append(*revealed, name+"="+value) },
	}
}

func TestLookup(t *testing.T) {
	tests := map[string]struct {
		sources        []string
		key, want, err string
	}{
		"a file":                  {[]string{"secrets.env"}, "CLIENT_SECRET", "s3cret", ""},
		"a file with its kind":    {[]string{"dotenv:secrets.env"}, "SHARED", "file", ""},
		"double quotes":           {[]string{"secrets.env"}, "QUOTED", "a b\n", ""},
		"single quotes":           {[]string{"secrets.env"}, "SINGLE", `x\n`, ""},
		"a named variable":        {[]string{"env:VIPPS_KEY"}, "VIPPS_KEY", "key", ""},
		"names that begin alike":  {[]string{"env:VIPPS_*"}, "VIPPS_KEY", "key", ""},
		"a variable not named":    {[]string{"env:VIPPS_*"}, "HOME", "", ""},
		"a command":               {[]string{"exec:pass show"}, "x", "pass|show|x", ""},
		"a command with the key":  {[]string{`exec:op read "op://my vault/{key}"`}, "x", "op|read|op://my vault/x", ""},
		"a command that fails":    {[]string{"exec:pass"}, "broken", "", "reading broken from the vault: no such item"},
		"a key like an option":    {[]string{"exec:pass"}, "--help", "", "such a key is not given to a command"},
		"the first that knows it": {[]string{"env:SHARED", "secrets.env"}, "SHARED", "environment", ""},
		"the second":              {[]string{"env:SHARED", "secrets.env"}, "SINGLE", `x\n`, ""},
		"nobody":                  {[]string{"secrets.env"}, "nope", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var revealed []string
			v, err := Open(test.sources, outside(&revealed))
			if err != nil {
				t.Fatal(err)
			}
			got, ok, err := v.Lookup(t.Context(), test.key)
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if got != test.want || ok != (test.want != "") {
				t.Errorf("Lookup(%q) = %q, %v, want %q", test.key, got, ok, test.want)
			}
			var want []string
			if ok {
				want = []string{test.key + "=" + test.want}
			}
			if diff := cmp.Diff(want, revealed); diff != "" {
				t.Errorf("what was revealed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenErrors(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"no such file":         {"nope.env", "file does not exist"},
		"a line without value": {"broken.env", "line 2: want KEY=value"},
		"an open quote":        {"open.env", "line 1: the quote is not closed"},
		"the whole process":    {"env:*", "name the variables"},
		"no variable":          {"env:", "no variable is named"},
		"no command":           {"exec:", "no command is named"},
		"a quote in a command": {`exec:a "b`, "the quote \" is not closed"},
		"another kind":         {"ldap:x", "want dotenv:FILE"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Open([]string{test.give}, outside(new([]string)))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Open(%q) = %v, want %q", test.give, err, test.want)
			}
		})
	}
}

func TestWhatScriptsSet(t *testing.T) {
	var revealed []string
	v, err := Open([]string{"secrets.env"}, outside(&revealed))
	if err != nil {
		t.Fatal(err)
	}
	_ = v.Set("NEW", "value")
	_ = v.Unset("CLIENT_SECRET")
	r := NewReader(v)
	if got, ok := r.Lookup("vault:NEW"); !ok || got.String() != "value" {
		t.Errorf("vault:NEW = %v, %v, want what was set", got, ok)
	}
	if _, ok := r.Lookup("vault:CLIENT_SECRET"); ok {
		t.Error("what was unset is found")
	}
	if _, ok := r.Lookup("NEW"); ok {
		t.Error("a name without the prefix is found")
	}
	if diff := cmp.Diff([]string{"NEW=value"}, revealed); diff != "" {
		t.Errorf("what was revealed (-want +got):\n%s", diff)
	}
}

func TestNoVault(t *testing.T) {
	var v *Vault
	if _, _, err := v.Lookup(t.Context(), "x"); !errors.Is(err, ErrDenied) {
		t.Errorf("Lookup: %v, want ErrDenied", err)
	}
	r := NewReader(v)
	if _, ok := r.Lookup("vault:x"); ok || len(r.Problems()) != 1 {
		t.Errorf("found %v, problems %q; want one problem", ok, r.Problems())
	}
}
