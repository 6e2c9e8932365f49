package process

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// watchSignals delivers Ctrl-C to a channel, and SIGTERM, with which CI systems and containers end a job. Until it is
// called, and after stop, they end the process as the system does.
func watchSignals(to chan<- os.Signal) (stop func()) {
	signal.Notify(to, os.Interrupt, syscall.SIGTERM)
	return func() { signal.Stop(to) }
}

// WatchInterrupts begins to take interrupts instead of ending by them. The function ends that, and may be called again.
func (p *Process) WatchInterrupts() (stop func()) {
	if p.Watch == nil {
		return func() {}
	}
	return p.Watch()
}

// Interruptible returns a context that the second interrupt cancels and a channel that the first one closes. A third one
// ends the process, should all else hang. The function ends the watching.
func (p *Process) Interruptible(ctx context.Context) (context.Context, <-chan struct{}, func()) {
	ctx, cancel := context.WithCancel(ctx)
	stop, done := make(chan struct{}), make(chan struct{})
	unwatch := p.WatchInterrupts()
	go func() {
		for n := 0; ; n++ {
			select {
			case <-done:
				return
			case <-p.Interrupts:
			}
			if n == 0 {
				close(stop) // before it is said
				p.Warn("interrupted: stopping after the request in flight; again to stop at once")
				continue
			}
			unwatch()
			cancel()
			return
		}
	}()
	return ctx, stop, func() { close(done); cancel(); unwatch() }
}

// Interrupted tells whether an interrupt has come. Each is told once.
func (p *Process) Interrupted() bool {
	select {
	case <-p.Interrupts:
		return true
	default:
		return false
	}
}
