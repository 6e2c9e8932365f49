// Package quota watches how much memory scripts make the process hold, and ends those that hold too much.
//
// Neither Go nor the engine knows which script an object belongs to. So the heap is looked at as a whole, again and
// again, and what it has grown is charged to the scripts that worked since the last look. What others fetch for a script,
// such as the body of a response, is charged to that script alone, before there is room for it.
package quota

import (
	"runtime"
	"runtime/metrics"
	"slices"
	"sync"
	"time"
)

// period is how often the heap is looked at while scripts run. A script that ends within it is never judged.
const period = 15 * time.Millisecond

// Numbers of looks.
const (
	graceLooks   = 16 // how long a script that was told to end may take, before another is told
	grantLooks   = 4  // until what Hold grants has to be there: so many at least, twice as many at most
	collectLooks = 8  // between two collections of garbage that are asked for
)

const (
	garbagePart = 4 // garbage may take one of so many parts of a script's limit beyond that
	collections = 2 // until all garbage of a moment is gone: one may have begun before it
	leftPart    = 4 // a script that was told to end may leave one of so many parts of its limit
	totalLimits = 2 // all scripts together may leave so many limits
)

// A Watch looks at the heap while scripts run. Scripts that run side by side have to share one. The zero Watch is ready;
// it is safe for concurrent use.
type Watch struct {
	measure    func() (bytes int64, cycles uint64) // nil is heapSize
	collectNow func()                              // nil is runtime.GC

	mu       sync.Mutex
	accounts []*Account // of the scripts that run
	timer    *time.Timer
	armed    bool
	looks    int    // so far
	first    int64  // the size of the heap at the first look of all
	size     int64  // of the heap at the last look
	granted  int64  // by Hold, and not seen in the heap yet
	due      int64  // the part of that which should have been seen by now
	known    bool   // size is
	loose    int64  // bytes that no running script is charged for and that may be garbage
	held     uint64 // the collection of garbage after which loose is known to be held
	told     int    // the look at which a script was told to end; 0 when none has to
	collect  int    // the look at which garbage was collected last
	cycles   uint64 // collections of garbage so far, of all causes
}

// An Account is what one script holds. Its methods are safe for concurrent use, and do nothing on a nil Account.
type Account struct {
	watch   *Watch
	limit   int64
	over    Over
	charge  int64 // bytes
	working bool
	worked  bool   // since the last look
	waiting int    // things that others do for it
	ended   bool   // it was told to end, or has ended
	judged  bool   // it was told to end
	since   uint64 // the collections of garbage that were over when it was first seen above its limit; 0 while it is not
	closed  bool
}

// Over hears that a script holds too much.
type Over interface {
	// OverLimit is called once, from any goroutine. It should end the script.
	OverLimit()
}

// OverFunc is a function as an Over.
type OverFunc func()

// OverLimit calls the function.
func (f OverFunc) OverLimit() { f() }

// A LimitError says that a script may not hold what it asked for.
type LimitError struct{}

// Error is the text for people.
func (LimitError) Error() string { return "the script used too much memory" }

// Open begins an account of a script that may make the heap grow by limit bytes. over is called once, from any goroutine,
// when that is too much; it should end the script. A limit of 0 or less means no limit, and gives nil.
func (w *Watch) Open(limit int64, over Over) *Account {
	return w.Begin(&Account{}, limit, over)
}

// Begin is Open with an Account that was not used before.
func (w *Watch) Begin(a *Account, limit int64, over Over) *Account {
	if limit <= 0 {
		return nil
	}
	*a = Account{watch: w, limit: limit, over: over}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.accounts = append(w.accounts, a)
	switch {
	case w.armed:
	case w.timer == nil:
		w.timer = time.AfterFunc(period, w.tick)
	default:
		w.timer.Reset(period)
	}
	w.armed = true
	return a
}

// Work says whether the script itself computes now.
func (a *Account) Work(on bool) {
	if a == nil {
		return
	}
	a.watch.mu.Lock()
	a.working, a.worked = on, true
	a.watch.mu.Unlock()
}

// Wait adds to how many things others do for the script now.
func (a *Account) Wait(n int) {
	if a == nil {
		return
	}
	a.watch.mu.Lock()
	a.waiting += n
	a.watch.mu.Unlock()
}

// Hold asks whether n bytes more may be held for the script, and charges it for them. The error is a LimitError: the
// script is told to end, or has ended. Room that Hold grants has to be used at once: what is not there after some looks is
// not charged any more.
func (a *Account) Hold(n int64) error {
	if a == nil {
		return nil
	}
	w := a.watch
	w.mu.Lock()
	w.look()
	if a.charge+n > a.limit && w.looks-w.collect >= collectLooks {
		w.clean()
	}
	over := !a.ended && a.charge+n > a.limit
	ended := a.ended || over
	if over {
		w.tell(a)
	} else if !ended {
		a.charge += n
		w.granted += n
		a.worked = true
	}
	w.mu.Unlock()
	if over {
		a.over.OverLimit()
	}
	if ended {
		return LimitError{}
	}
	return nil
}

// End says that the script computes no more and is not told to end any more. What others do for it may still go on.
func (a *Account) End() {
	if a == nil {
		return
	}
	a.watch.mu.Lock()
	a.working, a.ended = false, true
	a.watch.mu.Unlock()
}

// Told says that the script was told to end.
func (a *Account) Told() bool {
	if a == nil {
		return false
	}
	a.watch.mu.Lock()
	defer a.watch.mu.Unlock()
	return a.judged
}

