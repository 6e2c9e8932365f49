package cli

import "context"

// interrupts returns a context that the second interrupt cancels and a channel that the first one closes. The
// function ends the watching.
func (p *Process) interrupts(ctx context.Context) (context.Context, <-chan struct{}, func()) {
	ctx, cancel := context.WithCancel(ctx)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		for n := 0; ; n++ {
			select {
			case <-done:
				return
			case <-p.Interrupts:
			}
			if n == 0 {
				p.warn("interrupted: stopping after the request in flight; again to stop at once")
				close(stop)
				continue
			}
			cancel()
			return
		}
	}()
	return ctx, stop, func() { close(done); cancel() }
}
