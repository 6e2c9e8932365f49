package process

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// signals are what asks the command to end: Ctrl-C, what CI systems and containers send, the end of the terminal or of
// a remote session, Ctrl-\. Under nohup the end of the session is not one of them.
func signals() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}

// dispatch takes these signals for as long as the process lives. While somebody watches, they go to the channel; else
// they end the process as the system would, but without temporary files left.
func dispatch(to chan<- os.Signal, t *Temporary) (watch func() (stop func())) {
	var watchers atomic.Int32
	all := make(chan os.Signal, cap(to)+1)
	signal.Notify(all, signals()...)
	go func() {
		for s := range all {
			if watchers.Load() == 0 {
				t.end()
				die(s)
			}
			select {
			case to <- s:
			default: // more of them say no more
			}
		}
	}()
	return func() (stop func()) {
		watchers.Add(1)
		var stopped atomic.Bool
		return func() {
			if !stopped.Swap(true) {
				watchers.Add(-1)
			}
		}
	}
}

// WatchInterrupts begins to take interrupts instead of ending by them. The function ends that, and may be called again.
func (p *Process) WatchInterrupts() (stop func()) {
	if p.Watch == nil {
		return func() {}
	}
	return p.Watch()
}

// An Interruption is how far interrupts have ended a command.
type Interruption struct {
	// Stop is closed by the first interrupt: what is under way is finished, and nothing new begun.
	Stop <-chan struct{}

	finishing, patient atomic.Bool
	end                func()
}

// Finishing says that the work is done and what came of it is being written. Interrupts are answered otherwise then.
func (i *Interruption) Finishing() { i.finishing.Store(true) }

// Patient says that what is finished takes care of what was begun, such as a teardown. Then only an interrupt from the
// keyboard ends it at once: a CI system sends SIGINT, and SIGTERM a few seconds later, for one and the same end.
func (i *Interruption) Patient() { i.patient.Store(true) }

// End ends the watching.
func (i *Interruption) End() { i.end() }

// Interruptible begins to watch for interrupts. The first one closes the Interruption's Stop, the second one cancels
// the context, and the third ends the process, should all else hang.
func (p *Process) Interruptible(ctx context.Context) (context.Context, *Interruption) {
	ctx, cancel := context.WithCancel(ctx)
	stop, done := make(chan struct{}), make(chan struct{})
	unwatch := p.WatchInterrupts()
	i := &Interruption{Stop: stop, end: func() { close(done); cancel(); unwatch() }}
	wait := func() bool {
		for {
			select {
			case <-done:
				return false
			case s := <-p.Interrupts:
				if again := stopped(stop); again && i.patient.Load() && !fromKeyboard(s) {
					continue
				}
				return true
			}
		}
	}
	go func() {
		if !wait() {
			return
		}
		close(stop) // before it is said
		text := "interrupted: stopping after the request in flight; again to stop at once"
		if i.patient.Load() {
			text = "interrupted: stopping after the request in flight, then giving back what was made; Ctrl-C again to stop at once and leave it"
		}
		if i.finishing.Load() {
			text = "interrupted: the run is over and its reports are being written; twice more to end without them"
		}
		go p.Warn("%s", text) // where nobody reads, it waits, and further interrupts must not
		if !wait() {
			return
		}
		unwatch()
		cancel()
	}()
	return ctx, i
}

// fromKeyboard reports whether somebody at the terminal sent the signal.
func fromKeyboard(s os.Signal) bool { return s == os.Interrupt || s == syscall.SIGQUIT }

// stopped reports whether the channel is closed.
func stopped(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return true
	default:
		return false
	}
}

// Interrupted reports whether an interrupt has come. Each is told once.
func (p *Process) Interrupted() bool {
	select {
	case <-p.Interrupts:
		return true
	default:
		return false
	}
}
