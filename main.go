// Posthaste runs Postman collections from one local binary.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"

	"posthaste/internal/cli"
)

// version is stamped by the release build (see the Makefile).
var version = "dev"

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // a run makes much short-lived garbage: this saves a fifth of its time for some 10 MB
	}
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt)
	os.Exit(cli.Main(context.Background(), cli.System(version, interrupts)))
}
