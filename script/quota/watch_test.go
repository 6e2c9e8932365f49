package quota

import (
	"errors"
	"runtime"
	"slices"
	"testing"
)

const megabyte = 1 << 20

// A heap is the figures that a Watch looks at.
type heap struct {
	size   int64
	cycles uint64
}

// watchOf returns a Watch that looks at h, and only when the test says so.
func watchOf(h *heap) *Watch {
	w := &Watch{measure: func() (int64, uint64) { return h.size, h.cycles }, collectNow: func() { h.cycles++ }}
	w.armed = true
	w.look()
	return w
}

// open begins an account of 100 MB whose end the test sees.
func open(w *Watch, told *bool) *Account {
	return w.Open(100*megabyte, OverFunc(func() { *told = true }))
}

// grow lets the heap grow step by step while looks go on.
func grow(w *Watch, h *heap, megabytes int) {
	for range megabytes {
		h.size += megabyte
		h.cycles++
		w.step()
	}
}

func TestAScriptIsChargedForWhatTheHeapGrowsWhileItWorks(t *testing.T) {
	h := &heap{size: 500 * megabyte}
	w := watchOf(h)
	var works, waits bool
	a, b := open(w, &works), open(w, &waits)
	a.Work(true)
	b.Wait(1)
	grow(w, h, 99)
	if works || waits {
		t.Fatalf("told to end within the limit: %t, %t", works, waits)
	}
	grow(w, h, 5)
	if !works || waits {
		t.Errorf("told to end: the script that works %t, the one that waits %t", works, waits)
	}
}

func TestAScriptIsChargedForWhatOthersDoForItWhenNobodyWorks(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var waits, idle bool
	a, _ := open(w, &waits), open(w, &idle)
	a.Wait(1)
	grow(w, h, 110)
	if !waits || idle {
		t.Errorf("told to end: the script that waits %t, the idle one %t", waits, idle)
	}
}

func TestGarbageOfAScriptDoesNotEndIt(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var told bool
	a := open(w, &told)
	a.Work(true)
	for range 10 { // 20 MB held, 90 MB of garbage each time
		for range 90 {
			h.size += megabyte
			w.step()
		}
		h.size -= 90 * megabyte
		h.cycles++
		w.step()
		h.size += 2 * megabyte
	}
	if told {
		t.Error("a script that makes garbage was told to end")
	}
}

func TestGarbageOfAnEarlierScriptIsNotGivenBackToTheNext(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var first, second bool
	a := open(w, &first)
	a.Work(true)
	grow(w, h, 90)
	a.End()
	a.Close()
	b := open(w, &second)
	b.Work(true)
	for range 60 {
		h.size += megabyte
		w.step()
	}
	h.size -= 90 * megabyte // what a held
	w.step()
	if b.charge != 60*megabyte {
		t.Errorf("the second script is charged %d MB, want 60", b.charge/megabyte)
	}
}

func TestHoldGrantsRoomUntilTheLimit(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var told, other bool
	a, b := open(w, &told), open(w, &other)
	for i := range 10 {
		if err := a.Hold(10 * megabyte); err != nil {
			t.Fatalf("after %d MB: %v", 10*i, err)
		}
		h.size += 10 * megabyte
	}
	var limit LimitError
	if err := a.Hold(1); !errors.As(err, &limit) || !told {
		t.Errorf("beyond the limit: %v, told to end: %t", err, told)
	}
	if err := a.Hold(0); err == nil {
		t.Error("a script that has to end may hold more")
	}
	if err := b.Hold(90 * megabyte); err != nil || other {
		t.Errorf("another script: %v", err)
	}
}

func TestWhatSeveralHoldAtOnceIsAddedUpBeforeItIsThere(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var told bool
	a := open(w, &told)
	granted := 0
	for range 50 { // none is in use yet
		if a.Hold(60*megabyte/10) == nil {
			granted++
		}
	}
	if granted != 16 || !told {
		t.Errorf("%d bodies of 6 MB were granted within 100 MB, told to end: %t", granted, told)
	}
}

func TestOfTwoScriptsThatHoldTooMuchOneIsToldAtATime(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var told []string
	a := w.Open(100*megabyte, OverFunc(func() { told = append(told, "a") }))
	b := w.Open(100*megabyte, OverFunc(func() { told = append(told, "b") }))
	a.Work(true)
	grow(w, h, 20)
	b.Work(true)
	grow(w, h, 190)
	if !slices.Equal(told, []string{"a"}) {
		t.Fatalf("told to end: %v, want a alone", told)
	}
	a.End()
	h.size -= 115 * megabyte // a's and its garbage
	if a.Close() {
		t.Error("a script whose memory was given back left too much")
	}
	grow(w, h, 3)
	if len(told) != 1 {
		t.Errorf("told to end: %v, though a gave back what b was charged with too", told)
	}
}

func TestCloseSaysWhatWasLeft(t *testing.T) {
	tests := map[string]struct {
		told bool  // to end
		left int64 // megabytes of 120 that are still held
		want bool
	}{
		"a script within its limit may leave all":   {false, 90, false},
		"one that was told to end and left nothing": {true, 0, false},
		"one that was told to end and left little":  {true, 20, false},
		"one that was told to end and left much":    {true, 60, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := &heap{size: 1}
			w := watchOf(h)
			var told bool
			a := open(w, &told)
			a.Work(true)
			grow(w, h, map[bool]int{true: 120, false: 90}[test.told])
			a.End()
			h.size = 1 + test.left*megabyte
			if left := a.Close(); left != test.want || told != test.told {
				t.Errorf("left too much: %t, told to end: %t", left, told)
			}
		})
	}
}

func TestScriptsThatLeaveTooMuchTogether(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var left []bool
	for range 3 {
		var told bool
		a := open(w, &told)
		a.Work(true)
		grow(w, h, 90)
		a.End()
		left = append(left, a.Close())
	}
	if !slices.Equal(left, []bool{false, false, true}) {
		t.Errorf("left too much, of 90 MB each: %v, want the third alone", left)
	}
}

func TestNoLimitIsNoAccount(t *testing.T) {
	var w Watch
	a := w.Open(0, nil)
	a.Work(true)
	a.Wait(1)
	a.End()
	if err := a.Hold(1 << 40); err != nil || a.Close() {
		t.Errorf("without a limit: %v", err)
	}
}

// The figures of the runtime are those that the rest relies on.
func TestTheHeapIsMeasured(t *testing.T) {
	runtime.GC()
	before, cycles := heapSize()
	room := make([]byte, 64*megabyte)
	during, _ := heapSize()
	if grown := during - before; grown < 60*megabyte || grown > 80*megabyte {
		t.Errorf("64 MB more are measured as %d MB", grown/megabyte)
	}
	runtime.KeepAlive(room)
	runtime.GC()
	after, now := heapSize()
	if after-before > 16*megabyte || now <= cycles {
		t.Errorf("after a collection %d MB are left, and %d collections were counted", (after-before)/megabyte, now-cycles)
	}
}

// What was asked for and not used, such as what a server announces and does not send, is not charged for long.
func TestRoomThatIsNotUsedIsGivenBack(t *testing.T) {
	h := &heap{size: 1}
	w := watchOf(h)
	var told bool
	a := open(w, &told)
	for range 20 {
		if err := a.Hold(40 * megabyte); err != nil {
			t.Fatal(err)
		}
		for range 2 * grantLooks {
			w.step()
		}
	}
	if told || a.charge != 0 {
		t.Errorf("charged with %d MB, told to end: %t", a.charge/megabyte, told)
	}
}
