// Posthaste runs Postman collections from one local binary.
package main

import (
	"context"
	"os"
	"os/signal"

	"posthaste/internal/cli"
)

// version is stamped by the release build (see the Makefile).
var version = "dev"

func main() {
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt)
	os.Exit(cli.Main(context.Background(), cli.System(version, interrupts)))
}
