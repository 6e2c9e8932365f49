package engine

import (
	"context"
	"encoding/binary"
	"io"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// guard interrupts the running script from outside until end was called.
type guard struct {
	realm *Realm
	stop  func() bool

	mu    sync.Mutex
	over  bool
	by    string // the limit that ended the script
	timer *time.Timer
	heap  uint64 // where the script began
	limit int64
	told  func() // ends what the script waits for
}

// memoryPeriod is how long a script runs before its memory is looked at, and how often from then on.
const memoryPeriod = 15 * time.Millisecond

// watch interrupts the script when ctx ends and when the heap grows too far.
func (r *Realm) watch(ctx context.Context, told func()) *guard {
	g := &guard{realm: r, limit: r.memory, told: told}
	if ctx.Done() != nil {
		g.stop = context.AfterFunc(ctx, func() { g.interrupt("timeout") })
	}
	if r.memory > 0 {
		g.mu.Lock()
		g.timer = time.AfterFunc(memoryPeriod, g.weigh)
		g.mu.Unlock()
	}
	return g
}

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

// weigh compares the heap with what it was at the first look: a script that needs less than a period is
// never weighed.
func (g *guard) weigh() {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	now := sample[0].Value.Uint64()
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.over || g.by != "":
		return
	case g.heap == 0 || now < g.heap:
		g.heap = now
	case now-g.heap > uint64(g.limit):
		g.halt("memory")
		return
	}
	g.timer.Reset(memoryPeriod)
}

// end makes sure that no interrupt comes any more.
func (g *guard) end() {
	if g.stop != nil {
		g.stop()
	}
	g.mu.Lock()
	g.over = true
	if g.timer != nil {
		g.timer.Stop()
	}
	g.mu.Unlock()
	g.realm.VM.ClearInterrupt()
}

// regexpTimeout bounds a backtracking regular expression, which nothing else can interrupt.
const regexpTimeout = time.Second

var limitOnce sync.Once //nolint:gochecknoglobals // guards a package variable of regexp2

// limitRegexps sets the bound for all regular expressions of the process: regexp2 has no other way.
func limitRegexps() {
	limitOnce.Do(func() { regexp2.DefaultMatchTimeout = regexpTimeout })
}

// randomFloat makes Math.random's source of r.
func randomFloat(r io.Reader) goja.RandSource {
	return func() float64 {
		var b [8]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return 0
		}
		return float64(binary.LittleEndian.Uint64(b[:])>>11) / (1 << 53)
	}
}

// interrupted is what a realm gives to goja's Interrupt.
type interrupted struct{ limit string }

func (i interrupted) String() string { return i.limit }
