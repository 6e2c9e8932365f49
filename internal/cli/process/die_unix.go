//go:build unix

package process

import (
	"os"
	"os/signal"
	"syscall"
)

// die ends the process by a signal, so that the shell that waits for it knows.
func die(s os.Signal) {
	number, ok := s.(syscall.Signal)
	if !ok || number == syscall.SIGQUIT { // for which Go would print what all goroutines do
		os.Exit(signalled + int(number))
	}
	signal.Reset(number)
	_ = syscall.Kill(os.Getpid(), number)
	select {} // until it arrives
}

// signalled and a signal's number are the exit code that shells give for it.
const signalled = 128
