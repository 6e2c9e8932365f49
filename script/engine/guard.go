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
	room    quota.Account // of account
	stop    func() bool
	account *quota.Account

	mu   sync.Mutex
	over bool
	by   string // the limit that ended the script
	told func() // ends what the script waits for
}

// An Ending is a context that tells of its end with less ado than context.AfterFunc.
type Ending interface {
	context.Context
	// Hear has Expire called, in a goroutine of its own, when the context ends.
	Hear(e Expirer)
}

// An Expirer hears of the end of an Ending.
type Expirer interface{ Expire() }

// watch interrupts the script when ctx ends and when it makes the heap grow too far. told is
// called once, from any goroutine, after the interrupt.
func (g *guard) watch(ctx context.Context, r *Realm, told func()) {
	g.realm, g.told = r, told
	r.Settle() // of a script that ended before
	g.account = r.watching.Begin(&g.room, r.memory, g)
	r.account = g.account
	switch ending, ok := ctx.(Ending); {
	case ok: // which goes on until end is called, and no longer
		ending.Hear(g)
	case ctx.Done() != nil:
		g.stop = context.AfterFunc(ctx, g.Expire)
	}
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

// Expire ends the script when its time is over.
func (g *guard) Expire() { g.interrupt("timeout") }

// OverLimit ends the script when it holds too much memory.
func (g *guard) OverLimit() { g.interrupt("memory") }

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
