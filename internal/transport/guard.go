package transport

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"posthaste/internal/transport/failure"
)

// A guard ends what happens on a wire when its time is over or the context is. It sets the
// wire's deadline to the past, which every read and write notices, those of TLS included. It
// needs no clock.
type guard struct {
	ctx   context.Context
	w     *wire
	limit time.Duration
	timer *time.Timer
	fired atomic.Bool
}

// newGuard starts the guard of one hop. A limit of 0 leaves only the context. stop must be
// called.
func (c *Client) newGuard(ctx context.Context, w *wire) *guard {
	// One exchange at a time uses the wire, and one whose guard acted is not used again.
	g := &w.own
	g.ctx, g.w, g.limit, g.timer = ctx, w, c.opts.Timeout, nil
	if g.limit > 0 {
		g.timer = time.AfterFunc(g.limit, func() {
			g.fired.Store(true)
			w.cut()
		})
		if c.opts.TimeoutIdle {
			w.wait = g.limit
			w.idle.Store(g.timer)
		}
	}
	w.guard(ctx)
	return g
}

// stop ends the guard and reports whether it never acted, so that the connection can be used
// on: once the deadline is in the past, it cannot be known whether a read was cut short.
func (g *guard) stop() bool {
	clean := g.w.unguard()
	if g.timer != nil {
		g.w.idle.Store(nil)
		clean = g.timer.Stop() && !g.fired.Load() && clean
	}
	return clean
}

// explain replaces an error by the guard's own when the guard caused it. op is "connect",
// "read" or "write" as in Node's errors, got is how many bytes of the body had come.
func (g *guard) explain(op string, err error, got int64) error {
	switch {
	case err == nil:
		return nil
	case g.fired.Load():
		hint := fmt.Sprintf("no complete answer within %d ms (--timeout-request)", g.limit.Milliseconds())
		if got > 0 {
			hint += fmt.Sprintf("; %d bytes of its body had come", got)
		}
		return &failure.Error{Code: "ESOCKETTIMEDOUT", Message: "ESOCKETTIMEDOUT", Hint: hint, Err: err}
	case g.ctx.Err() != nil:
		return &failure.Error{Code: "ABORT_ERR", Message: "The operation was aborted", Err: context.Cause(g.ctx)}
	}
	return failure.Of(op, err)
}
