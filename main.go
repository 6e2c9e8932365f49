// Posthaste runs Postman collections from one local binary.
package main

import (
	"context"
	"os"

	"posthaste/internal/cli"
	"posthaste/internal/cli/process"
)

// version is stamped by the release build (see the Makefile).
var version = "dev"

func main() {
	process.TuneGarbage()
	os.Exit(cli.Main(context.Background(), process.System(version)))
}
