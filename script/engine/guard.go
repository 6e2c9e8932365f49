package engine

import (
	"context"
	"encoding/binary"
	"io"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"posthaste/script/quota"
)

// guard interrupts the running script from outside until end was called. There is one for
// each run.
type guard struct {
	realm   *Realm
	stop    func() bool
	account *quota.Account

	mu   sync.Mutex
	over bool
	by   string // the limit that ended the script
	told func() // ends what the script waits for
}

// watch interrupts the script when ctx ends and when it makes the heap grow too far. told is
// called once, from any goroutine, after the interrupt.
func (r *Realm) watch(ctx context.Context, told func()) *guard {
	g := &guard{realm: r, told: told}
	r.Settle() // of a script that ended before
	g.account = r.watching.Open(r.memory, func() { g.interrupt("memory") })
	r.account = g.account
	switch ending := ctx.(type) {
	case interface{ Hear(f func()) }: // which goes on until end is called, and no longer
		ending.Hear(g.expire)
	default:
		if ctx.Done() != nil {
			g.stop = context.AfterFunc(ctx, g.expire)
		}
	}
	return g
}

// Account is that of the script that runs, nil where memory has no limit.
func (r *Realm) Account() *quota.Account { return r.account }

// Settle is to be called when all has ended that a script had others do. It says whether the
// realm holds so much of what scripts left that it should be given up. Without it, what a
// script is charged for is given back by the next.
func (r *Realm) Settle() (full bool) {
	full = r.account.Close()
	r.account = nil
	return full
}

// expire ends the script when its time is over.
func (g *guard) expire() { g.interrupt("timeout") }

// interrupt ends a script for a limit: "timeout" or "memory". The first limit is the reason
// that is told.
func (g *guard) interrupt(limit string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.over && g.by == "" {
		g.halt(limit)
	}
}

// halt breaks into the script. The mutex is held.
func (g *guard) halt(limit string) {
	g.by = limit
	g.realm.halted.Store(true)
	g.realm.VM.Interrupt(interrupted{limit})
	g.told()
}

// broke names the limit that ended the script, "" while none has.
func (g *guard) broke() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.by
}

// end makes sure that no interrupt comes any more. An interrupt that came too late is
// cleared, or it would end the next script.
func (g *guard) end() {
	if g.stop != nil {
		g.stop()
	}
	g.mu.Lock()
	g.over = true
	g.mu.Unlock()
	g.account.End()
	g.realm.VM.ClearInterrupt()
}

// regexpTimeout bounds a backtracking regular expression, which nothing else can interrupt.
const regexpTimeout = time.Second

var limitOnce sync.Once //nolint:gochecknoglobals // guards a package variable of regexp2

// limitRegexps sets the bound for all regular expressions of the process: regexp2 has no
// other way. It must run before the first is made.
func limitRegexps() {
	limitOnce.Do(func() { regexp2.DefaultMatchTimeout = regexpTimeout })
}

// randomFloat makes Math.random's source of r: 53 bits in [0, 1), as V8 gives. A source that
// ends gives 0.
func randomFloat(r io.Reader) goja.RandSource {
	return func() float64 {
		var b [8]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return 0
		}
		return float64(binary.LittleEndian.Uint64(b[:])>>11) / (1 << 53)
	}
}

// interrupted is what a realm gives to goja's Interrupt, to be found again in the error.
type interrupted struct{ limit string }

// String is what the engine would show of it.
func (i interrupted) String() string { return i.limit }
