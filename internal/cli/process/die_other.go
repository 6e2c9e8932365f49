//go:build !unix

package process

import "os"

// die ends the process.
func die(os.Signal) { os.Exit(ExitInterrupted) }
