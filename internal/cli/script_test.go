package cli

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"posthaste/internal/cli/output"
	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// quickEnd keeps a program with the race detector from waiting a second at its end, for every command that tests start.
const quickEnd = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	if os.Getenv("GORACE") == "" {
		_ = os.Setenv("GORACE", quickEnd) // without it tests only take longer
	}
	if os.Getenv(asCommand) != "" {
		os.Exit(Main(context.Background(), process.System("test")))
	}
	if strings.HasSuffix(os.Args[0], ".test") {
		// Under nohup a child would ignore the signal as well. With a handler here it does what a child does by default.
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	testscript.Main(m, map[string]func(){
		"posthaste": func() {
			process.TuneGarbage()
			code := Main(context.Background(), process.System("test"))
			writePeak()
			os.Exit(code)
		},
	})
}

// TestScript runs testdata/script: one behaviour of the command a file. Each has a simulated Vipps API at $SIM,
// whose environment is sim.json, and a server of large responses and meetings at $LARGE.
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
			large := httptest.NewServer(&meeting{})
			env.Defer(large.Close)
			env.Setenv("LARGE", large.URL)
			env.Defer(func() { lookForKeys(env, server.Keys()) })
			env.Setenv(output.VerifyVariable, "1")
			env.Setenv("NO_COLOR", "1")
			env.Setenv("GORACE", quickEnd)
			env.Setenv("LANG", "C.UTF-8")
			return os.WriteFile(filepath.Join(env.WorkDir, "sim.json"), vipps.Environment(sim.URL, server.Keys()), 0o600)
		},
		Condition: condition,
		Cmds:      map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "npmpackages": npmPackages, "peak": peak},
	})
}

// lookForKeys fails a script whose reports hold a key of the simulator. It knows nothing of how they are masked.
func lookForKeys(env *testscript.Env, keys vipps.Keys) {
	for _, secret := range []string{keys.ClientSecret, keys.SubscriptionKey} {
		err := filepath.WalkDir(env.WorkDir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !isReport(path) {
				return err
			}
			data, err := os.ReadFile(path)
			if err == nil && bytes.Contains(data, []byte(secret)) {
				err = fmt.Errorf("%s holds the key %s", path, secret)
			}
			return err
		})
		if err != nil {
			env.T().Fatal(err)
		}
	}
}

// isReport tells reports from the files that hold keys on purpose.
func isReport(path string) bool {
	switch filepath.Ext(path) {
	case ".xml", ".html", ".ndjson", ".md", ".tap", ".csv", ".har":
		return true
	}
	return filepath.Base(filepath.Dir(path)) == "posthaste-report"
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

// verifying is an environment in which runs check their outputs for secrets.
func verifying(name string) (string, bool) {
	if name == output.VerifyVariable {
		return "1", true
	}
	return "", false
}