// Close ends the account when the script has ended, and says whether it left too much: much of what it held when it was
// told to end is held on, or all scripts of the Watch hold too much together.
func (a *Account) Close() (left bool) {
	if a == nil || a.closed {
		return false
	}
	w := a.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	a.ended, a.closed, a.over = true, true, nil
	crowded := w.known && w.size-w.first > totalLimits*a.limit
	if a.judged || crowded && w.looks-w.collect >= collectLooks {
		w.clean()
		left = a.judged && a.charge > a.limit/leftPart || w.size-w.first > totalLimits*a.limit
	}
	if a.judged {
		w.told = 0
	}
	w.loosen(a.charge)
	if i := slices.Index(w.accounts, a); i >= 0 {
		w.accounts = slices.Delete(w.accounts, i, i+1)
	}
	return left
}

// clean collects what nobody holds any more, which does not count. The mutex is held.
func (w *Watch) clean() {
	if w.collectNow != nil {
		w.collectNow()
	} else {
		runtime.GC()
	}
	w.collect = w.looks
	w.look()
}

// tell notes that a script has to end. The mutex is held.
func (w *Watch) tell(a *Account) {
	a.ended, a.judged = true, true
	w.told = w.looks
}

// tick steps and comes again, as long as there are scripts.
func (w *Watch) tick() {
	if w.step() {
		w.mu.Lock()
		w.timer.Reset(period)
		w.mu.Unlock()
	}
}

// step looks, and tells the script that holds most to end when that is too much. It is false when no script runs.
func (w *Watch) step() bool {
	w.mu.Lock()
	if len(w.accounts) == 0 {
		w.armed, w.known, w.loose, w.told, w.granted, w.due = false, false, 0, 0, 0, 0
		w.mu.Unlock()
		return false
	}
	w.looks++
	w.look()
	if w.looks%grantLooks == 0 {
		w.take(w.due, func(*Account) bool { return true })
		w.granted -= w.due
		w.due = w.granted
	}
	most := w.judge()
	w.mu.Unlock()
	if most != nil {
		most.over.OverLimit()
	}
	return true
}

// judge finds the script to end: of several one at a time, since what it gives back may have been charged to the others
// too.
func (w *Watch) judge() (most *Account) {
	if w.told > 0 && w.looks-w.told < graceLooks {
		return nil
	}
	for _, a := range w.accounts {
		if w.exceeds(a) && (most == nil || a.charge > most.charge) {
			most = a
		}
	}
	if most != nil {
		w.tell(most)
	}
	return most
}

// exceeds says whether a script holds more than it may, and not only garbage that was not collected yet.
func (w *Watch) exceeds(a *Account) bool {
	switch {
	case a.ended:
		return false
	case a.charge <= a.limit:
		a.since = 0
		return false
	case a.charge-a.limit > a.limit/garbagePart:
		return true
	case a.since == 0:
		a.since = w.cycles + 1
		return false
	}
	return w.cycles+1 > a.since
}

// look compares the heap with what it was and charges the difference.
func (w *Watch) look() {
	measure := w.measure
	if measure == nil {
		measure = heapSize
	}
	now, cycles := measure()
	if w.cycles = cycles; cycles > w.held {
		w.loose = 0
	}
	if !w.known {
		w.size, w.known = now, true
		if w.first == 0 {
			w.first = now
		}
		return
	}
	grown := now - w.size
	w.size = now
	switch {
	case grown > 0:
		used := min(grown, w.granted) // which is charged already
		w.granted -= used
		w.due = max(0, w.due-used)
		w.spread(grown - used)
	case grown < 0:
		w.release(-grown)
	}
	for _, a := range w.accounts {
		a.worked = a.working
	}
}

// spread charges the scripts that worked, else those that others work for.
func (w *Watch) spread(grown int64) {
	charged := func(a *Account) bool { return a.worked }
	n := w.count(charged)
	if n == 0 {
		charged = func(a *Account) bool { return a.waiting > 0 }
		n = w.count(charged)
	}
	if n == 0 {
		w.loosen(grown)
		return
	}
	for _, a := range w.accounts {
		if charged(a) {
			a.charge += grown / n
		}
	}
}

func (w *Watch) count(which func(*Account) bool) (n int64) {
	for _, a := range w.accounts {
		if which(a) {
			n++
		}
	}
	return n
}

// release takes what was given back from what ended scripts have left, until that was looked through for garbage, then from
// scripts that have ended, and then from all that run, each by its part: nobody knows whose it was.
func (w *Watch) release(freed int64) {
	took := min(freed, w.loose)
	w.loose -= took
	freed = w.take(freed-took, func(a *Account) bool { return a.ended })
	w.take(freed, func(a *Account) bool { return !a.ended })
}

// take takes bytes from accounts, each by its part of what they are charged for together, and returns what is too much.
func (w *Watch) take(bytes int64, which func(*Account) bool) (more int64) {
	var all int64
	for _, a := range w.accounts {
		if which(a) {
			all += a.charge
		}
	}
	if all <= 0 {
		return bytes
	}
	left := max(0, 1-float64(bytes)/float64(all))
	for _, a := range w.accounts {
		if which(a) {
			a.charge = int64(float64(a.charge) * left)
		}
	}
	return max(0, bytes-all)
}

// loosen notes bytes that no running script is charged for. What is garbage of them goes with the collections that begin
// from now on; what is left then is held.
func (w *Watch) loosen(bytes int64) {
	w.loose += bytes
	w.held = w.cycles + collections
}

// heapSize is how many bytes objects and stacks take, with those that were not found to be garbage yet, and how often
// garbage was collected.
func heapSize() (bytes int64, cycles uint64) {
	sample := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}, {Name: "/gc/cycles/total:gc-cycles"},
	}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64() + sample[1].Value.Uint64()), sample[2].Value.Uint64()
}
