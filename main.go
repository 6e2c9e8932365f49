// Posthaste runs Postman collections from one local binary.
package main

import (
	"context"
	"os"
	"runtime/debug"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
)

// version is stamped by the release build (see the Makefile).
var version = "dev"

func main() {
	if os.Getenv("GOGC") == "" {
		// A run makes much short-lived garbage and holds little: this saves a fifth of its time for 6 MB. Where more is
		// in use, the limit makes the collector work harder instead.
		debug.SetGCPercent(250)
		debug.SetMemoryLimit(512 << 20)
	}
	os.Exit(cli.Main(context.Background(), process.System(version)))
}
