package cli

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"posthaste/internal/vipps"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"posthaste": func() { os.Exit(Main(context.Background(), System("test"))) },
	})
}

// TestScript runs testdata/script: one behaviour of the command a file. Each has a simulated Vipps API at $SIM,
// whose environment is sim.json.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			server := vipps.New(vipps.Options{Now: time.Now, Client: &http.Client{}})
			sim := httptest.NewServer(server)
			env.Defer(func() { sim.Close(); server.Close() })
			env.Setenv("SIM", sim.URL)
			env.Setenv("NO_COLOR", "1")
			env.Setenv("LANG", "C.UTF-8")
			return os.WriteFile(filepath.Join(env.WorkDir, "sim.json"), vipps.Environment(sim.URL, server.Keys()), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command and compares its exit code: exits 3 posthaste run …
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG …]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		_, number, ok := strings.Cut(err.Error(), "exit status ")
		if got, err = strconv.Atoi(number); !ok || err != nil {
			ts.Fatalf("running %s: no exit code", args[1])
		}
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
