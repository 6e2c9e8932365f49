package runner_test

import (
	"runtime"
	"testing"
	"time"

	"posthaste/runner"
)

func TestNoGoroutineOutlivesAParallelRun(t *testing.T) {
	base := echo(t)
	c := parse(t, base, folders(8))
	run(t, runner.Options{Collection: c}) // what is started once and stays, such as the server's
	before := runtime.NumGoroutine()
	for range 5 {
		run(t, runner.Options{Collection: c, Parallel: runner.Parallel{Workers: 8, Setup: isSetup}})
	}
	// The server's side of a connection ends a moment after ours.
	after := runtime.NumGoroutine()
	for wait := time.Millisecond; after > before && wait < 4*time.Second; wait *= 2 {
		time.Sleep(wait)
		after = runtime.NumGoroutine()
	}
	if after > before {
		stacks := make([]byte, 1<<20)
		t.Errorf("%d goroutines before, %d after:\n%s", before, after, stacks[:runtime.Stack(stacks, true)])
	}
}
