package runner

import (
	"io"
	"strconv"
	"sync"
)

// randomness is where a run's randomness comes from. Without Options.RandomFor both sources are Options.Rand. With it each
// execution of an item turns both to sources of its own, whose labels say which iteration, item and visit it is; so
// its values depend neither on what others drew nor on which unit, worker or shard it runs in.
type randomness struct {
	scripts io.Reader // for scripts and dynamic variables
	wire    io.Reader // for what requests need: ids, boundaries, nonces

	before string // the labels of items, for what scripts run
	label  string // of the item at work
	visits map[visit]int
}

// A visit names an item and an iteration. An item is visited again when a script jumps back
// or a request is retried.
type visit struct{ iteration, position int }

// newRandomness returns the run's randomness; each worker has one of its own.
func newRandomness(opt *Options) *randomness {
	if opt.RandomFor == nil {
		return &randomness{scripts: opt.Rand, wire: opt.Rand}
	}
	return &randomness{scripts: &turning{r: opt.Rand}, wire: &turning{r: opt.Rand}, visits: map[visit]int{}}
}

// turn begins an execution of an item. The label of the first visit of item 2 in iteration 0
// is "0/2/1". Without RandomFor it does nothing.
func (d *randomness) turn(opt *Options, iteration, position int) {
	if opt.RandomFor == nil {
		return
	}
	at := visit{iteration, position}
	if d.visits[at] == 0 {
		for before := range d.visits { // jumps do not leave their iteration
			if before.iteration != iteration {
				delete(d.visits, before)
			}
		}
	}
	d.visits[at]++
	d.label = d.before + strconv.Itoa(iteration) + "/" + strconv.Itoa(position) + "/" + strconv.Itoa(d.visits[at])
	// Two sources, or a request with one header more would change what its scripts draw.
	for name, source := range map[string]io.Reader{"scripts": d.scripts, "wire": d.wire} {
		if t, ok := source.(*turning); ok {
			t.turn(opt.RandomFor(d.label + " " + name))
		}
	}
}

// within begins what the script of an item runs: label is that of the item and of the call.
// Visits are counted again there.
func (d *randomness) within(label string) {
	d.before = label + "+"
	clear(d.visits)
}

// A turning reader reads from one source after the other. It is safe for concurrent use,
// because scripts may draw while their requests are sent.
type turning struct {
	mu sync.Mutex
	r  io.Reader
}

// turn changes the source; a Read under way ends first.
func (t *turning) turn(r io.Reader) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.r = r
}

// Read reads from the source of the moment.
func (t *turning) Read(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.r.Read(p)
}
